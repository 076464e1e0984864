/* SPDX-License-Identifier: MIT */
/* Types as they are written in a program or in the prototype of a built-in. */
#ifndef DT_CHECK_TYPE_H
#define DT_CHECK_TYPE_H

#include "lang/ast.h"
#include "types/types.h"

struct dt_check;

const struct dt_type *dt_check_spec(struct dt_check *c, const struct dt_ast_spec *spec);
const struct dt_type *dt_check_derive(struct dt_check *c, const struct dt_type *base,
				      const struct dt_ast_deriv *d);
const struct dt_type *dt_check_typename(struct dt_check *c, const struct dt_ast_type *type);
/* "uint64_t", "stack"; NULL: unknown */
const struct dt_type *dt_check_typetext(struct dt_check *c, const char *text);
/* From text such as "psinfo_t *", of a D library.  NULL: no library defines it. */
const struct dt_type *dt_check_library_type(struct dt_check *c, const char *text);
/* Hints for dt_fail_hint(), or NULL: the member with the closest name; the tag that was meant by
 * one that has no definition. */
const char *dt_check_hint_member(struct dt_check *c, const struct dt_type *sou, const char *name);
const char *dt_check_hint_tagged(struct dt_check *c, const char *name); /* "struct NAME" */
const char *dt_check_hint_incomplete(struct dt_check *c, const struct dt_type *t);

#endif
