/* SPDX-License-Identifier: MIT */
/*
 * The statements of a clause, in their order: effects, actions, aggregations, branches.  Scratch
 * that a statement took is free again after it.
 */
#include "base/util.h"
#include "check/tree.h"
#include "contract/builtin.h"
#include "contract/record.h"
#include "ir/build.h"
#include "lower/aggregate.h"
#include "lower/context.h"
#include "lower/expr.h"
#include "lower/piece.h"
#include "lower/record.h"
#include "lower/stmt.h"

static void action(struct dt_cg *cg, const struct dt_stmt *s)
{
	struct dt_rec_item *items;
	uint32_t n;

	if (s->row->emit_stmt) {
		s->row->emit_stmt(cg, s);
		return;
	}
	items = dt_cg_items(cg, s, &n);
	for (uint32_t i = 0; i < s->nargs && i < n; i++)
		dt_cg_item_expr(cg, &items[i], s->args[i]);
}

static void branch(struct dt_cg *cg, const struct dt_stmt *s)
{
	dt_label no = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);
	size_t mark;

	mark = dt_cg_jump_false(cg, s->expr, no);
	dt_cg_stmts(cg, s->then_body, s->nthen);
	dt_cg_leave(cg, mark);
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, no);
	dt_cg_stmts(cg, s->else_body, s->nelse);
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, end);
}

static void one(struct dt_cg *cg, const struct dt_stmt *s)
{
	switch (s->kind) {
	case DT_S_EXPR: dt_cg_effect(cg, s->expr); break;
	case DT_S_ACTION: action(cg, s); break;
	case DT_S_AGG: dt_cg_aggregate(cg, s); break;
	case DT_S_IF: branch(cg, s); break;
	}
}

void dt_cg_stmt(struct dt_cg *cg, struct dt_stmt *s)
{
	const struct dt_ir_origin *origin = cg->ir.func->origin;
	uint32_t top = cg->slot_top;

	dt_cg_origin(cg, origin->what, &s->loc);
	cg->action = s->ordinal;
	one(cg, s);
	/* The statement's scratch is free again; what it cached may not point there. */
	cg->slot_top = DT_MAX(top, cg->slot_keep);
	cg->ir.func->origin = origin;
}

void dt_cg_stmts(struct dt_cg *cg, struct dt_stmt *const *stmts, uint32_t n)
{
	if (cg->cut && !cg->is_piece) {
		dt_piece_stmts(cg, stmts, n);
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		dt_cg_stmt(cg, stmts[i]);
}
