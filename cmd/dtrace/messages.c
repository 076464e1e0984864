/* SPDX-License-Identifier: MIT */
/*
 * Messages on standard error, in the format of dtrace(1) on other systems, which scripts match.  A
 * compile error is followed by its source line and a hint.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "cmd.h"

/* The source line with a caret below the error's column, and the hint. */
static void show_place(struct cmd *cmd)
{
	dtrace_errplace_t place;
	const char *source;
	int indent = 0;

	if (!cmd->dtp || dtrace_errplace(cmd->dtp, &place))
		return;
	source = place.dtep_source;
	if (*source && place.dtep_line > 0) {
		fprintf(stderr, "%6d | %s\n", place.dtep_line, source);
		if (place.dtep_column > 0 && (size_t)place.dtep_column <= strlen(source) + 1) {
			fprintf(stderr, "%6s | ", "");
			/* A tab is repeated; only the first byte of a UTF-8 character has width. */
			for (; indent < place.dtep_column - 1; indent++)
				if (source[indent] == '\t')
					fputc('\t', stderr);
				else if (((unsigned char)source[indent] & 0xc0) != 0x80)
					fputc(' ', stderr);
			fputs("^\n", stderr);
		}
	}
	if (*place.dtep_hint)
		fprintf(stderr, "%8s hint: %s\n", "", place.dtep_hint);
}

static void message(struct cmd *cmd, const char *fmt, va_list ap)
{
	int err = cmd->dtp ? dtrace_errno(cmd->dtp) : errno;

	fflush(cmd->out ? cmd->out : stdout);
	fprintf(stderr, "%s: ", cmd->name);
	vfprintf(stderr, fmt, ap);
	if (*fmt && fmt[strlen(fmt) - 1] == '\n')
		return;
	fprintf(stderr, ": %s\n", dtrace_errmsg(cmd->dtp, err));
	show_place(cmd);
}

void quit(struct cmd *cmd)
{
	if (cmd->dtp)
		dtrace_close(cmd->dtp);
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
