/* SPDX-License-Identifier: MIT */
/*
 * Declarations of the extension module `dtrace._dtrace`, the back end of the package.  It has one
 * type, Handle, which wraps a dtrace_hdl_t, and uses only CPython 3.11's stable ABI and the public
 * headers dtrace.h and dtrace_linux.h.
 *
 * The interpreter's lock (GIL) is released by call_enter() before each call of the library and
 * taken again by call_leave().  A callback that calls Python takes it with call_python() and keeps
 * it until call_leave(), since taking it for each record would cost more than the record.  So other
 * threads run while the library waits, compiles, loads, reads maps, and consumes records that no
 * callback wants.
 */
#ifndef DTRACE_PYTHON_EXT_H
#define DTRACE_PYTHON_EXT_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <dtrace_linux.h>
#include <stdbool.h>

#define NACTIONS 0x800 /* greater than all DTRACEACT_* and DTRACEAGG_* */

/* The state of the module. */
struct module_state {
	PyTypeObject *handle_type;
	PyObject *make_error; /* dtrace._errors.make_error */
};

typedef struct {
	PyObject_HEAD
	dtrace_hdl_t *dtp;    /* NULL after close() */
	PyThreadState *saved; /* while a call runs without the lock, else NULL */
	bool busy;            /* a call is under way, in this thread or another */
	bool failed;          /* a callback raised during this call */
	bool text;            /* pass str instead of stripped bytes */
	bool remove;          /* the argument of the current walk() */
	bool exited;          /* D's exit() was consumed; `exit_status` is set */
	int exit_status;
	PyObject *chew, *chewrec, *out, *walk; /* callables, or NULL */
	PyObject *on_drop, *on_error, *on_proc;
	PyObject **cpu_args; /* the tuple (cpu,) of each CPU, made on demand */
	int ncpus;
	PyObject **action_args;   /* the tuple (action,) of each action, made on demand */
	dtrace_prog_t **programs; /* Python has the index of a program */
	Py_ssize_t nprograms;
	struct ps_prochandle **procs;
	Py_ssize_t nprocs;
} Handle;

/* handle.c: the type. */
extern PyType_Spec handle_spec;
struct module_state *handle_state(Handle *self);

/* Begins a call of the library.  Returns -1 with an exception if the handle is closed or in use. */
int call_enter(Handle *self);
/* Ends the call.  Returns -1 if a callback raised. */
int call_leave(Handle *self);
/* Called by a callback before it uses Python. */
static inline void call_python(Handle *self)
{
	if (self->saved) {
		PyEval_RestoreThread(self->saved);
		self->saved = NULL;
	}
}

/* errors.c.  Raise the handle's last error, or a given one with a message or the library's own
 * text. Both return NULL. */
PyObject *raise_last(Handle *self);
PyObject *raise_errno(struct module_state *state, int err, const char *message);

/* callbacks.c: the callbacks for the library; `arg` is the Handle. */
int on_chew(const dtrace_probedata_t *data, void *arg);
int on_chewrec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg);
int on_buffered(const dtrace_bufdata_t *buf, void *arg);
int on_walk(const dtrace_aggdata_t *agg, void *arg);
int on_drop(const dtrace_dropdata_t *drop, void *arg);
int on_error(const dtrace_errdata_t *err, void *arg);
void on_proc(struct ps_prochandle *P, const char *msg, void *arg);

/* values.c: C's data as Python objects.  Return new references, or NULL with an exception. */
PyObject *value_text(const char *text, size_t len);
PyObject *value_key(Handle *self, const dtrace_aggdata_t *agg, int index);
PyObject *value_aggregation(Handle *self, const dtrace_aggdata_t *agg);

/* probes.c, process.c: methods of Handle. */
PyObject *handle_probes(PyObject *self, PyObject *args);
PyObject *handle_symbol(PyObject *self, PyObject *args);
PyObject *handle_create(PyObject *self, PyObject *argv);
PyObject *handle_grab(PyObject *self, PyObject *pid);
PyObject *handle_proceed(PyObject *self, PyObject *unused);
PyObject *handle_processes(PyObject *self, PyObject *unused);

#endif
