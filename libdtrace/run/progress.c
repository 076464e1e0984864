/* SPDX-License-Identifier: MIT */
/*
 * What the client hears while many probes are attached or detached: nothing for the first half
 * second, then a call ten times a second, and one at the end if there was any.  load.c begins and
 * ends the phases; the mechanisms report their steps (base/progress.h).
 */
#include "run/internal.h"

#define FIRST_NS    500000000u
#define INTERVAL_NS 100000000u

static int report(void *arg, size_t done, size_t total)
{
	struct dt_run *run = arg;
	struct dt_run_phase *phase = &run->phase;
	uint64_t now = dt_now_ns();

	if (!phase->total)
		phase->total = total;
	if (!run->on_progress || now < phase->next_ns)
		return 0;
	phase->next_ns = now + INTERVAL_NS;
	phase->shown = true;
	return run->on_progress(run->progress_arg, phase->enabling,
				DT_MIN(phase->before + done, phase->total), phase->total);
}

void dt_run_on_progress(struct dt_run *run, dt_run_progress_f *fn, void *arg)
{
	run->on_progress = fn;
	run->progress_arg = arg;
}

void dt_run_phase_begin(struct dt_run *run, bool enabling, size_t total)
{
	run->phase = (struct dt_run_phase){
		.steps = { report, run },
		.enabling = enabling,
		.total = total,
		.next_ns = dt_now_ns() + FIRST_NS,
	};
}

int dt_run_phase_step(struct dt_run *run, size_t n)
{
	run->phase.before += n;
	return report(run, 0, 0);
}

void dt_run_phase_end(struct dt_run *run)
{
	const struct dt_run_phase *phase = &run->phase;

	if (phase->shown && run->on_progress)
		run->on_progress(run->progress_arg, phase->enabling, phase->total, phase->total);
}
