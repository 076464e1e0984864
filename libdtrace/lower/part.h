/* SPDX-License-Identifier: MIT */
/*
 * Assignments to a part of a variable, a member of a structure or an element of an array, and to
 * the program's own memory.  var.c calls it where the left side is not a whole variable.
 */
#ifndef DT_LOWER_PART_H
#define DT_LOWER_PART_H

#include "check/tree.h"
#include "lower/context.h"

struct dt_val dt_cg_part_assign(struct dt_cg *cg, const struct dt_expr *e);
struct dt_val dt_cg_part_opassign(struct dt_cg *cg, const struct dt_expr *e);
struct dt_val dt_cg_part_incdec(struct dt_cg *cg, const struct dt_expr *e);

#endif
