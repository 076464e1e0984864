/* SPDX-License-Identifier: MIT */
/*
 * Faults, which end a clause with a record for the consumer, and drops, which are counted per CPU
 * in the state area.
 */
#include <linux/bpf.h>
#include "contract/record.h"
#include "ir/build.h"
#include "lower/context.h"
#include "lower/fault.h"
#include "lower/piece.h"
#include "lower/plan.h"

void dt_cg_fault(struct dt_cg *cg, uint32_t fault, dt_vreg addr)
{
	cg->may_fault = true;
	dt_ir_sti(&cg->ir, cg->mctx, DT_MCTX_FAULT, 8, fault);
	dt_ir_sti(&cg->ir, cg->mctx, DT_MCTX_ACTION, 8, cg->action);
	if (addr)
		dt_ir_st(&cg->ir, cg->mctx, DT_MCTX_ADDR, 8, addr);
	else
		dt_ir_sti(&cg->ir, cg->mctx, DT_MCTX_ADDR, 8, 0);
	dt_ir_jmp(&cg->ir, cg->fail);
}

void dt_cg_fault_if_neg(struct dt_cg *cg, dt_vreg result, uint32_t fault, dt_vreg addr)
{
	dt_label ok = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JGE, result, 0, ok);
	dt_cg_fault(cg, fault, addr);
	dt_ir_place(&cg->ir, ok);
}

void dt_cg_fault_if_zero(struct dt_cg *cg, dt_vreg value, uint32_t fault, dt_vreg addr)
{
	dt_label ok = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JNE, value, 0, ok);
	dt_cg_fault(cg, fault, addr);
	dt_ir_place(&cg->ir, ok);
}

static void count_drop(struct dt_cg *cg, enum dt_drop cause)
{
	dt_label none = dt_ir_label(&cg->ir);
	dt_vreg cpu = dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_smp_processor_id, 0, NULL), at;

	dt_ir_jcci(&cg->ir, DT_IR_JUGE, cpu, cg->plan->layout.ncpus, none);
	at = dt_ir_bin(&cg->ir, DT_IR_ADD,
		       dt_ir_mapval(&cg->ir, DT_MAP_STATE,
				    cg->plan->layout.counters_off + (uint32_t)cause * 8),
		       dt_ir_bini(&cg->ir, DT_IR_MUL, cpu, DT_COUNTER_STRIDE));
	dt_ir_xadd(&cg->ir, at, 0, 8, dt_ir_const(&cg->ir, 1));
	dt_ir_place(&cg->ir, none);
}

static dt_vreg drop_function(struct dt_cg *cg, const void *arg)
{
	count_drop(cg, *(const enum dt_drop *)arg);
	return dt_ir_const(&cg->ir, 0);
}

void dt_cg_drop(struct dt_cg *cg, enum dt_drop cause)
{
	static const char keys[DT_DROP_COUNT];

	if (cg->cut)
		dt_piece_call(cg, &keys[cause], drop_function, &cause, 0);
	else
		count_drop(cg, cause);
}
