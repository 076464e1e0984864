/* SPDX-License-Identifier: MIT */
/*
 * Keys: packing the keys of an associative array or an aggregation into one block of memory, as the
 * layout stages laid them out.  Short keys are built on the stack, long ones in the scratch slot;
 * gaps, and what follows a string in its field, are zero, since the kernel compares all bytes.
 */
#include "base/util.h"
#include "check/tree.h"
#include "contract/builtin.h"
#include "contract/record.h"
#include "ir/build.h"
#include "lower/context.h"
#include "lower/expr.h"
#include "lower/keys.h"
#include "lower/layout.h"
#include "lower/memory.h"
#include "lower/plan.h"
#include "types/types.h"

#define STACK_KEY_MAX 64

static void pack_string(struct dt_cg *cg, const struct dt_keyfield *f, const struct dt_expr *e,
			struct dt_mem at)
{
	struct dt_str dest = { .kind = DT_STR_MEM, .mem = at, .cap = f->size }, s;

	if (f->enc == DT_ENC_STRID) {
		s = dt_cg_str(cg, e);
		dt_ir_st(&cg->ir, at.base, at.off, 4,
			 s.is_reg ? s.reg : dt_ir_const(&cg->ir, s.id));
		return;
	}
	if (f->enc == DT_ENC_STR)
		dest.cap = DT_MIN(f->size, (uint32_t)cg->plan->opts.strsize);
	/* Strings of fixed size come padded; for others the field has to be zeroed first. */
	if (f->enc == DT_ENC_STR)
		dt_cg_zero(cg, at, f->size);
	dt_cg_str_into(cg, e, &dest);
}

static void pack_one(struct dt_cg *cg, const struct dt_keyfield *f, const struct dt_expr *e,
		     struct dt_mem at)
{
	if (e->op == DT_E_CALL && e->row->kind == DT_BI_ACTION) {
		e->row->emit_key(cg, e, at, f->size);
	} else if (dt_type_is_string(f->type)) {
		pack_string(cg, f, e, at);
	} else if (dt_type_is_scalar(f->type)) {
		dt_ir_st(&cg->ir, at.base, at.off, dt_cg_width(f->size), dt_cg_num(cg, e));
	} else {
		dt_cg_read_into(cg, at, f->size, dt_cg_expr(cg, e).reg, false);
	}
}

struct dt_mem dt_cg_keys(struct dt_cg *cg, const struct dt_keyfield *fields,
			 struct dt_expr *const *exprs, uint32_t n, uint32_t key_size,
			 uint32_t first, uint32_t last)
{
	uint32_t room = (uint32_t)DT_ALIGN(key_size, 8), filled = first;
	struct dt_mem key = room <= STACK_KEY_MAX ? dt_cg_stack(cg, room) : dt_cg_scratch(cg, room);
	bool gaps = false;

	for (uint32_t i = 0; i < n; i++) {
		gaps |= fields[i].off != filled;
		filled = fields[i].off + fields[i].size;
	}
	if (gaps || filled + last != key_size)
		dt_cg_zero(cg, key, room);
	for (uint32_t i = 0; i < n; i++)
		pack_one(cg, &fields[i], exprs[i],
			 (struct dt_mem){ key.base, key.off + (int32_t)fields[i].off });
	return key;
}
