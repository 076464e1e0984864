/* SPDX-License-Identifier: MIT */
/*
 * The references of the benchmark's ratios: what somebody who knows BPF well would write by hand
 * for the jobs that D is given.  There is one program per job, all on raw tracepoints; bench/cost.c
 * loads one at a time.  There is no vmlinux.h: what is used of the kernel's structures is declared
 * here, and libbpf finds where this kernel has it.
 */
#include <linux/bpf.h>
#include <asm/unistd.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
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

/* ---- block I/O: block_bio_queue(bio), block_bio_complete(q, bio) ---- */

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, u64);
	__type(value, u64);
} begun_by_bio SEC(".maps");

SEC("raw_tp/block_bio_queue")
int io_start(struct bpf_raw_tracepoint_args *ctx)
{
	u64 bio = ctx->args[0], now = bpf_ktime_get_ns();

	bpf_map_update_elem(&begun_by_bio, &bio, &now, BPF_ANY);
	return 0;
}

SEC("raw_tp/block_bio_complete")
int io_done(struct bpf_raw_tracepoint_args *ctx)
{
	u64 bio = ctx->args[1], *start = bpf_map_lookup_elem(&begun_by_bio, &bio);

	if (!start)
		return 0;
	add_log2(bpf_ktime_get_ns() - *start);
	bpf_map_delete_elem(&begun_by_bio, &bio);
	return 0;
}

/* sched_switch(preempt, prev, next): how long the one has run, and since when the other does. */
SEC("tp_btf/sched_switch")
int run_times(u64 *ctx)
{
	struct task_struct *prev = (void *)ctx[1], *next = (void *)ctx[2];
	u64 *start = bpf_task_storage_get(&entered, prev, 0, 0), now = bpf_ktime_get_ns();

	if (start && *start) {
		add_log2(now - *start);
		*start = 0;
	}
	start = bpf_task_storage_get(&entered, next, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (start)
		*start = now;
	return 0;
}

/* ---- names of files and processes ---- */

#define CORE       __attribute__((preserve_access_index))
#define TEXT_BYTES 256
#define ARGS_BYTES 80

struct pt_regs {
	unsigned long di;
} CORE;

struct qstr {
	u64 hash_len;
	const unsigned char *name;
} CORE;

struct dentry {
	struct dentry *d_parent;
	struct qstr d_name;
} CORE;

struct vfsmount {
	struct dentry *mnt_root;
} CORE;

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
} CORE;

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
} CORE;

struct file {
	struct path f_path;
} CORE;

struct fdtable {
	unsigned int max_fds;
	struct file **fd;
} CORE;

struct files_struct {
	struct fdtable *fdt;
} CORE;

struct fs_struct {
	struct path root;
} CORE;

struct mm_struct {
	unsigned long arg_start, arg_end;
} CORE;

struct task_struct {
	struct files_struct *files;
	struct fs_struct *fs;
	struct mm_struct *mm;
} CORE;

struct text {
	char text[TEXT_BYTES];
};

struct args {
	char text[ARGS_BYTES];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 10240);
	__type(key, struct text);
	__type(value, u64);
} by_path SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 10240);
	__type(key, struct args);
	__type(value, u64);
} by_args SEC(".maps");

/* The text is built from its end, then moved to the beginning of the key. */
struct path_work {
	struct text key;
	char text[2 * TEXT_BYTES];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct path_work);
} path_work SEC(".maps");

static __always_inline u32 build_path(struct path_work *work, struct dentry *dentry,
				      struct mount *mount, struct path *root)
{
	struct mount *top = (void *)root->mnt - bpf_core_field_offset(struct mount, mnt), *above;
	struct dentry *mnt_root = BPF_CORE_READ(mount, mnt.mnt_root);
	u32 at = TEXT_BYTES - 1;

