/* SPDX-License-Identifier: MIT */
/*
 * The statements of a clause: stmt.c hands each one to the file or the row of its kind.  point.c
 * calls it between the beginning and the sending of the clause's record.
 */
#ifndef DT_LOWER_STMT_H
#define DT_LOWER_STMT_H

#include "check/tree.h"
#include "lower/context.h"

void dt_cg_stmt(struct dt_cg *cg, struct dt_stmt *s);
void dt_cg_stmts(struct dt_cg *cg, struct dt_stmt *const *stmts, uint32_t n);

#endif
