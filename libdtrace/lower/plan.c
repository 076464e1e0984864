/* SPDX-License-Identifier: MIT */
/*
 * Making the plan of a run: clauses get their numbers, probes are gathered into attach points,
 * everything is laid out (layout.c, reclayout.c), then the code of every point is generated
 * (main.c).
 */
#include <stdio.h>
#include <string.h>
#include "base/errno.h"
#include "lower/cg.h"

/* ---- texts and maps ---- */

uint32_t dt_plan_string(struct dt_plan *plan, const char *text)
{
	void **at = dt_table_at(&plan->string_ids, text, strlen(text), true);
	uint32_t off;

	if (!at)
		dt_fail_nomem(plan->compile);
	if (*at)
		return (uint32_t)(uintptr_t)*at - 1;
	off = (uint32_t)plan->layout.strings.len;
	dt_strbuf_add(&plan->layout.strings, text, strlen(text) + 1);
	if (plan->layout.strings.nomem)
		dt_fail_nomem(plan->compile);
	*at = (void *)(uintptr_t)(off + 1);
	return off;
}

uint32_t dt_plan_map(struct dt_plan *plan, const struct dt_bpf_map_spec *spec)
{
	struct dt_map_plan m = { .spec = *spec };

	dt_vec_push_arena(plan->arena, &plan->maps, m);
	return (uint32_t)plan->maps.n - 1;
}

static void fixed_maps(struct dt_plan *plan)
{
	struct dt_bpf_map_spec specs[DT_MAP_FIXED_COUNT] = {
		[DT_MAP_STATE] = { .type = BPF_MAP_TYPE_ARRAY,
				   .key_size = 4,
				   .max_entries = 1,
				   .flags = BPF_F_MMAPABLE,
				   .name = "state" },
		[DT_MAP_RINGS] = { .type = BPF_MAP_TYPE_ARRAY_OF_MAPS,
				   .key_size = 4,
				   .value_size = 4,
				   .max_entries = (uint32_t)plan->layout.ncpus,
				   .name = "rings" },
		[DT_MAP_SCRATCH] = { .type = BPF_MAP_TYPE_ARRAY,
				     .key_size = 4,
				     .max_entries = (uint32_t)plan->layout.ncpus * DT_NSLOTS,
				     .name = "scratch" },
		[DT_MAP_LEVEL] = { .type = BPF_MAP_TYPE_PERCPU_ARRAY,
				   .key_size = 4,
				   .value_size = 8,
				   .max_entries = 1,
				   .name = "level" },
		[DT_MAP_TLS] = { .type = BPF_MAP_TYPE_TASK_STORAGE,
				 .key_size = 4,
				 .flags = BPF_F_NO_PREALLOC,
				 .btf = DT_BPF_MAP_BTF_BYTES,
				 .name = "self" },
		[DT_MAP_RODATA] = { .type = BPF_MAP_TYPE_ARRAY,
				    .key_size = 4,
				    .max_entries = 1,
				    .flags = BPF_F_RDONLY_PROG,
				    .name = "rodata" },
		[DT_MAP_STRINGS] = { .type = BPF_MAP_TYPE_ARRAY,
				     .key_size = 4,
				     .max_entries = 1,
				     .flags = BPF_F_RDONLY_PROG,
				     .name = "strings" },
	};
	static const struct dt_bpf_map_spec ring = { .type = BPF_MAP_TYPE_RINGBUF, .name = "ring" };

	for (size_t i = 0; i < DT_MAP_FIXED_COUNT; i++)
		dt_plan_map(plan, &specs[i]);
	plan->end_ring = dt_plan_map(plan, &ring);
	if (plan->layout.ncpus > DT_DIRECT_RINGS)
		return;
	plan->first_ring = plan->end_ring + 1;
	for (int cpu = 0; cpu < plan->layout.ncpus; cpu++)
		dt_plan_map(plan, &ring);
}

/* ---- what a clause asks of its probes ---- */

static void visit_use(void *arg, const struct dt_expr *e)
{
	struct dt_point_use *use = arg;

	if (e->op != DT_E_BUILTIN && e->op != DT_E_CALL)
		return;
	use->args |= (e->row->flags & DT_BF_ARGS) != 0;
	use->stack |= (e->row->flags & DT_BF_STACK) != 0;
}

