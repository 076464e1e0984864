/* SPDX-License-Identifier: MIT */
/*
 * The typed tree: the result of check/, the input of lower/.  Every name is resolved, every
 * implicit conversion is a node (CAST), constants are folded.
 *
 * A clause is built once per distinct signature of args[], in the arena of its program.  It is
 * immutable afterwards, but for the `rep` fields, which belong to lower/.
 */
#ifndef DT_CHECK_TREE_H
#define DT_CHECK_TREE_H

#include <stdbool.h>
#include <stdint.h>
#include "base/attr.h"
#include "base/fail.h"
#include "base/vec.h"
#include "types/types.h"

struct dt_builtin;
struct dt_aggfunc;
struct dt_probe;
struct dt_pdesc;
struct dt_xlator;

enum dt_scope { DT_SCOPE_GLOBAL, DT_SCOPE_THREAD, DT_SCOPE_CLAUSE };

/* A variable of D, one per handle, scope and name. The first assignment or declaration creates
 * it; the symbol table (symtab.h) owns it, and all programs of the handle share it. */
struct dt_var {
	const char *name;
	enum dt_scope scope;
	const struct dt_type *type;  /* of the value; text has kind STRING */
	const struct dt_type **keys; /* of an associative array, in order */
	uint32_t nkeys;              /* 0 with is_assoc false: a scalar */
	bool is_assoc;
	uint32_t id;       /* from 0 within the scope */
	struct dt_loc loc; /* of its first appearance, for messages */
	void *rep;         /* lower/'s: where it is stored */
};

/* An aggregation, one per handle and name. */
struct dt_agg {
	const char *name; /* without '@'; "_" when anonymous */
	int64_t id;       /* variable id, from 1 */
	const struct dt_aggfunc *func;
	const struct dt_type **keys;
	/* the action whose result is the key (stack, sym); NULL: a value */
	const struct dt_builtin **key_rows;
	uint32_t nkeys;
	uint64_t param; /* the parameter word of lquantize and llquantize, illumos' encoding; 0 */
	struct dt_loc loc;
	void *rep; /* lower/'s struct dt_agg_plan */
};

enum dt_eop {
	DT_E_INT,  /* ival */
	DT_E_STR,  /* str, len: a literal; "" is also an unassigned string, and the string 0 */
	DT_E_VAR,  /* var */
	DT_E_ELEM, /* var[kids]: an element of an associative array */
	/* row: a built-in variable; kid[0]: the index of args[] and the like, an INT, or none */
	DT_E_BUILTIN,
	DT_E_CALL, /* row(kids): a subroutine, or an action that is a value (stack, sym) */
	DT_E_NEG,
	DT_E_BITNOT,
	DT_E_NOT,
	DT_E_ADD,
	DT_E_SUB,
	DT_E_MUL,
	DT_E_DIV,
	DT_E_MOD, /* both kids have the node's type; pointers are scaled already */
	DT_E_AND,
	DT_E_OR,
	DT_E_XOR,
	DT_E_SHL,
	DT_E_SHR, /* kid[1] has its own type */
	DT_E_EQ,
	DT_E_NE,
	DT_E_LT,
	DT_E_LE,
	DT_E_GT,
	DT_E_GE, /* compared as optype says; the node is int */
	DT_E_LAND,
	DT_E_LOR,
	DT_E_LXOR,     /* kids are scalars, or strings, which are true unless empty */
	DT_E_COND,     /* kid[0] ? kid[1] : kid[2] */
	DT_E_COMMA,    /* kid[0], kid[1] */
	DT_E_BOUND,    /* kid[0], an index: a fault unless it is below nelems */
	DT_E_CAST,     /* kid[0] to the node's type; text of any kind to STRING */
	DT_E_DEREF,    /* *(kid[0] + offset): memory of the node's type */
	DT_E_BITFIELD, /* as DEREF, bits bit_off..bit_off+bit_size-1 of it */
	/* kid[0] + offset, as an address (member arrays, &p->x). Of a kid with a struct, union
	 * or array type, a VAR or ELEM, the storage is meant. */
	DT_E_ADDROF,
	/* kid[0] (VAR, ELEM or DEREF) = kid[1]; its value is the assigned one. An array of char
	 * that is a part of a variable may get a string. */
	DT_E_ASSIGN,
	/* kid[0] op= kid[1], computed in optype and then converted; kid[1] has optype, but for
	 * shifts */
	DT_E_OPASSIGN,
	DT_E_INCDEC, /* kid[0] += delta; is_post: its value is the old one */
	/* kid[0] translated by xlator; only within check/, where members of it are replaced by
	 * their expressions */
	DT_E_XLATE,
};

