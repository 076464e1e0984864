/* SPDX-License-Identifier: MIT */
/* The processes of a handle: creating and grabbing them, noticing their ends, letting them go.
 * process.h says who owns what. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "base/util.h"
#include "base/vec.h"
#include "process/internal.h"

struct ps_prochandle {
	struct dt_procset *set;
	pid_t pid;
	int pidfd;
	unsigned int refs;
	bool created;
	bool held;
	bool ended;    /* noticed */
	bool reported; /* by dt_procset_next_ended() */
	bool reaped;
	int status; /* of waitpid(); -1: unknown */
};

struct dt_procset {
	int epoll;
	pid_t target;
	DT_VEC(struct ps_prochandle *) list; /* in the order of creating and grabbing */
};

struct dt_procset *dt_procset_new(void)
{
	struct dt_procset *set = calloc(1, sizeof(*set));

	if (!set)
		return NULL;
	set->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (set->epoll < 0) {
		free(set);
		return NULL;
	}
	return set;
}

/* pidfds (5.3) and their signals (5.1) have no wrapper in older C libraries. */
static int open_pidfd(pid_t pid)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);

	return fd < 0 ? -errno : fd; /* the kernel makes them close-on-exec */
}

static void send_signal(const struct ps_prochandle *p, int signal)
{
	syscall(SYS_pidfd_send_signal, p->pidfd, signal, NULL, 0);
}

/* Makes the handle of a process, which is part of the epoll set from now on. */
static int take(struct dt_procset *set, pid_t pid, bool created, struct ps_prochandle **out)
{
	struct ps_prochandle *p = calloc(1, sizeof(*p));
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = p };
	int err = 0;

	if (!p)
		return -ENOMEM;
	*p = (struct ps_prochandle){ set,     pid,   open_pidfd(pid), 1,     created,
				     created, false, false,           false, -1 };
	if (p->pidfd < 0)
		err = p->pidfd;
	else if (epoll_ctl(set->epoll, EPOLL_CTL_ADD, p->pidfd, &event) < 0)
		err = -errno;
	else if (!dt_vec_push(&set->list, p))
		err = -ENOMEM;
	if (err) {
		if (p->pidfd >= 0)
			close(p->pidfd);
		free(p);
		return err;
	}
	if (!set->target)
		set->target = pid;
	*out = p;
	return 0;
}

int dt_proc_create(struct dt_procset *set, const char *file, char *const argv[],
		   const struct dt_proc_create_opts *opts, struct ps_prochandle **out)
{
	pid_t pid;
	int err = dt_proc_spawn(file, argv, opts, &pid);

	if (err)
		return err;
	err = take(set, pid, true, out);
	if (err) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	return err;
}

int dt_proc_grab(struct dt_procset *set, pid_t pid, struct ps_prochandle **out)
{
	dt_vec_each(&set->list, it)
	{
		if ((*it)->pid == pid && !(*it)->ended) {
			(*it)->refs++;
			*out = *it;
			return 0;
		}
	}
	if (pid <= 0)
		return -ESRCH;
	return take(set, pid, false, out);
}

void dt_proc_continue(struct ps_prochandle *p)
{
	if (!p->held)
		return;
	p->held = false;
	send_signal(p, SIGCONT);
}

/* The status of a child of ours that has ended; only this pid is waited for. */
static void reap(struct ps_prochandle *p, int flags)
{
	int status;
	pid_t got;

	if (!p->created || p->reaped)
		return;
	do
		got = waitpid(p->pid, &status, flags);
	while (got < 0 && errno == EINTR);
	if (got == p->pid)
		p->status = status;
	p->reaped = got != 0; /* an error: the host has waited for it, or ignores SIGCHLD */
}

static void note_end(struct ps_prochandle *p)
{
	p->ended = true;
	p->held = false;
	reap(p, WNOHANG);
}

static bool has_ended(const struct ps_prochandle *p)
{
	struct pollfd poll_fd = { .fd = p->pidfd, .events = POLLIN };

	return poll(&poll_fd, 1, 0) > 0;
}

static void drop(struct ps_prochandle *p)
{
	struct dt_procset *set = p->set;

	if (p->created && !p->reaped) {
		send_signal(p, SIGKILL);
		reap(p, 0);
	}
	epoll_ctl(set->epoll, EPOLL_CTL_DEL, p->pidfd, NULL);
	close(p->pidfd);
	for (size_t i = 0; i < set->list.n; i++) {
		if (set->list.data[i] != p)
			continue;
		memmove(&set->list.data[i], &set->list.data[i + 1],
			(set->list.n - i - 1) * sizeof(*set->list.data));
		set->list.n--;
		break;
	}
	free(p);
}

void dt_proc_release(struct ps_prochandle *p)
{
	if (--p->refs == 0)
		drop(p);
}

void dt_procset_free(struct dt_procset *set)
{
	if (!set)
		return;
	while (set->list.n)
		drop(set->list.data[set->list.n - 1]);
	dt_vec_free(&set->list);
	close(set->epoll);
	free(set);
}

pid_t dt_proc_pid(const struct ps_prochandle *p)
{
	return p->pid;
}

enum dt_proc_state dt_proc_state(struct ps_prochandle *p)
{
	if (!p->ended && has_ended(p))
		note_end(p);
	return p->ended ? DT_PROC_ENDED : p->held ? DT_PROC_HELD : DT_PROC_RUNNING;
}

bool dt_proc_is_created(const struct ps_prochandle *p)
{
	return p->created;
}

int dt_proc_status(const struct ps_prochandle *p)
{
	return p->status;
}

int dt_procset_fd(const struct dt_procset *set)
{
	return set->epoll;
}

struct ps_prochandle *dt_procset_next_ended(struct dt_procset *set)
{
	struct epoll_event event;
	struct ps_prochandle *p;

	if (epoll_wait(set->epoll, &event, 1, 0) != 1)
		return NULL;
	p = event.data.ptr;
	epoll_ctl(set->epoll, EPOLL_CTL_DEL, p->pidfd, NULL);
	note_end(p);
	p->reported = true;
	return p;
}

size_t dt_procset_count(const struct dt_procset *set)
{
	return set->list.n;
}

size_t dt_procset_count_live(const struct dt_procset *set)
{
	size_t n = 0;

	dt_vec_each(&set->list, it) n += !(*it)->reported;
	return n;
}

pid_t dt_procset_target(const struct dt_procset *set)
{
	return set->target;
}

void dt_procset_continue_all(struct dt_procset *set)
{
	dt_vec_each(&set->list, it) dt_proc_continue(*it);
}
