/* SPDX-License-Identifier: MIT */
/* Clauses that match no probe. */
#ifndef DT_CHECK_UNMATCHED_H
#define DT_CHECK_UNMATCHED_H

#include "lang/ast.h"

struct dt_check;

/* The clause as far as it declares something and does not depend on args[], in the arena. */
const struct dt_ast_clause *dt_check_without_args(struct dt_check *c,
						  const struct dt_ast_clause *clause);

#endif
