/* SPDX-License-Identifier: MIT */
/*
 * Operators: which operands each takes, the type of its result, the conversions that it implies.
 * Types of integer operations are D's, not C's (types.h, dt_type_usual()); operands are not
 * converted, since D computes with 64 bits.  Strings can be compared, can be arms of ?:, and can be
 * conditions.
 */
#include "check/context.h"
#include "check/convert.h"
#include "check/fold.h"
#include "check/node.h"
#include "check/ops.h"
#include "check/type.h"
#include "check/xlate.h"

static const char *spelling(enum dt_op op)
{
	return dt_op_info[op].spelling;
}

static _Noreturn void incompatible(struct dt_check *c, enum dt_op op, const struct dt_expr *l,
				   const struct dt_expr *r, const struct dt_loc *loc,
				   const char *hint)
{
	dt_fail_hint(c->compile, loc, "D_OP_INCOMPAT", hint,
		     "operands have incompatible types: \"%s\" %s \"%s\"",
		     dt_check_tname(c, l->type), spelling(op), dt_check_tname(c, r->type));
}

static const enum dt_eop eops[DT_NOPS] = {
	[DT_OP_ADD] = DT_E_ADD,   [DT_OP_SUB] = DT_E_SUB,   [DT_OP_MUL] = DT_E_MUL,
	[DT_OP_DIV] = DT_E_DIV,   [DT_OP_MOD] = DT_E_MOD,   [DT_OP_AND] = DT_E_AND,
	[DT_OP_OR] = DT_E_OR,     [DT_OP_XOR] = DT_E_XOR,   [DT_OP_LSH] = DT_E_SHL,
	[DT_OP_RSH] = DT_E_SHR,   [DT_OP_EQ] = DT_E_EQ,     [DT_OP_NE] = DT_E_NE,
	[DT_OP_LT] = DT_E_LT,     [DT_OP_LE] = DT_E_LE,     [DT_OP_GT] = DT_E_GT,
	[DT_OP_GE] = DT_E_GE,     [DT_OP_LAND] = DT_E_LAND, [DT_OP_LOR] = DT_E_LOR,
	[DT_OP_LXOR] = DT_E_LXOR,
};

/* ---- binary operators ---- */

/* The size of what P points to. */
static int64_t step(struct dt_check *c, enum dt_op op, const struct dt_expr *p,
		    const struct dt_loc *loc)
{
	const struct dt_type *to = dt_type_strip(p->type)->base;
	uint64_t size = dt_type_size(c->types, to);

	if (size)
		return (int64_t)size;
	dt_fail_hint(c->compile, loc, "D_OP_INCOMPLETE", dt_check_hint_incomplete(c, to),
		     "operator %s cannot be applied to a pointer to type \"%s\" of unknown size",
		     spelling(op), dt_check_tname(c, to));
}

static bool points_to_nothing(const struct dt_expr *e)
{
	const struct dt_type *to;

	if (!dt_type_is_ptr(e->type))
		return false;
	to = dt_type_strip(dt_type_strip(e->type)->base);
	return to->kind == DT_K_VOID || to->kind == DT_K_FUNC;
}

static struct dt_expr *scaled(struct dt_check *c, enum dt_op op, struct dt_expr *index,
			      const struct dt_expr *p, const struct dt_loc *loc)
{
	const struct dt_type *lng = dt_type_base(c->types, DT_B_LONG);
	int64_t size = step(c, op, p, loc);

	index = dt_check_cast(c, index, lng);
	if (size == 1)
		return index;
	return dt_check_fold(c, dt_check_node(c, DT_E_MUL, lng, loc, 2, index,
					      dt_check_int(c, size, lng, loc)));
}

static struct dt_expr *pointer_diff(struct dt_check *c, struct dt_expr *l, struct dt_expr *r,
				    const struct dt_loc *loc)
{
	const struct dt_type *lng = dt_type_base(c->types, DT_B_LONG);
	int64_t size = step(c, DT_OP_SUB, l, loc);
	struct dt_expr *diff;

	diff = dt_check_fold(c, dt_check_node(c, DT_E_SUB, lng, loc, 2, dt_check_cast(c, l, lng),
					      dt_check_cast(c, r, lng)));
	if (size == 1)
		return diff;
	return dt_check_fold(c, dt_check_node(c, DT_E_DIV, lng, loc, 2, diff,
					      dt_check_int(c, size, lng, loc)));
}

static struct dt_expr *additive(struct dt_check *c, enum dt_op op, struct dt_expr *l,
				struct dt_expr *r, const struct dt_loc *loc)
{
	bool lp = dt_type_is_ptr(l->type), rp = dt_type_is_ptr(r->type), same;
	struct dt_expr *p = lp ? l : r, *i = lp ? r : l;

