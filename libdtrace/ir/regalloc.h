/* SPDX-License-Identifier: MIT */
/*
 * Register allocation (regalloc.c): a place for each virtual register of a function, and the layout
 * of its stack.  link.c calls it; the emitter reads the result.
 */
#ifndef DT_IR_REGALLOC_H
#define DT_IR_REGALLOC_H

#include "ir/ir.h"

/* Where a virtual register lives.  Positions: instruction i reads at 2i and writes at 2i+1. */
struct dt_ra_place {
	int8_t reg;   /* 0..9; -1: in memory or rematerialised */
	int8_t hint;  /* the preferred register, or -1 */
	int32_t slot; /* offset from the frame pointer of its spill slot; 0: none */
	uint32_t start, end, nuses, ndefs;
	uint32_t nreg_uses; /* uses that need it in a register */
	int32_t remat;      /* index of its one definition when that is dt_ir_is_remat(), or -1 */
};

struct dt_ra {
	struct dt_ra_place *place; /* by virtual register */
	uint32_t frame;            /* bytes of stack: objects and spills */
};

void dt_ir_allocate(struct dt_ir_unit *u, struct dt_ir_func *f, struct dt_ra *ra);

/* The function does not fit its stack: fails with D_CG_EXPR. */
_Noreturn void dt_ir_too_complex(struct dt_ir_unit *u, const struct dt_ir_func *f);

#endif
