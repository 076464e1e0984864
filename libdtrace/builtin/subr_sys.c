/* SPDX-License-Identifier: MIT */
/* Functions on objects of the kernel: processes, devices, locks. */
#include <linux/bpf.h>
#include <string.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "lower/hooks.h"
#include "runtime/pid.h"
#include "runtime/runtime.h"

#define MINOR_BITS 20 /* of the kernel's dev_t: include/linux/kdev_t.h */

static struct dt_val emit_getmajor(struct dt_cg *cg, const struct dt_expr *e)
{
	return dt_val_num(dt_ir_bini(&cg->ir, DT_IR_SHR, dt_cg_num(cg, e->kids[0]), MINOR_BITS));
}

static struct dt_val emit_getminor(struct dt_cg *cg, const struct dt_expr *e)
{
	return dt_val_num(
		dt_ir_bini(&cg->ir, DT_IR_AND, dt_cg_num(cg, e->kids[0]), (1 << MINOR_BITS) - 1));
}

/* ---- processes ---- */

static void put_field(struct dt_cg *cg, struct dt_mem m, size_t at, const char *structure,
		      const char *const *path)
{
	dt_ir_st(&cg->ir, m.base, m.off + (int32_t)at, 4,
		 dt_ir_const(&cg->ir, dt_cg_field(cg, structure, path, NULL)));
}

#define PUT(member, structure, ...) \
	put_field(cg, m, offsetof(struct dt_ancestry, member), structure, DT_MEMBERS(__VA_ARGS__))

static struct dt_val emit_progenyof(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg pid = dt_cg_num(cg, e->kids[0]);
	struct dt_mem m = dt_cg_scratch(cg, sizeof(struct dt_ancestry));
	dt_vreg task = dt_ir_un(&cg->ir, DT_IR_NUM, dt_cg_task(cg));

	dt_cg_zero(cg, m, sizeof(struct dt_ancestry));
	dt_ir_st(&cg->ir, m.base, m.off + (int32_t)offsetof(struct dt_ancestry, task), 8, task);
	dt_ir_st(&cg->ir, m.base, m.off + (int32_t)offsetof(struct dt_ancestry, pid), 8, pid);
	dt_ir_st(&cg->ir, m.base, m.off + (int32_t)offsetof(struct dt_ancestry, inode), 8,
		 dt_ir_const(&cg->ir, cg->plan->opts.pidns));
	PUT(parent, "task_struct", "real_parent");
	PUT(tgid, "task_struct", "tgid");
	PUT(leader, "task_struct", "group_leader");
	PUT(thread_pid, "task_struct", "thread_pid");
	PUT(level, "pid", "level");
	PUT(numbers, "pid", "numbers");
	PUT(ns_inode, "pid_namespace", "ns", "inum");
	return dt_val_num(dt_ir_runtime(&cg->ir, DT_RT_PROGENYOF, DT_ARGS(dt_cg_mem_ptr(cg, m))));
}

/* ---- locks ---- */

/* The word that says who holds a lock, at its address; on a kernel for real time locks are of
 * another kind, and the member is not there. */
static dt_vreg lock_word(struct dt_cg *cg, const struct dt_expr *e, const char *structure,
			 const char *member)
{
	uint32_t at = dt_cg_field(cg, structure, DT_MEMBERS(member, "counter"), NULL);

	return dt_cg_read(cg, dt_ir_bini(&cg->ir, DT_IR_ADD, dt_cg_num(cg, e->kids[0]), at), 8,
			  false);
}

static struct dt_val is_true(struct dt_cg *cg, enum dt_ir_op op, dt_vreg a, dt_vreg b)
{
	dt_vreg result = dt_ir_new(&cg->ir);
	dt_label end = dt_ir_label(&cg->ir);

	dt_ir_seti(&cg->ir, result, 1);
	dt_ir_jcc(&cg->ir, op, a, b, end);
	dt_ir_seti(&cg->ir, result, 0);
	dt_ir_place(&cg->ir, end);
	return dt_val_num(result);
}

#define MUTEX_FLAGS 7 /* in the pointer to the owner */

static dt_vreg mutex_owner(struct dt_cg *cg, const struct dt_expr *e)
{
	return dt_ir_bini(&cg->ir, DT_IR_AND, lock_word(cg, e, "mutex", "owner"), ~MUTEX_FLAGS);
}

