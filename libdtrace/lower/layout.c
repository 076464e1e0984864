/* SPDX-License-Identifier: MIT */
/*
 * Where everything lives in the kernel: variables, keys of associative arrays and aggregations,
 * their maps. Decided once for all programs of a handle, before any code is generated.
 *
 * A key's text is as short as all its uses allow: a number when every use is a constant, 16 bytes
 * when every use is execname, strsize bytes otherwise.
 */
#include <string.h>
#include "base/errno.h"
#include "lower/cg.h"

enum dt_enc dt_string_enc(const struct dt_expr *e, uint32_t *fix)
{
	uint32_t fix_a = 0, fix_b = 0;
	enum dt_enc a, b;

	*fix = 0;
	switch (e->op) {
	case DT_E_STR: return DT_ENC_STRID;
	case DT_E_BUILTIN:
		if (e->row->flags & DT_BF_CONSTSTR)
			return DT_ENC_STRID;
		*fix = e->row->strbytes;
		return *fix ? DT_ENC_FIXSTR : DT_ENC_STR;
	case DT_E_COMMA: return dt_string_enc(e->kids[1], fix);
	case DT_E_CAST:
		return dt_type_is_string(e->kids[0]->type) ? dt_string_enc(e->kids[0], fix)
							   : DT_ENC_STR;
	case DT_E_COND:
		a = dt_string_enc(e->kids[1], &fix_a);
		b = dt_string_enc(e->kids[2], &fix_b);
		if (a != b || a == DT_ENC_STR || fix_a != fix_b)
			return DT_ENC_STR;
		*fix = fix_a;
		return a;
	default: return DT_ENC_STR;
	}
}

/* ---- keys ---- */

/* What all uses of a key have in common so far. */
struct key_use {
	bool seen;
	enum dt_enc enc;
	uint32_t fix;
};

static void meet(struct key_use *u, const struct dt_expr *e)
{
	uint32_t fix;
	enum dt_enc enc = dt_string_enc(e, &fix);

	if (!u->seen)
		*u = (struct key_use){ true, enc, fix };
	else if (u->enc != enc || u->fix != fix)
		u->enc = DT_ENC_STR;
}

/* Bytes and encoding of one key of type T. */
static uint32_t key_size(struct dt_plan *plan, const struct dt_type *t, const struct key_use *use,
			 enum dt_enc *enc)
{
	uint64_t size;

	if (dt_type_is_string(t)) {
		*enc = use->seen ? use->enc : DT_ENC_STR;
		if (*enc == DT_ENC_STRID)
			return 4;
		return *enc == DT_ENC_FIXSTR ? use->fix : (uint32_t)DT_ALIGN(plan->opts.strsize, 8);
	}
	size = dt_type_size(plan->env->types, t);
	*enc = DT_ENC_BYTES;
	return size ? (uint32_t)size : 8;
}

/* Maps that grow as keys come, where the kernel can allocate in any tracing program; else all
 * memory at once. */
static uint32_t growing(const struct dt_plan *plan)
{
	return dt_bpf_has(plan->env->bpf, DT_BPF_HAS_NOPREALLOC) ? BPF_F_NO_PREALLOC : 0;
}

static uint32_t field_align(uint32_t size)
{
	return size >= 8 ? 8 : size >= 4 ? 4 : size >= 2 ? 2 : 1;
}

/* ---- variables ---- */

struct var_walk {
	struct dt_plan *plan;
	const struct dt_tclause *clause;
	const struct dt_tprog *prog;
	DT_VEC(struct dt_var *) vars;
	DT_VEC(struct key_use *) uses; /* by place in vars */
};

static struct dt_var_rep *rep_of(struct var_walk *w, struct dt_var *var)
{
	for (size_t i = 0; i < w->vars.n; i++)
		if (w->vars.data[i] == var)
			return var->rep;
	var->rep = dt_arena_new_obj(w->plan->arena, struct dt_var_rep);
	dt_vec_push_arena(w->plan->arena, &w->vars, var);
	dt_vec_push_arena(w->plan->arena, &w->uses,
			  dt_arena_new_array(w->plan->arena, struct key_use, var->nkeys + 1));
	return var->rep;
}

