/* SPDX-License-Identifier: MIT */
/*
 * The plan of a run: everything that codegen decided and consume, api and the loader need to know.
 * Made once, in dtrace_go, for all enabled programs of a handle: which attach points there are, how
 * variables, keys, records and aggregations are laid out in the kernel, and how each becomes what
 * illumos' structures show.
 *
 * Owned by the handle, all in its own arena; not changed after dt_plan_generate().
 */
#ifndef DT_LOWER_PLAN_H
#define DT_LOWER_PLAN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/dtrace.h>
#include "attach/attach.h"
#include "base/fail.h"
#include "base/vec.h"
#include "bpf/bpf.h"
#include "contract/builtin.h"
#include "check/tree.h"
#include "ir/ir.h"
#include "probe/probe.h"

/* Frames of a kernel's stack that are taken besides those asked for: the consumer may leave some
 * out (stack.c). */
#define DT_STACK_SPARE 2

/* ---- memory that kernel and consumer share: the `state` map ---- */

enum dt_activity {
	DT_ACT_CLOSED,   /* nothing runs */
	DT_ACT_WARMUP,   /* BEGIN alone */
	DT_ACT_ACTIVE,   /* everything but BEGIN and END */
	DT_ACT_DRAINING, /* exit() was called, or the consumer stops: nothing runs */
	DT_ACT_COOLDOWN, /* END alone */
};

/* Causes of loss, each counted per CPU. */
enum dt_drop {
	DT_DROP_PRINCIPAL, /* ring full */
	DT_DROP_AGG,       /* aggregation insert refused */
	DT_DROP_DYNAMIC,   /* associative array or thread-local insert refused */
	DT_DROP_SPEC,
	DT_DROP_SPEC_BUSY,
	DT_DROP_SPEC_UNAVAIL,
	DT_DROP_SCRATCH,  /* no free scratch slot: the firing was lost; reported as principal */
	DT_DROP_STRCUT,   /* a string was cut at strsize */
	DT_DROP_STACK,    /* a stack could not be read */
	DT_DROP_DBLERROR, /* a fault in an ERROR clause */
	DT_DROP_ERRORS,   /* faults in all */
	DT_DROP_COUNT = 16,
};

/* At the start of the state map's only value; global variables follow at DT_STATE_GLOBALS, then
 * counters. */
struct dt_state {
	uint32_t activity;   /* enum dt_activity */
	uint32_t generation; /* of the aggregations: 0 or 1, which half programs write */
	uint32_t wake;       /* a program has asked for a wake-up since the last drain */
	uint32_t pad;
	int64_t wall_offset; /* walltimestamp - timestamp, set by the consumer */
};
#define DT_STATE_GLOBALS 64
#define DT_COUNTER_STRIDE \
	(DT_DROP_COUNT *  \
	 8) /* u64 counter[DT_DROP_COUNT] per possible CPU, from plan->counters_off */

/* ---- records ---- */

/*
 * A record in a ring: this header, the fixed part from header_size on, then the tails in item
 * order.  Tails of STACK, USTACK and MEM items begin at the next multiple of 8 from the record's
 * start, those of STR anywhere: the tail of an item is found by adding up those before it.
 */
struct dt_krec {
	uint32_t clause; /* index into plan->clauses; DT_KREC_ERROR: a fault */
	uint32_t probe;  /* index into plan->probes */
			 /* u64 timestamp here when plan->timestamps */
};
#define DT_KREC_ERROR 0xffffffffu
struct dt_krec_error {   /* behind the header of a fault's record */
	uint32_t clause; /* that failed */
	uint32_t action; /* ordinal from 1; 0 the predicate */
	uint32_t fault;  /* DTRACEFLT_* */
	uint32_t pad;
	uint64_t addr;
};

/*
 * Speculations are kept by the consumer.  A speculation in use has a word in the state map that no
 * other ever had, its TAG here is that word and its id; the record of a clause with speculate()
 * carries the tag (its SPECULATE item, 8 bytes at koff) and is held back, until the record of
 * commit() or discard() says what becomes of it.
 */
#define DT_KREC_SPEC \
	0xfffffffeu /* in place of the clause's number; the header's probe: 1 commit, 0 discard */
