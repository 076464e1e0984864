/* SPDX-License-Identifier: MIT */
/*
 * Expressions: precedence climbing over the table of operators (ast.h), with primary, postfix and
 * prefix expressions below it.  Knows the difference between a cast and a parenthesis, for which it
 * may ask whether a word is a type.
 */
#include <string.h>
#include "base/arena.h"
#include "lang/parse.h"

typedef DT_VEC(const struct dt_ast_expr *) expr_vec;

#define PREC_LOWEST_BINARY 4 /* || ; below it are ?:, assignment, comma */

static struct dt_ast_expr *unary(struct dt_parser *ps);

/* ---- making nodes ---- */

static struct dt_ast_expr *new_expr(struct dt_parser *ps, enum dt_ast_expr_kind kind,
				    const struct dt_loc *loc)
{
	struct dt_ast_expr *expr = dt_arena_new_obj(ps->arena, struct dt_ast_expr);

	expr->kind = kind;
	expr->loc = *loc;
	expr->depth = 1;
	return expr;
}

/* Makes CHILD a child of EXPR, as to depth. */
static void adopt(struct dt_parser *ps, struct dt_ast_expr *expr, const struct dt_ast_expr *child)
{
	if (child->depth >= expr->depth)
		expr->depth = (uint16_t)(child->depth + 1);
	if (expr->depth > DT_AST_MAX_DEPTH)
		dt_fail(ps->compile, &expr->loc, "D_SYNTAX",
			"expression is nested deeper than %d levels", DT_AST_MAX_DEPTH);
}

static struct dt_ast_expr *new_unary(struct dt_parser *ps, enum dt_op op, const struct dt_loc *loc,
				     const struct dt_ast_expr *operand)
{
	struct dt_ast_expr *expr = new_expr(ps, DT_EXPR_UNARY, loc);

	expr->unary.op = op;
	expr->unary.operand = operand;
	adopt(ps, expr, operand);
	return expr;
}

static struct dt_ast_expr *new_binary(struct dt_parser *ps, enum dt_op op, const struct dt_loc *loc,
				      const struct dt_ast_expr *left,
				      const struct dt_ast_expr *right)
{
	struct dt_ast_expr *expr = new_expr(ps, DT_EXPR_BINARY, loc);

	expr->binary.op = op;
	expr->binary.left = left;
	expr->binary.right = right;
	adopt(ps, expr, left);
	adopt(ps, expr, right);
	return expr;
}

/* expr, expr ... CLOSE */
static expr_vec list(struct dt_parser *ps, struct dt_ast_expr *owner, enum dt_tok_kind close,
		     bool may_be_empty)
{
	expr_vec exprs = { 0 };
	struct dt_ast_expr *expr;

	dt_parse_enter(ps);
	if (may_be_empty && dt_parse_accept(ps, close)) {
		dt_parse_leave(ps);
		return exprs;
	}
	do {
		expr = dt_expr_assign(ps);
		adopt(ps, owner, expr);
		dt_vec_push_arena(ps->arena, &exprs, expr);
	} while (dt_parse_accept(ps, DT_TOK_COMMA));
	dt_parse_expect(ps, close);
	dt_parse_leave(ps);
	return exprs;
}

/* ---- primary ---- */

static struct dt_ast_expr *integer(struct dt_parser *ps)
{
	struct dt_token tok = dt_parse_next(ps);
	struct dt_ast_expr *expr = new_expr(ps, DT_EXPR_INT, &tok.loc);

	expr->num.value = tok.value;
	expr->num.base = tok.base;
	expr->num.is_unsigned = tok.is_unsigned;
	expr->num.nlong = tok.nlong;
	expr->num.is_char = tok.is_char;
	return expr;
}

/* Adjacent literals are joined, as in C: macros of cpp make them. */
static struct dt_ast_expr *string(struct dt_parser *ps)
{
	struct dt_token tok = dt_parse_next(ps);
	struct dt_ast_expr *expr = new_expr(ps, DT_EXPR_STRING, &tok.loc);

