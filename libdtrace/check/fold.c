/* SPDX-License-Identifier: MIT */
/*
 * Constant folding: integer operations on constants, in 64 bits and without a cut to their type, as
 * the program would compute them.  Wider types are left to the program.
 */
#include "check/context.h"
#include "check/fold.h"
#include "check/node.h"

static bool is_int(const struct dt_expr *e)
{
	return e->op == DT_E_INT && dt_type_strip(e->type)->size <= 8;
}

bool dt_check_is_true(const struct dt_expr *e, bool *truth)
{
	if (!is_int(e))
		return false;
	*truth = e->ival != 0;
	return true;
}

bool dt_check_const_arg(const struct dt_expr *e, int64_t *value)
{
	if (e->op != DT_E_INT || !dt_type_is_integer(e->type))
		return false;
	*value = e->ival;
	return true;
}

static int64_t arith(enum dt_eop op, int64_t a, int64_t b, bool is_signed)
{
	uint64_t ua = (uint64_t)a, ub = (uint64_t)b;

	switch (op) {
	case DT_E_ADD: return (int64_t)(ua + ub);
	case DT_E_SUB: return (int64_t)(ua - ub);
	case DT_E_MUL: return (int64_t)(ua * ub);
	case DT_E_DIV: return is_signed ? (b == -1 ? (int64_t)-ua : a / b) : (int64_t)(ua / ub);
	case DT_E_MOD: return is_signed ? (b == -1 ? 0 : a % b) : (int64_t)(ua % ub);
	case DT_E_AND: return a & b;
	case DT_E_OR: return a | b;
	case DT_E_XOR: return a ^ b;
	case DT_E_SHL: return (int64_t)(ua << (ub & 63));
	case DT_E_SHR: return is_signed ? a >> (ub & 63) : (int64_t)(ua >> (ub & 63));
	default: return 0;
	}
}

static bool compare(enum dt_eop op, int64_t a, int64_t b, bool is_signed)
{
	bool less = is_signed ? a < b : (uint64_t)a < (uint64_t)b;

	switch (op) {
	case DT_E_EQ: return a == b;
	case DT_E_NE: return a != b;
	case DT_E_LT: return less;
	case DT_E_GE: return !less;
	case DT_E_LE: return less || a == b;
	default: return !less && a != b; /* GT */
	}
}

static struct dt_expr *result(struct dt_check *c, const struct dt_expr *e, int64_t value)
{
	return dt_check_int(c, value, e->type, &e->loc);
}

static struct dt_expr *fold_logic(struct dt_check *c, struct dt_expr *e)
{
	bool a, b, both;

	if (!dt_check_is_true(e->kids[0], &a))
		return e;
	if (e->op == DT_E_LAND && !a)
		return result(c, e, 0);
	if (e->op == DT_E_LOR && a)
		return result(c, e, 1);
	both = dt_check_is_true(e->kids[1], &b);
	if (!both)
		return e;
	return result(c, e, e->op == DT_E_LAND ? a && b : e->op == DT_E_LOR ? a || b : a != b);
}

struct dt_expr *dt_check_fold(struct dt_check *c, struct dt_expr *e)
{
	struct dt_expr *l = e->nkids > 0 ? e->kids[0] : NULL, *r = e->nkids > 1 ? e->kids[1] : NULL;

	if ((e->op == DT_E_DIV || e->op == DT_E_MOD) && is_int(r) && r->ival == 0)
		dt_fail(c->compile, &e->loc, "D_DIV_ZERO", "expression contains division by zero");
	if (e->op >= DT_E_LAND && e->op <= DT_E_LXOR)
		return fold_logic(c, e);
	if (!l || !is_int(l) || (r && !is_int(r)) || dt_type_strip(e->type)->size > 8)
		return e;
	switch (e->op) {
	case DT_E_NEG: return result(c, e, (int64_t) - (uint64_t)l->ival);
	case DT_E_BITNOT: return result(c, e, ~l->ival);
	case DT_E_NOT: return result(c, e, !l->ival);
	case DT_E_CAST:
		return dt_type_is_string(e->type) ? e
						  : result(c, e, dt_type_wrap(e->type, l->ival));
	case DT_E_ADD:
	case DT_E_SUB:
	case DT_E_MUL:
	case DT_E_DIV:
	case DT_E_MOD:
	case DT_E_AND:
	case DT_E_OR:
	case DT_E_XOR:
	case DT_E_SHL:
	case DT_E_SHR:
		return result(c, e, arith(e->op, l->ival, r->ival, dt_type_is_signed(e->type)));
	case DT_E_EQ:
	case DT_E_NE:
	case DT_E_LT:
	case DT_E_LE:
	case DT_E_GT:
	case DT_E_GE:
		return result(c, e, compare(e->op, l->ival, r->ival, dt_type_is_signed(e->optype)));
	default: return e;
	}
}
