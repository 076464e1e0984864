/* SPDX-License-Identifier: MIT */
/*
 * The state of one dt_check_program(), and of the clause that it checks.  program.c creates it;
 * every function of the room and the hooks of built-ins (builtin/) receive it.  Errors leave
 * through c->compile, with the place of the node that is wrong.
 *
 * A file of check/ uses those below it only:
 *
 *	program                   the items of a program, the probes of a clause
 *	stmt  split  agg  decl    statements, declarations
 *	expr                      expressions, by kind
 *	names  call               names and calls in expressions
 *	member  ops               members, operators
 *	xlate                     inlines and translators
 *	type  args  choose        types as written; the types of args[]; known conditions
 *	convert  fold  fits       conversions, constants, ranges of values
 *	node                      nodes of the typed tree
 *	lookup  symtab            what a name stands for
 *
 * Expressions also occur below expr.c: a type has constants in it, a translator has members.  They
 * are checked by dt_check_any(), which calls expr.c through the context.
 *
 * A "value" is an expression that can be an operand: an array has become a pointer.  dt_check_any()
 * returns arrays, structures and translated objects as they are; dt_check_value() makes values of
 * them.
 */
#ifndef DT_CHECK_CONTEXT_H
#define DT_CHECK_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/attr.h"
#include "base/fail.h"
#include "base/table.h"
#include "check/check.h"
#include "check/tree.h"
#include "contract/builtin.h"
#include "lang/ast.h"
#include "probe/probe.h"
#include "types/types.h"

/* The parameters of the inline or translator that is being expanded. */
struct dt_frame {
	const char **names;
	struct dt_expr **values;
	uint32_t n;
};

struct dt_check {
	struct dt_compile *compile;
	struct dt_arena *arena; /* of the compile */
	const struct dt_check_opts *opts;
	struct dt_types *types;
	struct dt_symtab *tab;
	/* dt_expr_check(), see dt_check_any() */
	struct dt_expr *(*expr)(struct dt_check *c, const struct dt_ast_expr *ast);
	struct dt_table specs; /* const struct dt_ast_spec * -> its type: a body is defined once */
	const struct dt_type *open_enum; /* whose body is being read: its enumerators so far hold */
	struct dt_attr attr;             /* of the statement so far */
	uint32_t nhidden;                /* > 0: what is used has no part in attr (stability.h) */
	struct dt_frame *frame;          /* NULL: no parameters */
	/* Names of variables and aggregations, with their kind in front, in clauses that failed:
	 * what is wrong with them elsewhere may be a consequence.  No values. */
	struct dt_table doubtful;
	uint32_t nexpansions; /* of inlines and of members of translators so far */

	/* Of the clause that is being checked. */
	struct dt_tclause *clause;        /* NULL: outside of clauses */
	const struct dt_ast_pdesc *pdesc; /* the description that its probes match */
	struct dt_probe *probe; /* one of those with the same args[]; NULL: none matches (-Z) */
	struct dt_args sig;     /* types of args[], valid when sig_known */
	bool sig_known;
	uint32_t args_used; /* bit n: args[n] was used, and the clause depends on its type */
	bool later_group;   /* the clause is already checked for other types of args[] */
	bool unevaluated;   /* inside sizeof */
	uint32_t ordinal;   /* of the last action */
	bool seen_drec, seen_commit, seen_spec; /* see stmt.c */
	bool in_arguments; /* of an action, which says first what is wrong with them */
	const struct dt_expr *misplaced; /* an action among them; NULL: none */
};

/* Checks any expression. The result need not be a value. */
static inline struct dt_expr *dt_check_any(struct dt_check *c, const struct dt_ast_expr *ast)
{
	return c->expr(c, ast);
}

#endif
