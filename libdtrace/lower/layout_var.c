/* SPDX-License-Identifier: MIT */
/*
 * Where variables live: global ones in the state area, thread-local ones in task storage,
 * clause-local ones in a register or the scratch slot, elements of arrays in a hash each.  A layout
 * stage (layout.h).
 */
#include <linux/bpf.h>
#include "base/errno.h"
#include "base/fail.h"
#include "base/table.h"
#include "base/util.h"
#include "check/tree.h"
#include "contract/record.h"
#include "lower/context.h"
#include "lower/layout.h"
#include "lower/layout_key.h"
#include "lower/piece.h"
#include "lower/plan.h"
#include "lower/share.h"
#include "lower/walk.h"
#include "types/types.h"

struct var_walk {
	struct dt_plan *plan;
	const struct dt_tclause *clause;
	const struct dt_tprog *prog;
	bool is_long; /* the clause */
	DT_VEC(struct dt_var *) vars;
	DT_VEC(struct dt_key_use *) uses; /* by place in vars */
	struct dt_table places;           /* variable -> place in vars + 1 */
};

static struct dt_var_rep *rep_of(struct var_walk *w, struct dt_var *var)
{
	void **place = dt_table_at(&w->places, &var, sizeof(var), true);

	if (!place)
		dt_fail_nomem(w->plan->compile);
	if (*place)
		return var->rep;
	*place = (void *)(w->vars.n + 1);
	var->rep = dt_arena_new_obj(w->plan->arena, struct dt_var_rep);
	dt_vec_push_arena(w->plan->arena, &w->vars, var);
	dt_vec_push_arena(w->plan->arena, &w->uses,
			  dt_arena_new_array(w->plan->arena, struct dt_key_use, var->nkeys + 1));
	return var->rep;
}

static struct dt_key_use *uses_of(struct var_walk *w, const struct dt_var *var)
{
	return w->uses.data[(size_t)dt_table_get(&w->places, &var, sizeof(var)) - 1];
}

static void visit_var(void *arg, const struct dt_expr *e)
{
	struct var_walk *w = arg;
	struct dt_var_rep *rep;
	const struct dt_expr *elem = e;

	if (e->op != DT_E_VAR && e->op != DT_E_ELEM)
		return;
	rep = rep_of(w, e->var);
	rep->in_long |= w->is_long;
	/* tclauses of one source clause share their index. */
	const void *id = (const char *)w->prog + w->clause->index;
	if (rep->last_clause != id) {
		rep->last_clause = id;
		rep->nclauses++;
	}
	if (e->op == DT_E_ELEM) {
		struct dt_key_use *uses = uses_of(w, e->var);

		for (uint32_t i = 0; i < elem->nkids && i < e->var->nkeys; i++)
			if (dt_type_is_string(e->var->keys[i]))
				dt_key_meet(&uses[i], elem->kids[i]);
	}
}

static uint32_t value_size(struct dt_plan *plan, const struct dt_type *t)
{
	uint64_t size;

	if (dt_type_is_string(t))
		return (uint32_t)DT_ALIGN(plan->opts.strsize, 8);
	size = dt_type_size(plan->env->types, t);
	return size ? (uint32_t)size : 8;
}

/* A variable that only one clause uses may be a register.  Too many of them would be spilled. */
#define MAX_REGISTERS 12

static bool may_be_register(const struct var_walk *w, const struct dt_var *var)
{
	const struct dt_var_rep *rep = var->rep;
	unsigned n = 0;

	if (rep->nclauses > 1 || rep->in_long || !dt_type_is_scalar(var->type))
		return false;
	for (size_t i = 0; i < w->vars.n && w->vars.data[i] != var; i++) {
		const struct dt_var_rep *other = w->vars.data[i]->rep;

		n += other->where == DT_IN_REG && other->last_clause == rep->last_clause;
	}
	return n < MAX_REGISTERS;
}

static void place_scalar(const struct var_walk *w, struct dt_plan *plan, const struct dt_var *var,
			 struct dt_var_rep *rep)
{
	rep->size = value_size(plan, var->type);
	switch (var->scope) {
	case DT_SCOPE_GLOBAL:
		rep->where = DT_IN_GLOBALS;
		rep->off = DT_STATE_GLOBALS + dt_layout_place(&plan->globals_size, rep->size);
		break;
	case DT_SCOPE_THREAD:
		rep->where = DT_IN_TLS;
		rep->off = dt_layout_place(&plan->tls_size, rep->size);
		break;
	case DT_SCOPE_CLAUSE:
		if (may_be_register(w, var)) {
			rep->where = DT_IN_REG;
			break;
		}
		rep->where = DT_IN_SLOT;
		rep->off = DT_SLOT_THIS + dt_layout_place(&plan->this_size, rep->size);
		break;
	}
}

#define ELEMENT_OVERHEAD 48 /* about what the kernel adds per element */
#define TAG_SIZE         8