	if (points_to_nothing(l) || points_to_nothing(r))
		incompatible(c, op, l, r, loc, "cast it to a pointer to a type that has a size");
	if (lp && rp) {
		same = dt_type_ptrcompat(l->type, r->type);
		if (op != DT_OP_SUB || !same)
			incompatible(c, op, l, r, loc, NULL);
		return pointer_diff(c, l, r, loc);
	}
	if (!dt_type_is_integer(i->type) || !(lp || rp) || (rp && op == DT_OP_SUB))
		incompatible(c, op, l, r, loc, NULL);
	return dt_check_fold(c, dt_check_node(c, eops[op], dt_type_unqual(p->type), loc, 2, p,
					      scaled(c, op, i, p, loc)));
}

static struct dt_expr *arithmetic(struct dt_check *c, enum dt_op op, struct dt_expr *l,
				  struct dt_expr *r, const struct dt_loc *loc)
{
	const struct dt_type *t = dt_type_usual(c->types, l->type, r->type);

	return dt_check_fold(c, dt_check_node(c, eops[op], t, loc, 2, l, r));
}

static struct dt_expr *comparison(struct dt_check *c, enum dt_op op, struct dt_expr *l,
				  struct dt_expr *r, const struct dt_loc *loc)
{
	const struct dt_type *string = dt_type_base(c->types, DT_B_STRING), *t = string;
	struct dt_expr *e, *left = l = l->op == DT_E_XLATE ? dt_check_operand(c, l) : l;
	struct dt_expr *right = r = r->op == DT_E_XLATE ? dt_check_operand(c, r) : r;
	bool text = dt_type_is_string(l->type) || dt_type_is_string(r->type);
	bool ints = dt_type_is_integer(l->type) && dt_type_is_integer(r->type);

	if (text) { /* 0 is an unassigned string */
		l = dt_check_convert(c, l, string);
		r = dt_check_convert(c, r, string);
		if (!l || !r)
			incompatible(c, op, left, right, loc, NULL);
	} else {
		l = dt_check_value(c, l);
		r = dt_check_value(c, r);
		if (ints)
			t = dt_type_usual(c->types, l->type, r->type);
		else if (dt_type_is_ptr(l->type) &&
			 (dt_type_is_integer(r->type) || dt_type_ptrcompat(l->type, r->type)))
			t = dt_type_unqual(l->type);
		else if (dt_type_is_ptr(r->type) && dt_type_is_integer(l->type))
			t = dt_type_unqual(r->type);
		else
			incompatible(c, op, left, right, loc, NULL);
		if (!ints) {
			l = dt_check_cast(c, l, t);
			r = dt_check_cast(c, r, t);
		}
	}
	e = dt_check_node(c, eops[op], dt_type_base(c->types, DT_B_INT), loc, 2, l, r);
	e->optype = t;
	return dt_check_fold(c, e);
}

static bool both(bool (*is)(const struct dt_type *), const struct dt_expr *l,
		 const struct dt_expr *r)
{
	return is(l->type) && is(r->type);
}

struct dt_expr *dt_check_binary(struct dt_check *c, enum dt_op op, struct dt_expr *l,
				struct dt_expr *r, const struct dt_loc *loc)
{
	if (dt_op_info[op].kind == DT_OPK_COMPARE)
		return comparison(c, op, l, r, loc);
	if (dt_op_info[op].kind == DT_OPK_LOGIC) {
		l = dt_check_operand(c, l);
		r = dt_check_operand(c, r);
	}
	l = dt_check_value(c, l);
	r = dt_check_value(c, r);
	switch (op) {
	case DT_OP_LAND:
	case DT_OP_LOR:
	case DT_OP_LXOR:
		if (!dt_check_has_truth(l) || !dt_check_has_truth(r))
			dt_fail(c->compile, loc, "D_OP_SCALAR",
				"operator %s requires operands of scalar type", spelling(op));
		return dt_check_fold(c, dt_check_node(c, eops[op], dt_type_base(c->types, DT_B_INT),
						      loc, 2, l, r));
	case DT_OP_AND:
	case DT_OP_OR:
	case DT_OP_XOR:
	case DT_OP_LSH:
	case DT_OP_RSH:
	case DT_OP_MOD:
		if (!both(dt_type_is_integer, l, r))
			dt_fail(c->compile, loc, "D_OP_INT",
				"operator %s requires operands of integral type", spelling(op));
		return arithmetic(c, op, l, r, loc);
	case DT_OP_MUL:
	case DT_OP_DIV:
		if (!both(dt_type_is_integer, l, r))
			dt_fail(c->compile, loc, "D_OP_ARITH",
				"operator %s requires operands of arithmetic type%s", spelling(op),
				both(dt_type_is_arith, l, r)
					? "; D has no floating-point arithmetic"
					: "");
		return arithmetic(c, op, l, r, loc);
	default: /* + - */
		return both(dt_type_is_integer, l, r) ? arithmetic(c, op, l, r, loc)
						      : additive(c, op, l, r, loc);
	}
}

