/* SPDX-License-Identifier: MIT */
/*
 * The clocks, states and sleep of a run, without a kernel: the state area is plain memory, exit()
 * is a store into it, a drop is a counter raised by hand.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include "base/errno.h"
#include "run/internal.h"
#include "test.h"

#define MS  1000000ULL
#define SEC (1000 * MS)

/* ---- clocks ---- */

static void a_new_clock_is_due_at_once(void)
{
	struct dt_clock clock = { .interval_ns = SEC };

	CHECK(dt_clock_is_due(&clock, 5 * SEC));
	CHECK(dt_clock_next(&clock) <= 5 * SEC);
	dt_clock_advance(&clock, 5 * SEC);
	CHECK(!dt_clock_is_due(&clock, 5 * SEC));
	CHECK(!dt_clock_is_due(&clock, 6 * SEC - 1));
	CHECK(dt_clock_is_due(&clock, 6 * SEC));
	CHECK_INT(dt_clock_next(&clock), 6 * SEC);
}

static void asking_does_not_change_a_clock(void)
{
	struct dt_clock clock = { .interval_ns = SEC, .last_ns = SEC };

	CHECK(dt_clock_is_due(&clock, 3 * SEC));
	CHECK(dt_clock_is_due(&clock, 3 * SEC));
	CHECK_INT(clock.last_ns, SEC);
}

/* Each advance is one interval, however late it comes, unless a whole one has been missed. */
static void lateness_does_not_add_up(void)
{
	struct dt_clock clock = { .interval_ns = SEC, .last_ns = 10 * SEC };

	dt_clock_advance(&clock, 11 * SEC + 300 * MS);
	CHECK_INT(dt_clock_next(&clock), 12 * SEC);
	dt_clock_advance(&clock, 12 * SEC + 999 * MS);
	CHECK_INT(dt_clock_next(&clock), 13 * SEC);
	dt_clock_advance(&clock, 15 * SEC);
	CHECK_INT(dt_clock_next(&clock), 16 * SEC);
}

static void clocks_restart_and_expire(void)
{
	struct dt_clock clock = { .interval_ns = SEC, .last_ns = 10 * SEC };

	dt_clock_restart(&clock, 10 * SEC + 700 * MS);
	CHECK_INT(dt_clock_next(&clock), 11 * SEC + 700 * MS);
	dt_clock_expire(&clock);
	CHECK(dt_clock_is_due(&clock, 10 * SEC + 701 * MS));
}

static void a_clock_without_interval_is_always_due(void)
{
	struct dt_clock clock = { 0 };

	dt_clock_advance(&clock, SEC);
	CHECK(dt_clock_is_due(&clock, SEC));
}

/* ---- a run whose kernel is plain memory ---- */

#define NCPUS 2

static struct dt_bpf *bpf;
static struct dt_run *run;
static struct dt_plan plan;
static struct dt_state *area;
static dtrace_optval_t options[DTRACEOPT_MAX];
static uint64_t dropped; /* what the client's handler has heard of */

static int on_drop(const dtrace_dropdata_t *data, void *arg)
{
	(void)arg;
	dropped += data->dtdda_drops;
	return DTRACE_HANDLE_OK;
}

static void setup(void)
{
	static const struct dt_run_settings every_second = { .statusrate_ns = SEC,
							     .switchrate_ns = SEC,
							     .aggrate_ns = SEC,
							     .bufpolicy =
								     DTRACEOPT_BUFPOLICY_SWITCH };

	bpf = dt_bpf_new();
	run = dt_run_new(bpf);
	dt_run_configure(run, &every_second);
	dropped = 0;
}

static void set_policy(int bufpolicy)
{
	struct dt_run_settings settings = { .statusrate_ns = SEC,
					    .switchrate_ns = SEC,
					    .aggrate_ns = SEC,
					    .bufpolicy = bufpolicy };

	dt_run_configure(run, &settings);
}

