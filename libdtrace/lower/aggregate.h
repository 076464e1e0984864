/* SPDX-License-Identifier: MIT */
/*
 * The statements that update an aggregation.  stmt.c calls it; the aggregating function's row
 * writes what is special to it.
 */
#ifndef DT_LOWER_AGGREGATE_H
#define DT_LOWER_AGGREGATE_H

#include "check/tree.h"
#include "lower/context.h"

void dt_cg_aggregate(struct dt_cg *cg, const struct dt_stmt *s);

#endif
