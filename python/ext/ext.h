/* SPDX-License-Identifier: MIT */
/*
 * What the files of the extension module `dtrace._dtrace` share.  The module is the back end of the
 * package: one type, Handle, around a dtrace_hdl_t.  It is built on the stable ABI of CPython 3.11
 * and on the public headers dtrace.h and dtrace_linux.h alone.
 *
 * The interpreter's lock.  Each call into the library runs between call_enter(), which gives the
 * lock back, and call_leave(), which takes it.  A callback that calls Python takes the lock with
 * call_python() and keeps it until call_leave(): taking it anew for each record would cost more
 * than the record.  So the lock is free while the library waits, compiles, loads, reads and empties
 * maps, and while it consumes records that no callback wants.
 */
#ifndef DTRACE_PYTHON_EXT_H
#define DTRACE_PYTHON_EXT_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <dtrace_linux.h>
#include <stdbool.h>

#define NACTIONS 0x800 /* kinds of actions and aggregations are below */

/* Of the module; owned by it. */
struct module_state {
	PyTypeObject *handle_type;
	PyObject *make_error; /* dtrace._errors.make_error */
};

/* A program compiled on the handle; callers know it by its place in `programs`. */
typedef struct {
	PyObject_HEAD dtrace_hdl_t *dtp; /* NULL once closed */
	PyThreadState *saved;            /* while a call runs without the lock */
	bool busy;                       /* a call is under way, in this thread or another */
	bool failed;                     /* a callback of this call raised */
	bool text;                       /* str instead of stripped bytes */
	bool remove;                     /* of the walk under way */
	bool exited;                     /* D's exit() was seen, with `exit_status` */
	int exit_status;
	PyObject *chew, *chewrec, *out, *walk; /* callables; NULL: nobody listens */
	PyObject *on_drop, *on_error, *on_proc;
	PyObject **cpu_args; /* by CPU: the tuple (cpu,), made on demand */
	int ncpus;
	PyObject **action_args; /* by action: the tuple (action,) */
	dtrace_prog_t **programs;
	Py_ssize_t nprograms;
	struct ps_prochandle **procs;
	Py_ssize_t nprocs;
} Handle;

/* handle.c: the type. */
extern PyType_Spec handle_spec;
struct module_state *handle_state(Handle *self);

/* A call of the library; 0, or -1 with an exception: the handle is closed or in use. */
int call_enter(Handle *self);
/* Ends it; 0, or -1 when a callback raised. */
int call_leave(Handle *self);
/* In a callback, before touching Python. */
static inline void call_python(Handle *self)
{
	if (self->saved) {
		PyEval_RestoreThread(self->saved);
		self->saved = NULL;
	}
}

/* errors.c: raise the handle's last error as the exception that fits; dtp NULL: `err` of
 * dtrace_open().  Returns NULL. */
PyObject *raise_last(Handle *self);
PyObject *raise_errno(struct module_state *state, int err, const char *message);

/* callbacks.c: the library's callbacks; `arg` is the Handle. */
int on_chew(const dtrace_probedata_t *data, void *arg);
int on_chewrec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg);
int on_buffered(const dtrace_bufdata_t *buf, void *arg);
int on_walk(const dtrace_aggdata_t *agg, void *arg);
int on_drop(const dtrace_dropdata_t *drop, void *arg);
int on_error(const dtrace_errdata_t *err, void *arg);
void on_proc(struct ps_prochandle *P, const char *msg, void *arg);

/* values.c: C's data as Python's; new references, or NULL with an exception. */
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