struct dt_expr {
	enum dt_eop op;
	const struct dt_type *type;
	struct dt_loc loc;
	union {
		int64_t ival; /* INT; CAST of a string: at most so many bytes, 0: strsize */
		struct {
			const char *str; /* NUL-terminated; may not hold NUL */
			uint32_t len;
		};
		struct dt_var *var;
		const struct dt_builtin *row;
		const struct dt_xlator *xlator;
		struct {
			int64_t offset; /* bytes */
			uint32_t bit_off, bit_size;
		};
		struct {
			uint64_t nelems, step; /* of an array; bytes of an element */
		};
		struct {
			enum dt_eop aop;              /* OPASSIGN: ADD, SUB, SHL ... */
			const struct dt_type *optype; /* also of comparisons */
			int64_t delta;                /* INCDEC */
			bool is_post;
		};
	};
	struct dt_expr **kids;
	uint32_t nkids;
	/* Of DEREF and BITFIELD: how the memory is read. Of a pointer (args[n], ADDROF ...): where
	 * it points. */
	bool is_user;    /* user memory (USDT, syscalls' arguments, userland types) */
	bool is_trusted; /* the kernel guarantees the pointer once it is not NULL */
};

/* Integers are computed with 64 bits; a value is cut to its type where it is stored, cast,
 * passed or recorded. Is E always a value that type TO can hold? (Types other than integers
 * below 64 bits hold everything.) */
bool dt_expr_fits(const struct dt_expr *e, const struct dt_type *to);

struct dt_fmt; /* contract/format.h */

enum dt_stmt_kind {
	DT_S_EXPR,   /* expr, for its effect */
	DT_S_ACTION, /* row(args) */
	DT_S_AGG,    /* agg[keys] = func(value, incr) */
	DT_S_IF,     /* if (expr) then_body else else_body */
};

struct dt_stmt {
	enum dt_stmt_kind kind;
	struct dt_loc loc;
	/* number of the action in its clause, from 1, for messages about faults */
	uint32_t ordinal;
	struct dt_expr *expr;
	/* ACTION */
	const struct dt_builtin *row;
	struct dt_expr **args; /* without the format and without aggregations, which are in aggs */
	uint32_t nargs;
	struct dt_agg **aggs;
	uint32_t naggs;
	const struct dt_fmt *fmt;        /* printf, printa, system, freopen */
	uint32_t nframes, strsize_bytes; /* stack(n), ustack(n, m); 0: the option's */
	/* AGG */
	struct dt_agg *agg;
	struct dt_expr **keys;
	uint32_t nkeys;
	struct dt_expr *value; /* NULL for count() */
	struct dt_expr *incr;  /* the weight in quantize(v, weight); NULL: 1 */
	/* IF */
	struct dt_stmt **then_body, **else_body;
	uint32_t nthen, nelse;
	struct dt_attr attr; /* the least stability of what it uses */
};

/* A clause for one signature of args[], with the probes that share it. */
struct dt_tclause {
	uint32_t index; /* number of the clause in the program; the same for all signatures */
	struct dt_loc loc;
	const struct dt_pdesc *desc;      /* the first of its descriptions */
	const struct dt_ast_pdesc *descs; /* all of its descriptions */
	size_t ndescs;
	struct dt_expr *pred; /* NULL: always */
	struct dt_stmt **stmts;
	uint32_t nstmts;
	struct dt_attr descattr; /* stability of the description that its probes match */
	struct dt_attr stmtattr; /* of its statements and the predicate */
	bool records;            /* does it make a record? */
	bool has_exit;
	bool is_destructive;
	struct dt_probe **probes; /* in the order of matching */
	uint32_t nprobes;
	void *rep; /* lower/'s */
};

/* A compiled program, inside a dtrace_prog_t. Owns its arena. */
struct dt_tprog {
	struct dt_arena *arena;
	DT_VEC(struct dt_tclause *) clauses; /* in source order */
	uint32_t nclauses;                   /* distinct source clauses */
	uint32_t nprobes_matched;            /* sum over the clauses */
};

#endif
