/* SPDX-License-Identifier: MIT */
/*
 * Process ids in the consumer's PID namespace, which are those that its user knows.  A process that
 * is not in that namespace has the id 0.
 */
#ifndef DT_LOWER_PIDS_H
#define DT_LOWER_PIDS_H

#include "lower/context.h"

dt_vreg dt_cg_pid(struct dt_cg *cg);  /* of the process that the probe is about */
dt_vreg dt_cg_ppid(struct dt_cg *cg); /* of its parent */
dt_vreg dt_cg_tid(struct dt_cg *cg);  /* of the thread */
/* Process and thread id in the first namespace, as bpf_get_current_pid_tgid() returns them. */
dt_vreg dt_cg_pid_tgid(struct dt_cg *cg);

#endif
