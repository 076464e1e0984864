/* SPDX-License-Identifier: MIT */
/*
 * The first stage of a plan: which clauses are enabled, on which attach points.  Clauses are
 * numbered in the order of enabling.  Each probe's provider says which attach point serves it; a
 * point may serve several.  Every point then gets its clauses and its mechanism's target.
 */
#include <string.h>
#include "base/errno.h"
#include "base/fail.h"
#include "check/tree.h"
#include "contract/builtin.h"
#include "contract/provider.h"
#include "lower/plan.h"
#include "lower/points.h"
#include "lower/walk.h"
#include "probe/probe.h"

/* ---- clauses ---- */

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

/* ---- points ---- */

/* An enabled probe while points are gathered. */
struct enabled_probe {
	struct dt_probe *probe;
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
	err = prov->ops->point(prov, ep->probe, &key);
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

/* A clause's probe, behind those that it needs: points are attached in this order. */
static struct enabled_probe *enable(struct gather *g, struct dt_probe *probe)
{
	struct dt_provider *prov = probe->provider;
	struct dt_probe *companion;

	for (uint32_t n = 0;
	     prov->ops->companion && (companion = prov->ops->companion(prov, probe, n)); n++)
		enabled(g, companion);
	return enabled(g, probe);
}

/* First pass: the enabled probes. */
static void collect_probes(struct gather *g)
{
	dt_vec_each(&g->plan->clauses, it)
	{
		const struct dt_tclause *c = (*it)->clause;

		for (uint32_t i = 0; i < c->nprobes; i++) {
			if (c->probes[i]->role == DT_ROLE_ERROR) {
				(*it)->layout.is_error = true;
				g->plan->error_probe = c->probes[i];
				dt_vec_push_arena(g->plan->arena, &g->plan->error_clauses, *it);
				continue;
			}
			enable(g, c->probes[i]);
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
		if (pt->nprobes == 1)
			pt->only = (*it)->probe;
	}
	plan->error_index = (uint32_t)plan->layout.probes.n;
	if (plan->error_probe)
		dt_vec_push_arena(plan->arena, &plan->layout.probes, plan->error_probe);
}

/* A clause on a point, found or appended.  Clauses come in order, so only the last one can be it.
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

/* ---- targets ---- */

/* The target of a mechanism that needs to know nothing but itself. */
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

void dt_plan_points(struct dt_plan *plan, struct dt_tprog *const *progs, size_t nprogs)
{
	struct gather g = {
		.plan = plan,
		.by_probe = { .arena = plan->arena },
		.by_key = { .arena = plan->arena },
	};

	number_clauses(plan, progs, nprogs);
	collect_probes(&g);
	number_probes(&g);
	enable_clauses(&g);
	set_targets(plan);
}
