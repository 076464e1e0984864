/* SPDX-License-Identifier: MIT */
/*
 * The life of a run: made with its handle, started, stopped, freed.  This file alone changes the
 * state of a run; run.h draws the states.
 */
#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "base/errno.h"
#include "run/internal.h"

/* ---- making and freeing ---- */

struct dt_run *dt_run_new(struct dt_bpf *bpf)
{
	struct dt_run *run = calloc(1, sizeof(*run));
	int err;

	if (!run)
		return NULL;
	run->bpf = bpf;
	run->area.fd = run->end_ring.fd = -1;
	run->begin_cpu = run->end_cpu = -1;
	err = dt_run_sleep_init(run);
	if (err) {
		dt_run_free(run);
		errno = -err;
		return NULL;
	}
	return run;
}

void dt_run_free(struct dt_run *run)
{
	if (!run)
		return;
	dt_run_unload(run);
	dt_run_sleep_fini(run);
	dt_strbuf_free(&run->why);
	free(run);
}

void dt_run_configure(struct dt_run *run, const struct dt_run_settings *settings)
{
	run->bufpolicy = settings->bufpolicy;
	run->whole_log = settings->whole_log;
	run->log_max = settings->log_max;
	run->status_clock.interval_ns = settings->statusrate_ns;
	run->switch_clock.interval_ns = settings->switchrate_ns;
	run->agg_clock.interval_ns = settings->aggrate_ns;
}

struct dt_probe *const *dt_run_left_out(const struct dt_run *run, size_t *n)
{
	*n = run->left_out.n;
	return run->left_out.data;
}

struct dt_consume *dt_run_consumer(const struct dt_run *run)
{
	return run->consumer;
}

/* ---- errors ---- */

int dt_run_fail(struct dt_run *run, int err, const char *fmt, ...)
{
	va_list ap;

	dt_strbuf_clear(&run->why);
	if (fmt) {
		va_start(ap, fmt);
		dt_strbuf_vprintf(&run->why, fmt, ap);
		va_end(ap);
	}
	return err;
}

const char *dt_run_why(const struct dt_run *run)
{
	return dt_strbuf_str(&run->why);
}

int dt_run_privileged(struct dt_run *run)
{
	char missing[256];

	if (!dt_bpf_privilege(run->bpf, missing, sizeof(missing)))
		return 0;
	return dt_run_fail(run, -EDT_ACCESS, "DTrace requires additional privileges: %s", missing);
}

/* ---- states ---- */

static const uint32_t activities[] = {
	[DT_RUN_SETUP] = DT_ACT_CLOSED,      [DT_RUN_WARMUP] = DT_ACT_WARMUP,
	[DT_RUN_ACTIVE] = DT_ACT_ACTIVE,     [DT_RUN_DRAINING] = DT_ACT_DRAINING,
	[DT_RUN_COOLDOWN] = DT_ACT_COOLDOWN, [DT_RUN_STOPPED] = DT_ACT_CLOSED,
};

void dt_run_enter(struct dt_run *run, enum dt_run_state to)
{
	run->state = to;
	__atomic_store_n(&dt_run_area(run)->activity, activities[to], __ATOMIC_SEQ_CST);
}

