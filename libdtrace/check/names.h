/* SPDX-License-Identifier: MIT */
/* Names in expressions, and what assignments assign to. */
#ifndef DT_CHECK_NAMES_H
#define DT_CHECK_NAMES_H

#include <stdbool.h>
#include "check/tree.h"
#include "lang/ast.h"

struct dt_check;

struct dt_expr *dt_check_ident(struct dt_check *c, const struct dt_ast_expr *ast);
/* self->x, this->x */
struct dt_expr *dt_check_scoped(struct dt_check *c, const struct dt_ast_expr *ast);
struct dt_expr *dt_check_index(struct dt_check *c, const struct dt_ast_expr *ast);
/* FOR_ADDRESS: & stands before it, so that it needs no type. */
struct dt_expr *dt_check_sym(struct dt_check *c, const struct dt_ast_expr *ast, bool for_address);
/*
 * What an assignment assigns to, made when it is new; VALUE gives a new variable its type.  NULL: a
 * number, for ++ and += of what was not there before, as D has it.
 */
struct dt_expr *dt_check_target(struct dt_check *c, const struct dt_ast_expr *ast,
				const struct dt_expr *value);

#endif
