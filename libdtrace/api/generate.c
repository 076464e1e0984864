/* SPDX-License-Identifier: MIT */
/*
 * The code of all enabled programs: lower/'s plan, made by the settled options for dtrace_go(), or
 * for dtrace_dump() alone.  Where generating fails, its diagnostic becomes the handle's error here.
 */
#include <errno.h>
#include "api/hdl.h"
#include "types/types.h"

static struct dt_plan_opts plan_opts(const dtrace_hdl_t *dtp)
{
	const dtrace_optval_t *o = dtp->options;

	return (struct dt_plan_opts){
		.strsize = (uint64_t)o[DTRACEOPT_STRSIZE],
		.bufsize = (uint64_t)o[DTRACEOPT_BUFSIZE],
		.aggsize = (uint64_t)o[DTRACEOPT_AGGSIZE],
		.dynvarsize = (uint64_t)o[DTRACEOPT_DYNVARSIZE],
		.stackframes = (uint32_t)o[DTRACEOPT_STACKFRAMES],
		.ustackframes = (uint32_t)o[DTRACEOPT_USTACKFRAMES],
		.jstackframes = (uint32_t)o[DTRACEOPT_JSTACKFRAMES],
		.jstackstrsize = (uint32_t)o[DTRACEOPT_JSTACKSTRSIZE],
		.nspec = (uint32_t)DT_MIN(o[DTRACEOPT_NSPEC], DT_SPEC_MAX),
		.timestamps = dtp->rec_timestamps || DT_OPT_SET(dtp, DTRACEOPT_TEMPORAL),
		.fill = o[DTRACEOPT_BUFPOLICY] == DTRACEOPT_BUFPOLICY_FILL,
		.cpu = (int)o[DTRACEOPT_CPU],
	};
}

/* An arena goes with the plan that lies in it. */
static void plan_free(struct dt_plan *plan, struct dt_arena *arena)
{
	dt_plan_free(plan);
	dt_arena_free(arena);
}

struct dt_plan *dt_generate(dtrace_hdl_t *dtp)
{
	struct dt_plan_opts opts = plan_opts(dtp);
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct dt_plan *volatile plan = NULL;

	if (!compile.arena) {
		dt_set_errno(dtp, EDT_NOMEM);
		return NULL;
	}
	dt_arena_guard(compile.arena, &compile);
	dt_types_guard(dtp->env.types, &compile);
	if (setjmp(compile.env)) {
		dt_types_guard(dtp->env.types, NULL);
		dt_set_diag(dtp, &compile.diag, NULL, NULL, 0);
		plan_free(plan, compile.arena);
		return NULL;
	}
	plan = dt_plan_new(&compile, &dtp->env, &opts);
	dt_plan_generate(plan, dtp->enabled.data, dtp->enabled.n);
	dt_types_guard(dtp->env.types, NULL);
	dt_arena_guard(compile.arena, NULL);
	plan->compile = NULL;
	return plan;
}

void dt_generated_free(struct dt_plan *plan)
{
	if (plan)
		plan_free(plan, plan->arena);
}
