/* SPDX-License-Identifier: MIT */
/*
 * D as a tree, exactly as written.  lang/ creates it and check/ reads it; it is immutable, since a
 * clause is checked once per distinct signature of args[].  Everything lies in the arena of the
 * compile.
 *
 * Macros ($1, $$1, $target) are expanded and comments are gone.  Names of types are still syntax
 * (specifiers and a list of derivations), which check/ resolves through types/.  Every node has its
 * place.  Lists are arrays with a count, never NULL-terminated; an empty one has n == 0.
 */
#ifndef DT_LANG_AST_H
#define DT_LANG_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/fail.h"
#include "probe/pdesc.h"

/* The kinds of operators. The left operand of ASSIGN is an lvalue; the right one of LOGIC may
 * not be evaluated. */
enum dt_op_kind {
	DT_OPK_BINARY,  /* arithmetic and bits */
	DT_OPK_COMPARE, /* result int */
	DT_OPK_LOGIC,   /* && || ^^, result int */
	DT_OPK_ASSIGN,
	DT_OPK_COMMA,
	DT_OPK_PREFIX,
	DT_OPK_POSTFIX,
};

/* The operators: X(name, spelling, precedence, kind, base). A higher precedence binds closer; 0:
 * the grammar of expressions places the operator itself. Assignments associate to the right,
 * other binary operators to the left. base: the arithmetic in a compound assignment, ++ and --;
 * else the operator itself. */
/* clang-format off */
#define DT_OPS(X) \
	X(COMMA, ",", 1, COMMA, COMMA) \
	X(ASSIGN, "=", 2, ASSIGN, ASSIGN) \
	X(ADD_ASSIGN, "+=", 2, ASSIGN, ADD) \
	X(SUB_ASSIGN, "-=", 2, ASSIGN, SUB) \
	X(MUL_ASSIGN, "*=", 2, ASSIGN, MUL) \
	X(DIV_ASSIGN, "/=", 2, ASSIGN, DIV) \
	X(MOD_ASSIGN, "%=", 2, ASSIGN, MOD) \
	X(AND_ASSIGN, "&=", 2, ASSIGN, AND) \
	X(XOR_ASSIGN, "^=", 2, ASSIGN, XOR) \
	X(OR_ASSIGN, "|=", 2, ASSIGN, OR) \
	X(LSH_ASSIGN, "<<=", 2, ASSIGN, LSH) \
	X(RSH_ASSIGN, ">>=", 2, ASSIGN, RSH) \
	X(LOR, "||", 4, LOGIC, LOR) \
	X(LXOR, "^^", 5, LOGIC, LXOR) \
	X(LAND, "&&", 6, LOGIC, LAND) \
	X(OR, "|", 7, BINARY, OR) \
	X(XOR, "^", 8, BINARY, XOR) \
	X(AND, "&", 9, BINARY, AND) \
	X(EQ, "==", 10, COMPARE, EQ) \
	X(NE, "!=", 10, COMPARE, NE) \
	X(LT, "<", 11, COMPARE, LT) \
	X(LE, "<=", 11, COMPARE, LE) \
	X(GT, ">", 11, COMPARE, GT) \
	X(GE, ">=", 11, COMPARE, GE) \
	X(LSH, "<<", 12, BINARY, LSH) \
	X(RSH, ">>", 12, BINARY, RSH) \
	X(ADD, "+", 13, BINARY, ADD) \
	X(SUB, "-", 13, BINARY, SUB) \
	X(MUL, "*", 14, BINARY, MUL) \
	X(DIV, "/", 14, BINARY, DIV) \
	X(MOD, "%", 14, BINARY, MOD) \
	X(NEG, "-", 0, PREFIX, NEG) \
	X(PLUS, "+", 0, PREFIX, PLUS) \
	X(NOT, "!", 0, PREFIX, NOT) \
	X(COMPL, "~", 0, PREFIX, COMPL) \
	X(DEREF, "*", 0, PREFIX, DEREF) \
	X(ADDROF, "&", 0, PREFIX, ADDROF) \
	X(PREINC, "++", 0, PREFIX, ADD) \
	X(PREDEC, "--", 0, PREFIX, SUB) \
	X(POSTINC, "++", 0, POSTFIX, ADD) \
	X(POSTDEC, "--", 0, POSTFIX, SUB) \
	X(SIZEOF, "sizeof", 0, PREFIX, SIZEOF) \
	X(STRINGOF, "stringof", 0, PREFIX, STRINGOF)
/* clang-format on */

enum dt_op {
#define X(name, spelling, prec, kind, base) DT_OP_##name,
	DT_OPS(X)
#undef X
		DT_NOPS
};

