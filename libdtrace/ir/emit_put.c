/* SPDX-License-Identifier: MIT */
/*
 * Appending instructions to the unit's code, for the other files of the emitter.
 */
#include "ir/emitter.h"

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

void dt_put_fnref(struct dt_emit *e, struct dt_ir_fnref ref)
{
	ref.insn = dt_put_position(e);
	dt_vec_push_arena(e->u->arena, &e->out->fnrefs, ref);
}
