/* SPDX-License-Identifier: MIT */
/* The parser's core: tokens with look-ahead, known type names, and the program as a list of items.
 * See parse.h. */
#include <string.h>
#include "base/arena.h"
#include "lang/parse.h"

/* ---- tokens ---- */

const struct dt_token *dt_parse_peek(struct dt_parser *ps, unsigned int n)
{
	while (ps->nahead <= n) {
		dt_lex_token(&ps->lex, &ps->ahead[(ps->first + ps->nahead) % DT_LOOKAHEAD]);
		ps->nahead++;
	}
	return &ps->ahead[(ps->first + n) % DT_LOOKAHEAD];
}

struct dt_token dt_parse_next(struct dt_parser *ps)
{
	struct dt_token tok = *dt_parse_peek(ps, 0);

	ps->first = (ps->first + 1) % DT_LOOKAHEAD;
	ps->nahead--;
	return tok;
}

bool dt_parse_accept(struct dt_parser *ps, enum dt_tok_kind kind)
{
	if (dt_parse_kind(ps) != kind)
		return false;
	dt_parse_next(ps);
	return true;
}

/* C's words for loops are kept reserved; who uses them wants to know why. */
static const char *reserved_hint(const struct dt_token *tok)
{
	switch (tok->kind) {
	case DT_KW_FOR:
	case DT_KW_WHILE:
	case DT_KW_DO: return "D has no loops";
	default:
		return dt_keyword_kind(tok->kind) == DT_KWK_RESERVED ? "this word is reserved"
								     : NULL;
	}
}

void dt_parse_unexpected(struct dt_parser *ps, const char *hint)
{
	const struct dt_token *tok = dt_parse_peek(ps, 0);

	dt_lex_fail_token(&ps->lex, tok, hint ? hint : reserved_hint(tok));
}

struct dt_token dt_parse_expect(struct dt_parser *ps, enum dt_tok_kind kind)
{
	if (dt_parse_kind(ps) != kind)
		dt_parse_unexpected(ps, NULL);
	return dt_parse_next(ps);
}

void dt_parse_enter(struct dt_parser *ps)
{
	if (ps->nesting++ < DT_PARSE_MAX_NESTING)
		return;
	dt_fail(ps->compile, &dt_parse_peek(ps, 0)->loc, "D_SYNTAX",
		"nesting is deeper than %d levels", DT_PARSE_MAX_NESTING);
}

/* ---- names of types ---- */

static bool listed(const char *const *names, size_t n, const char *name, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (!strncmp(names[i], name, len) && !names[i][len])
			return true;
	return false;
}

bool dt_parse_is_type(struct dt_parser *ps, const char *name, size_t len)
{
	if (listed(ps->variables.data, ps->variables.n, name, len))
		return false;
	if (listed(ps->typedefs.data, ps->typedefs.n, name, len))
		return true;
	return ps->opts->is_type && ps->opts->is_type(ps->opts->is_type_arg, name, len);
}

void dt_parse_add_typedef(struct dt_parser *ps, const char *name)
{
	if (!listed(ps->typedefs.data, ps->typedefs.n, name, strlen(name)))
		dt_vec_push_arena(ps->arena, &ps->typedefs, name);
}

void dt_parse_add_variable(struct dt_parser *ps, const char *name)
{
	if (!listed(ps->variables.data, ps->variables.n, name, strlen(name)))
		dt_vec_push_arena(ps->arena, &ps->variables, name);
}

/* ---- the program ---- */

static void keep_pragma(void *arg, const struct dt_ast_pragma *pragma)
{
	struct dt_parser *ps = arg;
	struct dt_ast_item item = { .kind = DT_ITEM_PRAGMA, .pragma = pragma };

	dt_vec_push_arena(ps->arena, &ps->items, item);
}

static struct dt_parser *start(struct dt_compile *compile, const struct dt_parse_opts *opts)
{
	struct dt_parser *ps;

	dt_arena_guard(compile->arena, compile);
	ps = dt_arena_new_obj(compile->arena, struct dt_parser);
	ps->compile = compile;
	ps->arena = compile->arena;
	dt_lex_init(&ps->lex, compile, opts);
	ps->opts = ps->lex.opts;
	ps->lex.pragma = keep_pragma;
	ps->lex.pragma_arg = ps;
	return ps;
}

/*
 * A word that may be a type's name begins a declaration only if a declaration can be what follows:
 * `foo_t x`, `foo_t *x`, mod`foo_t x; not `foo_t {`, `foo_t*:::`. types/ is asked last: opening its
 * tables costs time.
 */
static bool type_begins_decl(struct dt_parser *ps, const char *word, size_t len)
{
	const char *p = word + len, *end = ps->lex.end, *name;
	bool stars = false;

	while (p < end && strchr(" \t\r\n\f\v*", *p))
		stars |= *p++ == '*';
	if (p == end || !dt_lex_is_word_start(*p) || (p == word + len))
		return false;
	for (name = p; p < end && dt_clause_is_pspec_char(*p); p++)
		if (*p == ':')
			return false;
	/* Two words in a row are no probe description, whether the first one is known or not. */
	if (!stars)
		return true;
	return name > word + len && dt_parse_is_type(ps, word, len);
}

/* What stands at the lexer's place begins a declaration rather than a clause. */
static bool at_declaration(struct dt_parser *ps)
{
	const char *word = ps->lex.p, *end = ps->lex.end, *p = word;
	bool backtick = false;
	enum dt_tok_kind kind;

	while (p < end && (dt_lex_is_word(*p) || *p == '`'))
		backtick |= *p++ == '`';
	if (p == word || (*word >= '0' && *word <= '9'))
		return false;
	for (const char *q = p; q < end && dt_clause_is_pspec_char(*q); q++)
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
			dt_decl_item(ps);
		else
			dt_clause_item(ps);
	}
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
