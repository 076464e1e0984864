/* SPDX-License-Identifier: MIT */
/*
 * Inside the symbol table: what the programs of one handle share, with all that check/ alone asks
 * of it.  check.h has what other rooms may.
 */
#ifndef DT_CHECK_SYMTAB_H
#define DT_CHECK_SYMTAB_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/table.h"
#include "base/vec.h"
#include "check/check.h"
#include "check/tree.h"
#include "lang/ast.h"

/* Its body is checked anew at each use. */
struct dt_inline {
	const char *name;
	const struct dt_ast_inline *ast;
	struct dt_loc loc;
	bool busy; /* its body is being expanded: it may not refer to itself */
	/* Answers about its body: 1 yes, -1 no, 0 not asked yet. */
	int8_t is_constant;   /* choose.c */
	int8_t mentions_args; /* args.c */
};

/* A translator, by its output type.  The types are looked up when it is first used, so that a
 * library reads no BTF. */
struct dt_xlator {
	const struct dt_ast_xlator *ast;
	const struct dt_type *out, *in; /* NULL: not resolved yet */
	struct dt_loc loc;
	unsigned depth; /* of expansions inside each other */
};

struct dt_symtab {
	struct dt_arena *arena;
	struct dt_table vars[3]; /* by scope: name -> struct dt_var * */
	struct dt_table aggs, inlines, providers;
	DT_VEC(struct dt_var *) var_list[3];
	DT_VEC(struct dt_agg *) agg_list;
	DT_VEC(struct dt_inline *) inline_list;
	DT_VEC(struct dt_xlator *) xlators;
	DT_VEC(const struct dt_ast_provider *) provider_list;
};

struct dt_inline *dt_symtab_inline(const struct dt_symtab *tab, const char *name);

/* false: out of memory */
bool dt_symtab_add_var(struct dt_symtab *tab, struct dt_var *var);
bool dt_symtab_add_agg(struct dt_symtab *tab, struct dt_agg *agg);
bool dt_symtab_add_inline(struct dt_symtab *tab, struct dt_inline *in);
bool dt_symtab_add_xlator(struct dt_symtab *tab, struct dt_xlator *x);
bool dt_symtab_add_provider(struct dt_symtab *tab, const struct dt_ast_provider *p);

#endif
