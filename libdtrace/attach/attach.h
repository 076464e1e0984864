/* SPDX-License-Identifier: MIT */
/*
 * Hooking programs into the kernel: the mechanisms there are, and what one does with any of them.
 * What a mechanism is, and how to add one: contract/mechanism.h.  run/ calls these functions,
 * providers name the mechanisms.
 */
#ifndef DT_ATTACH_ATTACH_H
#define DT_ATTACH_ATTACH_H

#include "base/util.h"
#include "bpf/bpf.h"
#include "contract/mechanism.h"

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
