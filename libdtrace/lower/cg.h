/* SPDX-License-Identifier: MIT */
/*
 * Code generation as providers and built-ins see it: what a hook needs to write the IR of its
 * value.  One dt_cg at a time writes one function: main of an attach point, or a clause.
 *
 * Numbers.  dt_cg_num() gives an expression's value in a register, extended to 64 bits as its C
 * type says. Strings.  dt_cg_str() gives a dt_str: where the text is.  A string is never moved
 * without need: constants are numbers until their bytes are asked for, and whoever knows where a
 * text is to end up passes that place down (dt_cg_str_into), so that the hook writes it there at
 * once. Memory.  dt_mem is a place behind a pointer that the verifier knows: the stack, the scratch
 * slot, a map's value. Faults.  dt_cg_fault_if_neg() and its kin end the clause: main then tells
 * the consumer and runs ERROR clauses. What is read once a clause is remembered with dt_cg_cached()
 * until its branch ends.
 */
#ifndef DT_LOWER_CG_H
#define DT_LOWER_CG_H

#include "check/tree.h"
#include "ir/build.h"
#include "lower/plan.h"

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
	dt_vreg reg;
	struct dt_str str;
};

/* Offsets in mctx, main's stack block that clauses get a pointer to. */
enum dt_mctx {
	DT_MCTX_CTX = 0,     /* the program's context */
	DT_MCTX_SLOT = 8,    /* the scratch slot */
	DT_MCTX_PROBE = 16,  /* which of the point's probes */
	DT_MCTX_FAULT = 24,  /* DTRACEFLT_* of a clause that failed */
	DT_MCTX_ACTION = 32, /* which action failed */
	DT_MCTX_ADDR = 40,   /* the address it failed at */
	DT_MCTX_EPID = 48,   /* of the clause that failed */
	DT_MCTX_SIZE = 56,
};

/* Offsets in a scratch slot. */
#define DT_SLOT_BUSY 0 /* u64: claimed */
#define DT_SLOT_THIS 8 /* clause-local variables that several clauses share */

struct dt_cached {
	const void *key;
	dt_vreg reg;
};

struct dt_cg {
	struct dt_ir ir; /* the function that is being written */
	struct dt_compile *compile;
	struct dt_arena *arena;
	struct dt_plan *plan;
	struct dt_point *point;
	struct dt_clause_plan *clause; /* NULL in main */
	struct dt_provider
		*provider; /* whose hooks read arguments: the point's, in ERROR clauses ERROR's */
	struct dt_probe *probe; /* the only one that can fire; NULL: see MCTX_PROBE */
	bool is_error;          /* an ERROR clause */

	dt_vreg mctx;
	dt_label fail, done;
	uint32_t action;             /* of the statement in hand, for faults */
	bool may_fault;              /* some fault site was written into this function */
	bool uses_slot;              /* the point's programs claim a scratch slot */
	uint32_t slot_top, slot_max; /* scratch: bytes in use, at most in use */
	uint32_t slot_keep;          /* ... of which so many stay until the clause ends */
	DT_VEC(struct dt_cached) cache;
	const struct dt_str *dest; /* where the string in hand should best be written; NULL */

	/* the record of the clause */
	struct dt_mem record;
	struct dt_tail *tails;
	uint32_t ntails;

	uint32_t point_table; /* offset in rodata of the point's probe table + 1; 0: not made */
};

/* ---- expressions ---- */
struct dt_val dt_cg_expr(struct dt_cg *cg, const struct dt_expr *e);
dt_vreg dt_cg_num(struct dt_cg *cg, const struct dt_expr *e);
struct dt_str dt_cg_str(struct dt_cg *cg, const struct dt_expr *e);
/* The string is at DEST afterwards (a MEM with cap), NUL-terminated; the result has the size when
 * it is known. */