/* ---- assignment ---- */

static void require_lvalue(struct dt_check *c, const struct dt_expr *e, enum dt_op op,
			   const struct dt_loc *loc)
{
	const struct dt_type *t = dt_type_strip(e->type);

	if (e->op == DT_E_BUILTIN)
		dt_fail(c->compile, loc, "D_OP_WRITE",
			"operator %s can only be applied to a writable variable; %s is built in",
			spelling(op), e->row->name);
	if (t->kind == DT_K_ARRAY || t->kind == DT_K_FUNC)
		dt_fail(c->compile, loc, "D_OP_ARRFUN",
			"operator %s may not be applied to operand of %s type", spelling(op),
			t->kind == DT_K_ARRAY ? "array" : "function");
	if (!dt_check_is_lvalue(e))
		dt_fail(c->compile, loc, "D_OP_LVAL",
			"operator %s requires modifiable lvalue as an operand", spelling(op));
}

struct dt_expr *dt_check_assign(struct dt_check *c, struct dt_expr *l, struct dt_expr *r,
				const struct dt_loc *loc)
{
	struct dt_expr *value;

	require_lvalue(c, l, DT_OP_ASSIGN, loc);
	if (r->op == DT_E_XLATE && dt_type_is_sou(r->type) && dt_type_compatible(l->type, r->type))
		return dt_check_xlate_assign(c, l, r, loc);
	value = dt_check_convert(c, r, l->type);
	if (!value) {
		if (r->op == DT_E_XLATE)
			dt_check_value(c, r); /* fails, and says why */
		incompatible(c, DT_OP_ASSIGN, l, r, loc, NULL);
	}
	return dt_check_node(c, DT_E_ASSIGN, dt_type_unqual(l->type), loc, 2, l, value);
}

struct dt_expr *dt_check_opassign(struct dt_check *c, enum dt_op op, struct dt_expr *l,
				  struct dt_expr *r, const struct dt_loc *loc)
{
	enum dt_op base = dt_op_info[op].base;
	struct dt_expr *sum, *e;

	require_lvalue(c, l, op, loc);
	r = dt_check_value(c, r);
	if (dt_type_is_ptr(r->type))
		incompatible(c, op, l, r, loc, NULL);
	/* The conversions are those of `l base r`, whose right side is used. */
	sum = dt_check_binary(c, base, l, r, loc);
	if (sum->op != eops[base])
		incompatible(c, op, l, r, loc, NULL);
	e = dt_check_node(c, DT_E_OPASSIGN, dt_type_unqual(l->type), loc, 2, l, sum->kids[1]);
	e->aop = sum->op;
	e->optype = sum->type;
	return e;
}

static struct dt_expr *incdec(struct dt_check *c, enum dt_op op, struct dt_expr *l,
			      const struct dt_loc *loc)
{
	struct dt_expr *e;
	int64_t delta = 1;

	if (!dt_type_is_integer(l->type) && !dt_type_is_ptr(l->type) && dt_check_is_lvalue(l) &&
	    dt_type_strip(l->type)->kind != DT_K_ARRAY)
		dt_fail(c->compile, loc, "D_OP_SCALAR",
			"operator %s requires operand of scalar type", spelling(op));
	require_lvalue(c, l, op, loc);
	if (points_to_nothing(l))
		dt_fail(c->compile, loc, "D_OP_VFPTR",
			"operator %s may not be applied to a pointer to %s", spelling(op),
			dt_type_is_void(dt_type_strip(l->type)->base) ? "void" : "function");
	if (dt_type_is_ptr(l->type))
		delta = step(c, op, l, loc);
	e = dt_check_node(c, DT_E_INCDEC, dt_type_unqual(l->type), loc, 1, l);
	e->aop = DT_E_ADD;
	e->optype = e->type;
	e->delta = dt_op_info[op].base == DT_OP_SUB ? -delta : delta;
	e->is_post = dt_op_info[op].kind == DT_OPK_POSTFIX;
	return e;
}

/* ---- unary operators ---- */

