/* SPDX-License-Identifier: MIT */
/*
 * From text to tokens; see lex.h.  Literals are in literal.c, lines that begin with # in pragma.c,
 * macros in pdesc.c.  A token is made where the parser asks for it, with its place, and its name in
 * the arena.
 */
#include <string.h>
#include "base/arena.h"
#include "lang/lex.h"

struct punct {
	const char *spelling;
	enum dt_tok_kind kind;
};

static const struct punct puncts[] = {
#define X(name, spelling, op) { spelling, DT_TOK_##name },
	DT_PUNCTS(X)
#undef X
};

const enum dt_op dt_tok_binary_op[DT_NTOKS] = { [DT_TOK_EOF] = DT_NOPS,
						[DT_TOK_INT] = DT_NOPS,
						[DT_TOK_STRING] = DT_NOPS,
						[DT_TOK_IDENT] = DT_NOPS,
						[DT_TOK_SYM] = DT_NOPS,
						[DT_TOK_AGG] = DT_NOPS,
						[DT_TOK_EPRED] = DT_NOPS,
#define X(name, spelling, op) [DT_TOK_##name] = op,
						DT_PUNCTS(X)
#undef X
#define X(name, spelling, kind) [DT_KW_##name] = DT_NOPS,
							DT_KEYWORDS(X)
#undef X
};

static const struct {
	const char *name;
	enum dt_keyword_kind kind;
} keywords[] = {
#define X(name, spelling, kind) { spelling, DT_KWK_##kind },
	DT_KEYWORDS(X)
#undef X
};

static const char *const keyword_names[] = {
#define X(name, spelling, kind) spelling,
	DT_KEYWORDS(X)
#undef X
};

#define FIRST_KEYWORD (DT_TOK_BEFORE_KEYWORDS + 1)

size_t dt_lang_keywords(const char *const **names)
{
	*names = keyword_names;
	return ARRAY_SIZE(keyword_names);
}

enum dt_tok_kind dt_keyword(const char *s, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(keywords); i++)
		if (keywords[i].name[0] == s[0] && strlen(keywords[i].name) == len &&
		    !memcmp(keywords[i].name, s, len))
			return (enum dt_tok_kind)(FIRST_KEYWORD + i);
	return DT_TOK_IDENT;
}

enum dt_keyword_kind dt_keyword_kind(enum dt_tok_kind kind)
{
	return (int)kind < FIRST_KEYWORD ? DT_KWK_OTHER : keywords[kind - FIRST_KEYWORD].kind;
}

void dt_lex_init(struct dt_lex *lx, struct dt_compile *compile, const struct dt_parse_opts *opts)
{
	*lx = (struct dt_lex){
		.compile = compile,
		.opts = dt_arena_memdup(compile->arena, opts, sizeof(*opts)),
		.p = opts->text,
		.end = opts->text + opts->len,
		.line_start = opts->text,
		.file = opts->file,
		.line = 1,
		.line_empty = true,
	};
	/* A byte order mark is no part of the program. */
	if (opts->len >= 3 && !memcmp(opts->text, "\xef\xbb\xbf", 3))
		lx->line_start = lx->p += 3;
}

struct dt_loc dt_lex_loc(const struct dt_lex *lx, const char *at)
{
	if (lx->outer_p)
		return lx->macro_loc;
	return (struct dt_loc){ .file = lx->file,
				.line = lx->line,
				.col = (uint32_t)(at - lx->line_start) + 1 };
}

/* ---- syntax errors ---- */

/* The bytes at AT as a message shows them: up to a newline, other bytes than ASCII in octal. */
static const char *printable(struct dt_lex *lx, const char *at, size_t len)
{
	char *out = dt_arena_alloc(lx->compile->arena, len * 4 + 1), *o = out;

	for (size_t i = 0; i < len && at[i] != '\n'; i++) {
		unsigned char c = (unsigned char)at[i];

		if (c >= 0x20 && c != 0x7f && c < 0x80) {
			*o++ = (char)c;
			continue;
		}
		*o++ = '\\';
		*o++ = (char)('0' + (c >> 6));
		*o++ = (char)('0' + ((c >> 3) & 7));
		*o++ = (char)('0' + (c & 7));
	}
	*o = '\0';
	return out;
}

