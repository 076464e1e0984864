/* SPDX-License-Identifier: MIT */
/*
 * Probes at functions of the kernel.  One kprobe.multi link (5.18) serves all sites, each with its
 * cookie.  Kernels without it, or built without fprobe, get one perf event per site.
 *
 * Preemption may be enabled where a return is handled, so the programs count as preemptible.
 */
#include <errno.h>
#include "attach/kprobe.h"
#include "attach/sites.h"

struct kprobe_sites {
	struct dt_sites sites;
	const uint64_t *addrs;
};

static bool has_multi(struct dt_bpf *ctx)
{
	return dt_bpf_has(ctx, DT_BPF_HAS_KPROBE_MULTI);
}

static int prepare_kprobe(struct dt_attach *att, struct dt_bpf_prog_spec *spec,
			  struct dt_strbuf *why)
{
	if (!has_multi(att->ctx) && !dt_bpf_has(att->ctx, DT_BPF_HAS_KPROBE)) {
		dt_attach_why(why, "this kernel was built without kprobes");
		return -EOPNOTSUPP;
	}
	spec->type = BPF_PROG_TYPE_KPROBE;
	spec->expected_attach_type = has_multi(att->ctx) ? BPF_TRACE_KPROBE_MULTI : 0;
	return 0;
}

static int link_range(struct dt_sites *sites, size_t from, size_t n)
{
	struct kprobe_sites *s = container_of(sites, struct kprobe_sites, sites);
	union bpf_attr attr = { 0 };

	attr.link_create.prog_fd = (uint32_t)sites->att->prog_fd;
	attr.link_create.attach_type = BPF_TRACE_KPROBE_MULTI;
	attr.link_create.kprobe_multi.flags = sites->is_return ? BPF_F_KPROBE_MULTI_RETURN : 0;
	attr.link_create.kprobe_multi.cnt = (uint32_t)n;
	attr.link_create.kprobe_multi.addrs = (uintptr_t)(s->addrs + from);
	attr.link_create.kprobe_multi.cookies = (uintptr_t)(sites->cookies + from);
	return dt_attach_keep(sites->att, dt_bpf_sys(BPF_LINK_CREATE, &attr, sizeof(attr)));
}

static int open_site(struct dt_sites *sites, size_t i, struct perf_event_attr *attr)
{
	attr->kprobe_addr = container_of(sites, struct kprobe_sites, sites)->addrs[i];
	return dt_attach_perf_open(attr, -1, dt_bpf_online(sites->att->ctx)[0]);
}

static int attach_sites(struct dt_attach *att, bool is_return, struct dt_strbuf *why)
{
	const struct dt_kprobe_target *target = container_of(att->target,
							     const struct dt_kprobe_target, target);
	struct kprobe_sites s = {
		.sites = { .att = att,
			   .index = calloc(target->n, sizeof(*s.sites.index)),
			   .cookies = calloc(target->n, sizeof(*s.sites.cookies)),
			   .n = target->n,
			   .link = has_multi(att->ctx) ? link_range : NULL,
			   .open = open_site,
			   .device = "kprobe",
			   .is_return = is_return },
		.addrs = target->addrs,
	};
	int err = s.sites.index && s.sites.cookies ? 0 : -ENOMEM;

	for (size_t i = 0; !err && i < target->n; i++) {
		s.sites.index[i] = (uint32_t)i;
		s.sites.cookies[i] = target->cookies ? target->cookies[i] : 0;
	}
	if (!err)
		err = dt_sites_attach(&s.sites, why);
	free(s.sites.index);
	free(s.sites.cookies);
	return err;
}

static int attach_kprobe(struct dt_attach *att, struct dt_strbuf *why)
{
	return attach_sites(att, false, why);
}

static int attach_kretprobe(struct dt_attach *att, struct dt_strbuf *why)
{
	return attach_sites(att, true, why);
}

const struct dt_mech_ops dt_mech_kprobe = {
	.name = "kprobe",
	.preemptible = true,
	.has_stack = true,
	.slow_close = true,
	.prepare = prepare_kprobe,
	.attach = attach_kprobe,
};

const struct dt_mech_ops dt_mech_kretprobe = {
	.name = "kretprobe",
	.preemptible = true,
	.has_stack = true,
	.slow_close = true,
	.prepare = prepare_kprobe,
	.attach = attach_kretprobe,
};
