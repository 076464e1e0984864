/* SPDX-License-Identifier: MIT */
/* Statements of a clause. */
#ifndef DT_CHECK_STMT_H
#define DT_CHECK_STMT_H

#include <stdint.h>
#include "check/tree.h"
#include "lang/ast.h"

struct dt_check;

void dt_check_stmts(struct dt_check *c, const struct dt_ast_block *block, struct dt_stmt ***out,
		    uint32_t *n);
struct dt_expr *dt_check_predicate(struct dt_check *c, const struct dt_ast_expr *ast);

/* split.c: adds a clause to the program, as several clauses if it has an `if` that records. */
void dt_check_split(struct dt_check *c, struct dt_tprog *prog, struct dt_tclause *t);

#endif
