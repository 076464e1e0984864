/* SPDX-License-Identifier: MIT */
/* The module `dtrace._dtrace`: its state, its type and the version of D.  See ext.h. */
#include "ext.h"

static int module_exec(PyObject *module)
{
	struct module_state *state = PyModule_GetState(module);
	PyObject *errors = PyImport_ImportModule("dtrace._errors");

	if (!errors)
		return -1;
	state->make_error = PyObject_GetAttrString(errors, "make_error");
	Py_DECREF(errors);
	if (!state->make_error)
		return -1;
	state->handle_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &handle_spec, NULL);
	if (!state->handle_type || PyModule_AddType(module, state->handle_type) != 0)
		return -1;
	return PyModule_AddStringConstant(module, "d_version", _dtrace_version);
}

static int module_traverse(PyObject *module, visitproc visit, void *arg)
{
	struct module_state *state = PyModule_GetState(module);

	Py_VISIT(state->handle_type);
	Py_VISIT(state->make_error);
	return 0;
}

static int module_clear(PyObject *module)
{
	struct module_state *state = PyModule_GetState(module);

	Py_CLEAR(state->handle_type);
	Py_CLEAR(state->make_error);
	return 0;
}

static void module_free(void *module)
{
	module_clear(module);
}

static PyModuleDef_Slot module_slots[] = {
	{ Py_mod_exec, module_exec },
	{ 0, NULL },
};

static struct PyModuleDef module_def = {
	PyModuleDef_HEAD_INIT,
	.m_name = "dtrace._dtrace",
	.m_doc = "The back end of the package dtrace: libdtrace.",
	.m_size = sizeof(struct module_state),
	.m_slots = module_slots,
	.m_traverse = module_traverse,
	.m_clear = module_clear,
	.m_free = module_free,
};

PyMODINIT_FUNC PyInit__dtrace(void)
{
	return PyModuleDef_Init(&module_def);
}