static struct key_use *uses_of(struct var_walk *w, const struct dt_var *var)
{
	for (size_t i = 0; i < w->vars.n; i++)
		if (w->vars.data[i] == var)
			return w->uses.data[i];
	return NULL;
}

static void visit_var(void *arg, const struct dt_expr *e)
{
	struct var_walk *w = arg;
	struct dt_var_rep *rep;
	const struct dt_expr *elem = e;

	if (e->op != DT_E_VAR && e->op != DT_E_ELEM)
		return;
	rep = rep_of(w, e->var);
	/* tclauses of one source clause share their index. */
	const void *id = (const char *)w->prog + w->clause->index;
	if (rep->last_clause != id) {
		rep->last_clause = id;
		rep->nclauses++;
	}
	if (e->op == DT_E_ELEM) {
		struct key_use *uses = uses_of(w, e->var);

		for (uint32_t i = 0; i < elem->nkids && i < e->var->nkeys; i++)
			if (dt_type_is_string(e->var->keys[i]))
				meet(&uses[i], elem->kids[i]);
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

static uint32_t place(uint32_t *top, uint32_t size)
{
	uint32_t off = (uint32_t)DT_ALIGN(*top, field_align(size));

	*top = off + size;
	return off;
}

/* What one clause alone uses may be a register, which lands on the stack where there are too many.
 */
#define MAX_REGISTERS 12

static bool may_be_register(const struct var_walk *w, const struct dt_var *var)
{
	const struct dt_var_rep *rep = var->rep;
	unsigned n = 0;

	if (rep->nclauses > 1 || !dt_type_is_scalar(var->type))
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
		rep->off = DT_STATE_GLOBALS + place(&plan->globals_size, rep->size);
		break;
	case DT_SCOPE_THREAD:
		rep->where = DT_IN_TLS;
		rep->off = place(&plan->tls_size, rep->size);
		break;
	case DT_SCOPE_CLAUSE:
		if (may_be_register(w, var)) {
			rep->where = DT_IN_REG;
			break;
		}
		rep->where = DT_IN_SLOT;
		rep->off = DT_SLOT_THIS + place(&plan->this_size, rep->size);
		break;
	}
}

static void place_array(struct dt_plan *plan, const struct dt_var *var, struct dt_var_rep *rep,
			const struct key_use *uses)
{
	uint32_t top = 0, entry;
	struct dt_bpf_map_spec spec = { .type = BPF_MAP_TYPE_HASH,
					.flags = growing(plan),
					.name = var->name };

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
		f->size = key_size(plan, f->type, &uses[i], &f->enc);
		f->off = place(&top, f->size);
	}
	rep->key_size = (uint32_t)DT_ALIGN(DT_MAX(top, 8u), 8);
	spec.key_size = rep->key_size;
	spec.value_size = (uint32_t)DT_ALIGN(rep->size, 8);
	entry = spec.key_size + spec.value_size +
		48; /* the kernel's own bytes for each element, about */
	spec.max_entries = (uint32_t)DT_MAX(plan->opts.dynvarsize / entry, (uint64_t)1);
	rep->map = dt_plan_map(plan, &spec);
}

