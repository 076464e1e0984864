/* SPDX-License-Identifier: MIT */
/* C's and D's rules about types: kinds, promotions, common types (C11 6.3.1), and what is
 * compatible with what.  Pure functions, called by check/ and lower/. */
#include <ctype.h>
#include <string.h>
#include "types/internal.h"

const struct dt_type *dt_type_strip(const struct dt_type *t)
{
	while (t->kind == DT_K_TYPEDEF || t->kind == DT_K_QUAL)
		t = t->base;
	return t;
}

const struct dt_type *dt_type_unqual(const struct dt_type *t)
{
	return t->kind == DT_K_QUAL ? t->base : t;
}

static bool has_kind(const struct dt_type *t, uint32_t kinds)
{
	return kinds & 1u << dt_type_strip(t)->kind;
}

#define K(kind) (1u << DT_K_##kind)

bool dt_type_is_void(const struct dt_type *t)
{
	return has_kind(t, K(VOID));
}

bool dt_type_is_integer(const struct dt_type *t)
{
	return has_kind(t, K(INT) | K(ENUM));
}

bool dt_type_is_float(const struct dt_type *t)
{
	return has_kind(t, K(FLOAT));
}

bool dt_type_is_arith(const struct dt_type *t)
{
	return has_kind(t, K(INT) | K(ENUM) | K(FLOAT));
}

bool dt_type_is_ptr(const struct dt_type *t)
{
	return has_kind(t, K(PTR));
}

bool dt_type_is_ptrlike(const struct dt_type *t)
{
	return has_kind(t, K(PTR) | K(ARRAY) | K(FUNC));
}

bool dt_type_is_scalar(const struct dt_type *t)
{
	return has_kind(t, K(INT) | K(ENUM) | K(FLOAT) | K(PTR));
}

bool dt_type_is_sou(const struct dt_type *t)
{
	return has_kind(t, K(STRUCT) | K(UNION));
}

bool dt_type_is_string(const struct dt_type *t)
{
	return has_kind(t, K(STRING));
}

bool dt_type_is_chararray(const struct dt_type *t)
{
	t = dt_type_strip(t);
	return t->kind == DT_K_ARRAY && dt_type_strip(t->base)->is_char;
}

bool dt_type_is_stringish(const struct dt_type *t)
{
	t = dt_type_strip(t);
	return t->kind == DT_K_STRING ||
	       ((t->kind == DT_K_ARRAY || t->kind == DT_K_PTR) && dt_type_strip(t->base)->is_char);
}

bool dt_type_is_dyn(const struct dt_type *t)
{
	return has_kind(t, K(DYN));
}

bool dt_type_is_signed(const struct dt_type *t)
{
	return dt_type_strip(t)->is_signed;
}

const struct dt_type *dt_type_decay(struct dt_types *types, const struct dt_type *t)
{
	const struct dt_type *plain = dt_type_strip(t);

	if (plain->kind == DT_K_ARRAY)
		return dt_type_ptr(types, plain->base);
	if (plain->kind == DT_K_FUNC)
		return dt_type_ptr(types, plain);
	return dt_type_unqual(t);
}

const struct dt_type *dt_type_arith(const struct dt_types *types, const struct dt_type *t)
{
	t = dt_type_strip(t);
	if (t->kind != DT_K_ENUM)
		return t;
	return t->base && t->size > 4 ? dt_type_strip(t->base) : types->base[DT_B_INT];
}

const struct dt_type *dt_type_usual(const struct dt_types *types, const struct dt_type *a,
				    const struct dt_type *b)
{
	a = dt_type_arith(types, a);
	b = dt_type_arith(types, b);
	if (a->kind == DT_K_FLOAT && b->kind != DT_K_FLOAT)
		return a;
	if (b->kind == DT_K_FLOAT && a->kind != DT_K_FLOAT)
		return b;
	if (a->rank != b->rank)
		return a->rank > b->rank ? a : b;
	return a->is_signed ? b : a; /* an unsigned type ranks just above its signed twin */
}

int64_t dt_type_wrap(const struct dt_type *type, int64_t value)
{
	const struct dt_type *t = dt_type_strip(type);
	unsigned shift;

	if (t->kind != DT_K_INT && t->kind != DT_K_ENUM)
		return value;
	if (t->is_bool)
		return value != 0;
	if (t->size >= 8 || t->size == 0)
		return value;
	shift = 64 - 8 * (unsigned)t->size;
	if (t->is_signed)
		return (int64_t)((uint64_t)value << shift) >> shift;
	return (int64_t)((uint64_t)value << shift >> shift);
}

