/* SPDX-License-Identifier: MIT */
/* Statements that update an aggregation. */
#ifndef DT_LOWER_AGGREGATE_H
#define DT_LOWER_AGGREGATE_H

#include "check/tree.h"
#include "lower/context.h"

void dt_cg_aggregate(struct dt_cg *cg, const struct dt_stmt *s);

#endif
