/* SPDX-License-Identifier: MIT */
/*
 * Declarations: specifiers, declarators, structures, enumerations, type names, and D's inline.
 * Translators and providers are in defs.c.
 */
#include <string.h>
#include "base/arena.h"
#include "lang/decl.h"

typedef DT_VEC(const struct dt_ast_decl *) decl_vec;
typedef DT_VEC(struct dt_ast_enumerator) enumerator_vec;
typedef DT_VEC(struct dt_ast_declarator) declarator_vec;
typedef DT_VEC(struct dt_ast_param) param_vec;
typedef DT_VEC(struct dt_ast_deriv *) deriv_vec;

/* ---- specifiers ---- */

bool dt_decl_at_type(struct dt_parser *ps, unsigned int n)
{
	const struct dt_token *tok = dt_parse_peek(ps, n);

	if (dt_keyword_kind(tok->kind) == DT_KWK_TYPE)
		return true;
	if (tok->kind != DT_TOK_IDENT && tok->kind != DT_TOK_SYM)
		return false;
	return dt_parse_is_type(ps, tok->str, tok->str_len);
}

static struct dt_ast_decl *member_decl(struct dt_parser *ps);

static void struct_body(struct dt_parser *ps, struct dt_ast_spec *spec)
{
	decl_vec members = { 0 };

	dt_parse_enter(ps);
	dt_parse_expect(ps, DT_TOK_LBRACE);
	while (!dt_parse_accept(ps, DT_TOK_RBRACE))
		dt_vec_push_arena(ps->arena, &members, member_decl(ps));
	dt_parse_leave(ps);
	spec->has_body = true;
	spec->members = members.data;
	spec->nmembers = members.n;
}

static void enum_body(struct dt_parser *ps, struct dt_ast_spec *spec)
{
	enumerator_vec list = { 0 };

	dt_parse_expect(ps, DT_TOK_LBRACE);
	do {
		struct dt_ast_enumerator one = { 0 };
		struct dt_token tok;

		if (list.n && dt_parse_kind(ps) == DT_TOK_RBRACE) /* a comma after the last one */
			break;
		tok = dt_parse_expect(ps, DT_TOK_IDENT);
		one.loc = tok.loc;
		one.name = tok.str;
		if (dt_parse_accept(ps, DT_TOK_ASSIGN))
			one.value = dt_expr_const(ps);
		dt_vec_push_arena(ps->arena, &list, one);
	} while (dt_parse_accept(ps, DT_TOK_COMMA));
	dt_parse_expect(ps, DT_TOK_RBRACE);
	spec->has_body = true;
	spec->enumerators = list.data;
	spec->nmembers = list.n;
}

/* NAME or object`NAME */
static void split_name(struct dt_parser *ps, struct dt_ast_spec *spec, const char *name)
{
	const char *tick = strrchr(name, '`');

	spec->name = tick ? tick + 1 : name;
	if (tick)
		spec->object = dt_arena_strndup(ps->arena, name, (size_t)(tick - name));
}

/* What cheader.c leaves of __attribute__((packed)). */
static void accept_packed(struct dt_parser *ps, struct dt_ast_spec *spec)
{
	if (dt_parse_kind(ps) != DT_TOK_IDENT || strcmp(dt_parse_peek(ps, 0)->str, "__packed__"))
		return;
	spec->packed = true;
	dt_parse_next(ps);
}

static void tagged(struct dt_parser *ps, struct dt_ast_spec *spec, enum dt_ast_base base)
{
	dt_parse_next(ps);
	spec->base = base;
	accept_packed(ps, spec);
	if (dt_parse_kind(ps) == DT_TOK_IDENT || dt_parse_kind(ps) == DT_TOK_SYM)
		split_name(ps, spec, dt_parse_next(ps).str);
	else if (dt_parse_kind(ps) != DT_TOK_LBRACE)
		dt_parse_unexpected(ps, NULL);
	if (dt_parse_kind(ps) != DT_TOK_LBRACE)
		return;
	if (base == DT_BASE_ENUM)
		enum_body(ps, spec);
	else
		struct_body(ps, spec);
	accept_packed(ps, spec);
}

