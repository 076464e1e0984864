/* SPDX-License-Identifier: MIT */
/*
 * Conversions: each one that D does silently becomes a CAST node here.  Where a pointer points
 * (user memory, memory that the kernel guarantees) is carried along with it.
 */
#include <stdarg.h>
#include <string.h>
#include "check/context.h"
#include "check/convert.h"
#include "check/fold.h"
#include "check/node.h"

#define MAX_STRUCT_KEY 448 /* bytes */

static struct dt_expr *retyped(struct dt_check *c, const struct dt_expr *e,
			       const struct dt_type *type)
{
	struct dt_expr *copy = dt_arena_memdup(c->arena, e, sizeof(*e));

	copy->type = type;
	return copy;
}

/* Where does E point, if it is a pointer? */
static void provenance(const struct dt_expr *e, bool *is_user, bool *is_trusted)
{
	bool trusted = true;

	for (;;) {
		switch (e->op) {
		case DT_E_BUILTIN:
			*is_user = e->is_user;
			*is_trusted = trusted && (e->is_trusted || (e->row->flags & DT_BF_TRUSTED));
			return;
		case DT_E_DEREF: /* a pointer in user memory points to user memory */
			*is_user = e->is_user;
			*is_trusted = false;
			return;
		case DT_E_ADD:
		case DT_E_SUB:
		case DT_E_COND:
			trusted = false;
			e = e->kids[e->op == DT_E_COND];
			break;
		case DT_E_COMMA:
		case DT_E_ASSIGN: e = e->kids[1]; break;
		case DT_E_CAST:
		case DT_E_ADDROF:
			if (!dt_type_is_ptr(e->kids[0]->type)) {
				*is_user = *is_trusted = false;
				return;
			}
			e = e->kids[0];
			break;
		default: *is_user = *is_trusted = false; return;
		}
	}
}

static bool same_value(const struct dt_type *a, const struct dt_type *b)
{
	a = dt_type_strip(a);
	b = dt_type_strip(b);
	if (a == b)
		return true;
	if (dt_type_is_integer(a) && dt_type_is_integer(b))
		return a->size == b->size && a->is_signed == b->is_signed &&
		       a->is_bool == b->is_bool;
	return a->kind == DT_K_PTR && b->kind == DT_K_PTR;
}

struct dt_expr *dt_check_cast(struct dt_check *c, struct dt_expr *e, const struct dt_type *type)
{
	struct dt_expr *cast;

	if (e->type == type && dt_expr_fits(e, type))
		return e;
	type = dt_type_unqual(type);
	if (e->op == DT_E_INT && dt_type_is_scalar(type) && !dt_type_is_float(type) &&
	    dt_type_strip(type)->size <= 8)
		return dt_check_int(c, dt_type_wrap(type, e->ival), type, &e->loc);
	/* The value stays, its type changes. Not of memory that is yet to be read: there the
	 * type says how. */
	if (same_value(e->type, type) && e->op != DT_E_BITFIELD && dt_expr_fits(e, type))
		return retyped(c, e, type);
	cast = dt_check_node(c, DT_E_CAST, type, &e->loc, 1, e);
	provenance(cast, &cast->is_user, &cast->is_trusted);
	return cast;
}

struct dt_expr *dt_check_to_string(struct dt_check *c, struct dt_expr *e)
{
	const struct dt_type *string = dt_type_base(c->types, DT_B_STRING);
	struct dt_expr *cast;

	if (dt_type_is_string(e->type))
		return e;
	if (!dt_type_is_stringish(e->type))
		e = dt_check_cast(c, dt_check_value(c, e),
				  dt_type_ptr(c->types, dt_type_base(c->types, DT_B_CHAR)));
	cast = dt_check_node(c, DT_E_CAST, string, &e->loc, 1, e);
	provenance(cast, &cast->is_user, &cast->is_trusted);
	return cast;
}

/* `s = 0`: an unassigned string. */
static struct dt_expr *empty_string(struct dt_check *c, const struct dt_loc *loc)
{
	struct dt_expr *e = dt_check_node(c, DT_E_STR, dt_type_base(c->types, DT_B_STRING), loc, 0);

	e->str = "";
	return e;
}

static struct dt_expr *to_text(struct dt_check *c, struct dt_expr *e)
{
	if (dt_type_is_stringish(e->type))
		return dt_check_to_string(c, e);
	return e->op == DT_E_INT && e->ival == 0 ? empty_string(c, &e->loc) : NULL;
}

struct dt_expr *dt_check_convert(struct dt_check *c, struct dt_expr *e, const struct dt_type *dst)
{
	const struct dt_type *d = dt_type_strip(dst), *s;

	if (e->op == DT_E_XLATE || dt_type_is_dyn(e->type))
		return NULL;
	if (d->kind == DT_K_STRING)
		return to_text(c, e);
	if (dt_type_is_sou(d))
		return dt_type_compatible(d, e->type) ? e : NULL;
	e = dt_check_value(c, e);
	s = dt_type_strip(e->type);
	if (dt_type_is_integer(d))
		return dt_type_is_integer(s) || s->kind == DT_K_PTR ? dt_check_cast(c, e, dst)
								    : NULL;
	if (d->kind == DT_K_PTR) {
		if (s->kind == DT_K_STRING)
			return dt_type_ptrcompat(d, s) ? dt_check_cast(c, e, dst) : NULL;
		if (!dt_type_is_integer(s) && !(s->kind == DT_K_PTR && dt_type_ptrcompat(d, s)))
			return NULL;
		return dt_check_cast(c, e, dst);
	}
	if (d->kind == DT_K_VOID)
		return NULL;
	return dt_type_compatible(d, s) ? e : NULL; /* floats, stacks, addresses of symbols */
}

