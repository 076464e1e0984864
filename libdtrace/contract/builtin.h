/* SPDX-License-Identifier: MIT */
/*
 * What a built-in is: a variable, function, action or aggregating function of D.  Each has one row,
 * struct dt_builtin, with everything that the library knows about it.  The other rooms reach it
 * through its row alone; none of them knows its name.
 *
 * The parts of a row in the order in which a script meets them:
 *
 *	name, kind, proto    The checker resolves the name and checks the arguments.
 *	check, check_stmt    Rules that the prototype cannot express.
 *	items                Actions: which data the clause's record holds for it.
 *	emit, emit_stmt,     Code: the value of a variable or function, the effect of an action, an
 *	emit_key             action as a key of an aggregation.
 *	show, perform        The consumer prints the record, or does what the action asks for.
 *	doc, example         The manual's tables.
 *
 * check/ calls the checks, lower/ items and the emit functions, consume/ the last two.  A hook that
 * is NULL has a default, which its comment tells.  A row without code is a built-in that DTrace has
 * and this version lacks; one with a `refusal` is one that Linux cannot have.
 *
 * To add a built-in NAME:
 *
 *	libdtrace/builtin/FAMILY.c           its row with its hooks, in the file of its family
 *	test/d/TOPIC/tst.NAME*               cases
 *
 * tools/regenerate then brings the manual's tables up to date.
 *
 * A file in builtin/ is a family of built-ins, and a line of the list in builtin/meson.build.  An
 * aggregating function is a built-in too: struct dt_aggfunc below has its hooks and its recipe.
 * Long code for the kernel is written in C and goes to runtime/.
 */
#ifndef DT_CONTRACT_BUILTIN_H
#define DT_CONTRACT_BUILTIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dt_check;
struct dt_cg;
struct dt_mem;
struct dt_key_layout;
struct dt_layout;
struct dt_val;
struct dt_expr;
struct dt_stmt;
struct dt_ast_expr;
struct dt_consume;
struct dt_record;
struct dt_out;
struct dt_plan;
struct dt_ir;

enum dt_builtin_kind { DT_BI_VAR, DT_BI_SUBR, DT_BI_ACTION, DT_BI_AGGFUNC };

enum dt_builtin_flags {
	/* Variables. */
	DT_BF_CACHE = 1u << 0,    /* read once per clause */
	DT_BF_CONSTSTR = 1u << 1, /* one string of a known few: travels as a number (probefunc) */
	DT_BF_INDEXED = 1u << 2,  /* is indexed: args[], uregs[] */
	DT_BF_TRUSTED = 1u << 3,  /* a pointer that the kernel guarantees */
	DT_BF_ARGS = 1u << 4,     /* reads the probe's arguments: argN, args[] */
	DT_BF_CONST = 1u << 5,    /* `check` turns it into a constant: it has no code */
	/* Actions. */
	DT_BF_DESTRUCTIVE = 1u << 6, /* needs -w; subroutines too */
	DT_BF_RECORDS = 1u << 7,     /* puts data into the record */
	DT_BF_NORECORD = 1u << 8,    /* makes no record at all: raise, stop, chill */
	DT_BF_PRINTFLIKE = 1u << 9,  /* its first argument is a format string */
	DT_BF_AGGARGS = 1u << 10,    /* takes aggregations by name */
	DT_BF_VALUE = 1u << 11,      /* may also stand as a key or a value: stack(), sym() */
	DT_BF_EXIT = 1u << 12,       /* ends the run: the clause has_exit */
	/* What may follow these in a clause has rules of its own. */
	DT_BF_SPECULATE = 1u << 13,
	DT_BF_COMMIT = 1u << 14,
	DT_BF_DISCARD = 1u << 15,
	/* With CACHE: changes while the clause runs, so that a read behind a branch has to hold for
	 * those after it (timestamp). */
	DT_BF_CLOCK = 1u << 16,
	DT_BF_PRIVATE_DATA = 1u << 17, /* the kernel's own structures: no data to rely on */
};

