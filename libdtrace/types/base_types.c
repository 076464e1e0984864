/* SPDX-License-Identifier: MIT */
/*
 * The types that exist before any program: C's, D's own, and the typedefs that D programs expect
 * from DTrace.  Tables and the reading of C's words for types.  dt_types_new() makes types of them,
 * which takes microseconds and touches no file.
 */
#include <string.h>
#include "types/internal.h"

enum { SIGNED = 1u << 0, CHAR = 1u << 1, BOOL = 1u << 2 };

static const struct {
	const char *name;
	enum dt_kind kind;
	uint8_t size, rank, flags;
} c_types[] = {
	[DT_B_VOID] = { "void", DT_K_VOID, 0, 0, 0 },
	[DT_B_CHAR] = { "char", DT_K_INT, 1, 1, SIGNED | CHAR },
	[DT_B_SCHAR] = { "signed char", DT_K_INT, 1, 1, SIGNED | CHAR },
	[DT_B_UCHAR] = { "unsigned char", DT_K_INT, 1, 1, 0 },
	[DT_B_SHORT] = { "short", DT_K_INT, 2, 2, SIGNED },
	[DT_B_USHORT] = { "unsigned short", DT_K_INT, 2, 2, 0 },
	[DT_B_INT] = { "int", DT_K_INT, 4, 3, SIGNED },
	[DT_B_UINT] = { "unsigned int", DT_K_INT, 4, 3, 0 },
	[DT_B_LONG] = { "long", DT_K_INT, 8, 4, SIGNED },
	[DT_B_ULONG] = { "unsigned long", DT_K_INT, 8, 4, 0 },
	[DT_B_LLONG] = { "long long", DT_K_INT, 8, 5, SIGNED },
	[DT_B_ULLONG] = { "unsigned long long", DT_K_INT, 8, 5, 0 },
	[DT_B_BOOL] = { "_Bool", DT_K_INT, 1, 0, BOOL },
	[DT_B_FLOAT] = { "float", DT_K_FLOAT, 4, 1, SIGNED },
	[DT_B_DOUBLE] = { "double", DT_K_FLOAT, 8, 2, SIGNED },
	[DT_B_LDOUBLE] = { "long double", DT_K_FLOAT, 16, 3, SIGNED },
	[DT_B_INT128] = { "__int128", DT_K_INT, 16, 6, SIGNED },
	[DT_B_UINT128] = { "unsigned __int128", DT_K_INT, 16, 6, 0 },
	[DT_B_STRING] = { "string", DT_K_STRING, 0, 0, 0 },
	[DT_B_SYMADDR] = { "_symaddr", DT_K_SYMADDR, 8, 0, 0 },
	[DT_B_USYMADDR] = { "_usymaddr", DT_K_USYMADDR, 16, 0, 0 },
	[DT_B_STACK] = { "stack", DT_K_STACK, 0, 0, 0 },
	[DT_B_DYN] = { "<DYN>", DT_K_DYN, 0, 0, 0 },
};

