/* SPDX-License-Identifier: MIT */
/* toy: one probe, toy:::fault, at every page fault of the machine; arg0 is the address. */
#include <errno.h>
#include <linux/bpf_perf_event.h>
#include <stddef.h>
#include <sys/dtrace.h>
#include "attach/page_fault.h"
#include "lower/hooks.h"
#include "providers/providers.h"

static int provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg)
{
	struct dt_probe *probe;

	if (!dt_desc_matches(desc, "toy", "", "", "fault"))
		return 0;
	probe = dt_probe_make(prov, 0, "toy", "", "", "fault");
	return probe ? fn(probe, arg) : -ENOMEM;
}

static int point(struct dt_provider *prov DT_UNUSED, const struct dt_probe *probe,
		 struct dt_point_key *key)
{
	key->mech = &dt_mech_page_fault;
	key->key = probe->name;
	return 0;
}

static int target(struct dt_provider *prov DT_UNUSED, const struct dt_point_key *key,
		  struct dt_probe *const *probes DT_UNUSED, uint32_t nprobes DT_UNUSED,
		  struct dt_arena *arena, const struct dt_target **out)
{
	struct dt_page_fault_target *fault = dt_arena_new_obj(arena, struct dt_page_fault_target);

	if (!fault)
		return -ENOMEM;
	*fault = (struct dt_page_fault_target){ { key->mech }, .every = 1 };
	*out = &fault->target;
	return 0;
}

static uint32_t emit_arg(struct dt_cg *cg, uint32_t n)
{
	if (n)
		return dt_ir_const(&cg->ir, 0);
	return dt_ir_ld(&cg->ir, dt_cg_ctx(cg), offsetof(struct bpf_perf_event_data, addr), 8);
}

const struct dt_provider_ops dt_provider_toy = {
	.name = "toy",
	.attr = { DT_ATTR(UNSTABLE, UNSTABLE, COMMON), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(UNSTABLE, UNSTABLE, COMMON),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN) },
	.doc = "Page faults of the whole machine.",
	.provide = provide,
	.point = point,
	.target = target,
	.emit_arg = emit_arg,
};
