/* SPDX-License-Identifier: MIT */
/*
 * Inlines and translators: names and members that stand for expressions.  A body is checked again
 * at each use, with its parameters bound to the arguments (a frame); it sees no other names of the
 * place of use.  The bodies of a library are not checked before their first use, since their types
 * would have to be read from BTF.
 */
#include <string.h>
#include "check/args.h"
#include "check/context.h"
#include "check/convert.h"
#include "check/lookup.h"
#include "check/node.h"
#include "check/symtab.h"
#include "check/stability.h"
#include "check/type.h"
#include "check/xlate.h"

#define MAX_DEPTH 32 /* of nested translators */

/* Bodies per program. Inlines that name others twice, in a chain, would double each time. */
#define MAX_EXPANSIONS 100000

static struct dt_expr *with_frame(struct dt_check *c, struct dt_frame *frame,
				  const struct dt_ast_expr *body, const char *name,
				  const struct dt_loc *loc)
{
	struct dt_frame *before = c->frame;
	struct dt_expr *e;

	if (++c->nexpansions > MAX_EXPANSIONS)
		dt_fail(c->compile, loc, "D_IDENT_BADREF",
			"failed to resolve %s: inlines and translators expand to more than %d "
			"expressions",
			name, MAX_EXPANSIONS);
	c->frame = frame;
	e = dt_check_any(c, body);
	c->frame = before;
	return e;
}

/* ---- inlines ---- */

static struct dt_expr *inline_body(struct dt_check *c, struct dt_inline *in, struct dt_frame *frame,
				   const struct dt_loc *loc)
{
	const struct dt_type *type = dt_check_typename(c, &in->ast->type);
	const struct dt_attr *own;
	struct dt_expr *e, *value;

	if (in->busy)
		dt_fail(c->compile, loc, "D_IDENT_UNDEF",
			"failed to resolve %s: the inline refers to itself", in->name);
	own = dt_check_attr_of(c, in->name);
	in->busy = true;
	c->nhidden += own != NULL; /* a pragma has the last word */
	e = with_frame(c, frame, in->ast->value, in->name, loc);
	c->nhidden -= own != NULL;
	in->busy = false;
	if (own)
		dt_check_use_attr(c, *own, in->name, loc);
	if (e->op == DT_E_XLATE && dt_type_compatible(e->type, type))
		return e;
	if (dt_type_is_sou(type) && dt_type_compatible(e->type, type))
		return e;
	value = dt_check_convert(c, e, type);
	if (!value)
		dt_fail(c->compile, &in->ast->loc, "D_OP_INCOMPAT",
			"inline %s definition uses incompatible types: \"%s\" = \"%s\"", in->name,
			dt_check_tname(c, type), dt_check_tname(c, e->type));
	return value;
}

struct dt_expr *dt_check_expand(struct dt_check *c, struct dt_inline *in,
				const struct dt_ast_expr *const *keys, size_t nkeys,
				const struct dt_loc *loc)
{
	const struct dt_ast_inline *ast = in->ast;
	struct dt_frame frame = { .n = (uint32_t)nkeys };

	if (ast->nkeys && !nkeys)
		dt_fail(c->compile, loc, "D_IDENT_BADREF",
			"inline array %s may not be referenced as a scalar variable", in->name);
	if (ast->nkeys != nkeys)
		dt_fail(c->compile, loc, "D_PROTO_LEN",
			"%s[ ] prototype mismatch: %zu key%s passed, %zu expected", in->name, nkeys,
			nkeys == 1 ? "" : "s", ast->nkeys);
	frame.names = dt_arena_new_array(c->arena, const char *, nkeys + 1);
	frame.values = dt_arena_new_array(c->arena, struct dt_expr *, nkeys + 1);
	for (size_t i = 0; i < nkeys; i++) {
		const struct dt_type *type = dt_check_typename(c, &ast->keys[i].type);
		struct dt_expr *key = dt_check_any(c, keys[i]);

		frame.names[i] = ast->keys[i].name ? ast->keys[i].name : "";
		frame.values[i] = key->op == DT_E_XLATE && dt_type_compatible(key->type, type)
					  ? key
					  : dt_check_convert(c, key, type);
		if (!frame.values[i])
			dt_fail(c->compile, &key->loc, "D_PROTO_ARG",
				"%s[ ] key #%zu is incompatible with prototype:\n\tprototype: "
				"%s\n\t argument: %s",
				in->name, i + 1, dt_check_tname(c, type),
				dt_check_tname(c, key->type));
	}
	return inline_body(c, in, &frame, loc);
}

