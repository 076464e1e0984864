/* SPDX-License-Identifier: MIT */
/*
 * Where programs get hooked into the kernel: one ops structure a mechanism, one file each.  A provider names
 * the mechanism and the target; codegen shapes the program by the ops' properties; the order is
 *
 *	dt_attach_prepare(ctx, target, &spec, why)   fills the kind of program into the spec (and may wrap it)
 *	fd = dt_bpf_prog_load(ctx, &spec, &log)
 *	dt_attach_open(ctx, target, fd, why, &att)   hooks it in
 *	...
 *	dt_attach_close(att)                         unhooks
 *
 * How a probe's arguments are read from the program's context is not here: that is the providers'.
 * To add a mechanism: one file with its ops, one line below (extern), its member of dt_target's union, a test in
 * test/unit/attach.c.
 */
#ifndef DT_ATTACH_ATTACH_H
#define DT_ATTACH_ATTACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "bpf/bpf.h"

struct dt_strbuf;
struct dt_attach;
struct dt_mech_ops;

/* One attach point. Strings and arrays are the caller's and only read during prepare and open. */
struct dt_target {
	const struct dt_mech_ops *mech;
	union {
		struct {                  /* raw_tp, tp_btf */
			const char *name; /* "sys_enter" */
			uint32_t btf_id;  /* tp_btf: of the typedef btf_trace_NAME; 0: looked up by name */
			uint64_t cookie;  /* 0: none; else needs RAW_TP_COOKIE */
		} tp;
		struct {                     /* perf_clock: one of the two is not 0 */
			uint64_t freq;       /* samples a second */
			uint64_t period_ns;
			int cpu;             /* -1: every online CPU */
		} clock;
		struct {                         /* uprobe, uretprobe */
			const char *path;        /* the object, as this process can open it */
			const uint64_t *offsets; /* in the FILE, as uprobes count */
			const uint64_t *cookies; /* bpf_get_attach_cookie(); NULL: all 0 */
			const uint64_t *ref_ctr_offsets; /* USDT semaphores, in the file; NULL: none */
			size_t n;
			pid_t pid;               /* 0: every process */
		} uprobe;
		struct {                       /* timer */
			uint64_t period_ns;
		} timer;
	};
};

/*
 * A mechanism.  Properties first: codegen reads them.
 *
 * PREEMPTIBLE: another task may run the same or another program on this CPU while it runs: scratch is claimed by
 * compare-and-swap, not by a level counter.  SLEEPABLE: the program may read user memory that is not resident.
 * TEST_RUN: not attached anywhere; dt_bpf_test_run() of the program's descriptor is the event.
 */
struct dt_mech_ops {
	const char *name; /* "raw_tp" */
	bool preemptible, sleepable, test_run;
	bool own_task;   /* the current task is what the event is about (false: whatever was interrupted) */
	bool has_cookie; /* bpf_get_attach_cookie() tells the sites of one attachment apart */
	bool has_stack;  /* bpf_get_stack(ctx, ...) exists for this kind of program */
	/* Kind of program; may replace SPEC's code by a wrapped one that lives as long as the context. */
	int (*prepare)(struct dt_bpf *ctx, const struct dt_target *t, struct dt_bpf_prog_spec *spec, struct dt_strbuf *why);
	int (*attach)(struct dt_attach *att, int prog_fd, const struct dt_target *t, struct dt_strbuf *why);
	void (*detach)(struct dt_attach *att); /* NULL: closing att's descriptors does it */
	/* Fires what is due at NOW (dt_now_ns) and returns when to call again, UINT64_MAX: never. Only where the
	 * kernel has no timer for us; NULL elsewhere. */
	uint64_t (*poll)(struct dt_attach *att, uint64_t now_ns);
	/* Events lost in the kernel since attach that the program did not see, besides recursion. NULL: it cannot tell. */
	uint64_t (*missed)(struct dt_attach *att);
};

extern const struct dt_mech_ops dt_mech_raw_tp;     /* raw tracepoint: context = u64 args[] */
extern const struct dt_mech_ops dt_mech_tp_btf;     /* typed tracepoint: context = u64 args[], pointers typed */
extern const struct dt_mech_ops dt_mech_test_run;   /* raw_tp program run by hand: BEGIN, END, ERROR */
extern const struct dt_mech_ops dt_mech_perf_clock; /* cpu-clock samples: context = struct bpf_perf_event_data */
extern const struct dt_mech_ops dt_mech_uprobe;     /* function entry or any instruction: context = struct pt_regs */
extern const struct dt_mech_ops dt_mech_uretprobe;  /* function return */
extern const struct dt_mech_ops dt_mech_timer;      /* one firing a period for the whole machine: no context */

/* A site that the kernel cannot probe and that was left out of an attachment. */
struct dt_left_out {
	size_t index; /* into the target's offsets */
	int err;      /* ENOTSUPP 524: this instruction cannot be probed */
};

/* One attachment; owned by whoever opened it, its descriptors by the context. */
struct dt_attach {
	struct dt_bpf *ctx;
	const struct dt_mech_ops *mech;
	int prog_fd;
	int *fds; /* perf events, links */
	size_t nfds;
	struct dt_left_out *left_out;
	size_t nleft_out;
	void *priv; /* the mechanism's; freed with the attachment */
};

/* All return 0 or -errno; WHY gets a sentence where the errno alone would not tell. It may be NULL. */
int dt_attach_prepare(struct dt_bpf *ctx, const struct dt_target *t, struct dt_bpf_prog_spec *spec,
		      struct dt_strbuf *why);
int dt_attach_open(struct dt_bpf *ctx, const struct dt_target *t, int prog_fd, struct dt_strbuf *why,
		   struct dt_attach **out);
void dt_attach_close(struct dt_attach *att); /* NULL is fine. Does not close the program. */
uint64_t dt_attach_poll(struct dt_attach *att, uint64_t now_ns);
uint64_t dt_attach_missed(struct dt_attach *att); /* recursion_misses plus what the mechanism knows */

#endif