static const struct {
	enum dt_tok_kind kind;
	enum dt_ast_class class;
} classes[] = {
	{ DT_KW_AUTO, DT_CLASS_AUTO },       { DT_KW_REGISTER, DT_CLASS_REGISTER },
	{ DT_KW_STATIC, DT_CLASS_STATIC },   { DT_KW_EXTERN, DT_CLASS_EXTERN },
	{ DT_KW_TYPEDEF, DT_CLASS_TYPEDEF }, { DT_KW_SELF, DT_CLASS_SELF },
	{ DT_KW_THIS, DT_CLASS_THIS },
};

static const struct {
	enum dt_tok_kind kind;
	enum dt_ast_base base;
} bases[] = {
	{ DT_KW_VOID, DT_BASE_VOID },     { DT_KW_CHAR, DT_BASE_CHAR },
	{ DT_KW_INT, DT_BASE_INT },       { DT_KW_FLOAT, DT_BASE_FLOAT },
	{ DT_KW_DOUBLE, DT_BASE_DOUBLE }, { DT_KW_STRING, DT_BASE_STRING },
	{ DT_KW_STRUCT, DT_BASE_STRUCT }, { DT_KW_UNION, DT_BASE_UNION },
	{ DT_KW_ENUM, DT_BASE_ENUM },
};

static uint8_t quals_of(enum dt_tok_kind kind)
{
	switch (kind) {
	case DT_KW_CONST: return DT_QUAL_CONST;
	case DT_KW_VOLATILE: return DT_QUAL_VOLATILE;
	case DT_KW_RESTRICT: return DT_QUAL_RESTRICT;
	default: return 0;
	}
}

static enum dt_ast_base base_of(enum dt_tok_kind kind)
{
	for (size_t i = 0; i < ARRAY_SIZE(bases); i++)
		if (bases[i].kind == kind)
			return bases[i].base;
	return DT_BASE_NONE;
}

static bool storage_class(struct dt_parser *ps, enum dt_ast_class *class)
{
	struct dt_token tok = *dt_parse_peek(ps, 0);

	for (size_t i = 0; i < ARRAY_SIZE(classes); i++) {
		if (classes[i].kind != tok.kind)
			continue;
		if (!class)
			dt_fail(ps->compile, &tok.loc, "D_DECL_BADCLASS",
				"storage class \"%s\" not allowed here", tok.str);
		if (*class != DT_CLASS_NONE)
			dt_fail(ps->compile, &tok.loc, "D_DECL_CLASS",
				"only one storage class allowed in a declaration");
		*class = classes[i].class;
		dt_parse_next(ps);
		return true;
	}
	return false;
}

/* Words for size and sign are counted; check/ judges their combination. */
static bool size_word(struct dt_parser *ps, struct dt_ast_spec *spec, enum dt_tok_kind kind)
{
	uint8_t *count = kind == DT_KW_SIGNED     ? &spec->nsigned
			 : kind == DT_KW_UNSIGNED ? &spec->nunsigned
			 : kind == DT_KW_SHORT    ? &spec->nshort
			 : kind == DT_KW_LONG     ? &spec->nlong
						  : NULL;

	if (!count)
		return false;
	if (*count < 3)
		++*count;
	dt_parse_next(ps);
	return true;
}

/* `self x;`, `this y, z[int];`: the word is no type but what is declared, an int. */
static bool is_implicit_int(struct dt_parser *ps, const enum dt_ast_class *class)
{
	enum dt_tok_kind next = dt_parse_peek(ps, 1)->kind;

	return class && (*class == DT_CLASS_SELF || *class == DT_CLASS_THIS) &&
	       (next == DT_TOK_SEMI || next == DT_TOK_COMMA || next == DT_TOK_LBRACKET);
}

/* The specifiers of a declaration, in any order. A word is the name of the type if no type
 * precedes it: types/ is not asked, as check/ will do so. CLASS NULL: no storage class is
 * allowed. */
