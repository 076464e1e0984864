/* SPDX-License-Identifier: MIT */
/*
 * Values and arithmetic.  ISA v3: signed division and sign extension, which it lacks, are made of
 * simpler instructions.
 */
#include "ir/emitter.h"

/* ---- moves ---- */

void dt_emit_remat(struct dt_emit *e)
{
	const struct dt_ra_place *p = dt_operand_place(e, e->insn->dst);
	int t;

	if (p->reg < 0 && p->remat >= 0)
		return; /* made where it is used */
	t = dt_operand_target(e);
	dt_put_remat(e, e->insn, t);
	dt_operand_store(e, t);
}

void dt_emit_ctx(struct dt_emit *e)
{
	dt_operand_store(e, 1);
}

void dt_emit_mov(struct dt_emit *e)
{
	const struct dt_ra_place *d = dt_operand_place(e, e->insn->dst);
	int t;

	if (d->reg >= 0) {
		dt_operand_load(e, e->insn->a, d->reg);
		return;
	}
	t = dt_operand_source(e, e->insn->a);
	dt_operand_store(e, t);
}

/* ---- one operand ---- */

static void put_low_bytes(struct dt_emit *e, int t, unsigned width, bool is_signed)
{
	int32_t shift = (int32_t)(64 - 8 * width);

	if (is_signed) {
		dt_put(e, dt_insn_alui(BPF_LSH, (uint8_t)t, shift));
		dt_put(e, dt_insn_alui(BPF_ARSH, (uint8_t)t, shift));
	} else {
		dt_put(e, dt_insn_alui(BPF_AND, (uint8_t)t, (1 << 8 * width) - 1));
	}
}

void dt_emit_ext(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int t;

	if (i->op == DT_IR_EXT_U && i->width == 4) {
		int a = dt_operand_source(e, i->a);

		t = dt_operand_place(e, i->dst)->reg >= 0 ? dt_operand_place(e, i->dst)->reg : 0;
		dt_put(e, dt_insn_mov32((uint8_t)t, (uint8_t)a));
		dt_operand_store(e, t);
		return;
	}
	t = dt_operand_target(e);
	dt_operand_load(e, i->a, t);
	if (i->width < 8)
		put_low_bytes(e, t, i->width, i->op == DT_IR_EXT_S);
	dt_operand_store(e, t);
}

/*
 * NUM: conversion to this machine's own byte order changes nothing (and costs no machine
 * instruction), but the verifier takes its result for an unknown number, also of a pointer.
 */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define OWN_ORDER   BPF_TO_LE
#define OTHER_ORDER BPF_TO_BE
#else
#define OWN_ORDER   BPF_TO_BE
#define OTHER_ORDER BPF_TO_LE
#endif

void dt_emit_unary(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int t = dt_operand_target(e);

	dt_operand_load(e, i->a, t);
	switch (i->op) {
	case DT_IR_NEG: dt_put(e, dt_insn_neg((uint8_t)t)); break;
	case DT_IR_NOT: dt_put(e, dt_insn_alui(BPF_XOR, (uint8_t)t, -1)); break;
	case DT_IR_NUM: dt_put(e, dt_insn_endian(OWN_ORDER, (uint8_t)t, 64)); break;
	case DT_IR_BSWAP:
		if (i->width == 1)
			put_low_bytes(e, t, 1, false);
		else
			dt_put(e, dt_insn_endian(OTHER_ORDER, (uint8_t)t, 8 * i->width));
		break;
	default: DT_IR_BAD_OP();
	}
	dt_operand_store(e, t);
}

/* ---- two operands ---- */

static uint8_t bpf_alu(enum dt_ir_op op)
{
	switch (op) {
	case DT_IR_ADD:
	case DT_IR_ADD32: return BPF_ADD;
	case DT_IR_SUB:
	case DT_IR_SUB32: return BPF_SUB;
	case DT_IR_MUL:
	case DT_IR_MUL32: return BPF_MUL;
	case DT_IR_UDIV: return BPF_DIV;
	case DT_IR_UMOD: return BPF_MOD;
	case DT_IR_AND: return BPF_AND;
	case DT_IR_OR: return BPF_OR;
	case DT_IR_XOR: return BPF_XOR;
	case DT_IR_SHL: return BPF_LSH;
	case DT_IR_SHR: return BPF_RSH;
	case DT_IR_SAR: return BPF_ARSH;
	default: DT_IR_BAD_OP();
	}
}

static bool is_32bit(enum dt_ir_op op)
{
	return op == DT_IR_ADD32 || op == DT_IR_SUB32 || op == DT_IR_MUL32;
}

static bool is_shift(enum dt_ir_op op)
{
	return op == DT_IR_SHL || op == DT_IR_SHR || op == DT_IR_SAR;
}

/* d = d OP s, or OP the immediate */
static struct bpf_insn binary(const struct dt_ir_insn *i, int d, int s)
{
	uint8_t code = bpf_alu(i->op);
	int32_t imm = is_shift(i->op) ? (int32_t)(i->imm & 63) : (int32_t)i->imm;

