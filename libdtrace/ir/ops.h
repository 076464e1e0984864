/* SPDX-License-Identifier: MIT */
/*
 * What the passes know about operations, all of it derived from the rows of DT_IR_OPS (ir.h): which
 * fields an operation uses, what kind it is, what it computes.
 */
#ifndef DT_IR_OPS_H
#define DT_IR_OPS_H

#include <assert.h>
#include <stdlib.h>
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

/* Compiled to a table of constants. */
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

#endif
