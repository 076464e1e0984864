/* SPDX-License-Identifier: MIT */
/*
 * Operands of the instruction in hand: where the register allocator has put them, and how they get
 * into a BPF register.
 *
 * An operand in memory, or one that is rematerialised, gets a temporary for this instruction: r0
 * first, then a register that nobody lives in, then one that is saved around the instruction.
 * Where a result's register is also an operand's, the result is computed in a temporary.
 */
#include <assert.h>
#include "ir/emitter.h"

/* ---- places ---- */

struct dt_ra_place *dt_operand_place(const struct dt_emit *e, dt_vreg v)
{
	return &e->ra->place[v];
}

static const struct dt_ir_insn *remat_of(const struct dt_emit *e, dt_vreg v)
{
	int32_t i = dt_operand_place(e, v)->remat;

	return i < 0 ? NULL : &e->f->code.data[i];
}

bool dt_operand_in_memory(const struct dt_emit *e, dt_vreg v)
{
	return v && dt_operand_place(e, v)->reg < 0;
}

void dt_put_remat(struct dt_emit *e, const struct dt_ir_insn *def, int reg)
{
	struct dt_bpf_reloc reloc = { .insn = dt_put_position(e), .map = (uint32_t)def->imm };

	switch (def->op) {
	case DT_IR_CONST: dt_put_const(e, reg, def->imm); return;
	case DT_IR_STACK:
		dt_put(e, dt_insn_mov((uint8_t)reg, FP));
		dt_put(e, dt_insn_alui(BPF_ADD, (uint8_t)reg, e->f->objects.data[def->imm].off));
		return;
	case DT_IR_FUNC:
		dt_put_fnref(e, (struct dt_ir_fnref){ .func = (uint32_t)def->imm });
		dt_put_imm64(e, reg, BPF_PSEUDO_FUNC, 0);
		return;
	case DT_IR_MAPVAL:
		reloc.kind = DT_BPF_RELOC_VALUE;
		reloc.off = (uint32_t)def->off;
		break;
	case DT_IR_MAP: reloc.kind = DT_BPF_RELOC_MAP; break;
	default: DT_IR_BAD_OP();
	}
	dt_vec_push_arena(e->u->arena, &e->out->relocs, reloc);
	dt_put_imm64(e, reg,
		     reloc.kind == DT_BPF_RELOC_MAP ? BPF_PSEUDO_MAP_FD : BPF_PSEUDO_MAP_VALUE, 0);
}

void dt_operand_load(struct dt_emit *e, dt_vreg v, int reg)
{
	const struct dt_ra_place *p = dt_operand_place(e, v);

	if (p->reg >= 0)
		dt_put_mov(e, reg, p->reg);
	else if (p->remat >= 0)
		dt_put_remat(e, remat_of(e, v), reg);
	else
		dt_put(e, dt_insn_ldx(BPF_DW, (uint8_t)reg, FP, (int16_t)p->slot));
}

/* ---- temporaries ---- */

/* Registers of this instruction's operands and result. */
static unsigned own_registers(const struct dt_emit *e)
{
	unsigned mask = 0;

#define MARK(v) ((v) && dt_operand_place(e, v)->reg >= 0 ? 1u << dt_operand_place(e, v)->reg : 0)
	DT_IR_EACH_USE((struct dt_ir_insn *)e->insn, v, mask |= MARK(*v));
	if (dt_ir_shape(e->insn->op) & DT_IRS_D)
		mask |= MARK(e->insn->dst);
#undef MARK
	return mask;
}

/* A register that is free at this instruction, or -1. */
static int find_free(const struct dt_emit *e)
{
	unsigned taken = own_registers(e) | e->temps;

	for (int r = 1; r < 10; r++)
		if (!(taken & 1u << r) && e->live_end[r] < 2 * e->at)
			return r;
	return -1;
}

int dt_operand_temp(struct dt_emit *e)
{
	unsigned taken = own_registers(e) | e->temps;
	int r = 0;

	if (e->temps & 1) {
		r = find_free(e);
		if (r < 0) {
			for (r = 1; taken & 1u << r; r++)
				;
			assert(r < 10 && e->nsaved < ARRAY_SIZE(e->saved));
			e->saved[e->nsaved].reg = (uint8_t)r;
			e->saved[e->nsaved].slot = -(int32_t)(e->ra->frame + 8 * (e->nsaved + 1));
			dt_put(e, dt_insn_stx(BPF_DW, FP, (int16_t)e->saved[e->nsaved].slot,
					      (uint8_t)r));
			e->nsaved++;
			e->max_saved = DT_MAX(e->max_saved, e->nsaved);
		}
	}
	e->temps |= 1u << r;
	return r;
}

void dt_operand_release(struct dt_emit *e)
{
	while (e->nsaved) {
		e->nsaved--;
		dt_put(e, dt_insn_ldx(BPF_DW, e->saved[e->nsaved].reg, FP,
				      (int16_t)e->saved[e->nsaved].slot));
	}
	e->temps = 0;
}

int dt_operand_source(struct dt_emit *e, dt_vreg v)
{
	int r = dt_operand_place(e, v)->reg;

	if (r < 0) {
		r = dt_operand_temp(e);
		dt_operand_load(e, v, r);
	}
	return r;
}

int dt_operand_target(struct dt_emit *e)
{
	int r = dt_operand_place(e, e->insn->dst)->reg;

	return r >= 0 ? r : dt_operand_temp(e);
}

void dt_operand_store(struct dt_emit *e, int reg)
{
	const struct dt_ra_place *p = dt_operand_place(e, e->insn->dst);

	if (p->reg >= 0)
		dt_put_mov(e, p->reg, reg);
	else if (p->remat < 0 && p->nuses)
		dt_put(e, dt_insn_stx(BPF_DW, FP, (int16_t)p->slot, (uint8_t)reg));
}

struct dt_address dt_operand_address(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn, *def = remat_of(e, i->a);
	int64_t off = i->off;
	int r = FP;

	if (def && def->op == DT_IR_STACK && dt_operand_place(e, i->a)->reg < 0)
		off += e->f->objects.data[def->imm].off;
	else
		r = dt_operand_source(e, i->a);
	if (off != (int16_t)off) {
		int t = dt_operand_temp(e);

		dt_put_mov(e, t, r);
		dt_put(e, dt_insn_alui(BPF_ADD, (uint8_t)t, (int32_t)off));
		r = t;
		off = 0;
	}
	return (struct dt_address){ .reg = (uint8_t)r, .off = (int16_t)off };
}
