/* SPDX-License-Identifier: MIT */
/*
 * Register allocation: a linear scan over live intervals.  Since jumps go forward only, a virtual
 * register lives exactly from its first definition to its last use, on every path.
 *
 * - r6..r9 survive calls, r1..r5 do not.  r0 is the emitter's own, for results of calls and
 *   temporaries.
 * - An interval that ends as an argument of a call has that argument's register as its hint, and
 *   passes the hint on to what it is computed from.
 * - Where registers run out, the interval with the fewest uses for its length is spilled as a
 *   whole.
 * - Constants and addresses (dt_ir_is_remat) get a register only where that evicts nobody; else
 *   they are rematerialised at each use.
 *
 * The stack is laid out here too: objects and spill slots share places that are not in use
 * together.
 */
#include <assert.h>
#include <stdlib.h>
#include "ir/ops.h"
#include "ir/regalloc.h"

#define NREGS        10
#define CALLEE_SAVED 0x3c0u /* r6..r9 */
#define ALLOCATABLE  0x3feu /* r1..r9 */
#define STACK_MAX    512    /* of one BPF function */

struct scan {
	struct dt_ir_unit *u;
	struct dt_ir_func *f;
	struct dt_ra *ra;
	uint32_t *calls_before;  /* by instruction: number of calls before it */
	dt_vreg occupant[NREGS]; /* 0: free */
	DT_VEC(dt_vreg) spilled; /* in the order of their starts, once sorted */
};

_Noreturn void dt_ir_too_complex(struct dt_ir_unit *u, const struct dt_ir_func *f)
{
	dt_fail_hint(u->compile, NULL, "D_CG_EXPR",
		     "split it: keep parts of it in this-> variables",
		     "expression is too complex: %s does not fit its stack", f->name);
}

static bool crosses_call(const struct scan *s, const struct dt_ra_place *p)
{
	return s->calls_before[(p->end + 1) / 2] > s->calls_before[(p->start + 1) / 2];
}

/* ---- intervals ---- */

/* Returned values, arguments and first operands are moved anyway. */
static bool wants_register(const struct dt_ir_insn *insn, const dt_vreg *v)
{
	unsigned shape = dt_ir_shape(insn->op);

	if (v != &insn->a)
		return !(shape & DT_IRS_N);
	return insn->op != DT_IR_RET &&
	       !((shape & DT_IRS_D) && !(shape & DT_IRS_O) && !dt_ir_is_setcc(insn->op));
}

static void note_use(struct scan *s, const struct dt_ir_insn *insn, const dt_vreg *v, uint32_t i)
{
	struct dt_ra_place *p = &s->ra->place[*v];

	assert(p->ndefs);
	p->nuses++;
	p->nreg_uses += wants_register(insn, v);
	p->end = 2 * i;
}

static void note_def(struct scan *s, const struct dt_ir_insn *insn, uint32_t i)
{
	struct dt_ra_place *p = &s->ra->place[insn->dst];

	if (!p->ndefs++) {
		p->start = 2 * i + 1;
		p->remat = dt_ir_is_remat(insn->op) ? (int32_t)i : -1;
	} else {
		p->remat = -1;
	}
	p->end = 2 * i + 1;
}

static void find_intervals(struct scan *s)
{
	struct dt_ir_func *f = s->f;
	uint32_t ncalls = 0;

	for (uint32_t v = 0; v <= f->nvregs; v++)
		s->ra->place[v] = (struct dt_ra_place){ .reg = -1, .hint = -1, .remat = -1 };
	for (uint32_t i = 0; i < f->code.n; i++) {
		struct dt_ir_insn *insn = &f->code.data[i];

		s->calls_before[i] = ncalls;
		DT_IR_EACH_USE(insn, v, note_use(s, insn, v, i));
		if ((dt_ir_shape(insn->op) & DT_IRS_D) && insn->dst)
			note_def(s, insn, i);
		ncalls += dt_ir_is_call(insn->op);
	}
	s->calls_before[f->code.n] = ncalls;
	s->calls_before[f->code.n + 1] = ncalls;
}

/* Backwards, so that a hint reaches what the value is computed from. */
static void find_hints(struct scan *s)
{
	struct dt_ra_place *place = s->ra->place;

	for (uint32_t i = (uint32_t)s->f->code.n; i-- > 0;) {
		const struct dt_ir_insn *insn = &s->f->code.data[i];
		unsigned shape = dt_ir_shape(insn->op);

		for (unsigned k = 0; (shape & DT_IRS_N) && k < insn->nargs; k++)
			if (place[insn->args[k]].end == 2 * i && place[insn->args[k]].hint < 0)
				place[insn->args[k]].hint = (int8_t)(k + 1);
		if ((shape & DT_IRS_D) && (shape & DT_IRS_A) && !(shape & DT_IRS_O) && insn->dst &&
		    place[insn->a].end == 2 * i && place[insn->a].hint < 0)
			place[insn->a].hint = place[insn->dst].hint;
	}
}

