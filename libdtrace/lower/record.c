/* SPDX-License-Identifier: MIT */
/*
 * The record of a clause: built while the clause runs, sent when it ends without a fault.  A short
 * record of fixed size is built on the stack.  One with strings or stacks is built in the scratch
 * slot: its first tail is written in place, the others are moved up to it at the end.
 */
#include <linux/bpf.h>
#include "base/util.h"
#include "check/tree.h"
#include "contract/builtin.h"
#include "contract/record.h"
#include "ir/build.h"
#include "lower/context.h"
#include "lower/expr.h"
#include "lower/firing.h"
#include "lower/memory.h"
#include "lower/plan.h"
#include "lower/record.h"
#include "lower/ring.h"
#include "types/types.h"

#define STACK_RECORD_MAX 96

/* The tail of an item, in this clause. */
struct dt_tail {
	const struct dt_rec_item *item;
	struct dt_mem mem;
	bool in_place;
};

static uint32_t tail_align(const struct dt_rec_item *item)
{
	return item->enc == DT_ENC_STR ? 1 : 8;
}

static uint32_t tail_start(const struct dt_clause_plan *cp, const struct dt_rec_item *item)
{
	return (uint32_t)DT_ALIGN(cp->layout.kfixed, tail_align(item));
}

/* A mask of all sizes that the item's tail can have. */
static uint32_t tail_mask(const struct dt_rec_item *item)
{
	uint32_t most = item->enc == DT_ENC_STR ? item->tail_max - 1 : item->tail_max, mask = 7;

	while (mask < most)
		mask = 2 * mask + 1;
	return mask;
}

/* Bytes of scratch for the item's tail. */
static uint32_t tail_room(const struct dt_rec_item *item)
{
	return tail_mask(item) + 1;
}

/* ... for all of them behind each other, aligned. */
static uint32_t tails_room(const struct dt_clause_plan *cp)
{
	uint32_t room = 0;

	dt_vec_each(&cp->layout.items, item) room += item->tail_max ? tail_room(item) + 8 : 0;
	return room;
}

/* Every tail gets its place before the statements run, so that their own scratch comes after. */
static void place_tails(struct dt_cg *cg)
{
	struct dt_clause_plan *cp = cg->clause;

	cg->tails = dt_arena_new_array(cg->arena, struct dt_tail, cp->layout.items.n + 1);
	dt_vec_each(&cp->layout.items, item)
	{
		struct dt_tail *t = &cg->tails[cg->ntails];

		if (!item->tail_max)
			continue;
		t->item = item;
		t->in_place = cg->ntails == 0;
		if (t->in_place)
			t->mem = (struct dt_mem){ cg->record.base,
						  cg->record.off + (int32_t)tail_start(cp, item) };
		else
			t->mem = dt_cg_scratch(cg, tail_room(item));
		cg->ntails++;
	}
}

void dt_cg_record_begin(struct dt_cg *cg)
{
	struct dt_clause_plan *cp = cg->clause;
	struct dt_mem *r = &cg->record;
	dt_vreg probe;

	cg->ntails = 0;
	if (!cp->clause->records)
		return;
	if (!cp->layout.ktail_max && cp->layout.kfixed <= STACK_RECORD_MAX && !cg->cut)
		*r = dt_cg_stack(cg, (uint32_t)DT_ALIGN(cp->layout.kfixed, 8));
	else
		*r = dt_cg_scratch(cg, (uint32_t)DT_ALIGN(cp->layout.kfixed, 8) + tails_room(cp));
	dt_cg_zero(cg, *r, (uint32_t)DT_ALIGN(cp->layout.kfixed, 8));
	dt_ir_sti(&cg->ir, r->base, r->off, 4, cp->id);
	if (cg->is_error) {
		dt_ir_sti(&cg->ir, r->base, r->off + 4, 4, cg->plan->error_index);
	} else if (cg->point->only) {
		dt_ir_sti(&cg->ir, r->base, r->off + 4, 4,
			  cg->point->first_probe + cg->point->only_place);
	} else {
		probe = dt_ir_bini(&cg->ir, DT_IR_ADD, dt_cg_probe(cg), cg->point->first_probe);
		dt_ir_st(&cg->ir, r->base, r->off + 4, 4, probe);
	}
	place_tails(cg);
}

