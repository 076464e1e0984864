/* SPDX-License-Identifier: MIT */
/* Calls of built-ins: prototypes, arguments, formats. */
#ifndef DT_CHECK_CALL_H
#define DT_CHECK_CALL_H

#include <stdint.h>
#include "check/tree.h"
#include "contract/builtin.h"
#include "lang/ast.h"

struct dt_check;

struct dt_expr *dt_check_call(struct dt_check *c, const struct dt_ast_expr *ast);
/* Checks arguments against the prototype of ROW, "string(const char *, [int])": their number
 * (D_PROTO_LEN) and types (D_PROTO_ARG). Converts them in place. Returns the type of the result. */
const struct dt_type *dt_check_proto(struct dt_check *c, const struct dt_builtin *row,
				     const struct dt_loc *loc, struct dt_expr **args,
				     uint32_t nargs);
/* "f( ) argument #n is incompatible with prototype: ..." */
_Noreturn void dt_check_bad_arg(struct dt_check *c, const struct dt_loc *loc, const char *func,
				uint32_t n, const char *want, const struct dt_type *got);
/* D_CG_EXPR: CALL is of an action, in an expression. */
_Noreturn void dt_check_misplaced(struct dt_check *c, const struct dt_expr *call);
/* D_PROTO_LEN unless MIN <= GOT <= MAX. */
void dt_check_nargs(struct dt_check *c, const struct dt_loc *loc, const char *func, uint32_t got,
		    uint32_t min, uint32_t max);
/* Actions with a format: the first argument is the format, a literal; the others become s->args,
 * checked against it. */
void dt_check_printflike(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call);

#endif
