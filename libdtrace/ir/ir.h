/* SPDX-License-Identifier: MIT */
/*
 * The intermediate representation (IR): a linear list of instructions over virtual registers per
 * function.  It knows nothing of D.  lower/ and the hooks of providers and built-ins write it with
 * the builder (build.h); the back end (compile.h) makes BPF of it.
 *
 * - A virtual register holds 64 bits: a number, or a pointer that the verifier tracks (context, map
 *   value, stack, map).  Registers may be assigned more than once; there are no phi nodes.
 * - Jumps go forward only (D has no loops; those live in runtime functions), so that the live range
 *   of a register is the span from its first definition to its last use.  The builder asserts it.
 * - Every operation is one row of DT_IR_OPS: its name, its operands, and what emits it.
 * - A number in a register is kept extended to 64 bits as its C type says (sign or zero); EXT_S and
 *   EXT_U do it.
 * - All of it lives in the compile's arena.
 *
 * How to add an operation: its row in DT_IR_OPS; its emitter, where none fits (emit_*.c); what it
 * computes in dt_ir_eval() (ops.c), and in opt.c what is known of its result; a call of the
 * builder; a step of the random functions in test/unit/ir.c.
 */
#ifndef DT_IR_IR_H
#define DT_IR_IR_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/fail.h"
#include "base/strbuf.h"
#include "base/vec.h"

typedef uint32_t dt_vreg;  /* 0: none */
typedef uint32_t dt_label; /* 0: none */

/*
 * X(name, mnemonic, shape, emitter).  Shape: what the fields of an instruction mean.
 *	D: dst is defined; A: a is read; B: b is read, or imm when b is 0; C: c is read;
 *	I: imm is used; L: label; W: width in bytes (1, 2, 4, 8); O: off; N: the arguments.
 * The emitter is the function dt_emit_EMITTER() (emitter.h) that makes BPF of it.
 */
/* clang-format off */
#define DT_IR_OPS(X) \
	/* values */ \
	X(CONST, "const", "DI", remat)	/* d = imm (64 bits) */ \
	X(MOV, "mov", "DA", mov)	/* d = a */ \
	X(EXT_S, "exts", "DAW", ext)	/* d = a's low W bytes, sign-extended */ \
	X(EXT_U, "extu", "DAW", ext)	/* d = a's low W bytes, zero-extended */ \
	/* d = a as a plain number: the verifier forgets that it was a pointer */ \
	X(NUM, "num", "DA", unary) \
	/* 64-bit arithmetic; b or imm.  Zero divisors have been tested for.  Shift counts are \
	   masked to 63. */ \
	X(ADD, "add", "DAB", binary) \
	X(SUB, "sub", "DAB", binary) \
	X(MUL, "mul", "DAB", binary) \
	X(UDIV, "udiv", "DAB", binary) \
	X(UMOD, "umod", "DAB", binary) \
	X(SDIV, "sdiv", "DAB", signed_div) \
	X(SMOD, "smod", "DAB", signed_div) \
	X(AND, "and", "DAB", binary) \
	X(OR, "or", "DAB", binary) \
	X(XOR, "xor", "DAB", binary) \
	X(SHL, "shl", "DAB", binary) \
	X(SHR, "shr", "DAB", binary) \
	X(SAR, "sar", "DAB", binary) \
	X(NEG, "neg", "DA", unary) \
	X(NOT, "not", "DA", unary) \
	X(BSWAP, "bswap", "DAW", unary)	/* d = a's low W bytes reversed, zero-extended */ \
	/* 32-bit arithmetic, results zero-extended: cheaper where the types allow it */ \
	X(ADD32, "add32", "DAB", binary) \
	X(SUB32, "sub32", "DAB", binary) \
	X(MUL32, "mul32", "DAB", binary) \
	/* comparisons as values: d = a cmp b ? 1 : 0 */ \
	X(SETEQ, "seteq", "DAB", setcc) \
	X(SETNE, "setne", "DAB", setcc) \
	X(SETLT, "setlt", "DAB", setcc) \
	X(SETLE, "setle", "DAB", setcc) \
	X(SETULT, "setult", "DAB", setcc) \
	X(SETULE, "setule", "DAB", setcc) \
	X(SETGT, "setgt", "DAB", setcc) \
	X(SETGE, "setge", "DAB", setcc) \
	X(SETUGT, "setugt", "DAB", setcc) \
	X(SETUGE, "setuge", "DAB", setcc) \
	/* memory behind a pointer that the verifier knows; loads zero-extend */ \
	X(LD, "ld", "DAWO", ld)		/* d = *(uW *)(a + off) */ \
	X(ST, "st", "ABWO", st)		/* *(uW *)(a + off) = b or imm */ \
	X(XADD, "xadd", "ABWO", xadd)	/* lock *(uW *)(a + off) += b; W 4 or 8 */ \
	X(FADD, "fadd", "DABWO", fetch)	/* d = fetch_add; W 4 or 8 (5.12) */ \
	X(XCHG, "xchg", "DABWO", fetch)	/* d = exchange (5.12) */ \
	X(CAS, "cas", "DABWOC", cas)	/* d = old; if (old == c) store b (5.12) */ \
	/* addresses */ \
	X(CTX, "ctx", "D", ctx)		/* d = r1 at the function's entry */ \
	X(STACK, "stack", "DI", remat)	/* d = address of stack object number imm */ \
	X(MAP, "map", "DI", remat)	/* d = pointer to map number imm, for helpers */ \
	X(MAPVAL, "mapval", "DIO", remat) /* d = address of map imm's only value, plus off */ \
	X(FUNC, "func", "DI", remat)	/* d = address of function imm (bpf_loop callbacks) */ \
	/* control */ \
	X(LABEL, "label", "L", label) \
	X(JMP, "jmp", "L", jmp) \
	X(JEQ, "jeq", "ABL", jcc) \
	X(JNE, "jne", "ABL", jcc) \
	X(JLT, "jlt", "ABL", jcc) \
	X(JLE, "jle", "ABL", jcc) \
	X(JGT, "jgt", "ABL", jcc) \
	X(JGE, "jge", "ABL", jcc) \
	X(JULT, "jult", "ABL", jcc) \
	X(JULE, "jule", "ABL", jcc) \
	X(JUGT, "jugt", "ABL", jcc) \
	X(JUGE, "juge", "ABL", jcc) \
	X(JSET, "jset", "ABL", jcc)	/* a & b */ \
	X(HELPER, "helper", "DIN", call) /* d = helper imm(args...), up to 5 arguments */ \
	X(CALL, "call", "DIN", call)	/* d = function imm of the unit(args...) */ \
	X(RUNTIME, "rt", "DIN", call)	/* d = function imm of runtime/runtime.h(args...) */ \
	X(RET, "ret", "A", ret)		/* return a */