struct dt_op_info {
	const char *spelling; /* "+=" */
	const char *name;     /* "ADD_ASSIGN" */
	uint8_t prec;
	enum dt_op_kind kind;
	enum dt_op base;
};

extern const struct dt_op_info dt_op_info[DT_NOPS];

/* ---- types as written ---- */

struct dt_ast_expr;
struct dt_ast_decl;
struct dt_ast_enumerator;
struct dt_ast_param;

/* Qualifiers of a specifier, or of a pointer. */
enum dt_ast_qual {
	DT_QUAL_CONST = 1u << 0,
	DT_QUAL_VOLATILE = 1u << 1,
	DT_QUAL_RESTRICT = 1u << 2,
};

enum dt_ast_base {
	DT_BASE_NONE, /* none: int, as signed, unsigned, short and long say */
	DT_BASE_VOID,
	DT_BASE_CHAR,
	DT_BASE_INT,
	DT_BASE_FLOAT,
	DT_BASE_DOUBLE,
	DT_BASE_STRING, /* D's string */
	DT_BASE_STRUCT,
	DT_BASE_UNION,
	DT_BASE_ENUM,
	DT_BASE_NAME, /* a typedef's name */
};

/* The specifiers of a declaration, in whatever order they were written. All declarators of a
 * declaration share one dt_ast_spec, so that the body of a structure can be defined once. check/
 * judges combinations (D_DECL_COMBO). */
struct dt_ast_spec {
	struct dt_loc loc;
	enum dt_ast_base base;
	uint8_t quals; /* DT_QUAL_ */
	uint8_t nsigned, nunsigned, nshort,
		nlong;      /* how often each word was written: long long is 2 */
	bool userland;      /* `userland` was written */
	bool in_system;     /* in a C header of the system's, where more goes */
	const char *name;   /* tag of STRUCT UNION ENUM (NULL: none), or the typedef's name */
	const char *object; /* mod`name: "mod"; NULL otherwise */
	bool has_body;      /* STRUCT UNION ENUM: with { ... } */
	bool packed;        /* STRUCT UNION: __packed__ before the tag or behind the body */
	const struct dt_ast_decl *const *members;    /* STRUCT, UNION */
	const struct dt_ast_enumerator *enumerators; /* ENUM */
	size_t nmembers;                             /* of either */
};

struct dt_ast_enumerator {
	struct dt_loc loc;
	const char *name;
	const struct dt_ast_expr *value; /* NULL: one more than the last */
};

enum dt_ast_deriv_kind {
	DT_DERIV_POINTER, /* quals */
	DT_DERIV_ARRAY,   /* size (NULL: []) */
	/* params: the keys of an associative array, int a[string, int], or of an inline */
	DT_DERIV_ASSOC,
	DT_DERIV_FUNC, /* params, variadic */
};

/* One step from the type of the specifiers to the declared type: `int *a[3]` is int, POINTER,
 * ARRAY 3. They apply in order. */
struct dt_ast_deriv {
	struct dt_loc loc;
	enum dt_ast_deriv_kind kind;
	uint8_t quals;
	const struct dt_ast_expr *size;
	const struct dt_ast_param *params;
	size_t nparams; /* f(void): 1, of type void */
	bool variadic;  /* f(int, ...) */
	const struct dt_ast_deriv *next;
};

/* A type, as in a cast, sizeof or xlate. */
struct dt_ast_type {
	struct dt_loc loc;
	const struct dt_ast_spec *spec;
	const struct dt_ast_deriv *derivs; /* NULL: the type of the specifiers */
};

struct dt_ast_param {
	struct dt_loc loc;
	struct dt_ast_type type;
	const char *name; /* NULL: none */
};

/* ---- expressions ---- */

#define DT_AST_MAX_DEPTH 2000

enum dt_ast_expr_kind {
	DT_EXPR_INT,    /* num */
	DT_EXPR_STRING, /* str */
	DT_EXPR_IDENT,  /* id.name: variable, inline, enumerator */
	DT_EXPR_SELF,   /* id.name: self->name; NULL: `self` alone, which check/ refuses */
	DT_EXPR_THIS,   /* id.name: this->name; NULL: `this` alone */
	DT_EXPR_SYM, /* id.name, id.object: `name, object`name (object may hold another backtick) */
	DT_EXPR_AGG, /* agg: @name[keys] */
	DT_EXPR_INDEX,  /* index: base[keys]: associative array, C array, args[] */
	DT_EXPR_CALL,   /* call: name(args) */
	DT_EXPR_MEMBER, /* member: base.name, base->name */
	/* unary: prefix and postfix operators, sizeof and stringof of an expression */
	DT_EXPR_UNARY,
	DT_EXPR_BINARY,   /* binary: all two-operand operators, assignment and comma */
	DT_EXPR_COND,     /* cond: c ? a : b */
	DT_EXPR_CAST,     /* cast: (type)operand */
	DT_EXPR_SIZEOF,   /* sizeof_type: sizeof (type) */
	DT_EXPR_OFFSETOF, /* offsetof_: offsetof(type, member) */
	/* cast: xlate <type> (operand); `xlate <T *>` has a POINTER derivation in its type */
	DT_EXPR_XLATE,
};

