/* SPDX-License-Identifier: MIT */
/*
 * Where programs get hooked into the kernel: one ops structure a mechanism, one file each.  A
 *provider names the mechanism and the target; codegen shapes the program by the ops' properties;
 *the order is
 *
 *	dt_attach_prepare(ctx, target, &spec, why, &att)   the kind of program; may put other code
 *around it fd = dt_bpf_prog_load(ctx, &spec, &log) dt_attach_open(att, fd, why) hooks it in
 *	...
 *	dt_attach_close(att)                               unhooks; at the latest before
 *dt_bpf_free(ctx)
 *
 * Every program is written as one that starts at instruction 0 with its context in r1 and returns
 *0: how a timer gets it to run inside its callback is the mechanism's affair.  How a probe's
 *arguments are read from the context is the providers'. To add a mechanism: one file with its ops,
 *one line below (extern), its member of dt_target's union, a test in test/unit/attach.c.
 */
#ifndef DT_ATTACH_ATTACH_H
#define DT_ATTACH_ATTACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "base/util.h"
#include "bpf/bpf.h"

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

extern const struct dt_mech_ops dt_mech_raw_tp; /* raw tracepoint: context = u64 args[] */
extern const struct dt_mech_ops
	dt_mech_tp_btf; /* typed tracepoint: context = u64 args[], pointers typed */
extern const struct dt_mech_ops
	dt_mech_test_run; /* raw_tp program run by hand: BEGIN, END, ERROR */
extern const struct dt_mech_ops
	dt_mech_perf_clock; /* cpu-clock samples: context = struct bpf_perf_event_data */
extern const struct dt_mech_ops
	dt_mech_uprobe; /* function entry or any instruction: context = struct pt_regs */
extern const struct dt_mech_ops dt_mech_uretprobe; /* function return */
extern const struct dt_mech_ops
	dt_mech_timer; /* one firing a period for the whole machine: no context */

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

/* All return 0 or -errno; WHY gets a sentence where the errno alone would not tell. It may be NULL.
 */
int dt_attach_prepare(struct dt_bpf *ctx, const struct dt_target *t, struct dt_bpf_prog_spec *spec,
		      struct dt_strbuf *why, struct dt_attach **out);
int dt_attach_open(struct dt_attach *att, int prog_fd, struct dt_strbuf *why);
void dt_attach_close(struct dt_attach *att); /* NULL is fine. Does not close the program. */
uint64_t dt_attach_poll(struct dt_attach *att,
			uint64_t now_ns); /* UINT64_MAX: no need to call again */
uint64_t
dt_attach_missed(struct dt_attach *att); /* recursion_misses plus what the mechanism knows */

/* For mechanisms: hands FD to the attachment (a negative one comes back as it is). */
int dt_attach_keep(struct dt_attach *att, int fd);
int dt_attach_leave_out(struct dt_attach *att, size_t index, int err);
void dt_attach_why(struct dt_strbuf *why, const char *fmt, ...) DT_PRINTF(2, 3);
/* perf_event_open(2); -errno. */
struct perf_event_attr;
int dt_attach_perf_open(struct perf_event_attr *attr, pid_t pid, int cpu);

/* Can the kernel probe the instruction that begins with these bytes? (true when in doubt). One file
 * a processor. */
bool dt_attach_insn_ok(const uint8_t *bytes, size_t n);

#endif
