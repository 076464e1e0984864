/* SPDX-License-Identifier: MIT */
/* Handle.create(), grab(), proceed() and processes(): the processes that a run traces.  The library
 * owns them. */
#include "ext.h"
#include <stdlib.h>

static PyObject *keep(Handle *self, struct ps_prochandle *P)
{
	struct ps_prochandle **procs;

	if (!P)
		return raise_last(self);
	procs = PyMem_Realloc(self->procs, (size_t)(self->nprocs + 1) * sizeof(*procs));
	if (!procs)
		return PyErr_NoMemory();
	self->procs = procs;
	procs[self->nprocs++] = P;
	return PyLong_FromLong(dtrace_proc_pid(P));
}

/* The arguments of a program for execv(2); they point into `bytes`. */
static char **argv_of(PyObject *words, PyObject **bytes)
{
	Py_ssize_t n = PySequence_Size(words);
	char **argv;

	if (n < 1) {
		if (!PyErr_Occurred())
			PyErr_SetString(PyExc_ValueError, "no program to run");
		return NULL;
	}
	*bytes = PyList_New(n);
	argv = *bytes ? PyMem_Calloc((size_t)n + 1, sizeof(*argv)) : NULL;
	for (Py_ssize_t i = 0; argv && i < n; i++) {
		PyObject *word = PySequence_GetItem(words, i), *encoded = NULL;

		if (!word || !PyUnicode_FSConverter(word, &encoded) ||
		    PyList_SetItem(*bytes, i, encoded) != 0) {
			PyMem_Free(argv);
			argv = NULL;
		} else {
			argv[i] = PyBytes_AsString(encoded);
		}
		Py_XDECREF(word);
	}
	return argv;
}

PyObject *handle_create(PyObject *object, PyObject *words)
{
	Handle *self = (Handle *)object;
	PyObject *bytes = NULL, *result = NULL;
	char **argv = argv_of(words, &bytes);
	struct ps_prochandle *P;

	if (argv && call_enter(self) == 0) {
		P = dtrace_proc_create(self->dtp, argv[0], argv);
		if (call_leave(self) == 0)
			result = keep(self, P);
	}
	PyMem_Free(argv);
	Py_XDECREF(bytes);
	return result;
}

PyObject *handle_grab(PyObject *object, PyObject *pid)
{
	Handle *self = (Handle *)object;
	long number = PyLong_AsLong(pid);
	struct ps_prochandle *P;

	if ((number == -1 && PyErr_Occurred()) || call_enter(self) != 0)
		return NULL;
	P = dtrace_proc_grab(self->dtp, (pid_t)number, 0);
	return call_leave(self) != 0 ? NULL : keep(self, P);
}

PyObject *handle_proceed(PyObject *object, PyObject *unused)
{
	Handle *self = (Handle *)object;

	(void)unused;
	if (call_enter(self) != 0)
		return NULL;
	for (Py_ssize_t i = 0; i < self->nprocs; i++)
		dtrace_proc_continue(self->dtp, self->procs[i]);
	if (call_leave(self) != 0)
		return NULL;
	Py_RETURN_NONE;
}

PyObject *handle_processes(PyObject *object, PyObject *unused)
{
	Handle *self = (Handle *)object;
	PyObject *list;

	(void)unused;
	if (call_enter(self) != 0)
		return NULL;
	call_python(self); /* what Python runs meanwhile finds the handle in use */
	list = PyList_New(self->nprocs);
	for (Py_ssize_t i = 0; list && i < self->nprocs; i++) {
		struct ps_prochandle *P = self->procs[i];
		PyObject *item = Py_BuildValue("(iii)", (int)dtrace_proc_pid(P),
					       (int)dtrace_proc_state(P), dtrace_proc_status(P));

		if (!item || PyList_SetItem(list, i, item) != 0)
			Py_CLEAR(list);
	}
	if (call_leave(self) != 0)
		Py_CLEAR(list);
	return list;
}
