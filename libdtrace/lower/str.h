/* SPDX-License-Identifier: MIT */
/*
 * Strings (struct dt_str): places for them, copies, comparison.  expr.c and var.c use it, and the
 * hooks of built-ins that take or return strings.
 */
#ifndef DT_LOWER_STR_H
#define DT_LOWER_STR_H

#include "lower/context.h"

/* CAP of runtime functions (runtime.h) for a string of strsize. */
uint32_t dt_cg_text_cap(const struct dt_cg *cg);
struct dt_str dt_cg_str_const(struct dt_cg *cg, const char *text);
/* A fresh place of CAP bytes in the scratch slot, or the one that the hook's caller wishes for
 * (cg->dest). */
struct dt_str dt_cg_str_place(struct dt_cg *cg, uint32_t cap);
/* The same text as MEM: constants and addresses are copied into scratch.  Faults where the address
 * is bad. */
struct dt_str dt_cg_str_mem(struct dt_cg *cg, struct dt_str s);
/* Copies to DEST.  Returns DEST with its size. */
struct dt_str dt_cg_str_copy(struct dt_cg *cg, struct dt_str s, const struct dt_str *dest);
/* A MEM string in the scratch slot itself (runtime functions take offsets into it).  Returns its
 * offset. */
uint32_t dt_cg_str_slot(struct dt_cg *cg, struct dt_str s, uint32_t *cap);
/* Comparison: <0, 0, >0 in a register; with ONLY_EQ merely zero or not. */
dt_vreg dt_cg_str_compare(struct dt_cg *cg, struct dt_str a, struct dt_str b, bool only_eq);

#endif