/* ---- the scan ---- */

/* The spill weight: uses per length. */
static uint64_t spill_weight(const struct dt_ra_place *p)
{
	uint64_t n = p->remat >= 0 ? 1 : 16;

	return ((n * (p->nuses + p->ndefs)) << 20) / (p->end - p->start + 1);
}

static void expire(struct scan *s, uint32_t position)
{
	for (int r = 0; r < NREGS; r++)
		if (s->occupant[r] && s->ra->place[s->occupant[r]].end < position)
			s->occupant[r] = 0;
}

static int pick_free(const struct scan *s, const struct dt_ra_place *p,
		     const struct dt_ir_insn *insn, unsigned allowed)
{
	static const int8_t order[] = { 5, 4, 3, 2, 1, 6, 7, 8, 9 };
	unsigned shape = dt_ir_shape(insn->op);

	for (unsigned r = 0; r < NREGS; r++)
		if (s->occupant[r])
			allowed &= ~(1u << r);
	if (insn->op == DT_IR_CTX && (allowed & 2))
		return 1;
	if (p->hint > 0 && (allowed & 1u << p->hint))
		return p->hint;
	/* where operand a has just ended: the operation works in place */
	if ((shape & DT_IRS_A) && !(shape & DT_IRS_O) && insn->a) {
		int r = s->ra->place[insn->a].reg;

		if (r >= 0 && (allowed & 1u << r))
			return r;
	}
	for (unsigned k = 0; k < ARRAY_SIZE(order); k++)
		if (allowed & 1u << order[k])
			return order[k];
	return -1;
}

/* A register of ALLOWED whose occupant has less weight than V, or -1. */
static int pick_victim(const struct scan *s, dt_vreg v, unsigned allowed)
{
	uint64_t least = spill_weight(&s->ra->place[v]);
	int best = -1;

	for (int r = 0; r < NREGS; r++) {
		uint64_t w;

		if (!(allowed & 1u << r) || !s->occupant[r])
			continue;
		w = spill_weight(&s->ra->place[s->occupant[r]]);
		if (w < least) {
			least = w;
			best = r;
		}
	}
	return best;
}

static void spill(struct scan *s, dt_vreg v)
{
	s->ra->place[v].reg = -1;
	if (s->ra->place[v].remat < 0)
		dt_vec_push_arena(s->u->arena, &s->spilled, v);
}

static void place_one(struct scan *s, const struct dt_ir_insn *insn)
{
	dt_vreg v = insn->dst;
	struct dt_ra_place *p = &s->ra->place[v];
	bool crosses = crosses_call(s, p);
	unsigned allowed = crosses ? CALLEE_SAVED : ALLOCATABLE;
	int r;

	if (p->remat >= 0 &&
	    (crosses || !p->nreg_uses || (insn->op != DT_IR_CONST && insn->op != DT_IR_MAPVAL)))
		return;
	r = pick_free(s, p, insn, allowed);
	if (r < 0 && p->remat < 0) {
		r = pick_victim(s, v, allowed);
		if (r >= 0)
			spill(s, s->occupant[r]);
	}
	if (r < 0) {
		spill(s, v);
		return;
	}
	s->occupant[r] = v;
	p->reg = (int8_t)r;
}

static void scan(struct scan *s)
{
	for (uint32_t i = 0; i < s->f->code.n; i++) {
		const struct dt_ir_insn *insn = &s->f->code.data[i];

		if (!(dt_ir_shape(insn->op) & DT_IRS_D) || !insn->dst ||
		    s->ra->place[insn->dst].start != 2 * i + 1)
			continue;
		expire(s, 2 * i + 1);
		place_one(s, insn);
	}
}

/* ---- stack ---- */

/* The instructions from the first to the last that has an object's address. */
struct span {
	uint32_t start, end; /* start > end: never used */
};

static void extend(struct span *span, uint32_t i)
{
	span->start = DT_MIN(span->start, i);
	span->end = DT_MAX(span->end, i);
}

/* An address that cannot be followed any further keeps its object alive to the end. */
static bool escapes(const struct dt_ir_insn *insn, dt_vreg v)
{
	if (insn->op == DT_IR_MOV || insn->op == DT_IR_ADD || insn->op == DT_IR_SUB)
		return false;
	return ((dt_ir_shape(insn->op) & DT_IRS_D) && !dt_ir_is_call(insn->op) &&
		insn->op != DT_IR_LD && v == insn->a && !(dt_ir_shape(insn->op) & DT_IRS_O)) ||
	       ((dt_ir_shape(insn->op) & DT_IRS_O) && v == insn->b);
}

