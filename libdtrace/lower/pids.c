/* SPDX-License-Identifier: MIT */
/*
 * Process ids.  In the first PID namespace they are at hand in the kernel.  In another one
 * (opts.pidns), the struct pid of a process says how each namespace that it is in numbers it.
 * bpf_get_ns_current_pid_tgid() would not do: it knows only processes whose own namespace is the
 * consumer's, but those of namespaces below have ids there too.
 */
#include <linux/bpf.h>
#include "ir/build.h"
#include "lower/context.h"
#include "lower/firing.h"
#include "lower/pids.h"
#include "lower/plan.h"
#include "runtime/runtime.h"

/* MEMBER of the task_struct TASK. */
static dt_vreg load(struct dt_cg *cg, dt_vreg task, const char *member)
{
	return dt_cg_load_field(cg, task, "task_struct", DT_MEMBERS(member));
}

static dt_vreg offset(struct dt_cg *cg, const char *structure, const char *const *path)
{
	return dt_ir_const(&cg->ir, dt_cg_field(cg, structure, path, NULL));
}

/* The number of TASK, a thread, in the consumer's namespace. */
static dt_vreg number_in_ns(struct dt_cg *cg, dt_vreg task)
{
	dt_vreg pid = dt_ir_un(&cg->ir, DT_IR_NUM, load(cg, task, "thread_pid"));

	return dt_ir_runtime(&cg->ir, DT_RT_NS_PID,
			     DT_ARGS(pid, dt_ir_const(&cg->ir, cg->plan->opts.pidns),
				     offset(cg, "pid", DT_MEMBERS("level")),
				     offset(cg, "pid", DT_MEMBERS("numbers")),
				     offset(cg, "pid_namespace", DT_MEMBERS("ns", "inum"))));
}

dt_vreg dt_cg_pid_tgid(struct dt_cg *cg)
{
	dt_vreg task;

	if (dt_cg_is_current(cg))
		return dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_current_pid_tgid, 0, NULL);
	task = dt_cg_task(cg);
	return dt_ir_bin(&cg->ir, DT_IR_OR,
			 dt_ir_bini(&cg->ir, DT_IR_SHL, load(cg, task, "tgid"), 32),
			 load(cg, task, "pid"));
}

dt_vreg dt_cg_pid(struct dt_cg *cg)
{
	if (cg->plan->opts.pidns)
		return number_in_ns(cg, dt_cg_leader(cg));
	return dt_ir_bini(&cg->ir, DT_IR_SHR, dt_cg_pid_tgid(cg), 32);
}

dt_vreg dt_cg_ppid(struct dt_cg *cg)
{
	dt_vreg parent = load(cg, dt_cg_task(cg), "real_parent");

	if (cg->plan->opts.pidns)
		return number_in_ns(cg, load(cg, parent, "group_leader"));
	return dt_ir_ext(&cg->ir, load(cg, parent, "tgid"), 4, true);
}

dt_vreg dt_cg_tid(struct dt_cg *cg)
{
	if (cg->plan->opts.pidns)
		return number_in_ns(cg, dt_cg_task(cg));
	return dt_ir_ext(&cg->ir, dt_cg_pid_tgid(cg), 4, true);
}
