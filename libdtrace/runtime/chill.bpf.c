/* SPDX-License-Identifier: MIT */
/* chill(): spinning for a time.  The rounds of bpf_loop() (Linux 5.17) look at the clock. */
#include "runtime/rt.h"

static u64 (*const ktime_get_ns)(void) = (void *)5;

#define INTERVAL 1000000000ULL /* of so many nanoseconds ... */
#define MOST     500000000ULL  /* so many may be spent here */

/* Both more than are needed: a look at the clock takes ten nanoseconds at least. */
#define ROUNDS 100000
#define LOOKS  1000

DT_RT s64 dt_rt_chill_look(u32 look, u64 *end)
{
	(void)look;
	return ktime_get_ns() >= *end;
}

DT_RT s64 dt_rt_chill_round(u32 round, u64 *end)
{
	(void)round;
	bpf_loop(LOOKS, dt_rt_chill_look, end, 0);
	return ktime_get_ns() >= *end;
}

/* SPENT: when the interval began, and what has been spent in it. */
DT_RT s64 dt_rt_chill(u64 *spent, u64 ns)
{
	u64 now = ktime_get_ns(), end;

	if (now - spent[0] > INTERVAL) {
		spent[0] = now;
		spent[1] = 0;
	}
	if (ns > MOST || spent[1] + ns > MOST)
		return -1;
	spent[1] += ns;
	end = now + ns;
	bpf_loop(ROUNDS, dt_rt_chill_round, &end, 0);
	return 0;
}
