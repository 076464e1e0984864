/* SPDX-License-Identifier: MIT */
/* What the families of aggregating functions share: hooks and parts of hooks (agg_number.c). */
#ifndef DT_BUILTIN_AGG_H
#define DT_BUILTIN_AGG_H

#include <stdbool.h>
#include <stdint.h>
#include "contract/builtin.h"

/* A `check` hook: there is one argument, the value. */
void dt_agg_check_one(struct dt_check *c, struct dt_stmt *s, struct dt_expr **args, uint32_t nargs);
/* Argument #1 becomes s->value, a 64-bit number. */
void dt_agg_check_value(struct dt_check *c, struct dt_stmt *s, struct dt_expr *arg);
/* Argument number N is the weight of a distribution's value: s->incr. */
void dt_agg_check_weight(struct dt_check *c, struct dt_stmt *s, struct dt_expr *arg, uint32_t n);

/* Code: the word at PTR + OFF becomes the larger of itself and V, unsigned. */
void dt_agg_keep_larger(struct dt_cg *cg, uint32_t ptr, int32_t off, uint32_t v, bool atomic);
/* The `merge` hook of words that are kept so. */
void dt_agg_merge_larger(uint64_t *into, const uint64_t *from, uint32_t nwords);

#endif
