/* SPDX-License-Identifier: MIT */
/*
 * Labels and jumps, and the comparisons that end in a jump or a truth value.
 *
 * All jumps go forward: a jump is emitted without its distance and remembered with its label, and
 * placing the label fills the distance in.  Jumps reach 32767 instructions, so every
 * DT_EMIT_ISLAND_DISTANCE instructions the labels that are still ahead get a jump of their own, in
 * an island to which the earlier jumps are led.
 */
#include <assert.h>
#include "ir/emitter.h"

static void add_fixup(struct dt_emit *e, dt_label label, uint32_t insn)
{
	struct dt_fixup fix = { .insn = insn, .next = e->label_fix[label] };

	dt_vec_push_arena(e->u->arena, &e->fixups, fix);
	e->label_fix[label] = (uint32_t)e->fixups.n;
}

static void land(struct dt_emit *e, dt_label label)
{
	for (uint32_t n = e->label_fix[label]; n; n = e->fixups.data[n - 1].next) {
		uint32_t insn = e->fixups.data[n - 1].insn,
			 distance = dt_put_position(e) - insn - 1;

		if (distance > INT16_MAX)
			dt_ir_too_complex(e->u, e->f);
		e->out->insns.data[insn].off = (int16_t)distance;
		e->reachable = true;
	}
	e->label_fix[label] = 0;
}

static void put_jump(struct dt_emit *e, struct bpf_insn insn, dt_label label)
{
	add_fixup(e, label, dt_put_position(e));
	dt_put(e, insn);
}

uint32_t dt_put_branch(struct dt_emit *e, struct bpf_insn insn)
{
	dt_put(e, insn);
	return dt_put_position(e) - 1;
}

void dt_land_branch(struct dt_emit *e, uint32_t branch)
{
	e->out->insns.data[branch].off = (int16_t)(dt_put_position(e) - branch - 1);
	e->reachable = true;
}

void dt_put_island(struct dt_emit *e)
{
	bool skip = e->reachable;
	uint32_t over = 0;

	e->last_island = dt_put_position(e);
	if (skip)
		over = dt_put_branch(e, dt_insn_ja(0));
	for (dt_label l = 1; l <= e->f->nlabels; l++) {
		if (!e->label_fix[l])
			continue;
		land(e, l);
		put_jump(e, dt_insn_ja(0), l);
	}
	e->reachable = false;
	if (skip)
		dt_land_branch(e, over);
}

/* ---- comparisons ---- */

static uint8_t bpf_condition(enum dt_ir_op op)
{
	switch (op) {
	case DT_IR_JEQ: return BPF_JEQ;
	case DT_IR_JNE: return BPF_JNE;
	case DT_IR_JLT: return BPF_JSLT;
	case DT_IR_JLE: return BPF_JSLE;
	case DT_IR_JGT: return BPF_JSGT;
	case DT_IR_JGE: return BPF_JSGE;
	case DT_IR_JULT: return BPF_JLT;
	case DT_IR_JULE: return BPF_JLE;
	case DT_IR_JUGT: return BPF_JGT;
	case DT_IR_JUGE: return BPF_JGE;
	case DT_IR_JSET: return BPF_JSET;
	default: DT_IR_BAD_OP();
	}
}

/* A jump that is taken when the operands, in registers A and B or immediate, compare so. */
static struct bpf_insn compare(struct dt_emit *e, enum dt_ir_op jump, int a, int b)
{
	uint8_t cond = bpf_condition(jump);

	return e->insn->b ? dt_insn_jmp(cond, (uint8_t)a, (uint8_t)b, 0)
			  : dt_insn_jmpi(cond, (uint8_t)a, (int32_t)e->insn->imm, 0);
}

/* if (a cmp b) goto label */
void dt_emit_jcc(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int a = dt_operand_source(e, i->a), b = i->b ? dt_operand_source(e, i->b) : 0;
	uint32_t taken, end;

	if (!e->nsaved) {
		put_jump(e, compare(e, i->op, a, b), i->label);
		return;
	}
	/* A register has to be restored on both paths: the outcome waits in r0, which holds A until
	 * then. */
	assert(a == 0);
	taken = dt_put_branch(e, compare(e, i->op, a, b));
	dt_put(e, dt_insn_movi(0, 0));
	end = dt_put_branch(e, dt_insn_ja(0));
	dt_land_branch(e, taken);
	dt_put(e, dt_insn_movi(0, 1));
	dt_land_branch(e, end);
	dt_operand_release(e);
	put_jump(e, dt_insn_jmpi(BPF_JNE, 0, 0, 0), i->label);
}

/* t = 1; if (!(a cmp b)) t = 0 */
void dt_emit_setcc(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int a = dt_operand_source(e, i->a);
	int b = i->b ? dt_operand_source(e, i->b) : -1;
	int t = dt_operand_target(e);
	uint32_t holds;

	if (t == a || t == b)
		t = dt_operand_temp(e);
	dt_put(e, dt_insn_movi((uint8_t)t, 1));
	holds = dt_put_branch(e, compare(e, dt_ir_set_to_jump(i->op), a, b));
	dt_put(e, dt_insn_movi((uint8_t)t, 0));
	dt_land_branch(e, holds);
	dt_operand_store(e, t);
}

/* ---- control ---- */

void dt_emit_jmp(struct dt_emit *e)
{
	put_jump(e, dt_insn_ja(0), e->insn->label);
	e->reachable = false;
}

void dt_emit_label(struct dt_emit *e)
{
	land(e, e->insn->label);
}

void dt_emit_ret(struct dt_emit *e)
{
	dt_operand_load(e, e->insn->a, 0);
	dt_put(e, dt_insn_exit());
	e->reachable = false;
}
