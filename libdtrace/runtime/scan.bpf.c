/* SPDX-License-Identifier: MIT */
/* Functions that scan strings eight bytes at a time: strlen(), strcmp(), strchr(), strrchr() and
 * letters' case. */
#include "runtime/rt.h"

/* strlen(): bytes before the first NUL; cap - 1 where there is none. */
DT_RT u64 dt_rt_strlen(const char *s, u32 cap)
{
	return scan_len(s, cap);
}

/* The order of D's strings: by unsigned bytes; nothing after a NUL counts. */
DT_RT s64 dt_rt_strcmp(const char *a, const char *b, u32 cap)
{
	u64 x = 0, y = 0, end, differ;

	for (u32 i = 0; i < cap; i += 8) {
		x = word_at(a + i);
		y = word_at(b + i);
		if (x != y || zero_first(x))
			break;
	}
	if (x == y)
		return 0;
	end = zero_first(x);
	end &= -end;
	differ = x ^ y;
	differ &= -differ;
	if (end && end < differ)
		return 0;
	return __builtin_bswap64(x) < __builtin_bswap64(y) ? -1 : 1;
}

/* strchr(): the terminating NUL can be found too. */
DT_RT s64 dt_rt_strchr(const char *s, u8 c, u32 cap)
{
	u64 n = OPAQUE(0), hit = 0, end = 0;

	for (u32 i = 0; i < cap; i += 8) {
		u64 w = word_at(s + i);

		hit = zero_first(w ^ (ONES * c));
		end = zero_first(w);
		if (hit | end)
			break;
		n += 8;
	}
	hit &= -hit;
	end &= -end;
	if (!hit || (end && end < hit))
		return -1;
	return (s64)(n + first_byte(hit));
}

DT_RT s64 dt_rt_strrchr(const char *s, u8 c, u32 cap)
{
	return scan_last(s, c, 0, scan_len(s, cap) + 1, cap);
}

INLINE u64 change_case(char *dst, const char *s, u32 cap, u8 first, u8 last)
{
	u64 n = OPAQUE(0), zeros = 0;

	for (u32 i = 0; i < cap; i += 8) {
		u64 w = word_at(s + i), low = w & ~HIGHS;
		/* 0x80 in each ASCII byte from FIRST to LAST; a letter's case is bit 0x20 */
		u64 letters = ((low + ONES * (0x80 - first)) ^ (low + ONES * (0x7f - last))) & ~w &
			      HIGHS;

		put_word(dst + i, w ^ letters >> 2);
		zeros = zero_first(w);
		if (zeros)
			break;
		n += 8;
	}
	if (!zeros) {
		dst[cap - 1] = 0;
		return cap;
	}
	return n + first_byte(zeros) + 1;
}

/* 0x80 in each NUL, moved right by two, is a blank.  From the end on, its word is all NULs. */
DT_RT u64 dt_rt_join_words(char *dst, u64 len, u32 cap)
{
	u64 last = AT_MOST(len - 1, cap - 1), end = OPAQUE(len), n = OPAQUE(0);
	char *tail;

	if (!len)
		end = 0;
	else if (!dst[last])
		end = last;
	end = AT_MOST(end, cap - 1);
	for (u32 i = 0; i < cap; i += 8) {
		u64 w;

		if (n >= OPAQUE(end))
			break;
		w = word_at(dst + i);
		put_word(dst + i, w | zero_bytes(w) >> 2);
		n = OPAQUE(n + 8);
	}
	tail = dst + AT_MOST(OPAQUE(end & ~7ULL), cap - 8);
	put_word(tail, word_at(tail) & ((1ULL << 8 * (end & 7)) - 1));
	return end + 1;
}

DT_RT u64 dt_rt_toupper(char *dst, const char *s, u32 cap)
{
	return change_case(dst, s, cap, 'a', 'z');
}

DT_RT u64 dt_rt_tolower(char *dst, const char *s, u32 cap)
{
	return change_case(dst, s, cap, 'A', 'Z');
}

DT_RT u64 dt_rt_zero(void *p, u32 size)
{
	for (u32 i = 0; i < size; i += 8)
		*(volatile u64 *)((char *)p + i) = 0;
	return 0;
}
