/* SPDX-License-Identifier: MIT */
/*
 * What the passes of the back end share: the shape of an operation as flags, the values an
 * operand may have, and the passes themselves in the order in which dt_ir_compile() (link.c)
 * calls them for each function:
 *
 *	dt_ir_inline      (inline.c)    of the whole unit: main's only clause into main
 *	dt_ir_optimise    (opt.c, local.c) code in, less code out
 *	dt_ir_allocate    (regalloc.c)  a place for each virtual register
 *	dt_ir_emit        (emit.c)      BPF
 */
#ifndef DT_IR_IROPS_H
#define DT_IR_IROPS_H

#include <assert.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>
#include "bpf/bpf.h"
#include "ir/ir.h"

enum dt_ir_shape {
	DT_IRS_D = 1u << 0,
	DT_IRS_A = 1u << 1,
	DT_IRS_B = 1u << 2,
	DT_IRS_C = 1u << 3,
	DT_IRS_I = 1u << 4,
	DT_IRS_L = 1u << 5,
	DT_IRS_W = 1u << 6,
	DT_IRS_O = 1u << 7,
	DT_IRS_N = 1u << 8,
};

/* A pass met an operation that it does not handle: a defect of this library, never of a script. */
#define DT_IR_BAD_OP()                                               \
	({                                                           \
		assert(!"an IR operation that is not handled here"); \
		abort();                                             \
	})

#define DT_IRS_HAS(shape, letter, flag) (__builtin_strchr(shape, letter) ? (flag) : 0)

/* The compiler makes a table of constants of it. */
static inline unsigned dt_ir_shape(enum dt_ir_op op)
{
	switch (op) {
#define X(name, mnemonic, s, emitter)                                                \
	case DT_IR_##name:                                                           \
		return DT_IRS_HAS(s, 'D', DT_IRS_D) | DT_IRS_HAS(s, 'A', DT_IRS_A) | \
		       DT_IRS_HAS(s, 'B', DT_IRS_B) | DT_IRS_HAS(s, 'C', DT_IRS_C) | \
		       DT_IRS_HAS(s, 'I', DT_IRS_I) | DT_IRS_HAS(s, 'L', DT_IRS_L) | \
		       DT_IRS_HAS(s, 'W', DT_IRS_W) | DT_IRS_HAS(s, 'O', DT_IRS_O) | \
		       DT_IRS_HAS(s, 'N', DT_IRS_N);
		DT_IR_OPS(X)
#undef X
	default: return 0;
	}
}

static inline bool dt_ir_is_call(enum dt_ir_op op)
{
	return op == DT_IR_HELPER || op == DT_IR_CALL || op == DT_IR_RUNTIME;
}

static inline bool dt_ir_is_jcc(enum dt_ir_op op)
{
	return op >= DT_IR_JEQ && op <= DT_IR_JSET;
}

static inline bool dt_ir_is_setcc(enum dt_ir_op op)
{
	return op >= DT_IR_SETEQ && op <= DT_IR_SETUGE;
}

/* Values that are rematerialised wherever they are needed, and never spilled. */
static inline bool dt_ir_is_remat(enum dt_ir_op op)
{
	return op == DT_IR_CONST || op == DT_IR_STACK || op == DT_IR_MAP || op == DT_IR_MAPVAL ||
	       op == DT_IR_FUNC;
}

static inline bool dt_ir_is_commutative(enum dt_ir_op op)
{
	return op == DT_IR_ADD || op == DT_IR_MUL || op == DT_IR_AND || op == DT_IR_OR ||
	       op == DT_IR_XOR || op == DT_IR_ADD32 || op == DT_IR_MUL32;
}

static inline bool dt_ir_fits32(int64_t v)
{
	return v == (int32_t)v;
}

/* Calls DO(v) for each register that INSN reads; v is an lvalue of type dt_vreg. */
#define DT_IR_EACH_USE(insn, v, DO)                                          \
	do {                                                                 \
		unsigned shape__ = dt_ir_shape((insn)->op);                  \
		if ((shape__ & DT_IRS_A) && (insn)->a) {                     \
			dt_vreg *v = &(insn)->a;                             \
			DO;                                                  \
		}                                                            \
		if ((shape__ & DT_IRS_B) && (insn)->b) {                     \
			dt_vreg *v = &(insn)->b;                             \
			DO;                                                  \
		}                                                            \
		if ((shape__ & DT_IRS_C) && (insn)->c) {                     \
			dt_vreg *v = &(insn)->c;                             \
			DO;                                                  \
		}                                                            \
		if (shape__ & DT_IRS_N)                                      \
			for (unsigned n__ = 0; n__ < (insn)->nargs; n__++) { \
				dt_vreg *v = &(insn)->args[n__];             \
				DO;                                          \
			}                                                    \
	} while (0)

/* The comparison with its operands exchanged, and the opposite one; over J.. and SET.. alike.  JSET
 * has no opposite: NOPS. */
enum dt_ir_op dt_ir_swapped(enum dt_ir_op op);
enum dt_ir_op dt_ir_inverted(enum dt_ir_op op);
enum dt_ir_op dt_ir_set_to_jump(enum dt_ir_op set);
/* What OP computes of two (or one) numbers; W as in the instruction. */
int64_t dt_ir_eval(enum dt_ir_op op, unsigned width, int64_t a, int64_t b);
const char *dt_ir_mnemonic(enum dt_ir_op op);
void dt_ir_print_insn(const struct dt_ir_insn *insn, struct dt_strbuf *out);

void dt_ir_inline(struct dt_ir_unit *u);
void dt_ir_optimise(struct dt_ir_unit *u, struct dt_ir_func *f);
void dt_ir_localise(struct dt_ir_unit *u, struct dt_ir_func *f);
void dt_ir_sweep(struct dt_ir_unit *u, struct dt_ir_func *f);

/* Where a virtual register lives. Positions: instruction i reads at 2i, writes at 2i+1. */
struct dt_ra_place {
	int8_t reg;   /* 0..9; -1: in memory or rematerialised */
	int8_t hint;  /* a register it would like, or -1 */
	int32_t slot; /* offset from the frame pointer of its spill slot; 0: none */
	uint32_t start, end, nuses, ndefs;
	uint32_t nreg_uses; /* those that want it in a register, rather than made where it is to go
			     */
	int32_t remat;      /* index of the one instruction that makes it (dt_ir_is_remat), or -1 */
};

struct dt_ra {
	struct dt_ra_place *place; /* by virtual register */
	uint32_t frame;            /* bytes of stack: objects and spills */
};

void dt_ir_allocate(struct dt_ir_unit *u, struct dt_ir_func *f, struct dt_ra *ra);

/* What is to be patched once every function has its place: the instruction's distance to a
 * function. */
struct dt_ir_fnref {
	uint32_t insn;
	bool runtime; /* FUNC is of runtime/runtime.h, not of the unit */
	uint32_t func;
};

struct dt_emit_out {
	DT_VEC(struct bpf_insn) insns;
	DT_VEC(struct dt_bpf_reloc) relocs;
	DT_VEC(struct dt_ir_fnref) fnrefs;
};

void dt_ir_emit(struct dt_ir_unit *u, struct dt_ir_func *f, struct dt_ra *ra,
		struct dt_emit_out *out);
_Noreturn void dt_ir_too_complex(struct dt_ir_unit *u, const struct dt_ir_func *f);

#endif
