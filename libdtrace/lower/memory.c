/* SPDX-License-Identifier: MIT */
/*
 * Memory that the verifier knows: the scratch slot, stack objects, the state area and the read-only
 * data; and reading what it does not know, by address, with the fault that this may be.
 */
#include <linux/bpf.h>
#include <sys/dtrace.h>
#include "base/fail.h"
#include "base/util.h"
#include "ir/build.h"
#include "lower/context.h"
#include "lower/fault.h"
#include "lower/memory.h"
#include "lower/plan.h"

/* ---- scratch, stack, state, read-only data ---- */

static const char slot_key, state_key;

dt_vreg dt_cg_slot(struct dt_cg *cg)
{
	cg->uses_slot = true;
	return dt_cg_mctx_word(cg, &slot_key, DT_MCTX_SLOT);
}

void dt_cg_set_slot(struct dt_cg *cg, dt_vreg slot)
{
	dt_cg_cache(cg, &slot_key, slot);
}

struct dt_mem dt_cg_scratch(struct dt_cg *cg, uint32_t bytes)
{
	struct dt_mem m = { dt_cg_slot(cg), (int32_t)cg->slot_top };

	cg->slot_top += (uint32_t)DT_ALIGN(bytes, 8);
	cg->slot_max = DT_MAX(cg->slot_max, cg->slot_top);
	return m;
}

void dt_cg_keep_scratch(struct dt_cg *cg)
{
	cg->slot_keep = DT_MAX(cg->slot_keep, cg->slot_top);
}

struct dt_mem dt_cg_stack(struct dt_cg *cg, uint32_t bytes)
{
	return (struct dt_mem){
		dt_ir_stack(&cg->ir, dt_ir_object(&cg->ir, bytes, bytes >= 8 ? 8 : 4)), 0
	};
}

dt_vreg dt_cg_state(struct dt_cg *cg)
{
	dt_vreg r = dt_cg_cached(cg, &state_key);

	if (!r) {
		r = dt_ir_mapval(&cg->ir, DT_MAP_STATE, 0);
		dt_cg_cache(cg, &state_key, r);
	}
	return r;
}

dt_vreg dt_cg_notes(struct dt_cg *cg)
{
	const struct dt_point *pt = cg->point->whole ? cg->point->whole : cg->point;

	return dt_ir_mapval(&cg->ir, DT_MAP_STATE, pt->notes_off);
}

uint32_t dt_cg_rodata(struct dt_cg *cg, const void *data, uint32_t size, uint32_t align)
{
	struct dt_strbuf *b = &cg->plan->rodata;
	uint32_t off;

	dt_strbuf_pad(b, '\0', DT_ALIGN(b->len, align) - b->len);
	off = (uint32_t)b->len;
	dt_strbuf_add(b, data, size);
	if (b->nomem)
		dt_fail_nomem(cg->compile);
	return off;
}

dt_vreg dt_cg_rodata_ptr(struct dt_cg *cg, uint32_t off)
{
	return dt_ir_mapval(&cg->ir, DT_MAP_RODATA, off);
}

/* ---- addresses and sizes ---- */

dt_vreg dt_cg_mem_ptr(struct dt_cg *cg, struct dt_mem m)
{
	return m.off ? dt_ir_bini(&cg->ir, DT_IR_ADD, m.base, m.off) : m.base;
}

void dt_cg_zero(struct dt_cg *cg, struct dt_mem m, uint32_t bytes)
{
	for (uint32_t i = 0; i + 8 <= bytes; i += 8)
		dt_ir_sti(&cg->ir, m.base, m.off + (int32_t)i, 8, 0);
}

dt_vreg dt_cg_bound(struct dt_cg *cg, dt_vreg v, uint32_t max)
{
	dt_vreg r = dt_ir_new(&cg->ir);
	dt_label ok = dt_ir_label(&cg->ir);

	dt_ir_set(&cg->ir, r, v);
	dt_ir_jcci(&cg->ir, DT_IR_JULE, r, max, ok);
	dt_ir_seti(&cg->ir, r, max);
	dt_ir_place(&cg->ir, ok);
	return r;
}

/* ---- reading memory ---- */

void dt_cg_read_into(struct dt_cg *cg, struct dt_mem to, uint32_t size, dt_vreg addr, bool user)
{
	/* bpf_probe_read_kernel, bpf_probe_read_user (5.5) */
	dt_vreg err =
		dt_ir_helper(&cg->ir, user ? BPF_FUNC_probe_read_user : BPF_FUNC_probe_read_kernel,
			     DT_ARGS(dt_cg_mem_ptr(cg, to), dt_ir_const(&cg->ir, size), addr));

	dt_cg_fault_if_neg(cg, err, DTRACEFLT_BADADDR, addr);
}

void dt_cg_read_object(struct dt_cg *cg, struct dt_mem to, uint32_t size, struct dt_val object)
{
	dt_cg_read_into(cg, to, size, object.reg, object.is_user);
}

dt_vreg dt_cg_read(struct dt_cg *cg, dt_vreg addr, uint32_t width, bool user)
{
	struct dt_mem m = dt_cg_stack(cg, 8);

	dt_cg_read_into(cg, m, width, addr, user);
	return dt_ir_ld(&cg->ir, m.base, m.off, width);
}

dt_vreg dt_cg_peek(struct dt_cg *cg, dt_vreg addr, uint32_t width)
{
	struct dt_mem m = dt_cg_stack(cg, 8);

	/* bpf_probe_read_kernel (5.5) zeroes what it cannot read */
	dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_kernel,
		     DT_ARGS(dt_cg_mem_ptr(cg, m), dt_ir_const(&cg->ir, width), addr));
	return dt_ir_ld(&cg->ir, m.base, m.off, width);
}
