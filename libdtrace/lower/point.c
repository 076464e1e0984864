/* SPDX-License-Identifier: MIT */
/*
 * The program of an attach point, the last stage of a plan.  Main tests the activity word, finds
 * the probe, claims a scratch slot and calls the clauses in the order of enabling, each a function
 * of its own:
 *
 *	if (state->activity != ACTIVE) return 0;
 *	probe = FIND or return 0;
 *	mctx = { ctx, slot, probe };
 *	for each clause:
 *		if (enabled[probe] & clause)
 *			if (clause(&mctx))  error(&mctx), ERROR clauses
 *
 * A clause that faults returns 1 and leaves in mctx what went wrong.
 *
 * Where the point is cut into segments (segments.c), each segment has such a program but for the
 * activity word, and tail-calls the next one at its end; the point's own program is
 *
 *	if (state->activity != ACTIVE) return 0;
 *	probe = FIND or return 0;
 *	claim a scratch slot, if clauses share variables;
 *	tail_call(segments, first[probe]);
 */
#include <linux/bpf.h>
#include <stddef.h>
#include <string.h>
#include "base/fail.h"
#include "base/util.h"
#include "check/tree.h"
#include "contract/provider.h"
#include "contract/record.h"
#include "ir/build.h"
#include "ir/compile.h"
#include "lower/claim.h"
#include "lower/context.h"
#include "lower/expr.h"
#include "lower/fault.h"
#include "lower/filter.h"
#include "lower/firing.h"
#include "lower/layout.h"
#include "lower/memory.h"
#include "lower/piece.h"
#include "lower/plan.h"
#include "lower/point.h"
#include "lower/record.h"
#include "lower/ring.h"
#include "lower/stmt.h"
#include "lower/var.h"
#include "lower/walk.h"
#include "probe/probe.h"

#define STACK_MAIN   128
#define STACK_CLAUSE 256

#define MANY_CLAUSES 4 /* from so many on, what several read is read in main */

/* A clause that main calls, and what its code turned out to need. */
struct clause_code {
	struct dt_clause_plan *plan;
	struct dt_ir_func *func;
	bool may_fault;
};

struct point_code {
	struct dt_plan *plan;
	struct dt_point *point;
	struct dt_ir_unit *unit;
	struct clause_code *clauses, *errors;
	uint32_t nclauses, nerrors;
	struct dt_ir_func *fault; /* sends a fault's record; NULL: not made */
	bool uses_slot, uses_leader, has_cut;
	uint32_t slot_max, point_table;
};

static struct dt_cg begin_function(struct point_code *pc, struct dt_ir_func *func)
{
	struct dt_cg cg = {
		.ir = { pc->unit, func },
		.compile = pc->plan->compile,
		.arena = pc->plan->arena,
		.plan = pc->plan,
		.point = pc->point,
		.provider = pc->point->provider,
		.probe = pc->point->only,
		.has_many = pc->point->clauses.n >= MANY_CLAUSES,
		.slot_top = DT_SLOT_THIS + pc->plan->this_size,
		.point_table = pc->point_table,
	};

	dt_cg_origin(&cg, NULL, &(struct dt_loc){ 0 });
	return cg;
}

static void end_function(struct point_code *pc, struct dt_cg *cg)
{
	pc->uses_slot |= cg->uses_slot;
	pc->uses_leader |= cg->uses_leader;
	pc->has_cut |= cg->cut != NULL;
	pc->slot_max = DT_MAX(pc->slot_max, cg->slot_max);
	pc->point_table = cg->point_table;
}

/* ---- clauses ---- */

/* Registers of clause-locals and clocks start at zero, before any branch. */
static void zero_registers(void *arg, const struct dt_expr *e)
{
	const struct dt_var_rep *rep;

	if (e->op == DT_E_BUILTIN && e->row->flags & DT_BF_CLOCK) {
		if (((struct dt_cg *)arg)->cut)
			dt_piece_note_clock(arg, e->row);
		else
			dt_cg_note_clock(arg, e->row);
	}
	if (e->op != DT_E_VAR)
		return;
	rep = e->var->rep;
	if (rep->where == DT_IN_REG)
		dt_cg_var_reg(arg, e->var->rep);
}

