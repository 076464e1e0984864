/* SPDX-License-Identifier: MIT */
/*
 * What a mechanism is: one way of attaching a BPF program to the kernel, such as a raw tracepoint,
 * a uprobe, or a timer.  A mechanism is a pair of files in attach/.  The header declares its
 * operations and its own target structure, which says where to attach.  Only providers that use the
 * mechanism include it.  Everybody else sees struct dt_target and struct dt_mech_ops.
 *
 * An attachment's life, in the order of the calls (attach/attach.h); run/ makes them:
 *
 *	dt_attach_prepare(ctx, target, &spec, why, &att)  sets the kind of program; may wrap it
 *	fd = dt_bpf_prog_load(ctx, &spec, &log)
 *	dt_attach_open(att, fd, why)                      attaches it: it fires from now on
 *	...
 *	dt_attach_close(&att, 1)                          detaches it; before dt_bpf_free(ctx)
 *
 * A program is written to start at instruction 0, with its context in r1, and to return 0.  A
 * mechanism that cannot run it like that wraps it in prepare: a timer calls it from its callback.
 * lower/ reads the properties below and nothing else.  How a probe's arguments are read from the
 * context is the provider's business.
 *
 * To add a mechanism NAME:
 *
 *	libdtrace/attach/NAME.h           struct dt_NAME_target; a struct dt_target comes first
 *	libdtrace/attach/NAME.c           dt_mech_NAME and its functions
 *	libdtrace/attach/meson.build      NAME in the list, one line
 *	test/unit/attach.c                a case that attaches it and sees it fire
 *
 * test/recipes/run follows this recipe with a toy.
 */
#ifndef DT_CONTRACT_MECHANISM_H
#define DT_CONTRACT_MECHANISM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dt_bpf;
struct dt_bpf_prog_spec;
struct dt_progress;
struct dt_strbuf;
struct dt_attach;
struct dt_mech_ops;

/*
 * Where to attach: the first member of each mechanism's own target structure, so that this is all
 * that the rooms between provider and mechanism handle.  Made by the provider's target().  It and
 * what it points to must live until dt_attach_open() has returned.
 */
struct dt_target {
	const struct dt_mech_ops *mech;
};

struct dt_mech_ops {
	const char *name; /* "raw_tp" */

	/*
	 * Another task may run this or another program on the same CPU before it ends.  Scratch
	 * memory is then claimed by compare-and-swap instead of a level counter.
	 */
	bool preemptible;
	bool has_stack; /* this kind of program may call bpf_get_stack(ctx, ...) */
	/* It has no context, but may call bpf_get_task_stack(): stacks are the current task's. */
	bool has_task_stack;
	bool is_typed;   /* the verifier knows which words of the context are pointers to what */
	bool slow_close; /* to close a descriptor of its takes the kernel a grace period or more */
	/* Kernel stack frames between the program's own and the traced function's, plus 1. */
	uint8_t stack_above;

	/* Sets the kind of program in SPEC; may replace its code by other code that ATT keeps. */
	int (*prepare)(struct dt_attach *att, struct dt_bpf_prog_spec *spec, struct dt_strbuf *why);
	/* Attaches att->prog_fd.  NULL: nothing to attach, the consumer runs the program. */
	int (*attach)(struct dt_attach *att, struct dt_strbuf *why);
	/* Called before the attachment's descriptors are closed; frees what PRIV points to.  NULL:
	 * nothing to do. */
	void (*detach)(struct dt_attach *att);
	/*
	 * For kernels without a timer for us: runs the program if it is time at NOW_NS
	 * (dt_now_ns()), and returns when to call again; UINT64_MAX: never.  NULL elsewhere.
	 */
	uint64_t (*poll)(struct dt_attach *att, uint64_t now_ns);
	/* Events since attach that the program did not see, except for those skipped by recursion.
	 * NULL: the kernel does not report any. */
	uint64_t (*missed)(struct dt_attach *att);
};

/* A site's cookie says in its low bits which of the point's probes it belongs to.  The others are
 * the provider's. */
#define DT_COOKIE_PROBE_BITS 24
#define DT_COOKIE_PROBE      ((1ULL << DT_COOKIE_PROBE_BITS) - 1)

/* A site that the kernel cannot probe and that was left out of an attachment. */
struct dt_left_out {
	size_t index;    /* into the target's offsets */
	uint64_t cookie; /* the site's */
	int err;         /* ENOTSUPP 524: this instruction cannot be probed */
};

/* One attachment.  Whoever prepared it owns it; the context owns its descriptors. */
struct dt_attach {
	struct dt_bpf *ctx;
	const struct dt_mech_ops *mech;
	const struct dt_target *target; /* until dt_attach_open() has returned; then NULL */
	int prog_fd;                    /* the loader's; not closed here */
	int *fds;                       /* perf events, links and maps of the mechanism */
	size_t nfds;
	struct dt_left_out *left_out;
	size_t nleft_out;
	/* Set before dt_attach_open(): is called between many sites.  NULL: nobody asks. */
	const struct dt_progress *progress;
	void *priv; /* the mechanism's own state */
};

#endif
