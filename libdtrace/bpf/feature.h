/* SPDX-License-Identifier: MIT */
/*
 * What this kernel can do, found by trying it once, never by its version.  A trial is made when it
 * is first asked for, and its answer kept in the context.  Each feature has a row with words for
 * messages, the kernel that brought it, and a trial in feature.c.  To add one: a line in
 * DT_BPF_FEATURES and the trial try_NAME(); nothing else.
 */
#ifndef DT_BPF_FEATURE_H
#define DT_BPF_FEATURE_H

#include <stdbool.h>
#include <stddef.h>

struct dt_bpf;

/* X(name, words for a message, kernel that brought it, what it is needed for) */
/* clang-format off */
#define DT_BPF_FEATURES(X) \
	X(BPF, "the bpf(2) system call", "5.15", "everything") \
	X(BTF, \
		"type information of the running kernel (/sys/kernel/btf/vmlinux)", "5.4", \
		"typed arguments") \
	X(RINGBUF, "BPF ring buffers", "5.8", "records") \
	X(TASK_STORAGE, "task storage in tracing programs", "5.12", "thread-local variables") \
	X(BATCH_PERCPU_HASH, \
		"batched look-ups in per-CPU hashes", "5.6", "snapshots of aggregations") \
	X(STACK_MAP, "stack maps of 127 frames", "4.6", "stacks in keys as numbers") \
	X(NOPREALLOC, "map allocation that is safe in tracing programs", "6.1", "maps that grow") \
	X(BPF_LOOP, "bpf_loop()", "5.17", "long loops") \
	X(PROG_BTF, "func_info of programs", "5.0", "callbacks") \
	X(RAW_TP, "raw tracepoints", "4.17", "the syscall and sdt providers") \
	X(RAW_TP_TEST_RUN, "test runs of raw tracepoint programs", "5.10", "BEGIN and END") \
	X(RAW_TP_COOKIE, \
		"attach cookies of raw tracepoints", "6.10", "shared raw tracepoint programs") \
	X(TP_BTF, "BTF-typed tracepoints", "5.5", "typed arguments of tracepoints") \
	X(FENTRY, "BPF trampolines (fentry and fexit)", "5.5", "function probes") \
	X(KPROBE, "kprobes", "4.1", "function probes") \
	X(KPROBE_MULTI, "kprobe.multi links", "5.18", "many function probes at once") \
	X(UPROBE, "uprobes", "3.5", "probes in processes") \
	X(UPROBE_MULTI, "uprobe.multi links", "6.6", "many probes in processes at once") \
	X(UPROBE_SLEEPABLE, \
		"sleepable uprobe programs", "6.0", "user memory that is not resident") \
	X(PERF_COOKIE, "attach cookies of perf events", "5.15", "shared uprobe programs") \
	X(PERF_CLOCK, "perf's cpu-clock event", "2.6.31", "profile probes") \
	X(TIMER_SYSCALL, "bpf_timer in SYSCALL programs", "5.15", "tick probes") \
	X(TASK_BTF, "bpf_get_current_task_btf()", "5.11", "direct access to the current thread") \
	X(WRITE_USER, "bpf_probe_write_user(), or is locked down", "4.8", \
		"copyout() and copyoutstr()") \
	X(COPY_FROM_USER_STR, \
		"bpf_copy_from_user_str()", "6.12", "user strings that are not resident")
/* clang-format on */

enum dt_bpf_feature {
#define X(name, words, since, used_for) DT_BPF_HAS_##name,
	DT_BPF_FEATURES(X)
#undef X
		DT_BPF_NFEATURES
};

bool dt_bpf_has(struct dt_bpf *ctx, enum dt_bpf_feature feature);

struct dt_bpf_feature_info {
	const char *name;     /* "UPROBE_MULTI" */
	const char *words;    /* "uprobe.multi links" */
	const char *since;    /* "6.6" */
	const char *used_for; /* "many probes in processes at once" */
};
const struct dt_bpf_feature_info *dt_bpf_feature_info(enum dt_bpf_feature feature);

/*
 * Whether this process may load and attach tracing programs.  Returns 0, or -EPERM with one
 * sentence in BUF that names the missing capability or the setting that forbids it.  Loads nothing.
 */
int dt_bpf_privilege(struct dt_bpf *ctx, char *buf, size_t size);

#endif