/* As after dt_run_go(). */
static void start(void)
{
	struct dt_consume_handlers handlers = { .drop = on_drop };
	struct dt_consume_init init = { .layout = &plan.layout,
					.options = options,
					.hdl = (dtrace_hdl_t *)&plan };

	setup();
	plan = (struct dt_plan){ 0 };
	plan.layout.ncpus = NCPUS;
	plan.layout.header_size = 8;
	plan.layout.counters_off = sizeof(struct dt_state);
	area = calloc(1, sizeof(*area) + NCPUS * DT_COUNTER_STRIDE);
	for (int i = 0; i < DTRACEOPT_MAX; i++)
		options[i] = DTRACEOPT_UNSET;
	init.state = area;
	run->plan = &plan;
	run->area.mem = area;
	run->consumer = dt_consume_new(&init);
	dt_consume_set_handlers(run->consumer, &handlers);
	dt_run_enter(run, DT_RUN_WARMUP);
	dt_run_activate(run);
}

static void finish(void)
{
	dt_run_free(run);
	dt_bpf_free(bpf);
	free(area);
	area = NULL;
}

/* What D's exit() does. */
static void call_exit(void)
{
	area->activity = DT_ACT_DRAINING;
}

static void drop_record(int cpu)
{
	uint64_t *counters = (uint64_t *)((char *)area + plan.layout.counters_off +
					  (size_t)cpu * DT_COUNTER_STRIDE);

	counters[DT_DROP_PRINCIPAL]++;
}

static int work(void)
{
	struct dt_run_client client = { .fp = stdout };

	return dt_run_work(run, &client);
}

/* ---- states ---- */

static void before_go_there_is_nothing_to_do(void)
{
	setup();
	CHECK_INT(dt_run_state(run), DT_RUN_SETUP);
	CHECK_INT(dt_run_status(run), DTRACE_STATUS_NONE);
	CHECK_INT(dt_run_stop(run), -EINVAL);
	CHECK_INT(dt_run_snapshot(run), -EINVAL);
	CHECK_INT(work(), -EINVAL);
	CHECK_STR(dt_run_why(run), "");
	CHECK(!dt_run_consumer(run));
	finish();
}

static void programs_see_each_state(void)
{
	static const struct {
		enum dt_run_state state;
		enum dt_activity activity;
	} rows[] = {
		{ DT_RUN_SETUP, DT_ACT_CLOSED },      { DT_RUN_WARMUP, DT_ACT_WARMUP },
		{ DT_RUN_ACTIVE, DT_ACT_ACTIVE },     { DT_RUN_DRAINING, DT_ACT_DRAINING },
		{ DT_RUN_COOLDOWN, DT_ACT_COOLDOWN }, { DT_RUN_STOPPED, DT_ACT_CLOSED },
	};

	start();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		dt_run_enter(run, rows[i].state);
		CHECK_INT(area->activity, rows[i].activity);
		CHECK_INT(dt_run_state(run), rows[i].state);
	}
	finish();
}

static void exit_drains_an_active_run(void)
{
	start();
	CHECK_INT(dt_run_state(run), DT_RUN_ACTIVE);
	call_exit();
	CHECK_INT(dt_run_state(run), DT_RUN_DRAINING);
	finish();
}

static void exit_in_begin_is_not_undone(void)
{
	start();
	dt_run_enter(run, DT_RUN_WARMUP);
	call_exit();
	dt_run_activate(run);
	CHECK_INT(area->activity, DT_ACT_DRAINING);
	CHECK_INT(dt_run_state(run), DT_RUN_DRAINING);
	finish();
}

static void stopping_twice_is_harmless(void)
{
	start();
	CHECK_INT(dt_run_stop(run), 0);
	CHECK_INT(dt_run_state(run), DT_RUN_STOPPED);
	CHECK_INT(area->activity, DT_ACT_CLOSED);
	CHECK_INT(dt_run_stop(run), 0);
	CHECK_INT(dt_run_status(run), DTRACE_STATUS_STOPPED);
	finish();
}

/* ---- work ---- */

static void status_comes_with_its_clock(void)
{
	start();
	CHECK_INT(dt_run_status(run), DTRACE_STATUS_OKAY);
	CHECK_INT(dt_run_status(run), DTRACE_STATUS_NONE);
	run->status_clock.last_ns -= SEC;
	CHECK_INT(dt_run_status(run), DTRACE_STATUS_OKAY);
	finish();
}

