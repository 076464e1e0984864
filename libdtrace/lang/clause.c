/* SPDX-License-Identifier: MIT */
/*
 * Clauses: probe descriptions, predicate, statements.  Descriptions are read as text, since their
 * characters are not those of tokens; predicate and statements as tokens.
 */
#include <errno.h>
#include <string.h>
#include "base/arena.h"
#include "base/errno.h"
#include "lang/parse.h"

typedef DT_VEC(struct dt_ast_pdesc) pdesc_vec;
typedef DT_VEC(const struct dt_ast_stmt *) stmt_vec;

/* ---- probe descriptions ---- */

static _Noreturn void fail_pdesc(struct dt_parser *ps, const struct dt_ast_pdesc *pd, int err)
{
	if (err == ENOMEM)
		dt_fail_nomem(ps->compile);
	dt_fail(ps->compile, &pd->loc, "D_PDESC_INVAL", "invalid probe description \"%s\": %s",
		pd->text, dt_strerror(err));
}

/* A decimal number; false: it is none, or too large for the id of a probe. */
static bool parse_id(const char *s, size_t len, uint32_t *id)
{
	uint64_t value = 0;

	for (size_t i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		value = value * 10 + (uint64_t)(s[i] - '0');
		if (value > UINT32_MAX)
			return false;
	}
	*id = (uint32_t)value;
	return len > 0;
}

#define MAX_ID_RANGE 65536

/* "4711" and "10-20" are ids: adds a description for each. */
static bool push_ids(struct dt_parser *ps, pdesc_vec *list, const struct dt_ast_pdesc *pd)
{
	static const char *const plurals[] = { "providers", "modules", "functions" };
	const char *dash = strchr(pd->text, '-');
	size_t len = dash ? (size_t)(dash - pd->text) : strlen(pd->text);
	struct dt_ast_pdesc one = *pd;
	uint32_t first, last;

	if (!parse_id(pd->text, len, &first))
		return false;
	last = first;
	if (dash && !parse_id(dash + 1, strlen(dash + 1), &last))
		return false;
	if (ps->opts->probespec >= DT_PSPEC_PROVIDER && ps->opts->probespec < DT_PSPEC_NAME)
		dt_fail(ps->compile, &pd->loc, "D_PDESC_INVAL",
			"probe identifier %s not permitted when specifying %s", pd->text,
			plurals[ps->opts->probespec]);
	if (last < first || last - first >= MAX_ID_RANGE)
		dt_fail(ps->compile, &pd->loc, "D_PDESC_INVAL",
			"invalid range of probe identifiers %s", pd->text);
	one.desc = (struct dt_pdesc){ .provider = "", .mod = "", .func = "", .name = "" };
	if (!first) /* an id of 0 means any probe */
		dt_fail(ps->compile, &pd->loc, "D_PDESC_INVAL", "invalid probe identifier %s: %s",
			pd->text, dt_strerror(EDT_BADID));
	for (uint32_t id = first; id - first <= last - first; id++) {
		one.desc.id = id;
		dt_vec_push_arena(ps->arena, list, one);
		if (id == last)
			break;
	}
	return true;
}

static void pdesc(struct dt_parser *ps, pdesc_vec *list)
{
	struct dt_lex *lx = &ps->lex;
	struct dt_ast_pdesc pd;
	const char *start;
	int err;

	dt_lex_skip(lx);
	start = lx->p;
	pd.loc = dt_lex_loc(lx, start);
	while (lx->p < lx->end && dt_pdesc_is_char(*lx->p))
		lx->p++;
	if (lx->p == start && lx->p < lx->end && strchr(")]}", *lx->p))
		dt_fail(ps->compile, &pd.loc, "D_SYNTAX", "extra %c in input stream", *lx->p);
	if (lx->p == start)
		dt_lex_fail_at(lx, start);
	pd.text = dt_arena_strndup(ps->arena, start, (size_t)(lx->p - start));
	if (push_ids(ps, list, &pd))
		return;
	err = dt_pdesc_parse(ps->arena, start, (size_t)(lx->p - start), ps->opts->probespec,
			     &ps->opts->macros, &pd.desc, &lx->used);
	if (err)
		fail_pdesc(ps, &pd, -err);
	dt_vec_push_arena(ps->arena, list, pd);
}

/* ---- statements ---- */

static struct dt_ast_block block(struct dt_parser *ps);

/* The body of an if: { ... } or one statement. */
static struct dt_ast_block branch(struct dt_parser *ps);

static struct dt_ast_stmt *new_stmt(struct dt_parser *ps, enum dt_ast_stmt_kind kind)
{
	struct dt_ast_stmt *stmt = dt_arena_new_obj(ps->arena, struct dt_ast_stmt);

	stmt->kind = kind;
	stmt->loc = dt_parse_peek(ps, 0)->loc;
	return stmt;
}

static struct dt_ast_stmt *if_stmt(struct dt_parser *ps)
{
	struct dt_ast_stmt *stmt = new_stmt(ps, DT_STMT_IF);

	dt_parse_next(ps);
	dt_parse_expect(ps, DT_TOK_LPAREN);
	stmt->expr = dt_expr(ps);
	dt_parse_expect(ps, DT_TOK_RPAREN);
	stmt->yes = branch(ps);
	if (dt_parse_accept(ps, DT_KW_ELSE))
		stmt->no = branch(ps);
	return stmt;
}

