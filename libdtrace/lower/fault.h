/* SPDX-License-Identifier: MIT */
/*
 * What goes wrong while a clause runs.  A fault ends the clause: main then sends a record of it and
 * runs the ERROR clauses.  A drop is counted, and the clause goes on.
 */
#ifndef DT_LOWER_FAULT_H
#define DT_LOWER_FAULT_H

#include "contract/record.h"
#include "lower/context.h"

/* FAULT: DTRACEFLT_*; ADDR 0: no address belongs to it. */
void dt_cg_fault(struct dt_cg *cg, uint32_t fault, dt_vreg addr); /* always: ends the clause */
void dt_cg_fault_if_neg(struct dt_cg *cg, dt_vreg result, uint32_t fault, dt_vreg addr);
void dt_cg_fault_if_zero(struct dt_cg *cg, dt_vreg value, uint32_t fault, dt_vreg addr);
void dt_cg_drop(struct dt_cg *cg, enum dt_drop cause); /* counts one */

#endif
