/* SPDX-License-Identifier: MIT */
/*
 * How long a thread waits for a lock.  contention_begin may come more than once for a wait: a
 * thread first spins for a mutex, then blocks, and spins again when it is the next in line.
 */
#include "runtime/rt.h"
#include "runtime/wait.h"

/* LCB_F_* of the kernel's include/trace/events/lock.h; a semaphore has none of them. */
enum { SPIN = 1, READ = 2, WRITE = 4, RT = 8, PERCPU = 16, MUTEX = 32 };

#define SPINNING (DT_WAIT_ADAPTIVE_SPIN | DT_WAIT_SPIN_SPIN | DT_WAIT_RW_SPIN)

INLINE u64 kind_of(u64 flags)
{
	if (flags & (READ | WRITE))
		return flags & SPIN ? DT_WAIT_RW_SPIN : DT_WAIT_RW_BLOCK;
	if (flags & (MUTEX | RT))
		return flags & SPIN ? DT_WAIT_ADAPTIVE_SPIN : DT_WAIT_ADAPTIVE_BLOCK;
	return flags & SPIN ? DT_WAIT_SPIN_SPIN : DT_WAIT_SEMA_BLOCK;
}

/* A part of the wait is over. */
INLINE void account(struct dt_wait *w, u64 now)
{
	u64 kind = kind_of(w->flags);

	if (kind & SPINNING)
		w->spun += now - w->since;
	else
		w->blocked += now - w->since;
	w->kinds |= kind;
}

INLINE void forget(struct dt_wait *w)
{
	w->since = w->spun = w->blocked = w->kinds = 0;
}

/* Interrupts nest, and a mutex is guarded by a spin lock: a thread may wait for several locks. */
DT_RT u64 dt_rt_wait_place(u64 task, u64 lock)
{
	return ((task >> 6) + (lock >> 3)) * 0x9e3779b97f4a7c15ULL >> 52;
}

DT_RT u64 dt_rt_wait_begin(struct dt_wait *w, u64 task, u64 lock, u64 flags, u64 now)
{
	u64 is_same = w->task == task && w->lock == lock, displaces = !is_same && w->since;

	if (is_same && w->since && flags & MUTEX) {
		account(w, now);
	} else {
		forget(w);
		w->task = task;
		w->lock = lock;
	}
	w->flags = flags;
	w->since = now;
	return displaces != 0;
}

DT_RT u64 dt_rt_wait_end(struct dt_wait *w, u64 task, u64 lock, u64 error, u64 now)
{
	if (w->task != task || w->lock != lock)
		return 0;
	if (!w->since || error) {
		forget(w);
		return 0;
	}
	account(w, now);
	w->since = 0;
	return w->kinds;
}
