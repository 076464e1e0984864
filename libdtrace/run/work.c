/* SPDX-License-Identifier: MIT */
/*
 * What a consumer does between two sleeps, each part when its clock says so: status (drops, exit(),
 * full buffers), aggregations, records.
 */
#include <errno.h>
#include "attach/attach.h"
#include "base/errno.h"
#include "run/internal.h"

static int consumer_error(struct dt_run *run)
{
	return dt_run_fail(run, -dt_consume_err(run->consumer), NULL);
}

static bool policy_is_switch(const struct dt_run *run)
{
	return run->bufpolicy == DTRACEOPT_BUFPOLICY_SWITCH;
}

uint64_t dt_run_next_work(const struct dt_run *run)
{
	uint64_t next = dt_clock_next(&run->status_clock);

	if (!policy_is_switch(run))
		return next;
	next = DT_MIN(next, dt_clock_next(&run->switch_clock));
	if (run->plan && run->plan->layout.aggs.n)
		next = DT_MIN(next, dt_clock_next(&run->agg_clock));
	return next;
}

/* ---- status ---- */

/* Firings that the kernel has skipped, by its own counters. */
static uint64_t missed_firings(const struct dt_run *run)
{
	uint64_t missed = 0;

	dt_vec_each(&run->programs, it)
	{
		if (it->attach && it->point->role == DT_ROLE_NONE)
			missed += dt_attach_missed(it->attach);
	}
	return missed;
}

int dt_run_report_drops(struct dt_run *run)
{
	uint64_t missed = missed_firings(run);
	int rc = 0;

	if (missed)
		rc = dt_consume_drop_external(run->consumer, DTRACEDROP_LINUX_RECURSION, missed);
	if (!rc)
		rc = dt_consume_drops(run->consumer);
	return rc ? consumer_error(run) : 0;
}

static bool is_filled(const struct dt_run *run)
{
	return run->bufpolicy == DTRACEOPT_BUFPOLICY_FILL &&
	       dt_consume_drop_total(run->consumer, DTRACEDROP_PRINCIPAL) > 0;
}

static int stop_with(struct dt_run *run, int status)
{
	int err = dt_run_stop(run);

	return err ? err : status;
}

int dt_run_status(struct dt_run *run)
{
	uint64_t now = dt_now_ns();
	int err;

	switch (dt_run_state(run)) {
	case DT_RUN_SETUP: return DTRACE_STATUS_NONE;
	case DT_RUN_STOPPED: return DTRACE_STATUS_STOPPED;
	/* exit() is one look at mapped memory: it need not wait for the clock. */
	case DT_RUN_DRAINING: return stop_with(run, DTRACE_STATUS_EXITED);
	default: break;
	}
	if (!dt_clock_is_due(&run->status_clock, now))
		return DTRACE_STATUS_NONE;
	dt_clock_advance(&run->status_clock, now);
	err = dt_run_report_drops(run);
	if (err)
		return err;
	return is_filled(run) ? stop_with(run, DTRACE_STATUS_FILLED) : DTRACE_STATUS_OKAY;
}

/* ---- aggregations ---- */

int dt_run_snapshot_now(struct dt_run *run)
{
	if (run->state == DT_RUN_SETUP)
		return dt_run_fail(run, -EINVAL, NULL);
	dt_clock_restart(&run->agg_clock, dt_now_ns());
	if (dt_consume_snap(run->consumer, run->state == DT_RUN_STOPPED))
		return consumer_error(run);
	return 0;
}

int dt_run_snapshot(struct dt_run *run)
{
	bool running = run->state != DT_RUN_SETUP && run->state != DT_RUN_STOPPED;

	if (running && !dt_clock_is_due(&run->agg_clock, dt_now_ns()))
		return 0;
	return dt_run_snapshot_now(run);
}

/* For a pass whose records may show aggregations.  The first pass comes right after the start.
 * Without records it shows nothing, and the clock starts without a grace period. */
static int snapshot_for_pass(struct dt_run *run, bool has_records)
{
	bool first = run->state != DT_RUN_STOPPED && !run->agg_clock.last_ns;

	if (!first || has_records)
		return dt_run_snapshot(run);
	dt_clock_restart(&run->agg_clock, dt_now_ns());
	return 0;
}

/* ---- records ---- */

/* Has a ring filled past its mark since the last call? Then the clock does not matter. */
static bool take_ring_signal(struct dt_run *run)
{
	return __atomic_exchange_n(&dt_run_area(run)->wake, 0, __ATOMIC_ACQ_REL) != 0;
}

/* bufpolicy=ring: only the newest records stay in the rings. */
static void trim(struct dt_run *run)
{
	if (run->state == DT_RUN_SETUP || run->bufpolicy != DTRACEOPT_BUFPOLICY_RING)
		return;
	take_ring_signal(run);
	dt_consume_trim(run->consumer, run->plan->opts.bufsize);
}

int dt_run_consume(struct dt_run *run, const struct dt_run_client *client)
{
	bool stopped = run->state == DT_RUN_STOPPED, filling, due;
	uint64_t now = dt_now_ns();

	if (run->state == DT_RUN_SETUP)
		return dt_run_fail(run, -EINVAL, NULL);
	filling = take_ring_signal(run);
	due = dt_clock_is_due(&run->switch_clock, now);
	if (due)
		dt_clock_advance(&run->switch_clock, now);
	if (!due && !filling && !stopped)
		return 0;
	if (dt_consume_records(run->consumer, client->fp, client->probef, client->recf, client->arg,
			       stopped))
		return consumer_error(run);
	/* What was lost in the last pass, of speculations, has no status after it. */
	return stopped ? dt_run_report_drops(run) : 0;
}

/* ---- all of it ---- */

int dt_run_work(struct dt_run *run, const struct dt_run_client *client)
{
	int status = dt_run_status(run), err;
	bool stopped = status == DTRACE_STATUS_EXITED || status == DTRACE_STATUS_FILLED ||
		       status == DTRACE_STATUS_STOPPED;

	if (status < 0)
		return status;
	trim(run);
	if (!stopped && !policy_is_switch(run))
		return 0;
	if (run->state == DT_RUN_SETUP)
		return dt_run_fail(run, -EINVAL, NULL);
	if (stopped) {
		dt_clock_expire(&run->switch_clock);
		dt_clock_expire(&run->agg_clock);
	}
	err = snapshot_for_pass(run, dt_consume_mark(run->consumer));
	if (!err)
		err = dt_run_consume(run, client);
	return err ? err : stopped;
}
