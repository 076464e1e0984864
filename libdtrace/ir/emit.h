/* SPDX-License-Identifier: MIT */
/*
 * Emission (emit.c): a function with its places becomes BPF instructions at the end of a unit's.
 * What only the linker knows is left open, as relocations of maps and references to functions.
 */
#ifndef DT_IR_EMIT_H
#define DT_IR_EMIT_H

#include "bpf/bpf.h"
#include "ir/compile.h"
#include "ir/ir.h"
#include "ir/regalloc.h"

/* An instruction whose distance to a function is filled in when all functions are placed. */
struct dt_ir_fnref {
	uint32_t insn;
	bool runtime; /* FUNC is of runtime/runtime.h, not of the unit */
	uint32_t func;
	uint32_t cap; /* runtime: the constant that it is called with (runtime.h), or 0 */
};

struct dt_emit_out {
	DT_VEC(struct bpf_insn) insns;
	DT_VEC(struct dt_bpf_reloc) relocs;
	DT_VEC(struct dt_ir_fnref) fnrefs;
	DT_VEC(struct dt_code_origin) origins;
};

/* What follows in OUT stands for ORIGIN. */
void dt_emit_origin(struct dt_arena *arena, struct dt_emit_out *out,
		    const struct dt_ir_origin *origin);

void dt_ir_emit(struct dt_ir_unit *u, struct dt_ir_func *f, struct dt_ra *ra,
		struct dt_emit_out *out);

#endif