static void visit_use_stmt(void *arg, struct dt_stmt *s)
{
	struct dt_point_use *use = arg;

	if (s->kind == DT_S_ACTION)
		use->stack |= (s->row->flags & DT_BF_STACK) != 0;
}

static struct dt_point_use clause_use(const struct dt_tclause *c)
{
	struct dt_point_use use = { 0 };

	dt_walk_clause(c, visit_use, &use);
	dt_walk_stmts(c->stmts, c->nstmts, visit_use_stmt, &use);
	return use;
}

/* ---- gathering points ---- */

/* An enabled probe while points are gathered. */
struct enabled_probe {
	struct dt_probe *probe;
	struct dt_point_use use;
	struct dt_point *point;
	uint32_t place; /* among the point's probes */
};

/* The tables lie in the plan's arena. */
struct gather {
	struct dt_plan *plan;
	struct dt_table by_probe; /* struct dt_probe * -> struct enabled_probe * */
	struct dt_table by_key;   /* provider, mechanism, key -> struct dt_point * */
	DT_VEC(struct enabled_probe *) order;
};

static struct enabled_probe *enabled(struct gather *g, struct dt_probe *probe)
{
	void **at = dt_table_at(&g->by_probe, &probe, sizeof(probe), true);

	if (!*at) {
		struct enabled_probe *ep = dt_arena_new_obj(g->plan->arena, struct enabled_probe);

		ep->probe = probe;
		*at = ep;
		dt_vec_push_arena(g->plan->arena, &g->order, ep);
	}
	return *at;
}

static void point_refused(struct dt_plan *plan, struct dt_probe *probe, int err)
{
	struct dt_strbuf *why = &probe->provider->probes->why;

	if (why->len)
		dt_fail_err(plan->compile, EDT_KERNEL, "%s:%s:%s:%s: %s", probe->prov, probe->mod,
			    probe->func, probe->name, why->s);
	dt_fail_err(plan->compile, EDT_ENABLING_ERR, "cannot enable %s:%s:%s:%s: %s", probe->prov,
		    probe->mod, probe->func, probe->name, dt_strerror(-err));
}

static struct dt_point *point_of(struct gather *g, struct enabled_probe *ep)
{
	struct dt_plan *plan = g->plan;
	struct dt_provider *prov = ep->probe->provider;
	struct dt_point_key key = { 0 };
	struct dt_point *pt;
	const char *text;
	void **at;
	int err;

	dt_strbuf_clear(&prov->probes->why);
	err = prov->ops->point(prov, ep->probe, &ep->use, &key);
	if (err)
		point_refused(plan, ep->probe, err);
	text = dt_arena_printf(plan->arena, "%p %p %s", (void *)prov, (const void *)key.mech,
			       key.key);
	at = dt_table_at(&g->by_key, text, strlen(text), true);
	if (*at)
		return *at;
	pt = dt_arena_new_obj(plan->arena, struct dt_point);
	pt->provider = prov;
	pt->key = key;
	pt->role = ep->probe->role;
	pt->name = dt_arena_printf(plan->arena, "%s_%s", prov->ops->name, key.key);
	dt_vec_push_arena(plan->arena, &plan->points, pt);
	*at = pt;
	return pt;
}

/* First pass: which probes, what is asked of each. */
static void collect_probes(struct gather *g)
{
	dt_vec_each(&g->plan->clauses, it)
	{
		const struct dt_tclause *c = (*it)->clause;
		struct dt_point_use use = clause_use(c);

		for (uint32_t i = 0; i < c->nprobes; i++) {
			struct enabled_probe *ep;

			if (c->probes[i]->role == DT_ROLE_ERROR) {
				(*it)->layout.is_error = true;
				g->plan->error_probe = c->probes[i];
				dt_vec_push_arena(g->plan->arena, &g->plan->error_clauses, *it);
				continue;
			}
			ep = enabled(g, c->probes[i]);
			ep->use.args |= use.args;
			ep->use.stack |= use.stack;
		}
	}
}

