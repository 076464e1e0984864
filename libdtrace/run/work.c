/* SPDX-License-Identifier: MIT */
/*
 * The consumer's rhythm: status, sleep, work.  Three clocks (statusrate, aggrate, switchrate) say
 * when something is due; between them the handle sleeps in epoll on its rings (programs wake it
 * when one fills, or at exit()), on the eventfd of dtrace_wake() and on processes that end.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include "api/hdl.h"
#include "attach/attach.h"
#include "consume/consume.h"
#include "process/process.h"

#define FAR UINT64_MAX

/* ---- clocks ---- */

static uint64_t rate(const dtrace_hdl_t *dtp, int option)
{
	dtrace_optval_t v = dt_option(dtp, option);

	return v > 0 ? (uint64_t)v : 0;
}

/* Is the clock due? It then goes on by its interval, not from now, unless it is far behind. */
static bool due(const dtrace_hdl_t *dtp, uint64_t *last, int option)
{
	uint64_t now = dt_now_ns(), interval = rate(dtp, option);

	if (*last && now - *last < interval)
		return false;
	*last = *last && now - *last < 2 * interval ? *last + interval : now;
	return true;
}

static bool policy_is_switch(const dtrace_hdl_t *dtp)
{
	return dt_option(dtp, DTRACEOPT_BUFPOLICY) == DTRACEOPT_BUFPOLICY_SWITCH;
}

/* ---- status ---- */

static uint32_t activity(dtrace_hdl_t *dtp)
{
	return __atomic_load_n(&dt_run_state(dtp)->activity, __ATOMIC_ACQUIRE);
}

static int consume_error(dtrace_hdl_t *dtp)
{
	return dt_set_errno(dtp, dt_consume_err(dtp->consume));
}

/* Losses, those that only the kernel's own counters know included. */
static int tell_drops(dtrace_hdl_t *dtp)
{
	uint64_t missed = 0;

	dt_vec_each(&dtp->live, it) if (it->attach && it->point->role == DT_ROLE_NONE)
		missed += dt_attach_missed(it->attach);
	if (missed && dt_consume_drop_external(dtp->consume, DTRACEDROP_LINUX_RECURSION, missed))
		return consume_error(dtp);
	return dt_consume_drops(dtp->consume) ? consume_error(dtp) : 0;
}

int dtrace_stop(dtrace_hdl_t *dtp)
{
	bool was_running = dtp->phase == DT_PHASE_RUNNING;

	if (dtp->phase == DT_PHASE_SETUP)
		return dt_set_errno(dtp, EINVAL);
	if (was_running && tell_drops(dtp))
		return -1;
	if (dt_run_stop(dtp))
		return -1;
	return was_running ? tell_drops(dtp) : 0;
}

static bool fill_full(dtrace_hdl_t *dtp)
{
	if (dt_option(dtp, DTRACEOPT_BUFPOLICY) != DTRACEOPT_BUFPOLICY_FILL)
		return false;
	return dt_consume_drop_total(dtp->consume, DTRACEDROP_PRINCIPAL) > 0;
}

int dtrace_status(dtrace_hdl_t *dtp)
{
	if (dtp->phase == DT_PHASE_SETUP)
		return DTRACE_STATUS_NONE;
	if (dtp->phase == DT_PHASE_STOPPED)
		return DTRACE_STATUS_STOPPED;
	/* exit() is one look at mapped memory: it need not wait for the clock. */
	if (activity(dtp) == DT_ACT_DRAINING)
		return dtrace_stop(dtp) ? -1 : DTRACE_STATUS_EXITED;
	if (!due(dtp, &dtp->last_status_ns, DTRACEOPT_STATUSRATE))
		return DTRACE_STATUS_NONE;
	if (tell_drops(dtp))
		return -1;
	if (fill_full(dtp))
		return dtrace_stop(dtp) ? -1 : DTRACE_STATUS_FILLED;
	return DTRACE_STATUS_OKAY;
}

/* ---- sleeping ---- */

static int watch(dtrace_hdl_t *dtp, int fd, uint32_t events)
{
	struct epoll_event ev = { .events = events, .data = { .fd = fd } };

	if (epoll_ctl(dtp->epoll_fd, EPOLL_CTL_ADD, fd, &ev) && errno != EEXIST)
		return -errno;
	return 0;
}

/* Rings are watched for edges: one that still holds data would end every wait. */
static int make_epoll(dtrace_hdl_t *dtp)
{
	if (dtp->epoll_fd < 0) {
		dtp->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
		if (dtp->epoll_fd < 0 || watch(dtp, dtp->wake_fd, EPOLLIN))
			return dt_set_errno(dtp, errno);
	}
	if (!dtp->rings_watched && dtp->rings.n) {
		dt_vec_each(&dtp->rings,
			    it) if (watch(dtp, it->fd,
					  EPOLLIN | EPOLLET)) return dt_set_errno(dtp, errno);
		dtp->rings_watched = true;
	}
	if (dtp->procs && watch(dtp, dt_procset_fd(dtp->procs), EPOLLIN))
		return dt_set_errno(dtp, errno);
	return 0;
}

int dtrace_ctlfd(dtrace_hdl_t *dtp)
{
	if (dtp->phase == DT_PHASE_SETUP || make_epoll(dtp))
		return -1;
	return dtp->epoll_fd;
}

static uint64_t next_due(const dtrace_hdl_t *dtp)
{
	uint64_t when = dtp->last_status_ns + rate(dtp, DTRACEOPT_STATUSRATE);

	if (!policy_is_switch(dtp))
		return when;
	when = DT_MIN(when, dtp->last_switch_ns + rate(dtp, DTRACEOPT_SWITCHRATE));
	if (dtp->plan && dtp->plan->aggs.n)
		when = DT_MIN(when, dtp->last_agg_ns + rate(dtp, DTRACEOPT_AGGRATE));
	return when;
}