/* The rows with DT_B_COUNT have no number in the library; only programs name them. */
static const struct {
	enum dt_base which;
	const char *name;
	enum dt_base base;
} typedefs[] = {
	{ DT_B_INT8, "int8_t", DT_B_CHAR },
	{ DT_B_INT16, "int16_t", DT_B_SHORT },
	{ DT_B_INT32, "int32_t", DT_B_INT },
	{ DT_B_INT64, "int64_t", DT_B_LONG },
	{ DT_B_UINT8, "uint8_t", DT_B_UCHAR },
	{ DT_B_UINT16, "uint16_t", DT_B_USHORT },
	{ DT_B_UINT32, "uint32_t", DT_B_UINT },
	{ DT_B_UINT64, "uint64_t", DT_B_ULONG },
	{ DT_B_SIZE, "size_t", DT_B_ULONG },
	{ DT_B_PID, "pid_t", DT_B_INT },
	{ DT_B_UID, "uid_t", DT_B_UINT },
	{ DT_B_GID, "gid_t", DT_B_UINT },
	{ DT_B_ID, "id_t", DT_B_INT },
	{ DT_B_INTPTR, "intptr_t", DT_B_LONG },
	{ DT_B_UINTPTR, "uintptr_t", DT_B_ULONG },
	{ DT_B_PROCESSORID, "processorid_t", DT_B_INT },
	{ DT_B_HRTIME, "hrtime_t", DT_B_LLONG },
	{ DT_B_UINT_T, "uint_t", DT_B_UINT },
	{ DT_B_ULONG_T, "ulong_t", DT_B_ULONG },
	{ DT_B_COUNT, "uchar_t", DT_B_UCHAR },
	{ DT_B_COUNT, "ushort_t", DT_B_USHORT },
	{ DT_B_COUNT, "u_char", DT_B_UCHAR },
	{ DT_B_COUNT, "u_short", DT_B_USHORT },
	{ DT_B_COUNT, "u_int", DT_B_UINT },
	{ DT_B_COUNT, "u_long", DT_B_ULONG },
	{ DT_B_COUNT, "longlong_t", DT_B_LLONG },
	{ DT_B_COUNT, "u_longlong_t", DT_B_ULLONG },
	{ DT_B_COUNT, "ssize_t", DT_B_LONG },
	{ DT_B_COUNT, "ptrdiff_t", DT_B_LONG },
	{ DT_B_COUNT, "intmax_t", DT_B_LONG },
	{ DT_B_COUNT, "uintmax_t", DT_B_ULONG },
	{ DT_B_COUNT, "off_t", DT_B_LONG },
	{ DT_B_COUNT, "offset_t", DT_B_LLONG },
	{ DT_B_COUNT, "time_t", DT_B_LONG },
	{ DT_B_COUNT, "clock_t", DT_B_LONG },
	{ DT_B_COUNT, "mode_t", DT_B_UINT },
	{ DT_B_COUNT, "wchar_t", DT_B_INT },
	{ DT_B_COUNT, "zoneid_t", DT_B_INT },
	{ DT_B_COUNT, "projid_t", DT_B_INT },
	{ DT_B_COUNT, "taskid_t", DT_B_INT },
	{ DT_B_COUNT, "poolid_t", DT_B_INT },
	{ DT_B_COUNT, "psetid_t", DT_B_INT },
	{ DT_B_COUNT, "chipid_t", DT_B_INT },
	{ DT_B_COUNT, "lgrp_id_t", DT_B_LONG },
	{ DT_B_COUNT, "user_addr_t", DT_B_ULONG },
	{ DT_B_COUNT, "user_size_t", DT_B_ULONG },
	{ DT_B_COUNT, "in_port_t", DT_B_USHORT },
	{ DT_B_COUNT, "in_addr_t", DT_B_UINT },
	{ DT_B_COUNT, "ipaddr_t", DT_B_UINT },
	/* of the C library's headers */
	{ DT_B_COUNT, "_Float32", DT_B_FLOAT },
	{ DT_B_COUNT, "_Float32x", DT_B_DOUBLE },
	{ DT_B_COUNT, "_Float64", DT_B_DOUBLE },
	{ DT_B_COUNT, "_Float64x", DT_B_LDOUBLE },
	{ DT_B_COUNT, "_Float128", DT_B_LDOUBLE },
};

/* C's words for its types. */
enum word {
	W_VOID,
	W_CHAR,
	W_SHORT,
	W_INT,
	W_LONG,
	W_SIGNED,
	W_UNSIGNED,
	W_FLOAT,
	W_DOUBLE,
	W_BOOL,
	W_INT128,
	W_COUNT,
};

static const char *const words[W_COUNT] = {
	"void",     "char",  "short",  "int",   "long",     "signed",
	"unsigned", "float", "double", "_Bool", "__int128",
};

/* How often each word occurs, three bits per word: long 1, long long 2.  "int" beside other words
 * is left out. */
#define N(w) (1ULL << 3 * (w))
static const struct {
	uint64_t counts;
	enum dt_base base;
} spellings[] = {
	{ N(W_VOID), DT_B_VOID },
	{ N(W_CHAR), DT_B_CHAR },
	{ N(W_CHAR) + N(W_SIGNED), DT_B_SCHAR },
	{ N(W_CHAR) + N(W_UNSIGNED), DT_B_UCHAR },
	{ N(W_SHORT), DT_B_SHORT },
	{ N(W_SHORT) + N(W_SIGNED), DT_B_SHORT },
	{ N(W_SHORT) + N(W_UNSIGNED), DT_B_USHORT },
	{ N(W_INT), DT_B_INT },
	{ N(W_SIGNED), DT_B_INT },
	{ N(W_UNSIGNED), DT_B_UINT },
	{ N(W_LONG), DT_B_LONG },
	{ N(W_LONG) + N(W_SIGNED), DT_B_LONG },
	{ N(W_LONG) + N(W_UNSIGNED), DT_B_ULONG },
	{ 2 * N(W_LONG), DT_B_LLONG },
	{ 2 * N(W_LONG) + N(W_SIGNED), DT_B_LLONG },
	{ 2 * N(W_LONG) + N(W_UNSIGNED), DT_B_ULLONG },
	{ N(W_FLOAT), DT_B_FLOAT },
	{ N(W_DOUBLE), DT_B_DOUBLE },
	{ N(W_LONG) + N(W_DOUBLE), DT_B_LDOUBLE },
	{ N(W_BOOL), DT_B_BOOL },
	{ N(W_INT128), DT_B_INT128 },
	{ N(W_INT128) + N(W_SIGNED), DT_B_INT128 },
	{ N(W_INT128) + N(W_UNSIGNED), DT_B_UINT128 },
};