/* Second pass: points and their probes, numbered one after the other. */
static void number_probes(struct gather *g)
{
	struct dt_plan *plan = g->plan;

	dt_vec_each(&g->order, it)
	{
		(*it)->point = point_of(g, *it);
		(*it)->place = (*it)->point->nprobes++;
	}
	dt_vec_each(&plan->points, it)
	{
		struct dt_point *pt = *it;

		pt->first_probe = (uint32_t)plan->layout.probes.n;
		pt->probes = dt_arena_new_array(plan->arena, struct dt_probe *, pt->nprobes);
		for (uint32_t i = 0; i < pt->nprobes; i++)
			dt_vec_push_arena(plan->arena, &plan->layout.probes, NULL);
		if (pt->role == DT_ROLE_BEGIN)
			plan->begin = pt;
		if (pt->role == DT_ROLE_END)
			plan->end = pt;
	}
	dt_vec_each(&g->order, it)
	{
		struct dt_point *pt = (*it)->point;

		pt->probes[(*it)->place] = (*it)->probe;
		plan->layout.probes.data[pt->first_probe + (*it)->place] = (*it)->probe;
		pt->use.args |= (*it)->use.args;
		pt->use.stack |= (*it)->use.stack;
	}
	plan->error_index = (uint32_t)plan->layout.probes.n;
	if (plan->error_probe)
		dt_vec_push_arena(plan->arena, &plan->layout.probes, plan->error_probe);
}

/* A clause on a point: found or appended (clauses come in order, so it can only be the last one).
 */
static struct dt_point_clause *point_clause(struct dt_plan *plan, struct dt_point *pt,
					    struct dt_clause_plan *cp)
{
	struct dt_point_clause pc = { .plan = cp };

	if (pt->clauses.n && pt->clauses.data[pt->clauses.n - 1].plan == cp)
		return &pt->clauses.data[pt->clauses.n - 1];
	pc.probes = dt_arena_new_array(plan->arena, uint64_t, pt->nprobes / 64 + 1);
	dt_vec_push_arena(plan->arena, &pt->clauses, pc);
	return &pt->clauses.data[pt->clauses.n - 1];
}

static void enable_clauses(struct gather *g)
{
	struct dt_plan *plan = g->plan;

	dt_vec_each(&plan->clauses, it)
	{
		const struct dt_tclause *c = (*it)->clause;

		for (uint32_t i = 0; i < c->nprobes; i++) {
			struct enabled_probe *ep;

			if (c->probes[i]->role == DT_ROLE_ERROR)
				continue;
			ep = enabled(g, c->probes[i]);
			point_clause(plan, ep->point, *it)->probes[ep->place / 64] |=
				1ULL << (ep->place % 64);
		}
	}
	dt_vec_each(&plan->points, it)
	{
		dt_vec_each(&(*it)->clauses, pc)
		{
			uint32_t n = 0;

			for (uint32_t i = 0; i <= (*it)->nprobes / 64; i++)
				n += (uint32_t)__builtin_popcountll(pc->probes[i]);
			pc->all = n == (*it)->nprobes;
		}
	}
}

static void gather_points(struct dt_plan *plan)
{
	struct gather g = {
		.plan = plan,
		.by_probe = { .arena = plan->arena },
		.by_key = { .arena = plan->arena },
	};

	collect_probes(&g);
	number_probes(&g);
	enable_clauses(&g);
}

/* ---- the whole ---- */

static void number_clauses(struct dt_plan *plan, struct dt_tprog *const *progs, size_t nprogs)
{
	uint32_t epid = 1;

	for (size_t p = 0; p < nprogs; p++) {
		dt_vec_each(&progs[p]->clauses, it)
		{
			struct dt_clause_plan *cp = dt_arena_new_obj(plan->arena,
								     struct dt_clause_plan);

			cp->id = (uint32_t)plan->clauses.n;
			cp->clause = *it;
			cp->prog = progs[p];
			cp->layout.probes = (*it)->probes;
			cp->layout.nprobes = (*it)->nprobes;
			cp->layout.epid_first = epid;
			epid += (*it)->nprobes;
			dt_vec_push_arena(plan->arena, &plan->clauses, cp);
			dt_vec_push_arena(plan->arena, &plan->layout.clauses, &cp->layout);
		}
	}
	plan->layout.nepids = epid - 1;
}

/* What a mechanism gets that needs to know nothing else. */
static const struct dt_target *bare_target(struct dt_plan *plan, const struct dt_mech_ops *mech)
{
	struct dt_target *target = dt_arena_new_obj(plan->arena, struct dt_target);

	target->mech = mech;
	return target;
}