struct dt_ast_expr {
	enum dt_ast_expr_kind kind;
	bool parens; /* was in ( ) */
	/* height of this tree, 1 to DT_AST_MAX_DEPTH, so that recursion over it is bounded */
	uint16_t depth;
	struct dt_loc loc; /* the place of an operator; else of the first character */
	union {
		struct {
			uint64_t value;
			bool is_unsigned; /* suffix u */
			uint8_t nlong;    /* suffix l: 1, ll: 2 */
			uint8_t base;     /* 8, 10 or 16 as written; 10 for a character constant */
			/* 'x': an int of up to 8 characters, the first one highest; never
			 * negative */
			bool is_char;
		} num;
		struct {
			/* escapes are resolved; may contain NULs, and ends with one */
			const char *s;
			size_t len;
		} str;
		struct {
			const char *name, *object;
		} id;
		struct {
			const char *name; /* without @; "_" for the anonymous one */
			const struct dt_ast_expr *const *keys;
			size_t nkeys;
			bool has_keys; /* with [ ] */
		} agg;
		struct {
			const struct dt_ast_expr *base;
			const struct dt_ast_expr *const *keys;
			size_t nkeys; /* at least 1 */
		} index;
		struct {
			const char *name;
			const struct dt_ast_expr *const *args;
			size_t nargs;
		} call;
		struct {
			const struct dt_ast_expr *base;
			const char *name;
			bool arrow;
		} member;
		struct {
			enum dt_op op;
			const struct dt_ast_expr *operand;
		} unary;
		struct {
			enum dt_op op;
			const struct dt_ast_expr *left, *right;
		} binary;
		struct {
			const struct dt_ast_expr *cond, *yes, *no;
		} cond;
		struct {
			const struct dt_ast_type *type;
			const struct dt_ast_expr *operand;
		} cast;
		struct {
			const struct dt_ast_type *type;
		} sizeof_type;
		struct {
			const struct dt_ast_type *type;
			const char *member; /* "a", or "a.b" */
		} offsetof_;
	};
};

/* ---- declarations ---- */

enum dt_ast_class {
	DT_CLASS_NONE,
	DT_CLASS_AUTO,
	DT_CLASS_REGISTER,
	DT_CLASS_STATIC,
	DT_CLASS_EXTERN,
	DT_CLASS_TYPEDEF,
	DT_CLASS_SELF,
	DT_CLASS_THIS,
};

struct dt_ast_declarator {
	struct dt_loc loc;
	const char *name; /* NULL: an unnamed bit-field */
	const struct dt_ast_deriv *derivs;
	const struct dt_ast_expr *bits; /* a bit-field's width; NULL otherwise */
};

/* `class spec declarator, declarator ... ;` in a program or a structure. No declarator: `struct
 * s { ... };` */
struct dt_ast_decl {
	struct dt_loc loc;
	enum dt_ast_class class;
	const struct dt_ast_spec *spec;
	const struct dt_ast_declarator *declarators;
	size_t n;
};

/* inline TYPE NAME = EXPR; or inline TYPE NAME[TYPE key, ...] = EXPR; where the keys are the
 * params of the ASSOC derivation */
struct dt_ast_inline {
	struct dt_loc loc;
	const char *name;
	struct dt_ast_type type; /* of the value, without ASSOC */
	const struct dt_ast_param *keys;
	size_t nkeys;
	const struct dt_ast_expr *value;
};

struct dt_ast_xmember {
	struct dt_loc loc;
	const char *name;
	const struct dt_ast_expr *value;
};

/* translator OUT < IN name > { member = expr; ... }; */
struct dt_ast_xlator {
	struct dt_loc loc;
	struct dt_ast_type out, in;
	const char *name; /* of the input, in the expressions of members */
	const struct dt_ast_xmember *members;
	size_t nmembers;
};

/* probe NAME(ARGS) : (XARGS); */
struct dt_ast_probe {
	struct dt_loc loc;
	const char *name; /* as written, __ not yet - */
	const struct dt_ast_param *args, *xargs;
	size_t nargs, nxargs;
	bool has_xargs; /* else the consumer sees args */
};

