/* SPDX-License-Identifier: MIT */
/*
 * C types as D sees them, on LP64: the built-in ones, those that D programs declare, and the
 * kernel's, which are read from BTF only when a name is found nowhere else.  Everything belongs to
 * a struct dt_types, one per handle.  Types live until dt_types_free() and do not change once they
 * are complete, so that plain pointers to them may be kept.  check/, lower/, providers/ and
 * consume/ use this.
 *
 * Memory: while a guard is set (dt_types_guard), no function here returns NULL when memory runs
 * out; it leaves through the guard, as an arena does.  NULL then always means "there is no such
 * thing".
 *
 *	const struct dt_type *t = dt_types_lookup(types, NULL, DT_TAG_STRUCT, "task_struct");
 *	struct dt_member m;
 *	if (t && dt_type_member(types, t, "pid", &m)) ... m.offset_bits / 8, m.type ...
 */
#ifndef DT_TYPES_TYPES_H
#define DT_TYPES_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dt_types;
struct dt_compile;

enum dt_kind {
	DT_K_VOID,
	DT_K_INT, /* also char, _Bool */
	DT_K_FLOAT,
	DT_K_PTR,
	DT_K_ARRAY,
	DT_K_STRUCT,
	DT_K_UNION,
	DT_K_ENUM,
	DT_K_TYPEDEF,
	DT_K_FUNC,
	DT_K_QUAL, /* const, volatile, restrict around base */
	/* D's own */
	DT_K_STRING,   /* string: a NUL-terminated array of char of strsize bytes */
	DT_K_SYMADDR,  /* the value of sym(), func(), mod() */
	DT_K_USYMADDR, /* the value of usym(), ufunc(), umod(), uaddr() */
	DT_K_STACK,    /* stack(), ustack(), jstack() */
	DT_K_DYN,      /* not known before it is used: args[], xlate */
};

enum dt_qual {
	DT_Q_CONST = 1u << 0,
	DT_Q_VOLATILE = 1u << 1,
	DT_Q_RESTRICT = 1u << 2,
};

/* One member of a structure or union. */
struct dt_member {
	const char *name; /* "" for anonymous members */
	const struct dt_type *type;
	uint64_t offset_bits; /* from the start of the structure asked about */
	uint32_t bits;        /* width of a bit-field; 0: not one */
};

struct dt_enumerator {
	const char *name;
	int64_t value;
};

struct dt_param {
	const char *name; /* "" when the prototype does not say */
	const struct dt_type *type;
};

struct dt_type {
	enum dt_kind kind;
	uint32_t quals;   /* DT_K_QUAL: enum dt_qual */
	const char *name; /* "int", the tag, the typedef's name; "" when it has none */
	uint64_t size;    /* bytes; ask dt_type_size(), which completes */
	uint32_t align;   /* bytes, 0: not known yet: ask dt_type_align() */
	bool is_signed;   /* INT, ENUM; true for floats */
	bool is_char;     /* char and signed char: what makes text of an array */
	bool is_bool;
	bool incomplete; /* STRUCT, UNION, ENUM only declared; see dt_type_complete() */
	bool variadic;   /* FUNC */
	bool packed;     /* STRUCT, UNION: members follow each other without alignment */
	uint8_t rank;    /* INT: C's conversion rank: char 1, short 2, int 3, long 4, long long 5 */
	const struct dt_type
		*base; /* pointee, element, aliased, qualified, returned; an enum's integer type */
	uint64_t nelems;             /* ARRAY; 0: [] */
	const struct dt_type *index; /* ARRAY: type of the index (long); else NULL */
	const char *module;          /* "vmlinux" or a module; NULL: C's, or declared in D */
	uint32_t btf_id;             /* its number in that module's BTF; 0: none */

	/* For the files of types/ only: the functions below fill these lists when first asked for
	 * them. */
	uint32_t nmembers, nenumerators, nparams;
	const struct dt_member *members;
	const struct dt_enumerator *enumerators;
	const struct dt_param *params;
	struct dt_table *places; /* of D's long lists: name -> place + 1; NULL: search the list */
	struct dt_btf_unit *unit;
	struct dt_type *ptr_to, *qualified[8];
	bool filled; /* the lists above are filled */
};

/* ---- the context ---- */

struct dt_types *dt_types_new(void); /* NULL: out of memory. Touches no file. */
void dt_types_free(struct dt_types *types);
struct dt_compile *dt_types_guard(struct dt_types *types,
				  struct dt_compile *compile); /* returns the previous one */