/* A stand-in of type TYPE for a parameter, while a definition is checked. */
static struct dt_expr *placeholder(struct dt_check *c, const char *name, const struct dt_type *type,
				   const struct dt_loc *loc)
{
	struct dt_var *v = dt_arena_new_obj(c->arena, struct dt_var);
	struct dt_expr *e = dt_check_node(c, DT_E_VAR, type, loc, 0);

	v->name = name;
	v->type = type;
	e->var = v;
	return e;
}

static void check_inline(struct dt_check *c, struct dt_inline *in)
{
	const struct dt_ast_inline *ast = in->ast;
	struct dt_frame frame = { .n = (uint32_t)ast->nkeys };

	frame.names = dt_arena_new_array(c->arena, const char *, ast->nkeys + 1);
	frame.values = dt_arena_new_array(c->arena, struct dt_expr *, ast->nkeys + 1);
	for (size_t i = 0; i < ast->nkeys; i++) {
		frame.names[i] = ast->keys[i].name ? ast->keys[i].name : "";
		frame.values[i] = placeholder(c, frame.names[i],
					      dt_check_typename(c, &ast->keys[i].type), &ast->loc);
	}
	inline_body(c, in, &frame, &ast->loc);
}

void dt_check_inline_decl(struct dt_check *c, const struct dt_ast_inline *ast)
{
	struct dt_compile *before;
	struct dt_inline *in;
	bool taken;

	taken = dt_check_var(c, DT_SCOPE_GLOBAL, ast->name) ||
		dt_symtab_inline(c->tab, ast->name) || dt_check_builtin(c, ast->name, DT_BI_VAR) ||
		dt_check_builtin(c, ast->name, DT_BI_SUBR);
	if (taken && c->opts->is_library)
		return; /* the program's own definition holds */
	if (taken)
		dt_fail(c->compile, &ast->loc, "D_DECL_IDRED", "identifier redeclared: %s",
			ast->name);
	before = dt_arena_guard(c->tab->arena, c->compile);
	in = dt_arena_new_obj(c->tab->arena, struct dt_inline);
	dt_arena_guard(c->tab->arena, before);
	*in = (struct dt_inline){ .name = ast->name, .ast = ast, .loc = ast->loc };
	/* Not in the table yet, as it may not refer to itself. args[] have no types here. */
	if (!c->opts->is_library && !dt_check_mentions_args(c, ast->value))
		check_inline(c, in);
	if (!dt_symtab_add_inline(c->tab, in))
		dt_fail_nomem(c->compile);
}

/* ---- translators ---- */

static const struct dt_type *struct_of(const struct dt_type *t)
{
	t = dt_type_strip(t);
	return t->kind == DT_K_PTR ? dt_type_strip(t->base) : t;
}

static void resolve_out(struct dt_check *c, struct dt_xlator *x)
{
	if (!x->out)
		x->out = dt_check_typename(c, &x->ast->out);
}

static void resolve_in(struct dt_check *c, struct dt_xlator *x)
{
	if (!x->in)
		x->in = dt_check_typename(c, &x->ast->in);
}

/* The latest translator from a type that FITS the type IN. */
static struct dt_xlator *find_fitting(struct dt_check *c, const struct dt_type *sou,
				      const struct dt_type *in,
				      bool (*fits)(const struct dt_type *, const struct dt_type *))
{
	for (size_t i = c->tab->xlators.n; i-- > 0;) {
		struct dt_xlator *x = c->tab->xlators.data[i];

		resolve_out(c, x);
		if (!dt_type_compatible(dt_type_strip(x->out), sou))
			continue;
		resolve_in(c, x);
		if (fits(x->in, in))
			return x;
	}
	return NULL;
}

