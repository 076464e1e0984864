/* SPDX-License-Identifier: MIT */
/*
 * The second stage of a plan: a point of many clauses is cut into segments, each a program of its
 * own, which tail-call each other.  So an event pays for its own clauses only, and no program meets
 * the kernel's limits (256 functions, a million verified instructions, 8,192 pending jumps; the
 * time to load grows with the square of a program's length).
 *
 * The clauses are cut, in the order of enabling, into stages.  Within a stage, probes that run the
 * same clauses share one segment:
 *
 *	                     stage 1                stage 2
 *	probe open      ->   clauses 0 1 2 5   ->   clauses 40 41 ...
 *	probe openat    ->   clauses 0 1 2 5   -^
 *	probe read      ->   clauses 0 3 4 5   ->   clauses 41 50 ...
 *	probe write     ->   ----------------- ->   clauses 42 ...
 *
 * A clause that several groups of probes run is compiled once for each, so a stage also ends where
 * there would be too many copies: clauses for all probes in front of one for each are a stage of
 * their own.  Where this makes more stages than the kernel allows tail calls, a segment is all
 * clauses of its stage, with a test of the probe before each, as in a point that is not cut.
 */
#include <linux/bpf.h>
#include <string.h>
#include "base/fail.h"
#include "base/util.h"
#include "check/tree.h"
#include "lower/plan.h"
#include "lower/segments.h"
#include "lower/walk.h"

/* A point is cut when it has more clauses than this, or more to do.  A clause's cost is about the
 * number of its instructions. */
#define WHOLE_CLAUSES   64
#define WHOLE_COST      8000
#define WHOLE_FUNCTIONS 128 /* ERROR clauses are functions of each program, too */
/* A segment has at most so many; several times as many where there would be too many stages. */
#define SEGMENT_CLAUSES     32
#define SEGMENT_COST        4000
#define SEGMENT_CLAUSES_MAX 128
/* Clauses that a stage may compile: so many, and so many for each of its clauses. */
#define COPIES       64
#define COPIES_TIMES 3
/* MAX_TAIL_CALL_CNT is 33, one of which the point's own program makes. */
#define MAX_STAGES 32

/* Probes that run the same clauses of the stage. */
struct group {
	uint32_t nprobes, nclauses;
	uint64_t cost;
	uint32_t hits;  /* how many of the probes run the clause in hand */
	uint32_t split; /* 1 + the group that those move to; 0: none */
};

struct cut {
	struct dt_plan *plan;
	struct dt_point *pt;
	uint32_t *group_of; /* by probe */
	DT_VEC(struct group) groups;
	uint32_t first, end; /* the stage's clauses */
	uint64_t copies;
	uint32_t nstages;
	uint32_t times;  /* how many times SEGMENT_CLAUSES and SEGMENT_COST a segment may have */
	uint32_t **last; /* by probe: where the number of its next segment goes */
};

/* ---- what a clause costs ---- */

static void count_expr(void *arg, const struct dt_expr *e)
{
	uint32_t *cost = arg;

	*cost += e->op == DT_E_CALL ? 60 : 8;
}

static void count_stmt(void *arg, struct dt_stmt *s)
{
	uint32_t *cost = arg;

	(void)s;
	*cost += 30;
}

static uint32_t clause_cost(const struct dt_clause_plan *cp)
{
	const struct dt_tclause *c = cp->clause;
	uint32_t cost = 30;

	dt_walk_clause(c, count_expr, &cost);
	dt_walk_stmts(c->stmts, c->nstmts, count_stmt, &cost);
	return cost;
}

/* ---- stages: which probes run the same clauses ---- */

static bool runs(const struct dt_point_clause *pc, uint32_t probe)
{
	return pc->all || (pc->probes[probe / 64] >> (probe % 64) & 1);
}

static void count_hits(struct cut *c, const struct dt_point_clause *pc)
{
	for (size_t i = 0; i < c->groups.n; i++)
		c->groups.data[i].hits = c->groups.data[i].split = 0;
	for (uint32_t p = 0; p < c->pt->nprobes; p++)
		if (runs(pc, p))
			c->groups.data[c->group_of[p]].hits++;
}

