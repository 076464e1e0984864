/* SPDX-License-Identifier: MIT */
/* What this kernel offers: dtrace_feature_iter(). */
#include <errno.h>
#include "api/hdl.h"
#include "bpf/feature.h"
#include "contract/provider.h"

struct walk {
	dtrace_hdl_t *dtp;
	dtrace_feature_f *func;
	void *arg;
};

static int report_provider(const struct walk *w, struct dt_provider *prov)
{
	const struct dt_provider_ops *ops = prov->ops;
	struct dt_strbuf lacks = { 0 };
	bool some = !ops->offered || ops->offered(prov, &lacks);
	dtrace_feature_t f = { .dtf_kind = DTRACE_FEATURE_PROVIDER,
			       .dtf_state = !some       ? DTRACE_FEATURE_NO
					    : lacks.len ? DTRACE_FEATURE_PARTLY
							: DTRACE_FEATURE_YES,
			       .dtf_name = ops->name,
			       .dtf_use = ops->doc,
			       .dtf_since = "",
			       .dtf_lacks = dt_strbuf_str(&lacks) };
	int err = lacks.nomem ? dt_set_errno(w->dtp, EDT_NOMEM) : w->func(w->dtp, &f, w->arg);

	dt_strbuf_free(&lacks);
	return err;
}

static int report_mechanism(const struct walk *w, enum dt_bpf_feature feature)
{
	const struct dt_bpf_feature_info *info = dt_bpf_feature_info(feature);
	bool has = dt_bpf_has(w->dtp->env.bpf, feature);
	dtrace_feature_t f = { .dtf_kind = DTRACE_FEATURE_KERNEL,
			       .dtf_state = has ? DTRACE_FEATURE_YES : DTRACE_FEATURE_NO,
			       .dtf_name = info->words,
			       .dtf_use = info->used_for,
			       .dtf_since = info->since,
			       .dtf_lacks = "" };

	return w->func(w->dtp, &f, w->arg);
}

int dtrace_feature_iter(dtrace_hdl_t *dtp, dtrace_feature_f *func, void *arg)
{
	struct walk w = { dtp, func, arg };
	char why[200];
	int err = 0;

	/* Trials would fail for another reason than the kernel's. */
	if (dt_bpf_privilege(dtp->env.bpf, why, sizeof(why)))
		return dt_set_error(dtp, EDT_ACCESS, "%s", why);
	for (size_t i = 0; i < dtp->probes.providers.n && !err; i++)
		err = report_provider(&w, dtp->probes.providers.data[i]);
	for (int i = 0; i < DT_BPF_NFEATURES && !err; i++)
		err = report_mechanism(&w, (enum dt_bpf_feature)i);
	return err;
}