void dt_types_set_strsize(struct dt_types *types,
			  uint64_t size_bytes); /* sizeof (string); 256 at first */
/* What a failed compile has declared must not stay: forget the names declared since the mark. */
size_t dt_types_mark(struct dt_types *types);
void dt_types_rollback(struct dt_types *types, size_t mark);

/* ---- built-in types ---- */

enum dt_base {
	DT_B_VOID,
	DT_B_CHAR,
	DT_B_SCHAR,
	DT_B_UCHAR,
	DT_B_SHORT,
	DT_B_USHORT,
	DT_B_INT,
	DT_B_UINT,
	DT_B_LONG,
	DT_B_ULONG,
	DT_B_LLONG,
	DT_B_ULLONG,
	DT_B_BOOL,
	DT_B_FLOAT,
	DT_B_DOUBLE,
	DT_B_LDOUBLE,
	DT_B_INT128,
	DT_B_UINT128,
	DT_B_STRING,
	DT_B_SYMADDR,
	DT_B_USYMADDR,
	DT_B_STACK,
	DT_B_DYN,
	/* typedefs */
	DT_B_INT8,
	DT_B_INT16,
	DT_B_INT32,
	DT_B_INT64,
	DT_B_UINT8,
	DT_B_UINT16,
	DT_B_UINT32,
	DT_B_UINT64,
	DT_B_SIZE,
	DT_B_PID,
	DT_B_UID,
	DT_B_GID,
	DT_B_ID,
	DT_B_INTPTR,
	DT_B_UINTPTR,
	DT_B_PROCESSORID,
	DT_B_HRTIME,
	DT_B_UINT_T,
	DT_B_ULONG_T,
	DT_B_COUNT,
};

const struct dt_type *dt_type_base(const struct dt_types *types,
				   enum dt_base which); /* never NULL */
/* The plain type (char, short, int, long) of SIZE bytes: 1, 2, 4, 8, 16. */
const struct dt_type *dt_type_int(const struct dt_types *types, size_t size_bytes, bool is_signed);

/* ---- making types ---- */

const struct dt_type *dt_type_ptr(struct dt_types *types, const struct dt_type *base);
const struct dt_type *dt_type_array(struct dt_types *types, const struct dt_type *elem,
				    uint64_t nelems);
const struct dt_type *dt_type_qual(struct dt_types *types, const struct dt_type *base,
				   uint32_t quals);
/* Neither declares a name: dt_types_declare() does. */
const struct dt_type *dt_type_typedef(struct dt_types *types, const char *name,
				      const struct dt_type *base);
const struct dt_type *dt_type_func(struct dt_types *types, const struct dt_type *ret,
				   const struct dt_param *params, size_t nparams, bool variadic);
/* A struct, union or enum, incomplete; NAME "" or NULL: without tag. */
struct dt_type *dt_type_new_tagged(struct dt_types *types, enum dt_kind kind, const char *name);
/*
 * Adds the next member, laid out as gcc does.  BITS < 0: no bit-field; 0 (nameless only): align the
 * next one.  Returns 0, -EEXIST (there is a member of that name), -EINVAL (no type for a
 * bit-field), -ERANGE (too wide) or -ENODATA (incomplete type).
 */
int dt_type_add_member(struct dt_types *types, struct dt_type *sou, const char *name,
		       const struct dt_type *type, int bits);
int dt_type_add_enumerator(struct dt_types *types, struct dt_type *enumeration, const char *name,
			   int64_t value);
/* The value of an enumerator that has been added. */
bool dt_type_enum_value(const struct dt_type *enumeration, const char *name, int64_t *value);
void dt_type_finish(struct dt_types *types,
		    struct dt_type *tagged); /* size is rounded; complete from now on */

/* ---- names ---- */

enum dt_tag {              /* C's name spaces */
	      DT_TAG_NONE, /* typedefs and built-in types */
	      DT_TAG_STRUCT,
	      DT_TAG_UNION,
	      DT_TAG_ENUM,
};

/*
 * Gives a typedef or a tagged type its name in D programs, and an enum's enumerators theirs.
 * Returns 0, or -EEXIST if the name has another meaning, which *PREVIOUS (may be NULL) then is.
 * Declaring the same typedef twice is fine.
 */
int dt_types_declare(struct dt_types *types, const struct dt_type *type,
		     const struct dt_type **previous);
/*
 * By name: D's own names first, then (MODULE NULL) the kernel's BTF.  MODULE "D" or "C": only D's
 * own; otherwise that module's BTF ("vmlinux", "kernel", "genunix" and "unix" mean the core
 * kernel).  Base types have C's names.  NULL: no such type.  A structure that the kernel only
 * declares is returned incomplete.
 */
