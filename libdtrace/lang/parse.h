/* SPDX-License-Identifier: MIT */
/*
 * The parser: recursive descent over the lexer.  Tokens are made when they are looked at, so that a
 * probe description can be read as text where no token has been made yet.  program.c has the entry
 * points, clause.c, decl.c, defs.c and expr.c a part of the grammar each, parse.c what they share.
 */
#ifndef DT_LANG_PARSE_H
#define DT_LANG_PARSE_H

#include "base/table.h"
#include "base/vec.h"
#include "lang/lex.h"

#define DT_LOOKAHEAD 4

/* How deep ( [ { and operators may nest, since the parser recurses over them. */
#define DT_PARSE_MAX_NESTING 200

struct dt_parser {
	struct dt_lex lex;
	struct dt_compile *compile;
	struct dt_arena *arena;
	const struct dt_parse_opts *opts;
	struct dt_token ahead[DT_LOOKAHEAD]; /* a ring of tokens that were made and not taken */
	unsigned int first, nahead;
	unsigned int nesting;
	bool in_clause, in_body; /* behind the descriptions of a clause; in its statements */
	/* Names, without values.  In the arena. */
	struct dt_table typedefs;  /* declared in this program */
	struct dt_table variables; /* assigned or declared: no types, whatever types/ knows */
	DT_VEC(struct dt_ast_item) items;
};

/* Tokens. peek(0) is the next one. */
const struct dt_token *dt_parse_peek(struct dt_parser *ps, unsigned int n);
struct dt_token dt_parse_next(struct dt_parser *ps);
bool dt_parse_accept(struct dt_parser *ps, enum dt_tok_kind kind);
struct dt_token dt_parse_expect(struct dt_parser *ps,
				enum dt_tok_kind kind); /* or fails with a syntax error */
/* fails at the next token */
_Noreturn void dt_parse_unexpected(struct dt_parser *ps, const char *hint);
static inline enum dt_tok_kind dt_parse_kind(struct dt_parser *ps)
{
	return dt_parse_peek(ps, 0)->kind;
}

/* Recursion is counted, so that it ends with an error and not with the stack. */
void dt_parse_enter(struct dt_parser *ps);
static inline void dt_parse_leave(struct dt_parser *ps)
{
	ps->nesting--;
}

/* Is this the name of a type? Asks types/ only about names that the program does not declare. */
bool dt_parse_is_type(struct dt_parser *ps, const char *name, size_t len);
void dt_parse_add_typedef(struct dt_parser *ps, const char *name);
void dt_parse_add_variable(struct dt_parser *ps, const char *name);

/* expr.c */
struct dt_ast_expr *dt_expr(struct dt_parser *ps);        /* with comma operators */
struct dt_ast_expr *dt_expr_assign(struct dt_parser *ps); /* without comma operators */
struct dt_ast_expr *dt_expr_const(struct dt_parser *ps);  /* without assignments, too */

/* decl.c */
bool dt_decl_at_type(struct dt_parser *ps, unsigned int n); /* does peek(n) begin a type name? */
struct dt_ast_type *dt_decl_type_name(struct dt_parser *ps);

/* clause.c */
void dt_clause_item(struct dt_parser *ps);
void dt_clause_skip(struct dt_parser *ps); /* behind one that has an error */

#endif