void dt_cg_record_move(struct dt_cg *cg, dt_vreg slot)
{
	struct dt_tail *tails = dt_arena_new_array(cg->arena, struct dt_tail, cg->ntails + 1);

	for (uint32_t i = 0; i < cg->ntails; i++) {
		tails[i] = cg->tails[i];
		tails[i].mem.base = slot;
	}
	cg->record.base = slot;
	cg->tails = tails;
}

/* ---- items ---- */

struct dt_rec_item *dt_cg_items(struct dt_cg *cg, const struct dt_stmt *s, uint32_t *n)
{
	struct dt_rec_item *items = cg->clause->layout.items.data;
	size_t all = cg->clause->layout.items.n, at = cg->last_item, left = all;

	/* They follow each other, and mostly those of the statement before. */
	while (left && items[at].stmt != s) {
		at = at + 1 < all ? at + 1 : 0;
		left--;
	}
	*n = 0;
	if (!left)
		return NULL;
	cg->last_item = at;
	while (at + *n < all && items[at + *n].stmt == s)
		(*n)++;
	return &items[at];
}

static struct dt_mem item_mem(struct dt_cg *cg, const struct dt_rec_item *item)
{
	return (struct dt_mem){ cg->record.base, cg->record.off + (int32_t)item->koff };
}

void dt_cg_item_num(struct dt_cg *cg, const struct dt_rec_item *item, dt_vreg value)
{
	struct dt_mem m = item_mem(cg, item);

	if (item->enc == DT_ENC_BYTES)
		dt_ir_st(&cg->ir, m.base, m.off, item->ksize, value);
}

static struct dt_tail *tail_of(struct dt_cg *cg, const struct dt_rec_item *item)
{
	for (uint32_t i = 0; i < cg->ntails; i++)
		if (cg->tails[i].item == item)
			return &cg->tails[i];
	return NULL;
}

struct dt_mem dt_cg_item_tail(struct dt_cg *cg, const struct dt_rec_item *item)
{
	return tail_of(cg, item)->mem;
}

void dt_cg_item_tail_size(struct dt_cg *cg, const struct dt_rec_item *item, dt_vreg size)
{
	struct dt_mem m = item_mem(cg, item);

	dt_ir_st(&cg->ir, m.base, m.off, 4, dt_cg_bound(cg, size, item->tail_max));
}

/* A string into its tail.  Its length does not count the NUL. */
static void string_tail(struct dt_cg *cg, const struct dt_rec_item *item, const struct dt_expr *e)
{
	struct dt_str dest = { .kind = DT_STR_MEM,
			       .mem = dt_cg_item_tail(cg, item),
			       .cap = item->tail_max },
		      s;
	dt_vreg size;

	s = dt_cg_str_into(cg, e, &dest);
	size = s.size;
	if (!size) /* the hook that wrote it did not know: ask the kernel */
		size = dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_kernel_str,
				    DT_ARGS(dt_cg_mem_ptr(cg, dest.mem),
					    dt_ir_const(&cg->ir, dest.cap),
					    dt_cg_mem_ptr(cg, dest.mem)));
	size = dt_ir_bini(&cg->ir, DT_IR_SUB, dt_cg_bound(cg, size, item->tail_max), 1);
	dt_cg_item_tail_size(cg, item, size);
}

void dt_cg_item_str(struct dt_cg *cg, const struct dt_rec_item *item, const struct dt_expr *e)
{
	struct dt_mem m = item_mem(cg, item);
	struct dt_str s;

	switch (item->enc) {
	case DT_ENC_CONST: break;
	case DT_ENC_STRID:
		s = dt_cg_str(cg, e);
		dt_ir_st(&cg->ir, m.base, m.off, 4, s.is_reg ? s.reg : dt_ir_const(&cg->ir, s.id));
		break;
	case DT_ENC_FIXSTR:
		dt_cg_str_into(cg, e,
			       &(struct dt_str){
				       .kind = DT_STR_MEM, .mem = m, .cap = item->ksize });
		break;
	default: string_tail(cg, item, e);
	}
}

