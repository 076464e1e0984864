/* SPDX-License-Identifier: MIT */
/*
 * The library's errors as Python's exceptions.  dtrace._errors.make_error() chooses the class, for
 * this back end and that of ctypes alike; the functions here collect its arguments.
 */
#include "ext.h"

static PyObject *raise_made(struct module_state *state, int err, const char *message,
			    const dtrace_errplace_t *place)
{
	PyObject *error =
		PyObject_CallFunction(state->make_error, "issssssii", err, message, place->dtep_tag,
				      place->dtep_file, place->dtep_source, place->dtep_hint,
				      place->dtep_missing, place->dtep_line, place->dtep_column);

	if (error) {
		PyErr_SetObject((PyObject *)Py_TYPE(error), error);
		Py_DECREF(error);
	}
	return NULL;
}

PyObject *raise_errno(struct module_state *state, int err, const char *message)
{
	dtrace_errplace_t none = { "", "", "", "", "", "", 0, 0 };

	return raise_made(state, err, message ? message : dtrace_errmsg(NULL, err), &none);
}

PyObject *raise_last(Handle *self)
{
	dtrace_errplace_t place = { "", "", "", "", "", "", 0, 0 };
	int err;

	/* A signal's handler may have closed it since the call. */
	if (!self->dtp)
		return raise_errno(handle_state(self), 1102, "the handle has been closed");
	err = dtrace_errno(self->dtp);
	if (dtrace_errplace(self->dtp, &place) != 0)
		place = (dtrace_errplace_t){ "", "", "", "", "", "", 0, 0 };
	return raise_made(handle_state(self), err, dtrace_errmsg(self->dtp, err), &place);
}
