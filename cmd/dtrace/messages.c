/* SPDX-License-Identifier: MIT */
/*
 * Messages on standard error, in the format of dtrace(1) on other systems, which scripts match.  A
 * compile error is followed by its source line and a hint, and by the program's other errors.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "cmd.h"

#define SHOWN_BEFORE 60 /* bytes of a long line on either side of the error */
#define SHOWN_BEHIND 60

static bool inside_character(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80; /* of UTF-8; it has no width of its own */
}

/* The line with a caret below COLUMN (from 1; 0: none); of a long line what is around it. */
static void show_line(int number, const char *line, size_t column)
{
	size_t len = strlen(line), at = column && column <= len + 1 ? column - 1 : 0;
	size_t from = at > SHOWN_BEFORE ? at - SHOWN_BEFORE : 0,
	       to = len - at > SHOWN_BEHIND ? at + SHOWN_BEHIND : len;
	const char *before;

	while (from && from < at && inside_character(line[from]))
		from++;
	while (to < len && inside_character(line[to]))
		to++;
	before = from ? "..." : "";
	fprintf(stderr, "%6d | %s%.*s%s\n", number, before, (int)(to - from), line + from,
		to < len ? "..." : "");
	if (!column || column > len + 1)
		return;
	fprintf(stderr, "%6s | %*s", "", (int)strlen(before), "");
	for (size_t i = from; i < at; i++) /* a tab is repeated */
		if (line[i] == '\t' || !inside_character(line[i]))
			fputc(line[i] == '\t' ? '\t' : ' ', stderr);
	fputs("^\n", stderr);
}

/* The source line of a compile error, and the hint. */
static void show_place(const dtrace_errplace_t *place)
{
	if (*place->dtep_source && place->dtep_line > 0)
		show_line(place->dtep_line, place->dtep_source,
			  place->dtep_column > 0 ? (size_t)place->dtep_column : 0);
	if (*place->dtep_hint)
		fprintf(stderr, "%8s hint: %s\n", "", place->dtep_hint);
}

static void begin(struct cmd *cmd, const char *fmt, va_list ap)
{
	va_list copy;

	va_copy(copy, ap);
	fprintf(stderr, "%s: ", cmd->name);
	vfprintf(stderr, fmt, copy);
	va_end(copy);
}

static void message(struct cmd *cmd, const char *fmt, va_list ap)
{
	int err = cmd->dtp ? dtrace_errno(cmd->dtp) : errno;
	dtrace_errplace_t place;
	const char *other;

	fflush(cmd->out ? cmd->out : stdout);
	begin(cmd, fmt, ap);
	if (*fmt && fmt[strlen(fmt) - 1] == '\n')
		return;
	fprintf(stderr, ": %s\n", dtrace_errmsg(cmd->dtp, err));
	if (!cmd->dtp)
		return;
	if (!dtrace_errplace(cmd->dtp, &place))
		show_place(&place);
	for (int i = 0; (other = dtrace_errother(cmd->dtp, i, &place)) != NULL; i++) {
		begin(cmd, fmt, ap);
		fprintf(stderr, ": %s\n", other);
		show_place(&place);
	}
}

void quit(struct cmd *cmd)
{
	if (cmd->dtp)
		dtrace_close(cmd->dtp);
	processes_resume(cmd);
	exit(EXIT_FAILURE);
}

void fatal(struct cmd *cmd, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message(cmd, fmt, ap);
	va_end(ap);
	quit(cmd);
}

void error(struct cmd *cmd, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message(cmd, fmt, ap);
	va_end(ap);
}

void notice(struct cmd *cmd, const char *fmt, ...)
{
	va_list ap;

	if (cmd->quiet)
		return;
	va_start(ap, fmt);
	message(cmd, fmt, ap);
	va_end(ap);
}
