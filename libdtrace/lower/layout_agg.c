/* SPDX-License-Identifier: MIT */
/*
 * Where aggregations live: their keys, the words of their values, their maps, and which of them
 * several programs update.  A layout stage (layout.h).
 */
#include <inttypes.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/dtrace.h>
#include "base/errno.h"
#include "base/fail.h"
#include "base/util.h"
#include "check/tree.h"
#include "contract/builtin.h"
#include "contract/record.h"
#include "lower/intern.h"
#include "lower/layout.h"
#include "lower/layout_key.h"
#include "lower/plan.h"
#include "lower/share.h"
#include "lower/walk.h"
#include "types/types.h"

#define ENTRY_OVERHEAD      64 /* about what the kernel adds per entry */
#define LONG_STRING         128
#define SHORT_STRING        60 /* with the tag behind it 64 bytes, if it is the only key */
#define MAX_BRIEF           3  /* aggregations that have a store for it */
#define RESERVE_FIRINGS     16
#define RESERVE_BYTES       ((uint64_t)8 << 20)
#define MAX_ENTRIES_AT_ONCE ((uint64_t)1 << 19)

struct agg_walk {
	struct dt_plan *plan;
	struct dt_clause_plan *clause;
	DT_VEC(struct dt_key_use *) uses; /* by variable id - 1 */
};

static struct dt_agg_plan *agg_plan(struct agg_walk *w, struct dt_agg *agg)
{
	struct dt_plan *plan = w->plan;
	struct dt_agg_plan *ap;

	while (plan->aggs.n < (size_t)agg->id) {
		dt_vec_push_arena(plan->arena, &plan->aggs, NULL);
		dt_vec_push_arena(plan->arena, &plan->layout.aggs, NULL);
		dt_vec_push_arena(plan->arena, &w->uses, NULL);
	}
	ap = plan->aggs.data[agg->id - 1];
	if (ap)
		return ap;
	ap = dt_arena_new_obj(plan->arena, struct dt_agg_plan);
	ap->agg = agg;
	ap->layout.name = agg->name;
	ap->layout.id = agg->id;
	ap->layout.func = agg->func;
	ap->layout.param = agg->param;
	ap->layout.epid = w->clause->layout.epid_first;
	ap->layout.nkeys = agg->nkeys;
	agg->rep = ap;
	plan->aggs.data[agg->id - 1] = ap;
	plan->layout.aggs.data[agg->id - 1] = &ap->layout;
	w->uses.data[agg->id - 1] = dt_arena_new_array(plan->arena, struct dt_key_use,
						       agg->nkeys + 1);
	ap->layout.keys = dt_arena_new_array(plan->arena, struct dt_key_layout, agg->nkeys + 1);
	return ap;
}

static void visit_agg(void *arg, struct dt_stmt *s)
{
	struct agg_walk *w = arg;
	struct dt_agg_plan *ap;

	if (s->kind != DT_S_AGG)
		return;
	ap = agg_plan(w, s->agg);
	ap->nupdates++;
	for (uint32_t i = 0; i < s->nkeys; i++) {
		const struct dt_expr *e = s->keys[i];

		if (s->agg->key_rows[i] && e->nkids && e->kids[0]->op == DT_E_INT)
			ap->layout.keys[i].arg = (uint64_t)e->kids[0]->ival;
		if (dt_type_is_string(s->agg->keys[i]))
			dt_key_meet(&w->uses.data[s->agg->id - 1][i], s->keys[i]);
	}
}

static void plan_key(struct dt_plan *plan, struct dt_key_layout *k, const struct dt_type *t,
		     const struct dt_builtin *row, const struct dt_key_use *use)
{
	k->type = t;
	if (row) {
		k->action = row->action;
		row->layout_key(plan, k);
		dt_intern_key(plan, k);
		return;
	}
	k->action = DTRACEACT_DIFEXPR;
	k->ksize = dt_key_size(plan, t, use, &k->enc);
	k->size = dt_type_is_string(t) ? (uint32_t)plan->opts.strsize : k->ksize;
}

/* The one key that may be long but often is short, a string; NULL: there is none, or there are
 * several. */
static struct dt_key_layout *long_string(const struct dt_agg_layout *layout)
{
	struct dt_key_layout *found = NULL;

	for (uint32_t i = 0; i < layout->nkeys; i++) {
		struct dt_key_layout *k = &layout->keys[i];

		if (k->enc != DT_ENC_STR || k->ksize < LONG_STRING)
			continue;
		if (found)
			return NULL;
		found = k;
	}
	return found;
}

/* Keys in the kernel, the long string behind the others.  Returns where they end. */
static uint32_t place_keys(struct dt_agg_layout *layout)
{
	struct dt_key_layout *last = long_string(layout);
	uint32_t top = 0;

	for (uint32_t i = 0; i < layout->nkeys; i++)
		if (&layout->keys[i] != last)
			layout->keys[i].koff = dt_layout_place(&top, layout->keys[i].ksize);
	if (last)
		last->koff = dt_layout_place(&top, last->ksize);
	return top;
}