static struct dt_expr *arith_unary(struct dt_check *c, enum dt_op op, struct dt_expr *e,
				   const struct dt_loc *loc)
{
	const struct dt_type *t;

	e = dt_check_value(c, e);
	if (!dt_type_is_integer(e->type)) {
		if (op == DT_OP_COMPL)
			dt_fail(c->compile, loc, "D_OP_INT",
				"operator ~ requires an operand of integral type");
		dt_fail(c->compile, loc, "D_OP_ARITH",
			"operator %s requires an operand of arithmetic type%s", spelling(op),
			dt_type_is_float(e->type) ? "; D has no floating-point arithmetic" : "");
	}
	t = dt_type_arith(c->types, e->type);
	if (op == DT_OP_PLUS)
		return t == dt_type_strip(e->type) ? e : dt_check_cast(c, e, t);
	return dt_check_fold(c, dt_check_node(c, op == DT_OP_NEG ? DT_E_NEG : DT_E_BITNOT, t, loc,
					      1, e));
}

static struct dt_expr *logical_not(struct dt_check *c, struct dt_expr *e, const struct dt_loc *loc)
{
	e = dt_check_operand(c, e);
	if (!dt_check_has_truth(e))
		dt_fail(c->compile, loc, "D_OP_SCALAR",
			"operator ! requires an operand of scalar type");
	return dt_check_fold(c, dt_check_node(c, DT_E_NOT, dt_type_base(c->types, DT_B_INT), loc, 1,
					      e));
}

static struct dt_expr *deref(struct dt_check *c, struct dt_expr *e, const struct dt_loc *loc)
{
	const struct dt_type *t = dt_type_strip(e->type), *to;

	if (e->op == DT_E_XLATE && t->kind == DT_K_PTR) {
		struct dt_expr *x = dt_check_node(c, DT_E_XLATE, t->base, loc, 1, e->kids[0]);

		x->xlator = e->xlator;
		return x;
	}
	e = dt_type_is_string(e->type) ? dt_check_chars(c, e) : dt_check_value(c, e);
	t = dt_type_strip(e->type);
	if (t->kind != DT_K_PTR)
		dt_fail(c->compile, loc, "D_DEREF_NONPTR", "cannot dereference non-pointer type");
	to = dt_type_strip(t->base);
	if (to->kind == DT_K_VOID)
		dt_fail(c->compile, loc, "D_DEREF_VOID", "cannot dereference pointer to void");
	if (to->kind == DT_K_FUNC)
		dt_fail(c->compile, loc, "D_DEREF_FUNC", "cannot dereference pointer to function");
	return dt_check_deref(c, e, 0, t->base, loc);
}

static struct dt_expr *addrof(struct dt_check *c, struct dt_expr *e, const struct dt_loc *loc)
{
	struct dt_expr *kid, *a;

	if (e->op == DT_E_XLATE)
		dt_fail(c->compile, loc, "D_ADDROF_VAR",
			"cannot take address of a translated object");
	if (e->op == DT_E_BITFIELD)
		dt_fail(c->compile, loc, "D_ADDROF_BITFIELD", "cannot take address of bit-field");
	if (e->op == DT_E_VAR || e->op == DT_E_ELEM || e->op == DT_E_BUILTIN)
		dt_fail(c->compile, loc, "D_ADDROF_VAR", "cannot take address of dynamic variable");
	if (dt_type_strip(e->type)->kind == DT_K_FUNC)
		return dt_check_value(c, e);
	if (e->op != DT_E_DEREF)
		dt_fail(c->compile, loc, "D_ADDROF_LVAL",
			"operator & requires an lvalue as its operand");
	kid = e->kids[0];
	if (e->offset == 0 || kid->op == DT_E_INT) {
		if (kid->op == DT_E_INT)
			return dt_check_int(c, kid->ival + e->offset,
					    dt_type_ptr(c->types, e->type), loc);
		if (dt_type_is_ptr(kid->type))
			return dt_check_cast(c, kid, dt_type_ptr(c->types, e->type));
	}
	a = dt_check_node(c, DT_E_ADDROF, dt_type_ptr(c->types, e->type), loc, 1, kid);
	a->offset = e->offset;
	a->is_user = e->is_user;
	a->is_trusted = e->is_trusted;
	return a;
}

static struct dt_expr *size_of(struct dt_check *c, struct dt_expr *e, const struct dt_loc *loc)
{
	uint64_t size;

