/* SPDX-License-Identifier: MIT */
/*
 * Declarations: variables, typedefs, providers.  Types as written are type.c's, structures among
 * them; inlines and translators are xlate.c's.
 */
#include <errno.h>
#include <string.h>
#include "check/context.h"
#include "check/decl.h"
#include "check/lookup.h"
#include "check/node.h"
#include "check/symtab.h"
#include "check/type.h"

static _Noreturn void redeclared(struct dt_check *c, const struct dt_loc *loc, const char *name,
				 const struct dt_type *now, const struct dt_type *before)
{
	if (!now || !before)
		dt_fail(c->compile, loc, "D_DECL_IDRED", "identifier redeclared: %s", name);
	dt_fail(c->compile, loc, "D_DECL_IDRED",
		"identifier redeclared: %s\n\t current: %s\n\tprevious: %s", name,
		dt_check_tname(c, now), dt_check_tname(c, before));
}

/* ---- variables ---- */

/* The types of the keys in `int a[string, int]`. */
static const struct dt_type **key_types(struct dt_check *c, const struct dt_ast_deriv *d)
{
	const struct dt_type **keys = dt_arena_new_array(c->tab->arena, const struct dt_type *,
							 d->nparams + 1);

	if (!keys)
		dt_fail_nomem(c->compile);
	if (d->variadic)
		dt_fail(c->compile, &d->loc, "D_DECL_PROTO_VARARGS",
			"associative array prototype may not use a variable-length argument list");
	for (size_t i = 0; i < d->nparams; i++) {
		const struct dt_ast_param *p = &d->params[i];

		if (p->name)
			dt_fail(c->compile, &p->loc, "D_DECL_PROTO_NAME",
				"parameter name may not be specified in an associative array: %s",
				p->name);
		keys[i] = dt_type_unqual(dt_check_typename(c, &p->type));
		if (dt_type_is_void(keys[i]))
			dt_fail(c->compile, &p->loc,
				d->nparams > 1 ? "D_DECL_PROTO_VOID" : "D_DECL_PROTO_TYPE",
				"associative array parameter may not have the type void");
		if (!dt_type_is_integer(keys[i]) && !dt_type_is_ptr(keys[i]) &&
		    !dt_type_is_string(keys[i]))
			dt_fail(c->compile, &p->loc, "D_DECL_PROTO_TYPE",
				"associative array parameter may not have the type %s",
				dt_check_tname(c, keys[i]));
	}
	return keys;
}

static const struct dt_ast_deriv *assoc_of(const struct dt_ast_deriv *d)
{
	for (; d; d = d->next) {
		if (d->kind == DT_DERIV_ASSOC)
			return d;
	}
	return NULL;
}

/* The type of the elements: in `int *a[string]` a pointer. */
static const struct dt_type *value_type(struct dt_check *c, const struct dt_type *base,
					const struct dt_ast_deriv *d,
					const struct dt_ast_deriv *assoc)
{
	struct dt_ast_deriv one;

	for (; d && d != assoc; d = d->next) {
		one = *d;
		one.next = NULL;
		base = dt_check_derive(c, base, &one);
	}
	if (assoc && assoc->next)
		dt_fail(c->compile, &assoc->next->loc, "D_DECL_DYNOBJ",
			"an associative array may not be part of another type");
	return base;
}

static void check_object(struct dt_check *c, const struct dt_type *t, const char *name,
			 const struct dt_loc *loc)
{
	const struct dt_type *plain = dt_type_strip(t);

	if (plain->kind == DT_K_VOID)
		dt_fail(c->compile, loc, "D_DECL_VOIDOBJ", "cannot have void object: %s", name);
	if (plain->kind == DT_K_FUNC)
		dt_fail(c->compile, loc, "D_DECL_BADCLASS", "functions cannot be declared in D: %s",
			name);
	if (plain->kind >= DT_K_SYMADDR)
		dt_fail(c->compile, loc, "D_DECL_DYNOBJ", "cannot have dynamic object: %s", name);
	if (plain->kind == DT_K_ARRAY && !plain->nelems)
		dt_fail(c->compile, loc, "D_DECL_ARRNULL",
			"array declaration requires array dimension or tuple signature: %s", name);
	if (!dt_type_size(c->types, t))
		dt_fail_hint(c->compile, loc, "D_DECL_INCOMPLETE", dt_check_hint_incomplete(c, t),
			     "incomplete struct/union/enum %s: %s", dt_check_tname(c, t), name);
}

