/* SPDX-License-Identifier: MIT */
/*
 * The symbol table, which the programs of a handle share.  Each kind of entry has a list, whose
 * order gives the ids, and a table by name. A failed compile is undone by cutting the lists.
 * Entries lie in the arena of the table and stay there until the handle is closed.
 */
#include <string.h>
#include "check/symtab.h"

struct dt_symtab *dt_symtab_new(void)
{
	struct dt_symtab *tab = calloc(1, sizeof(*tab));

	if (!tab)
		return NULL;
	tab->arena = dt_arena_new();
	if (!tab->arena) {
		free(tab);
		return NULL;
	}
	return tab;
}

void dt_symtab_free(struct dt_symtab *tab)
{
	if (!tab)
		return;
	for (int scope = 0; scope < 3; scope++) {
		dt_table_free(&tab->vars[scope]);
		dt_vec_free(&tab->var_list[scope]);
	}
	dt_table_free(&tab->aggs);
	dt_table_free(&tab->inlines);
	dt_table_free(&tab->providers);
	dt_table_free(&tab->externs);
	dt_table_free(&tab->attrs);
	dt_vec_free(&tab->agg_list);
	dt_vec_free(&tab->inline_list);
	dt_vec_free(&tab->xlators);
	dt_vec_free(&tab->provider_list);
	dt_vec_free(&tab->extern_list);
	dt_vec_free(&tab->attr_list);
	dt_arena_free(tab->arena);
	free(tab);
}

struct dt_var *dt_symtab_var(const struct dt_symtab *tab, enum dt_scope scope, uint32_t id)
{
	return id < tab->var_list[scope].n ? tab->var_list[scope].data[id] : NULL;
}

uint32_t dt_symtab_nvars(const struct dt_symtab *tab, enum dt_scope scope)
{
	return (uint32_t)tab->var_list[scope].n;
}

struct dt_agg *dt_symtab_agg(const struct dt_symtab *tab, int64_t id)
{
	return id >= 1 && id <= (int64_t)tab->agg_list.n ? tab->agg_list.data[id - 1] : NULL;
}

uint32_t dt_symtab_naggs(const struct dt_symtab *tab)
{
	return (uint32_t)tab->agg_list.n;
}

struct dt_agg *dt_symtab_agg_by_name(const struct dt_symtab *tab, const char *name)
{
	return dt_table_gets(&tab->aggs, name);
}

const struct dt_ast_provider *dt_symtab_provider_at(const struct dt_symtab *tab, size_t i)
{
	return i < tab->provider_list.n ? tab->provider_list.data[i] : NULL;
}

const struct dt_ast_provider *dt_symtab_provider(const struct dt_symtab *tab, const char *name)
{
	return dt_table_gets(&tab->providers, name);
}

struct dt_inline *dt_symtab_inline(const struct dt_symtab *tab, const char *name)
{
	return dt_table_gets(&tab->inlines, name);
}

bool dt_symtab_add_var(struct dt_symtab *tab, struct dt_var *var)
{
	var->id = (uint32_t)tab->var_list[var->scope].n;
	return dt_vec_push(&tab->var_list[var->scope], var) &&
	       dt_table_puts(&tab->vars[var->scope], var->name, var);
}

bool dt_symtab_add_agg(struct dt_symtab *tab, struct dt_agg *agg)
{
	agg->id = (int64_t)tab->agg_list.n + 1;
	return dt_vec_push(&tab->agg_list, agg) && dt_table_puts(&tab->aggs, agg->name, agg);
}

bool dt_symtab_add_inline(struct dt_symtab *tab, struct dt_inline *in)
{
	return dt_vec_push(&tab->inline_list, in) && dt_table_puts(&tab->inlines, in->name, in);
}

bool dt_symtab_add_xlator(struct dt_symtab *tab, struct dt_xlator *x)
{
	return dt_vec_push(&tab->xlators, x);
}

bool dt_symtab_add_provider(struct dt_symtab *tab, const struct dt_ast_provider *p)
{
	return dt_vec_push(&tab->provider_list, p) &&
	       dt_table_puts(&tab->providers, p->name, (void *)p);
}

bool dt_symtab_add_extern(struct dt_symtab *tab, struct dt_extern *e)
{
	return dt_vec_push(&tab->extern_list, e) && dt_table_puts(&tab->externs, e->name, e);
}

bool dt_symtab_add_attr(struct dt_symtab *tab, struct dt_named_attr *a)
{
	return dt_vec_push(&tab->attr_list, a) && dt_table_puts(&tab->attrs, a->name, a);
}

struct dt_check_mark dt_check_mark(const struct dt_check_opts *opts)
{
	const struct dt_symtab *tab = opts->symtab;
	struct dt_check_mark mark = {
		.naggs = tab->agg_list.n,
		.ninlines = tab->inline_list.n,
		.nxlators = tab->xlators.n,
		.nproviders = tab->provider_list.n,
		.nexterns = tab->extern_list.n,
		.nattrs = tab->attr_list.n,
		.types = dt_types_mark(opts->types),
	};

	for (int scope = 0; scope < 3; scope++)
		mark.nvars[scope] = tab->var_list[scope].n;
	return mark;
}

/* Removes the newest entries of a list, and their names. */
#define CUT(list, table, keep)                                            \
	do {                                                              \
		while ((list).n > (keep)) {                               \
			const char *name = (list).data[--(list).n]->name; \
			dt_table_remove(&(table), name, strlen(name));    \
		}                                                         \
	} while (0)

void dt_symtab_settle(struct dt_symtab *tab)
{
	for (size_t i = 0; i < tab->inline_list.n; i++)
		tab->inline_list.data[i]->busy = false;
	for (size_t i = 0; i < tab->xlators.n; i++)
		tab->xlators.data[i]->depth = 0;
}

void dt_check_rollback(const struct dt_check_opts *opts, const struct dt_check_mark *mark)
{
	struct dt_symtab *tab = opts->symtab;

	for (int scope = 0; scope < 3; scope++)
		CUT(tab->var_list[scope], tab->vars[scope], mark->nvars[scope]);
	CUT(tab->agg_list, tab->aggs, mark->naggs);
	CUT(tab->inline_list, tab->inlines, mark->ninlines);
	CUT(tab->provider_list, tab->providers, mark->nproviders);
	CUT(tab->extern_list, tab->externs, mark->nexterns);
	CUT(tab->attr_list, tab->attrs, mark->nattrs);
	tab->xlators.n = mark->nxlators;
	dt_symtab_settle(tab);
	dt_types_rollback(opts->types, mark->types);
}
