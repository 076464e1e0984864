/* SPDX-License-Identifier: MIT */
/*
 * Inside the checker: its state and the services that its files and the rows of built-ins
 * (builtin/) call. One `struct dt_check` lives for one dt_check_program(); everything that fails
 * leaves through c->compile, with the place of the node that is wrong.  Nothing outside of check/ and
 * builtin/ includes this.
 *
 * Words: a "value" is an expression that can be an operand: arrays have become pointers, bit-fields
 * their promoted type. What dt_check_any() returns need not be one: arrays, structures and
 * translated objects come as they are.
 */
#ifndef DT_CHECK_CHECKER_H
#define DT_CHECK_CHECKER_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/fail.h"
#include "base/strbuf.h"
#include "base/table.h"
#include "contract/builtin.h"
#include "check/check.h"
#include "check/tree.h"
#include "lang/ast.h"
#include "probe/probe.h"
#include "types/types.h"

/* Names bound while the body of an inline or a translator is looked at. */
struct dt_frame {
	const char **names;
	struct dt_expr **values;
	uint32_t n;
};

struct dt_inline {
	const char *name;
	const struct dt_ast_inline *ast;
	struct dt_loc loc;
	bool busy; /* its body is being expanded: it may not refer to itself */
};

/* A translator, by its output type. The types are looked up when it is first used, so that a
 * library reads no BTF. */
struct dt_xlator {
	const struct dt_ast_xlator *ast;
	const struct dt_type *out, *in; /* NULL: not resolved yet */
	struct dt_loc loc;
	unsigned depth; /* of expansions inside each other */
};

struct dt_check {
	struct dt_compile *compile;
	struct dt_arena *arena; /* the compile's */
	const struct dt_check_opts *opts;
	struct dt_types *types;
	struct dt_symtab *tab;
	const struct dt_ast_program *ast;
	struct dt_table specs;  /* const struct dt_ast_spec * -> its type: a body is defined once */
	struct dt_frame *frame; /* NULL: names are the program's */

	/* of the clause that is being checked; NULL outside */
	const struct dt_ast_clause *ast_clause;
	struct dt_tclause *clause;
	const struct dt_ast_pdesc *pdesc;
	struct dt_probe
		*probe;     /* stands for all of its group; NULL: the clause matches nothing (-Z) */
	struct dt_args sig; /* types of args[], valid when sig_known */
	bool sig_known;
	uint32_t args_used; /* a bit for each args[n] that was referred to: other types of it are
			       checked too */
	bool later_group;   /* the clause was right for other probes already */
	bool unevaluated;   /* inside sizeof */
	uint32_t ordinal;   /* of the last action */
	bool seen_drec, seen_commit, seen_spec; /* for the rules of speculation */
};

#define DT_CHECK_MAX_DEPTH 32 /* translators inside translators, inlines inside inlines */

/* ---- expressions ---- */
struct dt_expr *dt_check_any(struct dt_check *c, const struct dt_ast_expr *ast);  /* as it is */
struct dt_expr *dt_check_expr(struct dt_check *c, const struct dt_ast_expr *ast); /* as a value */
struct dt_expr *dt_check_value(struct dt_check *c, struct dt_expr *e); /* make a value of it */
/* To be compared, or asked for its truth: of a translated pointer what it was translated from
 * (args[0] != NULL). */
struct dt_expr *dt_check_operand(struct dt_check *c, struct dt_expr *e);
struct dt_expr *dt_check_chars(struct dt_check *c,
			       struct dt_expr *e); /* a string as the address of its characters */
/* A constant expression; *VALUE is its number. false: it is none (or no integer). */
bool dt_check_const(struct dt_check *c, const struct dt_ast_expr *ast, int64_t *value);
struct dt_expr *dt_check_lvalue(struct dt_check *c,
				const struct dt_ast_expr *ast); /* not created when undefined */

/* ---- making nodes ---- */
struct dt_expr *dt_check_node(struct dt_check *c, enum dt_eop op, const struct dt_type *type,
			      const struct dt_loc *loc, uint32_t nkids, ...);
struct dt_expr *dt_check_int(struct dt_check *c, int64_t value, const struct dt_type *type,
			     const struct dt_loc *loc);
struct dt_expr *dt_check_builtin_node(struct dt_check *c, const struct dt_builtin *row,
				      const struct dt_loc *loc);
/* E to TYPE by a CAST node; folded when E is a constant, E itself when nothing changes. No rule is
 * asked. */
struct dt_expr *dt_check_cast(struct dt_check *c, struct dt_expr *e, const struct dt_type *type);
struct dt_expr *dt_check_to_string(struct dt_check *c,
				   struct dt_expr *e); /* text of any kind to STRING */
