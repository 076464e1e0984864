/* SPDX-License-Identifier: MIT */
/*
 * From IR with places (regalloc.c) to BPF instructions, one function at a time.  This file walks
 * the function and appends instructions.  The row of each operation (DT_IR_OPS) names its emitter,
 * which stands in emit_value.c, emit_memory.c, emit_jump.c or emit_call.c.  link.c calls
 * dt_ir_emit() for each function of a unit.
 */
#include <assert.h>
#include "ir/emitter.h"

/* ---- appending ---- */

uint32_t dt_put_position(const struct dt_emit *e)
{
	return (uint32_t)e->out->insns.n;
}

void dt_put(struct dt_emit *e, struct bpf_insn insn)
{
	dt_vec_push_arena(e->u->arena, &e->out->insns, insn);
	e->reachable = true;
}

void dt_put_imm64(struct dt_emit *e, int dst, int src, uint64_t imm)
{
	const struct bpf_insn pair[] = { DT_INSN_IMM64((uint8_t)dst, (uint8_t)src, imm) };

	dt_put(e, pair[0]);
	dt_put(e, pair[1]);
}

void dt_put_mov(struct dt_emit *e, int dst, int src)
{
	if (dst != src)
		dt_put(e, dt_insn_mov((uint8_t)dst, (uint8_t)src));
}

void dt_put_const(struct dt_emit *e, int dst, int64_t v)
{
	if (dt_ir_fits32(v))
		dt_put(e, dt_insn_movi((uint8_t)dst, (int32_t)v));
	else if (!(v >> 32))
		dt_put(e, dt_insn_alu32i(BPF_MOV, (uint8_t)dst, (int32_t)v));
	else
		dt_put_imm64(e, dst, 0, (uint64_t)v);
}

void dt_put_fnref(struct dt_emit *e, bool runtime, uint32_t func)
{
	struct dt_ir_fnref ref = { .insn = dt_put_position(e), .runtime = runtime, .func = func };

	dt_vec_push_arena(e->u->arena, &e->out->fnrefs, ref);
}

/* ---- the function ---- */

static void emit_op(struct dt_emit *e)
{
	static void (*const emitters[])(struct dt_emit * e) = {
#define X(name, mnemonic, shape, emitter) [DT_IR_##name] = dt_emit_##emitter,
		DT_IR_OPS(X)
#undef X
	};

	assert(e->insn->op < DT_IR_NOPS);
	emitters[e->insn->op](e);
}

static void emit_one(struct dt_emit *e, uint32_t at)
{
	const struct dt_ir_insn *i = &e->f->code.data[at];
	const struct dt_ra_place *p;

	e->insn = i;
	e->at = at;
	emit_op(e);
	if (e->reachable)
		dt_operand_release(e);
	if (!(dt_ir_shape(i->op) & DT_IRS_D) || !i->dst)
		return;
	p = dt_operand_place(e, i->dst);
	if (p->reg >= 0 && p->start == 2 * at + 1)
		e->live_end[p->reg] = p->end;
}

void dt_ir_emit(struct dt_ir_unit *u, struct dt_ir_func *f, struct dt_ra *ra,
		struct dt_emit_out *out)
{
	struct dt_emit e = { .u = u, .f = f, .ra = ra, .out = out, .reachable = true };

	e.last_island = dt_put_position(&e);
	e.label_fix = dt_arena_new_array(u->arena, uint32_t, f->nlabels + 1);
	for (uint32_t i = 0; i < f->code.n; i++) {
		if (dt_put_position(&e) - e.last_island > DT_EMIT_ISLAND_DISTANCE)
			dt_put_island(&e);
		emit_one(&e, i);
	}
	f->frame = ra->frame + 8 * e.max_saved;
	if (f->stack_max && f->frame > f->stack_max)
		dt_ir_too_complex(u, f);
}
