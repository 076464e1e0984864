/* SPDX-License-Identifier: MIT */
/*
 * The handle: everything that a consumer owns hangs off it, and nothing else is shared.  Opaque
 * below api/: each room has its own context, which the handle holds.  A handle belongs to one
 * thread at a time, but for dtrace_wake().
 *
 * Which file does what: open.c (life of a handle), errors.c (errno, messages, places), options.c
 * (the table of options), compile.c (programs), generate.c (their code), run.c (go, status, sleep,
 * work, stop), aggregate.c, handlers.c, print.c (formats by hand), probes.c (listing),
 * symbols.c, procs.c.
 */
#ifndef DT_API_HDL_H
#define DT_API_HDL_H

#include <dtrace.h>
#include <dtrace_linux.h>
#include "base/arena.h"
#include "base/errno.h"
#include "base/fail.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "bpf/bpf.h"
#include "contract/builtin.h"
#include "check/check.h"
#include "lower/plan.h"
#include "consume/consume.h"
#include "probe/probe.h"
#include "run/run.h"

struct dt_procset;

/* A compiled program. Owned by the handle; its tree lies in the program's own arena. */
struct dtrace_prog {
	struct dt_tprog *tree;
	struct dt_arena *arena;
	bool enabled;
};

/* Options of the compiler, beside dtrace_optval_t ones. */
struct dt_copts {
	uint32_t cflags; /* DTRACE_C_* that options turned on */
	bool cpp, errtags, droptags, nolibs;
	const char *cpppath;
	DT_VEC(const char *) cppargs; /* -I, -D, -U in order */
	bool aggpercpu, utf8, ascii;
	uint8_t evaltime;
};

struct dtrace_hdl {
	struct dt_arena *arena; /* the handle's own small things */
	int err;
	/* the last failure's place (errors.c) */
	struct dt_strbuf errtext; /* what dtrace_errmsg() gives for EDT_COMPILER and where the
				     code's text is not all */
	bool errtext_valid;       /* errtext belongs to err */
	struct dt_strbuf errsource;
	struct dt_strbuf errplace_text; /* the strings of errplace, NUL-separated */
	dtrace_errplace_t place;

	struct dt_bpf *bpf;
	struct dt_env env; /* bpf, types, symbols: what providers and codegen use */
	struct dt_probes probes;
	struct dt_symtab *symtab;

	uint32_t oflags; /* DTRACE_O_* */
	dtrace_optval_t options[DTRACEOPT_MAX];
	struct dt_copts copts;
	bool rec_timestamps;
	struct dt_consume_handlers handlers; /* as the client has set them */
	dtrace_handle_proc_f *handle_proc;   /* run.c calls it */
	void *handle_proc_arg;

	DT_VEC(struct dtrace_prog *) progs;
	DT_VEC(struct dt_tprog *) enabled; /* in the order of dtrace_program_exec */
	bool destructive;                  /* some enabled clause needs -w */

	struct dt_plan *plan; /* what the run was generated from, lent to it; NULL before go */
	struct dt_run *run;

	struct dt_procset *procs; /* NULL until the first is created or grabbed */
	pid_t target;             /* $target, 0: none */
};

/* errors.c: set the handle's error; both return -1 so that callers end with `return
 * dt_set_errno(...)`. */
int dt_set_errno(dtrace_hdl_t *dtp, int err);
int dt_set_error(dtrace_hdl_t *dtp, int err, const char *fmt, ...) DT_PRINTF(3, 4);
/* From a diagnostic; SOURCE (may be NULL) is the program's text, for the line under the caret. */
int dt_set_diag(dtrace_hdl_t *dtp, const struct dt_diag *diag, const char *context,
		const char *source, size_t len);
/* From a room that returns negative numbers: ERR is one, WHY its sentence or "". */
int dt_set_failure(dtrace_hdl_t *dtp, int err, const char *why);
/* From a function of run/: ERR is its negative result. */
int dt_set_run_error(dtrace_hdl_t *dtp, int err);

/* options.c */
#define DT_OPT_SET(dtp, opt) ((dtp)->options[opt] != DTRACEOPT_UNSET)
/* What the manual says of option I; false past the last. */
struct dt_option_doc {
	const char *name, *kind; /* "size", "rate", "number", ... */
	const char *text;        /* one sentence; of a refused option: why */
	bool dynamic;            /* may change while tracing */
	int64_t initial;
	bool accepted;
};
bool dt_option_describe(size_t i, struct dt_option_doc *out);
/* By a pragma in a program: the reason it is refused, or NULL. */
const char *dt_option_pragma(void *dtp, const char *name, const char *value,
			     const struct dt_loc *loc);
/* By D's setopt() while running. 0 or an EDT number. */
int dt_option_setopt(dtrace_hdl_t *dtp, const char *name, const char *value, dtrace_optval_t *old,
		     dtrace_optval_t *new);
void dt_options_init(dtrace_hdl_t *dtp);
/* At go: unset options get their defaults. AS_SET: what they were, for dt_options_restore(). */
void dt_options_settle(dtrace_hdl_t *dtp, dtrace_optval_t as_set[DTRACEOPT_MAX]);
void dt_options_restore(dtrace_hdl_t *dtp, const dtrace_optval_t as_set[DTRACEOPT_MAX]);

/* probes.c */
void dt_probe_describe(const struct dt_probe *probe, dtrace_probedesc_t *out);

/* compile.c: the text of $target, $pid and their kin (struct dt_macros). ARG: the handle. */
bool dt_macro_lookup(void *arg, const char *name, char *buf, size_t size);

/* handlers.c: hand the client's handlers to the consumer. */
void dt_handlers_pass(dtrace_hdl_t *dtp);

/* generate.c: the code of all enabled programs, by the settled options. NULL: the error is set. */
struct dt_plan *dt_generate(dtrace_hdl_t *dtp);
void dt_generated_free(struct dt_plan *plan); /* NULL is fine */

static inline bool dt_is_started(const dtrace_hdl_t *dtp)
{
	return dt_run_state(dtp->run) != DT_RUN_SETUP;
}
/* NULL before go */
static inline struct dt_consume *dt_consumer(const dtrace_hdl_t *dtp)
{
	return dt_run_consumer(dtp->run);
}

#endif
