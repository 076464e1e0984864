/* SPDX-License-Identifier: MIT */
/*
 * Which values an expression can have.  D computes with 64 bits and cuts a value to its type only
 * where it is stored, cast or recorded.  check/ and lower/ ask here whether there is anything to
 * cut.
 */
#include "check/tree.h"

static bool is_integer_below_64(const struct dt_type *t)
{
	return (t->kind == DT_K_INT || t->kind == DT_K_ENUM) && t->size && t->size < 8;
}

/* Does TO hold every value of FROM? */
static bool contains(const struct dt_type *to, const struct dt_type *from)
{
	from = dt_type_strip(from);
	if (from->is_bool)
		return true;
	if (to->is_bool || !is_integer_below_64(from) || from->size > to->size)
		return false;
	if (from->is_signed)
		return to->is_signed;
	return !to->is_signed || from->size < to->size;
}

static bool bits_fit(const struct dt_expr *e, const struct dt_type *to)
{
	uint32_t room = 8 * (uint32_t)to->size;

	if (dt_type_is_signed(e->type))
		return to->is_signed && e->bit_size <= room;
	return e->bit_size < room || (e->bit_size == room && !to->is_signed);
}

/* A mask without a sign that TO can hold: the result is between 0 and the mask. */
static bool is_mask(const struct dt_expr *e, const struct dt_type *to)
{
	return e->op == DT_E_INT && e->ival >= 0 && dt_type_wrap(to, e->ival) == e->ival;
}

/* A quotient, a remainder, or >>: no larger than the left side, if that has no sign. */
static bool shrinks(const struct dt_expr *e, const struct dt_type *to)
{
	if (!dt_expr_fits(e->kids[0], to))
		return false;
	if (!to->is_signed)
		return !dt_type_is_signed(e->type);
	return dt_type_is_signed(e->type) && e->op != DT_E_DIV;
}

bool dt_expr_fits(const struct dt_expr *e, const struct dt_type *to)
{
	to = dt_type_strip(to);
	if (!to->is_bool && !is_integer_below_64(to))
		return true;
	switch (e->op) {
	case DT_E_INT: return dt_type_wrap(to, e->ival) == e->ival;
	case DT_E_EQ:
	case DT_E_NE:
	case DT_E_LT:
	case DT_E_LE:
	case DT_E_GT:
	case DT_E_GE:
	case DT_E_NOT:
	case DT_E_LAND:
	case DT_E_LOR:
	case DT_E_LXOR: return true;
	case DT_E_BITFIELD: return !to->is_bool && bits_fit(e, to);
	case DT_E_COMMA: return dt_expr_fits(e->kids[1], to);
	case DT_E_COND: return dt_expr_fits(e->kids[1], to) && dt_expr_fits(e->kids[2], to);
	case DT_E_AND:
		if (is_mask(e->kids[0], to) || is_mask(e->kids[1], to))
			return true;
		return dt_expr_fits(e->kids[0], to) && dt_expr_fits(e->kids[1], to);
	case DT_E_OR:
	case DT_E_XOR: return dt_expr_fits(e->kids[0], to) && dt_expr_fits(e->kids[1], to);
	case DT_E_DIV:
	case DT_E_MOD:
	case DT_E_SHR: return !to->is_bool && shrinks(e, to);
	case DT_E_ADD:
	case DT_E_SUB:
	case DT_E_MUL:
	case DT_E_SHL:
	case DT_E_NEG:
	case DT_E_BITNOT: return false;
	default: return contains(to, e->type); /* as its type holds it */
	}
}
