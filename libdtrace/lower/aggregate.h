/* SPDX-License-Identifier: MIT */
/*
 * The statements that update an aggregation.  stmt.c calls dt_cg_aggregate(), which calls the emit
 * hooks of the aggregating function.
 */
#ifndef DT_LOWER_AGGREGATE_H
#define DT_LOWER_AGGREGATE_H

#include "check/tree.h"
#include "lower/context.h"

void dt_cg_aggregate(struct dt_cg *cg, const struct dt_stmt *s);

/* The generation that is written, read once: keys that depend on it go to the same one. */
dt_vreg dt_cg_generation(struct dt_cg *cg);

/* For the hooks: adds INCR to the word at PTR + OFF. */
void dt_cg_add_word(struct dt_cg *cg, dt_vreg ptr, int32_t off, dt_vreg incr, bool atomic);

#endif