/* "clause 2 (syscall::read:entry)" */
static const char *clause_text(struct dt_cg *cg, const struct dt_tclause *c)
{
	const struct dt_pdesc *d = c->desc;

	return d->id ? dt_arena_printf(cg->arena, "clause %u (probe %u)", c->index + 1, d->id)
		     : dt_arena_printf(cg->arena, "clause %u (%s:%s:%s:%s)", c->index + 1,
				       d->provider, d->mod, d->func, d->name);
}

static void gen_clause(struct point_code *pc, struct clause_code *cc, bool is_error)
{
	struct dt_cg cg = begin_function(pc, cc->func);
	const struct dt_tclause *c = cc->plan->clause;

	cg.clause = cc->plan;
	dt_cg_origin(&cg, clause_text(&cg, c), &c->loc);
	if (is_error) {
		cg.is_error = true;
		cg.probe = pc->plan->error_probe;
		cg.provider = cg.probe->provider;
	}
	cg.mctx = dt_ir_ctx(&cg.ir);
	cg.fail = dt_ir_label(&cg.ir);
	cg.done = dt_ir_label(&cg.ir);
	if (cc->plan->is_long && !is_error)
		dt_piece_begin(&cg);
	dt_walk_clause(c, zero_registers, &cg);
	if (c->pred)
		dt_cg_jump_false(&cg, c->pred, cg.done);
	dt_cg_record_begin(&cg);
	dt_cg_stmts(&cg, c->stmts, c->nstmts);
	dt_cg_record_emit(&cg);
	dt_ir_place(&cg.ir, cg.done);
	dt_ir_reti(&cg.ir, 0);
	if (cg.may_fault) {
		dt_ir_place(&cg.ir, cg.fail);
		dt_ir_reti(&cg.ir, 1);
	}
	cc->may_fault = cg.may_fault;
	end_function(pc, &cg);
}

static struct clause_code *new_clauses(struct point_code *pc, uint32_t n)
{
	return dt_arena_new_array(pc->plan->arena, struct clause_code, n + 1);
}

static void start_clause(struct point_code *pc, struct clause_code *cc, struct dt_clause_plan *plan)
{
	char *name = dt_arena_printf(pc->plan->arena, "clause_%u", plan->id);

	*cc = (struct clause_code){ plan, dt_ir_func_new(pc->unit, name, STACK_CLAUSE), false };
}

/* ---- main: errors ---- */

/* The fault of a clause, which mctx describes: sends its record, then runs the ERROR clauses. */
static void handle_fault(struct dt_cg *cg, struct point_code *pc)
{
	struct dt_mem rec = dt_cg_stack(cg, sizeof(struct dt_krec_error) + 16);
	int32_t at = rec.off + (int32_t)pc->plan->layout.header_size;
	dt_vreg probe = dt_cg_probe(cg);

	dt_cg_drop(cg, DT_DROP_ERRORS);
	dt_ir_sti(&cg->ir, rec.base, rec.off, 4, (int32_t)DT_KREC_ERROR);
	dt_ir_st(&cg->ir, rec.base, rec.off + 4, 4,
		 dt_ir_bini(&cg->ir, DT_IR_ADD, probe, pc->point->first_probe));
	if (pc->plan->layout.timestamps)
		dt_ir_st(&cg->ir, rec.base, rec.off + 8, 8,
			 dt_ir_helper(&cg->ir, BPF_FUNC_ktime_get_ns, 0, NULL));
	dt_ir_st(&cg->ir, rec.base, at + (int32_t)offsetof(struct dt_krec_error, clause), 4,
		 dt_ir_ld(&cg->ir, cg->mctx, DT_MCTX_CLAUSE, 8));
	dt_ir_st(&cg->ir, rec.base, at + (int32_t)offsetof(struct dt_krec_error, action), 4,
		 dt_ir_ld(&cg->ir, cg->mctx, DT_MCTX_ACTION, 8));
	dt_ir_st(&cg->ir, rec.base, at + (int32_t)offsetof(struct dt_krec_error, fault), 4,
		 dt_ir_ld(&cg->ir, cg->mctx, DT_MCTX_FAULT, 8));
	dt_ir_sti(&cg->ir, rec.base, at + (int32_t)offsetof(struct dt_krec_error, pad), 4, 0);
	dt_ir_st(&cg->ir, rec.base, at + (int32_t)offsetof(struct dt_krec_error, addr), 8,
		 dt_ir_ld(&cg->ir, cg->mctx, DT_MCTX_ADDR, 8));
	dt_cg_ring_output(cg, rec, 0,
			  pc->plan->layout.header_size + (uint32_t)sizeof(struct dt_krec_error),
			  false);
	for (uint32_t i = 0; i < pc->nerrors; i++) {
		dt_vreg bad = dt_ir_call(&cg->ir, pc->errors[i].func->index, DT_ARGS(cg->mctx));
		dt_label ok = dt_ir_label(&cg->ir);

		if (!pc->errors[i].may_fault)
			continue;
		dt_ir_jcci(&cg->ir, DT_IR_JEQ, bad, 0, ok);
		dt_cg_drop(cg, DT_DROP_DBLERROR);
		dt_ir_place(&cg->ir, ok);
	}
}

