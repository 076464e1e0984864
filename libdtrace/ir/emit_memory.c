/* SPDX-License-Identifier: MIT */
/*
 * Loads, stores and atomic operations on memory that the verifier knows.  The address is a
 * register, or the frame pointer for a stack object, plus an offset.
 */
#include "ir/emitter.h"

static uint8_t bpf_size(unsigned width)
{
	return width == 1 ? BPF_B : width == 2 ? BPF_H : width == 4 ? BPF_W : BPF_DW;
}

void dt_emit_ld(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	struct dt_address a = dt_operand_address(e);
	int t = dt_operand_place(e, i->dst)->reg >= 0
			? dt_operand_place(e, i->dst)->reg
			: 0; /* r0 may be the address: it is read first */

	dt_put(e, dt_insn_ldx(bpf_size(i->width), (uint8_t)t, a.reg, a.off));
	dt_operand_store(e, t);
}

void dt_emit_st(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	struct dt_address a = dt_operand_address(e);

	if (i->b)
		dt_put(e, dt_insn_stx(bpf_size(i->width), a.reg, a.off,
				      (uint8_t)dt_operand_source(e, i->b)));
	else
		dt_put(e, dt_insn_st(bpf_size(i->width), a.reg, a.off, (int32_t)i->imm));
}

void dt_emit_xadd(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	struct dt_address a = dt_operand_address(e);
	int b;

	if (i->b) {
		b = dt_operand_source(e, i->b);
	} else {
		b = dt_operand_temp(e);
		dt_put_const(e, b, i->imm);
	}
	dt_put(e, dt_insn_atomic(bpf_size(i->width), BPF_ADD, a.reg, a.off, (uint8_t)b));
}

/* The register with the operand gets the old value. */
void dt_emit_fetch(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	struct dt_address a = dt_operand_address(e);
	int t = dt_operand_target(e);

	if (t == a.reg)
		t = dt_operand_temp(e);
	if (i->b)
		dt_operand_load(e, i->b, t);
	else
		dt_put_const(e, t, i->imm);
	dt_put(e, dt_insn_atomic(bpf_size(i->width),
				 i->op == DT_IR_XCHG ? BPF_XCHG : BPF_ADD | BPF_FETCH, a.reg, a.off,
				 (uint8_t)t));
	dt_operand_store(e, t);
}

/* r0 holds the expected value and gets the old one. */
void dt_emit_cas(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	struct dt_address a;
	int b;

	e->temps |= 1;
	a = dt_operand_address(e);
	if (i->b) {
		b = dt_operand_source(e, i->b);
	} else {
		b = dt_operand_temp(e);
		dt_put_const(e, b, i->imm);
	}
	dt_operand_load(e, i->c, 0);
	dt_put(e, dt_insn_atomic(bpf_size(i->width), BPF_CMPXCHG, a.reg, a.off, (uint8_t)b));
	dt_operand_store(e, 0);
}
