/* SPDX-License-Identifier: MIT */
/*
 * What C headers hold besides declarations, and D does not know: attributes, assembler names,
 * extension markers, static assertions, and in system headers the bodies of inline functions.
 * After cpp(1) has run, all that becomes blanks in place, so that lines and columns stay.  Words
 * with another spelling in D get it.  The one attribute that changes sizes stays as a word:
 * __packed__.  Called by cpp.c.
 */
#include <string.h>
#include "base/util.h"
#include "lang/cpp.h"
#include "lang/lex.h"

struct scan {
	char *p, *end;
	bool in_system; /* the last line marker says so: flag 3 */
	int braces, parens;
	bool after_paren; /* the last token is the ) of a list that is not nested */
	bool after_sou;   /* it is `struct`, `union` or }: here an attribute is the type's */
};

enum what {
	WORD_BLANK, /* the word alone */
	WORD_CALL,  /* the word and its ( ... ) */
	WORD_CALL_SEMI,
	WORD_SPELT, /* another spelling of the same word */
};

static const struct word {
	const char *name;
	enum what what;
	const char *spelling;
	bool system_only; /* in the user's own text the word has its meaning of D */
} words[] = {
	{ .name = "__attribute__", .what = WORD_CALL },
	{ .name = "__attribute", .what = WORD_CALL },
	{ .name = "__asm__", .what = WORD_CALL },
	{ .name = "__asm", .what = WORD_CALL },
	{ .name = "asm", .what = WORD_CALL, .system_only = true },
	{ .name = "_Alignas", .what = WORD_CALL },
	{ .name = "_Static_assert", .what = WORD_CALL_SEMI },
	{ .name = "__extension__", .what = WORD_BLANK },
	{ .name = "__restrict", .what = WORD_BLANK },
	{ .name = "__restrict__", .what = WORD_BLANK },
	{ .name = "_Noreturn", .what = WORD_BLANK },
	{ .name = "__inline", .what = WORD_BLANK },
	{ .name = "__inline__", .what = WORD_BLANK },
	{ .name = "inline", .what = WORD_BLANK, .system_only = true },
	{ .name = "restrict", .what = WORD_BLANK, .system_only = true },
	{ .name = "static", .what = WORD_SPELT, .spelling = "extern", .system_only = true },
	{ .name = "__signed__", .what = WORD_SPELT, .spelling = "signed" },
	{ .name = "__const", .what = WORD_SPELT, .spelling = "const" },
	{ .name = "__volatile__", .what = WORD_SPELT, .spelling = "volatile" },
};

static void blank(char *from, const char *to)
{
	for (; from < to; from++)
		if (*from != '\n')
			*from = ' ';
}

/* ---- pieces of C ---- */

/* Behind a literal that begins at P. */
static char *behind_literal(const struct scan *s, char *p)
{
	char quote = *p++;

	while (p < s->end && *p != quote && *p != '\n')
		p += *p == '\\' && p + 1 < s->end ? 2 : 1;
	return p < s->end ? p + 1 : p;
}

static char *behind_comment(const struct scan *s, char *p)
{
	char *end = memmem(p + 2, (size_t)(s->end - p - 2), "*/", 2);

	return end ? end + 2 : s->end;
}

static bool at_comment(const struct scan *s, const char *p)
{
	return p + 1 < s->end && p[0] == '/' && p[1] == '*';
}

/* Behind the bracket that closes the one at P; the end when none does. */
static char *behind_group(const struct scan *s, char *p, char open, char close)
{
	int depth = 0;

	while (p < s->end) {
		if (*p == '"' || *p == '\'') {
			p = behind_literal(s, p);
			continue;
		}
		if (at_comment(s, p)) {
			p = behind_comment(s, p);
			continue;
		}
		depth += (*p == open) - (*p == close);
		p++;
		if (!depth)
			break;
	}
	return p;
}

static char *skip_blanks(const struct scan *s, char *p)
{
	while (p < s->end && strchr(" \t\n\r\f\v", *p))
		p++;
	return p;
}

/* ---- the scan ---- */

/* # 12 "/usr/include/stdio.h" 1 3 4 */
static void line_marker(struct scan *s)
{
	char *newline = memchr(s->p, '\n', (size_t)(s->end - s->p)),
	     *end = newline ? newline : s->end;
	char *q = s->p + 1;

	while (q < end && *q == ' ')
		q++;
	if (q < end && *q >= '0' && *q <= '9') {
		char *quote = memrchr(q, '"', (size_t)(end - q));

		s->in_system = quote && memmem(quote, (size_t)(end - quote), " 3", 2);
	}
	s->p = end;
}

static const struct word *find(const struct scan *s, const char *at, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i].name) == len && !memcmp(words[i].name, at, len) &&
		    (s->in_system || !words[i].system_only))
			return &words[i];
	return NULL;
}

static bool is_sou(const char *at, size_t len)
{
	return (len == 6 && !memcmp(at, "struct", len)) || (len == 5 && !memcmp(at, "union", len));
}

/* True: the word stays, and counts as a token. */
static bool word(struct scan *s)
{
	char *at = s->p, *behind;
	const struct word *w;
	bool packed;

	while (s->p < s->end && dt_lex_is_word(*s->p))
		s->p++;
	w = find(s, at, (size_t)(s->p - at));
	if (!w) {
		s->after_sou = is_sou(at, (size_t)(s->p - at));
		return true;
	}
	if (w->what == WORD_SPELT) {
		blank(at, s->p);
		memcpy(at, w->spelling, strlen(w->spelling));
		return true;
	}
	behind = skip_blanks(s, s->p);
	if (w->what != WORD_BLANK && behind < s->end && *behind == '(')
		s->p = behind_group(s, behind, '(', ')');
	packed = s->after_sou && memmem(at, (size_t)(s->p - at), "packed", 6);
	behind = skip_blanks(s, s->p);
	if (w->what == WORD_CALL_SEMI && behind < s->end && *behind == ';')
		s->p = behind + 1;
	blank(at, s->p);
	if (packed)
		memcpy(at, "__packed__", 10); /* the one that changes sizes: decl.c knows it */
	return false;
}

static void punctuation(struct scan *s)
{
	char c = *s->p;

	if (c == '{' && s->in_system && !s->braces && s->after_paren) {
		char *end = behind_group(s, s->p, '{', '}');

		blank(s->p, end);
		*s->p = ';';
		s->p = end;
		s->after_paren = false;
		return;
	}
	s->braces += (c == '{') - (c == '}');
	s->parens += (c == '(') - (c == ')');
	s->after_paren = c == ')' && !s->parens;
	s->after_sou = c == '}';
	s->p++;
}

void dt_cheader_blank(char *text, size_t len)
{
	struct scan s = { .p = text, .end = text + len };
	bool line_start = true;

	while (s.p < s.end) {
		char c = *s.p;

		if (c == '#' && line_start) {
			line_marker(&s);
		} else if (strchr(" \t\n\r\f\v", c) && c) {
			line_start = c == '\n' || (line_start && c != '\n');
			s.p++;
			continue;
		} else if (c == '"' || c == '\'') {
			s.p = behind_literal(&s, s.p);
			s.after_paren = false;
		} else if (at_comment(&s, s.p)) {
			s.p = behind_comment(&s, s.p);
		} else if (dt_lex_is_word(c)) {
			if (word(&s))
				s.after_paren = false;
		} else {
			punctuation(&s);
		}
		line_start = false;
	}
}
