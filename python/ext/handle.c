/* SPDX-License-Identifier: MIT */
/*
 * The type Handle: a dtrace_hdl_t with its callbacks and programs.  One thread may use it at a
 * time; a concurrent call raises an exception.  Only wake() may be called at any time.  The
 * library's handle is closed by close() or with the object.
 */
#include "ext.h"
#include <errno.h>
#include <math.h>
#include <unistd.h>

struct module_state *handle_state(Handle *self)
{
	return PyType_GetModuleState(Py_TYPE((PyObject *)self));
}

int call_enter(Handle *self)
{
	if (!self->dtp) {
		raise_errno(handle_state(self), 1102, "the handle has been closed");
		return -1;
	}
	if (self->busy) {
		raise_errno(handle_state(self), EBUSY, "the handle is in use by another call");
		return -1;
	}
	self->busy = true;
	self->failed = false;
	self->saved = PyEval_SaveThread();
	return 0;
}

int call_leave(Handle *self)
{
	call_python(self);
	self->busy = false;
	return self->failed ? -1 : 0;
}

/* Ends a method: raises a callback's exception or the library's error, or returns None. */
static PyObject *none_or_error(Handle *self, int err)
{
	if (call_leave(self) != 0)
		return NULL;
	if (err != 0)
		return raise_last(self);
	Py_RETURN_NONE;
}

static int set_handlers(Handle *self)
{
	dtrace_hdl_t *dtp = self->dtp;

	return dtrace_handle_buffered(dtp, on_buffered, self) ||
			       dtrace_handle_drop(dtp, on_drop, self) ||
			       dtrace_handle_err(dtp, on_error, self) ||
			       dtrace_handle_proc(dtp, on_proc, self)
		       ? -1
		       : 0;
}

static PyObject *handle_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
	static char *names[] = { "flags", NULL };
	int flags = 0, err = 0;
	long ncpus = sysconf(_SC_NPROCESSORS_CONF);
	allocfunc alloc = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
	Handle *self;

	if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|i:Handle", names, &flags))
		return NULL;
	if (!(self = (Handle *)alloc(type, 0)))
		return NULL;
	self->ncpus = ncpus > 0 ? (int)ncpus : 1;
	self->cpu_args = PyMem_Calloc((size_t)self->ncpus, sizeof(PyObject *));
	self->action_args = PyMem_Calloc(NACTIONS, sizeof(PyObject *));
	if (!self->cpu_args || !self->action_args) {
		Py_DECREF(self);
		return PyErr_NoMemory();
	}
	Py_BEGIN_ALLOW_THREADS
	self->dtp = dtrace_open(DTRACE_VERSION, flags, &err);
	Py_END_ALLOW_THREADS
	if (!self->dtp)
		raise_errno(handle_state(self), err, NULL);
	else if (set_handlers(self) != 0)
		raise_last(self);
	else
		return (PyObject *)self;
	Py_DECREF(self);
	return NULL;
}

/* clang-format off */
#define EACH_REFERENCE(X, self) \
	X(self->chew) X(self->chewrec) X(self->out) X(self->walk) \
	X(self->on_drop) X(self->on_error) X(self->on_proc)
/* clang-format on */

static int handle_traverse(PyObject *object, visitproc visit, void *arg)
{
	Handle *self = (Handle *)object;

	Py_VISIT(Py_TYPE(object));
#define VISIT(member) Py_VISIT(member);
	EACH_REFERENCE(VISIT, self)
#undef VISIT
	return 0;
}

static int handle_clear(PyObject *object)
{
	Handle *self = (Handle *)object;

#define CLEAR(member) Py_CLEAR(member);
	EACH_REFERENCE(CLEAR, self)
#undef CLEAR
	return 0;
}

/* Closes the library's handle.  The interpreter's lock is released meanwhile. */
static void close_library(Handle *self)
{
	dtrace_hdl_t *dtp = self->dtp;

	self->dtp = NULL;
	self->nprograms = self->nprocs = 0;
	if (!dtp)
		return;
	Py_BEGIN_ALLOW_THREADS
	dtrace_close(dtp);
	Py_END_ALLOW_THREADS
}

static void handle_dealloc(PyObject *object)
{
	Handle *self = (Handle *)object;
	PyTypeObject *type = Py_TYPE(object);
	freefunc free_object = (freefunc)PyType_GetSlot(type, Py_tp_free);

	PyObject_GC_UnTrack(object);
	close_library(self);
	handle_clear(object);
	for (int i = 0; self->cpu_args && i < self->ncpus; i++)
		Py_XDECREF(self->cpu_args[i]);
	for (int i = 0; self->action_args && i < NACTIONS; i++)
		Py_XDECREF(self->action_args[i]);
	PyMem_Free(self->cpu_args);
	PyMem_Free(self->action_args);
	PyMem_Free(self->programs);
	PyMem_Free(self->procs);
	free_object(object);
	Py_DECREF(type);
}

