/* SPDX-License-Identifier: MIT */
/*
 * Expressions: a node of the AST becomes a node of the typed tree, by one function per kind.  Names
 * are left to names.c, operators to ops.c, calls to call.c.  The parser bounds the depth
 * (DT_AST_MAX_DEPTH).
 */
#include <string.h>
#include "check/choose.h"
#include "check/call.h"
#include "check/context.h"
#include "check/convert.h"
#include "check/expr.h"
#include "check/member.h"
#include "check/names.h"
#include "check/node.h"
#include "check/ops.h"
#include "check/type.h"
#include "check/xlate.h"

static struct dt_expr *integer(struct dt_check *c, const struct dt_ast_expr *ast)
{
	static const char *const suffixes[2][3] = { { "", "l", "ll" }, { "u", "ul", "ull" } };
	unsigned nlong = ast->num.nlong > 2 ? 2 : ast->num.nlong;
	const struct dt_type *t;

	if (ast->num.is_char)
		t = dt_type_base(c->types, ast->num.value > INT32_MAX ? DT_B_LONG : DT_B_INT);
	else
		t = dt_type_of_constant(c->types, ast->num.value, ast->num.base == 10,
					suffixes[ast->num.is_unsigned][nlong]);
	return dt_check_int(c, dt_type_wrap(t, (int64_t)ast->num.value), t, &ast->loc);
}

static struct dt_expr *string(struct dt_check *c, const struct dt_ast_expr *ast)
{
	struct dt_expr *e = dt_check_node(c, DT_E_STR, dt_type_base(c->types, DT_B_STRING),
					  &ast->loc, 0);

	e->str = ast->str.s;
	e->len = (uint32_t)strlen(ast->str.s); /* a string ends with its first NUL */
	return e;
}

static struct dt_expr *sym(struct dt_check *c, const struct dt_ast_expr *ast)
{
	return dt_check_sym(c, ast, false);
}

/* An aggregation is not a value. Functions that take one look at the AST (agg.c). */
static struct dt_expr *agg(struct dt_check *c, const struct dt_ast_expr *ast)
{
	dt_fail_hint(c->compile, &ast->loc, "D_AGG_SCALAR",
		     "aggregations are written with @name = function() and read by printa()",
		     "aggregation @%s may not be used as a scalar value", ast->agg.name);
}

static struct dt_expr *member(struct dt_check *c, const struct dt_ast_expr *ast)
{
	struct dt_expr *base = dt_check_any(c, ast->member.base);

	return dt_check_member(c, base, ast->member.name, ast->member.arrow, &ast->loc);
}

static struct dt_expr *unary(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const struct dt_ast_expr *operand = ast->unary.operand;
	enum dt_op op = ast->unary.op;
	struct dt_expr *e;
	bool before = c->unevaluated;

	if (dt_op_info[op].base == DT_OP_ADD || dt_op_info[op].base == DT_OP_SUB)
		return dt_check_unary(c, op, dt_check_target(c, operand, NULL), &ast->loc);
	c->unevaluated = before || op == DT_OP_SIZEOF;
	e = op == DT_OP_ADDROF && operand->kind == DT_EXPR_SYM ? dt_check_sym(c, operand, true)
							       : dt_check_any(c, operand);
	c->unevaluated = before;
	return dt_check_unary(c, op, e, &ast->loc);
}

static struct dt_expr *comma(struct dt_check *c, const struct dt_ast_expr *ast)
{
	struct dt_expr *l = dt_check_any(c, ast->binary.left),
		       *r = dt_check_any(c, ast->binary.right);

	if (l->op == DT_E_XLATE)
		dt_check_value(c, l); /* fails, and says why */
	r = dt_check_value(c, r);
	return dt_check_node(c, DT_E_COMMA, r->type, &ast->loc, 2, l, r);
}

static struct dt_expr *assign(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const struct dt_ast_expr *left = ast->binary.left;
	struct dt_expr *r, *l;

	if (left->kind == DT_EXPR_AGG)
		dt_fail(c->compile, &ast->loc, "D_AGG_FUNC",
			"@%s must be assigned the result of an aggregating function",
			left->agg.name);
	/* The value first: it gives a new variable its type, and may not refer to it. */
	r = dt_check_any(c, ast->binary.right);
	if (r->op == DT_E_XLATE && (ast->binary.op != DT_OP_ASSIGN || !dt_type_is_sou(r->type)))
		dt_check_value(c, r);
	l = dt_check_target(c, left, ast->binary.op == DT_OP_ASSIGN ? r : NULL);
	if (ast->binary.op == DT_OP_ASSIGN)
		return dt_check_assign(c, l, r, &ast->loc);
	return dt_check_opassign(c, ast->binary.op, l, r, &ast->loc);
}

static struct dt_expr *binary(struct dt_check *c, const struct dt_ast_expr *ast)
{
	enum dt_op op = ast->binary.op;
	struct dt_expr *l;

	if (op == DT_OP_COMMA)
		return comma(c, ast);
	if (dt_op_info[op].kind == DT_OPK_ASSIGN)
		return assign(c, ast);
	l = dt_check_any(c, ast->binary.left);
	return dt_check_binary(c, op, l, dt_check_any(c, ast->binary.right), &ast->loc);
}

