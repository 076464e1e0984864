/* SPDX-License-Identifier: MIT */
/*
 * When something that is done again and again is due: the clocks of statusrate, switchrate and
 * aggrate.  Times are dt_now_ns()'s.  A zero-filled clock is due at once.
 */
#ifndef DT_RUN_CLOCK_H
#define DT_RUN_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct dt_clock {
	uint64_t interval_ns;
	uint64_t last_ns; /* when it was last due; 0: due now */
};

bool dt_clock_is_due(const struct dt_clock *clock, uint64_t now_ns);
uint64_t dt_clock_next(const struct dt_clock *clock); /* when it is due; may have passed */

/* One interval on from when it was due, so that lateness does not add up; from now when it is more
 * than an interval late. */
void dt_clock_advance(struct dt_clock *clock, uint64_t now_ns);
void dt_clock_restart(struct dt_clock *clock, uint64_t now_ns); /* due in one interval */
void dt_clock_expire(struct dt_clock *clock);                   /* due now */

#endif
