/* SPDX-License-Identifier: MIT */
/*
 * The stability of names: of D's own, of the kernel's symbols, of probes, and what #pragma D
 * attributes says.  The pragmas' are in the symbol table, by name, those about a provider by
 * "NAME:PART".
 */
#include <dtrace.h>
#include <string.h>
#include "base/version.h"
#include "check/context.h"
#include "check/stability.h"
#include "check/symtab.h"
#include "contract/provider.h"

const struct dt_attr dt_check_stable = { DTRACE_STABILITY_STABLE, DTRACE_STABILITY_STABLE,
					 DTRACE_CLASS_COMMON };

/* The names of a provider's parts, in the order of struct dt_provider_ops' attr. */
static const char *const parts[] = { "provider", "module", "function", "name", "args" };

static const char *text_of(struct dt_check *c, struct dt_attr a)
{
	return dt_arena_printf(c->arena, "%s/%s/%s", dt_attr_stability_name(a.name),
			       dt_attr_stability_name(a.data), dt_attr_class_name(a.class));
}

static void demand(struct dt_check *c, struct dt_attr attr, const char *name,
		   const struct dt_loc *loc)
{
	if (c->opts->amin && dt_attr_is_below(attr, *c->opts->amin))
		dt_fail(c->compile, loc, "D_ATTR_MIN",
			"attributes for %s (%s) are less than predefined minimum", name,
			text_of(c, attr));
}

void dt_check_use_attr(struct dt_check *c, struct dt_attr attr, const char *name,
		       const struct dt_loc *loc)
{
	if (!c->clause || c->nhidden)
		return;
	demand(c, attr, name, loc);
	c->attr = dt_attr_min(c->attr, attr);
}

static struct dt_attr provider_attr(const struct dt_symtab *tab, const struct dt_probe *probe,
				    unsigned part)
{
	char key[128];
	int len = (int)strcspn(probe->prov, "0123456789");
	const struct dt_named_attr *named;

	if (!tab->attr_list.n)
		return probe->provider->ops->attr[part];
	snprintf(key, sizeof(key), "%.*s:%s", len, probe->prov, parts[part]);
	named = dt_table_gets(&tab->attrs, key);
	return named ? named->attr : probe->provider->ops->attr[part];
}

struct dt_attr dt_check_args_attr(const struct dt_symtab *tab, const struct dt_probe *probe)
{
	return provider_attr(tab, probe, 4);
}

/* Only the fields that a description has count.  One that names no single provider is Unstable. */
struct dt_attr dt_check_desc_attr(const struct dt_symtab *tab, const struct dt_pdesc *desc,
				  const struct dt_probe *probe)
{
	const struct dt_attr unstable = { DTRACE_STABILITY_UNSTABLE, DTRACE_STABILITY_UNSTABLE,
					  DTRACE_CLASS_COMMON };
	const struct dt_pdesc all = probe ? (struct dt_pdesc){ probe->prov, probe->mod, probe->func,
							       probe->name, 0 }
					  : *desc;
	const struct dt_pdesc *d = desc->id ? &all : desc;
	const char *const fields[] = { d->provider, d->mod, d->func, d->name };
	struct dt_attr attr;

	if (!probe || !dt_glob_is_plain(d->provider))
		return unstable;
	attr = provider_attr(tab, probe, 0);
	for (unsigned i = 1; i < ARRAY_SIZE(fields); i++)
		if (*fields[i])
			attr = dt_attr_min(attr, provider_attr(tab, probe, i));
	return attr;
}

void dt_check_use_builtin(struct dt_check *c, const struct dt_builtin *row,
			  const struct dt_loc *loc)
{
	struct dt_attr attr = dt_check_stable;

	if (row->flags & DT_BF_PRIVATE_DATA)
		attr.data = DTRACE_STABILITY_PRIVATE;
	if (row->flags & DT_BF_ARGS && c->probe)
		attr = dt_attr_min(attr, dt_check_args_attr(c->tab, c->probe));
	dt_check_use_attr(c, attr, row->name, loc);
}

