/* SPDX-License-Identifier: MIT */
/*
 * The state of one dt_check_program() and of the clause it is at.  program.c makes it, all files of
 * the room and the rows of built-ins (builtin/) are handed it; everything that fails leaves through
 * c->compile, with the place of the node that is wrong.
 *
 * Files of check/ know those below them and no others:
 *
 *	program                          items, probes of a clause
 *	stmt split agg decl              statements, declarations
 *	expr                             the kinds of expressions
 *	names call                       names and calls in expressions
 *	member ops                       members, operators
 *	xlate                            inlines and translators
 *	type args                        types as written; args[]
 *	convert fold node                conversions, constants, nodes
 *	lookup symtab near               what names stand for
 *
 * Types have constants in them, calls have arguments, translators have members: what needs an
 * expression from below expr.c has it checked by dt_check_any(), which calls what program.c gave.
 *
 * Words: a "value" is an expression that can be an operand: arrays have become pointers, bit-fields
 * their promoted type.  What dt_check_any() returns need not be one: arrays, structures and
 * translated objects come as they are.
 */
#ifndef DT_CHECK_CONTEXT_H
#define DT_CHECK_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/fail.h"
#include "base/table.h"
#include "check/check.h"
#include "check/tree.h"
#include "contract/builtin.h"
#include "lang/ast.h"
#include "probe/probe.h"
#include "types/types.h"

/* Names bound while the body of an inline or a translator is checked. */
struct dt_frame {
	const char **names;
	struct dt_expr **values;
	uint32_t n;
};

struct dt_check {
	struct dt_compile *compile;
	struct dt_arena *arena; /* the compile's */
	const struct dt_check_opts *opts;
	struct dt_types *types;
	struct dt_symtab *tab;
	/* expr.c's, for dt_check_any() */
	struct dt_expr *(*expr)(struct dt_check *c, const struct dt_ast_expr *ast);
	struct dt_table specs;  /* const struct dt_ast_spec * -> its type: a body is defined once */
	struct dt_frame *frame; /* NULL: names are the program's */
	uint32_t nexpansions;   /* bodies of inlines and translators' members so far */

	/* Of the clause that is being checked. */
	struct dt_tclause *clause;        /* NULL: none is */
	const struct dt_ast_pdesc *pdesc; /* the description that its probes match */
	struct dt_probe *probe; /* stands for all of its group; NULL: no probe matches (-Z) */
	struct dt_args sig;     /* types of args[], valid when sig_known */
	bool sig_known;
	uint32_t args_used; /* bit n: args[n] is used; other types of it are another clause */
	bool later_group;   /* the clause was right for other probes already */
	bool unevaluated;   /* inside sizeof */
	uint32_t ordinal;   /* of the last action */
	bool seen_drec, seen_commit, seen_spec; /* for the rules of speculation */
};

/* Any expression, as it is: not yet a value. */
static inline struct dt_expr *dt_check_any(struct dt_check *c, const struct dt_ast_expr *ast)
{
	return c->expr(c, ast);
}

#endif
