/* SPDX-License-Identifier: MIT */
/* Conditions that are known at compile time. */
#ifndef DT_CHECK_CHOOSE_H
#define DT_CHECK_CHOOSE_H

#include <stdbool.h>
#include "lang/ast.h"

struct dt_check;

/* Literals, inline constants and operators without effect alone? */
bool dt_check_is_constant(struct dt_check *c, const struct dt_ast_expr *ast);
/* Is it known whether AST is true?  Of && and || the left side may decide alone. */
bool dt_check_known_truth(struct dt_check *c, const struct dt_ast_expr *ast, bool *truth);

#endif
