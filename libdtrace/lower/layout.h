/* SPDX-License-Identifier: MIT */
/*
 * The layout stages of a plan, in their order, before any code is written: where variables, keys
 * and records lie in the kernel.  The results are dt_var.rep (struct dt_var_rep), struct
 * dt_agg_plan and the items of struct dt_clause_plan.
 */
#ifndef DT_LOWER_LAYOUT_H
#define DT_LOWER_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>
#include "contract/record.h"
#include "ir/ir.h"

struct dt_ir_func;
struct dt_plan;

void dt_layout_variables(struct dt_plan *plan); /* layout_var.c */
void dt_layout_aggs(struct dt_plan *plan);      /* layout_agg.c */
void dt_layout_records(struct dt_plan *plan);   /* layout_record.c */

enum dt_where { DT_IN_GLOBALS, DT_IN_TLS, DT_IN_SLOT, DT_IN_REG, DT_IN_HASH };

/* One key in the block of memory that the kernel compares. */
struct dt_keyfield {
	const struct dt_type *type;
	enum dt_enc enc;
	uint32_t off, size;
};

/* A hash in which one or several associative arrays have their elements. */
struct dt_array_store {
	uint32_t map, key_size, value_size;
};

/* Where a variable lives: dt_var.rep. */
struct dt_var_rep {
	enum dt_where where;
	uint32_t off, size;                 /* bytes */
	const struct dt_array_store *store; /* HASH */
	struct dt_keyfield *keys;
	uint32_t nkeys, key_size; /* of its own key */
	uint32_t tag;    /* HASH: the key's last 8 bytes where the store is shared; 0: it is not */
	bool per_thread; /* HASH: the key begins with the thread */
	uint32_t nclauses; /* source clauses that use it */
	bool in_long;      /* a clause that is cut uses it */
	const void *last_clause;
	dt_vreg reg; /* REG: in the function in hand */
	const struct dt_ir_func *reg_owner;
};

#endif
