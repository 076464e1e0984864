/* SPDX-License-Identifier: MIT */
/*
 * The library's data as Python objects: integers with the sign of their D type, strings as bytes
 * (or str, if the handle's `text` is set), stacks as tuples of str, symbols as str, distributions
 * as [((low, high), count), ...].  dtrace_agg_valtype() has the types.
 */
#include "ext.h"
#include <stdlib.h>
#include <string.h>

PyObject *value_text(const char *text, size_t len)
{
	return PyUnicode_DecodeUTF8(text, (Py_ssize_t)len, "replace");
}

static PyObject *value_int(const char *datum, const dtrace_valtype_t *type)
{
	union {
		uint8_t u8;
		int8_t i8;
		uint16_t u16;
		int16_t i16;
		uint32_t u32;
		int32_t i32;
		uint64_t u64;
		int64_t i64;
	} v = { 0 };

	if (type->dtvt_size > sizeof(v))
		return PyBytes_FromStringAndSize(datum, type->dtvt_size);
	memcpy(&v, datum, type->dtvt_size);
	switch (type->dtvt_size) {
	case 1: return PyLong_FromLong(type->dtvt_signed ? v.i8 : v.u8);
	case 2: return PyLong_FromLong(type->dtvt_signed ? v.i16 : v.u16);
	case 4: return type->dtvt_signed ? PyLong_FromLong(v.i32) : PyLong_FromUnsignedLong(v.u32);
	default:
		return type->dtvt_signed ? PyLong_FromLongLong(v.i64)
					 : PyLong_FromUnsignedLongLong(v.u64);
	}
}

/* A function of the library that writes a text and returns the whole length; it is called a second
 * time if the text is longer than `small`. */
typedef int text_f(Handle *self, const dtrace_valtype_t *type, const char *datum, int frame,
		   char *buf, int n);

static PyObject *text_of(text_f *text, Handle *self, const dtrace_valtype_t *type,
			 const char *datum, int frame)
{
	char small[256], *large;
	int len = text(self, type, datum, frame, small, sizeof(small));
	PyObject *str;

	if (len < 0)
		return raise_last(self);
	if ((size_t)len < sizeof(small))
		return value_text(small, (size_t)len);
	if (!(large = malloc((size_t)len + 1)))
		return PyErr_NoMemory();
	text(self, type, datum, frame, large, len + 1);
	str = value_text(large, strnlen(large, (size_t)len));
	free(large);
	return str;
}

static int symbol_text(Handle *self, const dtrace_valtype_t *type, const char *datum, int frame,
		       char *buf, int n)
{
	(void)frame;
	return dtrace_sym2str(self->dtp, (dtrace_valkind_t)type->dtvt_kind, datum, buf, n);
}

static int frame_text(Handle *self, const dtrace_valtype_t *type, const char *datum, int frame,
		      char *buf, int n)
{
	return dtrace_frame2str(self->dtp, type, datum, frame, buf, n);
}

static PyObject *value_stack(Handle *self, const char *datum, const dtrace_valtype_t *type)
{
	PyObject *frames = PyList_New(0), *tuple;

	if (!frames)
		return NULL;
	for (uint32_t i = 0; i < type->dtvt_count; i++) {
		PyObject *frame = text_of(frame_text, self, type, datum, (int)i);

		if (!frame ||
		    (PyUnicode_GetLength(frame) > 0 && PyList_Append(frames, frame) != 0)) {
			Py_XDECREF(frame);
			Py_DECREF(frames);
			return NULL;
		}
		bool end = PyUnicode_GetLength(frame) == 0;

		Py_DECREF(frame);
		if (end)
			break;
	}
	tuple = PyList_AsTuple(frames);
	Py_DECREF(frames);
	return tuple;
}

static PyObject *value_string(Handle *self, const char *datum, size_t size)
{
	size_t len = strnlen(datum, size);

	return self->text ? value_text(datum, len)
			  : PyBytes_FromStringAndSize(datum, (Py_ssize_t)len);
}

PyObject *value_key(Handle *self, const dtrace_aggdata_t *agg, int index)
{
	const dtrace_aggdesc_t *desc = agg->dtada_desc;
	const char *datum = agg->dtada_data + desc->dtagd_rec[index].dtrd_offset;
	dtrace_valtype_t type;

	if (dtrace_agg_valtype(self->dtp, desc, index, &type) != 0)
		return raise_last(self);
	switch (type.dtvt_kind) {
	case DTRACE_VAL_INT: return value_int(datum, &type);
	case DTRACE_VAL_STRING: return value_string(self, datum, type.dtvt_size);
	case DTRACE_VAL_STACK:
	case DTRACE_VAL_USTACK: return value_stack(self, datum, &type);
	case DTRACE_VAL_SYM:
	case DTRACE_VAL_MOD:
	case DTRACE_VAL_USYM:
	case DTRACE_VAL_UMOD:
	case DTRACE_VAL_UADDR: return text_of(symbol_text, self, &type, datum, 0);
	default: return PyBytes_FromStringAndSize(datum, type.dtvt_size);
	}
}

static PyObject *value_distribution(Handle *self, const dtrace_aggdata_t *agg, int nbuckets)
{
	PyObject *list = PyList_New(nbuckets);

	for (int i = 0; list && i < nbuckets; i++) {
		int64_t low, high, count;
		PyObject *bucket;

		if (dtrace_agg_bucket(agg, i, &low, &high, &count) != 0) {
			Py_DECREF(list);
			return raise_last(self);
		}
		bucket = Py_BuildValue("((LL)L)", (long long)low, (long long)high,
				       (long long)count);
		if (!bucket || PyList_SetItem(list, i, bucket) != 0)
			Py_CLEAR(list);
	}
	return list;
}

PyObject *value_aggregation(Handle *self, const dtrace_aggdata_t *agg)
{
	int nbuckets = dtrace_agg_nbuckets(agg);
	int64_t number;

	if (nbuckets > 0)
		return value_distribution(self, agg, nbuckets);
	if (nbuckets < 0 || dtrace_agg_number(agg, &number) != 0)
		return raise_last(self);
	return PyLong_FromLongLong(number);
}
