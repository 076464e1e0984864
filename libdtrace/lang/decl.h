/* SPDX-License-Identifier: MIT */
/* What decl.c (C's declarations) shares with defs.c (translators, providers) and program.c. */
#ifndef DT_LANG_DECL_H
#define DT_LANG_DECL_H

#include "lang/parse.h"

enum dt_declarator_form {
	DT_DECLARATOR_NAMED,    /* has a name */
	DT_DECLARATOR_ABSTRACT, /* has none */
	DT_DECLARATOR_ANY,
};

struct dt_ast_spec *dt_decl_spec(struct dt_parser *ps, enum dt_ast_class *class);
/* NAME and LOC, its place, may be NULL. */
const struct dt_ast_deriv *dt_decl_declarator(struct dt_parser *ps, enum dt_declarator_form form,
					      const char **name, struct dt_loc *loc);
/* ( params ) */
const struct dt_ast_param *dt_decl_params(struct dt_parser *ps, size_t *n);

/* The items of a program that are declarations. */
struct dt_ast_decl *dt_decl_plain(struct dt_parser *ps);
struct dt_ast_inline *dt_decl_inline(struct dt_parser *ps);
struct dt_ast_xlator *dt_decl_xlator(struct dt_parser *ps);
struct dt_ast_provider *dt_decl_provider(struct dt_parser *ps);

#endif