/* The cold part is a function of its own: void fault(mctx). */
static void gen_fault(struct point_code *pc)
{
	struct dt_cg cg;

	pc->fault = dt_ir_func_new(pc->unit, "fault", STACK_MAIN);
	cg = begin_function(pc, pc->fault);
	cg.mctx = dt_ir_ctx(&cg.ir);
	handle_fault(&cg, pc);
	dt_ir_reti(&cg.ir, 0);
	end_function(pc, &cg);
}

static void gen_errors(struct point_code *pc)
{
	for (uint32_t i = 0; i < pc->nerrors; i++) {
		start_clause(pc, &pc->errors[i], pc->plan->error_clauses.data[i]);
		gen_clause(pc, &pc->errors[i], true);
	}
	gen_fault(pc);
}

/* ---- main ---- */

static uint32_t wanted_activity(const struct dt_point *p)
{
	switch (p->role) {
	case DT_ROLE_BEGIN: return DT_ACT_WARMUP;
	case DT_ROLE_END: return DT_ACT_COOLDOWN;
	default: return DT_ACT_ACTIVE;
	}
}

static void test_activity(struct dt_cg *cg, dt_label out)
{
	dt_vreg act = dt_ir_ld(&cg->ir, dt_cg_state(cg), offsetof(struct dt_state, activity), 4);

	dt_ir_jcci(&cg->ir, DT_IR_JNE, act, wanted_activity(cg->point), out);
}

/* The firing probe's word of a table in rodata: a bit per clause of the point, 32 of them. */
static dt_vreg clause_mask(struct dt_cg *cg, const struct dt_point *pt, uint32_t word)
{
	uint32_t n = dt_cg_probe_table_size(pt), off;
	uint64_t *masks;

	masks = dt_arena_new_array(cg->arena, uint64_t, n);
	for (uint32_t p = 0; p < pt->nprobes; p++)
		for (uint32_t c = word * 32; c < pt->clauses.n && c < word * 32 + 32; c++)
			if (pt->clauses.data[c].all ||
			    (pt->clauses.data[c].probes[p / 64] >> (p % 64) & 1))
				masks[p] |= 1ULL << (c % 32);
	off = dt_cg_rodata(cg, masks, n * 8, 8);
	return dt_ir_ld(&cg->ir,
			dt_ir_bin(&cg->ir, DT_IR_ADD, dt_cg_rodata_ptr(cg, off),
				  dt_ir_bini(&cg->ir, DT_IR_MUL, dt_cg_probe(cg), sizeof(*masks))),
			0, 8);
}

static void call_clause(struct dt_cg *cg, struct point_code *pc, const struct clause_code *cc)
{
	dt_vreg bad = dt_ir_call(&cg->ir, cc->func->index, DT_ARGS(cg->mctx));
	dt_label ok = dt_ir_label(&cg->ir);
	size_t mark = dt_cg_enter(cg);

	if (!cc->may_fault)
		return;
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, bad, 0, ok);
	dt_ir_sti(&cg->ir, cg->mctx, DT_MCTX_CLAUSE, 8, cc->plan->id);
	dt_ir_st(&cg->ir, cg->mctx, DT_MCTX_EPID, 8, dt_cg_epid(cg, cc->plan));
	dt_ir_call(&cg->ir, pc->fault->index, DT_ARGS(cg->mctx));
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, ok);
}

