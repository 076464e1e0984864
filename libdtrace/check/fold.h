/* SPDX-License-Identifier: MIT */
/* Constants: what is known now is computed now. */
#ifndef DT_CHECK_FOLD_H
#define DT_CHECK_FOLD_H

#include <stdbool.h>
#include <stdint.h>
#include "check/tree.h"

struct dt_check;

/* E, or the constant that it is; D_DIV_ZERO. */
struct dt_expr *dt_check_fold(struct dt_check *c, struct dt_expr *e);
bool dt_check_is_true(const struct dt_expr *e, bool *truth);      /* a constant condition? */
bool dt_check_const_arg(const struct dt_expr *e, int64_t *value); /* an integer constant? */

#endif