void dt_layout_variables(struct dt_plan *plan)
{
	struct var_walk w = { .plan = plan };

	dt_vec_each(&plan->clauses, it)
	{
		w.clause = (*it)->clause;
		w.prog = (*it)->prog;
		dt_walk_clause(w.clause, visit_var, &w);
	}
	for (size_t i = 0; i < w.vars.n; i++) {
		struct dt_var *var = w.vars.data[i];

		if (var->is_assoc)
			place_array(plan, var, var->rep, w.uses.data[i]);
		else
			place_scalar(&w, plan, var, var->rep);
	}
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

/* ---- aggregations ---- */

struct agg_walk {
	struct dt_plan *plan;
	struct dt_clause_plan *clause;
	DT_VEC(struct key_use *) uses; /* by variable id - 1 */
	bool keys_only;
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
	w->uses.data[agg->id - 1] = dt_arena_new_array(plan->arena, struct key_use, agg->nkeys + 1);
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
	for (uint32_t i = 0; i < s->nkeys; i++) {
		const struct dt_expr *e = s->keys[i];

		if (s->agg->key_rows[i] && e->nkids && e->kids[0]->op == DT_E_INT)
			ap->layout.keys[i].arg = (uint64_t)e->kids[0]->ival;
		if (dt_type_is_string(s->agg->keys[i]))
			meet(&w->uses.data[s->agg->id - 1][i], s->keys[i]);
	}
}

static void plan_key(struct dt_plan *plan, struct dt_key_layout *k, const struct dt_type *t,
		     const struct dt_builtin *row, const struct key_use *use)
{
	k->type = t;
	if (row) {
		k->action = row->action;
		row->layout_key(plan, k);
		return;
	}
	k->action = DTRACEACT_DIFEXPR;
	k->ksize = key_size(plan, t, use, &k->enc);
	k->size = dt_type_is_string(t) ? (uint32_t)plan->opts.strsize : k->ksize;
}

/* How many entries a keyed aggregation may hold: aggsize is a CPU's buffer in illumos, entries lie
 * on each CPU here. */
static uint32_t agg_entries(const struct dt_plan *plan, const struct dt_agg_plan *ap)
{
	uint64_t value = ap->layout.bucket_in_key ? 8 : (uint64_t)ap->layout.nwords * 8,
		 entry = ap->layout.kkey_size + value + 64;

	return (uint32_t)DT_MAX(plan->opts.aggsize / entry, (uint64_t)16);
}

/* Keys in the kernel and in dtada_data; returns where the kernel's end. */
static uint32_t plan_keys(struct dt_plan *plan, struct dt_agg_plan *ap, const struct key_use *uses)
{
	uint32_t ktop = 0, top = 16;

	for (uint32_t i = 0; i < ap->layout.nkeys; i++) {
		struct dt_key_layout *k = &ap->layout.keys[i];

		plan_key(plan, k, ap->agg->keys[i], ap->agg->key_rows[i], &uses[i]);
		k->koff = place(&ktop, k->ksize);
		top = (uint32_t)DT_ALIGN(top, k->size % 8 == 0   ? 8u
					      : k->size % 4 == 0 ? 4u
					      : k->size % 2 == 0 ? 2u
								 : 1u);
		k->offset = top;
		top += k->size;
	}
	ap->layout.value_offset = (uint32_t)DT_ALIGN(top, 8);
	return ktop;
}

static void plan_agg_maps(struct dt_plan *plan, struct dt_agg_plan *ap)
{
	struct dt_agg_layout *layout = &ap->layout;
	struct dt_bpf_map_spec spec = { .name = layout->name };

	layout->kvalue_size = layout->bucket_in_key ? 8 : layout->nwords * 8;
	if (!layout->kkey_size) {
		ap->has_mark = true;
		layout->kvalue_size += 8;
		layout->max_entries = 2;
		spec.type = BPF_MAP_TYPE_PERCPU_ARRAY;
		spec.key_size = 4;
	} else {
		layout->max_entries = agg_entries(plan, ap);
		spec.type = BPF_MAP_TYPE_PERCPU_HASH;
		spec.key_size = layout->kkey_size;
		spec.flags = growing(plan);
	}
	spec.value_size = layout->kvalue_size;
	spec.max_entries = layout->max_entries;
	layout->map[0] = dt_plan_map(plan, &spec);
	layout->map[1] = layout->kkey_size ? dt_plan_map(plan, &spec) : layout->map[0];
}

static void plan_agg(struct dt_plan *plan, struct dt_agg_plan *ap, const struct key_use *uses)
{
	struct dt_agg_layout *layout = &ap->layout;
	uint32_t ktop = plan_keys(plan, ap, uses);

	layout->nwords = dt_aggfunc_nwords(layout->func, layout->param);
	layout->value_size = dt_aggfunc_value_size(layout->func, layout->param);
	layout->size = layout->value_offset + layout->value_size;
	if (layout->nwords * 8 > 32760) {
		layout->bucket_in_key = true;
		place(&ktop, 4);
	}
	layout->kkey_size = ktop ? (uint32_t)DT_ALIGN(ktop, 4) : 0;
	plan_agg_maps(plan, ap);
}

/* Programs of several points that update one aggregation may cut in on each other. */
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
	if (*seen && *seen != w->point)
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
	find_atomic(plan);
}