static void call_clauses(struct dt_cg *cg, struct point_code *pc, dt_label end)
{
	struct dt_point *pt = pc->point;
	dt_vreg mask = 0;
	uint32_t mask_word = UINT32_MAX;

	for (uint32_t i = 0; i < pc->nclauses; i++) {
		dt_label skip = dt_ir_label(&cg->ir), run = dt_ir_label(&cg->ir);
		size_t mark;

		if (!pt->clauses.data[i].all) {
			if (mask_word != i / 32) {
				mask_word = i / 32;
				mask = clause_mask(cg, pt, mask_word);
			}
			dt_ir_jcci(&cg->ir, DT_IR_JSET, mask, 1LL << (i % 32), run);
			dt_ir_jmp(&cg->ir, skip);
			dt_ir_place(&cg->ir, run);
		}
		mark = dt_cg_enter(cg);
		call_clause(cg, pc, &pc->clauses[i]);
		/* After exit() nothing more runs, not even the clauses that follow. */
		if (pc->clauses[i].plan->clause->has_exit && (i + 1 < pc->nclauses || pt->next))
			test_activity(cg, end);
		dt_cg_leave(cg, mark);
		dt_ir_place(&cg->ir, skip);
	}
}

/* ---- main: its frame ---- */

/* Main's own labels. */
struct exits {
	dt_label none; /* there is no slot: a drop */
	dt_label end;  /* gives the slot back */
	dt_label out;
};

static struct exits new_exits(struct dt_cg *cg)
{
	return (struct exits){ dt_ir_label(&cg->ir), dt_ir_label(&cg->ir), dt_ir_label(&cg->ir) };
}

/* Whether this firing is to be traced. */
static void test_firing(struct dt_cg *cg, dt_label out)
{
	test_activity(cg, out);
	if (cg->plan->opts.cpu >= 0)
		dt_ir_jcci(&cg->ir, DT_IR_JNE,
			   dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_smp_processor_id, 0, NULL),
			   cg->plan->opts.cpu, out);
	dt_cg_filter(cg, out);
}

static dt_vreg find_probe(struct dt_cg *cg, dt_label out)
{
	const struct dt_provider_ops *ops = cg->point->provider->ops;
	bool is_known = cg->point->whole && cg->point->only;

	return ops->emit_find && !is_known ? ops->emit_find(cg, out) : 0;
}

static void make_mctx(struct dt_cg *cg, dt_vreg ctx, dt_vreg probe)
{
	cg->mctx = dt_cg_stack(cg, DT_MCTX_SIZE).base;
	dt_ir_st(&cg->ir, cg->mctx, DT_MCTX_CTX, 8, ctx);
	if (!cg->point->only)
		dt_ir_st(&cg->ir, cg->mctx, DT_MCTX_PROBE, 8, probe);
}

/* Variables that clauses share lie in the slot, which is then one for all segments. */
static bool shares_slot(const struct dt_cg *cg)
{
	return cg->point->next && cg->plan->this_size;
}

static struct dt_claim claim_slot(struct dt_cg *cg, dt_label none)
{
	struct dt_claim claim;

	if (shares_slot(cg) && cg->point->whole)
		return dt_claim_adopt(cg, none);
	claim = dt_claim_slot(cg, none);
	dt_cg_zero(cg, (struct dt_mem){ claim.slot, DT_SLOT_THIS }, cg->plan->this_size);
	return claim;
}

/* CLAIM is NULL where no slot is used. */
static void end_main(struct dt_cg *cg, const struct exits *to, const struct dt_claim *claim)
{
	dt_ir_place(&cg->ir, to->end);
	if (claim)
		dt_claim_release(cg, claim);
	dt_ir_place(&cg->ir, to->out);
	dt_ir_reti(&cg->ir, 0);
	if (claim) {
		dt_ir_place(&cg->ir, to->none);
		dt_cg_drop(cg, DT_DROP_SCRATCH);
		dt_ir_reti(&cg->ir, 0);
	}
}

/* ---- main: segments ---- */

/* The entry of point->next for the firing probe. */
static dt_vreg next_segment(struct dt_cg *cg)
{
	const struct dt_point *pt = cg->point;
	uint32_t n = dt_cg_probe_table_size(pt), *table;

	if (pt->only)
		return dt_ir_const(&cg->ir, pt->next[pt->only_place]);
	table = dt_arena_new_array(cg->arena, uint32_t, n);
	memcpy(table, pt->next, pt->nprobes * sizeof(*table));
	return dt_ir_ld(&cg->ir,
			dt_ir_bin(&cg->ir, DT_IR_ADD,
				  dt_cg_rodata_ptr(cg, dt_cg_rodata(cg, table, n * 4, 4)),
				  dt_ir_bini(&cg->ir, DT_IR_MUL, dt_cg_probe(cg), sizeof(*table))),
			0, 4);
}