/* Ticks that the kernel cannot time for us: fire what is due, say when to come back. */
static uint64_t poll_attachments(dtrace_hdl_t *dtp)
{
	uint64_t next = FAR, now = dt_now_ns();

	if (dtp->phase != DT_PHASE_RUNNING)
		return FAR;
	dt_vec_each(&dtp->live, it) if (it->attach)
		next = DT_MIN(next, dt_attach_poll(it->attach, now));
	return next;
}

/* Waits until DEADLINE (dt_now_ns), a wake-up or a signal. 1: dtrace_wake(). */
static int wait_until(dtrace_hdl_t *dtp, uint64_t deadline)
{
	struct epoll_event ev[16];

	for (;;) {
		uint64_t tick = poll_attachments(dtp), until = DT_MIN(deadline, tick),
			 now = dt_now_ns();
		int n, ms = until == FAR ? -1
			    : until <= now
				    ? 0
				    : (int)DT_MIN((until - now + 999999) / 1000000, 1000000u);

		n = epoll_wait(dtp->epoll_fd, ev, ARRAY_SIZE(ev), ms);
		for (int i = 0; i < n; i++)
			if (ev[i].data.fd == dtp->wake_fd)
				return 1;
		if (n != 0 || dt_now_ns() >= deadline)
			return 0;
	}
}

/* One notice a process that has ended. */
static void tell_processes(dtrace_hdl_t *dtp)
{
	struct ps_prochandle *p;

	if (!dtp->procs)
		return;
	while ((p = dt_procset_next_ended(dtp->procs)))
		if (dtp->handle_proc)
			dtp->handle_proc(p, NULL, dtp->handle_proc_arg);
}

static int sleep_for(dtrace_hdl_t *dtp, uint64_t deadline)
{
	int hit;

	if (make_epoll(dtp))
		return 0;
	/* exit()'s wake-up is over once its record has been read, perhaps before anybody asked for
	 * the status. */
	if (dtp->phase == DT_PHASE_RUNNING && activity(dtp) == DT_ACT_DRAINING)
		deadline = 0;
	hit = wait_until(dtp, deadline);
	tell_processes(dtp);
	return hit;
}

void dtrace_sleep(dtrace_hdl_t *dtp)
{
	uint64_t deadline = next_due(dtp);

	/* Past due: nothing to wait for, but notices are not lost. */
	sleep_for(dtp, deadline);
}

int dtrace_wait(dtrace_hdl_t *dtp, int64_t timeout_ns)
{
	uint64_t deadline = next_due(dtp);

	if (timeout_ns >= 0)
		deadline = DT_MIN(deadline, dt_now_ns() + (uint64_t)timeout_ns);
	return sleep_for(dtp, deadline);
}

int dtrace_wake(dtrace_hdl_t *dtp)
{
	uint64_t one = 1;

	return write(dtp->wake_fd, &one, sizeof(one)) == sizeof(one) || errno == EAGAIN ? 0 : -1;
}

int dtrace_wake_clear(dtrace_hdl_t *dtp)
{
	uint64_t count;

	return read(dtp->wake_fd, &count, sizeof(count)) == sizeof(count) || errno == EAGAIN
		       ? 0
		       : dt_set_errno(dtp, errno);
}

/* ---- consuming ---- */

/* A ring that has filled past the mark has set this word: then the switch clock does not matter. */
static bool take_wake(dtrace_hdl_t *dtp)
{
	return __atomic_exchange_n(&dt_run_state(dtp)->wake, 0, __ATOMIC_ACQ_REL) != 0;
}

int dtrace_consume(dtrace_hdl_t *dtp, FILE *fp, dtrace_consume_probe_f *probef,
		   dtrace_consume_rec_f *recf, void *arg)
{
	bool stopped = dtp->phase == DT_PHASE_STOPPED, full;

	if (dtp->phase == DT_PHASE_SETUP)
		return dt_set_errno(dtp, EINVAL);
	full = take_wake(dtp);
	if (!due(dtp, &dtp->last_switch_ns, DTRACEOPT_SWITCHRATE) && !full && !stopped)
		return 0;
	if (dt_consume_records(dtp->consume, fp, probef, recf, arg, stopped))
		return consume_error(dtp);
	return 0;
}

dtrace_workstatus_t dtrace_work(dtrace_hdl_t *dtp, FILE *fp, dtrace_consume_probe_f *probef,
				dtrace_consume_rec_f *recf, void *arg)
{
	dtrace_workstatus_t result = DTRACE_WORKSTATUS_OKAY;
	int status = dtrace_status(dtp);

	switch (status) {
	case -1: return DTRACE_WORKSTATUS_ERROR;
	case DTRACE_STATUS_EXITED:
	case DTRACE_STATUS_FILLED:
	case DTRACE_STATUS_STOPPED:
		/* Nothing is to wait any more. */
		dtp->last_switch_ns = dtp->last_agg_ns = 0;
		result = DTRACE_WORKSTATUS_DONE;
		break;
	default:
		if (!policy_is_switch(dtp))
			return DTRACE_WORKSTATUS_OKAY;
	}
	if (dtp->phase == DT_PHASE_SETUP)
		return dt_set_errno(dtp, EINVAL), DTRACE_WORKSTATUS_ERROR;
	dt_consume_mark(dtp->consume);
	if (dtrace_aggregate_snap(dtp) || dtrace_consume(dtp, fp, probef, recf, arg))
		return DTRACE_WORKSTATUS_ERROR;
	return result;
}
