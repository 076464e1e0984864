/* SPDX-License-Identifier: MIT */
/*
 * The plan of a run: what lower/ decides for all enabled programs of a handle together, since they
 * share variables, aggregations and attach points.  The loader reads its points and maps, the
 * consumer its layout (contract/record.h).
 *
 * dt_plan_generate() (generate.h) makes it in four stages:
 *
 *	points		points.c	which clauses there are, on which attach points
 *	segments	segments.c	points of many clauses are cut
 *	layout		layout_*.c	where variables, aggregations and records lie
 *	code		point.c		the program of each point, or of each segment
 *
 * Owned by the handle, in the arena of its dt_compile.  It does not change after
 * dt_plan_generate().
 */
#ifndef DT_LOWER_PLAN_H
#define DT_LOWER_PLAN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/dtrace.h>
#include "bpf/bpf.h"
#include "contract/mechanism.h"
#include "base/fail.h"
#include "base/vec.h"
#include "bpf/bpf.h"
#include "contract/builtin.h"
#include "contract/record.h"
#include "check/tree.h"
#include "ir/compile.h"
#include "probe/probe.h"

struct dt_cgroup;

/* An enabled clause.  Records carry its number. */
struct dt_clause_plan {
	struct dt_clause_layout layout;
	uint32_t id;
	struct dt_tclause *clause;
	const struct dt_tprog *prog;
	bool forces_wake; /* holds exit(): its record wakes the consumer */
	bool is_long;     /* cut into pieces (piece.h) */
};

struct dt_agg_plan {
	struct dt_agg_layout layout;
	struct dt_agg *agg;
	uint32_t nupdates; /* statements that update it */
	bool atomic;       /* several programs may update it on one CPU */
	bool has_mark;     /* keyless only: one more word behind the nwords, made non-zero by every
			  update, so that sum(0) shows */
	/* Where keys go whose one long string is short: the kernel hashes and compares all bytes of
	 * a key.  NULL: there is no such store. */
	const struct dt_agg_store *brief;
	uint32_t brief_nul; /* the byte of the key that is 0 in them */
};

/* ---- attach points ---- */

/* A clause on a point, and which of the point's probes enable it. */
struct dt_point_clause {
	struct dt_clause_plan *plan;
	bool all;         /* every probe of the point */
	uint64_t *probes; /* else a bit per probe of the point */
};

struct dt_point {
	struct dt_provider *provider;
	struct dt_point_key key;
	const struct dt_target *target; /* in the plan's arena */
	struct dt_probe **probes;
	uint32_t nprobes;
	uint32_t first_probe; /* its probes' numbers in layout.probes: first_probe + place */
	DT_VEC(struct dt_point_clause) clauses; /* in the order of enabling */
	enum dt_role role;
	const char *name;   /* for messages and the program's name */
	uint32_t notes_off; /* in the state area: the memory that its provider's points share */
	/* The only one of the probes that runs this program, and its place; NULL: several do. */
	struct dt_probe *only;
	uint32_t only_place;
	struct dt_code code;
	struct dt_ir_unit *unit; /* kept for -S */

	/*
	 * A point of many clauses is cut into segments (segments.c), each a program of its own.
	 * The point's program then has no clauses: it tail-calls the first segment of the probe.
	 * NEXT says by probe which segment follows this one or, in the point itself, which is
	 * first: its number + 1, or 0 for none.
	 */
	DT_VEC(struct dt_point *) segments;
	uint32_t segments_map;        /* number of the map that holds their programs */
	const struct dt_point *whole; /* in a segment: the point that it is of */
	uint32_t *next;               /* NULL: the point is not cut */
};

/* ---- maps ---- */

