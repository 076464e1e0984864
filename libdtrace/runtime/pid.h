/* SPDX-License-Identifier: MIT */
/*
 * What dt_rt_progenyof() is given: the process it begins with, the one it looks for, and where the
 * kernel's structures have their members.  Shared by pid.bpf.c and the hook that fills it in
 * (builtin/subr_sys.c), hence C's own types.
 */
#ifndef DT_RUNTIME_PID_H
#define DT_RUNTIME_PID_H

/* 64 bytes, as the function's parameter says. */
struct dt_ancestry {
	unsigned long long task;   /* a task_struct */
	unsigned long long pid;    /* in the namespace below */
	unsigned long long inode;  /* of the PID namespace; 0: the first one */
	unsigned int parent, tgid; /* offsets in a task_struct, in bytes */
	unsigned int leader, thread_pid;
	unsigned int level, numbers, ns_inode; /* as for dt_rt_ns_pid() */
	unsigned int pad[3];
};

#endif
