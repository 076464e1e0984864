/* SPDX-License-Identifier: MIT */
/* Names in expressions, and the left side of assignments. */
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
/* FOR_ADDRESS: the operand of &, which needs no type. */
struct dt_expr *dt_check_sym(struct dt_check *c, const struct dt_ast_expr *ast, bool for_address);
/* The left side of an assignment; a variable that does not exist is created. VALUE gives it its
 * type; NULL (for ++ and +=): int64_t. */
struct dt_expr *dt_check_target(struct dt_check *c, const struct dt_ast_expr *ast,
				const struct dt_expr *value);

/* Is AST a name that can be a variable's, and of which scope? */
bool dt_check_names_var(const struct dt_ast_expr *ast, enum dt_scope *scope);

#endif
