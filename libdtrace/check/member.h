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

#endif