struct dt_str dt_cg_str_into(struct dt_cg *cg, const struct dt_expr *e, const struct dt_str *dest);
void dt_cg_effect(struct dt_cg *cg, const struct dt_expr *e); /* value not wanted */
/* Jump to TO when E is false (zero, NULL). Behind a branch leave the cache (dt_cg_leave) to the
 * result: what each way has read. */
size_t dt_cg_jump_false(struct dt_cg *cg, const struct dt_expr *e, dt_label to);
/* The kernel address of an lvalue in memory (DEREF, ADDROF), as a number. */
dt_vreg dt_cg_addr(struct dt_cg *cg, const struct dt_expr *e);
static inline struct dt_val dt_val_num(dt_vreg r)
{
	return (struct dt_val){ .kind = DT_VAL_NUM, .reg = r };
}
static inline struct dt_val dt_val_str(struct dt_str s)
{
	return (struct dt_val){ .kind = DT_VAL_STR, .str = s };
}
/* Operation on two numbers of type T with a result of type T: shared by expressions and
 * op-assignments. */
dt_vreg dt_cg_arith(struct dt_cg *cg, enum dt_eop op, const struct dt_type *t, dt_vreg a,
		    dt_vreg b);
/* The number as TYPE holds it: its low bytes, extended by its sign. */
dt_vreg dt_cg_cut(struct dt_cg *cg, dt_vreg v, const struct dt_type *type);
bool dt_type_unsigned(const struct dt_type *t); /* integers and pointers: how they are extended */

/* ---- strings ---- */
/* A fresh place in the scratch slot, or the one that the caller of the hook wished for (dest), of
 * CAP bytes. */
struct dt_str dt_cg_str_place(struct dt_cg *cg, uint32_t cap);
/* The same text as MEM: constants and addresses are copied into scratch. Faults where the address
 * is bad. */
struct dt_str dt_cg_str_mem(struct dt_cg *cg, struct dt_str s);
/* Copy to DEST. Returns DEST with its size. */
struct dt_str dt_cg_str_copy(struct dt_cg *cg, struct dt_str s, const struct dt_str *dest);
/* A MEM string in the scratch slot itself (runtime functions take offsets into it). Returns its
 * offset. */
uint32_t dt_cg_str_slot(struct dt_cg *cg, struct dt_str s, uint32_t *cap);
/* Address for a helper's argument. */
dt_vreg dt_cg_mem_ptr(struct dt_cg *cg, struct dt_mem m);
struct dt_str dt_cg_str_const(struct dt_cg *cg, const char *text);
/* Comparison: <0, 0, >0 in a register; with ONLY_EQ merely zero or not. */
dt_vreg dt_cg_str_compare(struct dt_cg *cg, struct dt_str a, struct dt_str b, bool only_eq);
void dt_cg_zero(struct dt_cg *cg, struct dt_mem m, uint32_t bytes); /* multiples of 8 */

/* ---- scratch ---- */
dt_vreg dt_cg_slot(struct dt_cg *cg); /* pointer to the claimed slot */
struct dt_mem dt_cg_scratch(struct dt_cg *cg,
			    uint32_t bytes); /* 8-aligned, until the statement ends */
void dt_cg_keep_scratch(struct dt_cg *cg);   /* what is claimed now stays until the clause ends: its
						address is known to D */
/* Flags of bpf_get_stack(): from the traced function on, without the frames of the program. */
int64_t dt_cg_stack_flags(struct dt_cg *cg, bool user);
struct dt_mem dt_cg_stack(struct dt_cg *cg, uint32_t bytes); /* a stack object */

/* ---- the probe, the context ---- */
dt_vreg dt_cg_ctx(struct dt_cg *cg);   /* the program's context */
dt_vreg dt_cg_probe(struct dt_cg *cg); /* number of the firing probe among the point's, verified to
					  be in range */