static struct dt_xlator *find_xlator(struct dt_check *c, const struct dt_type *sou,
				     const struct dt_type *in)
{
	return find_fitting(c, sou, in, dt_type_compatible);
}

bool dt_check_has_xlator(struct dt_check *c, const struct dt_type *to, const struct dt_type *from)
{
	const struct dt_type *sou = struct_of(to);

	return dt_type_is_sou(sou) && find_xlator(c, sou, dt_type_unqual(from));
}

struct dt_expr *dt_check_xlate(struct dt_check *c, const struct dt_type *to, struct dt_expr *input,
			       const struct dt_loc *loc)
{
	const struct dt_type *sou = struct_of(to);
	struct dt_xlator *x;
	struct dt_expr *e;

	if (!dt_type_is_sou(sou))
		dt_fail(c->compile, loc, "D_XLATE_SOU",
			"cannot translate to or from non-struct/union type: \"%s\"",
			dt_check_tname(c, to));
	if (!dt_type_is_sou(input->type))
		input = dt_check_value(c, input);
	x = find_xlator(c, sou, input->type);
	if (!x)
		x = find_fitting(c, sou, input->type, dt_type_assignable);
	if (!x)
		dt_fail_hint(c->compile, loc, "D_XLATE_NONE", dt_check_hint_incomplete(c, sou),
			     "cannot translate from \"%s\" to \"%s\": there is no such translator",
			     dt_check_tname(c, input->type), dt_check_tname(c, to));
	if (dt_type_is_scalar(x->in))
		input = dt_check_cast(c, input, x->in);
	e = dt_check_node(c, DT_E_XLATE, to, loc, 1, input);
	e->xlator = x;
	return e;
}

/* TEXT, but not more of it than the member of this type holds. */
static struct dt_expr *text_member(struct dt_check *c, struct dt_expr *text,
				   const struct dt_type *type)
{
	uint64_t room = dt_type_strip(type)->nelems;
	const struct dt_type *from;
	struct dt_expr *e;

	text = dt_check_to_string(c, text);
	from = text->op == DT_E_CAST ? dt_type_strip(text->kids[0]->type) : text->type;
	if (dt_type_is_chararray(from) && from->nelems <= room)
		return text;
	e = dt_check_node(c, DT_E_CAST, text->type, &text->loc, 1, text);
	e->ival = (int64_t)room;
	return e;
}

static struct dt_expr *to_member(struct dt_check *c, struct dt_expr *e, const struct dt_type *type)
{
	if (e->op == DT_E_XLATE)
		return dt_type_compatible(e->type, type) ? e : NULL;
	if (dt_type_strip(type)->kind == DT_K_ARRAY) {
		if (dt_type_is_chararray(type) && dt_type_is_stringish(e->type))
			return text_member(c, e, type);
		return dt_type_strip(e->type)->kind == DT_K_ARRAY || dt_type_is_ptr(e->type) ? e
											     : NULL;
	}
	return dt_check_convert(c, e, type);
}

static struct dt_expr *expand_member(struct dt_check *c, struct dt_xlator *x,
				     const struct dt_ast_xmember *m, const struct dt_type *type,
				     struct dt_expr *input)
{
	struct dt_frame frame = { .names = (const char *[]){ x->ast->name },
				  .values = &input,
				  .n = 1 };
	struct dt_expr *e, *value;

	if (x->depth++ >= MAX_DEPTH)
		dt_fail(c->compile, &m->loc, "D_XLATE_NOCONV",
			"translators refer to each other endlessly: member %s", m->name);
	c->nhidden++; /* translators are there to make stable data of what is not */
	e = with_frame(c, &frame, m->value, m->name, &m->loc);
	c->nhidden--;
	x->depth--;
	value = to_member(c, e, type);
	if (!value)
		dt_fail(c->compile, &m->loc, "D_XLATE_INCOMPAT",
			"translator member %s definition uses incompatible types: \"%s\" = \"%s\"",
			m->name, dt_check_tname(c, type), dt_check_tname(c, e->type));
	return value;
}

