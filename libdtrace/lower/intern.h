/* SPDX-License-Identifier: MIT */
/*
 * Interned stacks: a stack in a key is a number, whose frames stand in a table
 * (contract/record.h).  layout_agg.c chooses the tables, the stack actions write their keys with
 * dt_cg_intern_stack(), consume/intern.c turns numbers into frames again.
 */
#ifndef DT_LOWER_INTERN_H
#define DT_LOWER_INTERN_H

#include "lower/context.h"

struct dt_key_layout;

/* A stack key as its row laid it out becomes a number, if this kernel can intern it. */
void dt_intern_key(struct dt_plan *plan, struct dt_key_layout *k);
/* The table of stacks of BYTES bytes; NULL: they are not interned. */
const struct dt_intern_layout *dt_intern_find(const struct dt_plan *plan, uint32_t bytes);
/* Places the tables' words in the state area, which ends at TOP; returns where it ends then. */
uint32_t dt_intern_place(struct dt_plan *plan, uint32_t top);

/* The number of the current stack, a u32.  Goes on at cg->no_room where the table is full. */
dt_vreg dt_cg_intern_stack(struct dt_cg *cg, const struct dt_intern_layout *table, bool user);

#endif
