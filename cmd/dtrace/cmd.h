/* SPDX-License-Identifier: MIT */
/*
 * dtrace(1), a consumer that uses the public headers alone.  One structure has the settings of the
 * command line and the state of the run.  main.c owns it and goes through the phases of a run; each
 * of the other files has one concern.
 */
#ifndef CMD_DTRACE_H
#define CMD_DTRACE_H

#include <dtrace.h>
#include <dtrace_linux.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>

#define EXIT_USAGE 2

/* The argument of one -n, -P, -m, -f, -i or -s. */
struct spec {
	dtrace_probespec_t probespec;
	bool script;      /* arg names a file */
	const char *arg;  /* as given */
	const char *desc; /* the probe description in it: arg up to {, / or ; */
	dtrace_prog_t *prog;
	dtrace_proginfo_t info;
};

enum mode {
	MODE_TRACE,
	MODE_ANON,     /* -A */
	MODE_LINK,     /* -G */
	MODE_HEADER,   /* -h */
	MODE_LIST,     /* -l */
	MODE_VERSION,  /* -V */
	MODE_FEATURES, /* --features */
};

/* -x oformat.  Except with TEXT, the buffered handler gets the text of printf() and the like. */
enum format {
	FORMAT_TEXT,
	FORMAT_JSON,
	FORMAT_XML,
};

struct process {
	const char *command; /* of -c */
	const char *pid;     /* of -p, as given */
	const char *awaited; /* of -W: the program's name */
	pid_t stopped;       /* the process that -W has found, until it goes on; 0: none */
	struct ps_prochandle *P;
};

struct cmd {
	const char *name; /* of this program, for messages */
	dtrace_hdl_t *dtp;
	enum mode mode;
	bool exec; /* false with -e */
	bool verbose, buffered;
	bool destructive; /* by -w or -x, not by a script */
	bool code;        /* -S */
	bool source;      /* -d */
	enum format format;
	int open_flags;
	uint_t cflags;
	const char *output; /* -o */
	FILE *out;
	struct spec *specs;
	int nspecs;
	struct process *processes;
	int nprocesses;
	char **words; /* the command line after options_split_interpreter() */
	char **args;  /* $0 and the macro arguments */
	int nargs;
	size_t nlibrary_errors; /* that have been shown */

	/* The run. */
	int alive; /* number of processes of -c and -p that have not ended */
	bool quiet, flowindent, header_printed;
	int status; /* argument of D's exit() */
};

/* options.c.  The first two exit on a bad command line. */
void options_modes(struct cmd *cmd, int argc, char **argv);
void options_settings(struct cmd *cmd, int argc, char **argv);
/* Splits the one word that the kernel makes of "#!dtrace -C -s"; returns the new words or ARGV. */
char **options_split_interpreter(int *argc, char **argv);
/* Replaces FreeBSD's --libxo FORMAT, --libxo=FORMAT and --libxo:J by -xoformat=FORMAT in place. */
void options_libxo(int *argc, char **argv);

/* messages.c.  A format that ends with a newline is the whole message; else the handle's last error
 * is appended. */
_Noreturn void fatal(struct cmd *cmd, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void error(struct cmd *cmd, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Prints nothing with -q. */
void notice(struct cmd *cmd, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

_Noreturn void quit(struct cmd *cmd); /* closes the handle; status 1 */

/* stdio.c.  The second and third end the command if output was lost. */
void stdio_reserve(void); /* before anything is opened */
void stdio_check(struct cmd *cmd);
void stdio_close(struct cmd *cmd);
/* Text with names from a traced program: on a terminal control characters become question marks. */
void stdio_name(FILE *out, char *name);

/* await.c.  Waits for a process that executes the program NAME, which is stopped then; 0: an
 * interrupt came first. */
pid_t await_program(struct cmd *cmd, const char *name);
void processes_resume(struct cmd *cmd); /* main.c: those that -W has stopped */

/* words.c.  One malloc'ed list that ends with NULL; NULL: out of memory.  False: a quote is not
 * closed. */
bool words_split(const char *command, char ***words);

/* output.c */
void output_handlers(struct cmd *cmd);
bool option_set(struct cmd *cmd, const char *name);
void output_read_options(struct cmd *cmd); /* copies the current quiet and flowindent */
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
void list_features(struct cmd *cmd);
void list_stability(struct cmd *cmd, const struct spec *spec);

/* signals.c */
extern volatile sig_atomic_t interrupts;  /* number of SIGINT and SIGTERM so far */
extern volatile sig_atomic_t newline_due; /* the terminal shows ^C without a newline */
void signals_install(dtrace_hdl_t *dtp);
#define interrupted_again() (interrupts > 1)

#endif