	expr->str.s = tok.str;
	expr->str.len = tok.str_len;
	while (dt_parse_kind(ps) == DT_TOK_STRING) {
		struct dt_token more = dt_parse_next(ps);
		char *joined = dt_arena_alloc(ps->arena, expr->str.len + more.str_len + 1);

		if (expr->str.len + more.str_len > 65536)
			dt_fail(ps->compile, &more.loc, "D_SYNTAX", "string literal is too long");
		memcpy(joined, expr->str.s, expr->str.len);
		memcpy(joined + expr->str.len, more.str, more.str_len);
		expr->str.s = joined;
		expr->str.len += more.str_len;
	}
	return expr;
}

static struct dt_ast_expr *identifier(struct dt_parser *ps, enum dt_ast_expr_kind kind)
{
	struct dt_token tok = dt_parse_next(ps);
	struct dt_ast_expr *expr = new_expr(ps, kind, &tok.loc);

	expr->id.name = tok.str;
	return expr;
}

/* `name, object`name, pid`object`name: the last backtick separates the name. */
static struct dt_ast_expr *symbol(struct dt_parser *ps)
{
	struct dt_ast_expr *expr = identifier(ps, DT_EXPR_SYM);
	const char *tick = strrchr(expr->id.name, '`');

	if (tick > expr->id.name)
		expr->id.object = dt_arena_strndup(ps->arena, expr->id.name,
						   (size_t)(tick - expr->id.name));
	expr->id.name = tick + 1;
	return expr;
}

/* The name of a member, which may be a reserved word. */
static const char *member_name(struct dt_parser *ps)
{
	if (dt_parse_kind(ps) != DT_TOK_IDENT && dt_parse_kind(ps) <= DT_TOK_BEFORE_KEYWORDS)
		dt_parse_unexpected(ps, NULL);
	return dt_parse_next(ps).str;
}

/* self->x, this->x */
static struct dt_ast_expr *scoped(struct dt_parser *ps, enum dt_ast_expr_kind kind)
{
	struct dt_token tok = dt_parse_next(ps);
	struct dt_ast_expr *expr = new_expr(ps, kind, &tok.loc);

	if (dt_parse_accept(ps, DT_TOK_ARROW))
		expr->id.name = member_name(ps);
	return expr;
}

static struct dt_ast_expr *aggregation(struct dt_parser *ps)
{
	struct dt_token tok = dt_parse_next(ps);
	struct dt_ast_expr *expr = new_expr(ps, DT_EXPR_AGG, &tok.loc);
	expr_vec keys;

	expr->agg.name = tok.str;
	if (dt_parse_accept(ps, DT_TOK_LBRACKET)) {
		keys = list(ps, expr, DT_TOK_RBRACKET, false);
		expr->agg.keys = keys.data;
		expr->agg.nkeys = keys.n;
		expr->agg.has_keys = true;
	}
	return expr;
}

static struct dt_ast_expr *parenthesized(struct dt_parser *ps)
{
	struct dt_ast_expr *expr;

	dt_parse_enter(ps);
	dt_parse_next(ps);
	expr = dt_expr(ps);
	dt_parse_expect(ps, DT_TOK_RPAREN);
	dt_parse_leave(ps);
	expr->parens = true;
	return expr;
}

/* xlate <T> (e); a member may follow, as in xlate <T *> (e)->m */
static struct dt_ast_expr *xlate(struct dt_parser *ps)
{
	struct dt_token tok = dt_parse_next(ps);
	struct dt_ast_expr *expr = new_expr(ps, DT_EXPR_XLATE, &tok.loc);

	dt_parse_expect(ps, DT_TOK_LT);
	expr->cast.type = dt_decl_type_name(ps);
	dt_parse_expect(ps, DT_TOK_GT);
	if (dt_parse_kind(ps) != DT_TOK_LPAREN)
		dt_parse_unexpected(ps, NULL);
	expr->cast.operand = parenthesized(ps);
	adopt(ps, expr, expr->cast.operand);
	return expr;
}

static struct dt_ast_expr *primary(struct dt_parser *ps)
{
	switch (dt_parse_kind(ps)) {
	case DT_TOK_INT: return integer(ps);
	case DT_TOK_STRING: return string(ps);
	case DT_TOK_IDENT: return identifier(ps, DT_EXPR_IDENT);
	case DT_TOK_SYM: return symbol(ps);
	case DT_TOK_AGG: return aggregation(ps);
	case DT_KW_SELF: return scoped(ps, DT_EXPR_SELF);
	case DT_KW_THIS: return scoped(ps, DT_EXPR_THIS);
	case DT_TOK_LPAREN: return parenthesized(ps);
	case DT_KW_XLATE: return xlate(ps);
	case DT_KW_RETURN: /* return(value), an action */
		if (dt_parse_peek(ps, 1)->kind == DT_TOK_LPAREN)
			return identifier(ps, DT_EXPR_IDENT);
		/* fallthrough */
	default: dt_parse_unexpected(ps, NULL);
	}
}

