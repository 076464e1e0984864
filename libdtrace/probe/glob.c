/* SPDX-License-Identifier: MIT */
/* Globs of probe descriptions: * ? [a-z] [!a-z], and \ before a character that stands for itself.
 * Used by the table and by providers (probe.h). */
#include <string.h>
#include "probe/probe.h"

bool dt_glob_is_plain(const char *pattern)
{
	return pattern[0] && !strpbrk(pattern, "*?[\\");
}

/* Matches C against one [...], where P is behind the opening bracket.  *END is behind the closing
 * bracket, or NULL if there is none: then it is a plain '['. */
static bool class_matches(const char *p, char c, const char **end)
{
	bool negated = *p == '!', hit = false;
	const char *start;

	if (negated)
		p++;
	start = p;
	while (*p && (*p != ']' || p == start)) {
		char low = *p == '\\' && p[1] ? *++p : *p;
		char high = low;

		p++;
		if (*p == '-' && p[1] && p[1] != ']') {
			high = *++p;
			p++;
		}
		if (c >= low && c <= high)
			hit = true;
	}
	*end = *p ? p + 1 : NULL;
	return hit != negated;
}

/* Matches C against one element of the pattern; *NEXT is behind the element. */
static bool one_matches(const char *p, char c, const char **next)
{
	const char *end;
	bool hit;

	*next = p + 1;
	switch (*p) {
	case '?': return true;
	case '[':
		hit = class_matches(p + 1, c, &end);
		if (end) {
			*next = end;
			return hit;
		}
		return c == '[';
	case '\\':
		if (p[1]) {
			*next = p + 2;
			return p[1] == c;
		}
		return c == '\\';
	default: return *p == c;
	}
}

bool dt_glob(const char *pattern, const char *name)
{
	const char *star = NULL, *retry = NULL, *next;

	if (!*pattern)
		return true;
	/* Only the last star ever has to be extended, which makes this linear in practice and
	 * quadratic at worst. */
	while (*name) {
		if (*pattern == '*') {
			star = ++pattern;
			retry = name;
		} else if (*pattern && one_matches(pattern, *name, &next)) {
			pattern = next;
			name++;
		} else if (star) {
			pattern = star;
			name = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}
