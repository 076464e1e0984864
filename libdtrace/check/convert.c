/* SPDX-License-Identifier: MIT */
/*
 * Nodes of the typed tree and the conversions between types: every one that D does silently becomes
 * a CAST here. What a pointer points to (user memory, memory that the kernel guarantees) is carried
 * along with it.
 */
#include <stdarg.h>
#include <string.h>
#include "check/checker.h"

struct dt_expr *dt_check_node(struct dt_check *c, enum dt_eop op, const struct dt_type *type,
			      const struct dt_loc *loc, uint32_t nkids, ...)
{
	struct dt_expr *e = dt_arena_new_obj(c->arena, struct dt_expr);
	va_list ap;

	e->op = op;
	e->type = type;
	e->loc = *loc;
	e->nkids = nkids;
	if (nkids)
		e->kids = dt_arena_new_array(c->arena, struct dt_expr *, nkids);
	va_start(ap, nkids);
	for (uint32_t i = 0; i < nkids; i++)
		e->kids[i] = va_arg(ap, struct dt_expr *);
	va_end(ap);
	return e;
}

struct dt_expr *dt_check_int(struct dt_check *c, int64_t value, const struct dt_type *type,
			     const struct dt_loc *loc)
{
	struct dt_expr *e = dt_check_node(c, DT_E_INT, type, loc, 0);

	e->ival = value;
	return e;
}

const char *dt_check_tname(struct dt_check *c, const struct dt_type *type)
{
	char buf[256];

	return dt_arena_strdup(c->arena, dt_type_name(type, buf, sizeof(buf)));
}

static struct dt_expr *retyped(struct dt_check *c, const struct dt_expr *e,
			       const struct dt_type *type)
{
	struct dt_expr *copy = dt_arena_memdup(c->arena, e, sizeof(*e));

	copy->type = type;
	return copy;
}

/* Where does the value of E point, if it is a pointer? */
static void provenance(const struct dt_expr *e, bool *is_user, bool *is_trusted)
{
	bool trusted = true;

	for (;;) {
		switch (e->op) {
		case DT_E_BUILTIN:
			*is_user = e->is_user;
			*is_trusted = trusted && (e->is_trusted || (e->row->flags & DT_BF_TRUSTED));
			return;
		case DT_E_DEREF: /* what user memory points to is user memory */
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
	/* The same bits under another name, but for memory that is yet to be read: its type says
	 * how. */
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

/* `s = 0`: the string that was never assigned. */
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

/* The address of a structure or an array, wherever it is. */
static struct dt_expr *address(struct dt_check *c, struct dt_expr *e, const struct dt_type *type)
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
		return address(c, e, dt_type_decay(c->types, t));
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

/* ---- members ---- */

static struct dt_expr *member_of(struct dt_check *c, struct dt_expr *addr, int64_t base_off,
				 const struct dt_member *m, const struct dt_loc *loc)
{
	uint64_t unit_bits = 8 * dt_type_size(c->types, m->type), byte = m->offset_bits / 8;
	struct dt_expr *e;

	if (!m->bits)
		return dt_check_deref(c, addr, base_off + (int64_t)byte, m->type, loc);
	/* In the integer it was declared as, unless it crosses that one's end (packed structures).
	 */
	if (unit_bits && m->offset_bits % unit_bits + m->bits <= unit_bits)
		byte = m->offset_bits / unit_bits * (unit_bits / 8);
	e = dt_check_deref(c, addr, base_off + (int64_t)byte, m->type, loc);
	e->op = DT_E_BITFIELD;
	e->bit_off = (uint32_t)(m->offset_bits - 8 * byte);
	e->bit_size = m->bits;
	return e;
}

static _Noreturn void no_member(struct dt_check *c, const struct dt_type *sou, const char *name,
				const struct dt_loc *loc, bool arrow)
{
	if (dt_type_complete(c->types, sou)->incomplete)
		dt_fail(c->compile, loc, "D_OP_INCOMPLETE",
			"operator %s cannot be applied to a forward declaration: no %s definition "
			"is available",
			arrow ? "->" : ".", dt_check_tname(c, dt_type_strip(sou)));
	dt_fail_hint(c->compile, loc, "D_TYPE_MEMBER", dt_check_hint_member(c, sou, name),
		     "%s is not a member of %s", name, dt_check_tname(c, dt_type_strip(sou)));
}

struct dt_expr *dt_check_member(struct dt_check *c, struct dt_expr *base, const char *name,
				bool arrow, const struct dt_loc *loc)
{
	const struct dt_type *sou = dt_type_strip(base->type);
	struct dt_member m;
	bool is_ptr;

	if (arrow && base->op != DT_E_XLATE) {
		base = dt_check_value(c, base);
		sou = dt_type_strip(base->type);
	}
	is_ptr = sou->kind == DT_K_PTR;
	if (arrow && !is_ptr)
		dt_fail(c->compile, loc, "D_OP_PTR", "operator -> must be applied to a pointer");
	if (arrow)
		sou = dt_type_strip(sou->base);
	if (!dt_type_is_sou(sou)) {
		if (is_ptr && !arrow)
			dt_fail_hint(c->compile, loc, "D_OP_SOU", "write -> instead of .",
				     "operator . cannot be applied to type \"%s\"; must be applied "
				     "to a struct or union",
				     dt_check_tname(c, base->type));
		dt_fail(c->compile, loc, "D_OP_SOU",
			arrow ? "operator -> cannot be applied to pointer to type \"%s\"; must be "
				"applied to a struct or union pointer"
			      : "operator . cannot be applied to type \"%s\"; must be applied to a "
				"struct or union",
			dt_check_tname(c, sou));
	}
	if (base->op == DT_E_XLATE)
		return dt_check_xlate_member(c, base, name, loc);
	if (!dt_type_member(c->types, sou, name, &m))
		no_member(c, sou, name, loc, arrow);
	if (arrow)
		return member_of(c, base, 0, &m, loc);
	if (base->op == DT_E_DEREF)
		return member_of(c, base->kids[0], base->offset, &m, loc);
	return member_of(c, address(c, base, dt_type_ptr(c->types, sou)), 0, &m, loc);
}

bool dt_check_is_lvalue(const struct dt_expr *e)
{
	return e->op == DT_E_VAR || e->op == DT_E_ELEM || e->op == DT_E_DEREF ||
	       e->op == DT_E_BITFIELD;
}
