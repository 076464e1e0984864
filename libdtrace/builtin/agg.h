/* SPDX-License-Identifier: MIT */
/* What the files of aggregating functions share: the rows' hooks that stand in several of them. */
#ifndef DT_BUILTIN_AGG_H
#define DT_BUILTIN_AGG_H

#include <stdint.h>
#include "contract/builtin.h"

/* The distributions' rows (agg_quantize.c); agg.c lists them. */
extern const struct dt_aggfunc dt_aggfunc_quantize, dt_aggfunc_lquantize, dt_aggfunc_llquantize;

/* Argument #1 becomes s->value, a 64-bit number. */
void dt_agg_check_value(struct dt_check *c, struct dt_stmt *s, const char *func,
			struct dt_expr *arg);
/* The weight of a distribution's value, argument number N. */
void dt_agg_check_weight(struct dt_check *c, struct dt_stmt *s, const char *func,
			 struct dt_expr *arg, uint32_t n);

#endif
