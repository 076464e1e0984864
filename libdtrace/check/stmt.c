/* SPDX-License-Identifier: MIT */
/*
 * Statements: actions, aggregations, expressions, if.  Determines whether a clause records, exits
 * or is destructive, and enforces what may follow speculate() and commit().
 */
#include "check/choose.h"
#include "check/agg.h"
#include "check/call.h"
#include "check/context.h"
#include "check/convert.h"
#include "check/lookup.h"
#include "check/stability.h"
#include "check/stmt.h"

typedef DT_VEC(struct dt_stmt *) stmt_list;

struct dt_expr *dt_check_predicate(struct dt_check *c, const struct dt_ast_expr *ast)
{
	struct dt_expr *e = dt_check_operand(c, dt_check_any(c, ast));

	if (!dt_type_is_scalar(e->type) || dt_type_is_float(e->type))
		dt_fail_hint(c->compile, &ast->loc, "D_PRED_SCALAR",
			     dt_type_is_string(e->type) ? "compare it, as in /execname != \"\"/"
							: NULL,
			     "predicate result must be of scalar type");
	return e;
}

/* ---- what may follow what ---- */

static void forbid_after(struct dt_check *c, const struct dt_loc *loc, bool seen, const char *tag,
			 const char *what)
{
	if (seen)
		dt_fail(c->compile, loc, tag, "%s", what);
}

static void note_action(struct dt_check *c, const struct dt_stmt *s)
{
	uint32_t flags = s->row->flags;

	if (flags & DT_BF_SPECULATE) {
		forbid_after(c, &s->loc, c->seen_spec, "D_SPEC_SPEC",
			     "speculate( ) may not follow speculate( )");
		forbid_after(c, &s->loc, c->seen_commit, "D_SPEC_COMM",
			     "speculate( ) may not follow commit( )");
		forbid_after(c, &s->loc, c->seen_drec, "D_SPEC_DREC",
			     "speculate( ) may not follow data-recording action(s)");
		c->seen_spec = true;
		c->clause->records = true;
	} else if (flags & DT_BF_COMMIT) {
		forbid_after(c, &s->loc, c->seen_commit, "D_COMM_COMM",
			     "commit( ) may not follow commit( )");
		forbid_after(c, &s->loc, c->seen_drec, "D_COMM_DREC",
			     "commit( ) may not follow data-recording action(s)");
		c->seen_commit = true;
	} else if (!(flags & DT_BF_NORECORD)) {
		if (flags & DT_BF_EXIT)
			forbid_after(c, &s->loc, c->seen_spec, "D_EXIT_SPEC",
				     "exit( ) may not follow speculate( )");
		forbid_after(c, &s->loc, c->seen_commit, "D_DREC_COMM",
			     "data-recording actions may not follow commit( )");
		c->seen_drec = true;
		c->clause->records = true;
	}
	if (flags & DT_BF_DESTRUCTIVE) {
		forbid_after(c, &s->loc, c->seen_spec, "D_ACT_SPEC",
			     "destructive actions may not follow speculate( )");
		c->clause->is_destructive = true;
	}
	if (flags & DT_BF_EXIT)
		c->clause->has_exit = true;
}

/* ---- statements ---- */

static void action(struct dt_check *c, struct dt_stmt *s, const struct dt_builtin *row,
		   const struct dt_ast_expr *call)
{
	/* Formats and aggregations are not expressions: check_stmt looks at the AST. */
	bool has_own_args = row->flags & (DT_BF_PRINTFLIKE | DT_BF_AGGARGS);

	s->kind = DT_S_ACTION;
	s->row = row;
	c->in_arguments = true;
	c->misplaced = NULL;
	if (!has_own_args) {
		s->nargs = (uint32_t)call->call.nargs;
		s->args = dt_arena_new_array(c->arena, struct dt_expr *, s->nargs + 1);
		for (uint32_t i = 0; i < s->nargs; i++)
			s->args[i] = dt_check_any(c, call->call.args[i]);
		dt_check_proto(c, row, &call->loc, s->args, s->nargs);
	}
	dt_check_available(c, row, &call->loc);
	if (row->check_stmt)
		row->check_stmt(c, s, call);
	c->in_arguments = false;
	if (c->misplaced)
		dt_check_misplaced(c, c->misplaced);
	note_action(c, s);
}

static const struct dt_ast_expr *agg_of(const struct dt_ast_expr *e)
{
	while (e->kind == DT_EXPR_INDEX)
		e = e->index.base;
	return e->kind == DT_EXPR_AGG ? e : NULL;
}