struct dt_builtin {
	const char *name;
	enum dt_builtin_kind kind;
	/*
	 * As the manual prints it and the checker reads it: the type of a variable ("string"), or a
	 * prototype, such as "string(const char *, int, [int])".  Brackets enclose optional
	 * arguments; "@" takes anything, "..." any further arguments.
	 */
	const char *proto;
	uint32_t flags;
	uint16_t action; /* DTRACEACT_* or DTRACEAGG_*: dtrd_action of its records */
	/* A string variable that is never longer, NUL included (execname: 16); 0: strsize. */
	uint16_t strbytes;
	const char *doc; /* for the manual, one sentence of Markdown */
	/* For the manual: a program, or statements of BEGIN; test/doc/run compiles it. */
	const char *example;
	/* Why Linux cannot have it, as the end of a sentence: "belongs to macOS". Such a row needs
	 * only name, kind and proto besides. */
	const char *refusal;

	/*
	 * Rules beyond the prototype.  check is for variables and functions: it may set e->type,
	 * replace kids, or turn the node into another.  check_stmt is for actions: it fills in S
	 * (frames, aggregations, format) from the arguments, which are already checked.  NULL:
	 * there are no further rules.
	 */
	void (*check)(struct dt_check *c, struct dt_expr *e);
	void (*check_stmt)(struct dt_check *c, struct dt_stmt *s, const struct dt_ast_expr *call);

	/* Actions: the items of the record. NULL: one per argument, by its type. */
	void (*items)(struct dt_layout *l, const struct dt_stmt *s);

	/* Variables and functions: code that computes the value. */
	struct dt_val (*emit)(struct dt_cg *cg, const struct dt_expr *e);
	/* Actions: code for the effect and the items. NULL: stores each argument in its item. */
	void (*emit_stmt)(struct dt_cg *cg, const struct dt_stmt *s);
	/* Actions that may be keys (VALUE): the key's encoding and sizes; k->arg is the action's
	 * first argument, 0 without one. */
	void (*layout_key)(const struct dt_plan *plan, struct dt_key_layout *k);
	/* And code that fills the SIZE bytes of the key at AT. */
	void (*emit_key)(struct dt_cg *cg, const struct dt_expr *e, struct dt_mem at,
			 uint32_t size);

	/*
	 * The consumer has a record whose item number ITEM is this action's first.  show prints it
	 * to OUT; NULL: each item by its type.  perform does what the action asks the consumer
	 * for.  Both return the number of items that belong to the action, or -1 with the
	 * consumer's error set.
	 */
	int (*show)(struct dt_consume *con, struct dt_out *out, const struct dt_record *rec,
		    uint32_t item);
	int (*perform)(struct dt_consume *con, const struct dt_record *rec, uint32_t item);

	const struct dt_aggfunc *agg; /* an aggregating function's hooks */
};

/*
 * An aggregating function.
 *
 * In the kernel, a value is a few 64-bit words per CPU.  The programs update them with the code of
 * `emit`.  They start at zero, and zero must mean that nothing was aggregated yet: a sum does so by
 * itself, min() by keeping INT64_MAX - value, of which the largest is kept.
 *
 * The consumer adds up (`merge`) the words of all CPUs and of all snapshots, and makes illumos'
 * record of the result (`decode`).  In all hooks after that, `value` is such a record.  A client
 * finds it in dtada_data and need not know the function: dtrace_agg_number() and
 * dtrace_agg_bucket() read it, dtrace_agg_name() has the function's name.
 *
 * A function whose value is a number has `number`; one whose value is a distribution has
 * `nbuckets`, `bucket` and `label`, and each of its words is the count of one bucket.
 *
 * `param` is one word that the arguments of the function determine (the base, limit and steps of
 * lquantize()); `check` computes it.  All uses of an aggregation have the same.
 *
 * To add an aggregating function NAME:
 *
 *	libdtrace/builtin/agg_NAME.c         dt_builtins_agg_NAME: its row and its hooks
 *	libdtrace/builtin/meson.build        agg_NAME in the list, one line
 *	test/model/aggfuncs/NAME.py          what it computes, in Python
 *	test/d/aggs/tst.NAME*                cases
 *
 * A function that belongs to a family shares its file.  The tests find the function by its row, and
 * so does tools/regenerate, which then brings the manual up to date.  test/recipes/run follows this
 * recipe with a toy.
 */
struct dt_aggfunc {
	const char *name;
	uint16_t action; /* DTRACEAGG_* of illumos' functions, DT_AGG_LINUX(n) of others */
	uint32_t nwords; /* in the kernel; a distribution has one word per bucket */
	/* illumos' record begins with the parameter. */
	bool has_param;

