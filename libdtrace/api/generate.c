/* SPDX-License-Identifier: MIT */
/*
 * Generates the code of all enabled programs together, as a plan of lower/: for dtrace_go(), which
 * hands it to the run, or for dtrace_dump().  Options have been settled by then.  A diagnostic of
 * lower/ becomes the handle's error here.
 */
#include <errno.h>
#include "api/hdl.h"
#include "lower/generate.h"
#include "process/process.h"
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
		.scratchsize = dtp->copts.scratchsize,
		.maxframes = dtp->copts.maxframes,
		.buflimit = dtp->copts.buflimit,
		.nspec = (uint32_t)DT_MIN(o[DTRACEOPT_NSPEC], DT_SPEC_MAX),
		.timestamps = dtp->rec_timestamps || dt_option_is_set(dtp, DTRACEOPT_TEMPORAL),
		.bufpolicy = (int)o[DTRACEOPT_BUFPOLICY],
		.cpu = (int)o[DTRACEOPT_CPU],
		.filters = dt_filters_of(dtp),
		.pidns = dt_proc_namespace(),
	};
}

struct job {
	const dtrace_hdl_t *dtp;
	struct dt_plan_opts opts;
	struct dt_plan *plan;
};

static void generate(struct dt_compile *compile, void *arg)
{
	struct job *job = arg;
	const dtrace_hdl_t *dtp = job->dtp;

	job->plan = dt_plan_new(compile, &dtp->env, &job->opts);
	dt_plan_generate(job->plan, dtp->enabled.data, dtp->enabled.n);
	job->plan->compile = NULL;
}

struct dt_plan *dt_generate(dtrace_hdl_t *dtp)
{
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct job job = { .dtp = dtp, .opts = plan_opts(dtp) };
	bool ok;

	if (!compile.arena) {
		dt_set_errno(dtp, EDT_NOMEM);
		return NULL;
	}
	dt_types_guard(dtp->env.types, &compile);
	ok = dt_compile_run(&compile, generate, &job);
	dt_types_guard(dtp->env.types, NULL);
	if (ok)
		return job.plan;
	dt_set_diag(dtp, &compile.diag, NULL, NULL, 0);
	dt_plan_free(job.plan);
	dt_arena_free(compile.arena);
	return NULL;
}

void dt_generated_free(struct dt_plan *plan)
{
	struct dt_arena *arena = plan ? plan->arena : NULL;

	dt_plan_free(plan);
	dt_arena_free(arena);
}
