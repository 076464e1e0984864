/* SPDX-License-Identifier: MIT */
/* Creating nodes of the typed tree. They lie in the arena of the compile. */
#include <stdarg.h>
#include "check/context.h"
#include "check/node.h"

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
