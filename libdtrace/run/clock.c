/* SPDX-License-Identifier: MIT */
/* Clocks of work that recurs; see clock.h.  Pure arithmetic: nobody here looks at the time. */
#include "run/clock.h"

bool dt_clock_is_due(const struct dt_clock *clock, uint64_t now_ns)
{
	return !clock->last_ns || now_ns - clock->last_ns >= clock->interval_ns;
}

uint64_t dt_clock_next(const struct dt_clock *clock)
{
	return clock->last_ns + clock->interval_ns;
}

void dt_clock_advance(struct dt_clock *clock, uint64_t now_ns)
{
	bool in_step = clock->last_ns && now_ns - clock->last_ns < 2 * clock->interval_ns;

	clock->last_ns = in_step ? dt_clock_next(clock) : now_ns;
}

void dt_clock_restart(struct dt_clock *clock, uint64_t now_ns)
{
	clock->last_ns = now_ns;
}

void dt_clock_expire(struct dt_clock *clock)
{
	clock->last_ns = 0;
}
