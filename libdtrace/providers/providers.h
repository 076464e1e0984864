/* SPDX-License-Identifier: MIT */
/* The array of all providers, for api/, and what several providers share (common.c, sysent.c). */
#ifndef DT_PROVIDERS_PROVIDERS_H
#define DT_PROVIDERS_PROVIDERS_H

#include <stddef.h>
#include <stdint.h>
#include "bpf/feature.h"
#include "probe/probe.h"

extern const struct dt_provider_ops *const dt_providers[];
extern const size_t dt_nproviders;

/* Probes at system calls (sysent.c), for syscall, sysinfo and fsinfo.  The ndx of such a probe is
 * the call's number, its data one of these two sides. */
struct dt_sysent_side {
	const char *tracepoint;
	bool is_return;
};
extern const struct dt_sysent_side dt_sysent_enter, dt_sysent_exit;

/* The number of a call; dt_arch.nsyscalls: this processor does not have it. */
uint32_t dt_sysent_number(const char *call);
/* A probe at the call with this number.  NULL: out of memory. */
struct dt_probe *dt_sysent_make(struct dt_provider *prov, uint32_t id, uint32_t number,
				const char *name, const struct dt_sysent_side *side);
int dt_sysent_point(struct dt_provider *prov, const struct dt_probe *probe,
		    struct dt_point_key *key);
int dt_sysent_target(struct dt_provider *prov, const struct dt_point_key *key,
		     struct dt_probe *const *probes, uint32_t nprobes, struct dt_arena *arena,
		     const struct dt_target **out);
uint32_t dt_sysent_emit_find(struct dt_cg *cg, uint32_t none);
uint32_t dt_sysent_emit_arg(struct dt_cg *cg, uint32_t n);
/* The call's argument N, from 0; at its exit, too, the saved registers have it. */
uint32_t dt_sysent_emit_call_arg(struct dt_cg *cg, uint32_t n);
uint32_t dt_sysent_emit_result(struct dt_cg *cg); /* what the call returned, as the kernel has it */
uint32_t dt_sysent_emit_errno(struct dt_cg *cg);
uint32_t dt_sysent_emit_error(struct dt_cg *cg, uint32_t result); /* D's errno of such a result */

/* A tracepoint's target, for dt_mech_raw_tp or dt_mech_tp_btf.  NULL: out of memory. */
const struct dt_target *dt_tracepoint_target(struct dt_provider *prov,
					     const struct dt_mech_ops *mech, const char *name,
					     struct dt_arena *arena);
/* The provider's hooks of these names, for probes that are each the tracepoint of their name. */
int dt_tracepoint_probe_point(struct dt_provider *prov, const struct dt_probe *probe,
			      struct dt_point_key *key);
int dt_tracepoint_probe_target(struct dt_provider *prov, const struct dt_point_key *key,
			       struct dt_probe *const *probes, uint32_t nprobes,
			       struct dt_arena *arena, const struct dt_target **out);

/* Types of args[] from text such as "int, char *".  An unknown type becomes void * or long. */
void dt_args_parse(struct dt_provider *prov, const char *text, bool is_user, struct dt_args *out);
/* Does a probe with these fields match DESC? */
bool dt_desc_matches(const struct dt_pdesc *desc, const char *prov, const char *mod,
		     const char *func, const char *name);

/* For `offered`: whether the kernel has this feature; if not, LACKS gets its words. */
bool dt_provider_has(struct dt_provider *prov, enum dt_bpf_feature feature,
		     struct dt_strbuf *lacks);
/* Providers for which one feature decides. */
bool dt_offered_by_btf(struct dt_provider *prov, struct dt_strbuf *lacks);
bool dt_offered_by_kprobes(struct dt_provider *prov, struct dt_strbuf *lacks);
bool dt_offered_by_uprobes(struct dt_provider *prov, struct dt_strbuf *lacks);

/* An element of dt_provider_ops.attr. */
#define DT_ATTR(name_, data_, class_)                                                     \
	{                                                                                 \
		DTRACE_STABILITY_##name_, DTRACE_STABILITY_##data_, DTRACE_CLASS_##class_ \
	}

#endif
