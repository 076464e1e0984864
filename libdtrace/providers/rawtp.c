/* SPDX-License-Identifier: MIT */
/*
 * rawtp: the tracepoints of the kernel and its modules as bare numbers: argN is the N-th word that
 * the kernel hands to the tracepoint's functions, without a type.  They are the probes of sdt,
 * which gives them types, but need no type information: where the kernel has none, a name without
 * wildcards is taken on trust until it is attached.  A description has to name the provider.
 */
#include <errno.h>
#include <string.h>
#include <sys/dtrace.h>
#include "providers/event.h"
#include "types/types.h"

#define CORE "vmlinux"

static bool answers(const char *pattern)
{
	return pattern[0] && dt_glob(pattern, "rawtp");
}

/* ---- which probes there are ---- */

struct visit {
	struct dt_provider *prov;
	const struct dt_pdesc *desc;
	dt_probe_fn fn;
	void *arg;
	const char *module; /* in hand */
};

static int report(const char *name, uint32_t btf_id DT_UNUSED, void *arg)
{
	struct visit *v = arg;
	struct dt_probe *probe;

	if (!dt_glob(v->desc->name, name))
		return 0;
	probe = dt_probe_make(v->prov, 0, "rawtp", v->module, "", name);
	return probe ? v->fn(probe, v->arg) : -ENOMEM;
}

static int visit_module(const char *module, void *arg)
{
	struct visit *v = arg;
	int err;

	if (!dt_glob(v->desc->mod, module))
		return 0;
	v->module = module;
	err = dt_types_each_tracepoint(v->prov->env->types, strcmp(module, CORE) ? module : NULL,
				       report, v);
	if (err == -ENOENT && !strcmp(module, CORE) && v->desc->name[0] &&
	    dt_glob_is_plain(v->desc->name))
		return report(v->desc->name, 0, v);
	return err == -ENOENT ? 0 : err;
}

static int provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg)
{
	struct visit visit = { prov, desc, fn, arg, NULL };
	int err;

	if (!dt_glob(desc->func, ""))
		return 0;
	err = visit_module(CORE, &visit);
	if (err || !strcmp(desc->mod, CORE))
		return err;
	return desc->mod[0] && dt_glob_is_plain(desc->mod)
		       ? visit_module(desc->mod, &visit)
		       : dt_types_each_module(visit_module, &visit);
}

/* The kernel refuses to attach a program that reads behind the last word. */
static uint32_t emit_arg(struct dt_cg *cg, uint32_t n)
{
	struct dt_types *types = cg->plan->env->types;
	const struct dt_probe *probe = cg->point->probes[0];
	struct dt_btf_target btf;
	size_t nwords = DT_MAX_ARGS;

	if (dt_types_tracepoint(types, probe->mod, probe->name, &btf) && btf.proto)
		dt_type_params(types, btf.proto, &nwords);
	if (n >= nwords)
		return dt_ir_const(&cg->ir, 0);
	return dt_event_word(cg, n);
}

const struct dt_provider_ops dt_provider_rawtp = {
	.name = "rawtp",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, COMMON), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(PRIVATE, PRIVATE, ISA),
		  DT_ATTR(PRIVATE, PRIVATE, ISA) },
	.doc = "The same tracepoints without types.",
	.answers = answers,
	.provide = provide,
	.point = dt_tracepoint_probe_point,
	.target = dt_tracepoint_probe_target,
	.emit_arg = emit_arg,
};