static bool same_var(const struct dt_var *v, const struct dt_type *t, const struct dt_type **keys,
		     uint32_t nkeys, bool is_assoc)
{
	if (!dt_type_equal(v->type, t) || v->nkeys != nkeys || v->is_assoc != is_assoc)
		return false;
	for (uint32_t i = 0; i < nkeys; i++) {
		if (!dt_type_equal(v->keys[i], keys[i]))
			return false;
	}
	return true;
}

static void declare_var(struct dt_check *c, const struct dt_ast_declarator *d,
			const struct dt_type *base, enum dt_scope scope)
{
	const struct dt_ast_deriv *assoc = assoc_of(d->derivs);
	const struct dt_type *type = dt_type_unqual(value_type(c, base, d->derivs, assoc)),
			     **keys = NULL, *other;
	struct dt_var *v = dt_check_var(c, scope, d->name);
	int64_t value;

	check_object(c, type, d->name, &d->loc);
	if (assoc && scope == DT_SCOPE_CLAUSE)
		dt_fail(c->compile, &d->loc, "D_DECL_LOCASSC",
			"cannot have a clause-local associative array: %s", d->name);
	if (assoc)
		keys = key_types(c, assoc);
	if (v) {
		if (!same_var(v, type, keys, assoc ? (uint32_t)assoc->nparams : 0, assoc != NULL))
			redeclared(c, &d->loc, dt_check_var_name(c, scope, d->name), type, v->type);
		return;
	}
	if (scope == DT_SCOPE_GLOBAL &&
	    (dt_symtab_inline(c->tab, d->name) || dt_check_builtin(c, d->name, DT_BI_VAR) ||
	     dt_check_builtin(c, d->name, DT_BI_SUBR) ||
	     dt_check_builtin(c, d->name, DT_BI_ACTION) ||
	     dt_types_enumerator(c->types, "D", d->name, &other, &value)))
		redeclared(c, &d->loc, d->name, NULL, NULL);
	v = dt_check_new_var(c, scope, d->name, type, &d->loc);
	v->is_assoc = assoc != NULL;
	v->keys = keys;
	v->nkeys = assoc ? (uint32_t)assoc->nparams : 0;
}

static void declare_typedef(struct dt_check *c, const struct dt_ast_declarator *d,
			    const struct dt_type *base, bool in_system)
{
	const struct dt_type *t = dt_check_derive(c, base, d->derivs), *was = NULL;
	int err = dt_types_declare(c->types, dt_type_typedef(c->types, d->name, t), &was);

	/* C headers have typedefs of D's own names (id_t), which stay. */
	if (err == -EEXIST && in_system && dt_type_is_integer(t) && dt_type_is_integer(was) &&
	    dt_type_size(c->types, t) == dt_type_size(c->types, was))
		return;
	if (err == -EEXIST)
		dt_fail(c->compile, &d->loc, "D_DECL_TYPERED",
			"type redeclared: %s\n\t current: %s\n\tprevious: %s", d->name,
			dt_check_tname(c, t), was ? dt_check_tname(c, dt_type_strip(was)) : "");
	if (err)
		dt_fail_err(c->compile, -err, NULL);
}

/* int f(int);  C headers are full of them, and to D they mean nothing. */
static bool is_prototype(const struct dt_ast_declarator *d)
{
	const struct dt_ast_deriv *last = d->derivs;

	while (last && last->next)
		last = last->next;
	return last && last->kind == DT_DERIV_FUNC;
}