/* ---- postfix ---- */

static struct dt_ast_expr *index_expr(struct dt_parser *ps, struct dt_ast_expr *base)
{
	struct dt_loc loc = dt_parse_next(ps).loc;
	struct dt_ast_expr *expr = new_expr(ps, DT_EXPR_INDEX, &loc);
	expr_vec keys;

	expr->index.base = base;
	adopt(ps, expr, base);
	keys = list(ps, expr, DT_TOK_RBRACKET, false);
	expr->index.keys = keys.data;
	expr->index.nkeys = keys.n;
	return expr;
}

static struct dt_ast_expr *call(struct dt_parser *ps, struct dt_ast_expr *base)
{
	struct dt_ast_expr *expr = new_expr(ps, DT_EXPR_CALL, &base->loc);
	expr_vec args;

	if (base->kind != DT_EXPR_IDENT || base->parens)
		dt_fail_hint(ps->compile, &base->loc, "D_FUNC_IDENT",
			     "a pointer may not be called: D has functions by name only",
			     "function designator is not of function type");
	dt_parse_next(ps);
	args = list(ps, expr, DT_TOK_RPAREN, true);
	expr->call.name = base->id.name;
	expr->call.args = args.data;
	expr->call.nargs = args.n;
	return expr;
}

static struct dt_ast_expr *member(struct dt_parser *ps, struct dt_ast_expr *base)
{
	struct dt_token tok = dt_parse_next(ps);
	struct dt_ast_expr *expr = new_expr(ps, DT_EXPR_MEMBER, &tok.loc);

	expr->member.base = base;
	expr->member.arrow = tok.kind == DT_TOK_ARROW;
	expr->member.name = member_name(ps);
	adopt(ps, expr, base);
	return expr;
}

static struct dt_ast_expr *postfix(struct dt_parser *ps)
{
	struct dt_ast_expr *expr = primary(ps);

	for (;;) {
		struct dt_loc loc = dt_parse_peek(ps, 0)->loc;

		switch (dt_parse_kind(ps)) {
		case DT_TOK_LBRACKET: expr = index_expr(ps, expr); break;
		case DT_TOK_LPAREN: expr = call(ps, expr); break;
		case DT_TOK_DOT:
		case DT_TOK_ARROW: expr = member(ps, expr); break;
		case DT_TOK_INC:
			dt_parse_next(ps);
			expr = new_unary(ps, DT_OP_POSTINC, &loc, expr);
			break;
		case DT_TOK_DEC:
			dt_parse_next(ps);
			expr = new_unary(ps, DT_OP_POSTDEC, &loc, expr);
			break;
		default: return expr;
		}
	}
}

/* ---- prefix ---- */

static const enum dt_op prefix_ops[DT_NTOKS] = {
	[DT_TOK_SUB] = DT_OP_NEG,          [DT_TOK_ADD] = DT_OP_PLUS,
	[DT_TOK_NOT] = DT_OP_NOT,          [DT_TOK_COMPL] = DT_OP_COMPL,
	[DT_TOK_MUL] = DT_OP_DEREF,        [DT_TOK_AND] = DT_OP_ADDROF,
	[DT_TOK_INC] = DT_OP_PREINC,       [DT_TOK_DEC] = DT_OP_PREDEC,
	[DT_KW_STRINGOF] = DT_OP_STRINGOF,
};

/* A token of this kind can follow (T) only if it is a cast, and T the name of a type. */
static bool needs_cast(enum dt_tok_kind kind)
{
	switch (kind) {
	case DT_TOK_INT:
	case DT_TOK_STRING:
	case DT_TOK_IDENT:
	case DT_TOK_SYM:
	case DT_KW_SELF:
	case DT_KW_THIS: return true;
	default: return false;
	}
}