void dt_lex_fail_token(struct dt_lex *lx, const struct dt_token *tok, const char *hint)
{
	if (tok->kind == DT_TOK_EOF)
		dt_fail_hint(lx->compile, &tok->loc, "D_SYNTAX", hint,
			     "syntax error near end of input");
	dt_fail_hint(lx->compile, &tok->loc, "D_SYNTAX", hint, "syntax error near \"%s\"",
		     printable(lx, tok->text, tok->len));
}

void dt_lex_fail_at(struct dt_lex *lx, const char *at)
{
	struct dt_loc loc = dt_lex_loc(lx, at);

	if (at >= lx->end)
		dt_fail(lx->compile, &loc, "D_SYNTAX", "syntax error near end of input");
	dt_fail(lx->compile, &loc, "D_SYNTAX", "syntax error near \"%s\"", printable(lx, at, 1));
}

/* ---- blanks, comments ---- */

static void newline(struct dt_lex *lx)
{
	lx->p++;
	if (lx->outer_p)
		return;
	lx->line++;
	lx->line_start = lx->p;
	lx->line_empty = true;
}

static void block_comment(struct dt_lex *lx)
{
	struct dt_loc loc = dt_lex_loc(lx, lx->p);

	for (lx->p += 2; lx->p + 1 < lx->end;) {
		if (lx->p[0] == '*' && lx->p[1] == '/') {
			lx->p += 2;
			return;
		}
		if (lx->p[0] == '/' && lx->p[1] == '*') {
			loc = dt_lex_loc(lx, lx->p);
			dt_fail(lx->compile, &loc, "D_SYNTAX", "/* encountered inside a comment");
		}
		if (*lx->p == '\n')
			newline(lx);
		else
			lx->p++;
	}
	dt_fail(lx->compile, &loc, "D_SYNTAX", "end-of-file encountered before matching */");
}