static void exit_is_seen_whatever_the_clock_says(void)
{
	start();
	CHECK_INT(dt_run_status(run), DTRACE_STATUS_OKAY);
	call_exit();
	CHECK_INT(dt_run_status(run), DTRACE_STATUS_EXITED);
	CHECK_INT(dt_run_status(run), DTRACE_STATUS_STOPPED);
	finish();
}

static void drops_are_reported_once(void)
{
	start();
	drop_record(0);
	drop_record(1);
	CHECK_INT(dt_run_status(run), DTRACE_STATUS_OKAY);
	CHECK_INT(dropped, 2);
	drop_record(1);
	CHECK_INT(dt_run_status(run), DTRACE_STATUS_NONE);
	CHECK_INT(dropped, 2);
	CHECK_INT(dt_run_stop(run), 0);
	CHECK_INT(dropped, 3);
	finish();
}

static void a_full_buffer_ends_a_run_that_fills(void)
{
	start();
	drop_record(0);
	CHECK_INT(dt_run_status(run), DTRACE_STATUS_OKAY);
	finish();
	start();
	set_policy(DTRACEOPT_BUFPOLICY_FILL);
	drop_record(0);
	CHECK_INT(dt_run_status(run), DTRACE_STATUS_FILLED);
	CHECK_INT(dt_run_state(run), DT_RUN_STOPPED);
	finish();
}

static void work_is_done_when_the_run_has_stopped(void)
{
	start();
	CHECK_INT(work(), 0);
	CHECK(run->switch_clock.last_ns && run->agg_clock.last_ns);
	call_exit();
	CHECK_INT(work(), 1);
	CHECK_INT(work(), 1);
	finish();
}

/* Only bufpolicy=switch is read while it runs. */
static void a_filling_run_is_read_at_its_end(void)
{
	start();
	set_policy(DTRACEOPT_BUFPOLICY_FILL);
	CHECK_INT(work(), 0);
	CHECK_INT(run->switch_clock.last_ns, 0);
	call_exit();
	CHECK_INT(work(), 1);
	CHECK(run->switch_clock.last_ns);
	finish();
}

static void a_ring_that_fills_is_read_before_its_time(void)
{
	struct dt_run_client client = { .fp = stdout };

	start();
	CHECK_INT(dt_run_consume(run, &client), 0);
	area->wake = 1;
	CHECK_INT(dt_run_consume(run, &client), 0);
	CHECK_INT(area->wake, 0);
	finish();
}

static void new_settings_hold_at_once(void)
{
	struct dt_run_settings settings = { .statusrate_ns = SEC,
					    .switchrate_ns = 10 * MS,
					    .aggrate_ns = SEC,
					    .bufpolicy = DTRACEOPT_BUFPOLICY_SWITCH };
	uint64_t next;

	start();
	CHECK_INT(work(), 0);
	next = dt_run_next_work(run);
	dt_run_configure(run, &settings);
	CHECK(next - dt_run_next_work(run) > 900 * MS);
	finish();
}

/* ---- sleep ---- */

static void a_sleep_ends_with_its_timeout(void)
{
	uint64_t began;

	start();
	CHECK_INT(work(), 0);
	began = dt_now_ns();
	CHECK_INT(dt_run_sleep(run, 20 * MS), 0);
	CHECK(dt_now_ns() - began >= 20 * MS);
	finish();
}

static void a_sleep_ends_when_work_is_due(void)
{
	start();
	CHECK_INT(work(), 0);
	run->switch_clock.interval_ns = 20 * MS;
	CHECK_INT(dt_run_sleep(run, -1), 0);
	CHECK(dt_clock_is_due(&run->switch_clock, dt_now_ns()));
	finish();
}

static void nobody_sleeps_after_exit(void)
{
	uint64_t began;

	start();
	CHECK_INT(work(), 0);
	call_exit();
	began = dt_now_ns();
	CHECK_INT(dt_run_sleep(run, -1), 0);
	CHECK(dt_now_ns() - began < SEC / 2);
	finish();
}

static void *wake(void *arg)
{
	dt_run_wake(arg);
	return NULL;
}

static void another_thread_ends_a_sleep(void)
{
	pthread_t thread;

	start();
	CHECK_INT(work(), 0);
	CHECK_INT(pthread_create(&thread, NULL, wake, run), 0);
	CHECK_INT(dt_run_sleep(run, -1), 1);
	CHECK_INT(dt_run_sleep(run, -1), 1);
	pthread_join(thread, NULL);
	CHECK_INT(dt_run_wake_clear(run), 0);
	CHECK_INT(dt_run_wake_clear(run), 0);
	CHECK_INT(dt_run_sleep(run, 0), 0);
	finish();
}

