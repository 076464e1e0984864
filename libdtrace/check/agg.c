/* SPDX-License-Identifier: MIT */
/*
 * Aggregations: @name[keys] = func(args).  The first statement determines the function, its
 * parameters, and the number and types of keys; later statements, of all programs of the handle,
 * must agree.
 */
#include "check/agg.h"
#include "check/context.h"
#include "check/convert.h"
#include "check/lookup.h"
#include "base/near.h"
#include "check/node.h"
#include "check/symtab.h"

static const char *hint(struct dt_check *c, const char *name)
{
	struct dt_near n;

	dt_near_init(&n, name);
	for (size_t i = 0; i < c->tab->agg_list.n; i++)
		dt_near_offer(&n, c->tab->agg_list.data[i]->name);
	return dt_near_hint_as(c->arena, &n, "@");
}

struct dt_agg *dt_check_agg_arg(struct dt_check *c, const struct dt_ast_expr *arg, const char *func,
				uint32_t n, const char *tag_arg, const char *tag_bad)
{
	struct dt_agg *agg;

	if (arg->kind != DT_EXPR_AGG)
		dt_fail(c->compile, &arg->loc, tag_arg,
			"%s( ) argument #%u is incompatible with prototype:\n\tprototype: "
			"aggregation\n\t argument: %s",
			func, n, dt_check_tname(c, dt_check_any(c, arg)->type));
	if (arg->agg.has_keys)
		dt_fail(c->compile, &arg->loc, tag_arg,
			"%s( ) argument #%u must be an aggregation without keys: @%s", func, n,
			arg->agg.name);
	agg = dt_symtab_agg_by_name(c->tab, arg->agg.name);
	if (!agg)
		dt_fail_hint(c->compile, &arg->loc, tag_bad, hint(c, arg->agg.name),
			     "undefined aggregation: @%s", arg->agg.name);
	return agg;
}

static const struct dt_builtin *key_row(const struct dt_expr *e)
{
	return e->op == DT_E_CALL && e->row->kind == DT_BI_ACTION ? e->row : NULL;
}

static struct dt_agg *define(struct dt_check *c, const struct dt_ast_expr *ast,
			     struct dt_expr *const *keys)
{
	struct dt_arena *arena = c->tab->arena;
	struct dt_compile *before = dt_arena_guard(arena, c->compile);
	struct dt_agg *agg = dt_arena_new_obj(arena, struct dt_agg);

	agg->name = dt_arena_strdup(arena, ast->agg.name);
	agg->loc = ast->loc;
	if (agg->loc.file)
		agg->loc.file = dt_arena_strdup(arena, ast->loc.file);
	agg->nkeys = (uint32_t)ast->agg.nkeys;
	agg->keys = dt_arena_new_array(arena, const struct dt_type *, agg->nkeys + 1);
	agg->key_rows = dt_arena_new_array(arena, const struct dt_builtin *, agg->nkeys + 1);
	dt_arena_guard(arena, before);
	for (uint32_t i = 0; i < agg->nkeys; i++) {
		agg->keys[i] = dt_type_unqual(keys[i]->type);
		agg->key_rows[i] = key_row(keys[i]);
	}
	if (!dt_symtab_add_agg(c->tab, agg))
		dt_fail_nomem(c->compile);
	return agg;
}

static struct dt_expr *agreed_key(struct dt_check *c, const struct dt_agg *agg, struct dt_expr *e,
				  uint32_t i)
{
	const struct dt_builtin *row = key_row(e);
	struct dt_expr *value = row == agg->key_rows[i] ? dt_check_convert(c, e, agg->keys[i])
							: NULL;

	if (!value)
		dt_fail(c->compile, &e->loc, "D_PROTO_ARG",
			"@%s[ ] key #%u is incompatible with prototype:\n\tprototype: %s%s\n"
			"\t argument: %s%s",
			agg->name, i + 1,
			agg->key_rows[i] ? agg->key_rows[i]->name : dt_check_tname(c, agg->keys[i]),
			agg->key_rows[i] ? "( )" : "", row ? row->name : dt_check_tname(c, e->type),
			row ? "( )" : "");
	return value;
}

static void agree(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *ast,
		  const struct dt_aggfunc *func)
{
	const struct dt_agg *agg = s->agg;

	if (agg->func && agg->func != func)
		dt_fail(c->compile, &ast->loc, "D_AGG_REDEF",
			"aggregation redefined: @%s\n\t current: @%s = %s( )\n\tprevious: @%s = "
			"%s( ) : line %u",
			agg->name, agg->name, func->name, agg->name, agg->func->name,
			agg->loc.line);
	if (s->nkeys != agg->nkeys)
		dt_fail(c->compile, &ast->loc, "D_PROTO_LEN",
			"@%s[ ] prototype mismatch: %u key%s passed, %u expected", agg->name,
			s->nkeys, s->nkeys == 1 ? "" : "s", agg->nkeys);
	for (uint32_t i = 0; i < s->nkeys; i++)
		s->keys[i] = agreed_key(c, agg, s->keys[i], i);
}

static const struct dt_builtin *function(struct dt_check *c, const struct dt_ast_expr *agg,
					 const struct dt_ast_expr *call)
{
	const struct dt_builtin *row = call->kind == DT_EXPR_CALL
					       ? dt_check_builtin(c, call->call.name, DT_BI_AGGFUNC)
					       : NULL;

	if (call->kind == DT_EXPR_CALL && !row &&
	    !dt_check_builtin(c, call->call.name, DT_BI_SUBR) &&
	    !dt_check_builtin(c, call->call.name, DT_BI_ACTION))
		dt_fail_hint(c->compile, &call->loc, "D_FUNC_UNDEF",
			     dt_check_hint_func(c, call->call.name), "undefined function name: %s",
			     call->call.name);
	if (!row)
		dt_fail(c->compile, &call->loc, "D_AGG_FUNC",
			"@%s must be assigned the result of an aggregating function",
			agg->agg.name);
	dt_check_available(c, row, &call->loc);
	return row;
}

void dt_check_agg_stmt(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *assign)
{
	const struct dt_ast_expr *ast = assign->binary.left, *call = assign->binary.right;
	const struct dt_builtin *row = function(c, ast, call);
	struct dt_expr **args = dt_arena_new_array(c->arena, struct dt_expr *,
						   call->call.nargs + 1);

	s->kind = DT_S_AGG;
	s->loc = ast->loc;
	s->row = row;
	s->nkeys = (uint32_t)ast->agg.nkeys;
	s->keys = dt_arena_new_array(c->arena, struct dt_expr *, s->nkeys + 1);
	for (uint32_t i = 0; i < s->nkeys; i++)
		s->keys[i] = dt_check_key(c, ast->agg.keys[i], "aggregation", i + 1);
	for (size_t i = 0; i < call->call.nargs; i++)
		args[i] = dt_check_expr(c, call->call.args[i]);
	s->agg = dt_symtab_agg_by_name(c->tab, ast->agg.name);
	if (!s->agg)
		s->agg = define(c, ast, s->keys);
	else
		agree(c, s, ast, row->agg);
	row->agg->check(c, s, args, (uint32_t)call->call.nargs);
	s->agg->func = row->agg;
}
