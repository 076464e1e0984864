/* SPDX-License-Identifier: MIT */
/*
 * Where programs get hooked into the kernel: one ops structure a mechanism, one file each.  A
 * provider names the mechanism and the target; codegen shapes the program by the ops'
 * properties; the order is
 *
 *	dt_attach_prepare(ctx, target, &spec, why, &att)  the kind of program; may wrap its code
 *	fd = dt_bpf_prog_load(ctx, &spec, &log)
 *	dt_attach_open(att, fd, why)                      hooks it in
 *	...
 *	dt_attach_close(att)                             unhooks; before dt_bpf_free(ctx)
 *
 * Every program is written as one that starts at instruction 0 with its context in r1 and
 * returns 0: how a timer gets it to run inside its callback is the mechanism's affair.  How a
 * probe's arguments are read from the context is the providers'. To add a mechanism: one file
 * with its ops, one line below (extern), its member of dt_target's union, a test in
 * test/unit/attach.c.
 */
#ifndef DT_CONTRACT_MECHANISM_H
#define DT_CONTRACT_MECHANISM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct dt_bpf;
struct dt_bpf_prog_spec;
struct dt_strbuf;
struct dt_attach;
struct dt_mech_ops;

/* One attach point. It and what it points to must live until dt_attach_open() has returned. */
struct dt_target {
	const struct dt_mech_ops *mech;
	union {
		struct {                  /* raw_tp, tp_btf */
			const char *name; /* "sys_enter" */
			uint32_t btf_id;  /* tp_btf: of the typedef btf_trace_NAME; 0: looked up by
					     name */
			uint64_t cookie;  /* 0: none; else needs RAW_TP_COOKIE */
		} tp;
		struct {               /* perf_clock: one of the two is not 0 */
			uint64_t freq; /* samples a second */
			uint64_t period_ns;
			int cpu; /* -1: every online CPU */
		} clock;
		struct {                         /* uprobe, uretprobe */
			const char *path;        /* the object, as this process can open it */
			const uint64_t *offsets; /* in the FILE, as uprobes count */
			const uint64_t *cookies; /* bpf_get_attach_cookie(); NULL: all 0 */
			const uint64_t
				*ref_ctr_offsets; /* USDT semaphores, in the file; NULL: none */
			size_t n;
			pid_t pid; /* 0: every process */
		} uprobe;
		struct { /* timer */
			uint64_t period_ns;
		} timer;
	};
};

/*
 * A mechanism.  Properties first: codegen reads them.
 *
 * PREEMPTIBLE: another task may run the same or another program on this CPU while it runs: scratch
 * is claimed by compare-and-swap, not by a level counter.  SLEEPABLE: the program may read user
 * memory that is not resident. TEST_RUN: not attached anywhere; dt_bpf_test_run() of the program's
 * descriptor is the event.
 */
struct dt_mech_ops {
	const char *name; /* "raw_tp" */
	bool preemptible, sleepable, test_run;
	bool has_cookie; /* bpf_get_attach_cookie() tells the sites of one attachment apart */
	bool has_stack;  /* bpf_get_stack(ctx, ...) exists for this kind of program */
	/* Where the kernel's stack is walked from the program itself: frames between main's and the
	 * traced function's, plus 1. */
	uint8_t stack_above;
	/* Kind of program; may replace SPEC's code by other code that ATT keeps. */
	int (*prepare)(struct dt_attach *att, struct dt_bpf_prog_spec *spec, struct dt_strbuf *why);
	int (*attach)(struct dt_attach *att, struct dt_strbuf *why);
	/* Before att's descriptors are closed; frees what PRIV points to. NULL: nothing to do. */
	void (*detach)(struct dt_attach *att);
	/* Fires what is due at NOW (dt_now_ns) and returns when to call again, UINT64_MAX: never.
	 * Only where the kernel has no timer for us; NULL elsewhere. */
	uint64_t (*poll)(struct dt_attach *att, uint64_t now_ns);
	/* Events since attach that the program did not see, besides recursion. NULL: the kernel
	 * does not tell. */
	uint64_t (*missed)(struct dt_attach *att);
};

/* A site that the kernel cannot probe and that was left out of an attachment. */
struct dt_left_out {
	size_t index; /* into the target's offsets */
	int err;      /* ENOTSUPP 524: this instruction cannot be probed */
};

/* One attachment; owned by whoever prepared it, its descriptors by the context. */
struct dt_attach {
	struct dt_bpf *ctx;
	const struct dt_mech_ops *mech;
	const struct dt_target *target; /* until open has returned; NULL after */
	int prog_fd;                    /* the loader's, not closed here */
	int *fds;                       /* perf events, links, maps of the mechanism */
	size_t nfds;
	struct dt_left_out *left_out;
	size_t nleft_out;
	void *priv; /* the mechanism's */
};

#endif
