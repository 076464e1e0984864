/* SPDX-License-Identifier: MIT */
/* The types of args[], and whether a piece of AST refers to them. */
#ifndef DT_CHECK_ARGS_H
#define DT_CHECK_ARGS_H

#include <stdbool.h>
#include <stdint.h>
#include "lang/ast.h"
#include "probe/probe.h"

struct dt_check;

/* args[N] of the clause's probe; NULL: there are fewer (c->sig.n). From now on the clause
 * depends on its type. */
const struct dt_arg *dt_check_arg(struct dt_check *c, int64_t n);
/* All args[] of a probe; none when their types cannot be read. */
void dt_check_probe_args(struct dt_probe *probe, struct dt_args *sig);
/* Are those the same types, as far as the clause uses them? USED: see dt_check.args_used. */
bool dt_check_same_args(const struct dt_args *a, const struct dt_args *b, uint32_t used);

/* Does AST mention args[], or another indexed built-in? */
bool dt_check_mentions_args(struct dt_check *c, const struct dt_ast_expr *ast);

#endif