struct dt_expr *dt_check_deref(struct dt_check *c, struct dt_expr *addr, int64_t offset,
			       const struct dt_type *type, const struct dt_loc *loc)
{
	struct dt_expr *e;
	bool is_user, is_trusted;

	provenance(addr, &is_user, &is_trusted);
	if (addr->op == DT_E_ADDROF && dt_type_is_ptr(addr->kids[0]->type)) {
		offset += addr->offset;
		addr = addr->kids[0];
	}
	e = dt_check_node(c, DT_E_DEREF, type, loc, 1, addr);
	e->offset = offset;
	e->is_user = is_user;
	e->is_trusted = is_trusted;
	return e;
}

struct dt_expr *dt_check_address(struct dt_check *c, struct dt_expr *e, const struct dt_type *type)
{
	struct dt_expr *addr;
	int64_t offset = 0;

	if (e->op == DT_E_DEREF) {
		offset = e->offset;
		addr = e->kids[0];
		if (offset == 0 && dt_type_is_ptr(addr->type))
			return dt_check_cast(c, addr, type);
	} else if (e->op == DT_E_VAR || e->op == DT_E_ELEM) {
		addr = e;
	} else {
		dt_fail(c->compile, &e->loc, "D_ADDROF_LVAL",
			"cannot take the address of a %s that is no variable and no memory",
			dt_check_tname(c, e->type));
	}
	if (addr->op == DT_E_INT)
		return dt_check_int(c, addr->ival + offset, type, &e->loc);
	addr = dt_check_node(c, DT_E_ADDROF, type, &e->loc, 1, addr);
	addr->offset = offset;
	provenance(addr, &addr->is_user, &addr->is_trusted);
	return addr;
}

struct dt_expr *dt_check_value(struct dt_check *c, struct dt_expr *e)
{
	const struct dt_type *t = dt_type_strip(e->type);

	if (e->op == DT_E_XLATE)
		dt_fail_hint(c->compile, &e->loc, "D_OP_DYN", "name one of its members",
			     "operator may not be applied to a translated object of type \"%s\"",
			     dt_check_tname(c, e->type));
	if (t->kind == DT_K_ARRAY || t->kind == DT_K_FUNC)
		return dt_check_address(c, e, dt_type_decay(c->types, t));
	return e;
}

struct dt_expr *dt_check_chars(struct dt_check *c, struct dt_expr *e)
{
	return dt_check_cast(c, e, dt_type_ptr(c->types, dt_type_base(c->types, DT_B_CHAR)));
}

struct dt_expr *dt_check_operand(struct dt_check *c, struct dt_expr *e)
{
	if (e->op == DT_E_XLATE && dt_type_is_ptr(e->type) && dt_type_is_scalar(e->kids[0]->type))
		return e->kids[0];
	return dt_check_value(c, e);
}

struct dt_expr *dt_check_expr(struct dt_check *c, const struct dt_ast_expr *ast)
{
	return dt_check_value(c, dt_check_any(c, ast));
}

/* A structure is compared by its members; its size has to be known, and that of a map's key. */
static struct dt_expr *structure_key(struct dt_check *c, struct dt_expr *e, const char *what,
				     uint32_t n)
{
	uint64_t size = dt_type_size(c->types, e->type);

	if (!size || size > MAX_STRUCT_KEY)
		dt_fail(c->compile, &e->loc, "D_KEY_TYPE",
			"%s expression may not be used as %s index: key #%u is of %llu bytes, and "
			"a structure may have 1 to %d",
			dt_check_tname(c, e->type), what, n, (unsigned long long)size,
			MAX_STRUCT_KEY);
	return e;
}

struct dt_expr *dt_check_key(struct dt_check *c, const struct dt_ast_expr *ast, const char *what,
			     uint32_t n)
{
	struct dt_expr *e = dt_check_any(c, ast);
	const struct dt_type *t = dt_type_strip(e->type);
	const char *bad = NULL;

	if (e->op == DT_E_XLATE)
		bad = "translated";
	else if (t->kind == DT_K_VOID || t->kind == DT_K_DYN || t->kind == DT_K_FLOAT)
		bad = dt_check_tname(c, e->type);
	else if (dt_type_is_sou(t))
		return structure_key(c, e, what, n);
	if (bad)
		dt_fail(c->compile, &e->loc, "D_KEY_TYPE",
			"%s expression may not be used as %s index: key #%u", bad, what, n);
	return dt_type_is_chararray(t) ? dt_check_to_string(c, e) : dt_check_value(c, e);
}

bool dt_check_const(struct dt_check *c, const struct dt_ast_expr *ast, int64_t *value)
{
	return dt_check_const_arg(dt_check_expr(c, ast), value);
}

bool dt_check_is_lvalue(const struct dt_expr *e)
{
	return e->op == DT_E_VAR || e->op == DT_E_ELEM || e->op == DT_E_DEREF ||
	       e->op == DT_E_BITFIELD;
}

bool dt_check_has_truth(const struct dt_expr *e)
{
	return (dt_type_is_scalar(e->type) && !dt_type_is_float(e->type)) ||
	       dt_type_is_string(e->type);
}
