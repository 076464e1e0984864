/* SPDX-License-Identifier: MIT */
/*
 * Raw tracepoints, plain and typed, as a provider asks for them.  In both the program's context is
 * an array of u64, the tracepoint's arguments.  With tp_btf the verifier knows their types, and
 * pointers among them may be followed with plain loads.
 */
#ifndef DT_ATTACH_RAW_TP_H
#define DT_ATTACH_RAW_TP_H

#include "contract/mechanism.h"

struct dt_raw_tp_target {
	struct dt_target target;
	const char *name; /* "sys_enter" */
	uint32_t btf_id;  /* tp_btf: of the typedef btf_trace_NAME; 0: looked up by name */
	uint64_t cookie;  /* 0: none; else needs DT_BPF_HAS_RAW_TP_COOKIE */
};

extern const struct dt_mech_ops dt_mech_raw_tp, dt_mech_tp_btf;

#endif
