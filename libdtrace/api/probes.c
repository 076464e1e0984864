/* SPDX-License-Identifier: MIT */
/*
 * dtrace_probe_*() and dtrace_id2desc(): listing probes, their stability and the types of their
 * arguments.
 */
#include <errno.h>
#include <string.h>
#include "api/hdl.h"
#include "probe/probe.h"

static void copy(char *to, size_t size, const char *from)
{
	size_t len = DT_MIN(strlen(from), size - 1);

	memcpy(to, from, len);
	to[len] = '\0';
}

void dt_pdesc_describe(const struct dt_pdesc *desc, dtrace_probedesc_t *out)
{
	out->dtpd_id = desc->id;
	copy(out->dtpd_provider, sizeof(out->dtpd_provider), desc->provider);
	copy(out->dtpd_mod, sizeof(out->dtpd_mod), desc->mod);
	copy(out->dtpd_func, sizeof(out->dtpd_func), desc->func);
	copy(out->dtpd_name, sizeof(out->dtpd_name), desc->name);
}

void dt_probe_describe(const struct dt_probe *p, dtrace_probedesc_t *out)
{
	struct dt_pdesc desc = { p->prov, p->mod, p->func, p->name, p->id };

	dt_pdesc_describe(&desc, out);
}

static struct dt_pdesc from_public(const dtrace_probedesc_t *d)
{
	if (!d)
		return (struct dt_pdesc){ "", "", "", "", 0 };
	return (struct dt_pdesc){ d->dtpd_provider, d->dtpd_mod, d->dtpd_func, d->dtpd_name, 0 };
}

struct iter {
	dtrace_hdl_t *dtp;
	dtrace_probe_f *func;
	void *arg;
	int result;
};

static int visit(struct dt_probe *p, void *arg)
{
	struct iter *it = arg;
	dtrace_probedesc_t desc;

	dt_probe_describe(p, &desc);
	it->result = it->func(it->dtp, &desc, it->arg);
	return it->result ? 1 : 0;
}

int dtrace_probe_iter(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pattern, dtrace_probe_f *func,
		      void *arg)
{
	struct iter it = { dtp, func, arg, 0 };
	struct dt_pdesc desc = from_public(pattern);
	uint32_t n = 0;
	int err = dt_probes_match(&dtp->probes, &desc, visit, &it, &n);

	if (it.result)
		return it.result;
	if (err < 0 && dtp->probes.why.len)
		return dt_set_error(dtp, EDT_NOPROBE, "%s", dtp->probes.why.s);
	if (err < 0)
		return dt_set_errno(dtp, -err);
	return n ? 0 : dt_set_errno(dtp, EDT_NOPROBE);
}

int dtrace_left_out_iter(dtrace_hdl_t *dtp, dtrace_probe_f *func, void *arg)
{
	struct iter it = { dtp, func, arg, 0 };
	size_t n;
	struct dt_probe *const *probes = dt_run_left_out(dtp->run, &n);

	for (size_t i = 0; i < n && !it.result; i++)
		visit(probes[i], &it);
	return it.result;
}

int dtrace_id2desc(dtrace_hdl_t *dtp, dtrace_id_t id, dtrace_probedesc_t *pdesc)
{
	struct dt_probe *p = dt_probes_by_id(&dtp->probes, id);

	if (!p)
		return dt_set_errno(dtp, EDT_BADID);
	dt_probe_describe(p, pdesc);
	return 0;
}

static int first(struct dt_probe *p, void *arg)
{
	*(struct dt_probe **)arg = p;
	return 1;
}

/* The type of an element of args[]. */
static dtrace_typeinfo_t info_of_arg(dtrace_hdl_t *dtp, const struct dt_arg *a)
{
	const struct dt_type *t = a->translated ? dt_libraries_type(dtp, a->translated) : a->type;

	return (dtrace_typeinfo_t){ .dtt_object = a->translated ? "D" : "vmlinux",
				    .dtt_type = (ctf_id_t)(uintptr_t)t,
				    .dtt_ctfp = (ctf_file_t *)t };
}

/* The first probe of a description and its arguments; NULL with the handle's error set. */
static struct dt_probe *probe_and_args(dtrace_hdl_t *dtp, struct dt_pdesc *desc,
				       struct dt_args *args)
{
	struct dt_probe *probe = NULL;
	int err;

	*args = (struct dt_args){ 0 };
	if (desc->id)
		*desc = (struct dt_pdesc){ "", "", "", "", desc->id };
	err = dt_probes_match(&dtp->probes, desc, first, &probe, NULL);
	if (!probe) {
		dt_set_errno(dtp, err < 0 ? -err : EDT_NOPROBE);
		return NULL;
	}
	if (probe->provider->ops->args)
		err = probe->provider->ops->args(probe->provider, probe, args);
	if (err < 0) {
		dt_set_errno(dtp, -err);
		return NULL;
	}
	return probe;
}

int dtrace_probe_info(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pdesc, dtrace_probeinfo_t *info)
{
	struct dt_pdesc desc = from_public(pdesc);
	struct dt_args args;
	struct dt_probe *probe;
	dtrace_typeinfo_t *types;

	desc.id = pdesc->dtpd_id;
	probe = probe_and_args(dtp, &desc, &args);
	if (!probe)
		return -1;
	info->dtp_attr = dt_attr_public(dt_check_desc_attr(dtp->symtab, &desc, probe));
	info->dtp_arga = dt_attr_public(dt_check_args_attr(dtp->symtab, probe));
	types = dt_arena_new_array(dtp->arena, dtrace_typeinfo_t, args.n + 1);
	if (!types)
		return dt_set_errno(dtp, EDT_NOMEM);
	for (uint32_t i = 0; i < args.n; i++)
		types[i] = info_of_arg(dtp, &args.arg[i]);
	info->dtp_argv = types;
	info->dtp_argc = (int)args.n;
	return 0;
}

const char *dtrace_arg_name(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pdesc, int index)
{
	struct dt_pdesc desc = from_public(pdesc);
	struct dt_args args;

	desc.id = pdesc->dtpd_id;
	if (!probe_and_args(dtp, &desc, &args))
		return NULL;
	if (index < 0 || (uint32_t)index >= args.n || !args.arg[index].name)
		return "";
	return args.arg[index].name;
}

int dtrace_provider_modules(dtrace_hdl_t *dtp, const char **mods, int nmods)
{
	int n = 0;

	dt_vec_each(&dtp->probes.providers, it)
	{
		if (n < nmods)
			mods[n] = (*it)->ops->name;
		n++;
	}
	return n;
}
