/* SPDX-License-Identifier: MIT */
/*
 * The door of lower/: enabled programs in, the code of every attach point out.  api/ calls it in
 * dtrace_go(), or before it for the dump of -S.
 */
#ifndef DT_LOWER_GENERATE_H
#define DT_LOWER_GENERATE_H

#include "lower/plan.h"

/*
 * Runs the stages: points, layout, code.  Leaves by the plan's dt_compile when it cannot; the plan
 * then still has to be freed.
 */
void dt_plan_generate(struct dt_plan *plan, struct dt_tprog *const *progs, size_t nprogs);
/* IR and BPF of every point, for -S. */
/* The code of all points, for -S: a sum of these. */
enum { DT_LISTING_IR = 1, DT_LISTING_BPF = 2, DT_LISTING_ALL = 3 };
void dt_plan_print(const struct dt_plan *plan, uint32_t listings, struct dt_strbuf *out);

#endif
