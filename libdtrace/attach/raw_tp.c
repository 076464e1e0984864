/* SPDX-License-Identifier: MIT */
/*
 * Raw tracepoints, plain and typed.  They are the cheapest attach points (35 ns), do not suppress
 * samples, and detach in 0.1 ms, asynchronously.  The plain kind needs no type information.  A
 * program of the typed kind (5.5) may follow the pointers among its arguments with plain loads.
 */
#include <errno.h>
#include <linux/btf.h>
#include <stdio.h>
#include "attach/attach.h"
#include "attach/raw_tp.h"

/* bpf_attr.raw_tracepoint of 6.10. */
struct raw_tracepoint_attr {
	uint64_t name;
	uint32_t prog_fd, pad;
	uint64_t cookie;
};

static const struct dt_raw_tp_target *target_of(const struct dt_attach *att)
{
	return container_of(att->target, const struct dt_raw_tp_target, target);
}

static int prepare_raw_tp(struct dt_attach *att DT_UNUSED, struct dt_bpf_prog_spec *spec,
			  struct dt_strbuf *why DT_UNUSED)
{
	spec->type = BPF_PROG_TYPE_RAW_TRACEPOINT;
	return 0;
}

static int prepare_tp_btf(struct dt_attach *att, struct dt_bpf_prog_spec *spec,
			  struct dt_strbuf *why)
{
	const struct dt_raw_tp_target *t = target_of(att);
	char name[128];
	int id = (int)t->btf_id;

	if (!id && (size_t)snprintf(name, sizeof(name), "btf_trace_%s", t->name) < sizeof(name))
		id = dt_bpf_btf_id(att->ctx, name, BTF_KIND_TYPEDEF);
	if (id <= 0) {
		dt_attach_why(why, "the kernel's type information knows no tracepoint \"%s\"",
			      t->name);
		return -ENOENT;
	}
	spec->type = BPF_PROG_TYPE_TRACING;
	spec->expected_attach_type = BPF_TRACE_RAW_TP;
	spec->attach_btf_id = (uint32_t)id;
	return 0;
}

static int open_raw(struct dt_attach *att, const char *name, struct dt_strbuf *why)
{
	struct raw_tracepoint_attr attr = {
		.name = (uintptr_t)name,
		.prog_fd = (uint32_t)att->prog_fd,
		.cookie = target_of(att)->cookie,
	};
	/* Without a cookie, the attribute as older kernels know it: they refuse a longer one. */
	size_t size = attr.cookie ? sizeof(attr) : offsetof(struct raw_tracepoint_attr, pad);
	int fd = dt_attach_keep(att, dt_bpf_sys_raw(BPF_RAW_TRACEPOINT_OPEN, &attr, size));

	if (fd == -ENOENT)
		dt_attach_why(why, "this kernel has no tracepoint \"%s\"", target_of(att)->name);
	return DT_MIN(fd, 0);
}

static int attach_raw_tp(struct dt_attach *att, struct dt_strbuf *why)
{
	return open_raw(att, target_of(att)->name, why);
}

static int attach_tp_btf(struct dt_attach *att, struct dt_strbuf *why)
{
	return open_raw(att, NULL, why); /* the program has its BTF id */
}

const struct dt_mech_ops dt_mech_raw_tp = {
	.name = "raw_tp",
	.has_stack = true,
	.stack_above = 2, /* bpf_trace_runN */
	.prepare = prepare_raw_tp,
	.attach = attach_raw_tp,
};

const struct dt_mech_ops dt_mech_tp_btf = {
	.name = "tp_btf",
	.is_typed = true,
	.has_stack = true,
	.stack_above = 2,
	.prepare = prepare_tp_btf,
	.attach = attach_tp_btf,
};
