/* SPDX-License-Identifier: MIT */
/* Operators on operands that are checked already: result type, conversions, folding. */
#ifndef DT_CHECK_OPS_H
#define DT_CHECK_OPS_H

#include "check/tree.h"
#include "lang/ast.h"

struct dt_check;

struct dt_expr *dt_check_binary(struct dt_check *c, enum dt_op op, struct dt_expr *l,
				struct dt_expr *r, const struct dt_loc *loc);
struct dt_expr *dt_check_unary(struct dt_check *c, enum dt_op op, struct dt_expr *e,
			       const struct dt_loc *loc);
struct dt_expr *dt_check_cond(struct dt_check *c, struct dt_expr *cond, struct dt_expr *yes,
			      struct dt_expr *no, const struct dt_loc *loc);
struct dt_expr *dt_check_assign(struct dt_check *c, struct dt_expr *l, struct dt_expr *r,
				const struct dt_loc *loc);
struct dt_expr *dt_check_opassign(struct dt_check *c, enum dt_op op, struct dt_expr *l,
				  struct dt_expr *r, const struct dt_loc *loc);

#endif