/* sizeof asks for the member as it is declared, not for the expression that defines it. */
static struct dt_expr *declared_member(struct dt_check *c, const struct dt_member *m,
				       const struct dt_loc *loc)
{
	struct dt_expr *e = placeholder(c, m->name, m->type, loc);

	if (m->bits)
		e->op = DT_E_BITFIELD;
	return e;
}

/* Of several with one name the first. */
static void list_members(struct dt_check *c, struct dt_xlator *x)
{
	x->members.arena = c->tab->arena;
	for (size_t i = 0; i < x->ast->nmembers; i++) {
		const struct dt_ast_xmember *xm = &x->ast->members[i];

		if (!dt_table_gets(&x->members, xm->name) &&
		    !dt_table_puts(&x->members, xm->name, (void *)xm))
			dt_fail_nomem(c->compile);
	}
}

struct dt_expr *dt_check_xlate_member(struct dt_check *c, struct dt_expr *xlate, const char *name,
				      const struct dt_loc *loc)
{
	struct dt_xlator *x = (struct dt_xlator *)xlate->xlator;
	const struct dt_ast_xmember *xm;
	struct dt_member m;

	if (!dt_type_member(c->types, dt_type_strip(x->out), name, &m))
		dt_fail_hint(c->compile, loc, "D_TYPE_MEMBER",
			     dt_check_hint_member(c, x->out, name), "%s is not a member of %s",
			     name, dt_check_tname(c, x->out));
	if (!x->members.n)
		list_members(c, x);
	xm = dt_table_gets(&x->members, name);
	if (xm && c->unevaluated)
		return declared_member(c, &m, loc);
	if (xm)
		return expand_member(c, x, xm, m.type, xlate->kids[0]);
	dt_fail(c->compile, loc, "D_XLATE_NOCONV",
		"translator does not define conversion for member: %s", name);
}

static void check_xlator(struct dt_check *c, struct dt_xlator *x)
{
	struct dt_expr *input = placeholder(c, x->ast->name, x->in, &x->loc);

	list_members(c, x);
	for (size_t i = 0; i < x->ast->nmembers; i++) {
		const struct dt_ast_xmember *xm = &x->ast->members[i];
		struct dt_member m;

		if (!dt_type_member(c->types, dt_type_strip(x->out), xm->name, &m))
			dt_fail_hint(c->compile, &xm->loc, "D_XLATE_MEMB",
				     dt_check_hint_member(c, x->out, xm->name),
				     "translator member %s is not a member of %s", xm->name,
				     dt_check_tname(c, x->out));
		if (dt_table_gets(&x->members, xm->name) != xm)
			dt_fail(c->compile, &xm->loc, "D_XLATE_REDECL",
				"translator member %s is defined twice", xm->name);
		if (!dt_check_mentions_args(c, xm->value))
			expand_member(c, x, xm, m.type, input);
	}
}

void dt_check_xlator_decl(struct dt_check *c, const struct dt_ast_xlator *ast)
{
	struct dt_compile *before = dt_arena_guard(c->tab->arena, c->compile);
	struct dt_xlator *x = dt_arena_new_obj(c->tab->arena, struct dt_xlator);

	dt_arena_guard(c->tab->arena, before);
	x->ast = ast;
	x->loc = ast->loc;
	if (!c->opts->is_library) {
		resolve_out(c, x);
		resolve_in(c, x);
		if (!dt_type_is_sou(x->out))
			dt_fail(c->compile, &ast->loc, "D_XLATE_SOU",
				"translator output type must be a struct or union: \"%s\"",
				dt_check_tname(c, x->out));
		if (find_xlator(c, dt_type_strip(x->out), x->in))
			dt_fail(c->compile, &ast->loc, "D_XLATE_REDECL",
				"translator from %s to %s has already been declared",
				dt_check_tname(c, x->in), dt_check_tname(c, x->out));
		check_xlator(c, x);
	}
	if (!dt_symtab_add_xlator(c->tab, x))
		dt_fail_nomem(c->compile);
}