/*
 * E as assignment to DST converts it (integers, pointers, text), or NULL where D does not.  E may
 * be an array or a structure.
 */
struct dt_expr *dt_check_convert(struct dt_check *c, struct dt_expr *e, const struct dt_type *dst);
/* *(TYPE *)(addr + offset); array types give the array, which dt_check_value() turns into its
 * address. */
struct dt_expr *dt_check_deref(struct dt_check *c, struct dt_expr *addr, int64_t offset,
			       const struct dt_type *type, const struct dt_loc *loc);
struct dt_expr *dt_check_member(struct dt_check *c, struct dt_expr *base, const char *name,
				bool arrow, const struct dt_loc *loc);
/* OP on checked operands, as binary C operators: conversions, scaling, folding. */
struct dt_expr *dt_check_binary(struct dt_check *c, enum dt_op op, struct dt_expr *l,
				struct dt_expr *r, const struct dt_loc *loc);
struct dt_expr *dt_check_unary(struct dt_check *c, enum dt_op op, struct dt_expr *e,
			       const struct dt_loc *loc);
struct dt_expr *dt_check_cond(struct dt_check *c, struct dt_expr *cond, struct dt_expr *yes,
			      struct dt_expr *no, const struct dt_loc *loc);
struct dt_expr *dt_check_assign(struct dt_check *c, struct dt_expr *l, struct dt_expr *r,
				const struct dt_loc *loc);
struct dt_expr *dt_check_opassign(struct dt_check *c, enum dt_op op, struct dt_expr *l,
				  struct dt_expr *r, const struct dt_loc *loc);
struct dt_expr *dt_check_fold(struct dt_check *c, struct dt_expr *e); /* constants; D_DIV_ZERO */
bool dt_check_is_lvalue(const struct dt_expr *e);
bool dt_check_is_true(const struct dt_expr *e, bool *truth); /* a constant condition? */

/* ---- names ---- */
struct dt_expr *dt_check_ident(struct dt_check *c, const struct dt_ast_expr *ast);
struct dt_expr *dt_check_scoped(struct dt_check *c,
				const struct dt_ast_expr *ast); /* self->x, this->x */
struct dt_expr *dt_check_index(struct dt_check *c, const struct dt_ast_expr *ast);
/* FOR_ADDRESS: & stands before it, so that it needs no type. */
struct dt_expr *dt_check_sym(struct dt_check *c, const struct dt_ast_expr *ast, bool for_address);
struct dt_expr *dt_check_target(struct dt_check *c, const struct dt_ast_expr *ast,
				const struct dt_expr *value);
struct dt_var *dt_check_var(struct dt_check *c, enum dt_scope scope,
			    const char *name); /* NULL: none */
struct dt_var *dt_check_new_var(struct dt_check *c, enum dt_scope scope, const char *name,
				const struct dt_type *type, const struct dt_loc *loc);
const char *dt_check_var_name(struct dt_check *c, enum dt_scope scope,
			      const char *name); /* "self->x" */
/* The type that a variable gets from the first value it is given. */
const struct dt_type *dt_check_var_type(struct dt_check *c, const struct dt_expr *value);
const struct dt_builtin *dt_check_builtin(struct dt_check *c, const char *name,
					  enum dt_builtin_kind kind);
/* Fails when the row cannot be used here (another platform, no code in this version). */
void dt_check_available(struct dt_check *c, const struct dt_builtin *row, const struct dt_loc *loc);
struct dt_inline *dt_symtab_inline(const struct dt_symtab *tab, const char *name);
struct dt_expr *dt_check_expand(struct dt_check *c, struct dt_inline *in,
				const struct dt_ast_expr *const *keys, size_t nkeys,
				const struct dt_loc *loc);
/* args[N] of the clause's probe; NULL: it has no such one (c->sig tells how many). The clause is
 * checked per type of it. */
const struct dt_arg *dt_check_arg(struct dt_check *c, int64_t n);
bool dt_check_mentions_args(
	struct dt_check *c,
	const struct dt_ast_expr *ast); /* args[] and its like, anywhere in AST */
bool dt_check_block_mentions_args(struct dt_check *c, const struct dt_ast_block *block);

/* ---- types and declarations ---- */
const struct dt_type *dt_check_spec(struct dt_check *c, const struct dt_ast_spec *spec);
const struct dt_type *dt_check_derive(struct dt_check *c, const struct dt_type *base,
				      const struct dt_ast_deriv *d);
