/* SPDX-License-Identifier: MIT */
/* The statements of a clause. */
#ifndef DT_LOWER_STMT_H
#define DT_LOWER_STMT_H

#include "check/tree.h"
#include "lower/context.h"

void dt_cg_stmts(struct dt_cg *cg, struct dt_stmt *const *stmts, uint32_t n);

#endif
