/* SPDX-License-Identifier: MIT */
/* Does a piece of AST speak of args[]?  Asked where there is no probe that could say of which types
 * they are. */
#include "check/checker.h"

static bool any_of(struct dt_check *c, const struct dt_ast_expr *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (dt_check_mentions_args(c, list[i]))
			return true;
	}
	return false;
}

static bool is_indexed_name(struct dt_check *c, const struct dt_ast_expr *e)
{
	const struct dt_builtin *row;

	if (e->kind != DT_EXPR_IDENT)
		return false;
	row = dt_check_builtin(c, e->id.name, DT_BI_VAR);
	return row && row->flags & DT_BF_INDEXED;
}

bool dt_check_mentions_args(struct dt_check *c, const struct dt_ast_expr *e)
{
	if (!e)
		return false;
	switch (e->kind) {
	case DT_EXPR_IDENT: {
		struct dt_inline *in = dt_symtab_inline(c->tab, e->id.name);

		return in && !in->busy && dt_check_mentions_args(c, in->ast->value);
	}
	case DT_EXPR_AGG: return any_of(c, e->agg.keys, e->agg.nkeys);
	case DT_EXPR_INDEX:
		return is_indexed_name(c, e->index.base) ||
		       dt_check_mentions_args(c, e->index.base) ||
		       any_of(c, e->index.keys, e->index.nkeys);
	case DT_EXPR_CALL: return any_of(c, e->call.args, e->call.nargs);
	case DT_EXPR_MEMBER: return dt_check_mentions_args(c, e->member.base);
	case DT_EXPR_UNARY: return dt_check_mentions_args(c, e->unary.operand);
	case DT_EXPR_BINARY:
		return dt_check_mentions_args(c, e->binary.left) ||
		       dt_check_mentions_args(c, e->binary.right);
	case DT_EXPR_COND:
		return dt_check_mentions_args(c, e->cond.cond) ||
		       dt_check_mentions_args(c, e->cond.yes) ||
		       dt_check_mentions_args(c, e->cond.no);
	case DT_EXPR_CAST:
	case DT_EXPR_XLATE: return dt_check_mentions_args(c, e->cast.operand);
	default: return false;
	}
}

bool dt_check_block_mentions_args(struct dt_check *c, const struct dt_ast_block *block)
{
	for (size_t i = 0; i < block->n; i++) {
		const struct dt_ast_stmt *s = block->stmts[i];

		if (dt_check_mentions_args(c, s->expr) ||
		    dt_check_block_mentions_args(c, &s->yes) ||
		    dt_check_block_mentions_args(c, &s->no))
			return true;
	}
	return false;
}