	/*
	 * ARGS are checked expressions: value, parameters, weight.  Sets s->value and s->incr (the
	 * weight), and s->agg->param.  s->agg->func is NULL at the aggregation's first use; later
	 * ones must agree with the param that they find.
	 */
	void (*check)(struct dt_check *c, struct dt_stmt *s, struct dt_expr **args, uint32_t nargs);

	/*
	 * Code that folds the value into the words at PTR, a map value.  ATOMIC: other programs may
	 * interrupt this one on its CPU.
	 */
	void (*emit)(struct dt_cg *cg, uint32_t ptr, uint32_t value, uint64_t param, bool atomic);
	/* Distributions: code for the number of the bucket, to which the weight is added. */
	uint32_t (*emit_bucket)(struct dt_cg *cg, uint32_t value, uint64_t param);

	/* NULL: adds word by word. */
	void (*merge)(uint64_t *into, const uint64_t *from, uint32_t nwords);
	/* NULL: the words as they are, behind the parameter if there is one. */
	void (*decode)(const uint64_t *words, uint64_t param, void *value);
	/* The order of values. NULL: by number. */
	int (*compare)(const void *a, const void *b, uint64_t param);
	/* Prints the value in a row, NORMAL its divisor. NULL: the number, or the drawing. */
	void (*print)(struct dt_out *out, const void *value, uint64_t param, uint64_t normal);

	/* The number that stands for the value, divided by NORMAL. */
	int64_t (*number)(const void *value, uint64_t normal);
	bool is_unsigned; /* printa() formats the number as an unsigned one */
	bool as_bars;     /* -x agghist draws it */

	/* The number of buckets. */
	uint32_t (*nbuckets)(uint64_t param);
	/* A bucket's smallest and largest value. */
	void (*bucket)(uint64_t param, uint32_t bucket, int64_t *low, int64_t *high);
	/* What stands in front of the bucket's bar. */
	void (*label)(uint64_t param, uint32_t bucket, char *buf, size_t size);
	uint32_t empty_first, empty_last; /* the buckets that are drawn when all are empty */
	bool as_line;                     /* -x aggpack draws it in one line */
	bool whole_line;                  /* with all buckets, not only those in use */
};

/* Numbers of functions that illumos does not have, N from 1; no two rows have the same. */
#define DT_AGG_LINUX(n) (DTRACEACT_AGGREGATION + 0x80 + (n))

/* The row of an aggregating function; behind the example come the hooks of struct dt_aggfunc. */
#define DT_AGGFUNC(name_, proto_, action_, doc_, example_, ...)                           \
	{                                                                                 \
		.name = name_, .kind = DT_BI_AGGFUNC, .proto = proto_, .action = action_, \
		.doc = doc_, .example = example_, .agg = &(const struct dt_aggfunc)       \
		{                                                                         \
			.name = name_, .action = action_, __VA_ARGS__                     \
		}                                                                         \
	}

static inline uint32_t dt_aggfunc_nwords(const struct dt_aggfunc *f, uint64_t param)
{
	return f->nbuckets ? f->nbuckets(param) : f->nwords;
}

/* Where the decoded words stand in illumos' record, and the size of that record, in bytes. */
static inline uint32_t dt_aggfunc_words_offset(const struct dt_aggfunc *f)
{
	return f->has_param ? sizeof(uint64_t) : 0;
}
static inline uint32_t dt_aggfunc_value_size(const struct dt_aggfunc *f, uint64_t param)
{
	return dt_aggfunc_words_offset(f) + dt_aggfunc_nwords(f, param) * sizeof(uint64_t);
}

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
	uint32_t (*since)(const char *name); /* the version of D that brought it (base/version.h) */
};

/* Row number N, family after family; NULL behind the last. */
const struct dt_builtin *dt_builtin_at(const struct dt_builtins *all, size_t n);
/* NULL: there is none. */
const struct dt_builtin *dt_builtin_find(const struct dt_builtins *all, const char *name,
					 enum dt_builtin_kind kind);
/* Can it be used?  A row without code documents what this version lacks. */
bool dt_builtin_has_code(const struct dt_builtin *row);

#endif
