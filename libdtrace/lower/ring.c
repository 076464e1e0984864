/* SPDX-License-Identifier: MIT */
/*
 * Sending a record: this CPU's ring, and whether the consumer is woken.  END's records have a ring
 * of their own, which has room where the others are full.
 */
#include <linux/bpf.h>
#include <stddef.h>
#include "contract/record.h"
#include "ir/build.h"
#include "lower/context.h"
#include "lower/fault.h"
#include "lower/memory.h"
#include "lower/plan.h"
#include "lower/ring.h"
#include "probe/probe.h"

/* How full a ring is when the consumer is woken.  With bufpolicy=ring it leaves bufsize bytes. */
static uint64_t wake_bytes(const struct dt_plan *plan)
{
	uint64_t bytes = plan->opts.bufsize * plan->opts.buflimit / 100;

	return plan->opts.bufpolicy == DTRACEOPT_BUFPOLICY_RING ? plan->opts.bufsize + bytes
								: bytes;
}

/* Wakes the consumer once the ring is this full.  The word `wake` keeps it to one time; the
 * consumer clears it when it has drained the ring. */
static dt_vreg wake_flags(struct dt_cg *cg, dt_vreg ring, bool force)
{
	dt_vreg flags = dt_ir_new(&cg->ir), fill, state;
	dt_label quiet = dt_ir_label(&cg->ir);

	if (force) {
		dt_ir_seti(&cg->ir, flags, BPF_RB_FORCE_WAKEUP);
		return flags;
	}
	dt_ir_seti(&cg->ir, flags, BPF_RB_NO_WAKEUP);
	if (cg->plan->opts.bufpolicy == DTRACEOPT_BUFPOLICY_FILL)
		return flags;
	fill = dt_ir_helper(&cg->ir, BPF_FUNC_ringbuf_query,
			    DT_ARGS(ring, dt_ir_const(&cg->ir, BPF_RB_AVAIL_DATA)));
	dt_ir_jcci(&cg->ir, DT_IR_JULT, fill, (int64_t)wake_bytes(cg->plan), quiet);
	state = dt_cg_state(cg);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_ir_ld(&cg->ir, state, offsetof(struct dt_state, wake), 4),
		   0, quiet);
	dt_ir_sti(&cg->ir, state, offsetof(struct dt_state, wake), 4, 1);
	dt_ir_seti(&cg->ir, flags, BPF_RB_FORCE_WAKEUP);
	dt_ir_place(&cg->ir, quiet);
	return flags;
}

/* This CPU's ring: one of the program's own maps, or looked up by the CPU's number.  Jumps to NONE
 * without one. */
static dt_vreg this_ring(struct dt_cg *cg, dt_label none)
{
	struct dt_plan *plan = cg->plan;
	dt_vreg cpu = dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_smp_processor_id, 0, NULL), ring;
	dt_label found;
	struct dt_mem key;

	if (cg->point->role == DT_ROLE_END)
		return dt_ir_map(&cg->ir, plan->end_ring);
	if (plan->first_ring) {
		ring = dt_ir_new(&cg->ir);
		found = dt_ir_label(&cg->ir);
		for (int i = 0; i < plan->layout.ncpus; i++) {
			dt_ir_set(&cg->ir, ring,
				  dt_ir_map(&cg->ir, plan->first_ring + (uint32_t)i));
			if (i + 1 < plan->layout.ncpus)
				dt_ir_jcci(&cg->ir, DT_IR_JEQ, cpu, i, found);
		}
		dt_ir_place(&cg->ir, found);
		return ring;
	}
	key = dt_cg_stack(cg, 4);
	dt_ir_st(&cg->ir, key.base, key.off, 4, cpu);
	ring = dt_ir_helper(&cg->ir, BPF_FUNC_map_lookup_elem,
			    DT_ARGS(dt_ir_map(&cg->ir, DT_MAP_RINGS), dt_cg_mem_ptr(cg, key)));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, ring, 0, none);
	return ring;
}

void dt_cg_ring_output(struct dt_cg *cg, struct dt_mem data, dt_vreg size, uint32_t const_size,
		       bool force)
{
	dt_label drop = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);
	dt_vreg ring = this_ring(cg, drop), flags, err;

	flags = wake_flags(cg, ring, force);
	err = dt_ir_helper(&cg->ir, BPF_FUNC_ringbuf_output,
			   DT_ARGS(ring, dt_cg_mem_ptr(cg, data),
				   size ? size : dt_ir_const(&cg->ir, const_size), flags));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, err, 0, end);
	dt_ir_place(&cg->ir, drop);
	dt_cg_drop(cg, DT_DROP_PRINCIPAL);
	dt_ir_place(&cg->ir, end);
}