struct dt_ast_spec *dt_decl_spec(struct dt_parser *ps, enum dt_ast_class *class)
{
	struct dt_ast_spec *spec = dt_arena_new_obj(ps->arena, struct dt_ast_spec);
	bool any = false;

	spec->loc = dt_parse_peek(ps, 0)->loc;
	spec->in_system = ps->lex.in_system;
	for (;; any = true) {
		struct dt_token tok = *dt_parse_peek(ps, 0);
		enum dt_ast_base base = base_of(tok.kind);
		bool sized = spec->nsigned || spec->nunsigned || spec->nshort || spec->nlong;

		if (quals_of(tok.kind)) {
			spec->quals |= quals_of(tok.kind);
			dt_parse_next(ps);
		} else if (tok.kind == DT_KW_USERLAND) {
			spec->userland = true;
			dt_parse_next(ps);
		} else if (storage_class(ps, class) || size_word(ps, spec, tok.kind)) {
			continue;
		} else if (base != DT_BASE_NONE && spec->base != DT_BASE_NONE) {
			dt_fail(ps->compile, &tok.loc, "D_DECL_COMBO", "invalid type combination");
		} else if (base == DT_BASE_STRUCT || base == DT_BASE_UNION ||
			   base == DT_BASE_ENUM) {
			tagged(ps, spec, base);
		} else if (base != DT_BASE_NONE) {
			spec->base = base;
			dt_parse_next(ps);
		} else if ((tok.kind == DT_TOK_IDENT || tok.kind == DT_TOK_SYM) &&
			   spec->base == DT_BASE_NONE && !sized && !is_implicit_int(ps, class)) {
			spec->base = DT_BASE_NAME;
			split_name(ps, spec, dt_parse_next(ps).str);
		} else {
			break;
		}
	}
	if (!any)
		dt_parse_unexpected(ps, NULL);
	return spec;
}

/* ---- declarators ---- */

static struct dt_ast_deriv *new_deriv(struct dt_parser *ps, enum dt_ast_deriv_kind kind)
{
	struct dt_ast_deriv *deriv = dt_arena_new_obj(ps->arena, struct dt_ast_deriv);

	deriv->kind = kind;
	deriv->loc = dt_parse_peek(ps, 0)->loc;
	return deriv;
}

/* param, param ... CLOSE. VARIADIC NULL: ... is not allowed. */
static param_vec params(struct dt_parser *ps, enum dt_tok_kind close, bool *variadic)
{
	param_vec list = { 0 };

	dt_parse_enter(ps);
	if (!dt_parse_accept(ps, close)) {
		do {
			struct dt_ast_param param = { .loc = dt_parse_peek(ps, 0)->loc };

			if (variadic && dt_parse_accept(ps, DT_TOK_ELLIPSIS)) {
				*variadic = true;
				break;
			}
			param.type.loc = param.loc;
			param.type.spec = dt_decl_spec(ps, NULL);
			param.type.derivs = dt_decl_declarator(ps, DT_DECLARATOR_ANY, &param.name,
							       NULL);
			dt_vec_push_arena(ps->arena, &list, param);
		} while (dt_parse_accept(ps, DT_TOK_COMMA));
		dt_parse_expect(ps, close);
	}
	dt_parse_leave(ps);
	return list;
}

const struct dt_ast_param *dt_decl_params(struct dt_parser *ps, size_t *n)
{
	param_vec list;

	dt_parse_expect(ps, DT_TOK_LPAREN);
	list = params(ps, DT_TOK_RPAREN, NULL);
	*n = list.n;
	return list.data;
}

/* [], [3], [int, string] */
static struct dt_ast_deriv *array(struct dt_parser *ps)
{
	struct dt_ast_deriv *deriv = new_deriv(ps, DT_DERIV_ARRAY);
	param_vec keys;

	dt_parse_next(ps);
	if (dt_parse_accept(ps, DT_TOK_RBRACKET))
		return deriv;
	if (dt_decl_at_type(ps, 0)) {
		deriv->kind = DT_DERIV_ASSOC;
		keys = params(ps, DT_TOK_RBRACKET, NULL);
		deriv->params = keys.data;
		deriv->nparams = keys.n;
		return deriv;
	}
	dt_parse_enter(ps);
	deriv->size = dt_expr_const(ps);
	dt_parse_expect(ps, DT_TOK_RBRACKET);
	dt_parse_leave(ps);
	return deriv;
}

