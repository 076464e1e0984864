/* SPDX-License-Identifier: MIT */
/*
 * The entry of expression checking. program.c puts it into the context; files below call it through
 * dt_check_any().
 */
#ifndef DT_CHECK_EXPR_H
#define DT_CHECK_EXPR_H

struct dt_ast_expr;
struct dt_check;
struct dt_expr;

struct dt_expr *dt_expr_check(struct dt_check *c, const struct dt_ast_expr *ast);

#endif
