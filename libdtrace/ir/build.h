/* SPDX-License-Identifier: MIT */
/*
 * Writing the IR: what the lowering and the emit hooks of providers and built-ins call.  A struct
 * dt_ir is the function that is being written, in its unit; each call appends one instruction, and
 * those that compute something return the fresh register that holds it.
 */
#ifndef DT_IR_BUILD_H
#define DT_IR_BUILD_H

#include "ir/ir.h"

struct dt_ir_unit *dt_ir_unit_new(struct dt_compile *compile);
struct dt_ir_func *dt_ir_func_new(struct dt_ir_unit *u, const char *name, uint32_t stack_max);

/* The function that is being written. */
struct dt_ir {
	struct dt_ir_unit *unit;
	struct dt_ir_func *func;
};

/* ---- values ---- */
dt_vreg dt_ir_new(struct dt_ir *b); /* a fresh register, to be set on several paths */
dt_vreg dt_ir_const(struct dt_ir *b, int64_t value);
/* FRAMES, and one more if the function keeps a frame of its own, since it is not inlined. */
dt_vreg dt_ir_frames(struct dt_ir *b, int64_t frames);
void dt_ir_set(struct dt_ir *b, dt_vreg dst, dt_vreg src); /* dst = src */
void dt_ir_seti(struct dt_ir *b, dt_vreg dst, int64_t value);
dt_vreg dt_ir_un(struct dt_ir *b, enum dt_ir_op op, dt_vreg a); /* NEG NOT NUM */
dt_vreg dt_ir_bin(struct dt_ir *b, enum dt_ir_op op, dt_vreg a, dt_vreg c);
dt_vreg dt_ir_bini(struct dt_ir *b, enum dt_ir_op op, dt_vreg a, int64_t imm);
/* A's low WIDTH bytes, extended; width 8: a itself. */
dt_vreg dt_ir_ext(struct dt_ir *b, dt_vreg a, unsigned width, bool is_signed);
dt_vreg dt_ir_bswap(struct dt_ir *b, dt_vreg a, unsigned width);

/* ---- memory at BASE + OFF ---- */
dt_vreg dt_ir_ld(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width);
void dt_ir_st(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg value);
void dt_ir_sti(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, int64_t value);
/* Atomic ones; those that return the old value came in 5.12. */
void dt_ir_xadd(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg value);
dt_vreg dt_ir_fadd(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg value);
dt_vreg dt_ir_xchg(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg value);
dt_vreg dt_ir_cas(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg expected,
		  dt_vreg value);

/* ---- addresses ---- */
dt_vreg dt_ir_ctx(struct dt_ir *b);                                    /* the function's argument */
uint32_t dt_ir_object(struct dt_ir *b, uint32_t size, uint32_t align); /* a stack object's number */
dt_vreg dt_ir_stack(struct dt_ir *b, uint32_t object);
dt_vreg dt_ir_map(struct dt_ir *b, uint32_t map);
dt_vreg dt_ir_mapval(struct dt_ir *b, uint32_t map, uint32_t off);
dt_vreg dt_ir_func_addr(struct dt_ir *b, uint32_t func);

/* ---- jumps: forward only ---- */
dt_label dt_ir_label(struct dt_ir *b);             /* a fresh label */
void dt_ir_place(struct dt_ir *b, dt_label label); /* here it is */
void dt_ir_jmp(struct dt_ir *b, dt_label to);
void dt_ir_jcc(struct dt_ir *b, enum dt_ir_op op, dt_vreg a, dt_vreg c, dt_label to);
void dt_ir_jcci(struct dt_ir *b, enum dt_ir_op op, dt_vreg a, int64_t imm, dt_label to);
void dt_ir_ret(struct dt_ir *b, dt_vreg value);
void dt_ir_reti(struct dt_ir *b, int64_t value);

/* ---- calls: DT_ARGS(...) stands for NARGS and ARGS ---- */
dt_vreg dt_ir_helper(struct dt_ir *b, int helper, unsigned nargs, const dt_vreg *args);
/* A helper without an effect: the call is dropped when its result is not used. */
dt_vreg dt_ir_helper_pure(struct dt_ir *b, int helper, unsigned nargs, const dt_vreg *args);
dt_vreg dt_ir_call(struct dt_ir *b, uint32_t func, unsigned nargs, const dt_vreg *args);
dt_vreg dt_ir_runtime(struct dt_ir *b, int runtime, unsigned nargs, const dt_vreg *args);

#define DT_ARGS(...)                                                                        \
	(unsigned)(sizeof((dt_vreg[]){ __VA_ARGS__ }) / sizeof(dt_vreg)), (const dt_vreg[]) \
	{                                                                                   \
		__VA_ARGS__                                                                 \
	}

#endif