static struct dt_ast_deriv *function(struct dt_parser *ps)
{
	struct dt_ast_deriv *deriv = new_deriv(ps, DT_DERIV_FUNC);
	param_vec list;

	dt_parse_next(ps);
	list = params(ps, DT_TOK_RPAREN, &deriv->variadic);
	deriv->params = list.data;
	deriv->nparams = list.n;
	return deriv;
}

static void pointers(struct dt_parser *ps, deriv_vec *list)
{
	struct dt_ast_deriv *deriv;

	while (dt_parse_kind(ps) == DT_TOK_MUL) {
		if (list->n >= DT_PARSE_MAX_NESTING)
			dt_parse_unexpected(ps, "too many levels of pointers");
		deriv = new_deriv(ps, DT_DERIV_POINTER);
		dt_parse_next(ps);
		while (quals_of(dt_parse_kind(ps)))
			deriv->quals |= quals_of(dt_parse_next(ps).kind);
		dt_vec_push_arena(ps->arena, list, deriv);
	}
}

/* peek(0) is a parenthesis: does it begin a nested declarator, and not a list of parameters? */
static bool at_nested(struct dt_parser *ps, enum dt_declarator_form form)
{
	enum dt_tok_kind kind = dt_parse_peek(ps, 1)->kind;

	if (kind == DT_TOK_MUL || kind == DT_TOK_LPAREN || kind == DT_TOK_LBRACKET)
		return true;
	return form != DT_DECLARATOR_ABSTRACT && kind == DT_TOK_IDENT && !dt_decl_at_type(ps, 1);
}

/* Appends derivations to LIST in the order in which they apply: pointers, suffixes from the
 * right, then those of the nested declarator. */
static void declarator(struct dt_parser *ps, enum dt_declarator_form form, deriv_vec *list,
		       struct dt_token *name)
{
	deriv_vec nested = { 0 }, suffixes = { 0 };

	dt_parse_enter(ps);
	pointers(ps, list);
	if (dt_parse_kind(ps) == DT_TOK_LPAREN && at_nested(ps, form)) {
		dt_parse_next(ps);
		declarator(ps, form, &nested, name);
		dt_parse_expect(ps, DT_TOK_RPAREN);
	} else if (dt_parse_kind(ps) == DT_TOK_IDENT && form != DT_DECLARATOR_ABSTRACT) {
		*name = dt_parse_next(ps);
	} else if (form == DT_DECLARATOR_NAMED) {
		dt_parse_unexpected(ps, dt_keyword_kind(dt_parse_kind(ps)) == DT_KWK_OTHER
						? NULL
						: "this word is reserved");
	}
	while (dt_parse_kind(ps) == DT_TOK_LBRACKET || dt_parse_kind(ps) == DT_TOK_LPAREN) {
		if (suffixes.n >= DT_PARSE_MAX_NESTING)
			dt_parse_unexpected(ps, "too many dimensions");
		if (dt_parse_kind(ps) == DT_TOK_LBRACKET)
			dt_vec_push_arena(ps->arena, &suffixes, array(ps));
		else
			dt_vec_push_arena(ps->arena, &suffixes, function(ps));
	}
	while (suffixes.n)
		dt_vec_push_arena(ps->arena, list, suffixes.data[--suffixes.n]);
	dt_vec_each(&nested, deriv) dt_vec_push_arena(ps->arena, list, *deriv);
	if (list->n > 4 * DT_PARSE_MAX_NESTING)
		dt_parse_unexpected(ps, "this type has too many derivations");
	dt_parse_leave(ps);
}

