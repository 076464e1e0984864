/* SPDX-License-Identifier: MIT */
/*
 * Small things that every room uses: sizes of arrays, alignment, and cleanup attributes.  A local
 * marked _cleanup_free_ is freed at the end of its scope; no_cleanup(p) returns the value and
 * leaves NULL behind.
 */
#ifndef DT_BASE_UTIL_H
#define DT_BASE_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#define ARRAY_SIZE(a)                   (sizeof(a) / sizeof((a)[0]))
#define DT_ALIGN(x, a)                  (((x) + (a)-1) / (a) * (a))
#define DT_MIN(a, b)                    ((a) < (b) ? (a) : (b))
#define DT_MAX(a, b)                    ((a) > (b) ? (a) : (b))
#define container_of(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))
#define DT_PRINTF(fmt, args)            __attribute__((format(printf, fmt, args)))
#define DT_UNUSED                       __attribute__((unused))

static inline void dt_cleanup_free(void *p)
{
	free(*(void **)p);
}

static inline void dt_cleanup_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

#define _cleanup_free_ __attribute__((cleanup(dt_cleanup_free)))
#define _cleanup_fd_   __attribute__((cleanup(dt_cleanup_fd)))
#define no_cleanup(p)                        \
	({                                   \
		__typeof__(p) __value = (p); \
		(p) = NULL;                  \
		__value;                     \
	})

/* Monotonic nanoseconds, the clock of bpf_ktime_get_ns(). */
uint64_t dt_now_ns(void);

#endif
