/* SPDX-License-Identifier: MIT */
/*
 * Probes at functions of the kernel, as a provider asks for them: at their beginnings (kprobe) or
 * at their returns (kretprobe).  The program's context is a struct pt_regs.
 * bpf_get_attach_cookie() tells the sites of one attachment apart.
 */
#ifndef DT_ATTACH_KPROBE_H
#define DT_ATTACH_KPROBE_H

#include "contract/mechanism.h"

struct dt_kprobe_target {
	struct dt_target target;
	const uint64_t *addrs;   /* of the functions, as /proc/kallsyms has them */
	const uint64_t *cookies; /* one per site; NULL: all 0 */
	size_t n;                /* sites */
};

extern const struct dt_mech_ops dt_mech_kprobe, dt_mech_kretprobe;

#endif