const struct dt_type *dt_types_lookup(struct dt_types *types, const char *module, enum dt_tag tag,
				      const char *name);
/* The same without BTF: the parser asks this of every identifier. */
const struct dt_type *dt_types_lookup_d(struct dt_types *types, enum dt_tag tag, const char *name);
/* An enumeration constant by name; its enum in *TYPE, its value in *VALUE. D's first, then the
 * kernel's. */
bool dt_types_enumerator(struct dt_types *types, const char *module, const char *name,
			 const struct dt_type **type, int64_t *value);
/* Calls FN for the names that programs and the core kernel give types of that kind (DT_TAG_NONE:
 * typedefs), or enumerators: to find the one that was meant. */
typedef void dt_types_name_fn(const char *name, void *arg);
void dt_types_each_name(struct dt_types *types, enum dt_tag tag, dt_types_name_fn *fn, void *arg);
void dt_types_each_enumerator(struct dt_types *types, dt_types_name_fn *fn, void *arg);
/* From text such as "struct task_struct *", "unsigned long [4]" or "vmlinux`pid_t"; declarators in
 * parentheses are not read. */
const struct dt_type *dt_types_parse(struct dt_types *types, const char *text);
/* The type of a variable or function of the kernel, if BTF has it (all functions, per-CPU
 * variables); otherwise NULL. */
const struct dt_type *dt_types_symbol(struct dt_types *types, const char *module, const char *name,
				      bool *percpu);

/* ---- the kernel's BTF, for probes ---- */

struct dt_btf_target {
	const char *module;          /* whose BTF the id is of: "vmlinux" or a module */
	uint32_t btf_id;             /* what bpf(2) takes as attach_btf_id */
	const struct dt_type *proto; /* FUNC; of a tracepoint: without the leading `void *__data` */
};

/* Raw tracepoint NAME ("sched_switch"): its typedef btf_trace_NAME. MODULE NULL: vmlinux. */
bool dt_types_tracepoint(struct dt_types *types, const char *module, const char *name,
			 struct dt_btf_target *out);
/* Function NAME, for fentry and the like. */
bool dt_types_function(struct dt_types *types, const char *module, const char *name,
		       struct dt_btf_target *out);
/* Id of a type in MODULE's BTF (vmlinux: NULL); 0: none. */
uint32_t dt_types_btf_id(struct dt_types *types, const char *module, enum dt_tag tag,
			 const char *name);
/* Calls FN for each function, or tracepoint, in BTF's order until FN returns something other than
 * 0, which is returned.  -ENOENT: no BTF. */
typedef int dt_types_each_fn(const char *name, uint32_t btf_id, void *arg);
int dt_types_each_function(struct dt_types *types, const char *module, dt_types_each_fn *fn,
			   void *arg);
int dt_types_each_tracepoint(struct dt_types *types, const char *module, dt_types_each_fn *fn,
			     void *arg);
/* Calls FN with the name of each module that has BTF, until FN returns something other than 0,
 * which is returned.  -ENOMEM. */
typedef int dt_types_module_fn(const char *module, void *arg);
int dt_types_each_module(dt_types_module_fn *fn, void *arg);
/* Type number ID of MODULE's BTF; NULL: out of range. */
const struct dt_type *dt_types_by_btf_id(struct dt_types *types, const char *module,
					 uint32_t btf_id);
/* Whether the kernel has this module, loaded or built in (drivers have a directory then). */
bool dt_types_is_module(const char *module);
/* Whether MODULE has BTF.  NULL: the core kernel. */
bool dt_types_has_btf(struct dt_types *types, const char *module);

/* ---- what is in a type ---- */

/* Without typedefs and qualifiers.  Never NULL. */
const struct dt_type *dt_type_strip(const struct dt_type *t);
/* Without qualifiers, but with typedefs. */
const struct dt_type *dt_type_unqual(const struct dt_type *t);
/* The same; an incomplete struct, union or enum becomes the complete one of that name, if there is
 * one by now. */
const struct dt_type *dt_type_complete(struct dt_types *types, const struct dt_type *t);
/* These remove typedefs and qualifiers and complete the type by themselves.  The array lives as
 * long as the context. */
const struct dt_member *dt_type_members(struct dt_types *types, const struct dt_type *sou,
					size_t *n);
const struct dt_enumerator *dt_type_enumerators(struct dt_types *types, const struct dt_type *en,
						size_t *n);
