/* SPDX-License-Identifier: MIT */
/* Aggregations in statements. */
#ifndef DT_CHECK_AGG_H
#define DT_CHECK_AGG_H

#include <stdint.h>
#include "check/tree.h"
#include "lang/ast.h"

struct dt_check;

/* @name[keys] = func(args); the aggregation is made when it is new, its function and keys compared
 * when not. */
void dt_check_agg_stmt(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *assign);
/* A call's argument that has to be an aggregation: TAG_ARG when it is none, TAG_BAD when it is not
 * defined. */
struct dt_agg *dt_check_agg_arg(struct dt_check *c, const struct dt_ast_expr *arg, const char *func,
				uint32_t n, const char *tag_arg, const char *tag_bad);

#endif