static bool leave_macro(struct dt_lex *lx)
{
	if (!lx->outer_p)
		return false;
	lx->p = lx->outer_p;
	lx->end = lx->outer_end;
	lx->outer_p = lx->outer_end = NULL;
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

void dt_lex_skip(struct dt_lex *lx)
{
	for (;;) {
		if (lx->p == lx->end) {
			if (leave_macro(lx))
				continue;
			return;
		}
		if (*lx->p == '\n') {
			newline(lx);
		} else if (is_blank(*lx->p)) {
			lx->p++;
		} else if (*lx->p == '/' && lx->p + 1 < lx->end && lx->p[1] == '*') {
			block_comment(lx);
		} else if (*lx->p == '/' && lx->p + 1 < lx->end && lx->p[1] == '/') {
			while (lx->p < lx->end && *lx->p != '\n')
				lx->p++;
		} else if (*lx->p == '#' && lx->line_empty && !lx->outer_p) {
			dt_lex_control(lx);
		} else {
			lx->line_empty = false;
			return;
		}
	}
}

/* ---- tokens ---- */

/* A slash in a predicate is a division, but closes the predicate if what follows it is {, ;,
 * another slash or the end. Blanks, newlines and comments do not count. */
static bool closes_predicate(const struct dt_lex *lx)
{
	const char *p = lx->p + 1, *end = lx->end;

	while (p < end) {
		if (*p == '\n' || is_blank(*p)) {
			p++;
		} else if (*p == '/' && p + 1 < end && p[1] == '/') {
			while (p < end && *p != '\n')
				p++;
		} else if (*p == '/' && p + 1 < end && p[1] == '*') {
			const char *close = memmem(p + 2, (size_t)(end - p - 2), "*/", 2);

			p = close ? close + 2 : end;
		} else {
			return *p == '{' || *p == ';' || *p == '/';
		}
	}
	return true;
}

static void close_predicate(struct dt_lex *lx, struct dt_token *tok)
{
	if (lx->nparens || lx->nbrackets)
		dt_fail(lx->compile, &tok->loc, "D_SYNTAX",
			"closing %c expected in predicate before /", lx->nparens ? ')' : ']');
	tok->kind = DT_TOK_EPRED;
}

static void count_bracket(struct dt_lex *lx, const struct dt_token *tok)
{
	unsigned int *count;

	switch (tok->kind) {
	case DT_TOK_LPAREN: lx->nparens++; return;
	case DT_TOK_LBRACKET: lx->nbrackets++; return;
	case DT_TOK_LBRACE: lx->nbraces++; return;
	case DT_TOK_RPAREN: count = &lx->nparens; break;
	case DT_TOK_RBRACKET: count = &lx->nbrackets; break;
	case DT_TOK_RBRACE: count = &lx->nbraces; break;
	default: return;
	}
	if (!*count)
		dt_fail(lx->compile, &tok->loc, "D_SYNTAX", "extra %c in input stream", *tok->text);
	--*count;
}

static void punctuation(struct dt_lex *lx, struct dt_token *tok)
{
	size_t left = (size_t)(lx->end - lx->p);

	for (size_t i = 0; i < ARRAY_SIZE(puncts); i++) {
		size_t len = strlen(puncts[i].spelling);

		if (len > left || memcmp(lx->p, puncts[i].spelling, len))
			continue;
		tok->kind = puncts[i].kind;
		tok->len = len;
		if ((tok->kind == DT_TOK_DIV || tok->kind == DT_TOK_DIV_ASSIGN) &&
		    lx->in_predicate && closes_predicate(lx)) {
			tok->len = 1;
			close_predicate(lx, tok);
		}
		lx->p += tok->len;
		count_bracket(lx, tok);
		return;
	}
	dt_lex_fail_at(lx, lx->p);
}

/* A word that D reserves and C does not. */
static bool is_own_word(enum dt_tok_kind kind)
{
	switch (kind) {
	case DT_KW_COUNTER:
	case DT_KW_IMPORT:
	case DT_KW_OFFSETOF:
	case DT_KW_PROBE:
	case DT_KW_PROVIDER:
	case DT_KW_SELF:
	case DT_KW_STRING:
	case DT_KW_STRINGOF:
	case DT_KW_THIS:
	case DT_KW_TRANSLATOR:
	case DT_KW_USERLAND:
	case DT_KW_XLATE: return true;
	default: return false;
	}
}

static void word(struct dt_lex *lx, struct dt_token *tok)
{
	const char *start = lx->p;
	bool backtick = false;

	while (lx->p < lx->end && (dt_lex_is_word(*lx->p) || *lx->p == '`'))
		backtick |= *lx->p++ == '`';
	tok->len = (size_t)(lx->p - start);
	tok->str = dt_arena_strndup(lx->compile->arena, start, tok->len);
	tok->str_len = tok->len;
	tok->kind = backtick ? DT_TOK_SYM : dt_keyword(start, tok->len);
	if (lx->in_system && is_own_word(tok->kind))
		tok->kind = DT_TOK_IDENT;
	if (backtick && (start[tok->len - 1] == '`'))
		dt_lex_fail_token(lx, tok, "the name of a symbol must follow the `");
}

static void aggregation(struct dt_lex *lx, struct dt_token *tok)
{
	const char *start = ++lx->p;

	if (lx->p < lx->end && dt_lex_is_word_start(*lx->p))
		while (lx->p < lx->end && dt_lex_is_word(*lx->p))
			lx->p++;
	tok->kind = DT_TOK_AGG;
	tok->len = (size_t)(lx->p - start) + 1;
	tok->str = lx->p == start ? "_" : dt_arena_strndup(lx->compile->arena, start, tok->len - 1);
	tok->str_len = strlen(tok->str);
}

static const char *hint_macro(struct dt_lex *lx, const struct dt_macro_value *value)
{
	const struct dt_macros *macros = &lx->opts->macros;
	struct dt_near n;

	dt_near_init(&n, dt_arena_strndup(lx->compile->arena, value->name, value->name_len));
	if (macros->names)
		macros->names(macros->lookup_arg, DT_NAMES_MACRO, &n);
	return dt_near_hint_as(lx->compile->arena, &n, "$");
}

/* $1, $target: their text is lexed in place; $$1 is a string. true: TOK is filled. */
static bool macro(struct dt_lex *lx, struct dt_token *tok)
{
	struct dt_macro_value value = { 0 };
	const char *start = lx->p;
	enum dt_macro_kind kind;

	if (lx->outer_p) /* the text of a macro is not searched for macros */
		dt_lex_fail_at(lx, start);
	kind = dt_macro_expand(lx->compile->arena, &lx->opts->macros, &lx->p, lx->end, &value,
			       &lx->used);
	switch (kind) {
	case DT_MACRO_NONE: dt_lex_fail_at(lx, start);
	case DT_MACRO_OFLOW:
		dt_fail(lx->compile, &tok->loc, "D_MACRO_OFLOW",
			"macro argument $%.*s is too large", (int)value.name_len, value.name);
	case DT_MACRO_UNDEF_ARG:
		dt_fail(lx->compile, &tok->loc, "D_MACRO_UNDEF",
			"macro argument $%.*s is not defined", (int)value.name_len, value.name);
	case DT_MACRO_UNDEF_VAR:
		dt_fail_hint(lx->compile, &tok->loc, "D_MACRO_UNDEF", hint_macro(lx, &value),
			     "macro variable $%.*s is not defined", (int)value.name_len,
			     value.name);
	case DT_MACRO_STRING:
		tok->kind = DT_TOK_STRING;
		tok->len = (size_t)(lx->p - start);
		tok->str = dt_arena_strdup(lx->compile->arena, value.text);
		tok->str_len = strlen(value.text);
		return true;
	case DT_MACRO_TEXT:
		lx->macro_loc = tok->loc;
		lx->macro_name = start;
		lx->macro_name_len = (size_t)(lx->p - start);
		lx->outer_p = lx->p;
		lx->outer_end = lx->end;
		lx->p = value.text;
		lx->end = lx->p + strlen(lx->p);
	}
	return false;
}

static void start_token(struct dt_lex *lx, struct dt_token *tok)
{
	*tok = (struct dt_token){ .loc = dt_lex_loc(lx, lx->p), .text = lx->p };
}

void dt_lex_token(struct dt_lex *lx, struct dt_token *tok)
{
	for (;;) {
		char c;

		dt_lex_skip(lx);
		start_token(lx, tok);
		if (lx->p == lx->end) {
			tok->kind = DT_TOK_EOF;
			return;
		}
		c = *lx->p;
		if (dt_lex_is_word_start(c) || c == '`')
			word(lx, tok);
		else if ((c >= '0' && c <= '9') ||
			 (c == '.' && lx->p + 1 < lx->end && lx->p[1] >= '0' && lx->p[1] <= '9'))
			dt_lex_number(lx, tok);
		else if (c == '"')
			dt_lex_string(lx, tok);
		else if (c == '\'')
			dt_lex_char(lx, tok);
		else if (c == '@')
			aggregation(lx, tok);
		else if (c != '$')
			punctuation(lx, tok);
		else if (!macro(lx, tok))
			continue;
		return;
	}
}

const char *dt_lang_line(const char *text, size_t len, uint32_t line, size_t *line_len)
{
	const char *p = text, *end = text + len, *eol;

	if (!line)
		return NULL;
	while (--line) {
		p = memchr(p, '\n', (size_t)(end - p));
		if (!p)
			return NULL;
		p++;
	}
	eol = memchr(p, '\n', (size_t)(end - p));
	*line_len = (size_t)((eol ? eol : end) - p);
	return p;
}
