/* SPDX-License-Identifier: MIT */
/*
 * Macros ($1, $$1, $target), and probe descriptions, which may contain them.  Called by the lexer,
 * by the parser of clauses, and by api/ for dtrace_str2desc().  Errors are return values, since the
 * latter is not in a compile.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "base/errno.h"
#include "lang/lex.h"

/* Digits as a C constant has them, with a sign perhaps: "42", "-1", "0x1fULL". */
static bool is_number(const char *s)
{
	char *end;

	s += *s == '-' || *s == '+';
	if (*s < '0' || *s > '9')
		return false;
	strtoull(s, &end, 0);
	return strspn(end, "uUlL") == strlen(end);
}

static bool is_identifier(const char *s)
{
	if (!dt_lex_is_word_start(*s))
		return false;
	while (dt_lex_is_word(*s) || *s == '`')
		s++;
	return !*s;
}

/* The script's name, and a word that is neither a number nor an identifier ("/etc/passwd", "a b"),
 * are string constants. */
static enum dt_macro_kind macro_arg(const struct dt_macros *macros, struct dt_macro_value *value,
				    bool string, uint64_t *used)
{
	uint64_t n = 0;

	for (size_t i = 0; i < value->name_len; i++) {
		n = n * 10 + (uint64_t)(value->name[i] - '0');
		if (n > INT32_MAX)
			return DT_MACRO_OFLOW;
	}
	if (used)
		*used |= 1ULL << DT_MIN(n, 63);
	if (macros && n < (uint64_t)DT_MAX(macros->argc, 0) && macros->argv && macros->argv[n])
		value->text = macros->argv[n];
	else if (macros && macros->defaultargs)
		value->text = string ? "" : "0";
	else
		return DT_MACRO_UNDEF_ARG;
	if (string || n == 0 || !(is_number(value->text) || is_identifier(value->text)))
		return DT_MACRO_STRING;
	return DT_MACRO_TEXT;
}

enum dt_macro_kind dt_macro_expand(struct dt_arena *arena, const struct dt_macros *macros,
				   const char **p, const char *end, struct dt_macro_value *value,
				   uint64_t *used)
{
	const char *at = *p + 1;
	bool string = at < end && *at == '$', digits;
	char name[64], text[128];

	at += string;
	value->name = at;
	digits = at < end && *at >= '0' && *at <= '9';
	while (at < end && (digits ? *at >= '0' && *at <= '9' : dt_lex_is_word(*at)))
		at++;
	value->name_len = (size_t)(at - value->name);
	if (!value->name_len)
		return DT_MACRO_NONE;
	*p = at;
	if (digits)
		return macro_arg(macros, value, string, used);
	if (!macros || !macros->lookup || value->name_len >= sizeof(name))
		return DT_MACRO_UNDEF_VAR;
	memcpy(name, value->name, value->name_len);
	name[value->name_len] = '\0';
	text[0] = '\0';
	if (!macros->lookup(macros->lookup_arg, name, text, sizeof(text)))
		return DT_MACRO_UNDEF_VAR;
	value->text = dt_arena_strdup(arena, text);
	return string ? DT_MACRO_STRING : DT_MACRO_TEXT;
}

/* A copy of TEXT with its macros expanded. */
static int expand(struct dt_arena *arena, const char *text, size_t len,
		  const struct dt_macros *macros, char **out, uint64_t *used)
{
	const char *p = text, *end = text + len, *dollar;
	struct dt_macro_value value;
	enum dt_macro_kind kind;
	int budget = 32; /* no sensible description has more macros, and each one copies the text */

	*out = dt_arena_strdup(arena, "");
	while (*out && p < end) {
		dollar = memchr(p, '$', (size_t)(end - p));
		if (!dollar)
			dollar = end;
		*out = dt_arena_printf(arena, "%s%.*s", *out, (int)(dollar - p), p);
		p = dollar;
		if (p == end || !*out)
			break;
		if (!budget--)
			return -EDT_BADSPEC;
		kind = dt_macro_expand(arena, macros, &p, end, &value, used);
		if (kind != DT_MACRO_TEXT && kind != DT_MACRO_STRING)
			return -EDT_BADSPCV;
		if (!value.text)
			return -ENOMEM;
		*out = dt_arena_printf(arena, "%s%s", *out, value.text);
	}
	return *out ? 0 : -ENOMEM;
}

/* Globs, macros, and what is in names of functions (C++, versions of symbols). */
bool dt_pdesc_is_char(char c)
{
	return dt_lex_is_word(c) || (unsigned char)c >= 0x80 ||
	       (c && strchr("-$:.?*\\[]!`^@+~", c));
}

int dt_pdesc_parse(struct dt_arena *arena, const char *text, size_t len, enum dt_pspec spec,
		   const struct dt_macros *macros, struct dt_pdesc *out, uint64_t *used)
{
	const char **fields[] = { &out->provider, &out->mod, &out->func, &out->name };
	int field = spec, err;
	char *full, *colon;

	*out = (struct dt_pdesc){ .provider = "", .mod = "", .func = "", .name = "" };
	if ((int)spec < DT_PSPEC_NONE || spec > DT_PSPEC_NAME)
		return -EINVAL;
	err = expand(arena, text, len, macros, &full, used);
	if (err)
		return err;
	do {
		if (field < 0)
			return -EDT_BADSPEC;
		colon = strrchr(full, ':');
		*fields[field--] = colon ? colon + 1 : full;
		if (colon)
			*colon = '\0';
	} while (colon);
	return 0;
}