/* Numbers of the maps that every plan has; variables and aggregations append theirs. */
enum dt_map_number {
	DT_MAP_STATE,   /* struct dt_state, globals, counters; mmapable */
	DT_MAP_RINGS,   /* array of rings by CPU, where there are more than DT_DIRECT_RINGS CPUs */
	DT_MAP_SCRATCH, /* array of slots: CPU * slots_per_cpu + number */
	DT_MAP_LEVEL,   /* per-CPU array: how many slots this CPU's nesting holds */
	DT_MAP_TLS,     /* task storage of struct of thread-locals */
	DT_MAP_RODATA,  /* plan->rodata, one value, frozen */
	DT_MAP_STRINGS, /* layout.strings, one value, frozen */
	DT_MAP_FIXED_COUNT,
};
#define DT_NSLOTS 4 /* of a CPU, for each way of claiming them (claim.c) */
/* Up to this many CPUs, programs name each ring: to update an array of maps costs user space a
 * grace period. */
#define DT_DIRECT_RINGS 16

/* The option that says how much memory a map takes. */
enum dt_sized { DT_SIZED_FIXED, DT_SIZED_BUFSIZE, DT_SIZED_AGGSIZE, DT_SIZED_DYNVARSIZE };

struct dt_map_plan {
	struct dt_bpf_map_spec spec;
	bool used;        /* some program refers to it: it has to be made */
	enum dt_sized by; /* an option: fixed where it is not said */
	const void *init; /* contents of a one-value array; NULL: zero */
};

/* ---- options that code depends on ---- */

/* The processes that a run is about: one of the pids, and in or below one of the cgroups. */
struct dt_filters {
	const int64_t *pids; /* in the consumer's namespace; none: all */
	size_t npids;
	const struct dt_cgroup *cgroups; /* process/cgroup.h; none: all */
	size_t ncgroups;
};

struct dt_plan_opts {
	uint64_t strsize, bufsize, aggsize, dynvarsize; /* bytes */
	uint32_t stackframes, ustackframes, jstackframes, jstackstrsize, nspec;
	uint32_t scratchsize; /* bytes of a block of the program's own memory, at most DT_OWN_MAX */
	uint32_t maxframes;   /* that any stack may have */
	uint32_t buflimit;    /* the consumer is woken when a ring is this full, in percent */
	bool timestamps;      /* records carry one */
	int bufpolicy;        /* DTRACEOPT_BUFPOLICY_* */
	int cpu;              /* -1: all */
	struct dt_filters filters;
	uint32_t pidns; /* inode of the consumer's PID namespace; 0: the first one */
};

struct dt_plan {
	/* what it is made from (dt_plan_new) */
	struct dt_compile *compile;
	struct dt_arena *arena;
	const struct dt_env *env;
	struct dt_plan_opts opts;

	struct dt_run_layout layout; /* what the consumer reads; all stages add to it */

	/* points: clauses and where they attach */
	DT_VEC(struct dt_clause_plan *) clauses; /* by the numbers of layout.clauses */
	DT_VEC(struct dt_point *) points;
	struct dt_point *begin, *end; /* among points; NULL: not enabled */
	DT_VEC(struct dt_clause_plan *) error_clauses;
	struct dt_probe *error_probe;
	uint32_t error_index; /* its number in layout.probes */

	/* layout: where data lies */
	DT_VEC(struct dt_agg_plan *) aggs; /* by the numbers of layout.aggs */
	DT_VEC(const struct dt_fmt *) formats;
	uint32_t globals_size, tls_size, this_size;

	/* code: what it refers to */
	DT_VEC(struct dt_map_plan) maps;
	uint32_t first_ring; /* map number of CPU 0's ring, the others follow; 0: by DT_MAP_RINGS */
	uint32_t end_ring;   /* map number of END's own, which has room where the others are full */
	struct dt_table string_ids; /* text -> offset in layout.strings + 1 */
	struct dt_strbuf rodata;
	uint32_t slot_size, slots_per_cpu;
};

/*
 * A new plan in COMPILE's arena, before any stage.  dt_plan_free() frees what lies on the heap,
 * after an error too.
 */
struct dt_plan *dt_plan_new(struct dt_compile *compile, const struct dt_env *env,
			    const struct dt_plan_opts *opts);
void dt_plan_free(struct dt_plan *plan);
/* The number (offset in layout.strings) of a text; equal texts have one. */
uint32_t dt_plan_string(struct dt_plan *plan, const char *text);
/* A new map's number. */
uint32_t dt_plan_map(struct dt_plan *plan, const struct dt_bpf_map_spec *spec, enum dt_sized by);

#endif
