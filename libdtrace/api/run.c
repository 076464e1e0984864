/* SPDX-License-Identifier: MIT */
/*
 * dtrace_go(), dtrace_status(), dtrace_sleep(), dtrace_work(), dtrace_stop() and their kin.  run/
 * does the work; here its results become the handle's error, and the client's handler for processes
 * is called.
 */
#include <errno.h>
#include "api/hdl.h"
#include "process/process.h"

static int done(dtrace_hdl_t *dtp, int rc)
{
	return rc < 0 ? dt_set_run_error(dtp, rc) : rc;
}

/* ---- go and stop ---- */

static int check_before_go(dtrace_hdl_t *dtp)
{
	if (dt_is_started(dtp))
		return dt_set_errno(dtp, EINVAL);
	if (dtp->destructive && !dt_option_is_set(dtp, DTRACEOPT_DESTRUCTIVE))
		return dt_set_errno(dtp, EDT_DESTRUCTIVE);
	return done(dtp, dt_run_privileged(dtp->run));
}

static int start(dtrace_hdl_t *dtp)
{
	struct dt_consume_init consumer = {
		.hdl = dtp,
		.types = dtp->env.types,
		.ksyms = dtp->env.ksyms,
		.usyms = dtp->copts.noresolve ? NULL : dtp->env.usyms,
		.target = dtp->target,
		.options = dtp->options,
		.flags = { dtp->copts.droptags, dtp->copts.aggpercpu, dtp->copts.utf8,
			   dtp->copts.ascii, dtp->copts.stack_addresses, dtp->copts.printsize },
		.setopt = dt_option_setopt,
	};
	int rc;

	dtp->plan = dt_generate(dtp);
	if (!dtp->plan)
		return -1;
	rc = dt_run_go(dtp->run, dtp->plan, &consumer);
	dt_handlers_pass(dtp);
	if (!dt_is_started(dtp)) {
		dt_generated_free(dtp->plan);
		dtp->plan = NULL;
	}
	return done(dtp, rc);
}

/* bufresize=auto: half as much of the memory that the kernel does not have.  False: there is no
 * less. */
static bool lower_size(dtrace_hdl_t *dtp)
{
	static const int options[] = { [DT_SIZED_BUFSIZE] = DTRACEOPT_BUFSIZE,
				       [DT_SIZED_AGGSIZE] = DTRACEOPT_AGGSIZE,
				       [DT_SIZED_DYNVARSIZE] = DTRACEOPT_DYNVARSIZE };
	const dtrace_optval_t least = 4096;
	int by = dt_run_short_of(dtp->run);

	if (by == DT_SIZED_FIXED || dtp->options[options[by]] <= least ||
	    dtp->options[DTRACEOPT_BUFRESIZE] != DTRACEOPT_BUFRESIZE_AUTO)
		return false;
	dtp->options[options[by]] /= 2;
	return true;
}

int dtrace_go(dtrace_hdl_t *dtp)
{
	dtrace_optval_t as_set[DTRACEOPT_MAX];
	int rc;

	if (check_before_go(dtp))
		return -1;
	dt_options_settle(dtp, as_set);
	do
		rc = start(dtp);
	while (rc && !dt_is_started(dtp) && lower_size(dtp));
	if (!dt_is_started(dtp))
		dt_options_restore(dtp, as_set);
	return rc;
}

int dtrace_stop(dtrace_hdl_t *dtp)
{
	return done(dtp, dt_run_stop(dtp->run));
}

/* ---- work ---- */

int dtrace_status(dtrace_hdl_t *dtp)
{
	return done(dtp, dt_run_status(dtp->run));
}

int dtrace_consume(dtrace_hdl_t *dtp, FILE *fp, dtrace_consume_probe_f *probef,
		   dtrace_consume_rec_f *recf, void *arg)
{
	struct dt_run_client client = { fp, probef, recf, arg };

	return done(dtp, dt_run_consume(dtp->run, &client));
}

dtrace_workstatus_t dtrace_work(dtrace_hdl_t *dtp, FILE *fp, dtrace_consume_probe_f *probef,
				dtrace_consume_rec_f *recf, void *arg)
{
	struct dt_run_client client = { fp, probef, recf, arg };
	int rc = done(dtp, dt_run_work(dtp->run, &client));

	if (rc < 0)
		return DTRACE_WORKSTATUS_ERROR;
	return rc ? DTRACE_WORKSTATUS_DONE : DTRACE_WORKSTATUS_OKAY;
}

/* ---- sleep ---- */

/* One call of the client's handler for each process that has ended. */
static void report_ended_processes(dtrace_hdl_t *dtp)
{
	struct ps_prochandle *p;

	if (!dtp->procs)
		return;
	while ((p = dt_procset_next_ended(dtp->procs)))
		if (dtp->handle_proc)
			dtp->handle_proc(p, NULL, dtp->handle_proc_arg);
}

int dtrace_wait(dtrace_hdl_t *dtp, int64_t timeout_ns)
{
	int woken = dt_run_sleep(dtp->run, timeout_ns);

	report_ended_processes(dtp);
	return woken;
}

void dtrace_sleep(dtrace_hdl_t *dtp)
{
	dtrace_wait(dtp, -1);
}

/* From other threads and from signal handlers too: the handle's error stays untouched. */
int dtrace_wake(dtrace_hdl_t *dtp)
{
	return dt_run_wake(dtp->run) ? -1 : 0;
}

int dtrace_wake_clear(dtrace_hdl_t *dtp)
{
	return done(dtp, dt_run_wake_clear(dtp->run));
}

int dtrace_ctlfd(dtrace_hdl_t *dtp)
{
	return dt_is_started(dtp) ? dt_run_fd(dtp->run) : -1;
}
