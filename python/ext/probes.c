/* SPDX-License-Identifier: MIT */
/* Handle.probes() lists probes, Handle.symbol() looks up the symbol at an address. */
#include "ext.h"
#include <stdlib.h>
#include <string.h>

struct found {
	dtrace_probedesc_t *descs;
	size_t n, room;
};

/* Called without the interpreter's lock, so it only copies the description. */
static int keep_probe(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pdesc, void *arg)
{
	struct found *found = arg;

	(void)dtp;
	if (found->n == found->room) {
		size_t room = found->room ? found->room * 2 : 256;
		void *descs = realloc(found->descs, room * sizeof(*found->descs));

		if (!descs)
			return 1;
		found->descs = descs;
		found->room = room;
	}
	found->descs[found->n++] = *pdesc;
	return 0;
}

static PyObject *text(const char *s)
{
	return value_text(s, strlen(s));
}

static PyObject *probe_tuple(const dtrace_probedesc_t *pd)
{
	return Py_BuildValue("(INNNN)", (unsigned int)pd->dtpd_id, text(pd->dtpd_provider),
			     text(pd->dtpd_mod), text(pd->dtpd_func), text(pd->dtpd_name));
}

PyObject *handle_probes(PyObject *object, PyObject *args)
{
	Handle *self = (Handle *)object;
	const char *pattern = NULL;
	dtrace_probedesc_t pdesc;
	struct found found = { 0 };
	PyObject *list = NULL;
	int err = 0;

	if (!PyArg_ParseTuple(args, "|z:probes", &pattern) || call_enter(self) != 0)
		return NULL;
	if (pattern && *pattern)
		err = dtrace_str2desc(self->dtp, DTRACE_PROBESPEC_NAME, pattern, &pdesc);
	if (err == 0)
		err = dtrace_probe_iter(self->dtp, pattern && *pattern ? &pdesc : NULL, keep_probe,
					&found);
	if (call_leave(self) != 0)
		goto out;
	if (err > 0) {
		PyErr_NoMemory();
	} else if (err < 0) {
		raise_last(self);
	} else if ((list = PyList_New((Py_ssize_t)found.n))) {
		for (size_t i = 0; list && i < found.n; i++) {
			PyObject *probe = probe_tuple(&found.descs[i]);

			if (!probe || PyList_SetItem(list, (Py_ssize_t)i, probe) != 0)
				Py_CLEAR(list);
		}
	}
out:
	free(found.descs);
	return list;
}

PyObject *handle_symbol(PyObject *object, PyObject *args)
{
	Handle *self = (Handle *)object;
	unsigned long long addr;
	int pid = 0, len;
	char buf[1024];

	if (!PyArg_ParseTuple(args, "K|i:symbol", &addr, &pid) || call_enter(self) != 0)
		return NULL;
	if (pid)
		len = dtrace_uaddr2str(self->dtp, pid, addr, buf, sizeof(buf));
	else
		len = dtrace_addr2str(self->dtp, addr, buf, sizeof(buf));
	if (call_leave(self) != 0)
		return NULL;
	return len < 0 ? raise_last(self) : text(buf);
}
