/* SPDX-License-Identifier: MIT */
/*
 * The consumer's sleep: one epoll descriptor over the rings, an eventfd that other threads and
 * signal handlers write to, and what the caller asked to be watched (processes that end).
 */
#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include "run/internal.h"

/* ---- what ends a sleep ---- */

static int watch(struct dt_run *run, int fd, uint32_t events)
{
	struct epoll_event ev = { .events = events, .data = { .fd = fd } };

	return epoll_ctl(run->epoll_fd, EPOLL_CTL_ADD, fd, &ev) ? -errno : 0;
}

int dt_run_sleep_init(struct dt_run *run)
{
	run->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	run->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (run->wake_fd < 0 || run->epoll_fd < 0)
		return -errno;
	return watch(run, run->wake_fd, EPOLLIN);
}

void dt_run_sleep_fini(struct dt_run *run)
{
	dt_cleanup_fd(&run->wake_fd);
	dt_cleanup_fd(&run->epoll_fd);
}

int dt_run_watch(struct dt_run *run, int fd)
{
	int err = watch(run, fd, EPOLLIN);

	return err ? dt_run_fail(run, err, NULL) : 0;
}

/* For edges: a ring that still holds data would end every sleep. */
int dt_run_watch_rings(struct dt_run *run)
{
	dt_vec_each(&run->rings, it)
	{
		int err = watch(run, it->fd, EPOLLIN | EPOLLET);

		if (err)
			return dt_run_fail(run, err, NULL);
	}
	return 0;
}

int dt_run_fd(const struct dt_run *run)
{
	return run->epoll_fd;
}

int dt_run_wake(struct dt_run *run)
{
	uint64_t one = 1;
	bool written = write(run->wake_fd, &one, sizeof(one)) == sizeof(one);

	return written || errno == EAGAIN ? 0 : -errno;
}

int dt_run_wake_clear(struct dt_run *run)
{
	uint64_t count;

	if (read(run->wake_fd, &count, sizeof(count)) == sizeof(count) || errno == EAGAIN)
		return 0;
	return dt_run_fail(run, -errno, NULL);
}

/* ---- sleeping ---- */

/* Attachments whose ticks the kernel cannot time: fires those that are due.  When to come back. */
static uint64_t poll_attachments(struct dt_run *run)
{
	uint64_t next = UINT64_MAX, now = dt_now_ns();

	dt_vec_each(&run->programs, it)
	{
		if (it->attach)
			next = DT_MIN(next, dt_attach_poll(it->attach, now));
	}
	return next;
}

static int timeout_ms(uint64_t until_ns, uint64_t now_ns)
{
	const uint64_t longest_ms = 1000000;

	if (until_ns <= now_ns)
		return 0;
	return (int)DT_MIN((until_ns - now_ns - 1) / 1000000 + 1, longest_ms);
}

static int sleep_until(struct dt_run *run, uint64_t deadline_ns)
{
	struct epoll_event ev[16];
	int n;

	do {
		uint64_t until = DT_MIN(deadline_ns, poll_attachments(run));

		n = epoll_wait(run->epoll_fd, ev, ARRAY_SIZE(ev), timeout_ms(until, dt_now_ns()));
		for (int i = 0; i < n; i++) {
			if (ev[i].data.fd == run->wake_fd)
				return 1;
		}
	} while (n == 0 && dt_now_ns() < deadline_ns);
	return 0;
}

int dt_run_sleep(struct dt_run *run, int64_t timeout_ns)
{
	uint64_t deadline_ns = dt_run_next_work(run);

	if (timeout_ns >= 0)
		deadline_ns = DT_MIN(deadline_ns, dt_now_ns() + (uint64_t)timeout_ns);
	/* The edge of exit()'s ring is gone once its record has been read, perhaps before anybody
	 * asked for the status. */
	if (dt_run_state(run) == DT_RUN_DRAINING)
		deadline_ns = 0;
	return sleep_until(run, deadline_ns);
}
