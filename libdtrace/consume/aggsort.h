/* SPDX-License-Identifier: MIT */
/*
 * Orders of aggregations' entries, walks over them, and the join of several variables by key: what
 * the dtrace_aggregate_walk functions and printa() need.  Called by the door, by aggprint.c and by
 * trunc().
 */
#ifndef DT_CONSUME_AGGSORT_H
#define DT_CONSUME_AGGSORT_H

#include <dtrace.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "consume/client.h"

struct dt_agg_entry;
struct dt_agg_var;
struct dt_aggs;

/* Entries of VAR (NULL: of all) in order, *N of them, to be freed. NULL: out of memory (con->err).
 */
struct dt_agg_entry **dt_agg_sorted(struct dt_aggs *aggs, const struct dt_agg_var *var,
				    enum dt_agg_order order, bool reverse, size_t *n);
/* Compares keys from number FIRST_KEY on, around; out of range counts as 0. */
int dt_agg_key_compare(const dtrace_aggdata_t *a, const dtrace_aggdata_t *b, uint32_t first_key);
/* Calls FUNC for each entry and does with the entry what it answers. */
int dt_agg_walk(struct dt_aggs *aggs, enum dt_agg_order order, bool reverse,
		dtrace_aggregate_f *func, void *arg);
/* Calls FUNC for each key that one of the N variables has. */
int dt_agg_walk_joined(struct dt_aggs *aggs, const dtrace_aggvarid_t *ids, int n,
		       dtrace_aggregate_walk_joined_f *func, void *arg);

#endif
