/* SPDX-License-Identifier: MIT */
/*
 * The references of the benchmark's ratios: what somebody who knows BPF well would write by hand
 * for the jobs that D is given.  There is one program per job, all on raw tracepoints; bench/cost.c
 * loads one at a time.  There is no vmlinux.h: the one kernel structure that is used is opaque.
 */
#include <linux/bpf.h>
#include <asm/unistd.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual MIT/GPL";

typedef __u64 u64;
typedef __u32 u32;

struct execname {
	char text[16];
};

struct record {
	u64 timestamp;
	u64 pid;
	struct execname execname;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} total SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 10240);
	__type(key, struct execname);
	__type(value, u64);
} by_execname SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 16 << 20);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, u64);
} entered SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, u32);
	__type(value, u64);
} entered_by_tid SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 64);
	__type(key, u32);
	__type(value, u64);
} buckets SEC(".maps");

static __always_inline int add_one(void)
{
	u32 zero = 0;
	u64 *value = bpf_map_lookup_elem(&total, &zero);

	if (value)
		(*value)++;
	return 0;
}

SEC("raw_tp/sys_enter")
int count(void *ctx)
{
	return add_one();
}

SEC("raw_tp/sys_enter")
int not_pid(void *ctx)
{
	if (bpf_get_current_pid_tgid() >> 32 != 1234567)
		return 0;
	return add_one();
}

SEC("raw_tp/sys_enter")
int not_execname(void *ctx)
{
	u64 comm[2];

	bpf_get_current_comm(comm, sizeof(comm));
	if (comm[0] != 0x686375736f6eULL || comm[1]) /* "nosuch" */
		return 0;
	return add_one();
}

SEC("raw_tp/sys_enter")
int count_execname(void *ctx)
{
	struct execname key;
	u64 one = 1, *value;

	bpf_get_current_comm(&key, sizeof(key));
	value = bpf_map_lookup_elem(&by_execname, &key);
	if (value)
		(*value)++;
	else
		bpf_map_update_elem(&by_execname, &key, &one, BPF_NOEXIST);
	return 0;
}

SEC("raw_tp/sys_enter")
int record(void *ctx)
{
	struct record *record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0);

	if (!record)
		return 0;
	record->timestamp = bpf_ktime_get_ns();
	record->pid = bpf_get_current_pid_tgid() >> 32;
	bpf_get_current_comm(&record->execname, sizeof(record->execname));
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
	return 0;
}

static __always_inline void add_log2(u64 interval_ns)
{
	u32 bucket = 0;
	u64 *value;

	/* The position of the highest bit in six steps, without a loop. */
	for (int shift = 32; shift; shift >>= 1) {
		if (interval_ns >> shift) {
			interval_ns >>= shift;
			bucket += shift;
		}
	}
	value = bpf_map_lookup_elem(&buckets, &bucket);
	if (value)
		(*value)++;
}

SEC("raw_tp/sys_enter")
int latency_entry(struct bpf_raw_tracepoint_args *ctx)
{
	u64 *start;

	if (ctx->args[1] != __NR_getppid)
		return 0;
	start = bpf_task_storage_get(&entered, bpf_get_current_task_btf(), 0,
				     BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (start)
		*start = bpf_ktime_get_ns();
	return 0;
}

/* sys_exit passes the registers and the result, but not the number of the call: only the entry has
 * it. */
SEC("raw_tp/sys_exit")
int latency_return(void *ctx)
{
	u64 *start = bpf_task_storage_get(&entered, bpf_get_current_task_btf(), 0, 0);

	if (!start || !*start)
		return 0;
	add_log2(bpf_ktime_get_ns() - *start);
	*start = 0;
	return 0;
}

SEC("raw_tp/sys_enter")
int hash_latency_entry(struct bpf_raw_tracepoint_args *ctx)
{
	u32 tid = bpf_get_current_pid_tgid();
	u64 now;

	if (ctx->args[1] != __NR_getppid)
		return 0;
	now = bpf_ktime_get_ns();
	bpf_map_update_elem(&entered_by_tid, &tid, &now, BPF_ANY);
	return 0;
}

SEC("raw_tp/sys_exit")
int hash_latency_return(void *ctx)
{
	u32 tid = bpf_get_current_pid_tgid();
	u64 *start = bpf_map_lookup_elem(&entered_by_tid, &tid);

	if (!start)
		return 0;
	add_log2(bpf_ktime_get_ns() - *start);
	bpf_map_delete_elem(&entered_by_tid, &tid);
	return 0;
}
