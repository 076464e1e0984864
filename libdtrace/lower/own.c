/* SPDX-License-Identifier: MIT */
/*
 * A program's own memory: blocks in the scratch slot that alloca() and copyin() give, and the only
 * memory that it may write by address.  They are gone when the clause ends.
 *
 * D programs have no loops, so each call gives one block, and its place is a constant.  A block
 * whose size is not constant has room for the largest, and its size in the word before it.  A
 * pointer is a number for the verifier.  Before a store it is compared with the blocks that the
 * clause has by then, and becomes a place in the slot.
 */
#include <sys/dtrace.h>
#include "base/util.h"
#include "ir/build.h"
#include "lower/context.h"
#include "lower/fault.h"
#include "lower/memory.h"
#include "lower/own.h"
#include "lower/plan.h"

static struct dt_mem new_block(struct dt_cg *cg, uint32_t room, bool has_size)
{
	struct dt_mem m = dt_cg_scratch(cg, room + (has_size ? 8 : 0));

	m.off += has_size ? 8 : 0;
	dt_cg_keep_scratch(cg);
	dt_vec_push_arena(cg->arena, &cg->own,
			  ((struct dt_own_block){ (uint32_t)m.off, room, has_size }));
	return m;
}

struct dt_mem dt_cg_own_block(struct dt_cg *cg, uint32_t size)
{
	return new_block(cg, size, false);
}

struct dt_mem dt_cg_own_block_of(struct dt_cg *cg, dt_vreg *size)
{
	struct dt_mem m = new_block(cg, DT_OWN_MAX, true);
	dt_label ok = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JULE, *size, cg->plan->opts.scratchsize, ok);
	dt_cg_fault(cg, DTRACEFLT_NOSCRATCH, 0);
	dt_ir_place(&cg->ir, ok);
	*size = dt_cg_bound(cg, *size, DT_OWN_MAX);
	dt_ir_st(&cg->ir, m.base, m.off - 8, 8, *size);
	return m;
}

/* Are N bytes at OFF of the slot in the block?  Then PLACE is OFF; else goes to NEXT. */
static void look_in(struct dt_cg *cg, const struct dt_own_block *b, dt_vreg off, dt_vreg n,
		    dt_vreg place, dt_label next)
{
	dt_vreg at = dt_ir_bini(&cg->ir, DT_IR_SUB, off, b->off), room;

	dt_ir_jcci(&cg->ir, DT_IR_JUGT, at, b->size, next);
	room = b->has_size ? dt_ir_ld(&cg->ir, dt_cg_slot(cg), (int32_t)b->off - 8, 8)
			   : dt_ir_const(&cg->ir, b->size);
	dt_ir_jcc(&cg->ir, DT_IR_JUGT, at, room, next);
	dt_ir_jcc(&cg->ir, DT_IR_JUGT, n, dt_ir_bin(&cg->ir, DT_IR_SUB, room, at), next);
	dt_ir_set(&cg->ir, place, off);
}

struct dt_mem dt_cg_own_mem(struct dt_cg *cg, dt_vreg addr, dt_vreg n, uint32_t max)
{
	dt_vreg slot = dt_cg_slot(cg), place = dt_ir_new(&cg->ir);
	dt_vreg off = dt_ir_bin(&cg->ir, DT_IR_SUB, addr, dt_ir_un(&cg->ir, DT_IR_NUM, slot));
	dt_label found = dt_ir_label(&cg->ir);
	uint32_t top = 0;

	dt_ir_seti(&cg->ir, place, 0);
	dt_vec_each(&cg->own, b)
	{
		dt_label next = dt_ir_label(&cg->ir);

		look_in(cg, b, off, n, place, next);
		dt_ir_jmp(&cg->ir, found);
		dt_ir_place(&cg->ir, next);
		top = DT_MAX(top, b->off + b->size);
	}
	dt_cg_fault(cg, DTRACEFLT_BADADDR, addr);
	dt_ir_place(&cg->ir, found);
	/* The verifier adds up the largest place and the largest size. */
	cg->slot_max = DT_MAX(cg->slot_max, (uint32_t)DT_ALIGN(top + max, 8));
	place = dt_cg_bound(cg, place, top);
	return (struct dt_mem){ dt_ir_bin(&cg->ir, DT_IR_ADD, slot, place), 0 };
}
