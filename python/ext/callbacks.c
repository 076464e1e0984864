/* SPDX-License-Identifier: MIT */
/*
 * The callbacks that the library calls, and which call Python's.  on_chew() is called once per
 * firing and on_chewrec() once per datum, millions of times per second.  So they look nothing up
 * and allocate nothing; argument tuples are made once per CPU and once per action.  If Python's
 * callback raises, `failed` is set, which ends the library's call, and call_leave() passes the
 * exception on.
 */
#include "ext.h"
#include <string.h>

/* The tuple (number,), cached in a table; a borrowed reference. */
static PyObject *cached_args(PyObject **table, int limit, int number)
{
	PyObject *args;

	if (number < 0 || number >= limit)
		return NULL;
	args = table[number];
	if (!args)
		args = table[number] = Py_BuildValue("(i)", number);
	return args;
}

static int called(Handle *self, PyObject *result)
{
	if (!result) {
		self->failed = true;
		return -1;
	}
	Py_DECREF(result);
	return 0;
}

static int call_cached(Handle *self, PyObject *func, PyObject **table, int limit, int number)
{
	PyObject *args = cached_args(table, limit, number);

	if (args)
		return called(self, PyObject_Call(func, args, NULL));
	if (PyErr_Occurred())
		return called(self, NULL);
	return called(self, PyObject_CallFunction(func, "i", number));
}

int on_chew(const dtrace_probedata_t *data, void *arg)
{
	Handle *self = arg;

	if (self->failed)
		return DTRACE_CONSUME_ABORT;
	if (!self->chew)
		return DTRACE_CONSUME_THIS;
	call_python(self);
	if (call_cached(self, self->chew, self->cpu_args, self->ncpus, data->dtpda_cpu) != 0)
		return DTRACE_CONSUME_ABORT;
	return DTRACE_CONSUME_THIS;
}

/* A printf() of n arguments has n records, which are reported as one action. */
static bool continues_statement(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec)
{
	return DTRACEACT_ISPRINTFLIKE(rec->dtrd_action) && rec > data->dtpda_edesc->dtepd_rec &&
	       rec[-1].dtrd_action == rec->dtrd_action && rec[-1].dtrd_uarg == rec->dtrd_uarg;
}

/* Whether the library has to print a record: for the callback `out`, or for a side effect. */
static int shown(const Handle *self, const dtrace_recdesc_t *rec)
{
	if (rec->dtrd_action == DTRACEACT_EXIT)
		return DTRACE_CONSUME_NEXT;
	if (self->out || rec->dtrd_action == DTRACEACT_SYSTEM ||
	    rec->dtrd_action == DTRACEACT_FREOPEN)
		return DTRACE_CONSUME_THIS;
	return DTRACE_CONSUME_NEXT;
}

int on_chewrec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	Handle *self = arg;

	if (self->failed)
		return DTRACE_CONSUME_ABORT;
	if (!rec)
		return DTRACE_CONSUME_NEXT;
	if (rec->dtrd_action == DTRACEACT_EXIT && rec->dtrd_size == sizeof(int)) {
		memcpy(&self->exit_status, data->dtpda_data, sizeof(int));
		self->exited = true;
	}
	if (self->chewrec && !continues_statement(data, rec)) {
		call_python(self);
		if (call_cached(self, self->chewrec, self->action_args, NACTIONS,
				rec->dtrd_action) != 0)
			return DTRACE_CONSUME_ABORT;
	}
	return shown(self, rec);
}

static PyObject *stripped(const char *text)
{
	static const char blanks[] = " \t\n\r\v\f";
	size_t len;

	text += strspn(text, blanks);
	len = strlen(text);
	while (len > 0 && strchr(blanks, text[len - 1]))
		len--;
	return PyBytes_FromStringAndSize(text, (Py_ssize_t)len);
}