static PyObject *handle_close(PyObject *object, PyObject *unused)
{
	Handle *self = (Handle *)object;

	(void)unused;
	if (self->busy)
		return raise_errno(handle_state(self), EBUSY,
				   "the handle is in use by another call");
	close_library(self);
	Py_RETURN_NONE;
}

static PyObject *handle_repr(PyObject *object)
{
	return PyUnicode_FromFormat("<dtrace._dtrace.Handle %s>",
				    ((Handle *)object)->dtp ? "open" : "closed");
}

static PyObject *handle_closed(PyObject *object, void *unused)
{
	(void)unused;
	return PyBool_FromLong(((Handle *)object)->dtp == NULL);
}

static PyObject *handle_exit_status(PyObject *object, void *unused)
{
	Handle *self = (Handle *)object;

	(void)unused;
	if (!self->exited)
		Py_RETURN_NONE;
	return PyLong_FromLong(self->exit_status);
}

static void set_reference(PyObject **member, PyObject *value)
{
	PyObject *old = *member;

	*member = value == Py_None ? NULL : Py_NewRef(value);
	Py_XDECREF(old);
}

static PyObject *handle_callbacks(PyObject *object, PyObject *args, PyObject *kwargs)
{
	static char *names[] = { "chew",  "chewrec", "out",  "walk", "drop",
				 "error", "proc",    "text", NULL };
	Handle *self = (Handle *)object;
	PyObject *f[7] = { Py_None, Py_None, Py_None, Py_None, Py_None, Py_None, Py_None };
	PyObject **members[] = { &self->chew,    &self->chewrec,  &self->out,    &self->walk,
				 &self->on_drop, &self->on_error, &self->on_proc };
	int text = 0;

	if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|$OOOOOOOp:callbacks", names, &f[0], &f[1],
					 &f[2], &f[3], &f[4], &f[5], &f[6], &text))
		return NULL;
	if (self->busy)
		return raise_errno(handle_state(self), EBUSY,
				   "the handle is in use by another call");
	for (int i = 0; i < 7; i++)
		set_reference(members[i], f[i]);
	self->text = text;
	Py_RETURN_NONE;
}

static PyObject *handle_setopt(PyObject *object, PyObject *args)
{
	Handle *self = (Handle *)object;
	const char *name, *value = NULL;

	if (!PyArg_ParseTuple(args, "s|z:setopt", &name, &value) || call_enter(self) != 0)
		return NULL;
	return none_or_error(self, dtrace_setopt(self->dtp, name, value));
}

static PyObject *handle_getopt(PyObject *object, PyObject *args)
{
	Handle *self = (Handle *)object;
	const char *name;
	dtrace_optval_t value = DTRACEOPT_UNSET;
	int err;

	if (!PyArg_ParseTuple(args, "s:getopt", &name) || call_enter(self) != 0)
		return NULL;
	err = dtrace_getopt(self->dtp, name, &value);
	if (call_leave(self) != 0)
		return NULL;
	return err ? raise_last(self) : PyLong_FromLongLong(value);
}

/* The macro arguments $0, $1, ...; they point into the strings of the tuple `words`. */
static char **macro_args(PyObject *words, int *argc)
{
	Py_ssize_t n = PyTuple_Size(words);
	char **argv = n < 0 ? NULL : PyMem_Calloc((size_t)n + 1, sizeof(*argv));

	*argc = (int)n;
	if (!argv && !PyErr_Occurred())
		PyErr_NoMemory();
	for (Py_ssize_t i = 0; argv && i < n; i++) {
		argv[i] = (char *)PyUnicode_AsUTF8AndSize(PyTuple_GetItem(words, i), NULL);
		if (!argv[i]) {
			PyMem_Free(argv);
			argv = NULL;
		}
	}
	return argv;
}

static PyObject *keep_program(Handle *self, dtrace_prog_t *prog)
{
	dtrace_prog_t **programs;

	if (!prog)
		return raise_last(self);
	programs = PyMem_Realloc(self->programs, (size_t)(self->nprograms + 1) * sizeof(*programs));
	if (!programs)
		return PyErr_NoMemory();
	self->programs = programs;
	programs[self->nprograms] = prog;
	return PyLong_FromSsize_t(self->nprograms++);
}

static PyObject *handle_compile(PyObject *object, PyObject *args)
{
	Handle *self = (Handle *)object;
	const char *script;
	PyObject *words = NULL, *result = NULL;
	unsigned int flags = 0;
	dtrace_prog_t *prog;
	char **argv = NULL;
	int argc = 0;

	if (!PyArg_ParseTuple(args, "s|O!I:compile", &script, &PyTuple_Type, &words, &flags))
		return NULL;
	if (words && !(argv = macro_args(words, &argc)))
		return NULL;
	if (call_enter(self) == 0) {
		prog = dtrace_program_strcompile(self->dtp, script, DTRACE_PROBESPEC_NAME, flags,
						 argc, argv);
		if (call_leave(self) == 0)
			result = keep_program(self, prog);
	}
	PyMem_Free(argv);
	return result;
}

