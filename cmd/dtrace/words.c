/* SPDX-License-Identifier: MIT */
/*
 * The words of -c's command.  They are separated by blanks, and quoted as in a shell: '...' keeps
 * everything, "..." all but a backslash in front of \ " $ ` and a newline, and a backslash outside
 * of quotes keeps the next character.  Nothing is expanded.  Called by main.c.
 */
#include <stdlib.h>
#include <string.h>
#include "cmd.h"

struct splitter {
	const char *in;
	char *out;
};

static bool is_blank(char c)
{
	return c && strchr(" \t\n\v\f\r", c);
}

/* A backslash in front of a newline gives nothing, at the end itself. */
static void copy_escaped(struct splitter *s)
{
	s->in++;
	if (!*s->in)
		*s->out++ = '\\';
	else if (*s->in != '\n')
		*s->out++ = *s->in;
	if (*s->in)
		s->in++;
}

static bool is_escaped(const char *s)
{
	return s[0] == '\\' && s[1] && strchr("\\\"$`\n", s[1]);
}

/* Up to the quote that ends it. False: there is none. */
static bool copy_quoted(struct splitter *s)
{
	char quote = *s->in++;

	while (*s->in != quote) {
		if (!*s->in)
			return false;
		if (quote == '"' && is_escaped(s->in))
			copy_escaped(s);
		else
			*s->out++ = *s->in++;
	}
	s->in++;
	return true;
}

static bool copy_word(struct splitter *s)
{
	while (*s->in && !is_blank(*s->in)) {
		if (*s->in == '\\') {
			copy_escaped(s);
		} else if (*s->in != '\'' && *s->in != '"') {
			*s->out++ = *s->in++;
		} else if (!copy_quoted(s)) {
			return false;
		}
	}
	*s->out++ = '\0';
	return true;
}

bool words_split(const char *command, char ***words)
{
	size_t len = strlen(command), n = 0;
	char **list = malloc((len / 2 + 2) * sizeof(*list) + len + 2);
	struct splitter s = { command, (char *)(list + len / 2 + 2) };

	*words = list;
	if (!list)
		return true;
	for (;;) {
		while (is_blank(*s.in))
			s.in++;
		if (!*s.in)
			break;
		list[n++] = s.out;
		if (!copy_word(&s)) {
			free(list);
			return false;
		}
	}
	list[n] = NULL;
	return true;
}
