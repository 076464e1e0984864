/* SPDX-License-Identifier: MIT */
/* The monotonic clock; see util.h. */
#include <time.h>
#include "base/util.h"

uint64_t dt_now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}