const struct dt_ast_deriv *dt_decl_declarator(struct dt_parser *ps, enum dt_declarator_form form,
					      const char **name, struct dt_loc *loc)
{
	struct dt_token tok = { .loc = dt_parse_peek(ps, 0)->loc };
	deriv_vec list = { 0 };

	declarator(ps, form, &list, &tok);
	for (size_t i = 1; i < list.n; i++)
		list.data[i - 1]->next = list.data[i];
	if (name)
		*name = tok.str;
	if (loc)
		*loc = tok.loc;
	return list.n ? list.data[0] : NULL;
}

struct dt_ast_type *dt_decl_type_name(struct dt_parser *ps)
{
	struct dt_ast_type *type = dt_arena_new_obj(ps->arena, struct dt_ast_type);

	type->loc = dt_parse_peek(ps, 0)->loc;
	type->spec = dt_decl_spec(ps, NULL);
	type->derivs = dt_decl_declarator(ps, DT_DECLARATOR_ABSTRACT, NULL, NULL);
	return type;
}

/* ---- declarations ---- */

static void declarators(struct dt_parser *ps, struct dt_ast_decl *decl, bool in_struct)
{
	declarator_vec list = { 0 };

	if (dt_parse_accept(ps, DT_TOK_SEMI))
		return;
	do {
		struct dt_ast_declarator one = { .loc = dt_parse_peek(ps, 0)->loc };

		if (!in_struct || dt_parse_kind(ps) != DT_TOK_COLON)
			one.derivs = dt_decl_declarator(ps, DT_DECLARATOR_NAMED, &one.name,
							&one.loc);
		if (in_struct && dt_parse_accept(ps, DT_TOK_COLON))
			one.bits = dt_expr_const(ps);
		dt_vec_push_arena(ps->arena, &list, one);
		if (decl->class == DT_CLASS_TYPEDEF)
			dt_parse_add_typedef(ps, one.name);
		else if (!in_struct && decl->class != DT_CLASS_SELF && decl->class != DT_CLASS_THIS)
			dt_parse_add_variable(ps, one.name);
	} while (dt_parse_accept(ps, DT_TOK_COMMA));
	dt_parse_expect(ps, DT_TOK_SEMI);
	decl->declarators = list.data;
	decl->n = list.n;
}

static struct dt_ast_decl *new_decl(struct dt_parser *ps)
{
	struct dt_ast_decl *decl = dt_arena_new_obj(ps->arena, struct dt_ast_decl);

	decl->loc = dt_parse_peek(ps, 0)->loc;
	return decl;
}

static struct dt_ast_decl *member_decl(struct dt_parser *ps)
{
	struct dt_ast_decl *decl = new_decl(ps);

	decl->spec = dt_decl_spec(ps, NULL);
	declarators(ps, decl, true);
	return decl;
}

/* inline TYPE NAME [keys] = EXPR; */
struct dt_ast_inline *dt_decl_inline(struct dt_parser *ps)
{
	struct dt_ast_inline *in = dt_arena_new_obj(ps->arena, struct dt_ast_inline);
	struct dt_ast_deriv *last = NULL, *before = NULL;

	dt_parse_next(ps);
	in->type.loc = dt_parse_peek(ps, 0)->loc;
	in->type.spec = dt_decl_spec(ps, NULL);
	in->type.derivs = dt_decl_declarator(ps, DT_DECLARATOR_NAMED, &in->name, &in->loc);
	/* The list is not shared yet: its last link may be cut. */
	for (last = (struct dt_ast_deriv *)in->type.derivs; last && last->next;
	     last = (struct dt_ast_deriv *)last->next)
		before = last;
	if (last && last->kind == DT_DERIV_ASSOC) {
		in->keys = last->params;
		in->nkeys = last->nparams;
		if (before)
			before->next = NULL;
		else
			in->type.derivs = NULL;
	}
	dt_parse_expect(ps, DT_TOK_ASSIGN);
	in->value = dt_expr_assign(ps);
	dt_parse_expect(ps, DT_TOK_SEMI);
	dt_parse_add_variable(ps, in->name);
	return in;
}

struct dt_ast_decl *dt_decl_plain(struct dt_parser *ps)
{
	struct dt_ast_decl *decl = new_decl(ps);

	decl->spec = dt_decl_spec(ps, &decl->class);
	declarators(ps, decl, false);
	return decl;
}
