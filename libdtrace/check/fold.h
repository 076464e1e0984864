/* SPDX-License-Identifier: MIT */
/* Constant folding. */
#ifndef DT_CHECK_FOLD_H
#define DT_CHECK_FOLD_H

#include <stdbool.h>
#include <stdint.h>
#include "check/tree.h"

struct dt_check;

/* E, or the constant that it is equal to. Fails on a constant division by zero. */
struct dt_expr *dt_check_fold(struct dt_check *c, struct dt_expr *e);
bool dt_check_is_true(const struct dt_expr *e, bool *truth);      /* a constant condition? */
bool dt_check_const_arg(const struct dt_expr *e, int64_t *value); /* an integer constant? */

#endif
