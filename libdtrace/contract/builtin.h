/* SPDX-License-Identifier: MIT */
/*
 * The row of a built-in: everything that the house knows of one variable, subroutine, action or
 * aggregating function of D stands in it.  check/ calls `check`, codegen/ calls `emit`, consume/
 * calls `show` and the aggregating functions' merge, compare and print; the manual and the
 * completion read names, prototypes and docs. Only builtin/ files fill rows in; they include all
 * three rooms.
 *
 * How to add a built-in: write its row (and hooks, where the prototype does not say it all) in the
 * builtin/ file of its family, add its cases to test/d/, its line in doc/.  Long kernel code goes
 * to runtime/ as a function. The families are gathered by builtin/builtins.c; the checker finds
 * rows by name and kind.
 */
#ifndef DT_CONTRACT_BUILTIN_H
#define DT_CONTRACT_BUILTIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct dt_check;
struct dt_cg;
struct dt_mem;
struct dt_layout;
struct dt_val;
struct dt_expr;
struct dt_stmt;
struct dt_ast_expr;
struct dt_consume;
struct dt_record;
struct dt_rec_item;
struct dt_out;
struct dt_ir;

enum dt_builtin_kind { DT_BI_VAR, DT_BI_SUBR, DT_BI_ACTION, DT_BI_AGGFUNC };

enum dt_builtin_flags {
	/* Variables. */
	DT_BF_CACHE = 1u << 0,    /* read once per clause */
	DT_BF_CONSTSTR = 1u << 1, /* one string of a known few: travels as a number (probefunc) */
	DT_BF_INDEXED = 1u << 2,  /* is indexed: args[], uregs[] */
	DT_BF_TRUSTED = 1u << 3,  /* a pointer that the kernel guarantees */
	DT_BF_ARGS = 1u << 4,     /* reads the probe's arguments: argN, args[] */
	DT_BF_STACK = 1u << 5,    /* walks a stack */
	DT_BF_CONST = 1u << 6,    /* `check` turns it into a constant: it has no code */
	/* Actions. */
	DT_BF_DESTRUCTIVE = 1u << 7, /* needs -w; subroutines too */
	DT_BF_RECORDS = 1u << 8,     /* puts data into the record */
	DT_BF_NORECORD = 1u << 9,    /* makes no record at all: raise, stop, chill */
	DT_BF_LIBACT = 1u << 10,     /* performed by the consumer, in record order; has a record */
	DT_BF_PRINTFLIKE = 1u << 11, /* its first argument is a format string */
	DT_BF_AGGARGS = 1u << 12,    /* takes aggregations by name */
	DT_BF_AGGFIRST = 1u << 13,   /* with AGGARGS: only as first argument: clear, normalize */
	DT_BF_VALUE = 1u << 14,      /* may also stand as a key or a value: stack(), sym() */
	DT_BF_EXIT = 1u << 15,       /* ends the run: the clause has_exit */
	/* What may follow these in a clause has rules of its own. */
	DT_BF_SPECULATE = 1u << 16,
	DT_BF_COMMIT = 1u << 17,
	DT_BF_DISCARD = 1u << 18,
};

struct dt_builtin {
	const char *name;
	enum dt_builtin_kind kind;
	/*
	 * As the manual prints it and the checker reads it: the type of a variable ("string"), or a
	 * prototype
	 * ("string(const char *, int, [int])"; optional ones in brackets; "@" takes anything; "..."
	 * the rest).
	 */
	const char *proto;
	uint32_t flags;
	uint16_t action;   /* DTRACEACT_*; DIFEXPR for trace() */
	uint16_t strbytes; /* a string variable that is never longer, NUL included (execname: 16);
			      0: strsize */
	const char *doc;   /* for the manual, one sentence of Markdown */
	const char *
		example; /* for the manual: a program, or statements of BEGIN; test/doc/run compiles it */

	/*
	 * Rules beyond the prototype.  For variables and subroutines: may set e->type, replace
	 * kids, or turn the node into another. For actions: fills s (frames, aggregations, format)
	 * from the already checked arguments.  NULL: none.
	 */
	void (*check)(struct dt_check *c, struct dt_expr *e);
	void (*check_stmt)(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call);

	/* Variables and subroutines: code that computes the value. */
	struct dt_val (*emit)(struct dt_cg *cg, const struct dt_expr *e);
	/* Actions: the items of the record (codegen/cg.h, dt_layout_item). NULL: one for each
	 * argument, by its type. */
	void (*items)(struct dt_layout *l, const struct dt_stmt *s);
	/* Actions: code for the effect and for the items. NULL: each argument is evaluated into its
	 * item. */
	void (*emit_stmt)(struct dt_cg *cg, const struct dt_stmt *s);
	/* Actions that may be keys (VALUE): code that fills the key's SIZE bytes at AT. */
	void (*emit_key)(struct dt_cg *cg, const struct dt_expr *e, struct dt_mem at,
			 uint32_t size);