/* Whether the stage has room for the clause, whose hits have been counted. */
static bool has_room(const struct cut *c, uint32_t cost)
{
	uint64_t copies = c->copies;

	dt_vec_each(&c->groups, g)
	{
		if (!g->hits)
			continue;
		copies += 1 + (g->hits < g->nprobes ? g->nclauses : 0);
		if (g->nclauses && (g->nclauses >= c->times * SEGMENT_CLAUSES ||
				    g->cost + cost > c->times * SEGMENT_COST))
			return false;
	}
	return copies <= COPIES + COPIES_TIMES * (uint64_t)(c->end - c->first + 1);
}

/* Part of group G runs the clause: that part becomes a group of its own. */
static uint32_t split_group(struct cut *c, uint32_t g)
{
	struct group *from = &c->groups.data[g], part = *from;

	if (from->split)
		return from->split - 1;
	part.nprobes = part.hits = from->hits;
	from->nprobes -= from->hits;
	from->split = (uint32_t)c->groups.n + 1;
	dt_vec_push_arena(c->plan->arena, &c->groups, part);
	return (uint32_t)c->groups.n - 1;
}

static void add_clause(struct cut *c, const struct dt_point_clause *pc, uint32_t cost)
{
	uint32_t before = (uint32_t)c->groups.n;

	for (uint32_t p = 0; p < c->pt->nprobes; p++) {
		const struct group *g = &c->groups.data[c->group_of[p]];

		if (runs(pc, p) && (g->split || g->hits < g->nprobes))
			c->group_of[p] = split_group(c, c->group_of[p]);
	}
	for (uint32_t g = 0; g < c->groups.n; g++) {
		struct group *group = &c->groups.data[g];

		if (g < before && (!group->hits || group->split))
			continue;
		c->copies += 1 + (g < before ? 0 : group->nclauses);
		group->nclauses++;
		group->cost += cost;
	}
	c->end++;
}

static void begin_stage(struct cut *c)
{
	struct group all = { .nprobes = c->pt->nprobes };

	c->first = c->end;
	c->copies = 0;
	c->groups.n = 0;
	dt_vec_push_arena(c->plan->arena, &c->groups, all);
	memset(c->group_of, 0, c->pt->nprobes * sizeof(*c->group_of));
}

/* ---- segments ---- */

static struct dt_point *new_segment(struct cut *c)
{
	struct dt_plan *plan = c->plan;
	struct dt_point *pt = c->pt, *seg = dt_arena_new_obj(plan->arena, struct dt_point);

	*seg = *pt;
	seg->name = dt_arena_printf(plan->arena, "%s/%zu", pt->name, pt->segments.n);
	seg->only = NULL;
	memset(&seg->segments, 0, sizeof(seg->segments));
	memset(&seg->clauses, 0, sizeof(seg->clauses));
	seg->whole = pt;
	seg->next = dt_arena_new_array(plan->arena, uint32_t, pt->nprobes);
	dt_vec_push_arena(plan->arena, &pt->segments, seg);
	return seg;
}

/* The probe's chain goes on with SEG. */
static void append(struct cut *c, uint32_t probe, struct dt_point *seg, uint32_t number)
{
	*c->last[probe] = number + 1;
	c->last[probe] = &seg->next[probe];
}

/* The segment of a group, after its first probe has been found. */
static struct dt_point *group_segment(struct cut *c, uint32_t g, uint32_t probe)
{
	struct dt_point *seg = new_segment(c);

	for (uint32_t i = c->first; i < c->end; i++) {
		struct dt_point_clause pc = c->pt->clauses.data[i];

		if (!runs(&pc, probe))
			continue;
		pc.all = true;
		dt_vec_push_arena(c->plan->arena, &seg->clauses, pc);
	}
	if (c->groups.data[g].nprobes == 1) {
		seg->only = c->pt->probes[probe];
		seg->only_place = probe;
	}
	return seg;
}

