/* SPDX-License-Identifier: MIT */
/*
 * The inside of the symbol table, which the programs of one handle share. check.h has what other
 * rooms may ask.
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

/* An inline. Its body is checked again at each use. */
struct dt_inline {
	const char *name;
	const struct dt_ast_inline *ast;
	struct dt_loc loc;
	bool busy; /* is being expanded: it may not refer to itself */
	/* Answers about its body: 1 yes, -1 no, 0 not asked yet. */
	int8_t is_constant;   /* choose.c */
	int8_t mentions_args; /* args.c */
};

/* A translator. Its types are looked up at its first use, so that a library that is not used
 * reads no BTF. */
struct dt_xlator {
	const struct dt_ast_xlator *ast;
	const struct dt_type *out, *in; /* NULL: not resolved yet */
	struct dt_loc loc;
	unsigned depth;          /* of nested expansions */
	struct dt_table members; /* name -> struct dt_ast_xmember; empty: not made yet */
};

/* `extern TYPE NAME;`: the type of a variable of the kernel that BTF does not know. */
struct dt_extern {
	const char *name;
	const struct dt_type *type;
};

/* #pragma D attributes: NAME, or "PROVIDER:part"; #pragma D binding: "binding NAME". */
struct dt_named_attr {
	const char *name;
	struct dt_attr attr;
	uint32_t version;
};

struct dt_symtab {
	struct dt_arena *arena;
	struct dt_table vars[3]; /* by scope: name -> struct dt_var * */
	struct dt_table aggs, inlines, providers, externs, attrs;
	DT_VEC(struct dt_var *) var_list[3];
	DT_VEC(struct dt_agg *) agg_list;
	DT_VEC(struct dt_inline *) inline_list;
	DT_VEC(struct dt_xlator *) xlators;
	DT_VEC(const struct dt_ast_provider *) provider_list;
	DT_VEC(struct dt_extern *) extern_list;
	DT_VEC(struct dt_named_attr *) attr_list;
};

struct dt_inline *dt_symtab_inline(const struct dt_symtab *tab, const char *name);

/* Ends what an error has left undone: expansions. */
void dt_symtab_settle(struct dt_symtab *tab);

/* All return false when out of memory. */
bool dt_symtab_add_var(struct dt_symtab *tab, struct dt_var *var);
bool dt_symtab_add_agg(struct dt_symtab *tab, struct dt_agg *agg);
bool dt_symtab_add_inline(struct dt_symtab *tab, struct dt_inline *in);
bool dt_symtab_add_xlator(struct dt_symtab *tab, struct dt_xlator *x);
bool dt_symtab_add_provider(struct dt_symtab *tab, const struct dt_ast_provider *p);
bool dt_symtab_add_extern(struct dt_symtab *tab, struct dt_extern *e);
bool dt_symtab_add_attr(struct dt_symtab *tab, struct dt_named_attr *a);

#endif