/* A statement; NULL: an empty one. */
static struct dt_ast_stmt *statement(struct dt_parser *ps)
{
	struct dt_ast_stmt *stmt;

	switch (dt_parse_kind(ps)) {
	case DT_TOK_SEMI: dt_parse_next(ps); return NULL;
	case DT_KW_IF: return if_stmt(ps);
	case DT_TOK_LBRACE:
		stmt = new_stmt(ps, DT_STMT_BLOCK);
		stmt->yes = block(ps);
		return stmt;
	default:
		stmt = new_stmt(ps, DT_STMT_EXPR);
		stmt->expr = dt_expr(ps);
		/* the last statement needs no semicolon */
		if (dt_parse_kind(ps) != DT_TOK_RBRACE)
			dt_parse_expect(ps, DT_TOK_SEMI);
		return stmt;
	}
}

static struct dt_ast_block finish(stmt_vec *list)
{
	return (struct dt_ast_block){ .stmts = list->data, .n = list->n };
}

static struct dt_ast_block branch(struct dt_parser *ps)
{
	stmt_vec list = { 0 };
	struct dt_ast_stmt *stmt;

	if (dt_parse_kind(ps) == DT_TOK_LBRACE)
		return block(ps);
	dt_parse_enter(ps);
	stmt = statement(ps);
	dt_parse_leave(ps);
	if (stmt)
		dt_vec_push_arena(ps->arena, &list, stmt);
	return finish(&list);
}

static struct dt_ast_block block(struct dt_parser *ps)
{
	stmt_vec list = { 0 };

	dt_parse_enter(ps);
	dt_parse_expect(ps, DT_TOK_LBRACE);
	while (dt_parse_kind(ps) != DT_TOK_RBRACE) {
		struct dt_ast_stmt *stmt = statement(ps);

		if (stmt)
			dt_vec_push_arena(ps->arena, &list, stmt);
	}
	dt_parse_expect(ps, DT_TOK_RBRACE);
	dt_parse_leave(ps);
	return finish(&list);
}

/* ---- the clause ---- */

static void predicate(struct dt_parser *ps, struct dt_ast_clause *clause)
{
	ps->lex.p++;
	ps->lex.in_predicate = true;
	clause->predicate = dt_expr(ps);
	if (dt_parse_kind(ps) != DT_TOK_EPRED)
		dt_parse_unexpected(ps, dt_parse_kind(ps) == DT_TOK_EOF ||
							dt_parse_kind(ps) == DT_TOK_LBRACE
						? "the / that closes the predicate is missing"
						: NULL);
	dt_parse_next(ps);
	ps->lex.in_predicate = false;
}

/* The next character after blanks; 0: the end. */
static char next_char(struct dt_parser *ps)
{
	dt_lex_skip(&ps->lex);
	return ps->lex.p < ps->lex.end ? *ps->lex.p : '\0';
}

void dt_clause_item(struct dt_parser *ps)
{
	struct dt_ast_clause *clause = dt_arena_new_obj(ps->arena, struct dt_ast_clause);
	struct dt_ast_item item = { .kind = DT_ITEM_CLAUSE, .clause = clause };
	struct dt_lex *lx = &ps->lex;
	pdesc_vec list = { 0 };

	clause->loc = dt_lex_loc(lx, lx->p);
	for (pdesc(ps, &list); next_char(ps) == ','; pdesc(ps, &list))
		lx->p++;
	clause->pdescs = list.data;
	clause->npdescs = list.n;
	ps->in_clause = next_char(ps) == '/' || next_char(ps) == '{';
	if (next_char(ps) == '/')
		predicate(ps, clause);
	clause->has_body = next_char(ps) == '{';
	clause->body_loc = dt_lex_loc(lx, lx->p);
	ps->in_body = clause->has_body;
	if (clause->has_body)
		clause->body = block(ps);
	else if (next_char(ps) == ';')
		lx->p++;
	else if (lx->p < lx->end && !clause->predicate)
		dt_lex_fail_token(lx, dt_parse_peek(ps, 0), NULL);
	clause->end_loc = dt_lex_loc(lx, lx->p);
	dt_vec_push_arena(ps->arena, &ps->items, item);
}

/* Moves behind a string or character, which ends with its line at the latest. */
static void skip_quoted(struct dt_lex *lx)
{
	char quote = *lx->p++;

	while (lx->p < lx->end && *lx->p != quote && *lx->p != '\n')
		lx->p += *lx->p == '\\' && lx->p + 1 < lx->end && lx->p[1] != '\n' ? 2 : 1;
	if (lx->p < lx->end && *lx->p == quote)
		lx->p++;
}

void dt_clause_skip(struct dt_parser *ps)
{
	struct dt_lex *lx = &ps->lex;
	bool closed = ps->in_body && !lx->nbraces;

	while (!closed) {
		dt_lex_skip(lx);
		if (lx->p == lx->end)
			break;
		if (*lx->p == '"' || *lx->p == '\'') {
			skip_quoted(lx);
			continue;
		}
		lx->nbraces += *lx->p == '{';
		if (*lx->p == '}' && lx->nbraces)
			lx->nbraces--;
		closed = !lx->nbraces && (*lx->p == '}' || *lx->p == ';');
		lx->p++;
	}
	ps->nahead = ps->nesting = 0;
	lx->in_predicate = false;
}
