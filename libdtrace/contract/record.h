/* SPDX-License-Identifier: MIT */
/*
 * How kernel and consumer understand each other: the contract between lower/, which writes the
 * programs that produce data, and consume/, which reads it.  It has two parts.
 *
 * What is fixed: the state area, a mapped array value that both sides read and write (struct
 * dt_state, global variables, drop counters, speculations), and the headers of records in a ring
 * (struct dt_krec and its kin).
 *
 * What depends on the script: struct dt_run_layout, which lower/ fills in once per run and consume/
 * then only reads.  A record in a ring is compact: constants are left out, a string that is known
 * at compile time is a number, other strings and stacks are as long as they are.  Each datum of a
 * clause has a struct dt_rec_item, which says how it travels (enum dt_enc), where it stands in the
 * compact record (koff, ksize) and where in the record that illumos' clients see (offset, size).
 * Aggregations are described the same way: a key in the map against a key in dtada_data.
 *
 * How to add an encoding: a value of enum dt_enc that says what stands at koff; layout_record.c
 * (for keys layout_key.c) of lower/ chooses it, record.c (keys.c) there writes it, consume/expand.c
 * (consume/snapshot.c) reads it; a record with it in test/unit/consume.c and a case in test/d/.
 *
 * How to add a cause of loss: a value of enum dt_drop; the code that loses something calls
 * dt_cg_drop(); a row in consume/drops.c says which DTRACEDROP_ kind it is reported as, and in what
 * words; a case in test/d/.
 */
#ifndef DT_CONTRACT_RECORD_H
#define DT_CONTRACT_RECORD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/dtrace.h>
#include "base/strbuf.h"
#include "base/vec.h"

struct dt_aggfunc;
struct dt_builtin;
struct dt_fmt;
struct dt_probe;
struct dt_stmt;
struct dt_type;

/* ---- the state area: the only value of the `state` map ---- */

enum dt_activity {
	DT_ACT_CLOSED,   /* nothing runs */
	DT_ACT_WARMUP,   /* BEGIN alone */
	DT_ACT_ACTIVE,   /* everything but BEGIN and END */
	DT_ACT_DRAINING, /* exit() was called, or the consumer stops: nothing runs */
	DT_ACT_COOLDOWN, /* END alone */
};

/* Causes of loss, each counted per CPU. */
enum dt_drop {
	DT_DROP_PRINCIPAL,    /* ring full */
	DT_DROP_AGG,          /* aggregation insert refused */
	DT_DROP_DYNAMIC,      /* associative array or thread-local insert refused */
	DT_DROP_SPEC,         /* a speculation is larger than specsize (counted by the consumer) */
	DT_DROP_SPEC_BUSY,    /* illumos' cause, which cannot arise here */
	DT_DROP_SPEC_UNAVAIL, /* all speculations are in use */
	DT_DROP_SCRATCH,      /* no free scratch slot: the firing was lost */
	DT_DROP_STRCUT,       /* a string was cut at strsize */
	DT_DROP_STACK,        /* a stack could not be read */
	DT_DROP_DBLERROR,     /* a fault in an ERROR clause */
	DT_DROP_ERRORS,       /* faults in all */
	DT_DROP_COUNT = 16,
};

/* At offset 0 of the area.  Global variables follow at DT_STATE_GLOBALS, the counters at
 * counters_off, the words of speculations at spec_off. */
#define DT_STATE_ENDED 4 /* a power of two */
struct dt_state {
	uint32_t activity;   /* enum dt_activity */
	uint32_t generation; /* of the aggregations: 0 or 1, which half programs write */
	uint32_t wake;       /* a program has asked for a wake-up since the last drain */
	uint32_t pad;
	int64_t wall_offset; /* walltimestamp - timestamp, set by the consumer */
	/* For proc:::exit where only a process's last thread may fire: when the processes that have
	 * fired had begun, each in a place by its number. */
	uint64_t ended[DT_STATE_ENDED];
};
#define DT_STATE_GLOBALS 64
/* Bytes of one CPU's counters: u64 counter[DT_DROP_COUNT]. */
#define DT_COUNTER_STRIDE (DT_DROP_COUNT * 8)

/* Bytes of one CPU for chill(): when its interval began, and what has been spent in it. */
#define DT_CHILL_STRIDE 16

/* ---- records in a ring ---- */

/*
 * A record begins with this header.  The fixed part follows at header_size, then the tails in the
 * order of their items.  Tails of STACK, USTACK and MEM items begin at the next multiple of 8 from
 * the record's start, those of STR anywhere: a tail is found by adding up those before it.
 */
struct dt_krec {
	uint32_t clause; /* index into dt_run_layout.clauses, or DT_KREC_ERROR, DT_KREC_SPEC */
	uint32_t probe;  /* index into dt_run_layout.probes */
			 /* u64 timestamp here when dt_run_layout.timestamps */
};

