/* SPDX-License-Identifier: MIT */
/* Functions on objects of the kernel: processes, devices, locks. */
#include <linux/bpf.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "lower/hooks.h"

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

static const struct dt_builtin rows[] = {
	{ "getmajor", DT_BI_SUBR, "uint32_t(uint32_t)", .emit = emit_getmajor,
	  .doc = "Major number of a device, of the kernel's `dev_t`.",
	  .example = "trace(getmajor(0x800001))" },
	{ "getminor", DT_BI_SUBR, "uint32_t(uint32_t)", .emit = emit_getminor,
	  .doc = "Minor number of a device, of the kernel's `dev_t`.",
	  .example = "trace(getminor(0x800001))" },
	{ "mutex_owned", DT_BI_SUBR, "int(struct mutex *)",
	  .doc = "1 if the current thread holds the mutex." },
	{ "mutex_owner", DT_BI_SUBR, "struct task_struct *(struct mutex *)",
	  .doc = "Thread that holds the mutex." },
	{ "mutex_type_adaptive", DT_BI_SUBR, "int(struct mutex *)",
	  .doc = "1 if a thread that waits for the mutex sleeps: always." },
	{ "mutex_type_spin", DT_BI_SUBR, "int(struct mutex *)",
	  .doc = "1 if a thread that waits for the mutex spins: never." },
	{ "progenyof", DT_BI_SUBR, "int(pid_t)",
	  .doc = "1 if the current process is the given one or one of its descendants." },
	{ "rw_iswriter", DT_BI_SUBR, "int(struct rw_semaphore *)",
	  .doc = "1 if a writer holds or waits for the lock." },
	{ "rw_read_held", DT_BI_SUBR, "int(struct rw_semaphore *)",
	  .doc = "1 if readers hold the lock." },
	{ "rw_write_held", DT_BI_SUBR, "int(struct rw_semaphore *)",
	  .doc = "1 if a writer holds the lock." },
};

const struct dt_builtin_family dt_builtins_subr_sys = { "subr_sys", rows, ARRAY_SIZE(rows) };
