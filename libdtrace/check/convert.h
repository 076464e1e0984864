/* SPDX-License-Identifier: MIT */
/* Conversions between types, values and addresses. See context.h for what a value is. */
#ifndef DT_CHECK_CONVERT_H
#define DT_CHECK_CONVERT_H

#include <stdbool.h>
#include <stdint.h>
#include "check/tree.h"

struct dt_ast_expr;
struct dt_check;

struct dt_expr *dt_check_value(struct dt_check *c, struct dt_expr *e);
/* Checks an expression and makes a value of it. */
struct dt_expr *dt_check_expr(struct dt_check *c, const struct dt_ast_expr *ast);
/* Checks key number N of WHAT ("aggregation"): text becomes a string; stacks and symbols, which
 * actions return, stay as they are. */
struct dt_expr *dt_check_key(struct dt_check *c, const struct dt_ast_expr *ast, const char *what,
			     uint32_t n);
/* Checks a constant expression. false: it is not an integer constant. */
bool dt_check_const(struct dt_check *c, const struct dt_ast_expr *ast, int64_t *value);
/* A value for comparisons and conditions; a translated pointer stands for what it was translated
 * from (args[0] != NULL). */
struct dt_expr *dt_check_operand(struct dt_check *c, struct dt_expr *e);
bool dt_check_has_truth(const struct dt_expr *e); /* can it be a condition? */
bool dt_check_is_lvalue(const struct dt_expr *e);

/* Converts E to TYPE without asking whether D allows it: a CAST node, a constant, or E itself
 * when nothing changes. */
struct dt_expr *dt_check_cast(struct dt_check *c, struct dt_expr *e, const struct dt_type *type);
/* any kind of text to STRING */
struct dt_expr *dt_check_to_string(struct dt_check *c, struct dt_expr *e);
struct dt_expr *dt_check_chars(struct dt_check *c, struct dt_expr *e); /* STRING to char * */
/* Converts E as an assignment to DST does; NULL where D has no such conversion. E may be an
 * array or a structure. */
struct dt_expr *dt_check_convert(struct dt_check *c, struct dt_expr *e, const struct dt_type *dst);

/* *(TYPE *)(addr + offset). With an array type it is the array, and dt_check_value() makes its
 * address of it. */
struct dt_expr *dt_check_deref(struct dt_check *c, struct dt_expr *addr, int64_t offset,
			       const struct dt_type *type, const struct dt_loc *loc);
/* The address, of type TYPE, of a structure or an array in memory or in a variable. */
struct dt_expr *dt_check_address(struct dt_check *c, struct dt_expr *e, const struct dt_type *type);

#endif
