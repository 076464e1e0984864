/* SPDX-License-Identifier: MIT */
/*
 * What the layout stages share: how a string travels, how large a key is, where the next field of a
 * structure lies.  expr.c asks dt_string_enc() too.
 */
#ifndef DT_LOWER_LAYOUT_KEY_H
#define DT_LOWER_LAYOUT_KEY_H

#include <stdbool.h>
#include <stdint.h>
#include "check/tree.h"
#include "contract/record.h"

struct dt_plan;

/* How a string expression travels: ID when all it can be is a constant, FIXSTR with *FIX, else STR.
 */
enum dt_enc dt_string_enc(const struct dt_expr *e, uint32_t *fix);
/* Of a cast of a string: the bytes of the place that it is cut to; 0: it is not. */
uint32_t dt_string_limit(const struct dt_expr *e);

/* What all uses of a key have in common so far. */
struct dt_key_use {
	bool seen;
	enum dt_enc enc;
	uint32_t fix;
};

void dt_key_meet(struct dt_key_use *u, const struct dt_expr *e); /* one more use */
/* Bytes and encoding of a key of type T. */
uint32_t dt_key_size(struct dt_plan *plan, const struct dt_type *t, const struct dt_key_use *use,
		     enum dt_enc *enc);
/* The next field of SIZE bytes in a structure that ends at *TOP so far. */
uint32_t dt_layout_place(uint32_t *top, uint32_t size);
uint32_t dt_layout_map_flags(const struct dt_plan *plan); /* of hashes that D's keys fill */

#endif
