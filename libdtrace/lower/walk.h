/* SPDX-License-Identifier: MIT */
/*
 * Walks over the typed tree of a clause, for the stages that collect something before the code is
 * written.
 */
#ifndef DT_LOWER_WALK_H
#define DT_LOWER_WALK_H

#include "check/tree.h"

/* Calls FN for every expression below the clause, statements' and keys' included, parents first. */
typedef void (*dt_walk_fn)(void *arg, const struct dt_expr *e);
void dt_walk_clause(const struct dt_tclause *c, dt_walk_fn fn, void *arg);
void dt_walk_stmts(struct dt_stmt *const *stmts, uint32_t n,
		   void (*fn)(void *arg, struct dt_stmt *s), void *arg);

#endif
