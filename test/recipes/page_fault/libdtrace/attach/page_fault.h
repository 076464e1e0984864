/* SPDX-License-Identifier: MIT */
/*
 * Page faults (a software event of perf), as a provider asks for them.  The program's context is a
 * struct bpf_perf_event_data, whose addr is the address at fault.
 */
#ifndef DT_ATTACH_PAGE_FAULT_H
#define DT_ATTACH_PAGE_FAULT_H

#include "contract/mechanism.h"

struct dt_page_fault_target {
	struct dt_target target;
	uint64_t every; /* fires at one in so many faults */
};

extern const struct dt_mech_ops dt_mech_page_fault;

#endif
