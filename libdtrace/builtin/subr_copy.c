/* SPDX-License-Identifier: MIT */
/*
 * Functions that copy memory.  What they read goes to the program's own memory (lower/own.h), which
 * lasts until the clause ends.
 */
#include <linux/bpf.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "base/fail.h"
#include "check/context.h"
#include "lower/hooks.h"
#include "runtime/runtime.h"

/* The number SIZE of bytes, which are at most scratchsize, and a block for them. */
static struct dt_mem block_for(struct dt_cg *cg, const struct dt_expr *size, dt_vreg *bytes)
{
	if (size->op == DT_E_INT && size->ival >= 0 && size->ival <= cg->plan->opts.scratchsize) {
		*bytes = dt_ir_const(&cg->ir, size->ival);
		return dt_cg_own_block(cg, (uint32_t)size->ival);
	}
	*bytes = dt_cg_num(cg, size);
	return dt_cg_own_block_of(cg, bytes);
}

/* SIZE bytes of the program's own memory at ADDR. */
static struct dt_mem own_mem(struct dt_cg *cg, const struct dt_expr *addr,
			     const struct dt_expr *size, dt_vreg *bytes)
{
	bool known = size->op == DT_E_INT && size->ival >= 0 && size->ival <= DT_OWN_MAX;
	uint32_t max = known ? (uint32_t)size->ival : DT_OWN_MAX;
	dt_vreg at = dt_cg_num(cg, addr);
	struct dt_mem m;

	*bytes = dt_cg_num(cg, size);
	m = dt_cg_own_mem(cg, at, *bytes, max);
	if (!known)
		*bytes = dt_cg_bound(cg, *bytes, max);
	return m;
}

/* Copies BYTES from ADDR, of the kernel or of the process (both helpers: 5.5). */
static void copy_to(struct dt_cg *cg, struct dt_mem to, dt_vreg bytes, dt_vreg addr, bool user)
{
	dt_vreg err = dt_ir_helper(&cg->ir,
				   user ? BPF_FUNC_probe_read_user : BPF_FUNC_probe_read_kernel,
				   DT_ARGS(dt_cg_mem_ptr(cg, to), bytes, addr));

	dt_cg_fault_if_neg(cg, err, DTRACEFLT_BADADDR, addr);
}

static struct dt_val nothing(struct dt_cg *cg)
{
	return dt_val_num(dt_ir_const(&cg->ir, 0));
}

static struct dt_val address_of(struct dt_cg *cg, struct dt_mem m)
{
	return dt_val_num(dt_ir_un(&cg->ir, DT_IR_NUM, dt_cg_mem_ptr(cg, m)));
}

static void check_alloca(struct dt_check *c, struct dt_expr *e)
{
	const struct dt_expr *size = e->kids[0];

	if (size->op == DT_E_INT && (size->ival < 0 || size->ival > DT_OWN_MAX))
		dt_fail(c->compile, &size->loc, "D_ALLOCA_SIZE",
			"alloca( ) size must be between 0 and %d bytes", DT_OWN_MAX);
}

/* The memory is zero. */
static struct dt_val emit_alloca(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg bytes;
	struct dt_mem m = block_for(cg, e->kids[0], &bytes);
	bool known = e->kids[0]->op == DT_E_INT;
	uint64_t size = DT_ALIGN(known ? (uint64_t)e->kids[0]->ival : DT_OWN_MAX, 8);

	if (size)
		dt_ir_runtime(&cg->ir, DT_RT_ZERO,
			      DT_ARGS(dt_cg_mem_ptr(cg, m), dt_ir_const(&cg->ir, (int64_t)size)));
	return address_of(cg, m);
}

static struct dt_val emit_bcopy(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg from = dt_cg_num(cg, e->kids[0]), bytes;
	struct dt_mem to = own_mem(cg, e->kids[1], e->kids[2], &bytes);

	copy_to(cg, to, bytes, from, false);
	return nothing(cg);
}

/* As D has it, memory that is not resident is a fault. */
static struct dt_val emit_copyin(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg from = dt_cg_num(cg, e->kids[0]), bytes;
	struct dt_mem to = block_for(cg, e->kids[1], &bytes);

	copy_to(cg, to, bytes, from, true);
	return address_of(cg, to);
}

