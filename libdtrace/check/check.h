/* SPDX-License-Identifier: MIT */
/*
 * The door of check/: AST in (lang/ast.h), typed tree out (tree.h).  api/ calls it inside a compile
 * (dt_compile_run): what is wrong leaves by dt_fail() with D's tag, the place and the message.  The
 * typed tree lies in the compile's arena, which the program owns from then on; what outlives
 * programs (variables, aggregations, inlines, translators) is in a symbol table that the handle
 * owns.
 *
 *	struct dt_check_mark mark = dt_check_mark(&opts);
 *	dt_types_guard(opts.types, &compile);
 *	ok = dt_compile_run(&compile, body, arg);    the body calls dt_parse(), dt_check_program()
 *	dt_types_guard(opts.types, NULL);
 *	if (!ok)
 *		dt_check_rollback(&opts, &mark);
 *
 * Inlines and translators point into the AST: an arena whose program defined some must live as
 * long as the table.
 */
#ifndef DT_CHECK_CHECK_H
#define DT_CHECK_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/attr.h"
#include "base/fail.h"
#include "base/near.h"
#include "base/vec.h"
#include "check/tree.h"
#include "lang/ast.h"

struct dt_builtins;
struct dt_pdesc;
struct dt_probe;
struct dt_probes;
struct dt_strbuf;
struct dt_types;

/* ---- the symbol table ---- */

struct dt_symtab; /* one per handle */

struct dt_symtab *dt_symtab_new(void); /* NULL: out of memory */
void dt_symtab_free(struct dt_symtab *tab);

/* What other rooms ask for, by id. NULL: there is no such id. */
struct dt_var *dt_symtab_var(const struct dt_symtab *tab, enum dt_scope scope, uint32_t id);
uint32_t dt_symtab_nvars(const struct dt_symtab *tab, enum dt_scope scope);
struct dt_agg *dt_symtab_agg(const struct dt_symtab *tab, int64_t id); /* ids are 1..naggs */
uint32_t dt_symtab_naggs(const struct dt_symtab *tab);
struct dt_agg *dt_symtab_agg_by_name(const struct dt_symtab *tab, const char *name);

/* A `provider` declaration of the programs so far; NULL: there is none of that name. */
const struct dt_ast_provider *dt_symtab_provider(const struct dt_symtab *tab, const char *name);
/* Number I in the order of declaration; NULL behind the last. */
const struct dt_ast_provider *dt_symtab_provider_at(const struct dt_symtab *tab, size_t i);

/* ---- checking ---- */

struct dt_check_opts {
	struct dt_types *types;
	struct dt_probes *probes;
	const struct dt_builtins *builtins;
	struct dt_symtab *symtab;
	const struct dt_attr *amin; /* -x amin; NULL: anything will do */
	uint32_t version;           /* -x version: of D, whose later names are not known; 0: none */
	bool zdefs;                 /* -Z: a description may match nothing */
	/* bodies of inlines and translators are checked at their first use; types are completed
	 * then */
	bool is_library;
	bool decls_only; /* clauses are skipped (-h) */
	bool unready;    /* accept built-ins without code: for tests of the checker */
	/* The address of a kernel symbol; MODULE NULL: in any. NULL callback or false: there is
	 * none. */
	bool (*symbol)(void *arg, const char *module, const char *name, uint64_t *addr);
	/* Declares what the D library that defines NAME has.  true: it did, in this call; COMPILE
	 * fails if the library does not compile.  NULL callback: there are no libraries. */
	bool (*library)(void *arg, struct dt_compile *compile, const char *name);
	/* #pragma D depends_on KIND NAME: is it there? NULL callback: everything is. */
	bool (*depends)(void *arg, struct dt_compile *compile, const char *kind, const char *name);
	dt_names_fn *names; /* for suggestions; NULL: only what this room knows */
	void *arg;          /* of the callbacks */
};

struct dt_check_mark {
	size_t nvars[3], naggs, ninlines, nxlators, nproviders, nexterns, nattrs, types;
};
struct dt_check_mark dt_check_mark(const struct dt_check_opts *opts);
void dt_check_rollback(const struct dt_check_opts *opts, const struct dt_check_mark *mark);

struct dt_tprog *dt_check_program(struct dt_compile *compile, const struct dt_check_opts *opts,
				  const struct dt_ast_program *ast);
/* A single expression, outside of any clause. */
struct dt_expr *dt_check_expression(struct dt_compile *compile, const struct dt_check_opts *opts,
				    const struct dt_ast_expr *expr);

/* stability.c: of a description that PROBE (NULL: none) matches, and of the probe's arguments.
 * Pragmas of the programs so far count. */
struct dt_attr dt_check_desc_attr(const struct dt_symtab *tab, const struct dt_pdesc *desc,
				  const struct dt_probe *probe);
struct dt_attr dt_check_args_attr(const struct dt_symtab *tab, const struct dt_probe *probe);

/* The typed tree as text, one statement per line, for -xtree and the tests. */
void dt_tree_dump(struct dt_strbuf *out, const struct dt_tprog *prog);
void dt_tree_dump_clause(struct dt_strbuf *out, const struct dt_tclause *clause);
void dt_tree_dump_expr(struct dt_strbuf *out, const struct dt_expr *expr);

#endif
