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
 */
#include <linux/bpf.h>
#include <stddef.h>
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
#include "lower/firing.h"
#include "lower/layout.h"
#include "lower/memory.h"
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
	bool uses_slot;
	uint32_t slot_max, point_table;
};

static struct dt_cg begin_function(struct point_code *pc, struct dt_ir_func *func)
{
	return (struct dt_cg){
		.ir = { pc->unit, func },
		.compile = pc->plan->compile,
		.arena = pc->plan->arena,
		.plan = pc->plan,
		.point = pc->point,
		.provider = pc->point->provider,
		.probe = pc->point->nprobes == 1 ? pc->point->probes[0] : NULL,
		.slot_top = DT_SLOT_THIS + pc->plan->this_size,
		.point_table = pc->point_table,
	};
}

static void end_function(struct point_code *pc, struct dt_cg *cg)
{
	pc->uses_slot |= cg->uses_slot;
	pc->slot_max = DT_MAX(pc->slot_max, cg->slot_max);
	pc->point_table = cg->point_table;
}

/* ---- clauses ---- */

/* Registers of clause-locals and clocks start at zero, before any branch. */
static void zero_registers(void *arg, const struct dt_expr *e)
{
	const struct dt_var_rep *rep;

	if (e->op == DT_E_BUILTIN && e->row->flags & DT_BF_CLOCK)
		dt_cg_note_clock(arg, e->row);
	if (e->op != DT_E_VAR)
		return;
	rep = e->var->rep;
	if (rep->where == DT_IN_REG)
		dt_cg_var_reg(arg, e->var->rep);
}

static void gen_clause(struct point_code *pc, struct clause_code *cc, bool is_error)
{
	struct dt_cg cg = begin_function(pc, cc->func);
	const struct dt_tclause *c = cc->plan->clause;

	cg.clause = cc->plan;
	if (is_error) {
		cg.is_error = true;
		cg.probe = pc->plan->error_probe;
		cg.provider = cg.probe->provider;
	}
	cg.mctx = dt_ir_ctx(&cg.ir);
	cg.fail = dt_ir_label(&cg.ir);
	cg.done = dt_ir_label(&cg.ir);
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

/* A fault of clause CC: sends its record, then runs the ERROR clauses. */
static void handle_fault(struct dt_cg *cg, struct point_code *pc, const struct clause_code *cc)
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
	dt_ir_sti(&cg->ir, rec.base, at + (int32_t)offsetof(struct dt_krec_error, clause), 4,
		  cc->plan->id);
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
	dt_ir_st(&cg->ir, cg->mctx, DT_MCTX_EPID, 8, dt_cg_epid(cg, cc->plan));
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

/* The cold part is a function of its own: void fault_N(mctx). */
static struct dt_ir_func *gen_fault(struct point_code *pc, const struct clause_code *cc)
{
	char *name = dt_arena_printf(pc->plan->arena, "fault_%u", cc->plan->id);
	struct dt_ir_func *f = dt_ir_func_new(pc->unit, name, STACK_MAIN);
	struct dt_cg cg = begin_function(pc, f);

	cg.mctx = dt_ir_ctx(&cg.ir);
	handle_fault(&cg, pc, cc);
	dt_ir_reti(&cg.ir, 0);
	end_function(pc, &cg);
	return f;
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

	if (!cc->may_fault)
		return;
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, bad, 0, ok);
	dt_ir_call(&cg->ir, gen_fault(pc, cc)->index, DT_ARGS(cg->mctx));
	dt_ir_place(&cg->ir, ok);
}

static void call_clauses(struct dt_cg *cg, struct point_code *pc, dt_label end)
{
	struct dt_point *pt = pc->point;
	dt_vreg mask = 0;
	uint32_t mask_word = UINT32_MAX;

	for (uint32_t i = 0; i < pc->nclauses; i++) {
		dt_label skip = dt_ir_label(&cg->ir), run = dt_ir_label(&cg->ir);

		if (!pt->clauses.data[i].all) {
			if (mask_word != i / 32) {
				mask_word = i / 32;
				mask = clause_mask(cg, pt, mask_word);
			}
			dt_ir_jcci(&cg->ir, DT_IR_JSET, mask, 1LL << (i % 32), run);
			dt_ir_jmp(&cg->ir, skip);
			dt_ir_place(&cg->ir, run);
		}
		call_clause(cg, pc, &pc->clauses[i]);
		/* After exit() nothing more runs, not even the clauses that follow. */
		if (pc->clauses[i].plan->clause->has_exit && i + 1 < pc->nclauses)
			test_activity(cg, end);
		dt_ir_place(&cg->ir, skip);
	}
}