static void a_watched_descriptor_ends_a_sleep(void)
{
	uint64_t began;
	int pipes[2];

	start();
	CHECK_INT(work(), 0);
	CHECK_INT(pipe(pipes), 0);
	CHECK_INT(dt_run_watch(run, pipes[0]), 0);
	CHECK_INT(dt_run_watch(run, -1), -EBADF);
	CHECK_INT(write(pipes[1], "x", 1), 1);
	began = dt_now_ns();
	CHECK_INT(dt_run_sleep(run, -1), 0);
	CHECK(dt_now_ns() - began < SEC / 2);
	close(pipes[0]);
	close(pipes[1]);
	finish();
}

/* ---- progress ---- */

struct heard {
	int calls, result;
	bool enabling;
	size_t done, total;
};

static int hear(void *arg, bool enabling, size_t done, size_t total)
{
	struct heard *h = arg;

	h->calls++;
	h->enabling = enabling;
	h->done = done;
	h->total = total;
	return h->result;
}

static void the_client_hears_of_long_phases(void)
{
	struct heard h = { 0 };

	start();
	dt_run_on_progress(run, hear, &h);
	dt_run_phase_begin(run, true, 1000);
	CHECK_INT(dt_progress_report(&run->phase.steps, 10, 100), 0);
	CHECK_INT(dt_run_phase_step(run, 300), 0);
	CHECK_INT(h.calls, 0); /* half a second has not passed */
	run->phase.next_ns = 0;
	CHECK_INT(dt_progress_report(&run->phase.steps, 40, 100), 0);
	CHECK_INT(dt_progress_report(&run->phase.steps, 50, 100), 0);
	CHECK(h.calls == 1 && h.enabling && h.done == 340 && h.total == 1000);
	run->phase.next_ns = 0;
	h.result = 1;
	CHECK_INT(dt_run_phase_step(run, 700), 1);
	dt_run_phase_end(run);
	CHECK(h.calls == 3 && h.done == 1000 && h.total == 1000);
	dt_run_phase_begin(run, false, 0);
	run->phase.next_ns = 0;
	dt_progress_report(&run->phase.steps, 2, 7);
	CHECK(h.calls == 4 && !h.enabling && h.done == 2 && h.total == 7);
	dt_run_on_progress(run, NULL, NULL);
	run->phase.next_ns = 0;
	CHECK_INT(dt_progress_report(&run->phase.steps, 3, 7), 0);
	dt_run_phase_end(run);
	CHECK_INT(h.calls, 4);
	finish();
}

static void a_short_phase_is_not_heard_of(void)
{
	struct heard h = { 0 };

	start();
	dt_run_on_progress(run, hear, &h);
	dt_run_phase_begin(run, true, 2);
	dt_run_phase_step(run, 2);
	dt_run_phase_end(run);
	CHECK_INT(h.calls, 0);
	finish();
}

int main(void)
{
	a_new_clock_is_due_at_once();
	asking_does_not_change_a_clock();
	lateness_does_not_add_up();
	clocks_restart_and_expire();
	a_clock_without_interval_is_always_due();
	before_go_there_is_nothing_to_do();
	programs_see_each_state();
	exit_drains_an_active_run();
	exit_in_begin_is_not_undone();
	stopping_twice_is_harmless();
	status_comes_with_its_clock();
	exit_is_seen_whatever_the_clock_says();
	drops_are_reported_once();
	a_full_buffer_ends_a_run_that_fills();
	work_is_done_when_the_run_has_stopped();
	a_filling_run_is_read_at_its_end();
	a_ring_that_fills_is_read_before_its_time();
	new_settings_hold_at_once();
	a_sleep_ends_with_its_timeout();
	a_sleep_ends_when_work_is_due();
	nobody_sleeps_after_exit();
	another_thread_ends_a_sleep();
	a_watched_descriptor_ends_a_sleep();
	the_client_hears_of_long_phases();
	a_short_phase_is_not_heard_of();
	return test_end();
}
