/* SPDX-License-Identifier: MIT */
/* Internet addresses as text: inet_ntoa(), inet_ntoa6(), inet_ntop(). */
#include "runtime/rt.h"

/* Text that grows in a buffer of SIZE bytes, a power of two: the place is not known to the
 * verifier. */
#define PUT(c) (dst[at++ & (SIZE - 1)] = (char)(c))
#define SIZE   16

INLINE u64 put_decimal16(char *dst, u64 at, u32 byte)
{
	if (byte >= 100)
		PUT('0' + byte / 100);
	if (byte >= 10)
		PUT('0' + byte / 10 % 10);
	PUT('0' + byte % 10);
	return at;
}

INLINE u32 byte_of(u64 first, u64 second, u32 n) /* in memory's order */
{
	return (FROM_MEMORY(n < 8 ? first : second) >> (8 * (n & 7))) & 0xff;
}

DT_RT u64 dt_rt_inet_ntoa(char *dst, u32 address)
{
	u64 at = OPAQUE(0), word = (u64)address;

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap32(address);
#endif
	for (u32 n = 0; n < 4; n++) {
		if (n)
			PUT('.');
		at = put_decimal16(dst, at, (word >> (8 * n)) & 0xff);
	}
	PUT(0);
	return at;
}

#undef SIZE
#define SIZE 64

INLINE u64 put_decimal64(char *dst, u64 at, u32 byte)
{
	if (byte >= 100)
		PUT('0' + byte / 100);
	if (byte >= 10)
		PUT('0' + byte / 10 % 10);
	PUT('0' + byte % 10);
	return at;
}

INLINE char hex(u32 digit)
{
	return (char)(digit + (digit > 9 ? 'a' - 10 : '0'));
}

INLINE u64 put_hex(char *dst, u64 at, u32 group)
{
	if (group > 0xfff)
		PUT(hex(group >> 12));
	if (group > 0xff)
		PUT(hex(group >> 8 & 15));
	if (group > 0xf)
		PUT(hex(group >> 4 & 15));
	PUT(hex(group & 15));
	return at;
}

/*
 * The first of the longest runs of zero groups becomes "::", also a run of one.  Addresses that
 * stand for IPv4 ones (::ffff:0:0/96, and ::/96 but for :: and ::1) end in dotted decimals.
 */
DT_RT u64 dt_rt_inet_ntoa6(char *dst, u64 first, u64 second)
{
	u64 at = OPAQUE(0), run_from = OPAQUE(16), run_len = OPAQUE(0), len = OPAQUE(0);
	u32 tail = byte_of(first, second, 12) << 24 | byte_of(first, second, 13) << 16 |
		   byte_of(first, second, 14) << 8 | byte_of(first, second, 15);
	u32 mid = byte_of(first, second, 8) << 24 | byte_of(first, second, 9) << 16 |
		  byte_of(first, second, 10) << 8 | byte_of(first, second, 11);
	u64 is_v4 = !first && (mid == 0xffff || (!mid && tail > 1)), groups = is_v4 ? 6 : 8;

	for (u32 g = 0; g < 8; g++) {
		if (g >= OPAQUE(groups))
			break;
		len = byte_of(first, second, 2 * g) | byte_of(first, second, 2 * g + 1) ? 0
											: len + 1;
		len = OPAQUE(len);
		if (len > run_len) {
			run_len = len;
			run_from = g + 1 - len;
		}
		run_len = OPAQUE(run_len);
		run_from = OPAQUE(run_from);
	}
	for (u64 g = 0; g < 8; g++) {
		u64 into = OPAQUE(g) - run_from; /* the run */

		at = OPAQUE(at);
		if (g >= OPAQUE(groups))
			break;
		if (into < run_len) {
			if (!into) {
				PUT(':');
				PUT(':');
			}
			continue;
		}
		if (g && into != run_len)
			PUT(':');
		at = put_hex(dst, at,
			     byte_of(first, second, 2 * g) << 8 |
				     byte_of(first, second, 2 * g + 1));
	}
	at = OPAQUE(at);
	for (u32 n = 0; n < 4; n++) {
		if (!is_v4)
			break;
		if (n ? 1 : run_from + run_len != 6)
			PUT(n ? '.' : ':');
		at = put_decimal64(dst, at, (tail >> (24 - 8 * n)) & 0xff);
	}
	PUT(0);
	return at;
}