void dt_check_use_symbol(struct dt_check *c, const char *name, const struct dt_loc *loc)
{
	const struct dt_attr private = { DTRACE_STABILITY_PRIVATE, DTRACE_STABILITY_PRIVATE,
					 DTRACE_CLASS_UNKNOWN };

	dt_check_use_attr(c, private, dt_arena_printf(c->arena, "`%s", name), loc);
}

const struct dt_attr *dt_check_attr_of(struct dt_check *c, const char *name)
{
	const struct dt_named_attr *named = dt_table_gets(&c->tab->attrs, name);

	return named ? &named->attr : NULL;
}

void dt_check_clause_attr(struct dt_check *c, struct dt_tclause *t)
{
	t->descattr = dt_check_desc_attr(c->tab, &c->pdesc->desc, c->probe);
	demand(c, t->descattr, "probe description", &c->pdesc->loc);
}

static bool is_part(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (!strcmp(parts[i], name))
			return true;
	return false;
}

/* Keeps what a pragma says in the symbol table, whose arena outlives the compile. */
static void keep(struct dt_check *c, const char *name, struct dt_named_attr said)
{
	struct dt_arena *arena = c->tab->arena;
	struct dt_compile *before = dt_arena_guard(arena, c->compile);
	struct dt_named_attr *named = dt_arena_new_obj(arena, struct dt_named_attr);

	*named = said;
	named->name = dt_arena_strdup(arena, name);
	dt_arena_guard(arena, before);
	if (!dt_symtab_add_attr(c->tab, named))
		dt_fail_nomem(c->compile);
}

void dt_check_attr_pragma(struct dt_check *c, const struct dt_ast_pragma *p)
{
	struct dt_named_attr said = { 0 };

	if (p->part && !is_part(p->part))
		dt_fail(c->compile, &p->loc, "D_PRAGMA_INVAL",
			"invalid part of provider %s specified by #pragma attributes: %s", p->name,
			p->part);
	dt_attr_parse(p->value, &said.attr);
	keep(c, p->part ? dt_arena_printf(c->arena, "%s:%s", p->name, p->part) : p->name, said);
}

bool dt_check_is_later(const struct dt_check *c, uint32_t version)
{
	return c->opts->version && version > c->opts->version;
}

/* Kept beside the attributes, under a name that no identifier has. */
static const char *binding_name(struct dt_check *c, const char *name)
{
	return dt_arena_printf(c->arena, "binding %s", name);
}

uint32_t dt_check_binding_of(struct dt_check *c, const char *name)
{
	const struct dt_named_attr *named;

	if (!dt_check_is_later(c, DT_VERSION_NEWEST))
		return 0; /* it makes no difference */
	named = dt_table_gets(&c->tab->attrs, binding_name(c, name));
	return named ? named->version : 0;
}

void dt_check_binding_pragma(struct dt_check *c, const struct dt_ast_pragma *p)
{
	struct dt_named_attr said = { 0 };

	if (!dt_version_parse(p->value, &said.version) || said.version > DT_VERSION_NEWEST)
		dt_fail(c->compile, &p->loc, "D_PRAGMA_INVAL",
			"invalid version specified by #pragma binding: %s", p->value);
	keep(c, binding_name(c, p->name), said);
}

void dt_check_pragma_unused(struct dt_check *c, const struct dt_ast_pragma *p)
{
	if (p->part || dt_symtab_inline(c->tab, p->name) ||
	    dt_table_gets(&c->tab->vars[DT_SCOPE_GLOBAL], p->name))
		return;
	dt_fail(c->compile, &p->loc, "D_PRAGMA_UNUSED", "unused #pragma %s: %s is not declared",
		p->kind == DT_PRAGMA_BINDING ? "binding" : "attributes", p->name);
}
