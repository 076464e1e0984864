/* SPDX-License-Identifier: MIT */
/*
 * The items of records, for the `items` hook of an action: what the action puts into the record of
 * its clause, before any code is written.  layout_record.c calls the hooks; without one, each
 * argument is an item of its type.
 */
#ifndef DT_LOWER_ITEMS_H
#define DT_LOWER_ITEMS_H

#include "check/tree.h"
#include "contract/record.h"

struct dt_layout;
struct dt_plan;

/* A new item of illumos' SIZE bytes; koff is assigned for KSIZE bytes of the fixed part. */
struct dt_rec_item *dt_layout_item(struct dt_layout *l, const struct dt_stmt *s, uint16_t action,
				   uint32_t size, uint32_t align, enum dt_enc enc, uint32_t ksize);
struct dt_rec_item *dt_layout_expr(struct dt_layout *l, const struct dt_stmt *s, uint16_t action,
				   const struct dt_expr *e);
struct dt_plan *dt_layout_plan(struct dt_layout *l);

#endif