/* Of a known condition only the chosen side is checked, unless the other is but a constant. */
static struct dt_expr *cond(struct dt_check *c, const struct dt_ast_expr *ast)
{
	struct dt_expr *test, *yes;
	bool truth;

	if (dt_check_known_truth(c, ast->cond.cond, &truth) &&
	    !dt_check_is_constant(c, truth ? ast->cond.no : ast->cond.yes))
		return dt_check_any(c, truth ? ast->cond.yes : ast->cond.no);
	test = dt_check_any(c, ast->cond.cond);
	yes = dt_check_any(c, ast->cond.yes);

	return dt_check_cond(c, test, yes, dt_check_any(c, ast->cond.no), &ast->loc);
}

/* What copyin() returns. */
static bool points_to_void(const struct dt_type *t)
{
	return dt_type_is_ptr(t) && dt_type_is_void(dt_type_strip(t)->base);
}

/* Casts follow C's rules; (string) is stringof. */
static struct dt_expr *cast(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const struct dt_type *to = dt_check_typename(c, ast->cast.type), *t = dt_type_strip(to);
	struct dt_expr *e = dt_check_any(c, ast->cast.operand), *v;
	const struct dt_type *from;

	if (t->kind == DT_K_VOID) {
		if (e->op == DT_E_XLATE)
			dt_check_value(c, e);
		return dt_check_node(c, DT_E_CAST, to, &ast->loc, 1, dt_check_value(c, e));
	}
	if (t->kind == DT_K_STRING && e->op != DT_E_XLATE &&
	    (dt_type_is_stringish(e->type) || points_to_void(e->type)))
		return dt_check_to_string(c, e);
	if (dt_type_is_sou(t) && e->op != DT_E_XLATE && dt_type_compatible(t, e->type))
		return e;
	v = dt_check_value(c, e);
	from = dt_type_strip(v->type);
	if ((dt_type_is_integer(t) || t->kind == DT_K_PTR) &&
	    (dt_type_is_integer(from) || from->kind == DT_K_PTR))
		return dt_check_cast(c, v, to);
	if (t->kind == DT_K_PTR && from->kind == DT_K_STRING)
		return dt_check_cast(c, v, to);
	dt_fail(c->compile, &ast->loc, "D_CAST_INVAL",
		"invalid cast expression: (%s) applied to \"%s\"", dt_check_tname(c, to),
		dt_check_tname(c, e->type));
}

static struct dt_expr *size_of_type(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const struct dt_type *t = dt_check_typename(c, ast->sizeof_type.type);
	struct dt_expr *e = dt_check_node(c, DT_E_INT, t, &ast->loc, 0);

	return dt_check_unary(c, DT_OP_SIZEOF, e, &ast->loc);
}

static struct dt_expr *offset_of(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const struct dt_type *t = dt_check_typename(c, ast->offsetof_.type), *sou = t;
	const char *path = ast->offsetof_.member, *dot;
	uint64_t bits = 0;
	struct dt_member m;
	char *name;

	do {
		dot = strchr(path, '.');
		name = dot ? dt_arena_strndup(c->arena, path, (size_t)(dot - path))
			   : dt_arena_strdup(c->arena, path);
		if (!dt_type_is_sou(sou))
			dt_fail(c->compile, &ast->loc, "D_OFFSETOF_TYPE",
				"offsetof operand must be a struct or union type: %s",
				dt_check_tname(c, sou));
		if (!dt_type_member(c->types, sou, name, &m))
			dt_check_no_member(c, sou, name, &ast->loc, "offsetof");
		bits += m.offset_bits;
		sou = m.type;
		path = dot ? dot + 1 : NULL;
	} while (path);
	if (m.bits)
		dt_fail(c->compile, &ast->loc, "D_OFFSETOF_BITFIELD",
			"cannot take offset of a bit-field: %s", name);
	return dt_check_int(c, (int64_t)(bits / 8), dt_type_base(c->types, DT_B_SIZE), &ast->loc);
}

static struct dt_expr *xlate(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const struct dt_type *to = dt_check_typename(c, ast->cast.type);

	return dt_check_xlate(c, to, dt_check_any(c, ast->cast.operand), &ast->loc);
}

struct dt_expr *dt_expr_check(struct dt_check *c, const struct dt_ast_expr *ast)
{
	static struct dt_expr *(*const checks[])(struct dt_check *, const struct dt_ast_expr *) = {
		[DT_EXPR_INT] = integer,
		[DT_EXPR_STRING] = string,
		[DT_EXPR_IDENT] = dt_check_ident,
		[DT_EXPR_SELF] = dt_check_scoped,
		[DT_EXPR_THIS] = dt_check_scoped,
		[DT_EXPR_SYM] = sym,
		[DT_EXPR_AGG] = agg,
		[DT_EXPR_INDEX] = dt_check_index,
		[DT_EXPR_CALL] = dt_check_call,
		[DT_EXPR_MEMBER] = member,
		[DT_EXPR_UNARY] = unary,
		[DT_EXPR_BINARY] = binary,
		[DT_EXPR_COND] = cond,
		[DT_EXPR_CAST] = cast,
		[DT_EXPR_SIZEOF] = size_of_type,
		[DT_EXPR_OFFSETOF] = offset_of,
		[DT_EXPR_XLATE] = xlate,
	};

	return checks[ast->kind](c, ast);
}