static void expression(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *e)
{
	const struct dt_builtin *row = NULL;
	bool truth;

	while (e->kind == DT_EXPR_COND && dt_check_known_truth(c, e->cond.cond, &truth))
		e = truth ? e->cond.yes : e->cond.no;
	if (e->kind == DT_EXPR_CALL)
		row = dt_check_builtin(c, e->call.name, DT_BI_ACTION);
	if (row) {
		action(c, s, row, e);
		return;
	}
	if (e->kind == DT_EXPR_AGG)
		dt_fail_hint(c->compile, &e->loc, "D_AGG_NULL", "printa() prints an aggregation",
			     "expression has null effect: @%s", e->agg.name);
	if (e->kind == DT_EXPR_BINARY && e->binary.op == DT_OP_ASSIGN && agg_of(e->binary.left)) {
		if (e->binary.left->kind != DT_EXPR_AGG)
			dt_fail(c->compile, &e->loc, "D_AGG_MDIM",
				"all keys of aggregation @%s must be in one [ ]: @%s[a, b]",
				agg_of(e->binary.left)->agg.name, agg_of(e->binary.left)->agg.name);
		dt_check_agg_stmt(c, s, e);
		forbid_after(c, &e->loc, c->seen_spec, "D_AGG_SPEC",
			     "aggregating actions may not follow speculate( )");
		forbid_after(c, &e->loc, c->seen_commit, "D_AGG_COMM",
			     "aggregating actions may not follow commit( )");
		return;
	}
	s->kind = DT_S_EXPR;
	s->expr = dt_check_any(c, e);
	/* A structure or an array as a statement is its address. */
	if (s->expr->op == DT_E_XLATE || dt_type_strip(s->expr->type)->kind == DT_K_ARRAY)
		s->expr = dt_check_value(c, s->expr);
}

static void add_block(struct dt_check *c, stmt_list *list, const struct dt_ast_block *block);

static void condition(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_stmt *ast)
{
	bool drec = c->seen_drec, commit = c->seen_commit, spec = c->seen_spec, splits = false;

	s->kind = DT_S_IF;
	s->expr = dt_check_operand(c, dt_check_any(c, ast->expr));
	if (!dt_check_has_truth(s->expr))
		dt_fail(c->compile, &ast->expr->loc, "D_OP_SCALAR",
			"the condition of if must be of scalar type");
	/* A branch that records becomes a clause (split.c), and so does what follows it. */
	c->seen_drec = c->seen_commit = c->seen_spec = false;
	dt_check_stmts(c, &ast->yes, &s->then_body, &s->nthen);
	splits |= c->seen_drec || c->seen_commit || c->seen_spec;
	c->seen_drec = c->seen_commit = c->seen_spec = false;
	dt_check_stmts(c, &ast->no, &s->else_body, &s->nelse);
	splits |= c->seen_drec || c->seen_commit || c->seen_spec;
	c->seen_drec = !splits && drec;
	c->seen_commit = !splits && commit;
	c->seen_spec = !splits && spec;
}

static void by_kind(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_stmt *ast)
{
	const struct dt_attr before = c->attr;

	c->attr = dt_check_stable;
	if (ast->kind == DT_STMT_IF)
		condition(c, s, ast);
	else
		expression(c, s, ast->expr);
	s->attr = c->attr;
	c->attr = dt_attr_min(before, s->attr);
}

static void add(struct dt_check *c, stmt_list *list, const struct dt_ast_stmt *ast)
{
	struct dt_stmt *s;

	if (ast->kind == DT_STMT_BLOCK) {
		add_block(c, list, &ast->yes);
		return;
	}
	s = dt_arena_new_obj(c->arena, struct dt_stmt);
	s->loc = ast->loc;
	s->ordinal = ++c->ordinal;
	by_kind(c, s, ast);
	dt_vec_push_arena(c->arena, list, s);
}

static void add_block(struct dt_check *c, stmt_list *list, const struct dt_ast_block *block)
{
	for (size_t i = 0; i < block->n; i++)
		add(c, list, block->stmts[i]);
}

void dt_check_stmts(struct dt_check *c, const struct dt_ast_block *block, struct dt_stmt ***out,
		    uint32_t *n)
{
	stmt_list list = { 0 };

	add_block(c, &list, block);
	*out = list.data;
	*n = (uint32_t)list.n;
}
