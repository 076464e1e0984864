/* SPDX-License-Identifier: MIT */
/* Walks over the AST that ask one question of each expression; see ast.h. */
#include "lang/ast.h"

static bool any_of(const struct dt_ast_expr *const *list, size_t n, dt_ast_is is, void *arg)
{
	for (size_t i = 0; i < n; i++)
		if (dt_ast_any(list[i], is, arg))
			return true;
	return false;
}

bool dt_ast_any(const struct dt_ast_expr *e, dt_ast_is is, void *arg)
{
	if (!e)
		return false;
	if (is(e, arg))
		return true;
	switch (e->kind) {
	case DT_EXPR_AGG: return any_of(e->agg.keys, e->agg.nkeys, is, arg);
	case DT_EXPR_INDEX:
		return dt_ast_any(e->index.base, is, arg) ||
		       any_of(e->index.keys, e->index.nkeys, is, arg);
	case DT_EXPR_CALL: return any_of(e->call.args, e->call.nargs, is, arg);
	case DT_EXPR_MEMBER: return dt_ast_any(e->member.base, is, arg);
	case DT_EXPR_UNARY: return dt_ast_any(e->unary.operand, is, arg);
	case DT_EXPR_BINARY:
		return dt_ast_any(e->binary.left, is, arg) || dt_ast_any(e->binary.right, is, arg);
	case DT_EXPR_COND:
		return dt_ast_any(e->cond.cond, is, arg) || dt_ast_any(e->cond.yes, is, arg) ||
		       dt_ast_any(e->cond.no, is, arg);
	case DT_EXPR_CAST:
	case DT_EXPR_XLATE: return dt_ast_any(e->cast.operand, is, arg);
	default: return false;
	}
}

static bool any_of_block(const struct dt_ast_block *block, dt_ast_is is, void *arg)
{
	for (size_t i = 0; i < block->n; i++) {
		const struct dt_ast_stmt *s = block->stmts[i];

		if (dt_ast_any(s->expr, is, arg) || any_of_block(&s->yes, is, arg) ||
		    any_of_block(&s->no, is, arg))
			return true;
	}
	return false;
}

bool dt_ast_any_of_clause(const struct dt_ast_clause *clause, dt_ast_is is, void *arg)
{
	return dt_ast_any(clause->predicate, is, arg) || any_of_block(&clause->body, is, arg);
}
