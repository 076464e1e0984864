/* SPDX-License-Identifier: MIT */
/*
 * The optimiser: IR in, less IR out.  dt_ir_compile() (link.c) calls dt_ir_inline() for the whole
 * unit, then dt_ir_optimise() for each function that is reached.
 */
#ifndef DT_IR_OPT_H
#define DT_IR_OPT_H

#include "ir/ir.h"

void dt_ir_inline(struct dt_ir_unit *u); /* inline.c: main's only clause into main */
void dt_ir_optimise(struct dt_ir_unit *u, struct dt_ir_func *f); /* opt.c: all passes below */
void dt_ir_localise(struct dt_ir_unit *u, struct dt_ir_func *f); /* local.c */
void dt_ir_sweep(struct dt_ir_unit *u, struct dt_ir_func *f);    /* local.c */

#endif
