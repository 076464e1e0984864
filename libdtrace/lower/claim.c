/* SPDX-License-Identifier: MIT */
/*
 * Claiming a scratch slot.  A CPU has DT_NSLOTS of them, since a program may interrupt another on
 * the same CPU; a firing that finds none free is lost and counted.  There are two ways of claiming,
 * by a level and by compare-and-swap.  Neither sees what the other has claimed, so where a plan
 * needs both, each has DT_NSLOTS of its own.
 */
#include <linux/bpf.h>
#include "contract/mechanism.h"
#include "ir/build.h"
#include "lower/claim.h"
#include "lower/context.h"
#include "lower/memory.h"
#include "lower/plan.h"

static dt_vreg slot_at(struct dt_cg *cg, dt_vreg index, dt_label none)
{
	struct dt_mem key = dt_cg_stack(cg, 4);
	dt_vreg slot;

	dt_ir_st(&cg->ir, key.base, key.off, 4, index);
	slot = dt_ir_helper(&cg->ir, BPF_FUNC_map_lookup_elem,
			    DT_ARGS(dt_ir_map(&cg->ir, DT_MAP_SCRATCH), dt_cg_mem_ptr(cg, key)));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, slot, 0, none);
	return slot;
}

static dt_vreg first_slot(struct dt_cg *cg)
{
	dt_vreg cpu = dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_smp_processor_id, 0, NULL);
	dt_vreg first = dt_ir_bini(&cg->ir, DT_IR_MUL, cpu, cg->plan->slots_per_cpu);

	/* Those that are claimed by themselves come last. */
	if (cg->point->key.mech->preemptible && cg->plan->slots_per_cpu > DT_NSLOTS)
		first = dt_ir_bini(&cg->ir, DT_IR_ADD, first, DT_NSLOTS);
	return first;
}

static dt_vreg level_ptr(struct dt_cg *cg, dt_label none)
{
	struct dt_mem zero = dt_cg_stack(cg, 4);
	dt_vreg ptr;

	dt_ir_sti(&cg->ir, zero.base, zero.off, 4, 0);
	ptr = dt_ir_helper(&cg->ir, BPF_FUNC_map_lookup_elem,
			   DT_ARGS(dt_ir_map(&cg->ir, DT_MAP_LEVEL), dt_cg_mem_ptr(cg, zero)));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, ptr, 0, none);
	return ptr;
}

/* Where only interrupts nest, a counter of levels is enough: they have returned before this program
 * goes on. */
static struct dt_claim claim_level(struct dt_cg *cg, dt_label none)
{
	struct dt_claim c = { .level_ptr = level_ptr(cg, none) };

	c.level = dt_ir_ld(&cg->ir, c.level_ptr, 0, 8);
	dt_ir_jcci(&cg->ir, DT_IR_JUGE, c.level, DT_NSLOTS, none);
	c.index = dt_ir_bin(&cg->ir, DT_IR_ADD, first_slot(cg), c.level);
	c.slot = slot_at(cg, c.index, none);
	dt_ir_st(&cg->ir, c.level_ptr, 0, 8, dt_ir_bini(&cg->ir, DT_IR_ADD, c.level, 1));
	return c;
}

static struct dt_claim adopt_level(struct dt_cg *cg, dt_label none)
{
	struct dt_claim c = { .level_ptr = level_ptr(cg, none) };

	c.level = dt_ir_bini(&cg->ir, DT_IR_SUB, dt_ir_ld(&cg->ir, c.level_ptr, 0, 8), 1);
	dt_ir_jcci(&cg->ir, DT_IR_JUGE, c.level, DT_NSLOTS, none);
	c.index = dt_ir_bin(&cg->ir, DT_IR_ADD, first_slot(cg), c.level);
	c.slot = slot_at(cg, c.index, none);
	return c;
}

/* What marks a slot as claimed: the thread and the point, where segments have to find it again. */
static dt_vreg owner(struct dt_cg *cg)
{
	const struct dt_point *pt = cg->point;
	dt_vreg tid;

	if (!pt->next)
		return dt_ir_const(&cg->ir, 1);
	tid = dt_ir_ext(&cg->ir, dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_current_pid_tgid, 0, NULL),
			4, false);
	return dt_ir_bin(&cg->ir, DT_IR_OR, tid,
			 dt_ir_const(&cg->ir, (int64_t)(pt->segments_map + 1) << 32));
}

/* Where the program may be preempted, each slot is claimed by itself.  ADOPT: finds the one that
 * this thread has claimed at this point. */
static struct dt_claim by_owner(struct dt_cg *cg, bool adopt, dt_label none)
{
	struct dt_claim c = { .by_cas = true,
			      .slot = dt_ir_new(&cg->ir),
			      .index = dt_ir_new(&cg->ir) };
	dt_label got = dt_ir_label(&cg->ir);
	dt_vreg base = first_slot(cg), mark = owner(cg);

	for (int i = 0; i < DT_NSLOTS; i++) {
		dt_vreg held;

		dt_ir_set(&cg->ir, c.index, dt_ir_bini(&cg->ir, DT_IR_ADD, base, i));
		dt_ir_set(&cg->ir, c.slot, slot_at(cg, c.index, none));
		if (adopt) {
			held = dt_ir_ld(&cg->ir, c.slot, DT_SLOT_BUSY, 8);
			dt_ir_jcc(&cg->ir, DT_IR_JEQ, held, mark, got);
		} else {
			held = dt_ir_cas(&cg->ir, c.slot, DT_SLOT_BUSY, 8, dt_ir_const(&cg->ir, 0),
					 mark);
			dt_ir_jcci(&cg->ir, DT_IR_JEQ, held, 0, got);
		}
	}
	dt_ir_jmp(&cg->ir, none);
	dt_ir_place(&cg->ir, got);
	return c;
}

void dt_claim_release(struct dt_cg *cg, const struct dt_claim *c)
{
	if (c->by_cas)
		dt_ir_sti(&cg->ir, c->slot, DT_SLOT_BUSY, 8, 0);
	else
		dt_ir_st(&cg->ir, c->level_ptr, 0, 8, c->level);
}

struct dt_claim dt_claim_slot(struct dt_cg *cg, dt_label none)
{
	return cg->point->key.mech->preemptible ? by_owner(cg, false, none) : claim_level(cg, none);
}

struct dt_claim dt_claim_adopt(struct dt_cg *cg, dt_label none)
{
	return cg->point->key.mech->preemptible ? by_owner(cg, true, none) : adopt_level(cg, none);
}
