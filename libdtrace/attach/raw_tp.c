/* SPDX-License-Identifier: MIT */
/*
 * Raw tracepoints, plain and typed.  Cheapest of all attach points (35 ns), do not shut out
 * samples, and detach in 0.1 ms, asynchronously.  The plain kind needs no types; the typed one
 * (5.5) may follow the pointers among its arguments with plain loads.
 */
#include <errno.h>
#include <linux/btf.h>
#include <stdio.h>
#include "attach/attach.h"

/* bpf_attr.raw_tracepoint of 6.10; the kernels before insist that what they do not know is 0. */
struct raw_tracepoint_attr {
	uint64_t name;
	uint32_t prog_fd, pad;
	uint64_t cookie;
};

static int prepare_raw_tp(struct dt_attach *att DT_UNUSED, struct dt_bpf_prog_spec *spec,
			  struct dt_strbuf *why DT_UNUSED)
{
	spec->type = BPF_PROG_TYPE_RAW_TRACEPOINT;
	return 0;
}

static int prepare_tp_btf(struct dt_attach *att, struct dt_bpf_prog_spec *spec,
			  struct dt_strbuf *why)
{
	const struct dt_target *t = att->target;
	char name[128];
	int id = (int)t->tp.btf_id;

	if (!id) {
		snprintf(name, sizeof(name), "btf_trace_%s", t->tp.name);
		id = dt_bpf_btf_id(att->ctx, name, BTF_KIND_TYPEDEF);
	}
	if (id <= 0) {
		dt_attach_why(why, "the kernel's type information knows no tracepoint \"%s\"",
			      t->tp.name);
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
		.cookie = att->target->tp.cookie,
	};
	/* Without a cookie the attribute of the older kernels. */
	size_t size = attr.cookie ? sizeof(attr) : offsetof(struct raw_tracepoint_attr, pad);
	int fd = dt_attach_keep(att, dt_bpf_sys_raw(BPF_RAW_TRACEPOINT_OPEN, &attr, size));

	if (fd == -ENOENT)
		dt_attach_why(why, "this kernel has no tracepoint \"%s\"", att->target->tp.name);
	return DT_MIN(fd, 0);
}

static int attach_raw_tp(struct dt_attach *att, struct dt_strbuf *why)
{
	return open_raw(att, att->target->tp.name, why);
}

static int attach_tp_btf(struct dt_attach *att, struct dt_strbuf *why)
{
	return open_raw(att, NULL, why); /* its name is in the program */
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
	.has_stack = true,
	.stack_above = 2,
	.prepare = prepare_tp_btf,
	.attach = attach_tp_btf,
};
