/* SPDX-License-Identifier: MIT */
/*
 * From IR with places (regalloc.c) to BPF instructions, one function at a time.  This file walks
 * the function.  The row of each operation (DT_IR_OPS) names its emitter, which stands in
 * emit_value.c, emit_memory.c, emit_jump.c or emit_call.c.  link.c calls dt_ir_emit() for each
 * function of a unit.
 */
#include <assert.h>
#include "ir/emitter.h"

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

void dt_emit_origin(struct dt_arena *arena, struct dt_emit_out *out,
		    const struct dt_ir_origin *origin)
{
	struct dt_code_origin row = { (uint32_t)out->insns.n, origin };

	dt_vec_push_arena(arena, &out->origins, row);
}

static void emit_one(struct dt_emit *e, uint32_t at)
{
	const struct dt_ir_insn *i = &e->f->code.data[at];
	const struct dt_ra_place *p;

	e->insn = i;
	e->at = at;
	if (i->origin && i->origin != e->origin) {
		e->origin = i->origin;
		dt_emit_origin(e->u->arena, e->out, e->origin);
	}
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
	dt_emit_origin(u->arena, out, NULL);
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