const struct dt_type *dt_check_typename(struct dt_check *c, const struct dt_ast_type *type);
const struct dt_type *dt_check_typetext(struct dt_check *c,
					const char *text); /* "uint64_t"; NULL: unknown */
void dt_check_decl(struct dt_check *c, const struct dt_ast_decl *decl);
void dt_check_inline_decl(struct dt_check *c, const struct dt_ast_inline *in);
void dt_check_xlator_decl(struct dt_check *c, const struct dt_ast_xlator *x);
void dt_check_provider_decl(struct dt_check *c, const struct dt_ast_provider *p);
const char *dt_check_tname(struct dt_check *c, const struct dt_type *type); /* text for messages */

/* ---- calls ---- */
/*
 * A prototype "string(const char *, [int])" against arguments: how many (D_PROTO_LEN), of which
 * types (D_PROTO_ARG); converts them in place.  Returns the result's type.
 */
const struct dt_type *dt_check_proto(struct dt_check *c, const struct dt_builtin *row,
				     const struct dt_loc *loc, struct dt_expr **args,
				     uint32_t nargs);
struct dt_expr *dt_check_call(struct dt_check *c, const struct dt_ast_expr *ast);
/* "f( ) argument #n is incompatible with prototype: ..." */
_Noreturn void dt_check_bad_arg(struct dt_check *c, const struct dt_loc *loc, const char *func,
				uint32_t n, const char *want, const struct dt_type *got);
/* D_PROTO_LEN. MIN == MAX: exactly so many. */
void dt_check_nargs(struct dt_check *c, const struct dt_loc *loc, const char *func, uint32_t got,
		    uint32_t min, uint32_t max);

/* ---- statements ---- */
void dt_check_stmts(struct dt_check *c, const struct dt_ast_block *block, struct dt_stmt ***out,
		    uint32_t *n);
struct dt_expr *dt_check_predicate(struct dt_check *c, const struct dt_ast_expr *ast);
/* @name[keys] = func(args); the aggregation is made when it is new, its function and keys compared
 * when not. */
void dt_check_agg_stmt(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *assign);
/* A call's argument that has to be an aggregation: TAG_ARG when it is none, TAG_BAD when it is not
 * defined. */
struct dt_agg *dt_check_agg_arg(struct dt_check *c, const struct dt_ast_expr *arg, const char *func,
				uint32_t n, const char *tag_arg, const char *tag_bad);
/* printf() and its like: the first argument is the format, a literal; the others become s->args,
 * checked against it. */
void dt_check_printflike(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call);
/* An integer constant argument: false when it is none. */
bool dt_check_const_arg(const struct dt_expr *e, int64_t *value);

/* ---- translators ---- */
bool dt_check_has_xlator(struct dt_check *c, const struct dt_type *to, const struct dt_type *from);
struct dt_expr *dt_check_xlate(struct dt_check *c, const struct dt_type *to, struct dt_expr *input,
			       const struct dt_loc *loc);
struct dt_expr *dt_check_xlate_member(struct dt_check *c, struct dt_expr *xlate, const char *name,
				      const struct dt_loc *loc);

/* ---- the symbol table's inside ---- */
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
bool dt_symtab_add_var(struct dt_symtab *tab, struct dt_var *var); /* all: false: out of memory */
bool dt_symtab_add_agg(struct dt_symtab *tab, struct dt_agg *agg);
bool dt_symtab_add_inline(struct dt_symtab *tab, struct dt_inline *in);
bool dt_symtab_add_xlator(struct dt_symtab *tab, struct dt_xlator *x);
bool dt_symtab_add_provider(struct dt_symtab *tab, const struct dt_ast_provider *p);

/* ---- near misses ---- */
struct dt_near {
	const char *wanted, *best;
	unsigned distance; /* of best */
};
void dt_near_init(struct dt_near *n, const char *wanted);
void dt_near_offer(struct dt_near *n, const char *candidate); /* must live as long as the hint */
/* "did you mean \"%s\"?" or NULL. */
const char *dt_near_hint(struct dt_check *c, const struct dt_near *n);
const char *dt_check_hint_var(struct dt_check *c, enum dt_scope scope, const char *name);
const char *dt_check_hint_func(struct dt_check *c, const char *name);
const char *dt_check_hint_member(struct dt_check *c, const struct dt_type *sou, const char *name);
const char *dt_check_hint_type(struct dt_check *c, const char *name);
const char *dt_check_hint_agg(struct dt_check *c, const char *name);

/* split.c: the clause goes into the program, as several where an if holds actions that record. */
void dt_check_split(struct dt_check *c, struct dt_tprog *prog, struct dt_tclause *t);

#endif
