/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the parser share: tokens with look-ahead, a limit on nesting, and which words
 * are names of types.  See parse.h.
 */
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

/* The words of C's loops are reserved. Whoever uses them wants to know why. */
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

static bool is_listed(struct dt_table *names, const char *name, size_t len)
{
	return dt_table_at(names, name, len, false);
}

static void list(struct dt_parser *ps, struct dt_table *names, const char *name)
{
	if (!dt_table_at(names, name, strlen(name), true))
		dt_fail_nomem(ps->compile);
}

bool dt_parse_is_type(struct dt_parser *ps, const char *name, size_t len)
{
	if (is_listed(&ps->variables, name, len))
		return false;
	if (is_listed(&ps->typedefs, name, len))
		return true;
	return ps->opts->is_type && ps->opts->is_type(ps->opts->is_type_arg, name, len);
}

void dt_parse_add_typedef(struct dt_parser *ps, const char *name)
{
	list(ps, &ps->typedefs, name);
}

void dt_parse_add_variable(struct dt_parser *ps, const char *name)
{
	list(ps, &ps->variables, name);
}
