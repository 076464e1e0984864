/* SPDX-License-Identifier: MIT */
/*
 * Conditions that are known at compile time.  Classic scripts choose with them what they print:
 *
 *	inline int OPT_time = 0;
 *	... OPT_time ? printf("%d", timestamp) : 1;
 *
 * A condition of literals and inline constants decides here, before either side is checked, and
 * only the chosen side is checked and kept (expr.c, stmt.c).
 */
#include "check/choose.h"
#include "check/context.h"
#include "check/fold.h"
#include "check/lookup.h"
#include "check/convert.h"
#include "check/symtab.h"

static bool is_plain(enum dt_op op)
{
	switch (dt_op_info[op].kind) {
	case DT_OPK_ASSIGN:
	case DT_OPK_COMMA: return false;
	default: return true;
	}
}

static bool is_constant_name(struct dt_check *c, const char *name)
{
	struct dt_inline *in = dt_check_inline(c, name);

	if (!in || in->busy || in->ast->nkeys)
		return false;
	/* Asked once: chains of inlines that name each other twice would double each time. */
	if (!in->is_constant) {
		in->busy = true;
		in->is_constant = dt_check_is_constant(c, in->ast->value) ? 1 : -1;
		in->busy = false;
	}
	return in->is_constant > 0;
}

bool dt_check_is_constant(struct dt_check *c, const struct dt_ast_expr *e)
{
	switch (e->kind) {
	case DT_EXPR_INT:
	case DT_EXPR_STRING:
	case DT_EXPR_SIZEOF: return true;
	case DT_EXPR_IDENT: return is_constant_name(c, e->id.name);
	case DT_EXPR_UNARY:
		return (e->unary.op == DT_OP_NOT || e->unary.op == DT_OP_NEG ||
			e->unary.op == DT_OP_PLUS || e->unary.op == DT_OP_COMPL) &&
		       dt_check_is_constant(c, e->unary.operand);
	case DT_EXPR_BINARY:
		return is_plain(e->binary.op) && dt_check_is_constant(c, e->binary.left) &&
		       dt_check_is_constant(c, e->binary.right);
	case DT_EXPR_COND:
		return dt_check_is_constant(c, e->cond.cond) &&
		       dt_check_is_constant(c, e->cond.yes) && dt_check_is_constant(c, e->cond.no);
	case DT_EXPR_CAST: return dt_check_is_constant(c, e->cast.operand);
	default: return false;
	}
}

bool dt_check_known_truth(struct dt_check *c, const struct dt_ast_expr *e, bool *truth)
{
	if (e->kind == DT_EXPR_UNARY && e->unary.op == DT_OP_NOT) {
		if (!dt_check_known_truth(c, e->unary.operand, truth))
			return false;
		*truth = !*truth;
		return true;
	}
	if (e->kind == DT_EXPR_BINARY &&
	    (e->binary.op == DT_OP_LAND || e->binary.op == DT_OP_LOR)) {
		if (!dt_check_known_truth(c, e->binary.left, truth))
			return false;
		if (*truth == (e->binary.op == DT_OP_LOR))
			return true; /* the right side is never evaluated */
		return dt_check_known_truth(c, e->binary.right, truth);
	}
	return dt_check_is_constant(c, e) &&
	       dt_check_is_true(dt_check_operand(c, dt_check_any(c, e)), truth);
}