void dt_run_activate(struct dt_run *run)
{
	uint32_t from = DT_ACT_WARMUP;

	__atomic_compare_exchange_n(&dt_run_area(run)->activity, &from, DT_ACT_ACTIVE, false,
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	run->state = DT_RUN_ACTIVE;
}

/* exit() moves the activity word, but not us. */
enum dt_run_state dt_run_state(const struct dt_run *run)
{
	if (run->state != DT_RUN_WARMUP && run->state != DT_RUN_ACTIVE)
		return run->state;
	if (__atomic_load_n(&dt_run_area(run)->activity, __ATOMIC_ACQUIRE) == DT_ACT_DRAINING)
		return DT_RUN_DRAINING;
	return run->state;
}

/* ---- BEGIN and END ---- */

/* Runs POINT's program in this task; *CPU is where it ran, and where its records are. */
static int run_point(struct dt_run *run, const struct dt_run_program *prog, int *cpu)
{
	uint64_t args[8] = { 0 };
	cpu_set_t before, one;
	int err;

	/* Stay on one CPU for the moment, so that the answer is right. */
	sched_getaffinity(0, sizeof(before), &before);
	*cpu = sched_getcpu();
	CPU_ZERO(&one);
	CPU_SET(*cpu, &one);
	sched_setaffinity(0, sizeof(one), &one);
	err = dt_bpf_test_run(prog->fd, args, sizeof(args), NULL);
	sched_setaffinity(0, sizeof(before), &before);
	if (!err)
		return 0;
	return dt_run_fail(run, -EDT_ENABLING_ERR, "cannot run the program of %s: %s",
			   prog->point->name, strerror(-err));
}

static int run_role(struct dt_run *run, enum dt_role role, int *cpu)
{
	int err = 0;

	dt_vec_each(&run->programs, it)
	{
		if (!err && it->point->role == role)
			err = run_point(run, it, cpu);
	}
	return err;
}

/* ---- go ---- */

static int make_consumer(struct dt_run *run, const struct dt_consume_init *consumer)
{
	struct dt_consume_init init = *consumer;

	init.layout = &run->plan->layout;
	init.bpf = run->bpf;
	init.state = dt_run_area(run);
	init.rings = run->rings.data;
	init.nrings = (int)run->rings.n;
	init.end_ring = &run->end_ring;
	init.map_fds = run->map_fds.data;
	run->consumer = dt_consume_new(&init);
	return run->consumer ? 0 : dt_run_fail(run, -EDT_NOMEM, NULL);
}

int dt_run_short_of(const struct dt_run *run)
{
	return run->short_of;
}

int dt_run_go(struct dt_run *run, const struct dt_plan *plan,
	      const struct dt_consume_init *consumer)
{
	int err;

	run->short_of = DT_SIZED_FIXED;
	err = dt_run_load(run, plan);
	if (!err)
		err = dt_run_attach(run);
	if (!err)
		err = make_consumer(run, consumer);
	if (!err)
		err = dt_run_watch_rings(run);
	if (err) {
		dt_run_unload(run);
		return err;
	}
	dt_run_enter(run, DT_RUN_WARMUP);
	err = run_role(run, DT_ROLE_BEGIN, &run->begin_cpu);
	if (err)
		return err;
	dt_consume_set_cpus(run->consumer, run->begin_cpu, -1);
	dt_run_activate(run);
	return 0;
}

/* ---- stop ---- */

/* BEGIN and END run in this task alone: without other programs there is nothing to wait for. */
static bool has_other_programs(const struct dt_run *run)
{
	size_t own = (run->plan->begin != NULL) + (size_t)(run->plan->end != NULL);

	return run->programs.n > own;
}

static int finish(struct dt_run *run)
{
	int err;

	dt_run_enter(run, DT_RUN_DRAINING);
	/* Programs that are still running end before END sees what they did. */
	if (has_other_programs(run))
		dt_bpf_grace_period();
	dt_run_enter(run, DT_RUN_COOLDOWN);
	err = run_role(run, DT_ROLE_END, &run->end_cpu);
	dt_run_enter(run, DT_RUN_STOPPED);
	dt_consume_set_cpus(run->consumer, run->begin_cpu, run->end_cpu);
	dt_run_detach(run);
	return err;
}

int dt_run_stop(struct dt_run *run)
{
	int err;

	if (run->state == DT_RUN_SETUP)
		return dt_run_fail(run, -EINVAL, NULL);
	if (run->state == DT_RUN_STOPPED)
		return 0;
	err = dt_run_report_drops(run);
	if (!err)
		err = finish(run);
	return err ? err : dt_run_report_drops(run);
}