/* clang-format on */

enum dt_ir_op {
#define X(name, mnemonic, shape, emitter) DT_IR_##name,
	DT_IR_OPS(X)
#undef X
		DT_IR_NOPS
};

/* What code stands for, said by whoever writes it (struct dt_ir_func).  Lives in the arena. */
struct dt_ir_origin {
	const char *what; /* "clause 2 (syscall::read:entry)"; NULL: the program's own code */
	struct dt_loc loc;
};

struct dt_ir_insn {
	enum dt_ir_op op;
	uint8_t width; /* bytes */
	uint8_t nargs;
	bool pure; /* HELPER/RUNTIME: may be dropped when the result is not used */
	/* CONST: one more where the function keeps a frame of its own below main's */
	bool counts_frame;
	int32_t off;
	dt_vreg dst, a, b, c;
	dt_label label;
	int64_t imm;
	dt_vreg args[5];
	const struct dt_ir_origin *origin; /* NULL: that of the instruction before */
};

/* A piece of stack memory of a function (a key of a map look-up, an argument block). */
struct dt_ir_object {
	uint32_t size; /* bytes */
	uint32_t align;
	int32_t off; /* from the frame pointer, set by the back end */
};

struct dt_ir_func {
	const char *name;
	uint32_t index; /* in the unit */
	bool is_global; /* verified by itself; its parameter is a number, and so is its result */
	bool is_main;   /* CTX is the program's context; returns to the kernel */
	uint32_t stack_max; /* bytes it may use: objects and spills */
	DT_VEC(struct dt_ir_insn) code;
	DT_VEC(struct dt_ir_object) objects;
	uint32_t nvregs, nlabels; /* highest numbers used */
	/* by label: it is placed, and no jump may go to it any more */
	DT_VEC(bool) placed;
	uint32_t frame;                    /* bytes of stack that it takes, set by the back end */
	const struct dt_ir_origin *origin; /* what new instructions get */
};

/*
 * A unit becomes one BPF program: function 0 is main, the others static subprograms.  Maps are
 * numbers that the caller gives out; the loader replaces them by descriptors.
 */
struct dt_ir_unit {
	struct dt_compile *compile;
	struct dt_arena *arena;
	DT_VEC(struct dt_ir_func *) funcs;
};

#endif