	work->text[at] = 0;
	for (int i = 0; i < 32; i++) {
		struct qstr name;
		struct dentry *parent;
		u32 len;

		if (dentry == root->dentry && mount == top)
			break;
		if (dentry == mnt_root) {
			above = BPF_CORE_READ(mount, mnt_parent);
			if (above == mount)
				break;
			dentry = BPF_CORE_READ(mount, mnt_mountpoint);
			mount = above;
			mnt_root = BPF_CORE_READ(mount, mnt.mnt_root);
			continue;
		}
		parent = BPF_CORE_READ(dentry, d_parent);
		bpf_core_read(&name, sizeof(name), &dentry->d_name);
		len = name.hash_len >> 32 & (TEXT_BYTES - 1);
		if (parent == dentry || len + 1 > at)
			break;
		at = (at - len - 1) & (TEXT_BYTES - 1);
		work->text[at] = '/';
		bpf_probe_read_kernel(work->text + at + 1, len, name.name);
		dentry = parent;
	}
	return at;
}

SEC("raw_tp/sys_enter")
int count_path(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task_btf();
	struct pt_regs *regs = (void *)ctx->args[0];
	struct path root, path;
	struct path_work *work;
	struct fdtable *fdt;
	struct file *file;
	u64 one = 1, *value;
	u32 zero = 0, at, fd;

	if (ctx->args[1] != __NR_lseek)
		return 0;
	fd = BPF_CORE_READ(regs, di);
	fdt = task->files->fdt;
	work = bpf_map_lookup_elem(&path_work, &zero);
	if (!work || fd >= fdt->max_fds)
		return 0;
	bpf_probe_read_kernel(&file, sizeof(file), fdt->fd + fd);
	bpf_core_read(&path, sizeof(path), &file->f_path);
	root.mnt = task->fs->root.mnt;
	root.dentry = task->fs->root.dentry;
	at = build_path(work, path.dentry,
			(void *)path.mnt - bpf_core_field_offset(struct mount, mnt), &root);
	__builtin_memset(&work->key, 0, sizeof(work->key));
	at &= TEXT_BYTES - 1;
	bpf_probe_read_kernel(&work->key, TEXT_BYTES - at, work->text + at);
	value = bpf_map_lookup_elem(&by_path, &work->key);
	if (value)
		(*value)++;
	else
		bpf_map_update_elem(&by_path, &work->key, &one, BPF_NOEXIST);
	return 0;
}

SEC("raw_tp/sys_enter")
int count_args(void *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task_btf();
	unsigned long start = task->mm->arg_start, len = task->mm->arg_end - start;
	struct args key = {};
	u64 one = 1, *value;

	if (len > ARGS_BYTES - 1)
		len = ARGS_BYTES - 1;
	if (bpf_probe_read_user(&key, len, (void *)start))
		return 0;
	/* The words end in NULs. */
	for (u32 i = 0; i < ARGS_BYTES - 1; i++) {
		if (i + 1 >= len)
			break;
		if (!key.text[i])
			key.text[i] = ' ';
	}
	value = bpf_map_lookup_elem(&by_args, &key);
	if (value)
		(*value)++;
	else
		bpf_map_update_elem(&by_args, &key, &one, BPF_NOEXIST);
	return 0;
}

/* ---- datagrams by port ---- */

struct sk_buff {
	unsigned char *head;
	int skb_iif;
	__be16 protocol;
	__u16 network_header;
	__u16 transport_header;
} __attribute__((preserve_access_index));

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 10240);
	__type(key, __u16);
	__type(value, u64);
} by_port SEC(".maps");

#define PROTOCOL_IP   bpf_htons(0x0800)
#define PROTOCOL_IPV6 bpf_htons(0x86dd)
#define PROTOCOL_UDP  17

SEC("tp_btf/net_dev_queue")
int count_port(u64 *ctx)
{
	struct sk_buff *skb = (void *)ctx[0];
	__u16 port = 0;
	__u8 protocol = 0;
	u64 one = 1, *value;
	u32 at;

	if (skb->skb_iif || (skb->protocol != PROTOCOL_IP && skb->protocol != PROTOCOL_IPV6))
		return 0;
	at = skb->network_header + (skb->protocol == PROTOCOL_IP ? 9 : 6);
	bpf_probe_read_kernel(&protocol, sizeof(protocol), skb->head + at);
	if (protocol != PROTOCOL_UDP)
		return 0;
	bpf_probe_read_kernel(&port, sizeof(port), skb->head + skb->transport_header + 2);
	port = bpf_ntohs(port);
	value = bpf_map_lookup_elem(&by_port, &port);
	if (value)
		(*value)++;
	else
		bpf_map_update_elem(&by_port, &port, &one, BPF_NOEXIST);
	return 0;
}