struct dt_krec_spec {
	uint64_t tag;
};
#define DT_SPEC_ACTIVE  1  /* in the word; behind it a number that each use raises */
#define DT_SPEC_MAX     64 /* as many at once, whatever nspec says; ids are 1.. */
#define DT_SPEC_ID_BITS 8  /* of the tag: the id, the word above it */

/* How a datum travels. */
enum dt_enc {
	DT_ENC_NONE,   /* not at all: zero-sized */
	DT_ENC_CONST,  /* not at all: its value is `cvalue` */
	DT_ENC_BYTES,  /* ksize bytes at koff, as they are */
	DT_ENC_STRID,  /* u32 at koff: offset of a text in plan->strings */
	DT_ENC_FIXSTR, /* ksize bytes at koff: a text padded with NULs */
	DT_ENC_STR,    /* u32 at koff: length in bytes (without NUL), the text is in the tail */
	DT_ENC_STACK,  /* u32 at koff: bytes in the tail, 8 a frame (kernel pcs) */
	DT_ENC_USTACK, /* u32 at koff: bytes in the tail, u32 tgid behind it at koff + 4; user pcs
			*/
	DT_ENC_MEM,    /* u32 at koff: bytes in the tail, of ksize at most (tracemem, structures) */
};

/* One dtrace_recdesc_t and where its bytes come from. */
struct dt_rec_item {
	uint16_t action;              /* DTRACEACT_* */
	uint16_t format;              /* its number in plan->formats + 1; 0: none */
	uint32_t size, offset, align; /* in illumos' layout */
	uint64_t arg;                 /* dtrd_arg */
	const struct dt_stmt
		*stmt; /* whose record it is; items of one statement follow each other */
	const struct dt_builtin *row;
	const struct dt_type *type; /* NULL: none */
	enum dt_enc enc;
	uint32_t koff, ksize; /* koff from the record's start */
	uint32_t tail_max;    /* bytes it may take in the tail */
	int64_t cvalue;
};

/* One enabled clause. Its number is what records carry. */
struct dt_clause_plan {
	uint32_t id;
	struct dt_tclause *clause;
	const struct dt_tprog *prog;
	bool is_error;    /* enabled on the ERROR probe */
	bool forces_wake; /* holds exit(): its record wakes the consumer */
	DT_VEC(struct dt_rec_item) items;
	uint32_t kfixed; /* bytes of header and fixed part */
	uint32_t ktail_max;
	uint32_t size; /* of the EPID record in illumos' layout, its 12-byte header included */
	uint32_t epid_first; /* EPID of its first probe; those of clause->probes follow */
};

/* ---- aggregations ---- */

struct dt_key_plan {
	const struct dt_type *type;
	const struct dt_builtin *row; /* the action that made it (stack(), sym() ...), for printing;
					 NULL: a plain value */
	uint16_t action;              /* of its record: DIFEXPR, STACK, USYM ... */
	uint64_t arg;
	enum dt_enc enc; /* BYTES, STRID, FIXSTR; STR: ksize bytes in the key, padded; STACK, USTACK
			    likewise */
	uint32_t koff, ksize;  /* in the kernel's key */
	uint32_t offset, size; /* in dtada_data */
};

struct dt_agg_plan {
	struct dt_agg *agg;
	struct dt_key_plan *keys;
	uint32_t nkeys;
	uint32_t kkey_size; /* bytes of the kernel's key; 0: no keys, a per-CPU array of two values
			       (generations) */
	uint32_t nwords;    /* of the value */
	uint32_t value_offset, value_size, size; /* in illumos' layout (dtagd_size) */
	uint32_t map[2];    /* the generations' maps; the same twice without keys */
	bool atomic;        /* several programs may update it on one CPU */
	bool bucket_in_key; /* value too wide for a per-CPU value: its word number is the key's last
			       u32 */
	bool has_mark;      /* keyless only: one more word behind the nwords, made non-zero by every
			       update, so that sum(0) shows */
	uint32_t clause;    /* the first clause that has it: its EPID is the description's */
};

/* ---- attach points ---- */

/* How a point enables a clause: the clause and which of the point's probes have it. */
struct dt_point_clause {
	struct dt_clause_plan *plan;
	bool all;         /* every probe of the point */
	uint64_t *probes; /* else a bit per probe of the point */
};

