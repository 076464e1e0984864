/* SPDX-License-Identifier: MIT */
/* Strings made of parts of others.  The kernel's own copying does the work: one helper call,
 * whatever the length. */
#include "runtime/rt.h"

/* N bytes of ADDRESS and a NUL; N is at most cap - 1. */
INLINE s64 copy_part(char *dst, u64 address, u64 n, u32 cap)
{
	s64 err;

	n = AT_MOST(n, cap - 1);
	err = probe_read_kernel(dst, n, address);
	if (err < 0)
		return err;
	dst[n] = 0;
	return (s64)n + 1;
}

DT_RT s64 dt_rt_tail(char *dst, u64 addr, u64 at, u32 cap)
{
	return probe_read_kernel_str(dst, cap, ADDRESS(addr) + at);
}

DT_RT s64 dt_rt_strjoin(char *dst, u64 a, u64 b, u32 cap)
{
	s64 n = probe_read_kernel_str(dst, cap, a);
	u64 len;

	if (n < 1)
		return n;
	len = AT_MOST((u64)n - 1, cap - 1);
	n = probe_read_kernel_str(dst + len, cap - (u32)len, b);
	if (n < 1)
		return n;
	return (s64)AT_MOST(len + (u64)n, cap);
}

/*
 * substr(): a negative index counts from the end, and where it is before the start, what lies
 * before the start is taken off the length.  A negative length counts from the end.  An index out
 * of range gives "".
 */
DT_RT s64 dt_rt_substr(char *dst, u64 addr, s64 index, s64 left, u32 cap)
{
	s64 size = cap, len = probe_read_kernel_str(dst, cap, addr);

	if (len < 1)
		return len;
	len--;
	if (left == 0x7fffffffffffffffLL) /* no argument */
		left = size;
	if (index < 0) {
		index += len;
		if (index < 0 && index + left > 0) {
			left += index;
			index = 0;
		}
	}
	if (index >= len || index < 0)
		left = 0;
	else if (left < 0)
		left += len - index;
	if (left < 0)
		left = 0;
	if (left > len - index)
		left = len - index;
	if (left < 0)
		left = 0;
	return copy_part(dst, ADDRESS(addr) + (u64)index, (u64)left, cap);
}

/*
 * basename(3) and dirname(3): slashes at the end do not count; "" has "." for both, "/" has "/" for
 * both. FROM..TO is the part wanted.
 */
INLINE u64 path_part(char *dst, const char *s, u32 cap, int want_dir)
{
	u64 len = scan_len(s, cap);
	s64 last = scan_last(s, '/', 1, len, cap), slash, dir;
	s64 from = 0, to = 0;

	if (last < 0) { /* nothing but slashes, or nothing */
		*(u16 *)dst = 0;
		dst[0] = len ? '/' : '.';
		return 2;
	}
	slash = scan_last(s, '/', 0, (u64)last, cap);
	if (want_dir && slash < 0) {
		*(u16 *)dst = 0;
		dst[0] = '.';
		return 2;
	}
	if (want_dir) {
		dir = scan_last(s, '/', 1, (u64)slash, cap);
		to = dir < 0 ? 0 : dir;
	} else {
		from = slash + 1;
		to = last;
	}
	return (u64)copy_part(dst, ADDRESS(s) + (u64)from, (u64)(to - from + 1), cap);
}

DT_RT u64 dt_rt_basename(char *dst, const char *s, u32 cap)
{
	return path_part(dst, s, cap, 0);
}

DT_RT u64 dt_rt_dirname(char *dst, const char *s, u32 cap)
{
	return path_part(dst, s, cap, 1);
}
