/* SPDX-License-Identifier: MIT */
/*
 * The intermediate representation: a linear list of instructions over virtual registers, one
 * function at a time.  The lowering (cg.h) and the emit hooks of providers and built-ins write it
 * through the calls below; the back end (opt.c, regalloc.c, emit.c) turns a unit of functions into
 * BPF.
 *
 * - A virtual register holds 64 bits: a number, or a pointer that the verifier tracks (context, map
 * value, stack, map).  Registers may be assigned more than once; there are no phi nodes.
 * - Jumps go forward only (D has no loops; those live in runtime functions), so that the live range
 * of a register is the span from its first definition to its last use.  The builder asserts it.
 * - Every operation is one row of DT_IR_OPS: its name, its operands, and what emits it.
 * - A number in a register is kept extended to 64 bits as its C type says (sign or zero); EXT does
 * it.
 * - All of it lives in the compile's arena.
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
 *	D = dst is defined, A = src a is read, B = src b is read (or imm when b is 0),
 *	C = src c is read, I = imm is used, L = label, W = width in bytes (1, 2, 4, 8), O = offset,
 *	N = the arguments of a call.
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
	X(CTX, "ctx", "D", ctx)		/* d = r1 at entry: main's context, a clause's mctx */ \
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
	X(RUNTIME, "rt", "DIN", call)	/* d = runtime function imm(args...), runtime/runtime.h */ \
	X(RET, "ret", "A", ret)		/* return a */
/* clang-format on */

enum dt_ir_op {
#define X(name, mnemonic, shape, emitter) DT_IR_##name,
	DT_IR_OPS(X)
#undef X
		DT_IR_NOPS
};

struct dt_ir_insn {
	enum dt_ir_op op;
	uint8_t width; /* bytes */
	uint8_t nargs;
	bool pure; /* HELPER/RUNTIME: may be dropped when the result is not used */
	int32_t off;
	dt_vreg dst, a, b, c;
	dt_label label;
	int64_t imm;
	dt_vreg args[5];
	const char *note; /* for -S: the D construct that it stands for; or NULL */
};

/* A piece of stack memory of a function (a key of a map look-up, an argument block). */
struct dt_ir_object {
	uint32_t size; /* bytes */
	uint32_t align;
	int32_t off; /* from the frame pointer, set by the back end */
};

struct dt_ir_func {
	const char *name;
	uint32_t index;     /* in the unit */
	bool keeps_frame;   /* it is never made a part of its caller: it walks the stack */
	bool is_main;       /* CTX is the program's context; returns to the kernel */
	uint32_t stack_max; /* bytes it may use: objects and spills */
	DT_VEC(struct dt_ir_insn) code;
	DT_VEC(struct dt_ir_object) objects;
	uint32_t nvregs, nlabels; /* highest numbers used */
	DT_VEC(bool)
	placed; /* by label: dt_ir_place has seen it, so that no jump may name it any more */
	uint32_t frame;   /* bytes of stack that it takes, set by the back end */
	const char *note; /* the note that new instructions get */
};

/*
 * A unit becomes one BPF program: function 0 is main, the others static subprograms.  Maps are
 * numbers that the plan (plan.h) gives out; the loader replaces them by descriptors.
 */
struct dt_ir_unit {
	struct dt_compile *compile;
	struct dt_arena *arena;
	DT_VEC(struct dt_ir_func *) funcs;
};

struct dt_ir_unit *dt_ir_unit_new(struct dt_compile *compile);
struct dt_ir_func *dt_ir_func_new(struct dt_ir_unit *u, const char *name, uint32_t stack_max);

/* ---- writing ---- */
/* The builder is the function itself together with its unit; F everywhere below. */
struct dt_ir {
	struct dt_ir_unit *unit;
	struct dt_ir_func *func;
};