/* In place of the clause: a fault.  This follows the header. */
#define DT_KREC_ERROR 0xffffffffu
struct dt_krec_error {
	uint32_t clause; /* that failed */
	uint32_t action; /* ordinal from 1; 0: the predicate */
	uint32_t fault;  /* DTRACEFLT_* */
	uint32_t pad;
	uint64_t addr;
};

/*
 * In place of the clause: the end of a speculation; the header's probe is 1 for commit(), 0 for
 * discard().  This follows the header.
 *
 * Speculated records are held by the consumer.  A speculation in use has a word in the state area
 * that no other speculation ever had.  Its tag is that word and its id.  The record of a clause
 * with speculate() carries the tag (its SPECULATE item, 8 bytes at koff) and is held until the
 * record of commit() or discard() decides.
 */
#define DT_KREC_SPEC 0xfffffffeu
struct dt_krec_spec {
	uint64_t tag;
};
#define DT_SPEC_ACTIVE  1  /* flag in the word; the bits above it count the uses */
#define DT_SPEC_MAX     64 /* speculations at once, whatever nspec says; ids are from 1 */
#define DT_SPEC_ID_BITS 8  /* of the tag: the id; the word is above it */

/* How a datum travels. */
enum dt_enc {
	DT_ENC_NONE,   /* not at all: it has no size */
	DT_ENC_CONST,  /* not at all: its value is `cvalue` */
	DT_ENC_BYTES,  /* ksize bytes at koff, as they are */
	DT_ENC_STRID,  /* u32 at koff: offset of a string in dt_run_layout.strings */
	DT_ENC_FIXSTR, /* ksize bytes at koff: a string padded with NULs */
	DT_ENC_STR,    /* u32 at koff: length in bytes without the NUL; the string is the tail */
	DT_ENC_STACK,  /* u32 at koff: bytes of the tail, 8 per frame (kernel addresses) */
	DT_ENC_USTACK, /* likewise with user addresses; at koff + 4 the u32 tgid */
	DT_ENC_MEM,    /* u32 at koff: bytes of the tail, at most ksize (tracemem, structures) */
};

/* Frames of a kernel stack that are taken besides those asked for: the consumer may leave out as
 * many at its top (consume/stack.c). */
#define DT_STACK_SPARE 2

/* One datum of a record: a dtrace_recdesc_t and where its bytes come from. */
struct dt_rec_item {
	uint16_t action;              /* DTRACEACT_* */
	uint16_t format;              /* dtrd_format: number of fmt, from 1; 0: none */
	uint32_t size, offset, align; /* in illumos' layout */
	uint64_t arg;                 /* dtrd_arg */
	const struct dt_stmt *stmt;   /* identifies the statement; its items are neighbours */
	int line;                     /* of the statement in its program */
	const struct dt_builtin *row; /* the action; NULL: an expression's effect */
	const struct dt_type *type;   /* NULL: none */
	const struct dt_fmt *fmt;     /* of a printf-like action; NULL: none */
	enum dt_enc enc;
	uint32_t koff, ksize; /* koff from the record's start */
	uint32_t tail_max;    /* bytes that it takes of the tail at most */
	int64_t cvalue;       /* CONST: a number, or for a string type as STRID's */
};

/* An enabled clause. */
struct dt_clause_layout {
	DT_VEC(struct dt_rec_item) items;
	struct dt_probe *const *probes; /* that it is enabled on */
	uint32_t nprobes;
	uint32_t epid_first; /* EPID of probes[0]; those of the others follow */
	uint32_t size;       /* in illumos' layout, dtrace_rechdr_t included */
	uint32_t kfixed;     /* bytes of header and fixed part */
	uint32_t ktail_max;  /* bytes of all tails at most */
	bool is_error;       /* enabled on the ERROR probe */
};

/* ---- aggregations ---- */

/*
 * A key.  In the kernel's key STR, STACK and USTACK have no tail: the string or the frames take
 * ksize bytes at koff, padded with zeros; USTACK's begin with the u64 tgid.
 */
struct dt_key_layout {
	const struct dt_type *type;
	uint16_t action; /* of its dtrace_recdesc_t: DIFEXPR, STACK, USYM ... */
	uint64_t arg;    /* dtrd_arg */
	enum dt_enc enc; /* BYTES, STRID, FIXSTR, STR, STACK, USTACK */
	/* STACK and USTACK: the table, from 1, of which the key has a u32 number in place of the
	 * frames; USTACK's tgid is a u32 too.  0: the frames themselves. */
	uint32_t intern;
	uint32_t koff, ksize;
	uint32_t offset, size; /* in dtada_data */
};

