/* SPDX-License-Identifier: MIT */
/*
 * Expressions.  dt_cg_num() gives a number in a register, dt_cg_str() says where a string is,
 * dt_cg_expr() gives either.
 *
 * A string is not moved without need: constants stay numbers until their bytes are asked for, and
 * whoever knows where a text is to end up passes that place down (dt_cg_str_into()), so that the
 * hook writes it there at once.
 */
#ifndef DT_LOWER_EXPR_H
#define DT_LOWER_EXPR_H

#include "check/tree.h"
#include "lower/context.h"

struct dt_val dt_cg_expr(struct dt_cg *cg, const struct dt_expr *e);
dt_vreg dt_cg_num(struct dt_cg *cg, const struct dt_expr *e);
struct dt_str dt_cg_str(struct dt_cg *cg, const struct dt_expr *e);
/* The string is at DEST afterwards (a MEM with cap), NUL-terminated; the result has the size when
 * it is known. */
struct dt_str dt_cg_str_into(struct dt_cg *cg, const struct dt_expr *e, const struct dt_str *dest);
void dt_cg_effect(struct dt_cg *cg, const struct dt_expr *e); /* value not wanted */
/* Jump to TO when E is false (zero, NULL).  Behind the branch leave the cache (dt_cg_leave) to the
 * result: what every way there has read. */
size_t dt_cg_jump_false(struct dt_cg *cg, const struct dt_expr *e, dt_label to);
/* The kernel address of an lvalue in memory (DEREF, ADDROF), as a number. */
dt_vreg dt_cg_addr(struct dt_cg *cg, const struct dt_expr *e);
struct dt_val dt_cg_memory(struct dt_cg *cg, const struct dt_expr *e); /* the same, as an object */
/* Operation on two numbers of type T with a result of type T: shared by expressions and
 * op-assignments. */
dt_vreg dt_cg_arith(struct dt_cg *cg, enum dt_eop op, const struct dt_type *t, dt_vreg a,
		    dt_vreg b);
/* The number as TYPE holds it: its low bytes, extended by its sign. */
dt_vreg dt_cg_cut(struct dt_cg *cg, dt_vreg v, const struct dt_type *type);
/* Bits FIRST to FIRST + N - 1 of V as a number, extended by the sign. */
dt_vreg dt_cg_bits(struct dt_cg *cg, dt_vreg v, unsigned first, unsigned n, bool is_signed);
/* The width of loads and stores of a number of type T. */
unsigned dt_cg_type_width(struct dt_cg *cg, const struct dt_type *t);

#endif
