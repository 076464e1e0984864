/* SPDX-License-Identifier: MIT */
/*
 * Values of aggregations: what the row of the aggregating function says about them, with the
 * defaults for what it leaves out (contract/builtin.h).  Called by the rest of the store of
 * aggregations (aggs.c, aggsort.c, aggprint.c) and by api/.
 */
#ifndef DT_CONSUME_AGGVALUE_H
#define DT_CONSUME_AGGVALUE_H

#include "consume/distribution.h"
#include "contract/builtin.h"

/* Adds N words to those at INTO. */
void dt_aggval_merge(const struct dt_aggfunc *f, uint64_t *into, const uint64_t *from, uint32_t n);
/* Words to illumos' record. */
void dt_aggval_decode(const struct dt_aggfunc *f, uint64_t param, const uint64_t *words,
		      void *value);
/* The value after clear(): all words 0, the parameter as it was. */
void dt_aggval_clear(const struct dt_aggfunc *f, uint64_t param, void *value);
int dt_aggval_compare(const struct dt_aggfunc *f, uint64_t param, const void *a, const void *b);
void dt_aggval_print(const struct dt_aggfunc *f, uint64_t param, struct dt_out *out,
		     const void *value, uint64_t normal);
/* Bucket number BUCKET of a distribution.  -EINVAL: it has none of that number. */
int dt_aggval_bucket(const struct dt_aggfunc *f, uint64_t param, const void *value, uint32_t bucket,
		     int64_t *low, int64_t *high, int64_t *count);
/* A distribution's value as its drawing wants it. */
struct dt_dist dt_aggval_dist(const struct dt_aggfunc *f, uint64_t param, const void *value,
			      uint64_t normal);

#endif