/*
 * Interned stacks: keys hold a number in place of the frames.  A table serves all keys of one size.
 * It has two halves, each used with one generation of aggregations, so that its numbers live as
 * long as their keys: the consumer empties a half only when it has taken the keys of that
 * generation and nobody writes them.
 *
 * A half is a stack map of the kernel, whose numbers are below `entries`, and a hash from frames to
 * numbers from `entries` on.  The hash has the stacks that the map does not take: of two that fall
 * into one of its buckets the later one, and all while the map is full.
 *
 * Where two programs fill an empty bucket at the same time, both get its number, but only one of
 * the stacks stays.  So a number counts only once it is settled: its byte in `settled` is set by a
 * program that saw no other one within bpf_get_stackid() and then got the number again.  Programs
 * say that they are within by a counter for each CPU (inside_off).
 */
struct dt_intern_layout {
	uint32_t bytes;              /* of a stack, padded with zeros */
	uint32_t entries;            /* of the stack map: a power of two */
	uint32_t rest_entries;       /* of the hash */
	uint32_t stacks[2], rest[2]; /* the maps' numbers, by generation */
	uint32_t off[2];             /* in the state area: struct dt_intern_half, by generation */
};
struct dt_intern_half {
	uint64_t nsettled;
	uint64_t nrest;    /* numbers given out in the hash */
	uint8_t settled[]; /* by number */
};
#define DT_INSIDE_STRIDE 64 /* bytes of one CPU's counter, a u64 */

/*
 * Where aggregations keep their words in the kernel.  Several of them may share a store; so they
 * need not have a map each, of which a program may use 64.
 *
 * With keys: a hash for each generation.  Its key is the aggregation's own, padded with zeros, and
 * then the tag, a u32: the CPU in the low bits, above it the aggregation's id.  So each CPU has
 * entries of its own, as in a per-CPU hash.  But the kernel allocates them where it allocates all
 * memory; per-CPU memory, in a burst of new keys, it does not have.
 *
 * The kernel allocates entries in advance, but few: what a program inserts while interrupts are off
 * may find none.  So a store that several statements update has a reserve, a small hash that is
 * allocated at once and serves both generations.  There the tag's highest bit is the generation.
 *
 * Without keys: one per-CPU array, in which an aggregation has two values, one for each generation.
 */
struct dt_agg_store {
	bool keyed;
	uint32_t map[2];  /* the maps' numbers, by generation; without keys both are the array */
	uint32_t reserve; /* the reserve's number; 0: there is none */
	uint32_t key_size, value_size, max_entries; /* of the maps */
};
#define DT_AGG_TAG_SIZE         4
#define DT_AGG_CPU_BITS         13 /* Linux has 8,192 CPUs at most */
#define DT_AGG_ID_BITS          18
#define DT_AGG_GENERATION_SHIFT 31

/* An aggregation. */
struct dt_agg_layout {
	const char *name; /* without '@'; "_": anonymous */
	int64_t id;       /* variable id, from 1 */
	const struct dt_aggfunc *func;
	uint64_t param; /* the function's parameter word */
	uint32_t epid;  /* of the first clause that updates it */
	struct dt_key_layout *keys;
	uint32_t nkeys;
	uint32_t nwords;                         /* of the kernel's value */
	uint32_t value_offset, value_size, size; /* in illumos' layout; size is dtagd_size */
	const struct dt_agg_store *store;
	uint32_t kkey_size;   /* of its own key, 0: none; a multiple of 4 */
	uint32_t kvalue_size; /* what it uses of the store's value */
	uint32_t slot;        /* without keys: its first value in the array */
	bool bucket_in_key;   /* a value too wide for a map: each word is an entry of its own, its
				 number the own key's last u32 */
};

/* ---- the whole ---- */

struct dt_run_layout {
	int ncpus;       /* possible ones */
	bool timestamps; /* record headers have one */
	uint64_t strsize;
	uint32_t header_size; /* of a record: struct dt_krec and the timestamp */
	uint32_t nepids;      /* EPIDs are 1 .. nepids */
	uint32_t counters_off, spec_off, state_size; /* of the state area */
	uint32_t chill_off;                          /* ... in it, what chill() has spent */
	uint32_t inside_off;                         /* ... in it, for interned stacks */
	DT_VEC(struct dt_intern_layout *) interns;
	DT_VEC(struct dt_clause_layout *) clauses;
	DT_VEC(struct dt_probe *) probes;    /* every enabled probe */
	DT_VEC(struct dt_agg_layout *) aggs; /* by variable id - 1; NULL: not updated */
	DT_VEC(struct dt_agg_store *) agg_stores;
	struct dt_strbuf strings; /* constant ones, a NUL after each; "" is at 0 */
};

#endif
