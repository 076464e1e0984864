/* SPDX-License-Identifier: MIT */
/* Declarations: variables, typedefs, providers. */
#ifndef DT_CHECK_DECL_H
#define DT_CHECK_DECL_H

#include "lang/ast.h"

struct dt_check;

void dt_check_decl(struct dt_check *c, const struct dt_ast_decl *decl);
void dt_check_provider_decl(struct dt_check *c, const struct dt_ast_provider *p);

#endif
