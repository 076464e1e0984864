/* SPDX-License-Identifier: MIT */
/*
 * args[]: which types a probe gives them, and whether a piece of AST refers to them.  A clause that
 * does is checked once for each tuple of types that its probes have, others once; where there is no
 * probe that could say of which types they are, the reference itself decides.
 */
#include <string.h>
#include "check/args.h"
#include "check/context.h"
#include "check/lookup.h"
#include "check/symtab.h"

void dt_check_probe_args(struct dt_probe *probe, struct dt_args *sig)
{
	const struct dt_provider_ops *ops = probe ? probe->provider->ops : NULL;

	memset(sig, 0, sizeof(*sig));
	if (ops && ops->args && ops->args(probe->provider, probe, sig) != 0)
		sig->n = 0; /* its types cannot be read: it has argN alone */
}

const struct dt_arg *dt_check_arg(struct dt_check *c, int64_t n)
{
	if (!c->sig_known)
		dt_check_probe_args(c->probe, &c->sig);
	c->sig_known = true;
	if (n < 0 || n >= (int64_t)c->sig.n)
		return NULL;
	c->args_used |= 1u << n;
	return &c->sig.arg[n];
}

bool dt_check_same_args(const struct dt_args *a, const struct dt_args *b, uint32_t used)
{
	for (uint32_t i = 0; used >> i; i++) {
		if (!(used >> i & 1))
			continue;
		if (i >= a->n || i >= b->n || a->arg[i].is_user != b->arg[i].is_user ||
		    a->arg[i].is_trusted != b->arg[i].is_trusted ||
		    !dt_type_equal(a->arg[i].type, b->arg[i].type))
			return false;
		if ((a->arg[i].native != NULL) != (b->arg[i].native != NULL) ||
		    (a->arg[i].native && !dt_type_equal(a->arg[i].native, b->arg[i].native)))
			return false;
	}
	return true;
}

/* ---- references ---- */

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
