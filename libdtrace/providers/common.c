/* SPDX-License-Identifier: MIT */
/*
 * What several providers share: whether a probe matches a description, the types of args[] from a
 * prototype's text, and tracepoints as targets.
 */
#include <errno.h>
#include <string.h>
#include "attach/raw_tp.h"
#include "providers/providers.h"
#include "types/types.h"

bool dt_desc_matches(const struct dt_pdesc *desc, const char *prov, const char *mod,
		     const char *func, const char *name)
{
	return dt_glob(desc->name, name) && dt_glob(desc->func, func) && dt_glob(desc->mod, mod) &&
	       dt_glob(desc->provider, prov);
}

bool dt_provider_has(struct dt_provider *prov, enum dt_bpf_feature feature, struct dt_strbuf *lacks)
{
	bool has = dt_bpf_has(prov->env->bpf, feature);

	if (!has)
		dt_strbuf_printf(lacks, "%s%s", lacks->len ? ", " : "",
				 dt_bpf_feature_info(feature)->words);
	return has;
}

bool dt_offered_by_btf(struct dt_provider *prov, struct dt_strbuf *lacks)
{
	return dt_provider_has(prov, DT_BPF_HAS_BTF, lacks);
}

bool dt_offered_by_kprobes(struct dt_provider *prov, struct dt_strbuf *lacks)
{
	return dt_provider_has(prov, DT_BPF_HAS_KPROBE, lacks);
}

bool dt_offered_by_uprobes(struct dt_provider *prov, struct dt_strbuf *lacks)
{
	return dt_provider_has(prov, DT_BPF_HAS_UPROBE, lacks);
}

void dt_args_parse(struct dt_provider *prov, const char *text, bool is_user, struct dt_args *out)
{
	struct dt_types *types = prov->env->types;

	*out = (struct dt_args){ 0 };
	while (*text && out->n < DT_MAX_ARGS) {
		struct dt_arg *arg = &out->arg[out->n];
		size_t len = strcspn(text, ",");
		char one[128];
		bool is_ptr = memchr(text, '*', len);

		len = DT_MIN(len, sizeof(one) - 1);
		memcpy(one, text, len);
		one[len] = '\0';
		arg->type = dt_types_parse(types, one);
		if (!arg->type)
			arg->type = is_ptr ? dt_type_ptr(types, dt_type_base(types, DT_B_VOID))
					   : dt_type_base(types, DT_B_LONG);
		arg->argn = (uint8_t)out->n++;
		arg->is_user = is_user && is_ptr;
		text += strcspn(text, ",");
		text += strspn(text, ", ");
	}
}

const struct dt_target *dt_tracepoint_target(struct dt_provider *prov,
					     const struct dt_mech_ops *mech, const char *name,
					     struct dt_arena *arena)
{
	struct dt_raw_tp_target *tp = dt_arena_new_obj(arena, struct dt_raw_tp_target);
	struct dt_btf_target btf;

	if (!tp)
		return NULL;
	*tp = (struct dt_raw_tp_target){ { mech }, .name = name };
	/* Otherwise the mechanism looks the name up and reports what is missing. */
	if (mech == &dt_mech_tp_btf && dt_types_tracepoint(prov->env->types, NULL, name, &btf))
		tp->btf_id = btf.btf_id;
	return &tp->target;
}

int dt_tracepoint_probe_point(struct dt_provider *prov DT_UNUSED, const struct dt_probe *probe,
			      struct dt_point_key *key)
{
	key->mech = &dt_mech_raw_tp;
	key->key = probe->name;
	return 0;
}

int dt_tracepoint_probe_target(struct dt_provider *prov, const struct dt_point_key *key,
			       struct dt_probe *const *probes, uint32_t nprobes DT_UNUSED,
			       struct dt_arena *arena, const struct dt_target **out)
{
	*out = dt_tracepoint_target(prov, key->mech, probes[0]->name, arena);
	return *out ? 0 : -ENOMEM;
}