enum dt_probe_field { DT_PF_ID, DT_PF_PROV, DT_PF_MOD, DT_PF_FUNC, DT_PF_NAME, DT_PF_NDX };
struct dt_str dt_cg_probe_text(struct dt_cg *cg, enum dt_probe_field f);
dt_vreg dt_cg_probe_number(struct dt_cg *cg, enum dt_probe_field f); /* ID, NDX */
dt_vreg dt_cg_epid(struct dt_cg *cg, struct dt_clause_plan *clause);
dt_vreg dt_cg_arg(struct dt_cg *cg, uint32_t n);
dt_vreg dt_cg_task(struct dt_cg *cg); /* bpf_get_current_task_btf(), trusted (5.11) */
/* Offset and size of a member path ("thread_info", "status", NULL) of a kernel structure; fails by
 * name when absent. */
uint32_t dt_cg_field(struct dt_cg *cg, const char *structure, const char *const *path,
		     uint32_t *size);

/* ---- rodata, state ---- */
uint32_t dt_cg_rodata(struct dt_cg *cg, const void *data, uint32_t size,
		      uint32_t align); /* offset */
dt_vreg dt_cg_rodata_ptr(struct dt_cg *cg, uint32_t off);
dt_vreg dt_cg_state(struct dt_cg *cg); /* pointer to struct dt_state */

/* ---- faults, drops ---- */
void dt_cg_fault(struct dt_cg *cg, uint32_t fault, dt_vreg addr); /* always: ends the clause */
void dt_cg_fault_if_neg(struct dt_cg *cg, dt_vreg result, uint32_t fault, dt_vreg addr);
void dt_cg_fault_if_zero(struct dt_cg *cg, dt_vreg value, uint32_t fault, dt_vreg addr);
void dt_cg_drop(struct dt_cg *cg, enum dt_drop cause); /* count one */

/* ---- once a clause ---- */
dt_vreg dt_cg_cached(struct dt_cg *cg, const void *key); /* 0: not yet */
void dt_cg_cache(struct dt_cg *cg, const void *key, dt_vreg reg);
size_t dt_cg_enter(struct dt_cg *cg);            /* a branch that may not run begins */
void dt_cg_leave(struct dt_cg *cg, size_t mark); /* ... ends: what it cached is forgotten */

/* ---- helpers in short ---- */
dt_vreg dt_cg_read(struct dt_cg *cg, dt_vreg addr, uint32_t width,
		   bool user); /* probe_read with its fault; zero-extended */
/* bpf_probe_read_kernel/user into memory; faults. SIZE constant. */
void dt_cg_read_into(struct dt_cg *cg, struct dt_mem to, uint32_t size, dt_vreg addr, bool user);

/* ---- records: for emit_stmt hooks ---- */
/* The items of statement S, in order. */
struct dt_rec_item *dt_cg_items(struct dt_cg *cg, const struct dt_stmt *s, uint32_t *n);
void dt_cg_item_num(struct dt_cg *cg, const struct dt_rec_item *item, dt_vreg value);
void dt_cg_item_str(struct dt_cg *cg, const struct dt_rec_item *item, const struct dt_expr *e);
void dt_cg_item_expr(struct dt_cg *cg, const struct dt_rec_item *item, const struct dt_expr *e);
/* A place of tail_max bytes for the item's tail; SIZE: the bytes used (bounded by it). */
struct dt_mem dt_cg_item_tail(struct dt_cg *cg, const struct dt_rec_item *item);
void dt_cg_item_tail_size(struct dt_cg *cg, const struct dt_rec_item *item, dt_vreg size);

/* ---- layout: for items hooks ---- */
struct dt_layout;
/* A new item of illumos' SIZE bytes; koff is assigned for KSIZE bytes of the fixed part. */
struct dt_rec_item *dt_layout_item(struct dt_layout *l, const struct dt_stmt *s, uint16_t action,
				   uint32_t size, uint32_t align, enum dt_enc enc, uint32_t ksize);
struct dt_rec_item *dt_layout_expr(struct dt_layout *l, const struct dt_stmt *s, uint16_t action,
				   const struct dt_expr *e);