struct dt_ast_provider {
	struct dt_loc loc;
	const char *name;
	const struct dt_ast_probe *probes;
	size_t nprobes;
};

/* Pragmas that the checker acts on; lang/ itself acts on option, error, ident and line. */
enum dt_ast_pragma_kind {
	DT_PRAGMA_ATTRIBUTES, /* value "Stable/Evolving/Common", name: what has the attributes */
	DT_PRAGMA_BINDING,    /* value "1.2", name */
	DT_PRAGMA_DEPENDS_ON, /* value "library" "module" "provider", name "procfs.d" */
};

struct dt_ast_pragma {
	struct dt_loc loc;
	enum dt_ast_pragma_kind kind;
	const char *value, *name;
	/* attributes of `provider NAME PART`: "provider" "module" "function" "name" "args"; else
	 * NULL */
	const char *part;
};

/* ---- clauses ---- */

enum dt_ast_stmt_kind {
	DT_STMT_EXPR,
	DT_STMT_IF,
	DT_STMT_BLOCK,
};

struct dt_ast_stmt;

struct dt_ast_block {
	const struct dt_ast_stmt *const *stmts;
	size_t n;
};

struct dt_ast_stmt {
	enum dt_ast_stmt_kind kind;
	struct dt_loc loc;
	const struct dt_ast_expr *expr; /* EXPR; IF: the condition */
	struct dt_ast_block yes;        /* IF; BLOCK: its statements */
	struct dt_ast_block no;         /* IF: the else part, n == 0 when there is none */
};

struct dt_ast_pdesc {
	struct dt_loc loc;
	const char *text; /* as written, macros not expanded */
	struct dt_pdesc desc;
};

struct dt_ast_clause {
	struct dt_loc loc;
	const struct dt_ast_pdesc *pdescs;
	size_t npdescs;                      /* at least 1 */
	const struct dt_ast_expr *predicate; /* NULL: none */
	struct dt_ast_block body;
	bool has_body; /* with { }, be it empty; without, it has the default action */
	/* of { (or the ; of a clause without one), and of the end */
	struct dt_loc body_loc, end_loc;
};

/* ---- a program ---- */

enum dt_ast_item_kind {
	DT_ITEM_CLAUSE,
	DT_ITEM_DECL,
	DT_ITEM_INLINE,
	DT_ITEM_XLATOR,
	DT_ITEM_PROVIDER,
	DT_ITEM_PRAGMA,
};

struct dt_ast_item {
	enum dt_ast_item_kind kind;
	union {
		const struct dt_ast_clause *clause;
		const struct dt_ast_decl *decl;
		const struct dt_ast_inline *inline_;
		const struct dt_ast_xlator *xlator;
		const struct dt_ast_provider *provider;
		const struct dt_ast_pragma *pragma;
	};
};

struct dt_ast_program {
	const struct dt_ast_item *items; /* in the order of the text, which matters */
	size_t n;
	size_t nclauses;
};

/* Which part of its clause a place is in: DTrace says "in predicate: " and "in action list: "
 * for texts of a command line. */
enum dt_ast_region {
	DT_REGION_NONE,
	DT_REGION_PREDICATE,
	DT_REGION_ACTIONS,
};
enum dt_ast_region dt_ast_region(const struct dt_ast_program *prog, const struct dt_loc *loc);

/* Does IS hold for an expression of E (NULL: none), parents first?  walk.c */
typedef bool (*dt_ast_is)(const struct dt_ast_expr *e, void *arg);
bool dt_ast_any(const struct dt_ast_expr *e, dt_ast_is is, void *arg);
/* The same of a clause's predicate and statements. */
bool dt_ast_any_of_clause(const struct dt_ast_clause *clause, dt_ast_is is, void *arg);

/* Appends S-expressions to OUT, for -xtree and the tests. */
struct dt_strbuf;
void dt_ast_dump(struct dt_strbuf *out, const struct dt_ast_program *prog);
void dt_ast_dump_expr(struct dt_strbuf *out, const struct dt_ast_expr *expr);
void dt_ast_dump_type(struct dt_strbuf *out, const struct dt_ast_type *type);
/* Appends a type's words as they are written, up to its tag or name; qualifiers alone. */
void dt_ast_print_spec(struct dt_strbuf *out, const struct dt_ast_spec *spec);
void dt_ast_print_quals(struct dt_strbuf *out, uint8_t quals);
/* Appends D text of the same meaning, without options.  source.c */
void dt_ast_print(struct dt_strbuf *out, const struct dt_ast_program *prog);

#endif
