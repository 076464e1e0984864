/* SPDX-License-Identifier: MIT */
/* Members of structures, unions and translated objects. */
#ifndef DT_CHECK_MEMBER_H
#define DT_CHECK_MEMBER_H

#include <stdbool.h>
#include "check/tree.h"

struct dt_check;

/* BASE.NAME or, with ARROW, BASE->NAME. */
struct dt_expr *dt_check_member(struct dt_check *c, struct dt_expr *base, const char *name,
				bool arrow, const struct dt_loc *loc);

/* Fails, where an operator or offsetof looks for a member that SOU does not have. */
_Noreturn void dt_check_no_member(struct dt_check *c, const struct dt_type *sou, const char *name,
				  const struct dt_loc *loc, const char *op);

#endif
