/* SPDX-License-Identifier: MIT */
/* Inlines and translators. */
#ifndef DT_CHECK_XLATE_H
#define DT_CHECK_XLATE_H

#include <stdbool.h>
#include <stddef.h>
#include "check/tree.h"
#include "lang/ast.h"

struct dt_check;
struct dt_inline;

void dt_check_inline_decl(struct dt_check *c, const struct dt_ast_inline *in);
void dt_check_xlator_decl(struct dt_check *c, const struct dt_ast_xlator *x);

struct dt_expr *dt_check_expand(struct dt_check *c, struct dt_inline *in,
				const struct dt_ast_expr *const *keys, size_t nkeys,
				const struct dt_loc *loc);

bool dt_check_has_xlator(struct dt_check *c, const struct dt_type *to, const struct dt_type *from);
struct dt_expr *dt_check_xlate(struct dt_check *c, const struct dt_type *to, struct dt_expr *input,
			       const struct dt_loc *loc);
struct dt_expr *dt_check_xlate_member(struct dt_check *c, struct dt_expr *xlate, const char *name,
				      const struct dt_loc *loc);
/* TO = XLATE, member by member. */
struct dt_expr *dt_check_xlate_assign(struct dt_check *c, struct dt_expr *to, struct dt_expr *xlate,
				      const struct dt_loc *loc);

#endif