static struct dt_val emit_mutex_owner(struct dt_cg *cg, const struct dt_expr *e)
{
	return dt_val_num(mutex_owner(cg, e));
}

static struct dt_val emit_mutex_owned(struct dt_cg *cg, const struct dt_expr *e)
{
	return is_true(cg, DT_IR_JEQ, mutex_owner(cg, e),
		       dt_ir_un(&cg->ir, DT_IR_NUM, dt_cg_task(cg)));
}

/* All of them sleep. */
static struct dt_val emit_mutex_type(struct dt_cg *cg, const struct dt_expr *e)
{
	return dt_val_num(dt_ir_const(&cg->ir, e->row->name[strlen("mutex_type_")] == 'a'));
}

/* The count of a struct rw_semaphore. */
#define RW_WRITER  1
#define RW_READERS 0x7fffffffffffff00LL

static struct dt_val emit_rw(struct dt_cg *cg, const struct dt_expr *e, int64_t bits)
{
	dt_vreg count = lock_word(cg, e, "rw_semaphore", "count");

	return is_true(cg, DT_IR_JSET, count, dt_ir_const(&cg->ir, bits));
}

static struct dt_val emit_rw_write_held(struct dt_cg *cg, const struct dt_expr *e)
{
	return emit_rw(cg, e, RW_WRITER);
}

static struct dt_val emit_rw_read_held(struct dt_cg *cg, const struct dt_expr *e)
{
	return emit_rw(cg, e, RW_READERS);
}

static const struct dt_builtin rows[] = {
	{ "getmajor", DT_BI_SUBR, "uint32_t(uint32_t)", .emit = emit_getmajor,
	  .doc = "Major number of a device, of the kernel's `dev_t`.",
	  .example = "trace(getmajor(0x800001))" },
	{ "getminor", DT_BI_SUBR, "uint32_t(uint32_t)", .emit = emit_getminor,
	  .doc = "Minor number of a device, of the kernel's `dev_t`.",
	  .example = "trace(getminor(0x800001))" },
	{ "mutex_owned", DT_BI_SUBR, "int(struct mutex *)", .emit = emit_mutex_owned,
	  .doc = "1 if the current thread holds the mutex.",
	  .example = "trace(mutex_owned(&curthread->signal->cred_guard_mutex))" },
	{ "mutex_owner", DT_BI_SUBR, "struct task_struct *(struct mutex *)",
	  .emit = emit_mutex_owner, .doc = "Thread that holds the mutex.",
	  .example = "trace(mutex_owner(&curthread->signal->cred_guard_mutex) == NULL)" },
	{ "mutex_type_adaptive", DT_BI_SUBR, "int(struct mutex *)", .emit = emit_mutex_type,
	  .doc = "1 if a thread that waits for the mutex sleeps: always.",
	  .example = "trace(mutex_type_adaptive(&curthread->signal->cred_guard_mutex))" },
	{ "mutex_type_spin", DT_BI_SUBR, "int(struct mutex *)", .emit = emit_mutex_type,
	  .doc = "1 if a thread that waits for the mutex spins: never.",
	  .example = "trace(mutex_type_spin(&curthread->signal->cred_guard_mutex))" },
	{ "progenyof", DT_BI_SUBR, "int(pid_t)", .emit = emit_progenyof,
	  .doc = "1 if the current process is the given one or descends from it, by at most 63 "
		 "generations.",
	  .example = "syscall:::entry /progenyof($pid)/ { @[execname] = count(); }" },
	{ "rw_iswriter", DT_BI_SUBR, "int(struct rw_semaphore *)", .emit = emit_rw_write_held,
	  .doc = "1 if a writer holds the lock.",
	  .example = "trace(rw_iswriter(&curthread->mm->mmap_lock))" },
	{ "rw_read_held", DT_BI_SUBR, "int(struct rw_semaphore *)", .emit = emit_rw_read_held,
	  .doc = "1 if readers hold the lock.",
	  .example = "trace(rw_read_held(&curthread->mm->mmap_lock))" },
	{ "rw_write_held", DT_BI_SUBR, "int(struct rw_semaphore *)", .emit = emit_rw_write_held,
	  .doc = "1 if a writer holds the lock.",
	  .example = "trace(rw_write_held(&curthread->mm->mmap_lock))" },
};

const struct dt_builtin_family dt_builtins_subr_sys = { "subr_sys", rows, ARRAY_SIZE(rows) };
