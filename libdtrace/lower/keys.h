/* SPDX-License-Identifier: MIT */
/*
 * Keys as one block of memory, which the kernel compares byte by byte.  var.c uses it for elements
 * of associative arrays, aggregate.c for keys of aggregations.
 */
#ifndef DT_LOWER_KEYS_H
#define DT_LOWER_KEYS_H

#include "check/tree.h"
#include "lower/context.h"
#include "lower/layout.h"

/* FIRST, LAST: bytes at the front and at the end that the caller fills. */
struct dt_mem dt_cg_keys(struct dt_cg *cg, const struct dt_keyfield *fields,
			 struct dt_expr *const *exprs, uint32_t n, uint32_t key_size,
			 uint32_t first, uint32_t last);

#endif
