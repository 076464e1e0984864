/* SPDX-License-Identifier: MIT */
/*
 * Aggregations as text: what dtrace_aggregate_print() shows at the end of a run, and what printa()
 * shows in between.  Called by the door and by actions.c; reads the totals (aggs.h) and changes
 * nothing but the mark of what printa() has shown.
 */
#ifndef DT_CONSUME_AGGPRINT_H
#define DT_CONSUME_AGGPRINT_H

#include <dtrace.h>

struct dt_aggs;
struct dt_fmt;
struct dt_out;

/* Every entry that printa() has not shown; WALK goes over them, NULL: in the options' order. */
int dt_agg_print(struct dt_aggs *aggs, struct dt_out *out, dtrace_aggregate_walk_f *walk);
/* printa(): rows of N variables joined by key, by FMT or (NULL) as dt_agg_print() shows them.
 * Returns how many rows, or -1. */
int dt_agg_printa(struct dt_aggs *aggs, struct dt_out *out, const struct dt_fmt *fmt,
		  const dtrace_aggvarid_t *ids, int n, const dtrace_recdesc_t *rec);

#endif
