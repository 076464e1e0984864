/* SPDX-License-Identifier: MIT */
/*
 * The entry points (lang.h): a whole program as a list of items, a single type name, a single
 * expression.  There are no tokens between items: whether a declaration or a clause begins is read
 * off the text, since a probe description is not made of tokens.
 */
#include <string.h>
#include "base/arena.h"
#include "lang/decl.h"
#include "lang/parse.h"

static void keep_pragma(void *arg, const struct dt_ast_pragma *pragma)
{
	struct dt_parser *ps = arg;
	struct dt_ast_item item = { .kind = DT_ITEM_PRAGMA, .pragma = pragma };

	dt_vec_push_arena(ps->arena, &ps->items, item);
}

static struct dt_parser *start(struct dt_compile *compile, const struct dt_parse_opts *opts)
{
	struct dt_parser *ps;

	ps = dt_arena_new_obj(compile->arena, struct dt_parser);
	ps->compile = compile;
	ps->arena = ps->typedefs.arena = ps->variables.arena = compile->arena;
	dt_lex_init(&ps->lex, compile, opts);
	ps->opts = ps->lex.opts;
	ps->lex.pragma = keep_pragma;
	ps->lex.pragma_arg = ps;
	return ps;
}

/* Can the word begin a declaration? Only if what follows it can continue one: `foo_t x`, `foo_t
 * *x`, mod`foo_t x; not `foo_t {`, `foo_t*:::`. types/ is asked last, since opening its tables
 * takes time. */
static bool type_begins_decl(struct dt_parser *ps, const char *word, size_t len)
{
	const char *p = word + len, *end = ps->lex.end, *name;
	bool stars = false;

	while (p < end && strchr(" \t\r\n\f\v*", *p))
		stars |= *p++ == '*';
	if (p == end || !dt_lex_is_word_start(*p) || (p == word + len))
		return false;
	for (name = p; p < end && dt_pdesc_is_char(*p); p++)
		if (*p == ':')
			return false;
	/* Two words in a row are not a probe description, whether the first one is a known type
	 * or not. */
	if (!stars)
		return true;
	return name > word + len && dt_parse_is_type(ps, word, len);
}

/* Does a declaration begin here, and not a clause? */
static bool at_declaration(struct dt_parser *ps)
{
	const char *word = ps->lex.p, *end = ps->lex.end, *p = word;
	bool backtick = false;
	enum dt_tok_kind kind;

	while (p < end && (dt_lex_is_word(*p) || *p == '`'))
		backtick |= *p++ == '`';
	if (p == word || (*word >= '0' && *word <= '9'))
		return false;
	for (const char *q = p; q < end && dt_pdesc_is_char(*q); q++)
		if (*q == ':')
			return false;
	kind = dt_keyword(word, (size_t)(p - word));
	switch (dt_keyword_kind(kind)) {
	case DT_KWK_TYPE:
	case DT_KWK_CLASS: return p == end || !strchr("-$?.!\\", *p);
	default: break;
	}
	if (ps->opts->pspec && !backtick)
		return false;
	return type_begins_decl(ps, word, (size_t)(p - word));
}

static void declaration(struct dt_parser *ps)
{
	struct dt_ast_item item;

	switch (dt_parse_kind(ps)) {
	case DT_KW_INLINE:
		item.kind = DT_ITEM_INLINE;
		item.inline_ = dt_decl_inline(ps);
		break;
	case DT_KW_TRANSLATOR:
		item.kind = DT_ITEM_XLATOR;
		item.xlator = dt_decl_xlator(ps);
		break;
	case DT_KW_PROVIDER:
		item.kind = DT_ITEM_PROVIDER;
		item.provider = dt_decl_provider(ps);
		break;
	default: item.kind = DT_ITEM_DECL; item.decl = dt_decl_plain(ps);
	}
	dt_vec_push_arena(ps->arena, &ps->items, item);
}

static void clause_body(struct dt_compile *compile, void *arg)
{
	(void)compile;
	dt_clause_item(arg);
}

/* A clause ends with a brace, so the next one is found behind one that has an error.  Where not
 * even descriptions can be read, anything may follow. */
static void clause(struct dt_parser *ps)
{
	ps->in_clause = ps->in_body = false;
	if (dt_compile_try(ps->compile, clause_body, ps))
		return;
	dt_compile_keep(ps->compile);
	if (!ps->in_clause)
		dt_compile_end(ps->compile);
	dt_clause_skip(ps);
}

static void macro_unused(struct dt_parser *ps)
{
	const struct dt_macros *macros = &ps->opts->macros;
	struct dt_loc loc = dt_lex_loc(&ps->lex, ps->lex.p);
	int last = macros->argc - 1;

	if (ps->opts->argref || last < 1 || (ps->lex.used & (1ULL << DT_MIN(last, 63))))
		return;
	dt_fail(ps->compile, &loc, "D_MACRO_UNUSED",
		"extraneous argument '%s' ($%d is not referenced)", macros->argv[last], last);
}

struct dt_ast_program *dt_parse(struct dt_compile *compile, const struct dt_parse_opts *opts)
{
	struct dt_parser *ps = start(compile, opts);
	struct dt_ast_program *prog = dt_arena_new_obj(compile->arena, struct dt_ast_program);
	struct dt_lex *lx = &ps->lex;

	for (;;) {
		lx->nparens = lx->nbrackets = lx->nbraces = 0;
		dt_lex_skip(lx);
		if (lx->p == lx->end)
			break;
		if (*lx->p == ';')
			lx->p++;
		else if (at_declaration(ps))
			declaration(ps);
		else
			clause(ps);
	}
	dt_compile_end(compile);
	if (!ps->items.n && !ps->opts->empty) {
		struct dt_loc loc = dt_lex_loc(lx, lx->p);

		dt_fail(compile, &loc, "D_EMPTY", "empty D program translation unit");
	}
	macro_unused(ps);
	prog->items = ps->items.data;
	prog->n = ps->items.n;
	for (size_t i = 0; i < prog->n; i++)
		prog->nclauses += prog->items[i].kind == DT_ITEM_CLAUSE;
	return prog;
}

struct dt_ast_type *dt_parse_type(struct dt_compile *compile, const struct dt_parse_opts *opts)
{
	struct dt_parser *ps = start(compile, opts);
	struct dt_ast_type *type = dt_decl_type_name(ps);

	dt_parse_expect(ps, DT_TOK_EOF);
	return type;
}

struct dt_ast_expr *dt_parse_expr(struct dt_compile *compile, const struct dt_parse_opts *opts)
{
	struct dt_parser *ps = start(compile, opts);
	struct dt_ast_expr *expr = dt_expr(ps);

	dt_parse_expect(ps, DT_TOK_EOF);
	return expr;
}