static void end_stage(struct cut *c)
{
	struct dt_point **segs = dt_arena_new_array(c->plan->arena, struct dt_point *, c->groups.n);
	uint32_t *number = dt_arena_new_array(c->plan->arena, uint32_t, c->groups.n);

	for (uint32_t p = 0; p < c->pt->nprobes; p++) {
		uint32_t g = c->group_of[p];

		if (!c->groups.data[g].nclauses)
			continue;
		if (!segs[g]) {
			number[g] = (uint32_t)c->pt->segments.n;
			segs[g] = group_segment(c, g, p);
		}
		append(c, p, segs[g], number[g]);
	}
	c->nstages++;
}

static void reset(struct cut *c)
{
	c->pt->segments.n = 0;
	c->nstages = 0;
	c->end = 0;
	for (uint32_t p = 0; p < c->pt->nprobes; p++)
		c->last[p] = &c->pt->next[p];
	begin_stage(c);
}

/* ---- cutting ---- */

static void cut_by_probe(struct cut *c)
{
	reset(c);
	dt_vec_each(&c->pt->clauses, pc)
	{
		uint32_t cost = clause_cost(pc->plan);

		count_hits(c, pc);
		if (c->end > c->first && !has_room(c, cost)) {
			end_stage(c);
			begin_stage(c);
			count_hits(c, pc);
		}
		add_clause(c, pc, cost);
	}
	end_stage(c);
}

/* Stages of equal length, each with one segment, which all probes run. */
static void cut_by_number(struct cut *c)
{
	uint32_t n = (uint32_t)c->pt->clauses.n;
	uint32_t length = DT_MAX(SEGMENT_CLAUSES, (n + MAX_STAGES - 1) / MAX_STAGES);

	if (length > SEGMENT_CLAUSES_MAX)
		dt_fail_hint(c->plan->compile, NULL, "D_CG_EXPR",
			     "give the clauses to several runs, or merge some",
			     "%u clauses are enabled at %s: at most %d can be", n, c->pt->name,
			     MAX_STAGES * SEGMENT_CLAUSES_MAX);
	reset(c);
	for (uint32_t first = 0; first < n; first += length) {
		uint32_t number = (uint32_t)c->pt->segments.n;
		struct dt_point *seg = new_segment(c);

		for (uint32_t i = first; i < n && i < first + length; i++)
			dt_vec_push_arena(c->plan->arena, &seg->clauses, c->pt->clauses.data[i]);
		for (uint32_t p = 0; p < c->pt->nprobes; p++)
			append(c, p, seg, number);
		if (c->pt->nprobes == 1)
			seg->only = c->pt->only;
	}
}

static bool is_large(const struct dt_plan *plan, const struct dt_point *pt)
{
	uint64_t cost = 0;

	if (pt->clauses.n > WHOLE_CLAUSES)
		return true;
	dt_vec_each(&pt->clauses, pc) cost += clause_cost(pc->plan);
	return pt->clauses.n > 1 &&
	       (cost > WHOLE_COST || pt->clauses.n + plan->error_clauses.n > WHOLE_FUNCTIONS);
}

static void cut_point(struct dt_plan *plan, struct dt_point *pt)
{
	struct dt_bpf_map_spec spec = {
		.type = BPF_MAP_TYPE_PROG_ARRAY, .key_size = 4, .value_size = 4, .name = "segments"
	};
	struct cut c = {
		.plan = plan,
		.pt = pt,
		.group_of = dt_arena_new_array(plan->arena, uint32_t, pt->nprobes),
		.last = dt_arena_new_array(plan->arena, uint32_t *, pt->nprobes),
	};

	pt->next = dt_arena_new_array(plan->arena, uint32_t, pt->nprobes);
	for (c.times = 1; c.times * SEGMENT_CLAUSES <= SEGMENT_CLAUSES_MAX; c.times *= 2) {
		cut_by_probe(&c);
		if (c.nstages <= MAX_STAGES)
			break;
	}
	if (c.nstages > MAX_STAGES)
		cut_by_number(&c);
	spec.max_entries = (uint32_t)pt->segments.n;
	pt->segments_map = dt_plan_map(plan, &spec, DT_SIZED_FIXED);
	dt_vec_each(&pt->segments, seg)(*seg)->segments_map = pt->segments_map;
}

void dt_plan_segments(struct dt_plan *plan)
{
	dt_vec_each(&plan->points, it)
	{
		if (is_large(plan, *it))
			cut_point(plan, *it);
	}
}
