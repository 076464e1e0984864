/* SPDX-License-Identifier: MIT */
/*
 * The second stage of a plan, run by generate.c: points of many clauses are cut into segments.
 */
#ifndef DT_LOWER_SEGMENTS_H
#define DT_LOWER_SEGMENTS_H

struct dt_plan;

void dt_plan_segments(struct dt_plan *plan);

#endif
