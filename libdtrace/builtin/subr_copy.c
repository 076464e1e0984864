/* SPDX-License-Identifier: MIT */
/*
 * Functions that copy memory.  What they read goes to scratch memory, which lasts for one firing of
 * the probe.
 */
#include <linux/bpf.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "lower/hooks.h"

#define COPYIN_MAX 4096 /* scratch memory of a copyin() whose size is not constant */

/* bpf_probe_read_user (5.5).  As D has it, memory that is not resident is a fault. */
static struct dt_val emit_copyin(struct dt_cg *cg, const struct dt_expr *e)
{
	const struct dt_expr *count = e->kids[1];
	bool known = count->op == DT_E_INT && count->ival > 0 && count->ival <= COPYIN_MAX;
	uint32_t room = known ? (uint32_t)DT_ALIGN(count->ival, 8) : COPYIN_MAX;
	dt_vreg addr = dt_cg_num(cg, e->kids[0]), size, ptr, err;
	struct dt_mem m = dt_cg_scratch(cg, room);
	dt_label ok;

	ptr = dt_cg_mem_ptr(cg, m);
	if (known) {
		size = dt_ir_const(&cg->ir, count->ival);
	} else {
		size = dt_cg_num(cg, count);
		ok = dt_ir_label(&cg->ir);
		dt_ir_jcci(&cg->ir, DT_IR_JULE, size, COPYIN_MAX, ok);
		dt_cg_fault(cg, DTRACEFLT_NOSCRATCH, 0);
		dt_ir_place(&cg->ir, ok);
		size = dt_cg_bound(cg, size, COPYIN_MAX);
	}
	err = dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_user, DT_ARGS(ptr, size, addr));
	dt_cg_fault_if_neg(cg, err, DTRACEFLT_BADADDR, addr);
	dt_cg_keep_scratch(cg);
	return dt_val_num(dt_ir_un(&cg->ir, DT_IR_NUM, ptr));
}

static struct dt_val emit_copyinstr(struct dt_cg *cg, const struct dt_expr *e)
{
	uint32_t cap = (uint32_t)cg->plan->opts.strsize;
	dt_vreg addr = dt_cg_num(cg, e->kids[0]), size;
	struct dt_str s;

	/* The size is one of characters, without the NUL. */
	if (e->nkids > 1 && e->kids[1]->op == DT_E_INT && e->kids[1]->ival >= 0 &&
	    e->kids[1]->ival < cap)
		cap = (uint32_t)e->kids[1]->ival + 1;
	s = dt_cg_str_place(cg, cap);
	s.cap = cap;
	if (e->nkids > 1 && e->kids[1]->op != DT_E_INT)
		size = dt_ir_bini(&cg->ir, DT_IR_ADD,
				  dt_cg_bound(cg, dt_cg_num(cg, e->kids[1]), cap - 1), 1);
	else
		size = dt_ir_const(&cg->ir, cap);
	size = dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_user_str,
			    DT_ARGS(dt_cg_mem_ptr(cg, s.mem), size, addr));
	dt_cg_fault_if_neg(cg, size, DTRACEFLT_BADADDR, addr);
	s.padded = false;
	s.size = size;
	return dt_val_str(s);
}

static const struct dt_builtin rows[] = {
	{ "alloca", DT_BI_SUBR, "void *(size_t)",
	  .doc = "Allocates scratch memory for this firing of the probe." },
	{ "bcopy", DT_BI_SUBR, "void(void *, void *, size_t)",
	  .doc = "Copies kernel memory into scratch memory." },
	{ "copyin", DT_BI_SUBR, "void *(uintptr_t, size_t)", .emit = emit_copyin,
	  .doc = "Copies user memory into scratch memory and returns its address.",
	  .example = "syscall::write:entry { tracemem(copyin(arg1, 16), 16); }" },
	{ "copyinstr", DT_BI_SUBR, "string(uintptr_t, [size_t])", .emit = emit_copyinstr,
	  .doc = "String at a user address.",
	  .example = "syscall::openat:entry { trace(copyinstr(arg1)); }" },
	{ "copyinto", DT_BI_SUBR, "void(uintptr_t, size_t, void *)",
	  .doc = "Copies user memory into scratch memory at a given address." },
	{ "copyout", DT_BI_SUBR, "void(void *, uintptr_t, size_t)", DT_BF_DESTRUCTIVE,
	  .doc = "Copies kernel memory to a user address." },
	{ "copyoutstr", DT_BI_SUBR, "void(char *, uintptr_t, size_t)", DT_BF_DESTRUCTIVE,
	  .doc = "Copies a string to a user address." },
};

const struct dt_builtin_family dt_builtins_subr_copy = { "subr_copy", rows, ARRAY_SIZE(rows) };
