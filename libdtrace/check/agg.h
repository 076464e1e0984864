/* SPDX-License-Identifier: MIT */
/* Aggregations in statements, and as arguments of actions. */
#ifndef DT_CHECK_AGG_H
#define DT_CHECK_AGG_H

#include <stdint.h>
#include "check/tree.h"
#include "lang/ast.h"

struct dt_check;

/* @name[keys] = func(args). Creates the aggregation, or checks that function and keys are those
 * of its first statement. */
void dt_check_agg_stmt(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *assign);
/* An argument that must be an aggregation. TAG_ARG: it is something else; TAG_BAD: there is no
 * such aggregation. */
struct dt_agg *dt_check_agg_arg(struct dt_check *c, const struct dt_ast_expr *arg, const char *func,
				uint32_t n, const char *tag_arg, const char *tag_bad);

#endif