static dtrace_prog_t *program_of(Handle *self, PyObject *number)
{
	Py_ssize_t i = PyLong_AsSsize_t(number);

	if (i >= 0 && i < self->nprograms)
		return self->programs[i];
	if (!PyErr_Occurred())
		PyErr_SetString(PyExc_ValueError, "no such program on this handle");
	return NULL;
}

static PyObject *handle_enable(PyObject *object, PyObject *number)
{
	Handle *self = (Handle *)object;
	dtrace_prog_t *prog;
	dtrace_proginfo_t info = { 0 };
	int err;

	if (!(prog = program_of(self, number)) || call_enter(self) != 0)
		return NULL;
	err = dtrace_program_exec(self->dtp, prog, &info);
	if (call_leave(self) != 0)
		return NULL;
	return err ? raise_last(self)
		   : Py_BuildValue("(IIII)", info.dpi_matches, info.dpi_aggregates,
				   info.dpi_recgens, info.dpi_speculations);
}

static PyObject *handle_go(PyObject *object, PyObject *unused)
{
	Handle *self = (Handle *)object;

	(void)unused;
	return call_enter(self) ? NULL : none_or_error(self, dtrace_go(self->dtp));
}

static PyObject *handle_stop(PyObject *object, PyObject *unused)
{
	Handle *self = (Handle *)object;

	(void)unused;
	return call_enter(self) ? NULL : none_or_error(self, dtrace_stop(self->dtp));
}

static PyObject *handle_status(PyObject *object, PyObject *unused)
{
	Handle *self = (Handle *)object;
	int status;

	(void)unused;
	if (call_enter(self) != 0)
		return NULL;
	status = dtrace_status(self->dtp);
	if (call_leave(self) != 0)
		return NULL;
	return status < 0 ? raise_last(self) : PyLong_FromLong(status);
}

static PyObject *handle_sleep(PyObject *object, PyObject *args)
{
	Handle *self = (Handle *)object;
	PyObject *timeout = Py_None;
	int64_t timeout_ns = -1;
	int woken;

	if (!PyArg_ParseTuple(args, "|O:sleep", &timeout))
		return NULL;
	if (timeout != Py_None) {
		double seconds = PyFloat_AsDouble(timeout);

		if (PyErr_Occurred())
			return NULL;
		timeout_ns = seconds <= 0 ? 0 : seconds > 1e9 ? -1 : (int64_t)ceil(seconds * 1e9);
	}
	if (call_enter(self) != 0)
		return NULL;
	woken = dtrace_wait(self->dtp, timeout_ns);
	if (call_leave(self) != 0 || PyErr_CheckSignals() != 0)
		return NULL;
	return woken < 0 ? raise_last(self) : PyBool_FromLong(woken);
}

static PyObject *handle_work(PyObject *object, PyObject *unused)
{
	Handle *self = (Handle *)object;
	dtrace_workstatus_t status;

	(void)unused;
	if (call_enter(self) != 0)
		return NULL;
	status = dtrace_work(self->dtp, NULL, self->chew ? on_chew : NULL, on_chewrec, self);
	if (call_leave(self) != 0 || PyErr_CheckSignals() != 0)
		return NULL;
	return status == DTRACE_WORKSTATUS_ERROR
		       ? raise_last(self)
		       : PyBool_FromLong(status == DTRACE_WORKSTATUS_DONE);
}

static PyObject *handle_snapshot(PyObject *object, PyObject *unused)
{
	Handle *self = (Handle *)object;

	(void)unused;
	return call_enter(self) ? NULL : none_or_error(self, dtrace_aggregate_snap_now(self->dtp));
}

static PyObject *handle_snapshots(PyObject *object, PyObject *unused)
{
	Handle *self = (Handle *)object;
	uint64_t n;

	(void)unused;
	if (call_enter(self) != 0)
		return NULL;
	n = dtrace_aggregate_nsnaps(self->dtp);
	return call_leave(self) ? NULL : PyLong_FromUnsignedLongLong(n);
}

static PyObject *handle_walk(PyObject *object, PyObject *args)
{
	Handle *self = (Handle *)object;
	int remove = 1;

	if (!PyArg_ParseTuple(args, "|p:walk", &remove) || call_enter(self) != 0)
		return NULL;
	self->remove = remove;
	return none_or_error(self, dtrace_aggregate_walk_valsorted(self->dtp, on_walk, self));
}

