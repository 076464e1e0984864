/* SPDX-License-Identifier: MIT */
/*
 * Variables: loads and assignments, called by expr.c.  E is the VAR or ELEM that is loaded, or the
 * assignment to one.
 */
#ifndef DT_LOWER_VAR_H
#define DT_LOWER_VAR_H

#include "check/tree.h"
#include "lower/context.h"
#include "lower/layout.h"

struct dt_val dt_cg_var_load(struct dt_cg *cg, const struct dt_expr *e);
struct dt_val dt_cg_assign(struct dt_cg *cg, const struct dt_expr *e);
struct dt_val dt_cg_opassign(struct dt_cg *cg, const struct dt_expr *e);
struct dt_val dt_cg_incdec(struct dt_cg *cg, const struct dt_expr *e);
/* Where a structure's or array's bytes lie in a variable, made when it is not there; tested for
 * NULL. */
struct dt_mem dt_cg_var_storage(struct dt_cg *cg, const struct dt_expr *e);
/* The register of a DT_IN_REG variable in the function in hand.  The first call gives it its zero:
 * point.c makes it for all of them before any branch. */
dt_vreg dt_cg_var_reg(struct dt_cg *cg, struct dt_var_rep *rep);

#endif