/* The type of a symbol of the kernel, `NAME.  C headers have more of these, of no use to D. */
static void declare_extern(struct dt_check *c, const struct dt_ast_declarator *d,
			   const struct dt_type *base)
{
	const struct dt_type *type = dt_check_derive(c, base, d->derivs);
	struct dt_arena *arena = c->tab->arena;
	struct dt_extern *was = dt_table_gets(&c->tab->externs, d->name), *e;
	struct dt_compile *before;

	if (was && !dt_type_equal(was->type, type))
		redeclared(c, &d->loc, d->name, type, was->type);
	if (was || is_prototype(d))
		return;
	before = dt_arena_guard(arena, c->compile);
	e = dt_arena_new_obj(arena, struct dt_extern);
	*e = (struct dt_extern){ dt_arena_strdup(arena, d->name), type };
	dt_arena_guard(arena, before);
	if (!dt_symtab_add_extern(c->tab, e))
		dt_fail_nomem(c->compile);
}

void dt_check_decl(struct dt_check *c, const struct dt_ast_decl *decl)
{
	const struct dt_ast_spec *spec = decl->spec;
	const struct dt_type *base = dt_check_spec(c, spec);
	enum dt_scope scope = decl->class == DT_CLASS_SELF   ? DT_SCOPE_THREAD
			      : decl->class == DT_CLASS_THIS ? DT_SCOPE_CLAUSE
							     : DT_SCOPE_GLOBAL;

	if (decl->n == 0 && !spec->has_body &&
	    !((spec->base == DT_BASE_STRUCT || spec->base == DT_BASE_UNION) && spec->name))
		dt_fail(c->compile, &decl->loc, "D_DECL_USELESS", "useless declaration");
	for (size_t i = 0; i < decl->n; i++) {
		const struct dt_ast_declarator *d = &decl->declarators[i];

		if (!d->name)
			dt_fail(c->compile, &d->loc, "D_DECL_IDENT",
				"declaration requires an identifier");
		if (d->bits)
			dt_fail(c->compile, &d->loc, "D_DECL_BFTYPE",
				"a bit-field must be a member of a structure: %s", d->name);
		switch (decl->class) {
		case DT_CLASS_TYPEDEF: declare_typedef(c, d, base, spec->in_system); break;
		case DT_CLASS_NONE:
			if (is_prototype(d)) {
				dt_check_derive(c, base, d->derivs);
				break;
			}
			declare_var(c, d, base, scope);
			break;
		case DT_CLASS_SELF:
		case DT_CLASS_THIS: declare_var(c, d, base, scope); break;
		case DT_CLASS_EXTERN: declare_extern(c, d, base); break;
		default:
			dt_fail(c->compile, &decl->loc, "D_DECL_BADCLASS",
				"specified storage class not appropriate in D");
		}
	}
}

/* ---- provider declarations ---- */

void dt_check_provider_decl(struct dt_check *c, const struct dt_ast_provider *p)
{
	size_t len = strlen(p->name);

	if (len && p->name[len - 1] >= '0' && p->name[len - 1] <= '9')
		dt_fail(c->compile, &p->loc, "D_PROV_BADNAME",
			"provider name may not end with a digit: %s", p->name);
	for (size_t i = 0; i < p->nprobes; i++) {
		const struct dt_ast_probe *probe = &p->probes[i];

		for (size_t j = 0; j < i; j++) {
			if (strcmp(p->probes[j].name, probe->name) == 0)
				dt_fail(c->compile, &probe->loc, "D_PROV_PRDUP",
					"probe %s:::%s is declared twice", p->name, probe->name);
		}
		if (probe->nargs > 32 || probe->nxargs > 32)
			dt_fail(c->compile, &probe->loc, "D_PROV_PRARGLEN",
				"probe %s:::%s has too many arguments", p->name, probe->name);
		for (size_t j = 0; j < probe->nargs; j++)
			dt_check_typename(c, &probe->args[j].type);
		for (size_t j = 0; j < probe->nxargs; j++)
			dt_check_typename(c, &probe->xargs[j].type);
	}
	if (dt_symtab_provider(c->tab, p->name))
		dt_fail(c->compile, &p->loc, "D_PROV_INCOMPAT", "provider redeclared: %s", p->name);
	if (!dt_symtab_add_provider(c->tab, p))
		dt_fail_nomem(c->compile);
}