struct dt_plan *dt_layout_plan(struct dt_layout *l);
/* How a string expression travels: ID when all it can be is a constant, FIXSTR with *FIX, else STR.
 */
enum dt_enc dt_string_enc(const struct dt_expr *e, uint32_t *fix);

/* ---- between the files of codegen ---- */
struct dt_tail {
	const struct dt_rec_item *item;
	struct dt_mem mem;
	bool in_place;
};

enum dt_where { DT_IN_GLOBALS, DT_IN_TLS, DT_IN_SLOT, DT_IN_REG, DT_IN_HASH };

struct dt_keyfield {
	const struct dt_type *type;
	enum dt_enc enc;
	uint32_t off, size;
};

/* Where a variable lives: dt_var.rep. */
struct dt_var_rep {
	enum dt_where where;
	uint32_t off, size; /* bytes */
	uint32_t map;       /* HASH */
	struct dt_keyfield *keys;
	uint32_t nkeys, key_size;
	bool per_thread;   /* HASH: the key begins with the thread */
	uint32_t nclauses; /* source clauses that use it */
	const void *last_clause;
	dt_vreg reg; /* REG: in the function in hand */
	const struct dt_cg *reg_owner;
	uint32_t reg_func;
};

void dt_plan_points(struct dt_plan *plan, struct dt_tprog *const *progs, size_t nprogs);
void dt_layout_variables(struct dt_plan *plan);
void dt_layout_aggs(struct dt_plan *plan);
void dt_layout_records(struct dt_plan *plan);
/* Calls FN for every expression below the clause, statements' and keys' included, parents first. */
typedef void (*dt_walk_fn)(void *arg, const struct dt_expr *e);
void dt_walk_clause(const struct dt_tclause *c, dt_walk_fn fn, void *arg);
void dt_walk_stmts(struct dt_stmt *const *stmts, uint32_t n,
		   void (*fn)(void *arg, struct dt_stmt *s), void *arg);

struct dt_val dt_cg_var_load(struct dt_cg *cg, const struct dt_expr *e);
struct dt_val dt_cg_assign(struct dt_cg *cg, const struct dt_expr *e);
struct dt_val dt_cg_opassign(struct dt_cg *cg, const struct dt_expr *e);
struct dt_val dt_cg_incdec(struct dt_cg *cg, const struct dt_expr *e);
/* Where a structure's or array's bytes lie in a variable, made when it is not there; tested for
 * NULL. */
struct dt_mem dt_cg_var_storage(struct dt_cg *cg, const struct dt_expr *e);
/* The same for parts of variables (member.c). */
bool dt_cg_is_part(const struct dt_expr *e);
struct dt_val dt_cg_part_assign(struct dt_cg *cg, const struct dt_expr *e);
struct dt_val dt_cg_part_opassign(struct dt_cg *cg, const struct dt_expr *e);
struct dt_val dt_cg_part_incdec(struct dt_cg *cg, const struct dt_expr *e);
struct dt_mem dt_cg_keys(struct dt_cg *cg, const struct dt_keyfield *fields,
			 struct dt_expr *const *exprs, uint32_t n, uint32_t key_size,
			 uint32_t first);
dt_vreg dt_cg_bound(struct dt_cg *cg, dt_vreg v,
		    uint32_t max); /* v, or max when it is larger (unsigned) */
void dt_cg_stmts(struct dt_cg *cg, struct dt_stmt *const *stmts, uint32_t n);
void dt_cg_aggregate(struct dt_cg *cg, const struct dt_stmt *s);
void dt_cg_record_begin(struct dt_cg *cg);
void dt_cg_record_emit(struct dt_cg *cg);
void dt_cg_ring_output(struct dt_cg *cg, struct dt_mem data, dt_vreg size, uint32_t const_size,
		       bool force);
void dt_cg_point(struct dt_plan *plan,
		 struct dt_point *point); /* main.c: all functions of a point */

#endif
