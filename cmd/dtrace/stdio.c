/* SPDX-License-Identifier: MIT */
/*
 * The standard streams and the output file.  Output that cannot be written ends the command: with a
 * message and status 1, or, when its reader has closed the pipe, with the status alone.  Called by
 * main.c and by whatever writes in a loop.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cmd.h"

/* The next file that is opened would take the place of a closed standard stream, and get its
 * output.  Output to a closed one fails, except for messages, which are dropped. */
void stdio_reserve(void)
{
	static const int how[] = { O_RDONLY, O_RDONLY, O_WRONLY };

	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", how[fd]) != fd)
			_exit(EXIT_FAILURE);
}

static _Noreturn void write_failed(struct cmd *cmd, int err)
{
	const char *name = cmd->out == stdout ? "standard output" : cmd->output;

	clearerr(cmd->out); /* so that the message does not try again */
	if (err == EPIPE)
		quit(cmd);
	fatal(cmd, "failed to write to %s: %s\n", name, strerror(err));
}

/* The reason of a failure that was some writes ago: one more is made, in vain. */
static int reason(FILE *out)
{
	errno = 0;
	clearerr(out);
	fputc('\n', out);
	return fflush(out) && errno ? errno : EIO;
}

/* A signal is no reason to give up. */
void stdio_check(struct cmd *cmd)
{
	do {
		errno = 0;
		if (!fflush(cmd->out) && !ferror(cmd->out))
			return;
		if (errno != EINTR)
			write_failed(cmd, errno ? errno : reason(cmd->out));
		clearerr(cmd->out);
	} while (!interrupted_again());
}

void stdio_close(struct cmd *cmd)
{
	stdio_check(cmd);
	errno = 0;
	if (cmd->out != stdout && fclose(cmd->out)) {
		cmd->out = stdout;
		fatal(cmd, "failed to write to %s: %s\n", cmd->output,
		      strerror(errno ? errno : EIO));
	}
	cmd->out = stdout;
}

/* Line breaks remain.  U+0080 to U+009F, which are two bytes, are control characters, and their
 * second byte alone is one on a terminal of 8 bits. */
void stdio_name(FILE *out, char *name)
{
	unsigned char before = '\0';

	if (!isatty(fileno(out)))
		return;
	for (unsigned char *c = (unsigned char *)name; *c; before = *c++) {
		if ((*c < 0x20 && *c != '\n') || *c == 0x7f)
			*c = '?';
		else if (*c >= 0x80 && *c < 0xa0 && before < 0x80)
			*c = '?';
		else if (c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0)
			c[0] = c[1] = '?';
	}
}
