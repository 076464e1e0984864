/* SPDX-License-Identifier: MIT */
/*
 * Members: p->x, s.x, bit-fields, members of translated objects.  A member becomes memory at an
 * offset from an address.
 */
#include "check/context.h"
#include "check/convert.h"
#include "check/member.h"
#include "check/node.h"
#include "check/type.h"
#include "check/xlate.h"

static struct dt_expr *member_of(struct dt_check *c, struct dt_expr *addr, int64_t base_off,
				 const struct dt_member *m, const struct dt_loc *loc)
{
	uint64_t unit_bits = 8 * dt_type_size(c->types, m->type), byte = m->offset_bits / 8;
	struct dt_expr *e;

	if (!m->bits)
		return dt_check_deref(c, addr, base_off + (int64_t)byte, m->type, loc);
	/* In the integer that it was declared as, unless it crosses the end of that one (packed
	 * structures). */
	if (unit_bits && m->offset_bits % unit_bits + m->bits <= unit_bits)
		byte = m->offset_bits / unit_bits * (unit_bits / 8);
	e = dt_check_deref(c, addr, base_off + (int64_t)byte, m->type, loc);
	e->op = DT_E_BITFIELD;
	e->bit_off = (uint32_t)(m->offset_bits - 8 * byte);
	e->bit_size = m->bits;
	return e;
}

void dt_check_no_member(struct dt_check *c, const struct dt_type *sou, const char *name,
			const struct dt_loc *loc, const char *op)
{
	if (dt_type_complete(c->types, sou)->incomplete)
		dt_fail_hint(c->compile, loc, "D_OP_INCOMPLETE", dt_check_hint_incomplete(c, sou),
			     "operator %s cannot be applied to a forward declaration: no %s "
			     "definition is available",
			     op, dt_check_tname(c, dt_type_strip(sou)));
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
		dt_check_no_member(c, sou, name, loc, arrow ? "->" : ".");
	if (arrow)
		return member_of(c, base, 0, &m, loc);
	if (base->op == DT_E_DEREF)
		return member_of(c, base->kids[0], base->offset, &m, loc);
	return member_of(c, dt_check_address(c, base, dt_type_ptr(c->types, sou)), 0, &m, loc);
}
#include "check/context.h"
#include "check/convert.h"
#include "check/member.h"
#include "check/node.h"
#include "check/type.h"
#include "check/xlate.h"
