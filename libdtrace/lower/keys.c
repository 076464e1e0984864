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
#include "lower/str.h"
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

/* ---- structures ---- */

/* Which bits of a structure are its members', and where its strings are. */
struct contents {
	struct dt_arena *arena;
	uint8_t *bits;
	DT_VEC(uint32_t) strings;
};

static void note_leaf(void *arg, const struct dt_type *type, uint64_t offset_bits, uint64_t bits,
		      bool is_shared)
{
	struct contents *c = arg;

	for (uint64_t i = offset_bits; i < offset_bits + bits; i++)
		c->bits[i / 8] |= (uint8_t)(1u << i % 8);
	if (dt_type_is_string(type) && !is_shared)
		dt_vec_push_arena(c->arena, &c->strings, (uint32_t)(offset_bits / 8));
}

static void zero_bytes(struct dt_cg *cg, struct dt_mem m, uint32_t n)
{
	for (uint32_t i = 0, width; i < n; i += width) {
		int32_t off = m.off + (int32_t)i;

		width = off % 8 == 0 && n - i >= 8 ? 8 : 1;
		dt_ir_sti(&cg->ir, m.base, off, width, 0);
	}
}

/* Zeroes what lies between the members: equal structures are equal bytes. */
static void zero_padding(struct dt_cg *cg, const struct contents *c, struct dt_mem m, uint32_t size)
{
	for (uint32_t i = 0; i < size; i++) {
		int32_t off = m.off + (int32_t)i;
		dt_vreg v;

		if (c->bits[i] == 0xff)
			continue;
		v = c->bits[i] ? dt_ir_bini(&cg->ir, DT_IR_AND, dt_ir_ld(&cg->ir, m.base, off, 1),
					    c->bits[i])
			       : dt_ir_const(&cg->ir, 0);
		dt_ir_st(&cg->ir, m.base, off, 1, v);
	}
}

/* A structure as its bytes, without what is not in a member: padding, and the rest of a string's
 * room behind its end. */
static void pack_structure(struct dt_cg *cg, const struct dt_keyfield *f, const struct dt_expr *e,
			   struct dt_mem at)
{
	struct dt_val object = dt_cg_expr(cg, e);
	struct contents c = { .arena = cg->arena,
			      .bits = dt_arena_new_array(cg->arena, uint8_t, f->size) };
	uint32_t strsize = (uint32_t)cg->plan->opts.strsize;
	struct dt_str from = { .kind = DT_STR_MEM, .cap = strsize };
	struct dt_mem copy;

	dt_type_each_leaf(cg->plan->env->types, f->type, note_leaf, &c);
	dt_cg_read_object(cg, at, f->size, object);
	zero_padding(cg, &c, at, f->size);
	if (!c.strings.n)
		return;
	copy = dt_cg_scratch(cg, f->size);
	dt_cg_read_object(cg, copy, f->size, object);
	dt_vec_each(&c.strings, off)
	{
		struct dt_str to = { .kind = DT_STR_MEM, .cap = strsize };

		from.mem = (struct dt_mem){ copy.base, copy.off + (int32_t)*off };
		to.mem = (struct dt_mem){ at.base, at.off + (int32_t)*off };
		zero_bytes(cg, to.mem, strsize);
		dt_cg_str_copy(cg, from, &to);
	}
}

/* ---- keys ---- */

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
		pack_structure(cg, f, e, at);
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