static int which_word(const char *s, size_t len)
{
	for (int w = 0; w < W_COUNT; w++) {
		if (strlen(words[w]) == len && !memcmp(words[w], s, len))
			return w;
	}
	return -1;
}

enum dt_base dt_type_spelled(const char *text)
{
	uint64_t counts = 0;

	for (const char *at = text + strspn(text, " \t"); *at;) {
		size_t len = strcspn(at, " \t");
		int w = which_word(at, len);

		if (w < 0 || (counts >> 3 * w & 7) == 7)
			return DT_B_COUNT;
		counts += N(w);
		at += len;
		at += strspn(at, " \t");
	}
	/* "long int", "unsigned int", "short unsigned int" */
	if ((counts >> 3 * W_INT & 7) == 1 &&
	    counts & (7 * N(W_SHORT) | 7 * N(W_LONG) | 7 * N(W_SIGNED) | 7 * N(W_UNSIGNED)) &&
	    !(counts & (7 * N(W_CHAR) | 7 * N(W_DOUBLE) | 7 * N(W_INT128))))
		counts -= N(W_INT);
	for (size_t i = 0; i < ARRAY_SIZE(spellings); i++) {
		if (spellings[i].counts == counts)
			return spellings[i].base;
	}
	return DT_B_COUNT;
}

static bool add_name(struct dt_types *types, struct dt_type *t)
{
	return dt_table_puts(&types->names[DT_TAG_NONE], t->name, t);
}

static bool add_typedef(struct dt_types *types, enum dt_base which, const char *name,
			const struct dt_type *base)
{
	struct dt_type *t = (struct dt_type *)dt_type_typedef(types, name, base);

	if (!t || !add_name(types, t))
		return false;
	if (which != DT_B_COUNT)
		types->base[which] = t;
	return true;
}

/* illumos' boolean_t; C programs on Linux do not have it, D programs do. */
static bool add_boolean(struct dt_types *types)
{
	struct dt_type *t = dt_type_new_tagged(types, DT_K_ENUM, "");

	if (!t || dt_type_add_enumerator(types, t, "B_FALSE", 0) ||
	    dt_type_add_enumerator(types, t, "B_TRUE", 1))
		return false;
	dt_type_finish(types, t);
	return dt_types_declare(types, t, NULL) == 0 &&
	       add_typedef(types, DT_B_COUNT, "boolean_t", t);
}

static bool add_c_type(struct dt_types *types, enum dt_base which)
{
	struct dt_type *t = dt_type_alloc(types, c_types[which].kind, c_types[which].name);

	if (!t)
		return false;
	t->size = c_types[which].size;
	t->align = DT_MAX(c_types[which].size, 1);
	if (t->kind == DT_K_USYMADDR)
		t->align = 8;
	t->rank = c_types[which].rank;
	t->is_signed = c_types[which].flags & SIGNED;
	t->is_char = c_types[which].flags & CHAR;
	t->is_bool = c_types[which].flags & BOOL;
	types->base[which] = t;
	return true;
}

bool dt_types_add_builtin(struct dt_types *types)
{
	for (size_t i = 0; i < ARRAY_SIZE(c_types); i++) {
		if (!add_c_type(types, (enum dt_base)i))
			return false;
	}
	types->base[DT_B_STRING]->base = types->base[DT_B_CHAR];
	if (!add_name(types, types->base[DT_B_STRING]) ||
	    !add_name(types, types->base[DT_B_SYMADDR]) ||
	    !add_name(types, types->base[DT_B_USYMADDR]))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(typedefs); i++) {
		if (!add_typedef(types, typedefs[i].which, typedefs[i].name,
				 types->base[typedefs[i].base]))
			return false;
	}
	return add_typedef(types, DT_B_COUNT, "caddr_t",
			   dt_type_ptr(types, types->base[DT_B_CHAR])) &&
	       add_boolean(types);
}

const struct dt_type *dt_type_base(const struct dt_types *types, enum dt_base which)
{
	return types->base[which < DT_B_COUNT ? which : DT_B_VOID];
}

const struct dt_type *dt_type_int(const struct dt_types *types, size_t size_bytes, bool is_signed)
{
	static const struct {
		uint8_t size;
		enum dt_base is_signed, is_unsigned;
	} by_size[] = {
		{ 1, DT_B_CHAR, DT_B_UCHAR },      { 2, DT_B_SHORT, DT_B_USHORT },
		{ 4, DT_B_INT, DT_B_UINT },        { 8, DT_B_LONG, DT_B_ULONG },
		{ 16, DT_B_INT128, DT_B_UINT128 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(by_size); i++) {
		if (by_size[i].size == size_bytes)
			return types
				->base[is_signed ? by_size[i].is_signed : by_size[i].is_unsigned];
	}
	return types->base[is_signed ? DT_B_LONG : DT_B_ULONG];
}