static struct dt_val emit_copyinto(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg from = dt_cg_num(cg, e->kids[0]), bytes;
	struct dt_mem to = own_mem(cg, e->kids[2], e->kids[1], &bytes);

	copy_to(cg, to, bytes, from, true);
	return nothing(cg);
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

/* Writes BYTES of FROM, memory that the verifier knows, to the user address TO.  A kernel that is
 * locked down has no bpf_probe_write_user (4.8).  It takes no size of 0. */
static struct dt_val write_user(struct dt_cg *cg, dt_vreg to, struct dt_mem from, dt_vreg bytes)
{
	dt_label end = dt_ir_label(&cg->ir);
	dt_vreg err;

	dt_ir_jcci(&cg->ir, DT_IR_JULT, bytes, 1, end);
	err = dt_ir_helper(&cg->ir, BPF_FUNC_probe_write_user,
			   DT_ARGS(to, dt_cg_mem_ptr(cg, from), bytes));
	dt_cg_fault_if_neg(cg, err, DTRACEFLT_BADADDR, to);
	dt_ir_place(&cg->ir, end);
	return nothing(cg);
}

static struct dt_val emit_copyout(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg from = dt_cg_num(cg, e->kids[0]), to = dt_cg_num(cg, e->kids[1]), bytes;
	struct dt_mem copy = block_for(cg, e->kids[2], &bytes);

	copy_to(cg, copy, bytes, from, false);
	return write_user(cg, to, copy, bytes);
}

/* The string with its NUL, of which at most as many bytes are written as the last argument says. */
static struct dt_val emit_copyoutstr(struct dt_cg *cg, const struct dt_expr *e)
{
	uint32_t strsize = (uint32_t)cg->plan->opts.strsize;
	struct dt_str copy = { .kind = DT_STR_MEM, .cap = strsize };
	dt_vreg to, max, size;
	dt_label shorter;

	copy.mem = dt_cg_scratch(cg, (uint32_t)DT_ALIGN(strsize, 8));
	dt_cg_str_into(cg, e->kids[0], &copy);
	to = dt_cg_num(cg, e->kids[1]);
	max = dt_cg_num(cg, e->kids[2]);
	size = dt_ir_new(&cg->ir);
	shorter = dt_ir_label(&cg->ir);
	/* bpf_probe_read_kernel_str (5.5) counts the bytes */
	dt_ir_set(&cg->ir, size,
		  dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_kernel_str,
			       DT_ARGS(dt_cg_mem_ptr(cg, copy.mem), dt_ir_const(&cg->ir, strsize),
				       dt_cg_mem_ptr(cg, copy.mem))));
	dt_ir_jcc(&cg->ir, DT_IR_JULE, size, max, shorter);
	dt_ir_set(&cg->ir, size, max);
	dt_ir_place(&cg->ir, shorter);
	return write_user(cg, to, copy.mem, dt_cg_bound(cg, size, strsize));
}

static const struct dt_builtin rows[] = {
	{ "alloca", DT_BI_SUBR, "void *(size_t)", .check = check_alloca, .emit = emit_alloca,
	  .doc = "Memory of the program's own, all zero, until the clause ends.",
	  .example = "this->p = (int *)alloca(8); this->p[1] = pid; trace(this->p[1]);" },
	{ "bcopy", DT_BI_SUBR, "void(void *, void *, size_t)", .emit = emit_bcopy,
	  .doc = "Copies kernel memory into memory of the program's own.",
	  .example = "this->p = alloca(16); bcopy(curthread->comm, this->p, 16);" },
	{ "copyin", DT_BI_SUBR, "void *(uintptr_t, size_t)", .emit = emit_copyin,
	  .doc = "Copies user memory into memory of the program's own and returns its address.",
	  .example = "syscall::write:entry { tracemem(copyin(arg1, 16), 16); }" },
	{ "copyinstr", DT_BI_SUBR, "string(uintptr_t, [size_t])", .emit = emit_copyinstr,
	  .doc = "String at a user address.",
	  .example = "syscall::openat:entry { trace(copyinstr(arg1)); }" },
	{ "copyinto", DT_BI_SUBR, "void(uintptr_t, size_t, void *)", .emit = emit_copyinto,
	  .doc = "Copies user memory into memory of the program's own at a given address.",
	  .example = "syscall::write:entry { this->p = alloca(8); copyinto(arg1, 4, this->p); }" },
	{ "copyout", DT_BI_SUBR, "void(void *, uintptr_t, size_t)", DT_BF_DESTRUCTIVE,
	  .emit = emit_copyout, .doc = "Copies kernel memory to a user address.",
	  .example =
		  "syscall::write:entry /execname == \"cat\"/ { copyout(alloca(1), arg1, 1); }" },
	{ "copyoutstr", DT_BI_SUBR, "void(const char *, uintptr_t, size_t)", DT_BF_DESTRUCTIVE,
	  .emit = emit_copyoutstr,
	  .doc = "Copies a string to a user address, at most so many bytes.",
	  .example = "syscall::write:entry /execname == \"cat\"/ { copyoutstr(\"hi\", arg1, arg2); "
		     "}" },
};

const struct dt_builtin_family dt_builtins_subr_copy = { "subr_copy", rows, ARRAY_SIZE(rows) };
