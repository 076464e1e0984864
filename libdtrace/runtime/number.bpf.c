/* SPDX-License-Identifier: MIT */
/* Numbers: as text and back, buckets of the quantizing aggregations, squares for stddev(). */
#include "runtime/rt.h"

#define NDIGITS 64 /* of 2^64 - 1 in base 2 */

/*
 * lltostr(): base 10 is signed, all others unsigned; base 16 has "0x" in front, base 8 "0" (0
 * itself is "0"), digits above 9 are small letters.
 */
DT_RT s64 dt_rt_lltostr(char *dst, s64 value, u64 base, u32 cap)
{
	char digits[NDIGITS];
	u64 v = (u64)value, n = OPAQUE(0), before = 0, negative;

	if (OPAQUE(base) < 2 || OPAQUE(base) > 36)
		return -1;
	negative = OPAQUE(base) == 10 && value < 0;
	if (negative)
		v = -v;
	v = OPAQUE(v);
	negative = OPAQUE(negative);
	for (u32 i = 0; i < NDIGITS; i++) {
		u64 digit = v % base, letter = (9 - digit) >> 63; /* 1 above 9 */

		digits[NDIGITS - 1 - i] = (char)('0' + digit + letter * ('a' - '0' - 10));
		n = OPAQUE(n + 1);
		v /= base;
		if (!v)
			break;
	}
	if (negative) {
		dst[0] = '-';
		before = 1;
	} else if (base == 16) {
		dst[0] = '0';
		dst[1] = 'x';
		before = 2;
	} else if (base == 8 && value) {
		dst[0] = '0';
		before = 1;
	}
	v = AT_MOST(n, NDIGITS);
	v = AT_MOST(v, cap - 1 - before);
	probe_read_kernel(dst + before, v, ADDRESS(digits) + NDIGITS - n);
	dst[before + v] = 0;
	return (s64)(before + v + 1);
}

/*
 * strtoll(): blanks and tabs, a sign, "0x" in base 16, then digits up to the first that is none in
 * this base. No digits: 0.  Overflow wraps.
 */
DT_RT s64 dt_rt_strtoll(const char *s, u64 base, u32 cap)
{
	char text[80];
	u64 at = OPAQUE(0), other = 0, v = OPAQUE(0), negative;

	for (u32 n = 0; n < cap; n += 8) {
		u64 w = word_at(s + n);

		other = ~(equal_bytes(w, ' ') | equal_bytes(w, '\t')) & HIGHS;
		if (other)
			break;
		at = OPAQUE(at + 8);
	}
	if (!other)
		return 0;
	at += first_byte(other) + ADDRESS(s);
	if (probe_read_kernel_str(text, 4, at) < 1)
		return 0;
	negative = OPAQUE(text[0] == '-');
	other = text[0] == '-' || text[0] == '+';
	if (base == 16 && text[other] == '0' && (text[other + 1] | 0x20) == 'x')
		other += 2;
	if (probe_read_kernel_str(text, sizeof(text), at + OPAQUE(other)) < 1)
		return 0;
	for (u32 i = 0; i < sizeof(text); i++) {
		u64 digit = (u64)(u8)text[i] - '0', letter = (u64)((u8)text[i] | 0x20) - 'a';

		if (digit > 9)
			digit = letter < 26 ? letter + 10 : 99;
		if (digit >= OPAQUE(base))
			break;
		v = OPAQUE(v * base + digit);
	}
	return negative ? -(s64)v : (s64)v;
}

/* Significant bits of V: 0 of 0, 64 of the largest. */
INLINE u64 bits_of(u64 v)
{
	v |= v >> 1;
	v |= v >> 2;
	v |= v >> 4;
	v |= v >> 8;
	v |= v >> 16;
	v |= v >> 32;
	return count_bits(v);
}

/* Bucket 63 is 0; above it bucket 64 + n starts at 2^n, below it bucket 62 - n ends at -2^n. */
DT_RT u64 dt_rt_quantize(s64 value)
{
	u64 bits;

	if (value < 0) {
		bits = AT_MOST(bits_of(-(u64)value), 63);
		return 63 - bits;
	}
	return 63 + AT_MOST(bits_of((u64)value), 63);
}

/* Bucket 0: below BASE; then LEVELS buckets of STEP; then all above.  The value is cut to 32 bits
 * first. */
DT_RT u64 dt_rt_lquantize(s64 value, s32 base, u32 step, u32 levels)
{
	s64 v = (s32)value;
	u64 level;

	if (v < base)
		return 0;
	level = (u64)(v - base) / step;
	return AT_MOST(level, levels) + 1;
}

/*
 * Logarithmic and within each magnitude linear: bucket 0 is below FACTOR^LOW; a magnitude from
 * FACTOR^n to FACTOR^(n+1) has steps of max(1, FACTOR^(n+1) / NSTEPS); the last bucket is
 * FACTOR^(HIGH+1) and above.
 */
DT_RT u64 dt_rt_llquantize(s64 value, u32 factor, u32 low, u32 high, u32 nsteps)
{
	u64 limit = 1, last, bucket = 1;
	u32 order = 0;

	for (; order < low && order < 64; order++)
		limit *= factor;
	if (value < (s64)limit)
		return 0;
	last = limit;
	limit *= factor;
	for (u32 round = 0; round < 64 && order <= high; round++, order++) {
		u64 n = limit > nsteps ? nsteps : limit, next = limit * factor;

		if ((s64)next < (s64)limit) /* beyond 64 bits: this magnitude takes all the rest */
			value = (s64)(limit - 1);
		if (value < (s64)limit)
			return OPAQUE(bucket) + ((u64)value - last) / (limit / n);
		bucket += n - n / factor;
		last = limit;
		limit = next;
	}
	return OPAQUE(bucket);
}

/* The square of VALUE's magnitude, in two words. */
INLINE u64 square(s64 value, u64 *high)
{
	u64 v = value < 0 ? -(u64)value : (u64)value;
	u64 lo = (u32)v, hi = v >> 32, cross = lo * hi, low = lo * lo;
	u64 sum = low + (cross << 33);

	*high = hi * hi + (cross >> 31) + (sum < low);
	return sum;
}

DT_RT u64 dt_rt_square(u64 *sum, s64 value)
{
	u64 high, low = square(value, &high), old = sum[0];

	sum[0] = old + low;
	sum[1] += high + (old + low < old);
	return 0;
}

/* The carry comes from the value that this addition has really seen, so that the two halves agree
 * in the end. */
DT_RT u64 dt_rt_square_atomic(u64 *sum, s64 value)
{
	u64 high, low = square(value, &high), old = __sync_fetch_and_add(&sum[0], low);

	__sync_fetch_and_add(&sum[1], high + (old + low < old));
	return 0;
}
