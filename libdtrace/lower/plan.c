/* SPDX-License-Identifier: MIT */
/*
 * The plan as an object: making and freeing it, adding constant strings and maps.  The stages
 * (plan.h) fill in the rest.
 */
#include <string.h>
#include "base/fail.h"
#include "contract/record.h"
#include "lower/plan.h"

uint32_t dt_plan_string(struct dt_plan *plan, const char *text)
{
	void **at = dt_table_at(&plan->string_ids, text, strlen(text), true);
	uint32_t off;

	if (!at)
		dt_fail_nomem(plan->compile);
	if (*at)
		return (uint32_t)(uintptr_t)*at - 1;
	off = (uint32_t)plan->layout.strings.len;
	dt_strbuf_add(&plan->layout.strings, text, strlen(text) + 1);
	if (plan->layout.strings.nomem)
		dt_fail_nomem(plan->compile);
	*at = (void *)(uintptr_t)(off + 1);
	return off;
}

uint32_t dt_plan_map(struct dt_plan *plan, const struct dt_bpf_map_spec *spec, enum dt_sized by)
{
	struct dt_map_plan m = { .spec = *spec, .by = by };

	dt_vec_push_arena(plan->arena, &plan->maps, m);
	return (uint32_t)plan->maps.n - 1;
}

struct dt_plan *dt_plan_new(struct dt_compile *compile, const struct dt_env *env,
			    const struct dt_plan_opts *opts)
{
	struct dt_plan *plan = dt_arena_new_obj(compile->arena, struct dt_plan);

	plan->compile = compile;
	plan->arena = compile->arena;
	plan->env = env;
	plan->opts = *opts;
	plan->layout.ncpus = dt_bpf_ncpus(env->bpf);
	plan->layout.timestamps = opts->timestamps;
	plan->layout.strsize = opts->strsize;
	plan->layout.header_size = (uint32_t)sizeof(struct dt_krec) + (opts->timestamps ? 8 : 0);
	return plan;
}

void dt_plan_free(struct dt_plan *plan)
{
	if (!plan)
		return;
	dt_strbuf_free(&plan->layout.strings);
	dt_strbuf_free(&plan->rodata);
	dt_table_free(&plan->string_ids);
}
