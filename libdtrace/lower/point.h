/* SPDX-License-Identifier: MIT */
/*
 * The code of an attach point: main, its clauses, the ERROR clauses.  The last stage of a plan,
 * which generate.c runs for one point after the other.
 */
#ifndef DT_LOWER_POINT_H
#define DT_LOWER_POINT_H

struct dt_plan;
struct dt_point;

void dt_cg_point(struct dt_plan *plan, struct dt_point *point);

#endif