/* Can a token of this kind follow (T) if it is a cast? Only then is types/ asked about T. */
static bool begins_operand(enum dt_tok_kind kind)
{
	switch (kind) {
	case DT_TOK_INT:
	case DT_TOK_STRING:
	case DT_TOK_IDENT:
	case DT_TOK_SYM:
	case DT_TOK_AGG:
	case DT_TOK_LPAREN:
	case DT_KW_SELF:
	case DT_KW_THIS:
	case DT_KW_SIZEOF:
	case DT_KW_OFFSETOF:
	case DT_KW_XLATE: return true;
	default: return prefix_ops[kind] != DT_OP_COMMA;
	}
}

/* peek(0) is a parenthesis: does it begin a cast? */
static bool at_cast(struct dt_parser *ps)
{
	const struct dt_token *word = dt_parse_peek(ps, 1);

	if (word->kind != DT_TOK_IDENT && word->kind != DT_TOK_SYM)
		return dt_decl_at_type(ps, 1);
	switch (dt_parse_peek(ps, 2)->kind) {
	case DT_TOK_RPAREN: /* (foo)x */
		if (!begins_operand(dt_parse_peek(ps, 3)->kind))
			return false;
		if (needs_cast(dt_parse_peek(ps, 3)->kind))
			return true;
		break;
	case DT_TOK_MUL: /* (foo *) (foo **) (foo *const) */
		switch (dt_parse_peek(ps, 3)->kind) {
		case DT_TOK_RPAREN: return true;
		case DT_TOK_MUL:
		case DT_KW_CONST:
		case DT_KW_VOLATILE: break;
		default: return false;
		}
		break;
	case DT_KW_CONST:
	case DT_KW_VOLATILE: return true;
	case DT_TOK_LPAREN: /* (foo (*)(int)): a call begins in the same way */
	case DT_TOK_LBRACKET: break;
	default: return false;
	}
	return dt_decl_at_type(ps, 1);
}

static struct dt_ast_expr *cast(struct dt_parser *ps)
{
	struct dt_token tok = dt_parse_next(ps);
	struct dt_ast_expr *expr = new_expr(ps, DT_EXPR_CAST, &tok.loc);

	expr->cast.type = dt_decl_type_name(ps);
	dt_parse_expect(ps, DT_TOK_RPAREN);
	expr->cast.operand = unary(ps);
	adopt(ps, expr, expr->cast.operand);
	return expr;
}

static struct dt_ast_expr *sizeof_expr(struct dt_parser *ps)
{
	struct dt_loc loc = dt_parse_next(ps).loc;
	struct dt_ast_expr *expr;
	bool type = false;

	if (dt_parse_kind(ps) == DT_TOK_LPAREN)
		type = dt_parse_peek(ps, 1)->kind == DT_TOK_IDENT &&
				       dt_parse_peek(ps, 2)->kind != DT_TOK_RPAREN
			       ? at_cast(ps)
			       : dt_decl_at_type(ps, 1);
	if (!type)
		return new_unary(ps, DT_OP_SIZEOF, &loc, unary(ps));
	dt_parse_next(ps);
	expr = new_expr(ps, DT_EXPR_SIZEOF, &loc);
	expr->sizeof_type.type = dt_decl_type_name(ps);
	dt_parse_expect(ps, DT_TOK_RPAREN);
	return expr;
}

static struct dt_ast_expr *offsetof_expr(struct dt_parser *ps)
{
	struct dt_token tok = dt_parse_next(ps);
	struct dt_ast_expr *expr = new_expr(ps, DT_EXPR_OFFSETOF, &tok.loc);
	const char *path;
	/* members in a path: structures are not deeper, and each one copies the path */
	int left = 64;

	dt_parse_expect(ps, DT_TOK_LPAREN);
	expr->offsetof_.type = dt_decl_type_name(ps);
	dt_parse_expect(ps, DT_TOK_COMMA);
	path = member_name(ps);
	while (left-- && dt_parse_accept(ps, DT_TOK_DOT))
		path = dt_arena_printf(ps->arena, "%s.%s", path, member_name(ps));
	expr->offsetof_.member = path;
	dt_parse_expect(ps, DT_TOK_RPAREN);
	return expr;
}

static struct dt_ast_expr *prefix(struct dt_parser *ps)
{
	enum dt_op op = prefix_ops[dt_parse_kind(ps)];
	struct dt_loc loc;