/* Keys in the kernel and in dtada_data; returns where the kernel's end. */
static uint32_t plan_keys(struct dt_plan *plan, struct dt_agg_plan *ap,
			  const struct dt_key_use *uses)
{
	uint32_t top = 16;

	for (uint32_t i = 0; i < ap->layout.nkeys; i++) {
		struct dt_key_layout *k = &ap->layout.keys[i];

		plan_key(plan, k, ap->agg->keys[i], ap->agg->key_rows[i], &uses[i]);
		top = (uint32_t)DT_ALIGN(top, k->size % 8 == 0   ? 8u
					      : k->size % 4 == 0 ? 4u
					      : k->size % 2 == 0 ? 2u
								 : 1u);
		k->offset = top;
		top += k->size;
	}
	ap->layout.value_offset = (uint32_t)DT_ALIGN(top, 8);
	return place_keys(&ap->layout);
}

/* One key with its value has to fit. */
static void check_aggsize(const struct dt_plan *plan, const struct dt_agg_layout *layout)
{
	uint64_t least = layout->kkey_size + layout->kvalue_size;

	if (plan->opts.aggsize < least)
		dt_fail_err(plan->compile, EDT_BUFTOOSMALL,
			    "Enabling exceeds size of buffer: the least aggsize for @%s is "
			    "%" PRIu64,
			    strcmp(layout->name, "_") ? layout->name : "", least);
}

static void plan_agg(struct dt_plan *plan, struct dt_agg_plan *ap, const struct dt_key_use *uses)
{
	struct dt_agg_layout *layout = &ap->layout;
	uint32_t ktop = plan_keys(plan, ap, uses);

	layout->nwords = dt_aggfunc_nwords(layout->func, layout->param);
	layout->value_size = dt_aggfunc_value_size(layout->func, layout->param);
	layout->size = layout->value_offset + layout->value_size;
	if (layout->nwords * 8 > 32760) {
		layout->bucket_in_key = true;
		dt_layout_place(&ktop, 4);
	}
	layout->kkey_size = ktop ? (uint32_t)DT_ALIGN(ktop, 4) : 0;
	layout->kvalue_size = layout->bucket_in_key ? 8 : layout->nwords * 8;
	ap->has_mark = !ktop;
	if (ap->has_mark)
		layout->kvalue_size += 8;
	check_aggsize(plan, layout);
}

/* ---- stores ---- */

/*
 * How many entries a store of keyed aggregations may hold.  As in illumos aggsize is what one CPU
 * may fill.  A hash costs 16 bytes per entry at once, which is bounded where there are many CPUs.
 */
static uint32_t store_entries(const struct dt_plan *plan, const struct dt_share_group *group)
{
	uint64_t entry = (uint64_t)group->key_size + group->value_size + ENTRY_OVERHEAD,
		 per_cpu = DT_MAX(plan->opts.aggsize / entry, (uint64_t)16) * group->rooms,
		 all = per_cpu * (uint64_t)dt_bpf_nonline(plan->env->bpf);

	return (uint32_t)DT_MIN(DT_MAX(DT_MIN(all, MAX_ENTRIES_AT_ONCE), per_cpu), UINT32_MAX / 2);
}

static struct dt_agg_store *plan_store(struct dt_plan *plan, const struct dt_share_group *group,
				       bool keyed, const char *name)
{
	struct dt_agg_store *store = dt_arena_new_obj(plan->arena, struct dt_agg_store);
	struct dt_bpf_map_spec spec = { .name = name };

	store->keyed = keyed;
	store->value_size = group->value_size;
	if (keyed) {
		/* The kernel compares 8 bytes at a time, and what is left over one by one. */
		store->key_size = (uint32_t)DT_ALIGN(group->key_size + DT_AGG_TAG_SIZE, 8);
		store->max_entries = store_entries(plan, group);
		spec.type = BPF_MAP_TYPE_HASH;
		spec.flags = dt_layout_map_flags(plan);
	} else {
		store->key_size = 4;
		store->max_entries = 2 * group->nmembers;
		spec.type = BPF_MAP_TYPE_PERCPU_ARRAY;
	}
	spec.key_size = store->key_size;
	spec.value_size = store->value_size;
	spec.max_entries = store->max_entries;
	store->map[0] = dt_plan_map(plan, &spec, DT_SIZED_AGGSIZE);
	store->map[1] = keyed ? dt_plan_map(plan, &spec, DT_SIZED_AGGSIZE) : store->map[0];
	dt_vec_push_arena(plan->arena, &plan->layout.agg_stores, store);
	return store;
}

/*
 * The reserve of a store that NUPDATES statements update.  A single one finds the entry that the
 * kernel has allocated in advance.  It has room for RESERVE_FIRINGS of all of them on each CPU.
 */
