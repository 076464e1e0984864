/* SPDX-License-Identifier: MIT */
/*
 * A handle's life, and what is left after it: open and close a thousand times, close in every
 * state, two handles at once, calls in the wrong order, and a consumer that is killed.
 */
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "live.h"

#define COUNT_SCRIPT "syscall::getppid:entry /pid == $pid/ { @ = count(); }"

/* The sanitizers keep what is freed for a while; they look for leaks themselves. */
#ifdef __SANITIZE_ADDRESS__
#define GROWTH_KIB (256 << 10)
#else
#define GROWTH_KIB 1024
#endif

static void thousand_rounds_leave_nothing(void)
{
	int fds = live_nfds(), objects = live_nobjects();
	struct rusage before, after;

	for (int i = 0; i < 1000; i++) {
		struct live live;

		if (i == 100)
			getrusage(RUSAGE_SELF, &before);
		if (live_open(&live, NULL))
			break;
		live_close(&live);
	}
	getrusage(RUSAGE_SELF, &after);
	CHECK_INT(live_nfds(), fds);
	CHECK(live_nobjects_settled(objects) <= objects);
	CHECK(after.ru_maxrss - before.ru_maxrss < GROWTH_KIB);
}

static void runs_leave_nothing(void)
{
	int fds = live_nfds(), objects = live_nobjects();

	for (int i = 0; i < 20; i++) {
		struct live live;

		CHECK_INT(live_start(&live,
				     "BEGIN { trace(1); self->x = 1; a[1] = 2; } " COUNT_SCRIPT
				     " tick-1s { trace(2); }",
				     NULL),
			  0);
		live_calls(10);
		if (i % 2) {
			live_finish(&live);
			CHECK_INT(live.sum, 10);
		}
		live_close(&live);
	}
	CHECK_INT(live_nfds(), fds);
	CHECK(live_nobjects_settled(objects) <= objects);
}

static void calls_in_the_wrong_order(void)
{
	struct live live;
	dtrace_prog_t *late;

	CHECK_INT(live_open(&live, NULL), 0);
	CHECK_INT(dtrace_stop(live.dtp), -1);
	CHECK_INT(dtrace_errno(live.dtp), EINVAL);
	CHECK_INT(dtrace_aggregate_snap(live.dtp), -1);
	CHECK_INT(live_enable(&live, "BEGIN { trace(1); }"), 0);
	CHECK_INT(live_go(&live), 0);
	CHECK_INT(dtrace_go(live.dtp), -1);
	CHECK_INT(dtrace_errno(live.dtp), EINVAL);
	CHECK_INT(dtrace_setopt(live.dtp, "bufsize", "1m"), -1);
	late = dtrace_program_strcompile(live.dtp, "END { trace(2); }", DTRACE_PROBESPEC_NAME, 0, 0,
					 NULL);
	CHECK(late != NULL);
	CHECK(late && dtrace_program_exec(live.dtp, late, NULL) == -1);
	CHECK_INT(dtrace_stop(live.dtp), 0);
	CHECK_INT(dtrace_stop(live.dtp), 0);
	while (live_work(&live) == DTRACE_WORKSTATUS_OKAY)
		;
	CHECK_INT(live_work(&live), DTRACE_WORKSTATUS_DONE);
	CHECK_INT(live.firings, 1);
	live_close(&live);
}

static void handlers_are_set_once(void)
{
	struct live live;

	CHECK_INT(live_open(&live, NULL), 0);
	CHECK_INT(dtrace_handle_drop(live.dtp, live_drop, &live), -1);
	CHECK_INT(dtrace_errno(live.dtp), EALREADY);
	CHECK_INT(dtrace_handle_buffered(live.dtp, live_text, &live), -1);
	CHECK_INT(dtrace_errno(live.dtp), EALREADY);
	live_close(&live);
}

static dtrace_prog_t *compiled(struct live *live, const char *text)
{
	return dtrace_program_strcompile(live->dtp, text, DTRACE_PROBESPEC_NAME, 0, 0, NULL);
}

