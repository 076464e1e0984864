/* SPDX-License-Identifier: MIT */
/*
 * What the files of the emitter (emit*.c) share: the function in hand, and the calls that append
 * instructions and bring operands into registers.  An emitter of an operation is
 *
 *	a = dt_operand_source(e, i->a);		the operand in a register
 *	t = dt_operand_target(e);		the result's, or a temporary
 *	dt_put(e, dt_insn_...(t, a));
 *	dt_operand_store(e, t);			where the result lives
 *
 * Temporaries last until the operation is complete.
 */
#ifndef DT_IR_EMITTER_H
#define DT_IR_EMITTER_H

#include <linux/bpf.h>
#include "bpf/insn.h"
#include "ir/emit.h"
#include "ir/ops.h"

#define FP BPF_REG_10

/* Instructions between islands (emit_jump.c): less than a jump reaches, by what one may take. */
#define DT_EMIT_ISLAND_DISTANCE 28000

/* A jump to a label that is still ahead. */
struct dt_fixup {
	uint32_t insn, next; /* next: number + 1 of the next fixup of the same label */
};

/* Lives for one dt_ir_emit(). */
struct dt_emit {
	struct dt_ir_unit *u;
	struct dt_ir_func *f;
	struct dt_ra *ra;
	struct dt_emit_out *out;
	const struct dt_ir_insn *insn;
	uint32_t at; /* its number */
	const struct dt_ir_origin *origin;
	uint32_t live_end[10]; /* by register: the position where its occupant ends */
	unsigned temps;        /* mask: taken as temporaries by this instruction */
	unsigned nsaved, max_saved;
	struct {
		uint8_t reg;
		int32_t slot;
	} saved[4];
	uint32_t *label_fix; /* by label: number + 1 of its first fixup */
	DT_VEC(struct dt_fixup) fixups;
	uint32_t last_island;
	bool reachable; /* the next instruction can be reached */
};

/* *(reg + off) */
struct dt_address {
	uint8_t reg;
	int16_t off;
};

/* ---- appending (emit_put.c) ---- */
uint32_t dt_put_position(const struct dt_emit *e); /* of the next instruction */
void dt_put(struct dt_emit *e, struct bpf_insn insn);
void dt_put_mov(struct dt_emit *e, int dst, int src);
void dt_put_imm64(struct dt_emit *e, int dst, int src, uint64_t imm);
void dt_put_const(struct dt_emit *e, int dst, int64_t v);
/* The next instruction calls, or takes the address of, a function that link.c will place. */
void dt_put_fnref(struct dt_emit *e, struct dt_ir_fnref ref);

/* ---- jumps (emit_jump.c) ---- */
/* A jump forward within the code of one operation; dt_land_branch() says where to. */
uint32_t dt_put_branch(struct dt_emit *e, struct bpf_insn insn);
void dt_land_branch(struct dt_emit *e, uint32_t branch);
void dt_put_island(struct dt_emit *e);

/* ---- operands of the instruction in hand (emit_operand.c) ---- */
struct dt_ra_place *dt_operand_place(const struct dt_emit *e, dt_vreg v);
/* Computes a value that is rematerialised (dt_ir_is_remat) in REG. */
void dt_put_remat(struct dt_emit *e, const struct dt_ir_insn *def, int reg);
bool dt_operand_in_memory(const struct dt_emit *e, dt_vreg v); /* spilled or rematerialised */
void dt_operand_load(struct dt_emit *e, dt_vreg v, int reg);
int dt_operand_source(struct dt_emit *e, dt_vreg v); /* a register that holds V */
int dt_operand_target(struct dt_emit *e);            /* a register for the result */
void dt_operand_store(struct dt_emit *e, int reg);   /* the result, from REG to its place */
int dt_operand_temp(struct dt_emit *e);
void dt_operand_release(struct dt_emit *e);              /* the temporaries */
struct dt_address dt_operand_address(struct dt_emit *e); /* of a memory operation */

/* ---- emitters: DT_IR_OPS says which operation is whose ---- */
void dt_emit_remat(struct dt_emit *e);
void dt_emit_ctx(struct dt_emit *e);
void dt_emit_mov(struct dt_emit *e);
void dt_emit_ext(struct dt_emit *e);
void dt_emit_unary(struct dt_emit *e);
void dt_emit_binary(struct dt_emit *e);
void dt_emit_signed_div(struct dt_emit *e);
void dt_emit_setcc(struct dt_emit *e);
void dt_emit_ld(struct dt_emit *e);
void dt_emit_st(struct dt_emit *e);
void dt_emit_xadd(struct dt_emit *e);
void dt_emit_fetch(struct dt_emit *e);
void dt_emit_cas(struct dt_emit *e);
void dt_emit_label(struct dt_emit *e);
void dt_emit_jmp(struct dt_emit *e);
void dt_emit_jcc(struct dt_emit *e);
void dt_emit_call(struct dt_emit *e);
void dt_emit_ret(struct dt_emit *e);

#endif