	switch (dt_parse_kind(ps)) {
	case DT_KW_SIZEOF: return sizeof_expr(ps);
	case DT_KW_OFFSETOF: return offsetof_expr(ps);
	case DT_TOK_LPAREN: return at_cast(ps) ? cast(ps) : postfix(ps);
	default:
		if (op == DT_OP_COMMA) /* the zero of the table: not a prefix operator */
			return postfix(ps);
		loc = dt_parse_next(ps).loc;
		return new_unary(ps, op, &loc, unary(ps));
	}
}

static struct dt_ast_expr *unary(struct dt_parser *ps)
{
	struct dt_ast_expr *expr;

	dt_parse_enter(ps);
	expr = prefix(ps);
	dt_parse_leave(ps);
	return expr;
}

/* ---- binary, ternary, assignment, comma ---- */

static struct dt_ast_expr *binary(struct dt_parser *ps, unsigned int min_prec)
{
	struct dt_ast_expr *left = unary(ps);

	for (;;) {
		enum dt_op op = dt_tok_binary_op[dt_parse_kind(ps)];
		struct dt_loc loc;

		if (op == DT_NOPS || dt_op_info[op].prec < min_prec)
			return left;
		loc = dt_parse_next(ps).loc;
		left = new_binary(ps, op, &loc, left, binary(ps, dt_op_info[op].prec + 1U));
	}
}

/* `? yes :` behind COND. */
static struct dt_ast_expr *choice(struct dt_parser *ps, struct dt_ast_expr *cond)
{
	struct dt_ast_expr *expr = new_expr(ps, DT_EXPR_COND, &dt_parse_peek(ps, 0)->loc);

	dt_parse_enter(ps);
	dt_parse_next(ps);
	expr->cond.cond = cond;
	expr->cond.yes = dt_expr(ps);
	dt_parse_expect(ps, DT_TOK_COLON);
	adopt(ps, expr, cond);
	adopt(ps, expr, expr->cond.yes);
	dt_parse_leave(ps);
	return expr;
}

/* A chain a ? b : c ? d : e nests to the right, but is read in a loop: it may be long. */
struct dt_ast_expr *dt_expr_const(struct dt_parser *ps)
{
	DT_VEC(struct dt_ast_expr *) chain = { 0 };
	struct dt_ast_expr *expr = binary(ps, PREC_LOWEST_BINARY);

	while (dt_parse_kind(ps) == DT_TOK_QUESTION) {
		dt_vec_push_arena(ps->compile->arena, &chain, choice(ps, expr));
		expr = binary(ps, PREC_LOWEST_BINARY);
	}
	for (size_t i = chain.n; i-- > 0;) {
		chain.data[i]->cond.no = expr;
		adopt(ps, chain.data[i], expr);
		expr = chain.data[i];
	}
	return expr;
}

/* What is assigned to is a variable from now on, even if types/ knows a type of that name. */
static void note_variable(struct dt_parser *ps, const struct dt_ast_expr *left)
{
	if (left->kind == DT_EXPR_INDEX)
		left = left->index.base;
	if (left->kind == DT_EXPR_IDENT)
		dt_parse_add_variable(ps, left->id.name);
}

struct dt_ast_expr *dt_expr_assign(struct dt_parser *ps)
{
	struct dt_ast_expr *left = dt_expr_const(ps);
	enum dt_op op = dt_tok_binary_op[dt_parse_kind(ps)];
	struct dt_loc loc;

	if (op == DT_NOPS || dt_op_info[op].kind != DT_OPK_ASSIGN)
		return left;
	if (!left->parens && (left->kind == DT_EXPR_BINARY || left->kind == DT_EXPR_COND))
		dt_parse_unexpected(ps, "only a variable can be assigned to");
	note_variable(ps, left);
	dt_parse_enter(ps);
	loc = dt_parse_next(ps).loc;
	left = new_binary(ps, op, &loc, left, dt_expr_assign(ps));
	dt_parse_leave(ps);
	return left;
}

struct dt_ast_expr *dt_expr(struct dt_parser *ps)
{
	struct dt_ast_expr *left = dt_expr_assign(ps);

	while (dt_parse_kind(ps) == DT_TOK_COMMA) {
		struct dt_loc loc = dt_parse_next(ps).loc;

		left = new_binary(ps, DT_OP_COMMA, &loc, left, dt_expr_assign(ps));
	}
	return left;
}