const struct dt_type *dt_type_of_constant(const struct dt_types *types, uint64_t value,
					  bool is_decimal, const char *suffix)
{
	/* C11 6.4.4.1p5: the first type of its list that can hold the value.  Unsigned ones only
	 * for octal, hexadecimal, or the suffix u. */
	static const struct {
		enum dt_base type;
		uint8_t longs;
		bool is_unsigned;
		uint64_t max;
	} rows[] = {
		{ DT_B_INT, 0, false, INT32_MAX },   { DT_B_UINT, 0, true, UINT32_MAX },
		{ DT_B_LONG, 1, false, INT64_MAX },  { DT_B_ULONG, 1, true, UINT64_MAX },
		{ DT_B_LLONG, 2, false, INT64_MAX }, { DT_B_ULLONG, 2, true, UINT64_MAX },
	};
	unsigned int longs = 0;
	bool has_u = false;

	for (; *suffix; suffix++) {
		has_u |= tolower((unsigned char)*suffix) == 'u';
		longs += tolower((unsigned char)*suffix) == 'l';
	}
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (rows[i].longs < longs || value > rows[i].max)
			continue;
		if (has_u ? rows[i].is_unsigned : !rows[i].is_unsigned || !is_decimal)
			return types->base[rows[i].type];
	}
	/* C has no type for a decimal constant beyond long long; D takes the unsigned one. */
	return types->base[longs == 2 ? DT_B_ULLONG : DT_B_ULONG];
}

/* Removes typedefs and collects the qualifiers. */
static const struct dt_type *resolve(const struct dt_type *t, uint32_t *quals)
{
	*quals = 0;
	for (; t->kind == DT_K_TYPEDEF || t->kind == DT_K_QUAL; t = t->base)
		*quals |= t->quals;
	return t;
}

static bool same(const struct dt_type *a, const struct dt_type *b, bool loosely);

static bool same_func(const struct dt_type *a, const struct dt_type *b, bool loosely)
{
	if (!same(a->base, b->base, loosely) || a->nparams != b->nparams ||
	    a->variadic != b->variadic)
		return false;
	for (uint32_t i = 0; i < a->nparams; i++) {
		if (!same(a->params[i].type, b->params[i].type, loosely))
			return false;
	}
	return true;
}

static bool same_tagged(const struct dt_type *a, const struct dt_type *b, bool loosely)
{
	if (!*a->name || strcmp(a->name, b->name) != 0)
		return false;
	return a->incomplete || b->incomplete || (loosely && a->size == b->size);
}

static bool same(const struct dt_type *a, const struct dt_type *b, bool loosely)
{
	uint32_t quals_a, quals_b;

	a = resolve(a, &quals_a);
	b = resolve(b, &quals_b);
	if (!loosely && quals_a != quals_b)
		return false;
	if (a == b)
		return true;
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case DT_K_INT:
		return a->size == b->size && a->is_signed == b->is_signed &&
		       a->is_bool == b->is_bool && (loosely || a->rank == b->rank);
	case DT_K_FLOAT: return a->size == b->size;
	case DT_K_PTR: return same(a->base, b->base, loosely);
	case DT_K_ARRAY:
		return (a->nelems == b->nelems || (loosely && (!a->nelems || !b->nelems))) &&
		       same(a->base, b->base, loosely);
	case DT_K_STRUCT:
	case DT_K_UNION:
	case DT_K_ENUM: return same_tagged(a, b, loosely);
	case DT_K_FUNC: return same_func(a, b, loosely);
	default: return true; /* void and D's own: one of each */
	}
}

bool dt_type_equal(const struct dt_type *a, const struct dt_type *b)
{
	return same(a, b, false);
}

bool dt_type_compatible(const struct dt_type *a, const struct dt_type *b)
{
	return same(a, b, true);
}

/* The type that a pointer-like value points to; NULL: it is not one.  A string counts as an array
 * of char. */
static const struct dt_type *pointee(const struct dt_type *t)
{
	t = dt_type_strip(t);
	if (t->kind == DT_K_FUNC)
		return t;
	return t->kind == DT_K_PTR || t->kind == DT_K_ARRAY || t->kind == DT_K_STRING ? t->base
										      : NULL;
}

bool dt_type_ptrcompat(const struct dt_type *a, const struct dt_type *b)
{
	const struct dt_type *to_a = pointee(a), *to_b = pointee(b);

	if (!to_a || !to_b)
		return false;
	return dt_type_is_void(to_a) || dt_type_is_void(to_b) || same(to_a, to_b, true);
}

bool dt_type_assignable(const struct dt_type *dst, const struct dt_type *src)
{
	const struct dt_type *d = dt_type_strip(dst), *s = dt_type_strip(src);

	if (d->kind == DT_K_DYN || s->kind == DT_K_DYN)
		return true;
	if (dt_type_is_arith(d) && dt_type_is_arith(s))
		return dt_type_is_float(d) == dt_type_is_float(s);
	if (dt_type_is_stringish(d) && dt_type_is_stringish(s))
		return true;
	if (d->kind == DT_K_STRING ||
	    d->kind == DT_K_ARRAY) /* text only from text, arrays as they are */
		return d->kind == DT_K_ARRAY && same(d, s, true);
	if (d->kind == DT_K_PTR)
		return dt_type_ptrcompat(d, s);
	return d->kind != DT_K_VOID && same(d, s, true);
}