const struct dt_param *dt_type_params(struct dt_types *types, const struct dt_type *func,
				      size_t *n);
/* A member by name, also of anonymous members.  Its offset counts from the start of SOU, which may
 * be a typedef. */
bool dt_type_member(struct dt_types *types, const struct dt_type *sou, const char *name,
		    struct dt_member *out);
/* The enumerator of that value; NULL: none. */
const char *dt_type_enum_name(struct dt_types *types, const struct dt_type *en, int64_t value);
/*
 * Calls FN for each member that is no structure itself, at all depths, elements of arrays one by
 * one.  OFFSET_BITS counts from the start of T.  IS_SHARED: the bits may also belong to another
 * member, of a union.
 */
typedef void dt_type_leaf_fn(void *arg, const struct dt_type *type, uint64_t offset_bits,
			     uint64_t bits, bool is_shared);
void dt_type_each_leaf(struct dt_types *types, const struct dt_type *t, dt_type_leaf_fn *fn,
		       void *arg);
uint64_t dt_type_size(struct dt_types *types, const struct dt_type *t); /* completes; 0: has none */
uint32_t dt_type_align(struct dt_types *types, const struct dt_type *t);

/* ---- rules: all of them look through typedefs and qualifiers ---- */

bool dt_type_is_void(const struct dt_type *t);
bool dt_type_is_integer(const struct dt_type *t); /* INT, ENUM */
bool dt_type_is_float(const struct dt_type *t);
bool dt_type_is_arith(const struct dt_type *t);
bool dt_type_is_ptr(const struct dt_type *t);     /* PTR; an array is not one here */
bool dt_type_is_ptrlike(const struct dt_type *t); /* PTR, ARRAY, FUNC: what decays to a pointer */
bool dt_type_is_scalar(const struct dt_type *t);  /* arithmetic or pointer */
bool dt_type_is_sou(const struct dt_type *t);
bool dt_type_is_string(const struct dt_type *t);    /* string */
bool dt_type_is_stringish(const struct dt_type *t); /* string, char [], char * */
bool dt_type_is_chararray(const struct dt_type *t);
bool dt_type_is_dyn(const struct dt_type *t);
bool dt_type_is_signed(const struct dt_type *t); /* integers, enums and floats; else false */

/* char [4] -> char *, function -> pointer to it, qualifiers off; everything else unchanged. */
const struct dt_type *dt_type_decay(struct dt_types *types, const struct dt_type *t);
/* What an arithmetic operand counts as: an enumeration as int, anything else as itself. */
const struct dt_type *dt_type_arith(const struct dt_types *types, const struct dt_type *t);
/* The type of an operation on two arithmetic operands.  D does not promote to int.  It is the type
 * of the operand with the higher rank, and of two with the same rank the unsigned one. */
const struct dt_type *dt_type_usual(const struct dt_types *types, const struct dt_type *a,
				    const struct dt_type *b);
/* VALUE cut to an integer type and extended to 64 bits by the type's sign.  Other types leave it as
 * it is. */
int64_t dt_type_wrap(const struct dt_type *type, int64_t value);
/* C11 6.4.4.1: type of an integer constant. SUFFIX: "", "u", "l", "ul", "ll", "ull" in any case and
 * order. */
const struct dt_type *dt_type_of_constant(const struct dt_types *types, uint64_t value,
					  bool is_decimal, const char *suffix);

/* The same type, names of typedefs aside. */
bool dt_type_equal(const struct dt_type *a, const struct dt_type *b);
/* The same type, qualifiers at any level aside.  Tagged types are compared by tag and size, so that
 * D's and the kernel's may match. */
bool dt_type_compatible(const struct dt_type *a, const struct dt_type *b);
/*
 * Whether a value of type SRC may be assigned to DST, or passed for it.  Integers for integers,
 * text for text, pointers for pointers to compatible types or to void, DYN for anything.  An
 * integer for a pointer may not; that 0 is a null pointer is for the checker to know.
 */
bool dt_type_assignable(const struct dt_type *dst, const struct dt_type *src);
/* Whether the two may be compared or subtracted as pointers. */
bool dt_type_ptrcompat(const struct dt_type *a, const struct dt_type *b);

/* As C writes it: "int *", "struct foo [4]", "int (*)(char)". Text of BUF; always terminated when
 * SIZE > 0. */
const char *dt_type_name(const struct dt_type *t, char *buf, size_t size);
/* A declaration of NAME: "int (*name)(char)". */
const char *dt_type_decl(const struct dt_type *t, const char *name, char *buf, size_t size);

#endif
