/* SPDX-License-Identifier: MIT */
/*
 * The context of lowering: struct dt_cg is the function that is being written, main of an attach
 * point or a clause, and lives as long as that takes.  Values are described by struct dt_val:
 * numbers in registers, strings by where their text is.
 *
 * What is read once per clause is remembered in the context's cache.  Behind a branch only what
 * every way there has read may be used: dt_cg_enter() and dt_cg_leave() bracket code that may not
 * run.
 */
#ifndef DT_LOWER_CONTEXT_H
#define DT_LOWER_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/vec.h"
#include "ir/build.h"

struct dt_clause_plan;
struct dt_compile;
struct dt_cut;
struct dt_plan;
struct dt_point;
struct dt_probe;
struct dt_provider;
struct dt_tail;

/* A place behind a pointer that the verifier knows: the stack, the scratch slot, a map's value. */
struct dt_mem {
	dt_vreg base;
	int32_t off;
};

enum dt_str_kind {
	DT_STR_ID,   /* a constant: offset in layout.strings, `id`, or in `reg` when is_reg */
	DT_STR_MEM,  /* at `mem`, NUL-terminated, at most `cap` bytes with the NUL */
	DT_STR_ADDR, /* at the kernel address in `reg` (a number), at most `cap` bytes; reading it
			may fault */
};

struct dt_str {
	enum dt_str_kind kind;
	bool is_reg;    /* ID: in reg */
	bool padded;    /* MEM: NULs up to cap */
	bool volatile_; /* MEM: in a variable, which a later store may change */
	uint32_t id;
	dt_vreg reg;
	struct dt_mem mem;
	uint32_t cap; /* bytes */
	dt_vreg size; /* bytes with the NUL, at most cap; 0: not known */
};

enum dt_val_kind {
	DT_VAL_NUM,
	DT_VAL_STR,
	DT_VAL_OBJ /* a structure or array: its kernel address in reg */
};

struct dt_val {
	enum dt_val_kind kind;
	bool trusted; /* NUM: a pointer that the verifier follows (curthread): direct loads work,
			 arithmetic does not */
	bool is_user; /* OBJ: in user memory */
	dt_vreg reg;
	struct dt_str str;
};

static inline struct dt_val dt_val_num(dt_vreg r)
{
	return (struct dt_val){ .kind = DT_VAL_NUM, .reg = r };
}

static inline struct dt_val dt_val_str(struct dt_str s)
{
	return (struct dt_val){ .kind = DT_VAL_STR, .str = s };
}

/* Offsets in mctx, main's stack block that clauses get a pointer to. */
enum dt_mctx {
	DT_MCTX_CTX = 0,     /* the program's context */
	DT_MCTX_SLOT = 8,    /* the scratch slot */
	DT_MCTX_PROBE = 16,  /* which of the point's probes */
	DT_MCTX_FAULT = 24,  /* DTRACEFLT_* of a clause that failed */
	DT_MCTX_ACTION = 32, /* which action failed */
	DT_MCTX_ADDR = 40,   /* the address it failed at */
	DT_MCTX_CLAUSE = 48, /* which clause failed */
	DT_MCTX_EPID = 56,   /* its EPID at this probe */
	DT_MCTX_LEADER = 64, /* the current task's group leader, where several clauses want it */
	DT_MCTX_SIZE = 72,
};

/* Offsets in a scratch slot. */
#define DT_SLOT_BUSY  0  /* u64: claimed */
#define DT_SLOT_INDEX 8  /* u64: its own number, where a clause is cut into pieces */
#define DT_SLOT_THIS  16 /* clause-local variables that several clauses share */

/* Something that the function has read already. */
struct dt_cached {
	const void *key;
	dt_vreg reg;
};

/* A block of the program's own memory (own.c). */
struct dt_own_block {
	uint32_t off, size; /* bytes in the slot */
	bool has_size;      /* how many of them belong to it is in the word before */
};

struct dt_cg {
	struct dt_ir ir; /* the function that is being written */
	struct dt_compile *compile;
	struct dt_arena *arena;
	struct dt_plan *plan;
	struct dt_point *point;
	struct dt_clause_plan *clause; /* NULL in main */
	/* whose hooks read arguments: the point's, in ERROR clauses ERROR's */
	struct dt_provider *provider;
	struct dt_probe *probe; /* the only one that can fire; NULL: see DT_MCTX_PROBE */
	bool is_error;          /* an ERROR clause */
	bool has_many;          /* the program has many clauses: what they share is read in main */
	struct dt_cut *cut;     /* a long clause: what its pieces share (piece.c); or NULL */
	bool is_piece;          /* a function without the program's context ... */
	bool wants_ctx;         /* ... of which a statement needs it */

	dt_vreg mctx;
	dt_label fail, done;
	dt_label no_room;            /* of an aggregation's keys: where its update is lost */
	uint32_t action;             /* of the statement in hand, for faults */
	bool may_fault;              /* the function has a place where it may fault */
	bool uses_slot;              /* the program claims a scratch slot */
	bool uses_leader;            /* main fills in DT_MCTX_LEADER */
	uint32_t slot_top, slot_max; /* scratch: bytes in use, at most in use */
	uint32_t slot_keep;          /* ... of which so many stay until the clause ends */
	/* Of the program's own memory, the blocks so far (own.c). */
	DT_VEC(struct dt_own_block) own;
	DT_VEC(struct dt_cached) cache;
	/* Clocks that the clause names.  Where it names one once, reg is 0; else the register holds
	 * the time that was read, 0 before. */
	DT_VEC(struct dt_cached) clocks;
	const struct dt_str *dest; /* where the string in hand should best be written; NULL */

	/* the record of the clause (record.c) */
	struct dt_mem record;
	struct dt_tail *tails;
	uint32_t ntails;
	size_t last_item; /* the first of the statement that was looked for last */

	uint32_t point_table; /* offset in rodata of the point's probe table + 1; 0: not made */
};

/* ---- what is read once per clause ---- */
dt_vreg dt_cg_cached(struct dt_cg *cg, const void *key); /* 0: not yet */
void dt_cg_cache(struct dt_cg *cg, const void *key, dt_vreg reg);
size_t dt_cg_enter(struct dt_cg *cg);            /* a branch that may not run begins */
void dt_cg_leave(struct dt_cg *cg, size_t mark); /* it ends: what it cached is forgotten */
/* The clause names the clock KEY, before any code; and its register, 0 where it needs none. */
void dt_cg_note_clock(struct dt_cg *cg, const void *key);
dt_vreg dt_cg_clock(struct dt_cg *cg, const void *key);
/* The clause's own copy of a word of mctx. */
dt_vreg dt_cg_mctx_word(struct dt_cg *cg, const void *key, enum dt_mctx off);

/* What the code that follows stands for (struct dt_ir_origin). */
void dt_cg_origin(struct dt_cg *cg, const char *what, const struct dt_loc *loc);

#endif