void dt_cg_item_expr(struct dt_cg *cg, const struct dt_rec_item *item, const struct dt_expr *e)
{
	struct dt_val v;
	struct dt_mem m;

	if (dt_type_is_string(e->type)) {
		dt_cg_item_str(cg, item, e);
		return;
	}
	if (item->enc == DT_ENC_CONST)
		return;
	if (item->enc == DT_ENC_NONE) {
		dt_cg_effect(cg, e);
		return;
	}
	if (item->enc == DT_ENC_BYTES && dt_type_is_scalar(e->type)) {
		dt_cg_item_num(cg, item, dt_cg_num(cg, e));
		return;
	}
	/* A number that no register holds: a long double. */
	v = dt_type_is_scalar(e->type) ? dt_cg_memory(cg, e) : dt_cg_expr(cg, e);
	if (item->enc == DT_ENC_BYTES) {
		dt_cg_read_object(cg, item_mem(cg, item), item->ksize, v);
		return;
	}
	m = dt_cg_item_tail(cg, item);
	dt_cg_read_object(cg, m, item->size, v);
	dt_cg_item_tail_size(cg, item, dt_ir_const(&cg->ir, item->size));
}

/* ---- sending ---- */

/*
 * The size of a tail, read back from the record.  In a register it would be live through all that
 * follows, with as many ranges as there are ways through the function that computed it, and the
 * verifier would try each combination.  It is bounded by a mask, since a branch would be followed
 * both ways, with all the branches of the tails behind it.
 */
static dt_vreg tail_size(struct dt_cg *cg, const struct dt_rec_item *item)
{
	struct dt_mem m = item_mem(cg, item);

	return dt_ir_bini(&cg->ir, DT_IR_AND, dt_ir_ld(&cg->ir, m.base, m.off, 4), tail_mask(item));
}

/* Moves the tails together.  Returns the record's size. */
static dt_vreg gather_tails(struct dt_cg *cg)
{
	dt_vreg top = 0;

	for (uint32_t i = 0; i < cg->ntails; i++) {
		struct dt_tail *t = &cg->tails[i];
		dt_vreg size = tail_size(cg, t->item);

		if (t->in_place) {
			top = dt_ir_bini(&cg->ir, DT_IR_ADD, size, tail_start(cg->clause, t->item));
			continue;
		}
		if (tail_align(t->item) == 8)
			top = dt_ir_bini(&cg->ir, DT_IR_AND, dt_ir_bini(&cg->ir, DT_IR_ADD, top, 7),
					 ~7LL);
		dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_kernel,
			     DT_ARGS(dt_cg_mem_ptr(cg,
						   (struct dt_mem){ dt_ir_bin(&cg->ir, DT_IR_ADD,
									      cg->record.base, top),
								    cg->record.off }),
				     size, dt_cg_mem_ptr(cg, t->mem)));
		top = dt_ir_bin(&cg->ir, DT_IR_ADD, top, size);
	}
	return top;
}

/* The item of speculate(), or NULL. */
static const struct dt_rec_item *speculation_item(const struct dt_clause_plan *cp)
{
	dt_vec_each(&cp->layout.items, item)
	{
		if (item->row && item->row->flags & DT_BF_SPECULATE)
			return item;
	}
	return NULL;
}

void dt_cg_record_emit(struct dt_cg *cg)
{
	struct dt_clause_plan *cp = cg->clause;
	const struct dt_rec_item *speculation;
	dt_vreg size = 0;
	dt_label none = 0;

	if (!cp->clause->records)
		return;
	speculation = speculation_item(cp);
	if (speculation) { /* its tag is zero when speculate() did not run: nothing is sent */
		struct dt_mem tag = item_mem(cg, speculation);

		none = dt_ir_label(&cg->ir);
		dt_ir_jcci(&cg->ir, DT_IR_JEQ, dt_ir_ld(&cg->ir, tag.base, tag.off, 8), 0, none);
	}
	if (cg->plan->layout.timestamps)
		dt_ir_st(&cg->ir, cg->record.base, cg->record.off + (int32_t)sizeof(struct dt_krec),
			 8, dt_ir_helper(&cg->ir, BPF_FUNC_ktime_get_ns, 0, NULL));
	if (cg->ntails)
		size = gather_tails(cg);
	dt_cg_ring_output(cg, cg->record, size, cp->layout.kfixed, cp->forces_wake);
	if (none)
		dt_ir_place(&cg->ir, none);
}