static void set_targets(struct dt_plan *plan)
{
	dt_vec_each(&plan->points, it)
	{
		struct dt_point *pt = *it;
		const struct dt_provider_ops *ops = pt->provider->ops;
		int err;

		if (!ops->target) {
			pt->target = bare_target(plan, pt->key.mech);
			continue;
		}
		dt_strbuf_clear(&pt->provider->probes->why);
		err = ops->target(pt->provider, &pt->key, pt->probes, pt->nprobes, plan->arena,
				  &pt->target);
		if (err)
			point_refused(plan, pt->probes[0], err);
	}
}

static void mark_maps(struct dt_plan *plan)
{
	struct dt_map_plan *maps = plan->maps.data;

	dt_vec_each(&plan->points, it) for (uint32_t i = 0; i < (*it)->code.nrelocs; i++)
		maps[(*it)->code.relocs[i].map]
			.used = true;
	maps[DT_MAP_STATE].used = true;
	maps[DT_MAP_STATE].spec.value_size = plan->layout.state_size;
	maps[DT_MAP_SCRATCH].spec.value_size = (uint32_t)DT_ALIGN(plan->slot_size, 8);
	maps[DT_MAP_RODATA].spec.value_size = (uint32_t)DT_ALIGN(plan->rodata.len, 8);
	maps[DT_MAP_STRINGS].spec.value_size = (uint32_t)DT_ALIGN(plan->layout.strings.len, 8);
	/* Contents are copied as whole values. */
	dt_strbuf_pad(&plan->rodata, '\0', 8);
	dt_strbuf_pad(&plan->layout.strings, '\0', 8);
	if (plan->rodata.nomem || plan->layout.strings.nomem)
		dt_fail_nomem(plan->compile);
	maps[DT_MAP_RODATA].init = plan->rodata.s;
	maps[DT_MAP_STRINGS].init = plan->layout.strings.s;
}

struct dt_plan *dt_plan_new(struct dt_compile *compile, const struct dt_env *env,
			    const struct dt_plan_opts *opts)
{
	struct dt_plan *plan = dt_arena_new_obj(compile->arena, struct dt_plan);

	plan->compile = compile;
	plan->arena = compile->arena;
	plan->env = env;
	plan->opts = *opts;
	plan->layout.ncpus = dt_bpf_ncpus(env->bpf);
	plan->layout.timestamps = opts->timestamps;
	plan->layout.strsize = opts->strsize;
	plan->layout.header_size = (uint32_t)sizeof(struct dt_krec) + (opts->timestamps ? 8 : 0);
	return plan;
}

void dt_plan_generate(struct dt_plan *plan, struct dt_tprog *const *progs, size_t nprogs)
{
	dt_plan_string(plan, "");
	fixed_maps(plan);
	number_clauses(plan, progs, nprogs);
	gather_points(plan);
	set_targets(plan);
	dt_layout_variables(plan);
	dt_layout_aggs(plan);
	dt_layout_records(plan);
	plan->layout.counters_off = (uint32_t)DT_ALIGN(DT_STATE_GLOBALS + plan->globals_size, 128);
	plan->layout.spec_off = plan->layout.counters_off +
				(uint32_t)plan->layout.ncpus * DT_COUNTER_STRIDE;
	plan->layout.state_size = plan->layout.spec_off + DT_SPEC_MAX * 8;
	dt_vec_each(&plan->points, it) dt_cg_point(plan, *it);
	mark_maps(plan);
}

void dt_plan_free(struct dt_plan *plan)
{
	if (!plan)
		return;
	dt_strbuf_free(&plan->layout.strings);
	dt_strbuf_free(&plan->rodata);
	dt_table_free(&plan->string_ids);
}

void dt_plan_print(const struct dt_plan *plan, struct dt_strbuf *out)
{
	dt_vec_each(&plan->points, it)
	{
		struct dt_strbuf text = { 0 };

		dt_strbuf_printf(out, "\n%s: %u probes, %zu clauses\n", (*it)->name, (*it)->nprobes,
				 (*it)->clauses.n);
		dt_ir_print((*it)->unit, out);
		dt_bpf_disasm(&text, (*it)->code.insns, (*it)->code.ninsns);
		dt_strbuf_puts(out, dt_strbuf_str(&text));
		dt_strbuf_free(&text);
	}
}
