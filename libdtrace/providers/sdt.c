/* SPDX-License-Identifier: MIT */
/*
 * sdt: the kernel's tracepoints, as sdt:MODULE::NAME, with the types of their arguments.  The list
 * comes from the kernel's BTF, so that nothing has to be mounted, and ids follow its order.  The
 * BTF of modules is read when a description names the module or this provider.  Tracepoints are
 * attached as raw ones: argN is the tracepoint's own argument and not a field of its trace format.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/dtrace.h>
#include "providers/event.h"
#include "types/types.h"

#define FIRST_ID   10000
#define MAX_POINTS 40000
#define CORE       "vmlinux"

struct entry {
	const char *name; /* in the probe table's arena */
	uint32_t btf_id;
};

struct sdt {
	DT_VEC(struct entry) list; /* of the core kernel */
	bool listed;
};

static int init(struct dt_provider *prov)
{
	prov->priv = calloc(1, sizeof(struct sdt));
	return prov->priv ? 0 : -ENOMEM;
}

static void fini(struct dt_provider *prov)
{
	struct sdt *sdt = prov->priv;

	if (sdt)
		dt_vec_free(&sdt->list);
	free(sdt);
}

static int add(const char *name, uint32_t btf_id, void *arg)
{
	struct dt_provider *prov = arg;
	struct sdt *sdt = prov->priv;
	struct entry e = { dt_arena_strdup(prov->probes->arena, name), btf_id };

	return e.name && dt_vec_push(&sdt->list, e) ? 0 : -ENOMEM;
}

static int list(struct dt_provider *prov)
{
	struct sdt *sdt = prov->priv;
	int err;

	if (sdt->listed)
		return 0;
	err = dt_types_each_tracepoint(prov->env->types, NULL, add, prov);
	if (err == -ENOENT)
		err = 0; /* no BTF: no probes */
	sdt->listed = !err;
	return err;
}

static struct dt_probe *make(struct dt_provider *prov, uint32_t place)
{
	struct sdt *sdt = prov->priv;
	struct dt_probe *probe = dt_probe_make(prov, FIRST_ID + place, "sdt", CORE, "",
					       sdt->list.data[place].name);

	if (probe)
		probe->ndx = sdt->list.data[place].btf_id;
	return probe;
}

/* ---- modules ---- */

struct visit {
	struct dt_provider *prov;
	const struct dt_pdesc *desc;
	dt_probe_fn fn;
	void *arg;
	const char *module; /* in hand */
};

static int report_module_probe(const char *name, uint32_t btf_id, void *arg)
{
	struct visit *v = arg;
	struct dt_probe *probe;

	if (!dt_glob(v->desc->name, name))
		return 0;
	probe = dt_probe_make(v->prov, 0, "sdt", v->module, "", name);
	if (!probe)
		return -ENOMEM;
	probe->ndx = btf_id;
	return v->fn(probe, v->arg);
}

static int visit_module(const char *module, void *arg)
{
	struct visit *v = arg;
	int err;

	if (!dt_glob(v->desc->mod, module))
		return 0;
	v->module = module;
	err = dt_types_each_tracepoint(v->prov->env->types, module, report_module_probe, v);
	return err == -ENOENT ? 0 : err;
}

/* Who names neither provider nor module means no probe of a module: their BTF is many files. */
static int visit_modules(struct visit *v)
{
	if (dt_glob_is_plain(v->desc->mod))
		return strcmp(v->desc->mod, CORE) ? visit_module(v->desc->mod, v) : 0;
	return v->desc->provider[0] ? dt_types_each_module(visit_module, v) : 0;
}

/* ---- the core kernel ---- */

/* Of C, and not all of capitals. */
static bool is_name_of_tracepoint(const char *name)
{
	return !strchr(name, '-') && strpbrk(name, "abcdefghijklmnopqrstuvwxyz");
}

/* Whether NAME, without wildcards, can be a tracepoint of the core kernel.  It saves the list for
 * descriptions like BEGIN and tick-1s, which name no provider. */
