/* SPDX-License-Identifier: MIT */
/*
 * The first stage of a plan, run by generate.c: which clauses are enabled, on which attach points.
 */
#ifndef DT_LOWER_POINTS_H
#define DT_LOWER_POINTS_H

#include <stddef.h>

struct dt_plan;
struct dt_tprog;

void dt_plan_points(struct dt_plan *plan, struct dt_tprog *const *progs, size_t nprogs);

#endif
