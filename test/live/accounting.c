/* SPDX-License-Identifier: MIT */
/*
 * Nothing is lost uncounted: rings and aggregations far too small for what goes into them, and what
 * arrives and what is reported as dropped add up to what happened.
 */
#include "live.h"

#define CALLS 100000

static void records_and_drops_add_up(void)
{
	static const char *const options[] = { "bufsize", "64k", "switchrate", "1ms", NULL };
	struct live live;

	CHECK_INT(live_start(
			  &live,
			  "syscall::getppid:entry /pid == $pid/ { trace(timestamp); trace(arg0); }",
			  options),
		  0);
	for (int i = 0; i < 10; i++) {
		live_calls(CALLS / 10);
		live_work(&live);
	}
	live_finish(&live);
	CHECK_INT(live.firings + live.drops, CALLS);
	CHECK(live.drops > 0);
	CHECK(live.firings > 0);
	CHECK_INT(live.otherdrops, 0);
	live_close(&live);
}

/* A ring that is large enough loses nothing. */
static void a_large_ring_drops_nothing(void)
{
	static const char *const options[] = { "bufsize", "16m", NULL };
	struct live live;

	CHECK_INT(live_start(&live,
			     "syscall::getppid:entry /pid == $pid/ { trace(timestamp); "
			     "trace(execname); }",
			     options),
		  0);
	live_calls(CALLS);
	live_finish(&live);
	CHECK_INT(live.firings, CALLS);
	CHECK_INT(live.drops, 0);
	live_close(&live);
}

static void aggregations_and_drops_add_up(void)
{
	static const char *const options[] = { "aggsize", "64k", NULL };
	struct live live;

	CHECK_INT(live_start(&live, "syscall::getppid:entry /pid == $pid/ { @[arg0] = count(); }",
			     options),
		  0);
	live_calls(CALLS);
	live_finish(&live);
	CHECK_INT((uint64_t)live.sum + live.aggdrops, CALLS);
	CHECK(live.aggdrops > 0);
	CHECK_INT(live.entries, live.sum);
	live_close(&live);
}

/* Snapshots in the middle of the events neither lose nor double. */
static void snapshots_are_exact(void)
{
	static const char *const options[] = { "aggsize", "16m", NULL };
	struct live live;

	CHECK_INT(live_start(&live,
			     "syscall::getppid:entry /pid == $pid/ { @[arg0 & 1023] = count(); "
			     "@total = count(); }",
			     options),
		  0);
	for (int i = 0; i < 20; i++) {
		live_calls(CALLS / 20);
		dtrace_aggregate_snap_now(live.dtp);
	}
	live_finish(&live);
	CHECK_INT(live.sum, 2 * CALLS);
	CHECK_INT(live.aggdrops, 0);
	live_close(&live);
}

int main(void)
{
	records_and_drops_add_up();
	a_large_ring_drops_nothing();
	aggregations_and_drops_add_up();
	snapshots_are_exact();
	return test_end();
}
