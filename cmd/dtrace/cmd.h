/* SPDX-License-Identifier: MIT */
/*
 * dtrace(1): a consumer on the public headers alone.  One structure holds what the command line
 * asked for and the state of the run; main.c makes it and walks through the phases, the other files
 * are one concern each.
 */
#ifndef CMD_DTRACE_H
#define CMD_DTRACE_H

#include <dtrace.h>
#include <dtrace_linux.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>

#define EXIT_USAGE 2

/* One -n -P -m -f -i or -s. */
struct spec {
	dtrace_probespec_t probespec;
	bool script;      /* arg is a file */
	const char *arg;  /* as given */
	const char *desc; /* of a description: arg up to { / or ; */
	dtrace_prog_t *prog;
	dtrace_proginfo_t info;
};

enum mode {
	MODE_TRACE,
	MODE_ANON,    /* -A */
	MODE_LINK,    /* -G */
	MODE_HEADER,  /* -h */
	MODE_LIST,    /* -l */
	MODE_VERSION, /* -V */
};

/* -x oformat; but for TEXT the text of printf() and its kin comes through the buffered handler. */
enum format {
	FORMAT_TEXT,
	FORMAT_JSON,
	FORMAT_XML,
};

struct process {
	const char *command; /* -c; NULL: -p */
	const char *pid;     /* -p, as given */
	struct ps_prochandle *P;
};

struct cmd {
	const char *name; /* of the program, for messages */
	dtrace_hdl_t *dtp;
	enum mode mode;
	bool exec; /* false: -e */
	bool verbose, buffered;
	bool code, tree; /* -S; -x tree */
	enum format format;
	int open_flags;
	uint_t cflags;
	const char *output; /* -o */
	FILE *out;
	struct spec *specs;
	int nspecs;
	struct process *processes;
	int nprocesses;
	char **words; /* the command line, an interpreter line of several words taken apart */
	char **args;  /* $0 and the macro arguments */
	int nargs;

	/* The run. */
	int alive; /* of our processes */
	bool quiet, flowindent, headed;
	int status; /* of exit() */
};

/* options.c: both leave the process on a bad command line. */
void options_modes(struct cmd *cmd, int argc, char **argv);
void options_settings(struct cmd *cmd, int argc, char **argv);
/* "#!dtrace -C -s" arrives as one word: the words that were meant, or ARGV itself. */
char **options_split_interpreter(int *argc, char **argv);
/* FreeBSD's --libxo FORMAT, --libxo=FORMAT, --libxo:J become -xoformat=FORMAT, in place. */
void options_libxo(int *argc, char **argv);

/* messages.c. A text that ends in a newline is complete; else the handle's last error is put behind
 * it. */
_Noreturn void fatal(struct cmd *cmd, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void error(struct cmd *cmd, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void notice(struct cmd *cmd, const char *fmt, ...)
	__attribute__((format(printf, 2, 3))); /* not when quiet */

/* output.c */
void output_handlers(struct cmd *cmd);
void output_read_options(struct cmd *cmd); /* quiet and flowindent as they are now */
int output_chew(const dtrace_probedata_t *data, void *arg);
int output_chewrec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg);

/* structured.c */
void structured_begin(struct cmd *cmd);
void structured_end(struct cmd *cmd, bool aggregations);
int structured_chew(const dtrace_probedata_t *data, void *arg);
int structured_chewrec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg);
int structured_buffered(const dtrace_bufdata_t *data, void *arg);
void structured_drop(const dtrace_dropdata_t *drop);

/* list.c */
void list_probes(struct cmd *cmd);
void list_stability(struct cmd *cmd, const struct spec *spec);

/* signals.c */
extern volatile sig_atomic_t interrupts;  /* SIGINT and SIGTERM so far */
extern volatile sig_atomic_t newline_due; /* the ^C on the terminal wants a newline */
void signals_install(dtrace_hdl_t *dtp);
#define impatient() (interrupts > 1)

#endif
