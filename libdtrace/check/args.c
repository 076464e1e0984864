/* SPDX-License-Identifier: MIT */
/*
 * args[]: their types in a probe, and whether a piece of AST mentions them.  A clause that uses
 * args[] is checked once per distinct tuple of their types among its probes, any other clause
 * once.  Without a probe the types are unknown, and what mentions args[] cannot be checked.
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
		sig->n = 0; /* the types cannot be read: the probe has argN only */
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

static const char *translated(const struct dt_arg *a)
{
	return a->translated ? a->translated : "";
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
		if (strcmp(translated(&a->arg[i]), translated(&b->arg[i])))
			return false;
	}
	return true;
}

/* ---- references ---- */

/* ---- who refers to them ---- */

static bool mentions(const struct dt_ast_expr *e, void *arg);

/* Asked once per inline: a chain of them that name each other twice would double each time. */
static bool inline_mentions(struct dt_check *c, struct dt_inline *in)
{
	if (!in->mentions_args) {
		in->mentions_args = -1; /* also the answer for one that refers to itself */
		if (dt_ast_any(in->ast->value, mentions, c))
			in->mentions_args = 1;
	}
	return in->mentions_args > 0;
}

static bool mentions(const struct dt_ast_expr *e, void *arg)
{
	struct dt_check *c = arg;
	const struct dt_builtin *row;
	struct dt_inline *in;

	if (e->kind == DT_EXPR_INDEX && e->index.base->kind == DT_EXPR_IDENT) {
		row = dt_check_builtin(c, e->index.base->id.name, DT_BI_VAR);
		return row && row->flags & DT_BF_INDEXED;
	}
	if (e->kind != DT_EXPR_IDENT)
		return false;
	in = dt_check_inline(c, e->id.name);
	return in && inline_mentions(c, in);
}

bool dt_check_mentions_args(struct dt_check *c, const struct dt_ast_expr *e)
{
	return dt_ast_any(e, mentions, c);
}
