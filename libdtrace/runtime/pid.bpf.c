/* SPDX-License-Identifier: MIT */
/* Process ids as a PID namespace numbers them, and the ancestors of a process. */
#include "runtime/pid.h"
#include "runtime/rt.h"

#define MAX_LEVEL 32 /* the kernel's MAX_PID_NS_LEVEL: how deep namespaces lie in each other */

/* struct upid of include/linux/pid.h */
struct upid {
	s32 nr;
	u64 ns;
};

/*
 * A process has a number in its own namespace and in each one above it, up to the first.  The
 * namespace's level is not known, so all are compared, from the process's own on.
 */
INLINE s64 ns_pid(u64 pid, u64 inode, u64 level_off, u64 numbers_off, u64 inode_off)
{
	u32 level = 0, number;
	u64 n;

	if (probe_read_kernel(&level, sizeof(level), pid + level_off) < 0)
		return 0;
	n = OPAQUE(level);
	for (u32 round = 0; round <= MAX_LEVEL; round++) {
		struct upid upid = { 0 };

		probe_read_kernel(&upid, sizeof(upid), pid + numbers_off + n * sizeof(upid));
		number = 0;
		probe_read_kernel(&number, sizeof(number), upid.ns + inode_off);
		if (OPAQUE(number) == inode)
			return upid.nr;
		if (!n)
			break;
		n = OPAQUE(n - 1);
	}
	return 0;
}

DT_RT s64 dt_rt_ns_pid(u64 pid, u64 inode, u64 level_off, u64 numbers_off, u64 inode_off)
{
	return ns_pid(pid, inode, level_off, numbers_off, inode_off);
}

#define MAX_GENERATIONS 64

INLINE u64 pointer_at(u64 structure, u32 offset)
{
	u64 value = 0;

	probe_read_kernel(&value, sizeof(value), structure + offset);
	return OPAQUE(value);
}

/* The process id of a thread's process. */
INLINE s64 id_of(u64 task, const struct dt_ancestry *a)
{
	s32 tgid = 0;

	if (a->inode)
		return ns_pid(pointer_at(pointer_at(task, a->leader), a->thread_pid), a->inode,
			      a->level, a->numbers, a->ns_inode);
	probe_read_kernel(&tgid, sizeof(tgid), task + a->tgid);
	return tgid;
}

/* The first process is its own parent. */
DT_RT u64 dt_rt_progenyof(struct dt_ancestry *a)
{
	u64 task = OPAQUE(a->task), parent, found = 0;

	for (u32 generation = 0; generation < MAX_GENERATIONS; generation++) {
		found = id_of(task, a) == (s64)a->pid;
		parent = pointer_at(task, a->parent);
		if (found || !parent || parent == task)
			break;
		task = OPAQUE(parent);
	}
	return found;
}
