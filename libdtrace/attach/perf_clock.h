/* SPDX-License-Identifier: MIT */
/*
 * Samples by time (perf's cpu-clock), as a provider asks for them: every period, on one CPU or on
 * all of them.  The program's context is a struct bpf_perf_event_data.
 */
#ifndef DT_ATTACH_PERF_CLOCK_H
#define DT_ATTACH_PERF_CLOCK_H

#include "contract/mechanism.h"

struct dt_perf_clock_target {
	struct dt_target target;
	uint64_t period_ns;
	int cpu; /* -1: every CPU that is online */
};

extern const struct dt_mech_ops dt_mech_perf_clock;

#endif
