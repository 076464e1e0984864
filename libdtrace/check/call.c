/* SPDX-License-Identifier: MIT */
/*
 * Calls of built-ins: arguments against the prototype of the row, and formats against arguments.  A
 * prototype is text, "string(const char *, int, [int])": optional parameters are in brackets, "@"
 * takes anything, "..." is the rest.
 */
#include <ctype.h>
#include <string.h>
#include "check/call.h"
#include "check/context.h"
#include "check/convert.h"
#include "check/format.h"
#include "check/lookup.h"
#include "check/node.h"
#include "check/symtab.h"
#include "check/type.h"

#define MAX_PARAMS 8

struct proto {
	const char *ret;
	const char *params[MAX_PARAMS];
	uint32_t nmin, nparams; /* without "..." */
	bool variadic;
};

static char *trimmed(struct dt_check *c, const char *s, size_t len)
{
	while (len && (isspace((unsigned char)*s) || *s == '[')) {
		s++;
		len--;
	}
	while (len && (isspace((unsigned char)s[len - 1]) || s[len - 1] == ']'))
		len--;
	return dt_arena_strndup(c->arena, s, len);
}

static struct proto parse_proto(struct dt_check *c, const char *text)
{
	const char *open = strchr(text, '('), *p = open + 1, *end = strrchr(text, ')');
	struct proto out = { .ret = trimmed(c, text, (size_t)(open - text)) };

	while (p < end && out.nparams < MAX_PARAMS) {
		const char *comma = memchr(p, ',', (size_t)(end - p)), *stop = comma ? comma : end;
		char *param = trimmed(c, p, (size_t)(stop - p));
		bool optional = memchr(p, '[', (size_t)(stop - p)) != NULL;

		p = stop + 1;
		if (strcmp(param, "...") == 0) {
			out.variadic = true;
			break;
		}
		out.params[out.nparams++] = param;
		out.nmin += !optional;
	}
	return out;
}

void dt_check_nargs(struct dt_check *c, const struct dt_loc *loc, const char *func, uint32_t got,
		    uint32_t min, uint32_t max)
{
	if (got >= min && got <= max)
		return;
	dt_fail(c->compile, loc, "D_PROTO_LEN",
		"%s( ) prototype mismatch: %u arg%s passed, %s%u expected", func, got,
		got == 1 ? "" : "s",
		min == max  ? ""
		: got < min ? "at least "
			    : "at most ",
		got < min ? min : max);
}

void dt_check_bad_arg(struct dt_check *c, const struct dt_loc *loc, const char *func, uint32_t n,
		      const char *want, const struct dt_type *got)
{
	dt_fail(c->compile, loc, "D_PROTO_ARG",
		"%s( ) argument #%u is incompatible with prototype:\n\tprototype: %s\n\t argument: "
		"%s",
		func, n, want, dt_check_tname(c, got));
}

/* Parameters of text take text of any kind as STRING, others what an assignment converts. */
static struct dt_expr *convert_arg(struct dt_check *c, struct dt_expr *e,
				   const struct dt_type *param)
{
	if (e->op == DT_E_XLATE || dt_type_is_void(e->type))
		return NULL;
	if (dt_type_is_stringish(param)) {
		if (dt_type_is_stringish(e->type))
			return dt_check_to_string(c, e);
		/* NULL, for strtok(); any other address needs stringof */
		return e->op == DT_E_INT && e->ival == 0 ? e : NULL;
	}
	return dt_check_convert(c, e, param);
}

const struct dt_type *dt_check_proto(struct dt_check *c, const struct dt_builtin *row,
				     const struct dt_loc *loc, struct dt_expr **args,
				     uint32_t nargs)
{
	struct proto p = parse_proto(c, row->proto);
	const struct dt_type *ret;

	dt_check_nargs(c, loc, row->name, nargs, p.nmin, p.variadic ? UINT32_MAX : p.nparams);
	for (uint32_t i = 0; i < nargs; i++) {
		const struct dt_type *param;
		struct dt_expr *arg;

		if (i >= p.nparams) { /* of "..." */
			args[i] = dt_check_value(c, args[i]);
			continue;
		}
		if (strcmp(p.params[i], "@") == 0)
			continue;
		param = dt_check_typetext(c, p.params[i]);
		/* This kernel does not have the type: take any pointer. */
		if (!param)
			param = dt_type_ptr(c->types, dt_type_base(c->types, DT_B_VOID));
		arg = convert_arg(c, args[i], param);
		if (!arg)
			dt_check_bad_arg(c, &args[i]->loc, row->name, i + 1, p.params[i],
					 args[i]->type);
		args[i] = arg;
	}
	ret = dt_check_typetext(c, p.ret);
	if (!ret)
		dt_fail(c->compile, loc, "D_SYM_NOTYPES",
			"%s( ) cannot be used: this kernel has no type information (BTF) for %s",
			row->name, p.ret);
	return ret;
}

