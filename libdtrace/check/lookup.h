/* SPDX-License-Identifier: MIT */
/* What a name stands for, and which names are close to it. */
#ifndef DT_CHECK_LOOKUP_H
#define DT_CHECK_LOOKUP_H

#include "base/near.h"
#include "check/tree.h"
#include "contract/builtin.h"

struct dt_check;
struct dt_inline;

/* All return NULL when there is none of that name. */
struct dt_var *dt_check_var(struct dt_check *c, enum dt_scope scope, const char *name);
const struct dt_builtin *dt_check_builtin(struct dt_check *c, const char *name,
					  enum dt_builtin_kind kind);
/* An inline, also of a D library, which is compiled then. */
struct dt_inline *dt_check_inline(struct dt_check *c, const char *name);
bool dt_check_use_library(struct dt_check *c, const char *name); /* check.h */
/* The value of a parameter of the inline or translator that is being expanded. */
struct dt_expr *dt_check_param(struct dt_check *c, const char *name);

struct dt_var *dt_check_new_var(struct dt_check *c, enum dt_scope scope, const char *name,
				const struct dt_type *type, const struct dt_loc *loc);
const char *dt_check_var_name(struct dt_check *c, enum dt_scope scope,
			      const char *name); /* "self->x" */
/* Fails when the built-in is refused on Linux, or has no code in this version. */
void dt_check_available(struct dt_check *c, const struct dt_builtin *row, const struct dt_loc *loc);

/* Hints for dt_fail_hint(): the closest name that exists; NULL: there is none. */
const char *dt_check_hint_var(struct dt_check *c, enum dt_scope scope, const char *name);
const char *dt_check_hint_func(struct dt_check *c, const char *name);
const char *dt_check_hint_other(struct dt_check *c, enum dt_names which, const char *name,
				const char *prefix); /* of the suggestion: "`" */
void dt_check_offer(const char *name, void *near);   /* dt_types_name_fn; a struct dt_near */

#endif