int on_buffered(const dtrace_bufdata_t *buf, void *arg)
{
	Handle *self = arg;
	PyObject *text;

	if (self->failed)
		return DTRACE_HANDLE_ABORT;
	if (!self->out)
		return DTRACE_HANDLE_OK;
	call_python(self);
	text = self->text ? value_text(buf->dtbda_buffered, strlen(buf->dtbda_buffered))
			  : stripped(buf->dtbda_buffered);
	if (!text)
		return called(self, NULL), DTRACE_HANDLE_ABORT;
	PyObject *result = PyObject_CallFunctionObjArgs(self->out, text, NULL);

	Py_DECREF(text);
	return called(self, result) == 0 ? DTRACE_HANDLE_OK : DTRACE_HANDLE_ABORT;
}

static PyObject *keys_of(Handle *self, const dtrace_aggdata_t *agg)
{
	int nkeys = agg->dtada_desc->dtagd_nrecs - 2;
	PyObject *keys = PyList_New(nkeys);

	for (int i = 0; keys && i < nkeys; i++) {
		PyObject *key = value_key(self, agg, i + 1);

		if (!key || PyList_SetItem(keys, i, key) != 0)
			Py_CLEAR(keys);
	}
	return keys;
}

int on_walk(const dtrace_aggdata_t *agg, void *arg)
{
	Handle *self = arg;
	const dtrace_aggdesc_t *desc = agg->dtada_desc;
	PyObject *keys, *value, *result = NULL;

	if (self->failed)
		return DTRACE_AGGWALK_ABORT;
	if (!self->walk)
		return self->remove ? DTRACE_AGGWALK_REMOVE : DTRACE_AGGWALK_NEXT;
	call_python(self);
	keys = keys_of(self, agg);
	value = keys ? value_aggregation(self, agg) : NULL;
	if (value)
		result = PyObject_CallFunction(self->walk, "iLOO",
					       (int)desc->dtagd_rec[desc->dtagd_nrecs - 1]
						       .dtrd_action,
					       (long long)desc->dtagd_varid, keys, value);
	Py_XDECREF(keys);
	Py_XDECREF(value);
	if (called(self, result) != 0)
		return DTRACE_AGGWALK_ABORT;
	return self->remove ? DTRACE_AGGWALK_REMOVE : DTRACE_AGGWALK_NEXT;
}

int on_drop(const dtrace_dropdata_t *drop, void *arg)
{
	Handle *self = arg;
	const char *kind = dtrace_dropkind_name(drop->dtdda_kind);

	if (self->failed)
		return DTRACE_HANDLE_ABORT;
	if (!self->on_drop)
		return DTRACE_HANDLE_OK;
	call_python(self);
	return called(self,
		      PyObject_CallFunction(self->on_drop, "siKKs", kind ? kind : "UNKNOWN",
					    drop->dtdda_cpu, (unsigned long long)drop->dtdda_drops,
					    (unsigned long long)drop->dtdda_total,
					    drop->dtdda_msg)) == 0
		       ? DTRACE_HANDLE_OK
		       : DTRACE_HANDLE_ABORT;
}

int on_error(const dtrace_errdata_t *err, void *arg)
{
	Handle *self = arg;

	if (self->failed)
		return DTRACE_HANDLE_ABORT;
	if (!self->on_error)
		return DTRACE_HANDLE_OK;
	call_python(self);
	return called(self, PyObject_CallFunction(self->on_error, "iKis", err->dteda_fault,
						  (unsigned long long)err->dteda_addr,
						  err->dteda_cpu, err->dteda_msg)) == 0
		       ? DTRACE_HANDLE_OK
		       : DTRACE_HANDLE_ABORT;
}

void on_proc(struct ps_prochandle *P, const char *msg, void *arg)
{
	Handle *self = arg;

	if (self->failed || !self->on_proc)
		return;
	call_python(self);
	called(self, PyObject_CallFunction(self->on_proc, "iz", (int)dtrace_proc_pid(P), msg));
}