	if (is_32bit(i->op))
		return i->b ? dt_insn_alu32(code, (uint8_t)d, (uint8_t)s)
			    : dt_insn_alu32i(code, (uint8_t)d, imm);
	return i->b ? dt_insn_alu(code, (uint8_t)d, (uint8_t)s)
		    : dt_insn_alui(code, (uint8_t)d, imm);
}

void dt_emit_binary(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int b = i->b ? dt_operand_source(e, i->b) : -1;
	int t = dt_operand_target(e);

	if (t == b && dt_operand_place(e, i->a)->reg != t) {
		if (dt_ir_is_commutative(i->op)) {
			dt_put(e, binary(i, t, dt_operand_source(e, i->a)));
			dt_operand_store(e, t);
			return;
		}
		t = dt_operand_temp(e);
	}
	dt_operand_load(e, i->a, t);
	dt_put(e, binary(i, t, b));
	dt_operand_store(e, t);
}

/* ---- signed division ---- */

/* A constant divisor's magnitude; 0 where it is known only when the program runs. */
static int32_t const_divisor(const struct dt_ir_insn *i)
{
	if (i->b || i->imm == INT32_MIN)
		return 0;
	return (int32_t)(i->imm < 0 ? -i->imm : i->imm);
}

static struct bpf_insn divide(uint8_t op, int t, int u, int32_t by)
{
	return by ? dt_insn_alui(op, (uint8_t)t, by) : dt_insn_alu(op, (uint8_t)t, (uint8_t)u);
}

/*
 * The divisor is not negative, or its sign is known to be NEGATE: only the dividend's is tested.
 *
 *	if (t < 0) t = -(-t OP u); else t = t OP u;	and with NEGATE the opposite results
 */
static void put_div_magnitude(struct dt_emit *e, uint8_t op, int t, int u, int32_t by, bool negate)
{
	uint32_t positive = dt_put_branch(e, dt_insn_jmpi(BPF_JSGE, (uint8_t)t, 0, 0)), end;

	dt_put(e, dt_insn_neg((uint8_t)t));
	dt_put(e, divide(op, t, u, by));
	if (!negate)
		dt_put(e, dt_insn_neg((uint8_t)t));
	end = dt_put_branch(e, dt_insn_ja(0));
	dt_land_branch(e, positive);
	dt_put(e, divide(op, t, u, by));
	if (negate)
		dt_put(e, dt_insn_neg((uint8_t)t));
	dt_land_branch(e, end);
}

/* t = t / u by magnitudes and signs; INT64_MIN / -1 comes out as INT64_MIN. */
static void put_sdiv(struct dt_emit *e, int t, int u)
{
	enum { DIVIDEND_POSITIVE, ONE_NEGATIVE, NONE_NEGATIVE, END };
	uint8_t T = (uint8_t)t, U = (uint8_t)u;
	struct bpf_insn code[] = {
		dt_insn_jmpi(BPF_JSGE, T, 0, DIVIDEND_POSITIVE),
		dt_insn_neg(T),
		dt_insn_jmpi(BPF_JSGE, U, 0, ONE_NEGATIVE),
		dt_insn_neg(U),
		dt_insn_alu(BPF_DIV, T, U),
		dt_insn_ja(END),
		dt_insn_label(DIVIDEND_POSITIVE),
		dt_insn_jmpi(BPF_JSGE, U, 0, NONE_NEGATIVE),
		dt_insn_neg(U),
		dt_insn_label(ONE_NEGATIVE),
		dt_insn_alu(BPF_DIV, T, U),
		dt_insn_neg(T),
		dt_insn_ja(END),
		dt_insn_label(NONE_NEGATIVE),
		dt_insn_alu(BPF_DIV, T, U),
		dt_insn_label(END),
	};
	uint32_t n = dt_insn_link(code, ARRAY_SIZE(code));

	for (uint32_t k = 0; k < n; k++)
		dt_put(e, code[k]);
}

void dt_emit_signed_div(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int32_t by = const_divisor(i);
	uint32_t positive;
	int t, u = 0;

	if (!by) {
		u = dt_operand_temp(e);
		if (i->b)
			dt_operand_load(e, i->b, u);
		else
			dt_put_const(e, u, i->imm);
	}
	t = dt_operand_target(e);
	dt_operand_load(e, i->a, t);
	if (i->op == DT_IR_SMOD) {
		if (!by) {
			positive = dt_put_branch(e, dt_insn_jmpi(BPF_JSGE, (uint8_t)u, 0, 0));
			dt_put(e, dt_insn_neg((uint8_t)u));
			dt_land_branch(e, positive);
		}
		put_div_magnitude(e, BPF_MOD, t, u, by, false);
	} else if (by) {
		put_div_magnitude(e, BPF_DIV, t, u, by, i->imm < 0);
	} else {
		put_sdiv(e, t, u);
	}
	dt_operand_store(e, t);
}
