/* SPDX-License-Identifier: MIT */
/* Process ids as a PID namespace numbers them. */
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
DT_RT s64 dt_rt_ns_pid(u64 pid, u64 inode, u64 level_off, u64 numbers_off, u64 inode_off)
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