/* A compile that fails takes back the D libraries that it has used; the next one has them again. */
static void libraries_after_a_failure(void)
{
	struct live live;

	CHECK_INT(live_open(&live, NULL), 0);
	for (int i = 0; i < 3; i++) {
		CHECK(!compiled(&live, "BEGIN { trace(EINTR + nosuch); }"));
		CHECK(!compiled(&live, "BEGIN { trace(curpsinfo->pr_pid + nosuch); }"));
		CHECK(!compiled(&live, "psinfo_t *p; BEGIN { trace(p->nosuch); }"));
	}
	CHECK(compiled(&live, "psinfo_t *p; BEGIN { trace(EINTR); trace(curpsinfo->pr_pid); }"));
	CHECK(!compiled(&live, "BEGIN { trace(SIGHUP); trace(nosuch); }"));
	CHECK(compiled(&live, "BEGIN { trace(SIGHUP); trace(curpsinfo->pr_ppid); }"));
	live_close(&live);
}

/* Each sees its own part of the calls. */
static void two_handles_at_once(void)
{
	struct live one, two;

	CHECK_INT(live_start(&one, COUNT_SCRIPT, NULL), 0);
	live_calls(100);
	CHECK_INT(live_start(&two, COUNT_SCRIPT, NULL), 0);
	live_calls(50);
	live_finish(&one);
	live_calls(25);
	live_finish(&two);
	CHECK_INT(one.sum, 150);
	CHECK_INT(two.sum, 75);
	live_close(&two);
	live_close(&one);
}

static void a_handle_runs_several_programs(void)
{
	struct live live;

	CHECK_INT(live_open(&live, NULL), 0);
	CHECK_INT(live_enable(&live, "BEGIN { x = 3; }"), 0);
	CHECK_INT(live_enable(&live, "BEGIN { @x = sum(x); }"), 0);
	CHECK_INT(live_enable(&live, COUNT_SCRIPT), 0);
	CHECK_INT(live_go(&live), 0);
	live_calls(7);
	live_finish(&live);
	CHECK_INT(live.sum, 10);
	live_close(&live);
}

/* exit() is seen by work, and END has fired by then. */
static void exit_is_seen_at_once(void)
{
	struct live live;
	double began = live_now();

	CHECK_INT(live_start(&live, "tick-100ms { exit(0); } END { trace(1); }", NULL), 0);
	while (live_work(&live) == DTRACE_WORKSTATUS_OKAY)
		dtrace_sleep(live.dtp);
	CHECK(live_now() - began < 0.35 * (getenv("VM") ? 5 : 1));
	CHECK_INT(dtrace_status(live.dtp), DTRACE_STATUS_STOPPED);
	CHECK_INT(live.firings, 2);
	live_close(&live);
}

static void a_wake_ends_a_sleep(void)
{
	struct live live;
	double began;

	CHECK_INT(live_start(&live, COUNT_SCRIPT, NULL), 0);
	CHECK_INT(dtrace_wake(live.dtp), 0);
	began = live_now();
	CHECK_INT(dtrace_wait(live.dtp, 5000000000), 1);
	CHECK(live_now() - began < 0.1 * (getenv("VM") ? 5 : 1));
	dtrace_wake_clear(live.dtp);
	CHECK_INT(dtrace_wait(live.dtp, 1000000), 0);
	live_close(&live);
}

/* Nothing stays attached after SIGKILL. */
static void a_killed_consumer_leaves_nothing(void)
{
	int objects = live_nobjects(), ready[2], status;
	pid_t child;
	char byte;

	if (pipe(ready))
		return;
	child = fork();
	if (child == 0) {
		struct live live;

		if (live_start(&live,
			       COUNT_SCRIPT " profile-97 { @p = count(); } tick-1s { trace(1); }",
			       NULL) == 0 &&
		    write(ready[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	close(ready[1]);
	CHECK_INT(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	kill(child, SIGKILL);
	CHECK_INT(waitpid(child, &status, 0), child);
	CHECK(live_nobjects_settled(objects) <= objects);
}

int main(void)
{
	thousand_rounds_leave_nothing();
	runs_leave_nothing();
	calls_in_the_wrong_order();
	handlers_are_set_once();
	libraries_after_a_failure();
	two_handles_at_once();
	a_handle_runs_several_programs();
	exit_is_seen_at_once();
	a_wake_ends_a_sleep();
	a_killed_consumer_leaves_nothing();
	return test_end();
}