/* Which object's address a register holds, plus 1.  Jumps go forward, so one walk sees every path.
 */
static void follow(struct span *spans, uint32_t *holds, struct dt_ir_insn *insn, uint32_t i,
		   uint32_t last)
{
	uint32_t object = insn->op == DT_IR_STACK ? (uint32_t)insn->imm + 1 : 0;

	DT_IR_EACH_USE(insn, v, {
		if (holds[*v]) {
			extend(&spans[holds[*v] - 1], escapes(insn, *v) ? last : i);
			if (!object && (insn->op == DT_IR_MOV || insn->op == DT_IR_ADD ||
					insn->op == DT_IR_SUB))
				object = holds[*v];
		}
	});
	if (!object || !insn->dst)
		return;
	extend(&spans[object - 1], i);
	if (holds[insn->dst] && holds[insn->dst] != object) {
		extend(&spans[object - 1], last);
		extend(&spans[holds[insn->dst] - 1], last);
	}
	holds[insn->dst] = object;
}

/* The first place that no object has that is in use at the same time. */
static uint32_t find_place(const struct dt_ir_func *f, const struct span *spans, size_t number)
{
	const struct dt_ir_object *o = &f->objects.data[number];
	uint32_t end = DT_ALIGN(o->size, DT_MAX(o->align, 1u));

	for (size_t k = 0; k < number; k++) {
		const struct dt_ir_object *other = &f->objects.data[k];
		uint32_t other_end = (uint32_t)-other->off;

		if (spans[k].end < spans[number].start || spans[number].end < spans[k].start ||
		    other_end <= end - o->size || other_end - other->size >= end)
			continue;
		end = DT_ALIGN(other_end + o->size, DT_MAX(o->align, 1u));
		k = SIZE_MAX; /* from the start again, at the new place */
	}
	return end;
}

static uint32_t place_objects(struct dt_ir_unit *u, struct dt_ir_func *f)
{
	struct span *spans = dt_arena_new_array(u->arena, struct span, f->objects.n + 1);
	uint32_t *holds = dt_arena_new_array(u->arena, uint32_t, f->nvregs + 1), used = 0;

	for (size_t k = 0; k < f->objects.n; k++)
		spans[k] = (struct span){ UINT32_MAX, 0 };
	for (size_t i = 0; i < f->code.n; i++)
		follow(spans, holds, &f->code.data[i], (uint32_t)i, (uint32_t)f->code.n);
	for (size_t k = 0; k < f->objects.n; k++) {
		uint32_t end = spans[k].start > spans[k].end ? 0 : find_place(f, spans, k);

		f->objects.data[k].off = -(int32_t)end;
		used = DT_MAX(used, end);
	}
	return DT_ALIGN(used, 8u);
}

static int by_start(const void *a, const void *b, void *arg)
{
	const struct dt_ra_place *place = arg;
	uint32_t sa = place[*(const dt_vreg *)a].start, sb = place[*(const dt_vreg *)b].start;

	return sa < sb ? -1 : sa > sb;
}

/* A slot is reused when its interval has ended. */
static uint32_t place_spills(struct scan *s, uint32_t used)
{
	uint32_t slot_end[STACK_MAX / 8] = { 0 };
	uint32_t nslots = 0;

	if (s->spilled.n)
		qsort_r(s->spilled.data, s->spilled.n, sizeof(dt_vreg), by_start, s->ra->place);
	dt_vec_each(&s->spilled, v)
	{
		struct dt_ra_place *p = &s->ra->place[*v];
		uint32_t k = 0;

		while (k < nslots && slot_end[k] >= p->start)
			k++;
		if (k >= ARRAY_SIZE(slot_end))
			dt_ir_too_complex(s->u, s->f);
		nslots = DT_MAX(nslots, k + 1);
		slot_end[k] = p->end;
		p->slot = -(int32_t)(used + 8 * (k + 1));
	}
	return used + 8 * nslots;
}

void dt_ir_allocate(struct dt_ir_unit *u, struct dt_ir_func *f, struct dt_ra *ra)
{
	struct scan s = { .u = u, .f = f, .ra = ra };

	ra->place = dt_arena_new_array(u->arena, struct dt_ra_place, f->nvregs + 1);
	s.calls_before = dt_arena_new_array(u->arena, uint32_t, f->code.n + 2);
	find_intervals(&s);
	find_hints(&s);
	scan(&s);
	ra->frame = place_spills(&s, place_objects(u, f));
	if (ra->frame > (f->stack_max ? DT_MIN(f->stack_max, STACK_MAX) : STACK_MAX))
		dt_ir_too_complex(u, f);
}