	/*
	 * Consumer.  show: print this action's record to out; returns the number of record items it
	 * used, or -1 with the handle's error set.  NULL: the default printing by type.  perform:
	 * LIBACT's effect.
	 */
	int (*show)(struct dt_consume *con, struct dt_out *out, const struct dt_record *rec,
		    uint32_t item);
	int (*perform)(struct dt_consume *con, const struct dt_record *rec, uint32_t item);

	const struct dt_aggfunc *agg; /* AGGFUNC */

	/* Known, but not to be had: why, as the end of a sentence ("is macOS' own"). Such a row
	 * needs nothing else. */
	const char *refusal;
};

/*
 * An aggregating function.  Its value in the kernel is nwords 64-bit words, neutral when zero;
 * words of several CPUs and generations are merged in user space.  `words` below are kernel words
 * after merging; `value` is illumos' record (dtada_data at the value's offset).
 *
 * How to add one: its structure with these hooks and one line in builtin/agg.c's list; a DTRACEAGG_
 * number in <sys/dtrace.h>; cases in test/d/aggs, a line in the models of test/unit/aggs.c and
 * test/python/test_aggmodel.py.
 */
struct dt_aggfunc {
	const char *name;
	uint16_t action;                        /* DTRACEAGG_* */
	uint32_t (*nwords)(uint64_t param);     /* in the kernel */
	uint32_t (*value_size)(uint64_t param); /* of illumos' record, bytes */
	/*
	 * arguments: value, parameters, weight; sets s->agg->param, s->value, s->incr from the
	 * call's (checked) arguments. s->agg->func is NULL when this is the aggregation's first
	 * use; later ones must have the same param.
	 */
	void (*check)(struct dt_check *c, struct dt_stmt *s, struct dt_expr **args, uint32_t nargs);
	/*
	 * Code: fold value (and weight; 0: 1) into the words at ptr (a checked map-value pointer).
	 * ATOMIC: other programs may cut in on this CPU.
	 */
	void (*emit)(struct dt_cg *cg, const struct dt_stmt *s, uint32_t ptr, uint32_t value,
		     uint32_t incr, bool atomic);
	/* Instead, where a value merely adds its weight to one word: code for the number of that
	 * word (nwords at most). */
	uint32_t (*emit_bucket)(struct dt_cg *cg, const struct dt_stmt *s, uint32_t value);
	void (*merge)(uint64_t *into, const uint64_t *from,
		      uint32_t nwords); /* NULL: add word by word */
	void (*decode)(const uint64_t *words, uint64_t param, void *value); /* to illumos' record */
	int (*compare)(const void *a, const void *b,
		       uint64_t param);             /* of illumos' records, for sorting */
	void (*clear)(void *value, uint64_t param); /* the value after clear() */
	/* Text of the value as in an aggregation row (dtrace-text.md 4.1, 4.3); normal: divisor. */
	void (*print)(struct dt_out *out, const void *value, uint64_t param, uint64_t normal);
	/* The number that stands for the value, normalized; NULL for distributions. */
	int64_t (*number)(const void *value, uint64_t normal);
	/* Distributions: their buckets, whose counts lie one after the other from counts_off of the
	 * value on. */
	uint32_t (*nbuckets)(uint64_t param); /* NULL: a number */
	uint32_t counts_off;
	void (*bucket)(uint64_t param, uint32_t bucket, int64_t *low,
		       int64_t *high); /* both included */
	void (*label)(uint64_t param, uint32_t bucket, char *buf,
		      size_t size); /* as a row of the drawing shows it */
	bool is_unsigned;           /* its number is a uint64_t, else an int64_t */
	bool as_bars;               /* numbers: -x agghist draws them */
	bool as_line;               /* distributions: -x aggpack draws them in one line each, */
	bool whole_line;            /* with all buckets, not only those in use */
};

/* The rows of one file in builtin/. */
struct dt_builtin_family {
	const char *name;
	const struct dt_builtin *rows;
	size_t nrows;
};

/* All rows (builtin/builtins.c); the handle carries them down. */
struct dt_builtins {
	const struct dt_builtin_family *const *families;
	size_t nfamilies;
};

/* Row number N, family after family; NULL behind the last. */
const struct dt_builtin *dt_builtin_at(const struct dt_builtins *all, size_t n);
/* NULL: there is none. */
const struct dt_builtin *dt_builtin_find(const struct dt_builtins *all, const char *name,
					 enum dt_builtin_kind kind);
/* Can it be used?  A row without code documents what this version lacks. */
bool dt_builtin_has_code(const struct dt_builtin *row);

#endif
