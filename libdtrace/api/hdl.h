/* SPDX-License-Identifier: MIT */
/*
 * The handle: everything that a consumer has hangs off it, and nothing is shared between handles.
 * api/ is the functions of dtrace.h and dtrace_linux.h, a file per group; each is thin, and passes
 * its call on to the room that does the work.  The rooms below know the handle as an address at
 * most: they have contexts of their own, which the handle holds.
 *
 *	open.c       dtrace_open, dtrace_close         run.c        dtrace_go ... dtrace_work
 *	errors.c     dtrace_errno, dtrace_errmsg       aggregate.c  dtrace_aggregate_*, dtrace_agg_*
 *	options.c    dtrace_setopt, dtrace_getopt      handlers.c   dtrace_handle_*, drops
 *	compile.c    dtrace_program_*                  print.c      dtrace_fprintf and kin, values
 *	stmts.c      dtrace_stmt_*, DOF                procs.c      dtrace_proc_*
 *	declared.c   dtrace -h and -G                  symbols.c    dtrace_lookup_*, dtrace_addr2str
 *	filters.c    which processes are meant         features.c   dtrace_feature_iter
 *	generate.c   code of all programs              types.c      dtrace_type_*, dtrace_object_*
 *	dump.c       dtrace_dump                       probes.c     dtrace_probe_*, dtrace_id2desc
 *	                                               names.c      descriptions and stabilities
 *
 * A handle belongs to one thread at a time, but for dtrace_wake().
 */
#ifndef DT_API_HDL_H
#define DT_API_HDL_H

#include <dtrace.h>
#include <dtrace_linux.h>
#include "api/error.h"
#include "api/libraries.h"
#include "api/options.h"
#include "base/arena.h"
#include "base/vec.h"
#include "bpf/bpf.h"
#include "check/check.h"
#include "consume/consume.h"
#include "contract/builtin.h"
#include "lang/lang.h"
#include "lower/plan.h"
#include "probe/probe.h"
#include "run/run.h"

struct dt_procset;

/* A compiled program. Owned by the handle; its tree lies in the program's own arena. */
struct dtrace_prog {
	struct dt_tprog *tree;
	const struct dt_ast_program *ast;
	struct dt_arena *arena;
};

/* Made by dtrace_open(), freed with all that it holds by dtrace_close(). */
struct dtrace_hdl {
	struct dt_arena *arena; /* small things that live as long as the handle */
	struct dt_hdl_error error;
	DT_VEC(struct dt_hdl_error) other_errors; /* of the compile that failed last */

	/* the rooms' contexts */
	struct dt_env env; /* bpf, types, symbols: what providers and the compiler use */
	struct dt_probes probes;
	struct dt_symtab *symtab; /* the names that D text has declared */
	struct dt_libraries libraries;
	struct dt_procset *procs; /* NULL until the first process is created or grabbed */
	pid_t target;             /* $target, 0: none */

	/* what the client has set */
	uint32_t oflags; /* DTRACE_O_* */
	dtrace_optval_t options[DTRACEOPT_MAX];
	struct dt_copts copts;
	bool rec_timestamps;
	struct dt_consume_handlers handlers;
	dtrace_handle_proc_f *handle_proc;
	void *handle_proc_arg;
	dtrace_handle_progress_f *handle_progress;
	void *handle_progress_arg;

	/* programs, and the run of those that are enabled */
	DT_VEC(struct dtrace_prog *) progs;
	DT_VEC(struct dt_tprog *) enabled; /* in the order of dtrace_program_exec() */
	bool destructive;                  /* some enabled clause needs -w */
	struct dt_plan *plan;              /* lent to the run; NULL before go */
	struct dt_run *run;
};

static inline bool dt_is_started(const dtrace_hdl_t *dtp)
{
	return dt_run_state(dtp->run) != DT_RUN_SETUP;
}
/* NULL before go. */
static inline struct dt_consume *dt_consumer(const dtrace_hdl_t *dtp)
{
	return dt_run_consumer(dtp->run);
}

/* probes.c: fields that are too long are cut. */
void dt_probe_describe(const struct dt_probe *probe, dtrace_probedesc_t *out);
void dt_pdesc_describe(const struct dt_pdesc *desc, dtrace_probedesc_t *out);

static inline dtrace_attribute_t dt_attr_public(struct dt_attr a)
{
	return (dtrace_attribute_t){ a.name, a.data, a.class };
}

/* compile.c: what the parser and the checker may ask the handle.  Whoever parses for a compile is
 * an asker; it lives as long as the parser. */
struct dt_asker {
	dtrace_hdl_t *dtp;
	struct dt_compile *compile;
};
struct dt_parse_opts dt_parse_opts_of(struct dt_asker *asker); /* without a text */
struct dt_check_opts dt_check_opts_of(dtrace_hdl_t *dtp, uint32_t cflags);
/* Runs BODY, which parses and checks, perhaps inside another compile.  false: it failed, nothing of
 * what it declared is left in the handle, and COMPILE has the diagnostic. */
bool dt_compile_text(dtrace_hdl_t *dtp, struct dt_compile *compile,
		     void (*body)(struct dt_compile *compile, void *arg), void *arg);

/* compile.c: the text of $target, $pid and their kin (struct dt_macros). ARG: the handle. */
bool dt_macro_lookup(void *arg, const char *name, char *buf, size_t size);

/* handlers.c: passes the client's handlers on to the consumer, when there is one. */
void dt_handlers_pass(dtrace_hdl_t *dtp);

/* filters.c */
struct dt_filters dt_filters_of(const dtrace_hdl_t *dtp);

/* generate.c: the code of all enabled programs, by the settled options. NULL: the error is set. */
struct dt_plan *dt_generate(dtrace_hdl_t *dtp);
void dt_generated_free(struct dt_plan *plan); /* NULL is fine */

#endif
