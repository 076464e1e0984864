/* SPDX-License-Identifier: MIT */
/*
 * Integers, character constants and strings: the part of the lexer that makes values of text.
 * Called by lex.c.
 */
#include <string.h>
#include "base/arena.h"
#include "lang/lex.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int digit_value(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* 1.5, .5, 1e6: D has no floating-point constants. Hexadecimal digits have an e of their own. */
static bool is_float(const struct dt_lex *lx)
{
	const char *p = lx->p;

	while (p < lx->end && is_digit(*p))
		p++;
	if (p < lx->end && *p == '.')
		return p + 1 == lx->end || p[1] != '.';
	if (p < lx->end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < lx->end && (*p == '+' || *p == '-'))
			p++;
		return p < lx->end && is_digit(*p);
	}
	return false;
}

/* u, l, ll in either order and case */
static void suffix(struct dt_lex *lx, struct dt_token *tok)
{
	for (; lx->p < lx->end; lx->p++) {
		if ((*lx->p == 'u' || *lx->p == 'U') && !tok->is_unsigned)
			tok->is_unsigned = true;
		else if (*lx->p == 'l' || *lx->p == 'L') {
			if (tok->nlong == 2 || (tok->nlong == 1 && lx->p[-1] != *lx->p))
				break;
			tok->nlong++;
		} else {
			break;
		}
	}
}

/* The whole word at the token, for messages that quote it; at most 64 bytes of it are shown. */
static int word_len(struct dt_lex *lx, struct dt_token *tok)
{
	while (lx->p < lx->end && dt_lex_is_word(*lx->p))
		lx->p++;
	tok->len = (size_t)(lx->p - tok->text);
	return (int)DT_MIN(tok->len, 64);
}

static _Noreturn void fail_digit(struct dt_lex *lx, struct dt_token *tok, char c)
{
	int len = word_len(lx, tok);

	dt_fail(lx->compile, &tok->loc, "D_INT_DIGIT", "constant %.*s contains invalid digit %c",
		len, tok->text, c);
}

static _Noreturn void fail_overflow(struct dt_lex *lx, struct dt_token *tok)
{
	int len = word_len(lx, tok);

	if (lx->outer_p)
		dt_fail(lx->compile, &tok->loc, "D_MACRO_OFLOW",
			"macro argument %.*s constant %.*s results in integer overflow",
			(int)lx->macro_name_len, lx->macro_name, len, tok->text);
	dt_fail(lx->compile, &tok->loc, "D_INT_OFLOW", "constant %.*s results in integer overflow",
		len, tok->text);
}

void dt_lex_number(struct dt_lex *lx, struct dt_token *tok)
{
	bool overflow = false;
	int digit;

	tok->kind = DT_TOK_INT;
	tok->base = 10;
	if (is_float(lx))
		dt_fail(lx->compile, &tok->loc, "D_SYNTAX",
			"floating-point constants are not permitted");
	if (*lx->p == '0' && lx->p + 1 < lx->end && (lx->p[1] == 'x' || lx->p[1] == 'X')) {
		tok->base = 16;
		lx->p += 2;
		if (lx->p == lx->end || digit_value(*lx->p) < 0)
			fail_digit(lx, tok, 'x');
	} else if (*lx->p == '0') {
		tok->base = 8;
	}
	for (; lx->p < lx->end; lx->p++) {
		digit = digit_value(*lx->p);
		if (digit < 0 || (digit > 9 && tok->base != 16))
			break;
		if (digit >= tok->base)
			fail_digit(lx, tok, *lx->p);
		overflow |= __builtin_mul_overflow(tok->value, (uint64_t)tok->base, &tok->value);
		overflow |= __builtin_add_overflow(tok->value, (uint64_t)digit, &tok->value);
	}
	suffix(lx, tok);
	if (lx->p < lx->end && dt_lex_is_word(*lx->p))
		fail_digit(lx, tok, *lx->p);
	tok->len = (size_t)(lx->p - tok->text);
	if (overflow)
		fail_overflow(lx, tok);
}

/* The character after a backslash, at P. C's escapes; an unknown one is the character itself. */
static unsigned char escape(const char **p, const char *end)
{
	static const char names[] = "abfnrtv", values[] = "\a\b\f\n\r\t\v";
	unsigned int value = 0;
	const char *name;
	int n = 0;

	if (**p >= '0' && **p <= '7') {
		for (; n < 3 && *p < end && **p >= '0' && **p <= '7'; n++)
			value = value * 8 + (unsigned int)(*(*p)++ - '0');
		return (unsigned char)value;
	}
	if (**p == 'x' && *p + 1 < end && digit_value((*p)[1]) >= 0) {
		for (++*p; n < 2 && *p < end && digit_value(**p) >= 0; n++)
			value = value * 16 + (unsigned int)digit_value(*(*p)++);
		return (unsigned char)value;
	}
	name = **p ? strchr(names, **p) : NULL;
	if (name) {
		++*p;
		return (unsigned char)values[name - names];
	}
	return (unsigned char)*(*p)++;
}

/* The closing quote of a text. A newline in it is an error, unless it is escaped. */
static const char *find_quote(struct dt_lex *lx, const struct dt_token *tok, char quote,
			      const char *tag, const char *what)
{
	const char *p = lx->p + 1;

	for (; p < lx->end && *p != quote; p++) {
		if (*p == '\\' && p + 1 < lx->end)
			p++;
		else if (*p == '\n')
			dt_fail(lx->compile, &tok->loc, tag, "newline encountered in %s", what);
	}
	if (p < lx->end)
		return p;
	dt_fail_hint(lx->compile, &tok->loc, "D_SYNTAX", "the closing quote is missing",
		     "end-of-file encountered before matching %c", quote);
}

static size_t unescape(struct dt_lex *lx, const char *close, unsigned char *out)
{
	const char *p = lx->p + 1;
	size_t n = 0;

	while (p < close) {
		if (*p == '\\' && p + 1 < close) {
			p++;
			if (*p != '\n') {
				out[n++] = escape(&p, close);
				continue;
			}
			/* an escaped newline joins two lines */
			p++;
			if (!lx->outer_p) {
				lx->line++;
				lx->line_start = p;
			}
			continue;
		}
		out[n++] = (unsigned char)*p++;
	}
	out[n] = '\0';
	lx->p = close + 1;
	return n;
}

void dt_lex_string(struct dt_lex *lx, struct dt_token *tok)
{
	const char *close = find_quote(lx, tok, '"', "D_STR_NL", "string literal");
	unsigned char *text = dt_arena_alloc(lx->compile->arena, (size_t)(close - lx->p) + 1);

	tok->kind = DT_TOK_STRING;
	tok->str_len = unescape(lx, close, text);
	tok->str = (const char *)text;
	tok->len = (size_t)(lx->p - tok->text);
}

void dt_lex_char(struct dt_lex *lx, struct dt_token *tok)
{
	const char *close = find_quote(lx, tok, '\'', "D_CHR_NL", "character constant");
	unsigned char *text = dt_arena_alloc(lx->compile->arena, (size_t)(close - lx->p) + 1);
	size_t n = unescape(lx, close, text);

	tok->kind = DT_TOK_INT;
	tok->is_char = true;
	tok->base = 10;
	tok->len = (size_t)(lx->p - tok->text);
	if (!n)
		dt_fail(lx->compile, &tok->loc, "D_CHR_NULL", "empty character constant");
	if (n > sizeof(tok->value))
		dt_fail(lx->compile, &tok->loc, "D_CHR_OFLOW", "character constant is too long");
	for (size_t i = 0; i < n; i++)
		tok->value = tok->value << 8 | text[i];
}
