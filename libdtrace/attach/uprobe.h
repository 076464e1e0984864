/* SPDX-License-Identifier: MIT */
/*
 * Probes in processes, as a provider asks for them: instructions of one object (uprobe), or the
 * returns of the functions that begin there (uretprobe).  The program's context is a struct
 * pt_regs.  bpf_get_attach_cookie() tells the sites of one attachment apart.
 */
#ifndef DT_ATTACH_UPROBE_H
#define DT_ATTACH_UPROBE_H

#include <stdbool.h>
#include <sys/types.h>
#include "contract/mechanism.h"

struct dt_uprobe_target {
	struct dt_target target;
	const char *path;                /* the object, as this process can open it */
	const uint64_t *offsets;         /* in the file, not in memory */
	const uint64_t *cookies;         /* one per site; NULL: all 0 */
	const uint64_t *ref_ctr_offsets; /* USDT semaphores, in the file; NULL: none */
	size_t n;                        /* sites */
	pid_t pid;                       /* 0: every process */
	bool may_have_ended;             /* it is then no error that there is no such process */
};

extern const struct dt_mech_ops dt_mech_uprobe, dt_mech_uretprobe;

#endif
