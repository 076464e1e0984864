/* SPDX-License-Identifier: MIT */
/*
 * The options of a handle.  Those of a run are numbers by DTRACEOPT_, DTRACEOPT_UNSET until they
 * are set; dtrace_go() settles them.  Those of the compiler are the members of struct dt_copts.
 * The table with all names is in options.c.
 */
#ifndef DT_API_OPTIONS_H
#define DT_API_OPTIONS_H

#include <dtrace.h>
#include "base/attr.h"
#include "base/vec.h"
#include "process/cgroup.h"
#include "process/process.h"

struct dt_loc;

struct dt_copts {
	uint32_t cflags;  /* DTRACE_C_* */
	uint32_t version; /* of D: later names are not known */
	struct dt_attr amin;
	bool errtags, droptags, nolibs, bpflog;
	bool aggpercpu, utf8, ascii, noresolve, stack_addresses;
	bool debug, tree, quietresize; /* for the client, which asks dtrace_getopt() */
	uint32_t scratchsize;
	uint32_t maxframes, buflimit;   /* frames of a stack at most; percent of a buffer */
	uint32_t bpflogsize, printsize; /* bytes; 0: no limit */
	uint32_t listings;              /* disasm: DT_LISTING_* */
	enum dt_proc_hold hold;         /* evaltime: of a process that is created */
	const char *cpppath;            /* NULL: cpp */
	DT_VEC(const char *) cppargs;   /* -I, -D, -U, -H in order */
	DT_VEC(int64_t) pids;           /* filters: which processes are meant; none: all */
	dt_cgroups cgroups;
	DT_VEC(char *) environment; /* of created processes: NAME=VALUE, or NAME to remove it */
};

/* All unset. The handle has its run by then. */
void dt_options_init(dtrace_hdl_t *dtp);
bool dt_option_is_set(const dtrace_hdl_t *dtp, int number);

/* At go: unset options get their defaults. AS_SET: what they were, for dt_options_restore(). */
void dt_options_settle(dtrace_hdl_t *dtp, dtrace_optval_t as_set[DTRACEOPT_MAX]);
void dt_options_restore(dtrace_hdl_t *dtp, const dtrace_optval_t as_set[DTRACEOPT_MAX]);

/* For `#pragma D option` (struct dt_parse_opts; DTP: the handle): why it is refused, or NULL.  The
 * hint is the handle's. */
const char *dt_option_pragma(void *dtp, const char *name, const char *value,
			     const struct dt_loc *loc, const char **hint);
/* For D's setopt() (struct dt_consume_init): 0 or an EDT number; the values before and after. */
int dt_option_setopt(dtrace_hdl_t *dtp, const char *name, const char *value,
		     dtrace_optval_t *before, dtrace_optval_t *after);

/* What the manual says of an option. */
struct dt_option_doc {
	const char *name, *kind; /* "size", "rate", ...; "": a function sets it */
	const char *text;        /* one sentence; of a refused option: why */
	bool dynamic;            /* may change while tracing */
	int64_t initial;
	bool accepted;
};
bool dt_option_describe(size_t i, struct dt_option_doc *out); /* false: there is no option I */

/* filters.c: they set the options pid, cgroup, unit and container.  0, an EDT_ number, or -1 with
 * the handle's error set. */
int dt_filter_pids(dtrace_hdl_t *dtp, const char *value);
int dt_filter_cgroup(dtrace_hdl_t *dtp, const char *value);
int dt_filter_unit(dtrace_hdl_t *dtp, const char *value);
int dt_filter_container(dtrace_hdl_t *dtp, const char *value);

/* refused.c: options of other systems.  Why there is none of this name, or NULL. */
const char *dt_option_refused(const char *name);
bool dt_option_describe_refused(size_t i, struct dt_option_doc *out);

#endif
