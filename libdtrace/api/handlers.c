/* SPDX-License-Identifier: MIT */
/*
 * dtrace_handle_*(): the client's handlers.  Each is set once per handle, but setopt's may be
 * replaced.  The consumer calls them; run.c calls the one for processes.  Also the names of drops
 * and faults.
 */
#include <errno.h>
#include "api/hdl.h"
#include "consume/consume.h"

void dt_handlers_pass(dtrace_hdl_t *dtp)
{
	if (dt_consumer(dtp))
		dt_consume_set_handlers(dt_consumer(dtp), &dtp->handlers);
}

#define HANDLE(name, null_is_error, again_is_error)                                            \
	int dtrace_handle_##name(dtrace_hdl_t *dtp, dtrace_handle_##name##_f *func, void *arg) \
	{                                                                                      \
		if (null_is_error && !func)                                                    \
			return dt_set_errno(dtp, EINVAL);                                      \
		if (again_is_error && dtp->handlers.name)                                      \
			return dt_set_errno(dtp, EALREADY);                                    \
		dtp->handlers.name = func;                                                     \
		dtp->handlers.name##_arg = arg;                                                \
		dt_handlers_pass(dtp);                                                         \
		return 0;                                                                      \
	}

HANDLE(buffered, true, true)
HANDLE(err, false, true)
HANDLE(drop, false, true)
HANDLE(setopt, true, false)

int dtrace_handle_proc(dtrace_hdl_t *dtp, dtrace_handle_proc_f *func, void *arg)
{
	if (dtp->handle_proc)
		return dt_set_errno(dtp, EALREADY);
	dtp->handle_proc = func;
	dtp->handle_proc_arg = arg;
	return 0;
}

static int on_progress(void *arg, bool enabling, size_t done, size_t total)
{
	dtrace_hdl_t *dtp = arg;
	dtrace_progressdata_t data = { dtp, enabling, done, total };

	return dtp->handle_progress(&data, dtp->handle_progress_arg) != DTRACE_HANDLE_OK;
}

int dtrace_handle_progress(dtrace_hdl_t *dtp, dtrace_handle_progress_f *func, void *arg)
{
	dtp->handle_progress = func;
	dtp->handle_progress_arg = arg;
	dt_run_on_progress(dtp->run, func ? on_progress : NULL, dtp);
	return 0;
}

uint64_t dtrace_drop_total(dtrace_hdl_t *dtp, dtrace_dropkind_t kind)
{
	return dt_consumer(dtp) ? dt_consume_drop_total(dt_consumer(dtp), kind) : 0;
}

const char *dtrace_dropkind_name(dtrace_dropkind_t kind)
{
	return dt_consume_dropkind_name(kind);
}

const char *dtrace_faultstr(dtrace_hdl_t *dtp, int fault)
{
	(void)dtp;
	return dt_consume_fault_text(fault);
}
