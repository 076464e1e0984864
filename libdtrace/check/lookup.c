/* SPDX-License-Identifier: MIT */
/*
 * What a name stands for: variables of the three scopes, built-ins, the parameters of the inline or
 * translator that is being expanded; and which of these names is closest to one that does not
 * exist.  names.c makes expressions of what it finds here, declarations ask whether a name is in
 * use.
 */
#include <string.h>
#include "check/context.h"
#include "check/lookup.h"
#include "base/near.h"
#include "check/stability.h"
#include "check/symtab.h"

struct dt_var *dt_check_var(struct dt_check *c, enum dt_scope scope, const char *name)
{
	return dt_table_gets(&c->tab->vars[scope], name);
}

const char *dt_check_var_name(struct dt_check *c, enum dt_scope scope, const char *name)
{
	static const char *const prefix[] = { "", "self->", "this->" };

	return dt_arena_printf(c->arena, "%s%s", prefix[scope], name);
}

struct dt_var *dt_check_new_var(struct dt_check *c, enum dt_scope scope, const char *name,
				const struct dt_type *type, const struct dt_loc *loc)
{
	struct dt_arena *arena = c->tab->arena;
	struct dt_compile *before = dt_arena_guard(arena, c->compile);
	struct dt_var *v = dt_arena_new_obj(arena, struct dt_var);

	v->name = dt_arena_strdup(arena, name);
	v->scope = scope;
	v->type = type;
	v->loc = *loc;
	if (v->loc.file)
		v->loc.file = dt_arena_strdup(arena, loc->file);
	dt_arena_guard(arena, before);
	if (!dt_symtab_add_var(c->tab, v))
		dt_fail_nomem(c->compile);
	return v;
}

bool dt_check_use_library(struct dt_check *c, const char *name)
{
	return c->opts->library && c->opts->library(c->opts->arg, c->compile, name);
}

struct dt_inline *dt_check_inline(struct dt_check *c, const char *name)
{
	struct dt_inline *in = dt_symtab_inline(c->tab, name);

	if (!in && dt_check_use_library(c, name))
		in = dt_symtab_inline(c->tab, name);
	return in && !dt_check_is_later(c, dt_check_binding_of(c, name)) ? in : NULL;
}

const struct dt_builtin *dt_check_builtin(struct dt_check *c, const char *name,
					  enum dt_builtin_kind kind)
{
	const struct dt_builtins *all = c->opts->builtins;
	const struct dt_builtin *row = dt_builtin_find(all, name, kind);

	return row && all->since && dt_check_is_later(c, all->since(name)) ? NULL : row;
}

void dt_check_available(struct dt_check *c, const struct dt_builtin *row, const struct dt_loc *loc)
{
	static const char *const suffix[] = { "", "( )", "( )", "( )" };
	const char *tag = row->kind == DT_BI_VAR ? "D_IDENT_UNDEF" : "D_FUNC_UNDEF";

	if (row->refusal)
		dt_fail(c->compile, loc, tag, "%s%s is not available on Linux: it %s", row->name,
			suffix[row->kind], row->refusal);
	if (!dt_builtin_has_code(row) && !c->opts->unready)
		dt_fail(c->compile, loc, tag,
			"%s%s is not available in this version of DTrace for Linux", row->name,
			suffix[row->kind]);
	dt_check_use_builtin(c, row, loc);
}

struct dt_expr *dt_check_param(struct dt_check *c, const char *name)
{
	for (uint32_t i = 0; c->frame && i < c->frame->n; i++) {
		if (strcmp(c->frame->names[i], name) == 0)
			return c->frame->values[i];
	}
	return NULL;
}

static void offer_rows(struct dt_check *c, struct dt_near *n, uint32_t kinds)
{
	const struct dt_builtin *row;

	for (size_t i = 0; (row = dt_builtin_at(c->opts->builtins, i)); i++)
		if ((kinds & 1u << row->kind) && !row->refusal)
			dt_near_offer(n, row->name);
}

static void offer_vars(struct dt_check *c, struct dt_near *n, enum dt_scope scope)
{
	for (size_t i = 0; i < c->tab->var_list[scope].n; i++)
		dt_near_offer(n, c->tab->var_list[scope].data[i]->name);
}

void dt_check_offer(const char *name, void *near)
{
	dt_near_offer(near, name);
}

/* What D libraries and the kernel define.  These are many names, so they are for one that has no
 * relative in the program.  Enumerators are upper-case by custom, and a variable is not meant to be
 * one. */
static void offer_constants(struct dt_check *c, struct dt_near *n)
{
	if (c->opts->names)
		c->opts->names(c->opts->arg, DT_NAMES_LIBRARY, n);
	for (const char *p = n->wanted; *p; p++)
		if (*p >= 'a' && *p <= 'z')
			return;
	dt_types_each_enumerator(c->types, dt_check_offer, n);
}

const char *dt_check_hint_var(struct dt_check *c, enum dt_scope scope, const char *name)
{
	static const enum dt_scope others[] = { DT_SCOPE_THREAD, DT_SCOPE_CLAUSE, DT_SCOPE_GLOBAL };
	struct dt_near n;

	/* The right name in the wrong scope is the likelier mistake. */
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		if (others[i] != scope && dt_check_var(c, others[i], name))
			return dt_arena_printf(c->arena, "did you mean \"%s\"?",
					       dt_check_var_name(c, others[i], name));
	}
	dt_near_init(&n, name);
	offer_vars(c, &n, scope);
	if (scope != DT_SCOPE_GLOBAL)
		return dt_near_hint_as(c->arena, &n, dt_check_var_name(c, scope, ""));
	offer_rows(c, &n, 1u << DT_BI_VAR);
	for (size_t i = 0; i < c->tab->inline_list.n; i++)
		dt_near_offer(&n, c->tab->inline_list.data[i]->name);
	for (uint32_t i = 0; c->frame && i < c->frame->n; i++)
		dt_near_offer(&n, c->frame->names[i]);
	if (!n.best[0])
		offer_constants(c, &n);
	return dt_near_hint(c->arena, &n);
}

const char *dt_check_hint_func(struct dt_check *c, const char *name)
{
	struct dt_near n;

	dt_near_init(&n, name);
	offer_rows(c, &n, 1u << DT_BI_SUBR | 1u << DT_BI_ACTION | 1u << DT_BI_AGGFUNC);
	return dt_near_hint(c->arena, &n);
}

const char *dt_check_hint_other(struct dt_check *c, enum dt_names which, const char *name,
				const char *prefix)
{
	struct dt_near n;

	dt_near_init(&n, name);
	if (c->opts->names)
		c->opts->names(c->opts->arg, which, &n);
	return dt_near_hint_as(c->arena, &n, prefix);
}