static bool has_next(const struct dt_point *pt)
{
	for (uint32_t i = 0; pt->next && i < pt->nprobes; i++)
		if (pt->next[i])
			return true;
	return false;
}

/* Goes on in the next segment; to NONE if there is none. */
static void go_on(struct dt_cg *cg, dt_label none)
{
	dt_vreg next = next_segment(cg);

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, next, 0, none);
	/* bpf_tail_call (4.2): does not come back */
	dt_ir_helper(&cg->ir, BPF_FUNC_tail_call,
		     DT_ARGS(dt_cg_ctx(cg), dt_ir_map(&cg->ir, cg->point->segments_map),
			     dt_ir_bini(&cg->ir, DT_IR_SUB, next, 1)));
	dt_ir_jmp(&cg->ir, none);
}

/* ---- main ---- */

static void gen_main(struct point_code *pc, struct dt_ir_func *func)
{
	struct dt_cg cg = begin_function(pc, func);
	struct exits to = new_exits(&cg);
	struct dt_claim claim = { 0 };
	bool shared = shares_slot(&cg), has_slot = pc->uses_slot || shared;
	dt_vreg ctx = dt_cg_ctx(&cg);

	if (!pc->point->whole)
		test_firing(&cg, to.out);
	make_mctx(&cg, ctx, find_probe(&cg, to.out));
	if (has_slot) {
		claim = claim_slot(&cg, to.none);
		dt_ir_st(&cg.ir, cg.mctx, DT_MCTX_SLOT, 8, claim.slot);
		if (pc->has_cut)
			dt_ir_st(&cg.ir, claim.slot, DT_SLOT_INDEX, 8, claim.index);
	}
	if (pc->uses_leader)
		dt_ir_st(&cg.ir, cg.mctx, DT_MCTX_LEADER, 8, dt_cg_leader(&cg));
	call_clauses(&cg, pc, to.end);
	if (has_next(pc->point)) {
		if (has_slot && !shared)
			dt_claim_release(&cg, &claim);
		go_on(&cg, shared ? to.end : to.out);
	}
	end_main(&cg, &to, has_slot ? &claim : NULL);
	end_function(pc, &cg);
}

/* The program of a point that is cut into segments. */
static void gen_dispatcher(struct point_code *pc, struct dt_ir_func *func)
{
	struct dt_cg cg = begin_function(pc, func);
	struct exits to = new_exits(&cg);
	struct dt_claim claim = { 0 };
	bool shared = shares_slot(&cg);
	dt_vreg ctx = dt_cg_ctx(&cg);

	test_firing(&cg, to.out);
	make_mctx(&cg, ctx, find_probe(&cg, to.out));
	if (shared)
		claim = claim_slot(&cg, to.none);
	go_on(&cg, shared ? to.end : to.out);
	end_main(&cg, &to, shared ? &claim : NULL);
	end_function(pc, &cg);
}

/* ---- programs ---- */

static void gen_clauses(struct point_code *pc)
{
	bool may_fault = false;

	pc->nclauses = (uint32_t)pc->point->clauses.n;
	pc->nerrors = (uint32_t)pc->plan->error_clauses.n;
	pc->clauses = new_clauses(pc, pc->nclauses);
	pc->errors = new_clauses(pc, pc->nerrors);
	for (uint32_t i = 0; i < pc->nclauses; i++) {
		start_clause(pc, &pc->clauses[i], pc->point->clauses.data[i].plan);
		gen_clause(pc, &pc->clauses[i], false);
		may_fault |= pc->clauses[i].may_fault;
	}
	if (may_fault)
		gen_errors(pc);
}

void dt_cg_point(struct dt_plan *plan, struct dt_point *pt)
{
	struct point_code pc = { .plan = plan, .point = pt, .unit = dt_ir_unit_new(plan->compile) };
	struct dt_ir_func *main_func = dt_ir_func_new(pc.unit, pt->name, STACK_MAIN);

	main_func->is_main = true;
	if (pt->segments.n) {
		gen_dispatcher(&pc, main_func);
	} else {
		gen_clauses(&pc);
		gen_main(&pc, main_func);
	}
	plan->slot_size = DT_MAX(plan->slot_size,
				 DT_MAX(pc.slot_max, DT_SLOT_THIS + plan->this_size));
	pt->unit = pc.unit;
	dt_ir_compile(pc.unit, &pt->code);
	dt_vec_each(&pt->segments, seg) dt_cg_point(plan, *seg);
}
