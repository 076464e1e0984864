/* SPDX-License-Identifier: MIT */
/* Walks over the typed tree, for the stages that come before the code. */
#include "check/tree.h"
#include "lower/walk.h"

static void walk_expr(const struct dt_expr *e, dt_walk_fn fn, void *arg)
{
	if (!e)
		return;
	fn(arg, e);
	for (uint32_t i = 0; i < e->nkids; i++)
		walk_expr(e->kids[i], fn, arg);
}

static void walk_all(struct dt_stmt *const *stmts, uint32_t n, dt_walk_fn fn, void *arg)
{
	for (uint32_t i = 0; i < n; i++) {
		const struct dt_stmt *s = stmts[i];

		walk_expr(s->expr, fn, arg);
		for (uint32_t k = 0; k < s->nargs; k++)
			walk_expr(s->args[k], fn, arg);
		for (uint32_t k = 0; k < s->nkeys; k++)
			walk_expr(s->keys[k], fn, arg);
		walk_expr(s->value, fn, arg);
		walk_expr(s->incr, fn, arg);
		walk_all(s->then_body, s->nthen, fn, arg);
		walk_all(s->else_body, s->nelse, fn, arg);
	}
}

void dt_walk_clause(const struct dt_tclause *c, dt_walk_fn fn, void *arg)
{
	walk_expr(c->pred, fn, arg);
	walk_all(c->stmts, c->nstmts, fn, arg);
}

void dt_walk_stmts(struct dt_stmt *const *stmts, uint32_t n,
		   void (*fn)(void *arg, struct dt_stmt *s), void *arg)
{
	for (uint32_t i = 0; i < n; i++) {
		fn(arg, stmts[i]);
		dt_walk_stmts(stmts[i]->then_body, stmts[i]->nthen, fn, arg);
		dt_walk_stmts(stmts[i]->else_body, stmts[i]->nelse, fn, arg);
	}
}