	if (e->op == DT_E_BITFIELD)
		dt_fail(c->compile, loc, "D_SIZEOF_BITFIELD", "cannot apply sizeof to a bit-field");
	size = e->op == DT_E_STR ? e->len + 1 : dt_type_size(c->types, e->type);
	if (size == 0 &&
	    (!dt_type_is_sou(e->type) || dt_type_complete(c->types, e->type)->incomplete))
		dt_fail_hint(c->compile, loc, "D_SIZEOF_TYPE", dt_check_hint_incomplete(c, e->type),
			     "cannot apply sizeof to an operand of unknown size: %s",
			     dt_check_tname(c, e->type));
	return dt_check_int(c, (int64_t)size, dt_type_base(c->types, DT_B_SIZE), loc);
}

static struct dt_expr *string_of(struct dt_check *c, struct dt_expr *e, const struct dt_loc *loc)
{
	if (e->op == DT_E_XLATE || (!dt_type_is_stringish(e->type) &&
				    !dt_type_is_ptrlike(e->type) && !dt_type_is_integer(e->type)))
		dt_fail(c->compile, loc, "D_STRINGOF_TYPE",
			"cannot use stringof operator on type %s", dt_check_tname(c, e->type));
	return dt_check_to_string(c, e);
}

struct dt_expr *dt_check_unary(struct dt_check *c, enum dt_op op, struct dt_expr *e,
			       const struct dt_loc *loc)
{
	switch (op) {
	case DT_OP_NEG:
	case DT_OP_PLUS:
	case DT_OP_COMPL: return arith_unary(c, op, e, loc);
	case DT_OP_NOT: return logical_not(c, e, loc);
	case DT_OP_DEREF: return deref(c, e, loc);
	case DT_OP_ADDROF: return addrof(c, e, loc);
	case DT_OP_SIZEOF: return size_of(c, e, loc);
	case DT_OP_STRINGOF: return string_of(c, e, loc);
	default: return incdec(c, op, e, loc);
	}
}

/* ---- c ? a : b ---- */

static bool is_action(const struct dt_expr *e)
{
	return e->op == DT_E_CALL && e->row->kind == DT_BI_ACTION;
}

/* The common type of the two arms, which are converted to it; NULL: there is none. */
static const struct dt_type *arms(struct dt_check *c, struct dt_expr **yes, struct dt_expr **no)
{
	const struct dt_type *a = (*yes)->type, *b = (*no)->type, *t = NULL;

	if (dt_type_is_integer(a) && dt_type_is_integer(b)) {
		return dt_type_usual(c->types, a, b);
	} else if (dt_type_is_string(a) || dt_type_is_string(b) ||
		   (dt_type_is_chararray(a) && dt_type_is_chararray(b))) {
		t = dt_type_base(c->types, DT_B_STRING);
	} else if (dt_type_is_ptrlike(a)) {
		t = dt_type_decay(c->types, a);
		if (dt_type_is_ptrlike(b) && dt_type_is_void(dt_type_strip(t)->base))
			t = dt_type_decay(c->types, b);
	} else if (dt_type_is_ptrlike(b)) {
		t = dt_type_decay(c->types, b);
	} else if (dt_type_is_void(a) && dt_type_is_void(b)) {
		return dt_type_unqual(a);
	} else if (dt_type_compatible(a, b)) {
		t = a;
	}
	if (!t)
		return NULL;
	*yes = dt_check_convert(c, *yes, t);
	*no = dt_check_convert(c, *no, t);
	return *yes && *no ? dt_type_unqual(t) : NULL;
}

struct dt_expr *dt_check_cond(struct dt_check *c, struct dt_expr *cond, struct dt_expr *yes,
			      struct dt_expr *no, const struct dt_loc *loc)
{
	struct dt_expr *a = yes, *b = no, *e;
	const struct dt_type *t;
	bool truth;

	cond = dt_check_operand(c, cond);
	if (is_action(yes) || is_action(no))
		dt_fail_hint(c->compile, loc, "D_OP_ACT", "write if (...) { ... } else { ... }",
			     "action cannot be used in a conditional context");
	if (!dt_check_has_truth(cond))
		dt_fail(c->compile, loc, "D_OP_SCALAR",
			"operator ?: expression must be of scalar type");
	t = arms(c, &yes, &no);
	if (!t)
		dt_fail(c->compile, loc, "D_OP_INCOMPAT",
			"operator ?: operands must have compatible types: \"%s\" and \"%s\"",
			dt_check_tname(c, a->type), dt_check_tname(c, b->type));
	if (dt_check_is_true(cond, &truth)) {
		e = truth ? yes : no;
		if (e->op == DT_E_INT)
			return dt_check_int(c, e->ival, t, &e->loc);
		if (!dt_type_is_integer(t) || dt_type_strip(e->type) == t)
			return e;
	}
	return dt_check_node(c, DT_E_COND, t, loc, 3, cond, yes, no);
}