static void plan_reserve(struct dt_plan *plan, struct dt_agg_store *store, uint64_t nupdates)
{
	uint64_t entry = (uint64_t)store->key_size + store->value_size + ENTRY_OVERHEAD,
		 ncpus = (uint64_t)dt_bpf_nonline(plan->env->bpf),
		 most = DT_MAX(RESERVE_BYTES / entry, ncpus);
	struct dt_bpf_map_spec spec = { .type = BPF_MAP_TYPE_HASH,
					.key_size = store->key_size,
					.value_size = store->value_size,
					.name = "reserve" };

	if (!store->keyed || nupdates < 2 || !dt_layout_map_flags(plan))
		return;
	spec.max_entries = (uint32_t)DT_MIN(nupdates * RESERVE_FIRINGS * ncpus, most);
	store->reserve = dt_plan_map(plan, &spec, DT_SIZED_FIXED);
}

/* The store for an aggregation's keys with a short string: their beginning, as long as that. */
static void plan_brief(struct dt_plan *plan, struct dt_agg_plan *ap)
{
	const struct dt_key_layout *k = long_string(&ap->layout);
	struct dt_share_group group = { .nmembers = 1, .rooms = 1 };
	struct dt_agg_store *store;

	if (!k || ap->layout.bucket_in_key)
		return;
	group.key_size = k->koff + SHORT_STRING;
	group.value_size = ap->layout.kvalue_size;
	store = plan_store(plan, &group, true, ap->layout.name);
	plan_reserve(plan, store, ap->nupdates);
	ap->brief = store;
	ap->brief_nul = group.key_size - 1;
}

/* The stores of all aggregations with keys, or of all without. */
static void plan_stores(struct dt_plan *plan, bool keyed)
{
	DT_VEC(struct dt_agg_layout *) members = { 0 };
	DT_VEC(struct dt_sharer) sharers = { 0 };
	struct dt_share_group groups[DT_MAPS_PER_KIND] = { 0 };
	struct dt_agg_store *stores[DT_MAPS_PER_KIND] = { 0 };
	uint32_t ngroups;
	uint32_t nslots[DT_MAPS_PER_KIND] = { 0 };
	uint64_t nupdates[DT_MAPS_PER_KIND] = { 0 };

	dt_vec_each(&plan->aggs, it)
	{
		struct dt_agg_layout *layout = *it ? &(*it)->layout : NULL;
		struct dt_sharer sharer = { 0 };

		if (!layout || (layout->kkey_size != 0) != keyed)
			continue;
		sharer.key_size = layout->kkey_size;
		sharer.value_size = layout->kvalue_size;
		dt_vec_push_arena(plan->arena, &members, layout);
		dt_vec_push_arena(plan->arena, &sharers, sharer);
	}
	ngroups = dt_share(plan->arena, sharers.data, sharers.n, groups);
	for (size_t i = 0; i < members.n; i++) {
		struct dt_agg_layout *layout = members.data[i];
		uint32_t g = sharers.data[i].group;

		if (!stores[g])
			stores[g] = plan_store(plan, &groups[g], keyed,
					       groups[g].nmembers > 1 ? "aggs" : layout->name);
		layout->store = stores[g];
		layout->slot = keyed ? 0 : 2 * nslots[g]++;
		nupdates[g] += container_of(layout, struct dt_agg_plan, layout)->nupdates;
	}
	for (uint32_t g = 0; g < ngroups; g++)
		plan_reserve(plan, stores[g], nupdates[g]);
	for (size_t i = 0; keyed && members.n <= MAX_BRIEF && i < members.n; i++)
		plan_brief(plan, container_of(members.data[i], struct dt_agg_plan, layout));
}

/* ---- interruptions ---- */

/* Programs of several points that update one aggregation may interrupt each other; one that can be
 * preempted may meet itself. */
struct atomic_walk {
	const struct dt_point *point;
	DT_VEC(const struct dt_point *) last; /* who updates it, by variable id - 1 */
};

static void visit_atomic(void *arg, struct dt_stmt *s)
{
	struct atomic_walk *w = arg;
	const struct dt_point **seen;

	if (s->kind != DT_S_AGG)
		return;
	seen = &w->last.data[s->agg->id - 1];
	if ((*seen && *seen != w->point) || w->point->key.mech->preemptible)
		((struct dt_agg_plan *)s->agg->rep)->atomic = true;
	*seen = w->point;
}

static void find_atomic(struct dt_plan *plan)
{
	struct atomic_walk w = { 0 };

	for (size_t i = 0; i < plan->aggs.n; i++)
		dt_vec_push_arena(plan->arena, &w.last, NULL);
	dt_vec_each(&plan->points, pt)
	{
		w.point = *pt;
		dt_vec_each(&(*pt)->clauses, pc)
			dt_walk_stmts(pc->plan->clause->stmts, pc->plan->clause->nstmts,
				      visit_atomic, &w);
	}
}

void dt_layout_aggs(struct dt_plan *plan)
{
	struct agg_walk w = { .plan = plan };

	dt_vec_each(&plan->clauses, it)
	{
		w.clause = *it;
		dt_walk_stmts((*it)->clause->stmts, (*it)->clause->nstmts, visit_agg, &w);
	}
	for (size_t i = 0; i < plan->aggs.n; i++)
		if (plan->aggs.data[i])
			plan_agg(plan, plan->aggs.data[i], w.uses.data[i]);
	plan_stores(plan, true);
	plan_stores(plan, false);
	find_atomic(plan);
}
