/* SPDX-License-Identifier: MIT */
/*
 * Under -Z a clause may match no probe.  It still declares its variables and aggregations, which
 * later clauses name.  Nobody knows the types of its args[] then: wherever a value comes from them
 * it is a long, and statements that only use them are left out (unmatched.h).
 */
#include "check/args.h"
#include "check/context.h"
#include "check/unmatched.h"

static const struct dt_ast_expr *replaced(struct dt_check *c, const struct dt_ast_expr *e)
{
	struct dt_ast_expr *zero;

	if (!dt_check_mentions_args(c, e))
		return e;
	zero = dt_arena_new_obj(c->arena, struct dt_ast_expr);
	zero->kind = DT_EXPR_INT;
	zero->loc = e->loc;
	zero->depth = 1;
	zero->num.base = 10;
	zero->num.nlong = 1;
	return zero;
}

static const struct dt_ast_expr *const *
replaced_list(struct dt_check *c, const struct dt_ast_expr *const *list, size_t n)
{
	const struct dt_ast_expr **copy = dt_arena_new_array(c->arena, const struct dt_ast_expr *,
							     n + 1);

	for (size_t i = 0; i < n; i++)
		copy[i] = replaced(c, list[i]);
	return copy;
}

/* What is assigned to: its keys. */
static const struct dt_ast_expr *target(struct dt_check *c, const struct dt_ast_expr *e)
{
	struct dt_ast_expr *copy = dt_arena_memdup(c->arena, e, sizeof(*e));

	if (e->kind == DT_EXPR_AGG)
		copy->agg.keys = replaced_list(c, e->agg.keys, e->agg.nkeys);
	else if (e->kind == DT_EXPR_INDEX)
		copy->index.keys = replaced_list(c, e->index.keys, e->index.nkeys);
	return copy;
}

/* What is assigned: of an aggregating function the arguments. */
static const struct dt_ast_expr *value(struct dt_check *c, const struct dt_ast_expr *left,
				       const struct dt_ast_expr *e)
{
	struct dt_ast_expr *copy;

	if (left->kind != DT_EXPR_AGG || e->kind != DT_EXPR_CALL)
		return replaced(c, e);
	copy = dt_arena_memdup(c->arena, e, sizeof(*e));
	copy->call.args = replaced_list(c, e->call.args, e->call.nargs);
	return copy;
}

static void add_block(struct dt_check *c, const struct dt_ast_block *from, struct dt_ast_block *to);

/* NULL: nothing of the statement declares anything. */
static const struct dt_ast_stmt *statement(struct dt_check *c, const struct dt_ast_stmt *s)
{
	struct dt_ast_stmt *copy = dt_arena_memdup(c->arena, s, sizeof(*s));
	struct dt_ast_expr *e;

	add_block(c, &s->yes, &copy->yes);
	add_block(c, &s->no, &copy->no);
	if (s->kind != DT_STMT_EXPR) {
		copy->expr = s->expr ? replaced(c, s->expr) : NULL;
		return copy;
	}
	if (!dt_check_mentions_args(c, s->expr))
		return s;
	if (s->expr->kind != DT_EXPR_BINARY || s->expr->binary.op != DT_OP_ASSIGN)
		return NULL;
	e = dt_arena_memdup(c->arena, s->expr, sizeof(*e));
	e->binary.right = value(c, e->binary.left, e->binary.right);
	e->binary.left = target(c, e->binary.left);
	copy->expr = e;
	return copy;
}

static void add_block(struct dt_check *c, const struct dt_ast_block *from, struct dt_ast_block *to)
{
	const struct dt_ast_stmt **stmts = dt_arena_new_array(c->arena, const struct dt_ast_stmt *,
							      from->n + 1);

	to->stmts = stmts;
	to->n = 0;
	for (size_t i = 0; i < from->n; i++)
		if ((stmts[to->n] = statement(c, from->stmts[i])))
			to->n++;
}

const struct dt_ast_clause *dt_check_without_args(struct dt_check *c,
						  const struct dt_ast_clause *clause)
{
	struct dt_ast_clause *copy = dt_arena_memdup(c->arena, clause, sizeof(*clause));

	if (dt_check_mentions_args(c, clause->predicate))
		copy->predicate = NULL;
	add_block(c, &clause->body, &copy->body);
	return copy;
}