dt_vreg
dt_ir_new(struct dt_ir *b); /* a fresh register without a value: for results of several branches */
dt_vreg dt_ir_const(struct dt_ir *b, int64_t value);
void dt_ir_set(struct dt_ir *b, dt_vreg dst, dt_vreg src); /* dst = src */
void dt_ir_seti(struct dt_ir *b, dt_vreg dst, int64_t value);
dt_vreg dt_ir_un(struct dt_ir *b, enum dt_ir_op op, dt_vreg a); /* NEG NOT NUM */
dt_vreg dt_ir_bin(struct dt_ir *b, enum dt_ir_op op, dt_vreg a, dt_vreg c);
dt_vreg dt_ir_bini(struct dt_ir *b, enum dt_ir_op op, dt_vreg a, int64_t imm);
dt_vreg dt_ir_ext(struct dt_ir *b, dt_vreg a, unsigned width,
		  bool is_signed); /* width 8: a itself */
dt_vreg dt_ir_bswap(struct dt_ir *b, dt_vreg a, unsigned width);
dt_vreg dt_ir_ld(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width);
void dt_ir_st(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg value);
void dt_ir_sti(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, int64_t value);
void dt_ir_xadd(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg value);
dt_vreg dt_ir_fadd(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg value);
dt_vreg dt_ir_xchg(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg value);
dt_vreg dt_ir_cas(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg expected,
		  dt_vreg value);
dt_vreg dt_ir_ctx(struct dt_ir *b);
uint32_t dt_ir_object(struct dt_ir *b, uint32_t size, uint32_t align); /* a stack object's number */
dt_vreg dt_ir_stack(struct dt_ir *b, uint32_t object);
dt_vreg dt_ir_map(struct dt_ir *b, uint32_t map);
dt_vreg dt_ir_mapval(struct dt_ir *b, uint32_t map, uint32_t off);
dt_vreg dt_ir_func_addr(struct dt_ir *b, uint32_t func);
dt_label dt_ir_label(struct dt_ir *b);             /* a fresh label */
void dt_ir_place(struct dt_ir *b, dt_label label); /* here it is */
void dt_ir_jmp(struct dt_ir *b, dt_label to);
void dt_ir_jcc(struct dt_ir *b, enum dt_ir_op op, dt_vreg a, dt_vreg c, dt_label to);
void dt_ir_jcci(struct dt_ir *b, enum dt_ir_op op, dt_vreg a, int64_t imm, dt_label to);
dt_vreg dt_ir_helper(struct dt_ir *b, int helper, unsigned nargs, const dt_vreg *args);
dt_vreg dt_ir_helper_pure(struct dt_ir *b, int helper, unsigned nargs, const dt_vreg *args);
dt_vreg dt_ir_call(struct dt_ir *b, uint32_t func, unsigned nargs, const dt_vreg *args);
dt_vreg dt_ir_runtime(struct dt_ir *b, int runtime, unsigned nargs, const dt_vreg *args);
void dt_ir_ret(struct dt_ir *b, dt_vreg value);
void dt_ir_reti(struct dt_ir *b, int64_t value);

#define DT_ARGS(...)                                                                        \
	(unsigned)(sizeof((dt_vreg[]){ __VA_ARGS__ }) / sizeof(dt_vreg)), (const dt_vreg[]) \
	{                                                                                   \
		__VA_ARGS__                                                                 \
	}

/* The text of a unit, for -S. */
void dt_ir_print(const struct dt_ir_unit *u, struct dt_strbuf *out);

/* ---- the back end ---- */
struct bpf_insn;
struct dt_bpf_reloc;

/* One finished program: everything bpf/ needs to load it, but descriptors. In the arena. */
struct dt_code {
	struct bpf_insn *insns;
	uint32_t ninsns;
	struct dt_bpf_reloc *relocs; /* bpf/bpf.h; .map is the plan's number */
	uint32_t nrelocs;
	uint32_t *func_start; /* first instruction of each subprogram, main first */
	const char **func_name;
	uint32_t nfuncs;
	bool needs_func_info; /* a function's address is taken */
	uint32_t stack_bytes; /* of the deepest call chain */
};

/*
 * Fold constants, drop what nobody reads, assign registers and stack, emit, link the runtime
 * functions that are called.  Fails (D_CG_EXPR "expression is too complex ...") where a function
 * does not fit its stack. ISA v3 only: signed division, sign extension and byte swaps are made of
 * simpler instructions.
 */
void dt_ir_compile(struct dt_ir_unit *u, struct dt_code *code);

#endif