static struct dt_expr **check_args(struct dt_check *c, const struct dt_ast_expr *ast)
{
	struct dt_expr **args = dt_arena_new_array(c->arena, struct dt_expr *, ast->call.nargs + 1);

	for (size_t i = 0; i < ast->call.nargs; i++)
		args[i] = dt_check_any(c, ast->call.args[i]);
	return args;
}

static _Noreturn void no_function(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const char *name = ast->call.name;

	if (dt_check_builtin(c, name, DT_BI_VAR) || dt_check_var(c, DT_SCOPE_GLOBAL, name) ||
	    dt_check_inline(c, name))
		dt_fail(c->compile, &ast->loc, "D_FUNC_IDKIND",
			"%s is a variable and may not be called as a function", name);
	dt_fail_hint(c->compile, &ast->loc, "D_FUNC_UNDEF", dt_check_hint_func(c, name),
		     "undefined function name: %s", name);
}

void dt_check_misplaced(struct dt_check *c, const struct dt_expr *call)
{
	const struct dt_builtin *row = call->row;

	dt_fail(c->compile, &call->loc, "D_CG_EXPR",
		"%s %s( ) may not be called from a D expression (D program context required)",
		row->kind == DT_BI_AGGFUNC ? "aggregating function" : "tracing function",
		row->name);
}

/* Calls in an expression. Actions that are values are among them; all other actions are
 * statements. */
struct dt_expr *dt_check_call(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const struct dt_builtin *row = dt_check_builtin(c, ast->call.name, DT_BI_SUBR);
	const struct dt_builtin *action = NULL;
	struct dt_expr *e;

	if (!row) {
		action = dt_check_builtin(c, ast->call.name, DT_BI_ACTION);
		if (!action)
			action = dt_check_builtin(c, ast->call.name, DT_BI_AGGFUNC);
		if (!action)
			no_function(c, ast);
		row = action;
	}
	/* Wrong arguments are reported before the context, and that before what is missing. */
	e = dt_check_node(c, DT_E_CALL, NULL, &ast->loc, 0);
	e->row = row;
	if (!(row->flags & (DT_BF_PRINTFLIKE | DT_BF_AGGARGS))) {
		e->nkids = (uint32_t)ast->call.nargs;
		e->kids = check_args(c, ast);
		e->type = dt_check_proto(c, row, &ast->loc, e->kids, e->nkids);
	}
	if (action && !(action->flags & DT_BF_VALUE)) {
		if (!c->in_arguments)
			dt_check_misplaced(c, e);
		c->misplaced = e;
		e->type = dt_type_base(c->types, DT_B_VOID);
		return e;
	}
	dt_check_available(c, row, &ast->loc);
	if (row->check)
		row->check(c, e);
	if (c->clause && (row->flags & DT_BF_DESTRUCTIVE))
		c->clause->is_destructive = true;
	return e;
}

/* ---- printf and its like ---- */

void dt_check_printflike(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call)
{
	const char *func = s->row->name;
	const struct dt_ast_expr *first;
	const struct dt_type **types;
	struct dt_expr *e;
	struct dt_fmt *fmt;

	dt_check_nargs(c, &s->loc, func, (uint32_t)call->call.nargs, 1, UINT32_MAX);
	first = call->call.args[0];
	if (first->kind != DT_EXPR_STRING) {
		e = dt_check_any(c, first);
		if (dt_type_is_stringish(e->type))
			dt_fail(c->compile, &first->loc, "D_PRINTF_ARG_FMT",
				"%s( ) argument #1 is incompatible with prototype:\n\tprototype: "
				"string constant\n\t argument: %s",
				func, dt_check_tname(c, e->type));
		dt_check_bad_arg(c, &first->loc, func, 1, "string", e->type);
	}
	if (!first->str.len)
		dt_fail(c->compile, &first->loc, "D_PRINTF_FMT_EMPTY",
			"%s( ) format string is empty", func);
	s->nargs = (uint32_t)call->call.nargs - 1;
	s->args = dt_arena_new_array(c->arena, struct dt_expr *, s->nargs + 1);
	types = dt_arena_new_array(c->arena, const struct dt_type *, s->nargs + 1);
	fmt = dt_fmt_parse(c->compile, &first->loc, first->str.s);
	for (uint32_t i = 0; i < s->nargs; i++) {
		if (call->call.args[i + 1]->kind == DT_EXPR_AGG)
			continue; /* no conversion takes it: dt_fmt_check() fails */
		e = dt_check_any(c, call->call.args[i + 1]);
		if (dt_type_is_chararray(e->type) && e->op != DT_E_XLATE)
			e = dt_check_to_string(c, e);
		else if (dt_type_strip(e->type)->kind != DT_K_ARRAY)
			e = dt_check_value(c, e);
		s->args[i] = e;
		types[i] = e->type;
	}
	dt_fmt_check(c->compile, &s->loc, fmt, func, types, s->nargs);
	s->fmt = fmt;
}
