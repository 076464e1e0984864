/* SPDX-License-Identifier: MIT */
/*
 * The totals of aggregations in user space.  An entry is one tuple of keys of one variable; it
 * keeps the kernel's words, merged over CPUs and snapshots, and the same in illumos' layout, which
 * clients see.  Entries belong to the struct dt_consume and live until they are removed.  aggs.c
 * fills them, aggsort.c walks, aggprint.c prints.
 */
#ifndef DT_CONSUME_AGGS_H
#define DT_CONSUME_AGGS_H

#include "consume/internal.h"
#include "contract/builtin.h"

/* A variable's description, made when first needed; the public part is found back from entries by
 * it. */
struct dt_agg_desc {
	struct dt_agg_var *var;
	dtrace_aggdesc_t desc; /* dtagd_rec goes on behind it */
};

struct dt_agg_var {
	const struct dt_agg_layout *layout; /* NULL: no program updates it */
	const struct dt_aggfunc *func;
	uint64_t param, normal;
	struct dt_agg_desc *desc;
	struct dt_agg_entry *zero; /* stands for missing ones where several are joined */
};

struct dt_agg_entry {
	dtrace_aggdata_t data;
	struct dt_agg_var *var;
	struct dt_agg_entry *chain, *newer, *older, *next_dirty;
	uint32_t hash;
	bool dirty;          /* words have changed since data was made */
	uint64_t *words;     /* in all */
	uint64_t *cpu_words; /* by CPU; NULL without aggpercpu */
};

static inline const void *dt_agg_value(const dtrace_aggdata_t *agg)
{
	return agg->dtada_data +
	       agg->dtada_desc->dtagd_rec[agg->dtada_desc->dtagd_nrecs - 1].dtrd_offset;
}
static inline struct dt_agg_var *dt_agg_var_of(const dtrace_aggdata_t *agg)
{
	return container_of(agg->dtada_desc, struct dt_agg_desc, desc)->var;
}

bool dt_aggs_init(struct dt_consume *con);
void dt_aggs_fini(struct dt_consume *con);
struct dt_agg_var *dt_agg_find_var(struct dt_consume *con, dtrace_aggvarid_t id); /* NULL: none */
int dt_agg_var_describe(struct dt_consume *con, struct dt_agg_var *var);
struct dt_agg_entry *dt_agg_zero(struct dt_consume *con,
				 struct dt_agg_var *var); /* NULL: con->err */
/* The entry of a tuple whose keys stand in illumos' places, made when it is new. NULL: con->err. */
#define DT_AGG_KEYS_OFFSET 16
struct dt_agg_entry *dt_agg_get(struct dt_consume *con, struct dt_agg_var *var, const char *tuple);
void dt_agg_remove(struct dt_consume *con, struct dt_agg_entry *entry);
void dt_agg_clear(struct dt_consume *con, struct dt_agg_entry *entry);
/* Adds one kernel entry: key as the layout says, words of every CPU at STRIDE bytes. For the snapshot
 * and its tests. */
int dt_agg_fold(struct dt_consume *con, struct dt_agg_var *var, const void *key, const void *values,
		size_t stride, struct dt_agg_entry **dirty);
void dt_agg_settle(struct dt_consume *con,
		   struct dt_agg_entry *dirty); /* words -> illumos' layout */

/* ---- aggsort.c ---- */
/* Entries of VAR (NULL: of all) in order; malloc'ed, *N of them. NULL: out of memory (con->err), or
 * N is 0. */
struct dt_agg_entry **dt_agg_sorted(struct dt_consume *con, const struct dt_agg_var *var,
				    enum dt_agg_order order, bool reverse, size_t *n);
/* From key number FIRST_KEY on, around; out of range counts as 0. */
int dt_agg_key_compare(const dtrace_aggdata_t *a, const dtrace_aggdata_t *b, uint32_t first_key);

/* ---- aggprint.c ---- */
/* printa(): rows of VARS joined by key, by FMT or (NULL) as they are printed at the end. -1 or rows
 * printed. */
int dt_agg_printa(struct dt_consume *con, struct dt_out *out, const struct dt_fmt *fmt,
		  const dtrace_aggvarid_t *ids, int n, const dtrace_recdesc_t *rec);

#endif