static dt_vreg find_probe(struct dt_cg *cg, dt_label out)
{
	const struct dt_provider_ops *ops = cg->point->provider->ops;

	return ops->emit_find ? ops->emit_find(cg, out) : 0;
}

static void gen_main(struct point_code *pc, struct dt_ir_func *func)
{
	struct dt_cg cg = begin_function(pc, func);
	dt_label out = dt_ir_label(&cg.ir), end = dt_ir_label(&cg.ir), none = dt_ir_label(&cg.ir);
	struct dt_claim claim = { 0 };
	struct dt_mem mctx;
	dt_vreg probe, ctx = dt_cg_ctx(&cg);

	test_activity(&cg, out);
	if (pc->plan->opts.cpu >= 0)
		dt_ir_jcci(&cg.ir, DT_IR_JNE,
			   dt_ir_helper_pure(&cg.ir, BPF_FUNC_get_smp_processor_id, 0, NULL),
			   pc->plan->opts.cpu, out);
	probe = find_probe(&cg, out);
	mctx = dt_cg_stack(&cg, DT_MCTX_SIZE);
	cg.mctx = mctx.base;
	dt_ir_st(&cg.ir, cg.mctx, DT_MCTX_CTX, 8, ctx);
	if (pc->point->nprobes > 1)
		dt_ir_st(&cg.ir, cg.mctx, DT_MCTX_PROBE, 8, probe);
	if (pc->uses_slot) {
		claim = dt_claim_slot(&cg, none);
		dt_ir_st(&cg.ir, cg.mctx, DT_MCTX_SLOT, 8, claim.slot);
		dt_cg_zero(&cg, (struct dt_mem){ claim.slot, DT_SLOT_THIS }, pc->plan->this_size);
	}
	call_clauses(&cg, pc, end);
	dt_ir_place(&cg.ir, end);
	if (pc->uses_slot)
		dt_claim_release(&cg, &claim);
	dt_ir_place(&cg.ir, out);
	dt_ir_reti(&cg.ir, 0);
	if (pc->uses_slot) {
		dt_ir_place(&cg.ir, none);
		dt_cg_drop(&cg, DT_DROP_SCRATCH);
		dt_ir_reti(&cg.ir, 0);
	}
	end_function(pc, &cg);
}

#define MAX_MAPS 64 /* of one program: the kernel's MAX_USED_MAPS */

/* Arrays and aggregations are maps, a keyed aggregation two.  Fails where one point's clauses name
 * too many. */
static void check_maps(const struct dt_plan *plan, const struct dt_point *pt)
{
	bool *seen = dt_arena_new_array(plan->arena, bool, plan->maps.n + 1);
	uint32_t n = 0;

	for (uint32_t i = 0; i < pt->code.nrelocs; i++) {
		uint32_t map = pt->code.relocs[i].map;

		if (map >= plan->maps.n || seen[map])
			continue;
		seen[map] = true;
		n++;
	}
	if (n > MAX_MAPS)
		dt_fail_hint(
			plan->compile, NULL, "D_CG_DYN",
			"trace with several programs, or use one aggregation with one key more",
			"clauses of %s use too many arrays and aggregations: they take %u maps, "
			"the kernel allows %d",
			pt->name, n, MAX_MAPS);
}

void dt_cg_point(struct dt_plan *plan, struct dt_point *pt)
{
	struct point_code pc = { .plan = plan, .point = pt, .unit = dt_ir_unit_new(plan->compile) };
	struct dt_ir_func *main_func = dt_ir_func_new(pc.unit, pt->name, STACK_MAIN);

	main_func->is_main = true;
	pc.nclauses = (uint32_t)pt->clauses.n;
	pc.nerrors = (uint32_t)plan->error_clauses.n;
	pc.clauses = new_clauses(&pc, pc.nclauses);
	pc.errors = new_clauses(&pc, pc.nerrors);
	for (uint32_t i = 0; i < pc.nclauses; i++) {
		start_clause(&pc, &pc.clauses[i], pt->clauses.data[i].plan);
		gen_clause(&pc, &pc.clauses[i], false);
	}
	for (uint32_t i = 0; i < pc.nclauses; i++) {
		if (!pc.clauses[i].may_fault)
			continue;
		for (uint32_t k = 0; k < pc.nerrors; k++) {
			start_clause(&pc, &pc.errors[k], plan->error_clauses.data[k]);
			gen_clause(&pc, &pc.errors[k], true);
		}
		break;
	}
	gen_main(&pc, main_func);
	plan->slot_size = DT_MAX(plan->slot_size,
				 DT_MAX(pc.slot_max, DT_SLOT_THIS + plan->this_size));
	pt->unit = pc.unit;
	dt_ir_compile(pc.unit, &pt->code);
	check_maps(plan, pt);
}