struct dt_point {
	struct dt_provider *provider;
	struct dt_point_key key;
	struct dt_target target;
	struct dt_probe **probes;
	uint32_t nprobes;
	uint32_t first_probe; /* its probes' numbers in plan->probes: first_probe + place */
	DT_VEC(struct dt_point_clause) clauses; /* in the order of enabling */
	struct dt_point_use use;
	enum dt_role role;
	const char *name; /* for messages and the program's name */
	struct dt_code code;
	struct dt_ir_unit *unit; /* kept for -S */
};

/* ---- maps ---- */

/* Numbers of the maps that every plan has; variables and aggregations append theirs. DT_MAP_NONE
 * where not needed. */
enum dt_map_number {
	DT_MAP_STATE,   /* struct dt_state, globals, counters; mmapable */
	DT_MAP_RINGS,   /* array of rings by CPU, where there are more than DT_DIRECT_RINGS CPUs */
	DT_MAP_SCRATCH, /* array of slots: CPU * DT_NSLOTS + level */
	DT_MAP_LEVEL,   /* per-CPU array: how many slots this CPU's nesting holds */
	DT_MAP_TLS,     /* task storage of struct of thread-locals */
	DT_MAP_RODATA,  /* plan->rodata, one value, frozen */
	DT_MAP_STRINGS, /* plan->strings, one value, frozen */
	DT_MAP_FIXED_COUNT,
};
#define DT_NSLOTS 4
/* Up to so many CPUs programs name each ring: an update of an array of maps costs user space a
 * grace period. */
#define DT_DIRECT_RINGS 16

struct dt_map_plan {
	struct dt_bpf_map_spec spec;
	bool used;        /* some program refers to it: it has to be made */
	const void *init; /* contents of a one-value array; NULL: zero */
};

/* ---- options that code depends on ---- */
struct dt_plan_opts {
	uint64_t strsize, bufsize, aggsize, dynvarsize; /* bytes */
	uint32_t stackframes, ustackframes, jstackframes, jstackstrsize, nspec;
	bool timestamps; /* records carry one */
	bool fill;       /* bufpolicy fill */
	int cpu;         /* -1: all */
	uint32_t pid;    /* $target's and such need none; 0 */
};

struct dt_plan {
	struct dt_try *try;
	struct dt_arena *arena;
	const struct dt_env *env;
	struct dt_plan_opts opts;
	int ncpus; /* possible */

	DT_VEC(struct dt_clause_plan *) clauses;
	DT_VEC(struct dt_probe *) probes; /* every enabled probe, points' probes contiguous */
	DT_VEC(struct dt_point *) points;
	struct dt_point *begin, *end; /* among points; NULL: not enabled */
	DT_VEC(struct dt_clause_plan *) error_clauses;
	struct dt_probe *error_probe;
	uint32_t error_index;              /* its number in probes */
	DT_VEC(struct dt_agg_plan *) aggs; /* by variable id - 1; NULL entries for those not used */
	DT_VEC(const struct dt_fmt *) formats;
	DT_VEC(struct dt_map_plan) maps;
	uint32_t first_ring; /* map number of CPU 0's ring, the others follow; 0: by DT_MAP_RINGS */
	uint32_t end_ring;   /* map number of END's own, which has room where the others are full */
	struct dt_strbuf strings;   /* texts, NUL after each; offset 0 is "" */
	struct dt_table string_ids; /* text -> offset + 1 */
	struct dt_strbuf rodata;
	uint32_t globals_size, tls_size, this_size, counters_off, spec_off, state_size, slot_size,
		header_size;
	uint32_t nepids;
	bool timestamps;
};

/*
 * Make the plan: lay everything out and generate the code of every point.  Leaves by TRY when it
 * cannot; the plan then still has to be freed.  Its arena is TRY's; strbufs and tables are freed by
 * dt_plan_free.
 */
struct dt_plan *dt_plan_new(struct dt_try *try, const struct dt_env *env,
			    const struct dt_plan_opts *opts);
void dt_plan_generate(struct dt_plan *plan, struct dt_tprog *const *progs, size_t nprogs);
void dt_plan_free(struct dt_plan *plan);
/* The number (offset in plan->strings) of a text; equal texts have one. */
uint32_t dt_plan_string(struct dt_plan *plan, const char *text);
uint32_t dt_plan_map(struct dt_plan *plan,
		     const struct dt_bpf_map_spec *spec); /* a new map's number */
/* IR and BPF of every point, for -S. */
void dt_plan_print(const struct dt_plan *plan, struct dt_strbuf *out);

#endif
