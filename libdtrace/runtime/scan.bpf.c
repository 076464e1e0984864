/* SPDX-License-Identifier: MIT */
/* Looking through strings, eight bytes at a time: strlen, strcmp, and what finds a character. */
#include "runtime/rt.h"

/* Number of the lowest byte whose top bit is set in MASK (not 0). */
INLINE u32 first_byte(u64 mask)
{
	u32 n = 0;

	mask &= -mask;
	n += mask > 0xffffffffULL ? 4 : 0;
	mask = mask > 0xffffffffULL ? mask >> 32 : mask;
	n += mask > 0xffff ? 2 : 0;
	mask = mask > 0xffff ? mask >> 16 : mask;
	return n + (mask > 0xff);
}

/* strlen(): bytes in front of the first NUL; cap - 1 where there is none. */
DT_RT u64 dt_rt_strlen(const char *s, u32 cap)
{
	u64 n = OPAQUE(0), zeros = 0;

	for (u32 i = 0; i < cap; i += 8) {
		u64 w = *(const u64 *)(s + i);

		zeros = ZERO_BYTES(w);
		if (zeros)
			break;
		n += 8;
	}
	return zeros ? n + first_byte(zeros) : cap - 1;
}