static PyObject *handle_print(PyObject *object, PyObject *unused)
{
	Handle *self = (Handle *)object;

	(void)unused;
	return call_enter(self)
		       ? NULL
		       : none_or_error(self, dtrace_aggregate_print(self->dtp, NULL, NULL));
}

static PyObject *handle_wake(PyObject *object, PyObject *unused)
{
	Handle *self = (Handle *)object;

	(void)unused;
	if (self->dtp)
		dtrace_wake(self->dtp);
	Py_RETURN_NONE;
}

static PyObject *handle_drops(PyObject *object, PyObject *unused)
{
	Handle *self = (Handle *)object;
	PyObject *drops;

	(void)unused;
	if (call_enter(self) != 0)
		return NULL;
	call_python(self); /* what Python runs meanwhile finds the handle in use */
	drops = PyDict_New();
	for (int kind = 0; drops && kind < 32; kind++) {
		const char *name = dtrace_dropkind_name((dtrace_dropkind_t)kind);
		PyObject *total;

		if (!name)
			continue;
		total = PyLong_FromUnsignedLongLong(
			dtrace_drop_total(self->dtp, (dtrace_dropkind_t)kind));
		if (!total || PyDict_SetItemString(drops, name, total) != 0)
			Py_CLEAR(drops);
		Py_XDECREF(total);
	}
	if (call_leave(self) != 0)
		Py_CLEAR(drops);
	return drops;
}

static PyMethodDef handle_methods[] = {
	{ "callbacks", (PyCFunction)(void (*)(void))handle_callbacks, METH_VARARGS | METH_KEYWORDS,
	  "Set all callbacks; None removes one." },
	{ "close", handle_close, METH_NOARGS, "Close the handle; a second call does nothing." },
	{ "compile", handle_compile, METH_VARARGS, "Compile a D program; return its number." },
	{ "create", handle_create, METH_O, "Create a process, stopped; return its pid." },
	{ "drops", handle_drops, METH_NOARGS, "Return the drops so far, by kind." },
	{ "enable", handle_enable, METH_O,
	  "Enable a program; return (matches, aggregates, records, speculations)." },
	{ "getopt", handle_getopt, METH_VARARGS, "Return an option's value; -2 if unset." },
	{ "go", handle_go, METH_NOARGS, "Start tracing." },
	{ "grab", handle_grab, METH_O, "Grab a process; return its pid." },
	{ "print_aggregations", handle_print, METH_NOARGS,
	  "Pass the aggregations to `out`, as dtrace(1) prints them." },
	{ "probes", handle_probes, METH_VARARGS,
	  "List matching probes: [(id, provider, module, function, name)]." },
	{ "proceed", handle_proceed, METH_NOARGS, "Let created and grabbed processes continue." },
	{ "processes", handle_processes, METH_NOARGS,
	  "List the processes: [(pid, state, wait status)]." },
	{ "setopt", handle_setopt, METH_VARARGS, "Set an option." },
	{ "sleep", handle_sleep, METH_VARARGS, "Wait until work() is due; True if woken." },
	{ "snapshot", handle_snapshot, METH_NOARGS, "Read the aggregations now." },
	{ "snapshots", handle_snapshots, METH_NOARGS,
	  "Return how often the aggregations were read." },
	{ "status", handle_status, METH_NOARGS, "Return DTRACE_STATUS_*." },
	{ "stop", handle_stop, METH_NOARGS, "Stop tracing; END fires." },
	{ "symbol", handle_symbol, METH_VARARGS, "Return the symbol at an address." },
	{ "wake", handle_wake, METH_NOARGS, "End sleep(); may be called from any thread." },
	{ "walk", handle_walk, METH_VARARGS,
	  "Call `walk` for each entry, sorted by value; remove it if asked to." },
	{ "work", handle_work, METH_NOARGS,
	  "Consume; True if stopped and everything is consumed." },
	{ 0 },
};

static PyGetSetDef handle_getset[] = {
	{ "closed", handle_closed, NULL, "Whether close() has been called.", NULL },
	{ "exit_status", handle_exit_status, NULL,
	  "The argument of D's exit(); None until it was consumed.", NULL },
	{ 0 },
};

static PyType_Slot handle_slots[] = {
	{ Py_tp_doc, "A handle of libdtrace." },
	{ Py_tp_new, handle_new },
	{ Py_tp_dealloc, handle_dealloc },
	{ Py_tp_repr, handle_repr },
	{ Py_tp_traverse, handle_traverse },
	{ Py_tp_clear, handle_clear },
	{ Py_tp_methods, handle_methods },
	{ Py_tp_getset, handle_getset },
	{ 0, NULL },
};

PyType_Spec handle_spec = {
	.name = "dtrace._dtrace.Handle",
	.basicsize = sizeof(Handle),
	.flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
	.slots = handle_slots,
};
