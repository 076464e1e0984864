/* SPDX-License-Identifier: MIT */
/*
 * Samples of perf's software events, as a provider asks for them: by time (cpu-clock) every period,
 * or each page fault and its like; on one CPU or on all of them.  The program's context is a struct
 * bpf_perf_event_data.
 */
#ifndef DT_ATTACH_PERF_CLOCK_H
#define DT_ATTACH_PERF_CLOCK_H

#include "contract/mechanism.h"

struct dt_perf_clock_target {
	struct dt_target target;
	uint64_t period; /* of cpu-clock in nanoseconds */
	int cpu;         /* -1: every CPU that is online */
	uint32_t event;  /* PERF_COUNT_SW_*; 0: cpu-clock */
};

extern const struct dt_mech_ops dt_mech_perf_clock;

#endif
