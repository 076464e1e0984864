/* SPDX-License-Identifier: MIT */
/*
 * Sending a record to the consumer through this CPU's ring.  record.c does it at a clause's end,
 * point.c for faults, and actions whose records are not a clause's (commit(), discard()).
 */
#ifndef DT_LOWER_RING_H
#define DT_LOWER_RING_H

#include "lower/context.h"

/* DATA's SIZE bytes (a register, or 0: CONST_SIZE); FORCE: the consumer is woken in any case. */
void dt_cg_ring_output(struct dt_cg *cg, struct dt_mem data, dt_vreg size, uint32_t const_size,
		       bool force);

#endif
