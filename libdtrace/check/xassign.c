/* SPDX-License-Identifier: MIT */
/*
 * Assigning a translated object to a variable, called for assignments (ops.c).  There is no such
 * object in memory, so one is made, in a clause-local variable without a name, member by member:
 *
 *	v = xlate <struct info> (e)
 * is
 *	(tmp.pid = e->pid, tmp.name = e->comm, v = tmp)
 *
 * What the translator leaves out is zero, as the variable is when the probe fires.
 */
#include "check/context.h"
#include "check/convert.h"
#include "check/member.h"
#include "check/node.h"
#include "check/symtab.h"
#include "check/xlate.h"

static struct dt_expr *hidden_variable(struct dt_check *c, const struct dt_type *type,
				       const struct dt_loc *loc)
{
	struct dt_var *v = dt_arena_new_obj(c->arena, struct dt_var);
	struct dt_expr *e = dt_check_node(c, DT_E_VAR, dt_type_unqual(type), loc, 0);

	v->name = "";
	v->scope = DT_SCOPE_CLAUSE;
	v->type = e->type;
	e->var = v;
	return e;
}

/* May E be evaluated once for each member? */
static bool is_pure(const struct dt_expr *e)
{
	if (e->op == DT_E_CALL || e->op == DT_E_ASSIGN || e->op == DT_E_OPASSIGN ||
	    e->op == DT_E_INCDEC)
		return false;
	for (uint32_t i = 0; i < e->nkids; i++)
		if (!is_pure(e->kids[i]))
			return false;
	return true;
}

static struct dt_expr *store(struct dt_check *c, struct dt_expr *to, struct dt_expr *value)
{
	return dt_check_node(c, DT_E_ASSIGN, to->type, &value->loc, 2, to, value);
}

/* CHAIN, then E. */
static struct dt_expr *then(struct dt_check *c, struct dt_expr *chain, struct dt_expr *e)
{
	return chain ? dt_check_node(c, DT_E_COMMA, e->type, &e->loc, 2, chain, e) : e;
}

/* An array is copied whole. One of char may also come from a string. */
static struct dt_expr *array_value(struct dt_check *c, struct dt_expr *value,
				   const struct dt_expr *to, const char *name)
{
	const struct dt_expr *from = value->op == DT_E_CAST ? value->kids[0] : value;

	if (dt_type_is_string(value->type) && dt_type_is_chararray(from->type) &&
	    dt_type_size(c->types, from->type) == dt_type_size(c->types, to->type))
		return value->kids[0];
	if (dt_type_is_string(value->type))
		return value;
	if (dt_type_is_ptr(value->type))
		return dt_check_deref(c, value, 0, to->type, &value->loc);
	if (dt_type_size(c->types, value->type) != dt_type_size(c->types, to->type))
		dt_fail(c->compile, &value->loc, "D_XLATE_INCOMPAT",
			"translator member %s definition uses incompatible types: \"%s\" = \"%s\"",
			name, dt_check_tname(c, to->type), dt_check_tname(c, value->type));
	return value;
}

/* The assignments of XLATE's members to those of TO, behind CHAIN. */
static struct dt_expr *store_members(struct dt_check *c, struct dt_expr *chain, struct dt_expr *to,
				     struct dt_expr *xlate)
{
	const struct dt_ast_xlator *ast = xlate->xlator->ast;

	for (size_t i = 0; i < ast->nmembers; i++) {
		const char *name = ast->members[i].name;
		const struct dt_loc *loc = &ast->members[i].loc;
		struct dt_expr *value = dt_check_xlate_member(c, xlate, name, loc);
		struct dt_expr *member = dt_check_member(c, to, name, false, loc);

		if (value->op == DT_E_XLATE && dt_type_is_sou(value->type)) {
			chain = store_members(c, chain, member, value);
			continue;
		}
		if (dt_type_strip(member->type)->kind == DT_K_ARRAY)
			value = array_value(c, value, member, name);
		else if (!dt_type_is_sou(member->type))
			value = dt_check_value(c, value);
		chain = then(c, chain, store(c, member, value));
	}
	return chain;
}

struct dt_expr *dt_check_xlate_assign(struct dt_check *c, struct dt_expr *to, struct dt_expr *xlate,
				      const struct dt_loc *loc)
{
	struct dt_expr *object = hidden_variable(c, to->type, loc), *chain = NULL, *input;

	if (!is_pure(xlate->kids[0]) && dt_type_is_scalar(xlate->kids[0]->type)) {
		input = hidden_variable(c, xlate->kids[0]->type, loc);
		chain = store(c, input, xlate->kids[0]);
		xlate->kids[0] = input;
	}
	chain = store_members(c, chain, object, xlate);
	return then(c, chain, store(c, to, object));
}
