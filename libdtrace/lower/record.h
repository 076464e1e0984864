/* SPDX-License-Identifier: MIT */
/*
 * The record of a clause: begun before its statements run, filled item by item, sent at the end.
 * The items are what layout_record.c made of the clause (items.h); an `emit_stmt` hook fills those
 * of its statement.
 */
#ifndef DT_LOWER_RECORD_H
#define DT_LOWER_RECORD_H

#include "check/tree.h"
#include "contract/record.h"
#include "lower/context.h"

/* ---- for emit_stmt hooks ---- */
/* The items of statement S, in order. */
struct dt_rec_item *dt_cg_items(struct dt_cg *cg, const struct dt_stmt *s, uint32_t *n);
void dt_cg_item_num(struct dt_cg *cg, const struct dt_rec_item *item, dt_vreg value);
void dt_cg_item_str(struct dt_cg *cg, const struct dt_rec_item *item, const struct dt_expr *e);
void dt_cg_item_expr(struct dt_cg *cg, const struct dt_rec_item *item, const struct dt_expr *e);
/* A place of tail_max bytes for the item's tail; SIZE: the bytes used (bounded by it). */
struct dt_mem dt_cg_item_tail(struct dt_cg *cg, const struct dt_rec_item *item);
void dt_cg_item_tail_size(struct dt_cg *cg, const struct dt_rec_item *item, dt_vreg size);

/* ---- for point.c ---- */
void dt_cg_record_begin(struct dt_cg *cg);
void dt_cg_record_emit(struct dt_cg *cg);
void dt_cg_record_move(struct dt_cg *cg, dt_vreg slot); /* CG is another function: a piece */

#endif
