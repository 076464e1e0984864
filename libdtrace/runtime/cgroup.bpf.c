/* SPDX-License-Identifier: MIT */
/* The cgroups that a task is in, from its own up to the first. */
#include "runtime/rt.h"

#define MAX_DEPTH 64

INLINE u64 pointer_at(u64 address)
{
	u64 value = 0;

	probe_read_kernel(&value, sizeof(value), address);
	return OPAQUE(value);
}

DT_RT u64 dt_rt_in_cgroup(u64 task, u64 id, u64 way, u64 parent)
{
	u64 cgroup = pointer_at(pointer_at(task + (u16)way) + (u16)(way >> 16)), above, found = 0;

	for (u32 depth = 0; depth < MAX_DEPTH; depth++) {
		found = pointer_at(pointer_at(cgroup + (u16)(way >> 32)) + (way >> 48)) == id;
		above = pointer_at(cgroup + parent);
		if (found || !above)
			break;
		cgroup = OPAQUE(above);
	}
	return found;
}