static void place_array(struct dt_plan *plan, const struct dt_var *var, struct dt_var_rep *rep,
			const struct dt_key_use *uses)
{
	uint32_t top = 0;

	rep->where = DT_IN_HASH;
	rep->per_thread = var->scope == DT_SCOPE_THREAD;
	rep->size = value_size(plan, var->type);
	rep->nkeys = var->nkeys;
	rep->keys = dt_arena_new_array(plan->arena, struct dt_keyfield, var->nkeys + 1);
	if (rep->per_thread)
		top = 8;
	for (uint32_t i = 0; i < var->nkeys; i++) {
		struct dt_keyfield *f = &rep->keys[i];

		f->type = var->keys[i];
		f->size = dt_key_size(plan, f->type, &uses[i], &f->enc);
		f->off = dt_layout_place(&top, f->size);
	}
	rep->key_size = (uint32_t)DT_ALIGN(DT_MAX(top, 8u), 8);
}

/* Elements are allocated at once, so that none is refused below dynvarsize, up to this many bytes.
 */
#define MAX_AT_ONCE ((uint64_t)16 << 20)

static const struct dt_array_store *plan_store(struct dt_plan *plan,
					       const struct dt_share_group *group, const char *name)
{
	struct dt_array_store *store = dt_arena_new_obj(plan->arena, struct dt_array_store);
	uint64_t element = (uint64_t)group->key_size + group->value_size + ELEMENT_OVERHEAD,
		 most = DT_MAX(plan->opts.dynvarsize / element, (uint64_t)1) * group->rooms;
	struct dt_bpf_map_spec spec = { .type = BPF_MAP_TYPE_HASH,
					.max_entries = (uint32_t)DT_MIN(most, UINT32_MAX / 2),
					.name = group->nmembers > 1 ? "arrays" : name };

	store->key_size = group->key_size + (group->nmembers > 1 ? TAG_SIZE : 0);
	store->value_size = group->value_size;
	spec.key_size = store->key_size;
	spec.value_size = store->value_size;
	if (spec.max_entries * element > MAX_AT_ONCE)
		spec.flags = dt_layout_map_flags(plan);
	store->map = dt_plan_map(plan, &spec, DT_SIZED_DYNVARSIZE);
	return store;
}

/* The stores of all arrays. */
static void plan_stores(struct dt_plan *plan, const struct var_walk *w)
{
	DT_VEC(const struct dt_var *) arrays = { 0 };
	DT_VEC(struct dt_sharer) sharers = { 0 };
	struct dt_share_group groups[DT_MAPS_PER_KIND] = { 0 };
	const struct dt_array_store *stores[DT_MAPS_PER_KIND] = { 0 };
	uint32_t tags[DT_MAPS_PER_KIND] = { 0 };

	dt_vec_each(&w->vars, it)
	{
		const struct dt_var_rep *rep = (*it)->rep;
		struct dt_sharer sharer = { .key_size = rep->key_size,
					    .value_size = (uint32_t)DT_ALIGN(rep->size, 8) };

		if (rep->where != DT_IN_HASH)
			continue;
		dt_vec_push_arena(plan->arena, &arrays, *it);
		dt_vec_push_arena(plan->arena, &sharers, sharer);
	}
	dt_share(plan->arena, sharers.data, sharers.n, groups);
	for (size_t i = 0; i < arrays.n; i++) {
		struct dt_var_rep *rep = arrays.data[i]->rep;
		uint32_t g = sharers.data[i].group;

		if (!stores[g])
			stores[g] = plan_store(plan, &groups[g], arrays.data[i]->name);
		rep->store = stores[g];
		rep->tag = groups[g].nmembers > 1 ? ++tags[g] : 0;
	}
}

void dt_layout_variables(struct dt_plan *plan)
{
	struct var_walk w = { .plan = plan, .places = { .arena = plan->arena } };

	dt_vec_each(&plan->clauses, it)
	{
		w.clause = (*it)->clause;
		w.prog = (*it)->prog;
		w.is_long = (*it)->is_long = dt_piece_is_long(w.clause);
		dt_walk_clause(w.clause, visit_var, &w);
	}
	for (size_t i = 0; i < w.vars.n; i++) {
		struct dt_var *var = w.vars.data[i];

		if (var->is_assoc)
			place_array(plan, var, var->rep, w.uses.data[i]);
		else
			place_scalar(&w, plan, var, var->rep);
	}
	plan_stores(plan, &w);
	plan->globals_size = (uint32_t)DT_ALIGN(plan->globals_size, 8);
	plan->tls_size = (uint32_t)DT_ALIGN(plan->tls_size, 8);
	plan->this_size = (uint32_t)DT_ALIGN(plan->this_size, 8);
	if (plan->tls_size > 60 * 1024)
		dt_fail_err(plan->compile, EDT_DIFSIZE,
			    "thread-local variables take %u bytes a thread; the kernel's limit is "
			    "60 KiB: lower strsize",
			    plan->tls_size);
	plan->maps.data[DT_MAP_TLS].spec.value_size = plan->tls_size;
}
