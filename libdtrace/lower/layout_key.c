/* SPDX-License-Identifier: MIT */
/*
 * What variables and aggregations share in their layout: how a string travels, how large a key is,
 * where the next field of a structure lies.
 *
 * A key's string is as short as all its uses allow: a number when every use is a constant, 16 bytes
 * when every use is execname, strsize bytes otherwise.
 */
#include <linux/bpf.h>
#include "base/util.h"
#include "bpf/feature.h"
#include "check/tree.h"
#include "contract/builtin.h"
#include "contract/record.h"
#include "lower/layout_key.h"
#include "lower/plan.h"
#include "types/types.h"

#define LIMIT_MAX 128 /* longer ones are seldom full: their fixed size would cost more */

uint32_t dt_string_limit(const struct dt_expr *e)
{
	return e->op == DT_E_CAST && dt_type_is_string(e->kids[0]->type) && e->ival % 8 == 0 &&
			       e->ival >= 16 && e->ival <= LIMIT_MAX
		       ? (uint32_t)e->ival
		       : 0;
}

static enum dt_enc limited(enum dt_enc enc, uint32_t *fix, uint32_t limit)
{
	if (!limit || enc == DT_ENC_STRID || (enc == DT_ENC_FIXSTR && *fix <= limit))
		return enc;
	*fix = limit;
	return DT_ENC_FIXSTR;
}

enum dt_enc dt_string_enc(const struct dt_expr *e, uint32_t *fix)
{
	uint32_t fix_a = 0, fix_b = 0;
	enum dt_enc a, b;

	*fix = 0;
	switch (e->op) {
	case DT_E_STR: return DT_ENC_STRID;
	case DT_E_BUILTIN:
		if (e->row->flags & DT_BF_CONSTSTR)
			return DT_ENC_STRID;
		*fix = e->row->strbytes;
		return *fix ? DT_ENC_FIXSTR : DT_ENC_STR;
	case DT_E_COMMA: return dt_string_enc(e->kids[1], fix);
	case DT_E_CAST:
		if (!dt_type_is_string(e->kids[0]->type))
			return DT_ENC_STR;
		a = dt_string_enc(e->kids[0], fix);
		return limited(a, fix, dt_string_limit(e));
	case DT_E_COND:
		a = dt_string_enc(e->kids[1], &fix_a);
		b = dt_string_enc(e->kids[2], &fix_b);
		if (a != b || a == DT_ENC_STR || fix_a != fix_b)
			return DT_ENC_STR;
		*fix = fix_a;
		return a;
	default: return DT_ENC_STR;
	}
}

void dt_key_meet(struct dt_key_use *u, const struct dt_expr *e)
{
	uint32_t fix;
	enum dt_enc enc = dt_string_enc(e, &fix);

	if (!u->seen)
		*u = (struct dt_key_use){ true, enc, fix };
	else if (u->enc != enc || u->fix != fix)
		u->enc = DT_ENC_STR;
}

/* Bytes and encoding of one key of type T. */
uint32_t dt_key_size(struct dt_plan *plan, const struct dt_type *t, const struct dt_key_use *use,
		     enum dt_enc *enc)
{
	uint64_t size;

	if (dt_type_is_string(t)) {
		*enc = use->seen ? use->enc : DT_ENC_STR;
		if (*enc == DT_ENC_STRID)
			return 4;
		if (*enc == DT_ENC_FIXSTR && use->fix <= plan->opts.strsize)
			return use->fix;
		*enc = DT_ENC_STR;
		return (uint32_t)DT_ALIGN(plan->opts.strsize, 8);
	}
	size = dt_type_size(plan->env->types, t);
	*enc = DT_ENC_BYTES;
	return size ? (uint32_t)size : 8;
}

/* Hashes grow as keys come where the kernel can allocate in any tracing program; else they take all
 * their memory at once. */
uint32_t dt_layout_map_flags(const struct dt_plan *plan)
{
	return dt_bpf_has(plan->env->bpf, DT_BPF_HAS_NOPREALLOC) ? BPF_F_NO_PREALLOC : 0;
}

static uint32_t field_align(uint32_t size)
{
	return size >= 8 ? 8 : size >= 4 ? 4 : size >= 2 ? 2 : 1;
}

uint32_t dt_layout_place(uint32_t *top, uint32_t size)
{
	uint32_t off = (uint32_t)DT_ALIGN(*top, field_align(size));

	*top = off + size;
	return off;
}
