/* SPDX-License-Identifier: MIT */
/*
 * The library's errors as Python's exceptions.  dtrace._errors.make_error() chooses the class, for
 * this back end and that of ctypes alike; the functions here collect its arguments.
 */
#include "ext.h"

static const dtrace_errplace_t nowhere = { "", "", "", "", "", "", 0, 0 };

static PyObject *make(struct module_state *state, int err, const char *message,
		      const dtrace_errplace_t *place)
{
	return PyObject_CallFunction(state->make_error, "issssssii", err, message, place->dtep_tag,
				     place->dtep_file, place->dtep_source, place->dtep_hint,
				     place->dtep_missing, place->dtep_line, place->dtep_column);
}

static PyObject *raise_made(PyObject *error)
{
	if (error) {
		PyErr_SetObject((PyObject *)Py_TYPE(error), error);
		Py_DECREF(error);
	}
	return NULL;
}

PyObject *raise_errno(struct module_state *state, int err, const char *message)
{
	return raise_made(make(state, err, message ? message : dtrace_errmsg(NULL, err), &nowhere));
}

/* Appends the program's other errors to the attribute `others` of ERROR.  Takes ERROR; NULL: it
 * failed. */
static PyObject *with_others(Handle *self, PyObject *error)
{
	PyObject *list = error ? PyList_New(0) : NULL;
	dtrace_errplace_t place;
	const char *message;
	bool ok = list;

	/* Making an error runs Python, and so handlers of signals, which may close it. */
	for (int i = 0;
	     ok && self->dtp && (message = dtrace_errother(self->dtp, i, &place)) != NULL; i++) {
		PyObject *other = make(handle_state(self), EDT_COMPILER_ERROR, message, &place);

		ok = other && PyList_Append(list, other) == 0;
		Py_XDECREF(other);
	}
	if (ok && PyList_Size(list) > 0) {
		PyObject *others = PyList_AsTuple(list);

		ok = others && PyObject_SetAttrString(error, "others", others) == 0;
		Py_XDECREF(others);
	}
	Py_XDECREF(list);
	if (!ok)
		Py_CLEAR(error);
	return error;
}

PyObject *raise_last(Handle *self)
{
	dtrace_errplace_t place;
	int err;

	/* A signal's handler may have closed it since the call. */
	if (!self->dtp)
		return raise_errno(handle_state(self), 1102, "the handle has been closed");
	err = dtrace_errno(self->dtp);
	if (dtrace_errplace(self->dtp, &place) != 0)
		place = nowhere;
	return raise_made(with_others(self, make(handle_state(self), err,
						 dtrace_errmsg(self->dtp, err), &place)));
}
