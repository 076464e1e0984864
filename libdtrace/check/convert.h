/* SPDX-License-Identifier: MIT */
/* Conversions between types; values (context.h has the word) and addresses. */
#ifndef DT_CHECK_CONVERT_H
#define DT_CHECK_CONVERT_H

#include <stdbool.h>
#include <stdint.h>
#include "check/tree.h"

struct dt_ast_expr;
struct dt_check;

struct dt_expr *dt_check_value(struct dt_check *c, struct dt_expr *e);
/* An expression as a value. */
struct dt_expr *dt_check_expr(struct dt_check *c, const struct dt_ast_expr *ast);
/* A constant expression; *VALUE is its number.  false: it is none (or no integer). */
bool dt_check_const(struct dt_check *c, const struct dt_ast_expr *ast, int64_t *value);
/* To be compared, or asked for its truth: of a translated pointer what it was translated from
 * (args[0] != NULL). */
struct dt_expr *dt_check_operand(struct dt_check *c, struct dt_expr *e);
bool dt_check_has_truth(const struct dt_expr *e); /* may it be asked for its truth? */
bool dt_check_is_lvalue(const struct dt_expr *e);

/* E to TYPE by a CAST node; folded when E is a constant, E itself when nothing changes.  No rule is
 * asked. */
struct dt_expr *dt_check_cast(struct dt_check *c, struct dt_expr *e, const struct dt_type *type);
struct dt_expr *dt_check_to_string(struct dt_check *c, struct dt_expr *e); /* any text to STRING */
struct dt_expr *dt_check_chars(struct dt_check *c, struct dt_expr *e); /* STRING to its address */
/*
 * E as assignment to DST converts it (integers, pointers, text), or NULL where D does not.  E may
 * be an array or a structure.
 */
struct dt_expr *dt_check_convert(struct dt_check *c, struct dt_expr *e, const struct dt_type *dst);

/* *(TYPE *)(addr + offset); array types give the array, which dt_check_value() turns into its
 * address. */
struct dt_expr *dt_check_deref(struct dt_check *c, struct dt_expr *addr, int64_t offset,
			       const struct dt_type *type, const struct dt_loc *loc);
/* The address of a structure or an array, wherever it is; TYPE is the pointer's. */
struct dt_expr *dt_check_address(struct dt_check *c, struct dt_expr *e, const struct dt_type *type);

#endif
