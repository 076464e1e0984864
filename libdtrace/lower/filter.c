/* SPDX-License-Identifier: MIT */
/*
 * The code of filters:
 *
 *	if (pid is none of the list) return 0;
 *	if (the process is in none of the cgroups, or below one) return 0;
 *
 * The kernel tells at once which cgroup is above the current process at a level.  Where the level
 * is not known, or another task is meant, the way up is searched.
 */
#include <linux/bpf.h>
#include "base/util.h"
#include "contract/provider.h"
#include "ir/build.h"
#include "lower/filter.h"
#include "lower/firing.h"
#include "lower/pids.h"
#include "lower/plan.h"
#include "process/cgroup.h"
#include "runtime/runtime.h"

static void test_pids(struct dt_cg *cg, const struct dt_filters *f, dt_label out)
{
	dt_label meant = dt_ir_label(&cg->ir);
	dt_vreg pid = dt_cg_pid(cg);

	for (size_t i = 0; i < f->npids; i++)
		dt_ir_jcci(&cg->ir, DT_IR_JEQ, pid, f->pids[i], meant);
	dt_ir_jmp(&cg->ir, out);
	dt_ir_place(&cg->ir, meant);
}

static uint64_t offset(struct dt_cg *cg, const char *structure, const char *const *path)
{
	return dt_cg_field(cg, structure, path, NULL);
}

/* 1: the task that the firing is about is in the cgroup ID, or below it. */
static dt_vreg search(struct dt_cg *cg, uint64_t id)
{
	uint64_t way = offset(cg, "task_struct", DT_MEMBERS("cgroups")) |
		       offset(cg, "css_set", DT_MEMBERS("dfl_cgrp")) << 16 |
		       offset(cg, "cgroup", DT_MEMBERS("kn")) << 32 |
		       offset(cg, "kernfs_node", DT_MEMBERS("id")) << 48;
	uint64_t parent = offset(cg, "cgroup", DT_MEMBERS("self", "parent"));
	dt_vreg task = dt_ir_un(&cg->ir, DT_IR_NUM, dt_cg_task(cg));

	return dt_ir_runtime(&cg->ir, DT_RT_IN_CGROUP,
			     DT_ARGS(task, dt_ir_const(&cg->ir, (int64_t)id),
				     dt_ir_const(&cg->ir, (int64_t)way),
				     dt_ir_const(&cg->ir, (int64_t)parent)));
}

/* bpf_get_current_ancestor_cgroup_id (5.7 in tracing programs) */
static dt_vreg ancestor_at(struct dt_cg *cg, int level)
{
	return dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_current_ancestor_cgroup_id,
				 DT_ARGS(dt_ir_const(&cg->ir, level)));
}

static void test_cgroups(struct dt_cg *cg, const struct dt_filters *f, dt_label out)
{
	dt_label meant = dt_ir_label(&cg->ir);
	dt_vreg ancestor = 0;

	for (size_t i = 0; i < f->ncgroups; i++) {
		const struct dt_cgroup *c = &f->cgroups[i];

		if (c->level < 0 || !dt_cg_is_current(cg)) {
			dt_ir_jcci(&cg->ir, DT_IR_JNE, search(cg, c->id), 0, meant);
			continue;
		}
		if (!ancestor || c->level != f->cgroups[i - 1].level)
			ancestor = ancestor_at(cg, c->level);
		dt_ir_jcc(&cg->ir, DT_IR_JEQ, ancestor, dt_ir_const(&cg->ir, (int64_t)c->id),
			  meant);
	}
	dt_ir_jmp(&cg->ir, out);
	dt_ir_place(&cg->ir, meant);
}

void dt_cg_filter(struct dt_cg *cg, dt_label out)
{
	const struct dt_filters *f = &cg->plan->opts.filters;

	if (cg->point->role != DT_ROLE_NONE || cg->point->key.has_no_process)
		return;
	if (f->npids)
		test_pids(cg, f, out);
	if (f->ncgroups)
		test_cgroups(cg, f, out);
}
