/* SPDX-License-Identifier: MIT */
/*
 * A thread's wait for a lock, as the programs at contention_begin and contention_end keep it for
 * the lockstat provider.  Shared by wait.bpf.c and providers/lockstat.c, hence C's own types.
 */
#ifndef DT_RUNTIME_WAIT_H
#define DT_RUNTIME_WAIT_H

/* How one waits; each is a probe. */
enum dt_wait_kind {
	DT_WAIT_ADAPTIVE_SPIN = 1,
	DT_WAIT_ADAPTIVE_BLOCK = 2,
	DT_WAIT_SPIN_SPIN = 4,
	DT_WAIT_RW_SPIN = 8,
	DT_WAIT_RW_BLOCK = 16,
	DT_WAIT_SEMA_BLOCK = 32,
};

/* 64 bytes, as the functions' parameter says. */
struct dt_wait {
	unsigned long long task, lock;    /* whose and for what: addresses */
	unsigned long long since;         /* when its last part began; 0: it is over */
	unsigned long long spun, blocked; /* nanoseconds of the parts that are over ... */
	unsigned long long kinds;         /* ... and their kinds, a sum of enum dt_wait_kind */
	unsigned long long flags;         /* the kernel's, of the last part */
	unsigned long long pad;
};

/* Waits that are remembered at a time; a power of two. */
#define DT_WAITS 4096

#endif