static bool may_exist(struct dt_provider *prov, const char *name)
{
	struct sdt *sdt = prov->priv;
	struct dt_btf_target found;

	return sdt->listed || (is_name_of_tracepoint(name) &&
			       dt_types_tracepoint(prov->env->types, CORE, name, &found));
}

static int visit_core(struct visit *v)
{
	struct sdt *sdt = v->prov->priv;
	int err;

	if (!dt_glob(v->desc->mod, CORE) ||
	    (dt_glob_is_plain(v->desc->name) && !may_exist(v->prov, v->desc->name)))
		return 0;
	err = list(v->prov);
	for (uint32_t i = 0; !err && i < sdt->list.n && i < MAX_POINTS; i++) {
		struct dt_probe *probe;

		if (!dt_glob(v->desc->name, sdt->list.data[i].name))
			continue;
		probe = make(v->prov, i);
		err = probe ? v->fn(probe, v->arg) : -ENOMEM;
	}
	return err;
}

static int provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg)
{
	struct visit visit = { prov, desc, fn, arg, NULL };
	int err;

	if (!dt_glob(desc->func, ""))
		return 0;
	err = visit_core(&visit);
	return err ? err : visit_modules(&visit);
}

static struct dt_probe *by_id(struct dt_provider *prov, uint32_t id)
{
	struct sdt *sdt = prov->priv;

	if (list(prov) || id - FIRST_ID >= sdt->list.n)
		return NULL;
	return make(prov, id - FIRST_ID);
}

/* The parameters of the tracepoint; NULL: types unknown. */
static const struct dt_param *params(const struct dt_env *env, const struct dt_probe *probe,
				     size_t *n)
{
	struct dt_btf_target btf;

	*n = 0;
	if (!dt_types_tracepoint(env->types, probe->mod, probe->name, &btf) || !btf.proto)
		return NULL;
	return dt_type_params(env->types, btf.proto, n);
}

/* The type of a tracepoint's functions has no names, but the function that calls them has, behind
 * its own first parameter.  NULL: it is not known. */
static const struct dt_param *named_params(const struct dt_env *env, const struct dt_probe *probe,
					   size_t nparams)
{
	const struct dt_param *p;
	struct dt_btf_target btf;
	char name[128];
	size_t n;

	snprintf(name, sizeof(name), "__traceiter_%s", probe->name);
	if (!dt_types_function(env->types, probe->mod, name, &btf) || !btf.proto)
		return NULL;
	p = dt_type_params(env->types, btf.proto, &n);
	return n == nparams + 1 ? p + 1 : NULL;
}

static int args(struct dt_provider *prov, const struct dt_probe *probe, struct dt_args *out)
{
	size_t n;
	const struct dt_param *p = params(prov->env, probe, &n);
	const struct dt_param *named = named_params(prov->env, probe, n);

	*out = (struct dt_args){ 0 };
	for (size_t i = 0; i < n && i < DT_MAX_ARGS; i++)
		out->arg[out->n++] = (struct dt_arg){ .type = p[i].type,
						      .name = named ? named[i].name : NULL,
						      .argn = (uint8_t)i };
	return 0;
}

static uint32_t emit_arg(struct dt_cg *cg, uint32_t n)
{
	size_t nparams;
	const struct dt_param *p = params(cg->plan->env, cg->point->probes[0], &nparams);

	return n < nparams ? dt_event_typed_word(cg, n, p[n].type) : dt_ir_const(&cg->ir, 0);
}

const struct dt_provider_ops dt_provider_sdt = {
	.name = "sdt",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, COMMON), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(PRIVATE, PRIVATE, ISA),
		  DT_ATTR(PRIVATE, PRIVATE, ISA) },
	.first_id = FIRST_ID,
	.nids = MAX_POINTS,
	.doc = "The tracepoints of the kernel and its modules.",
	.init = init,
	.free = fini,
	.provide = provide,
	.offered = dt_offered_by_btf,
	.by_id = by_id,
	.args = args,
	.point = dt_tracepoint_probe_point,
	.target = dt_tracepoint_probe_target,
	.emit_arg = emit_arg,
};
