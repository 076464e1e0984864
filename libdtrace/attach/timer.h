/* SPDX-License-Identifier: MIT */
/*
 * A timer, as a provider asks for it: one firing per period for the whole machine.  The program has
 * no context: r1 is 0.
 */
#ifndef DT_ATTACH_TIMER_H
#define DT_ATTACH_TIMER_H

#include "contract/mechanism.h"

struct dt_timer_target {
	struct dt_target target;
	uint64_t period_ns;
};

extern const struct dt_mech_ops dt_mech_timer;

#endif
