/* SPDX-License-Identifier: MIT */
/*
 * The totals of aggregations in user space.  An entry is one tuple of keys of one variable; it
 * keeps the kernel's words, merged over CPUs and snapshots, and the same in illumos' layout, which
 * clients see.  Entries live until they are removed.  snapshot.c adds to them, aggsort.c orders and
 * walks them, aggprint.c prints them.
 */
#ifndef DT_CONSUME_AGGS_H
#define DT_CONSUME_AGGS_H

#include <dtrace.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/util.h"
#include "contract/builtin.h"
#include "contract/record.h"

struct dt_con;
struct dt_epids;

/* A variable's description, made when first needed. Clients have the public part; the variable is
 * found from it. */
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
	uint64_t *words;     /* merged over CPUs */
	uint64_t *cpu_words; /* per CPU; NULL without aggpercpu */
};

struct dt_aggs {
	struct dt_con *con;
	struct dt_epids *epids;  /* their descriptions are those of entries */
	struct dt_agg_var *vars; /* by variable id - 1 */
	size_t nvars;
	struct dt_agg_entry **buckets;
	size_t nbuckets, nentries;
	struct dt_agg_entry *newest, *oldest;
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

/* False: out of memory. */
bool dt_aggs_init(struct dt_aggs *aggs, struct dt_con *con, struct dt_epids *epids);
void dt_aggs_fini(struct dt_aggs *aggs);
void dt_aggs_clear(struct dt_aggs *aggs);
struct dt_agg_var *dt_agg_find_var(struct dt_aggs *aggs, dtrace_aggvarid_t id); /* NULL: none */
/* Where keys begin in dtada_data. */
#define DT_AGG_KEYS_OFFSET 16
/* The entry of a tuple whose keys stand in illumos' places, made when it is new. NULL: con->err. */
struct dt_agg_entry *dt_agg_get(struct dt_aggs *aggs, struct dt_agg_var *var, const char *tuple);
/* The variable's entry without a value. NULL: con->err. */
struct dt_agg_entry *dt_agg_zero(struct dt_aggs *aggs, struct dt_agg_var *var);
void dt_agg_remove(struct dt_aggs *aggs, struct dt_agg_entry *entry);
void dt_agg_clear(struct dt_aggs *aggs, struct dt_agg_entry *entry);

#endif
