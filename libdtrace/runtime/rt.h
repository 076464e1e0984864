/* SPDX-License-Identifier: MIT */
/*
 * What the runtime's BPF sources share.  They are compiled for the BPF machine, ISA v3, without any
 * header of the kernel; each function is verified anew in every program that calls it, with the
 * constants it was called with.
 *
 * What the verifier asks for:
 * - Loops have a constant bound and leave by one `break`.  What a loop finds out (an index, a
 *   count) differs between rounds, and everything after it would be verified once per round.  Such
 *   values are made OPAQUE whenever they change: the verifier knows nothing of them, and the rounds
 *   look alike.
 * - Each thing that the rounds of a bpf_loop() share is 64 bits wide: the verifier forgets even
 *   constants when two halves lie in one stack slot.
 * - An index into memory is bounded by AT_MOST just before use.
 * - A field that the rounds share is compared as OPAQUE(field): a comparison tells the verifier
 *   something about what it was loaded from, and the rounds would differ in that.
 * - A pointer plus an unknown number is refused.  The address as a number (ADDRESS) plus one is
 *   not, and helpers read from there.
 * - The verifier gives up at 8192 branches that it has not followed yet: a loop over single bytes
 *   has to be a bpf_loop() (Linux 5.17), whose body is verified once or twice, whatever the count.
 */
#ifndef DT_RUNTIME_RT_H
#define DT_RUNTIME_RT_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef int s32;
typedef long long s64;

#define DT_RT  __attribute__((noinline, used, section("rt")))
#define INLINE static inline __attribute__((always_inline))

/* The kernel's helpers: both of 5.5, and bpf_loop of 5.17. */
static s64 (*const probe_read_kernel)(void *dst, u32 size, u64 address) = (void *)113;
static s64 (*const probe_read_kernel_str)(void *dst, u32 size, u64 address) = (void *)115;
static s64 (*const bpf_loop)(u32 count, void *body, void *arg, u64 flags) = (void *)181;

/*
 * X as the same number, of which neither compiler nor verifier knows anything.  The difference of
 * two pointers is what every verifier takes for any number at all.  Volatile: each use has its own,
 * or what the verifier finds out of one would hold for all.
 */
INLINE u64 unknown_zero(void)
{
	u64 zero;

	asm volatile("%0 = r10\n\t%0 -= r10" : "=r"(zero));
	return zero;
}
#define OPAQUE(x) ((u64)(x) + unknown_zero())

/* A pointer as a number: conversion to this machine's own byte order does nothing, but its result
 * is no pointer. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ADDRESS(p)                                       \
	({                                               \
		u64 p_ = (u64)(p);                       \
		asm volatile("%0 = le64 %0" : "+r"(p_)); \
		p_;                                      \
	})
#define FROM_MEMORY(w) (w)
#else
#define ADDRESS(p)                                       \
	({                                               \
		u64 p_ = (u64)(p);                       \
		asm volatile("%0 = be64 %0" : "+r"(p_)); \
		p_;                                      \
	})
#define FROM_MEMORY(w) __builtin_bswap64(w)
#endif

/* X, but MAX when it is larger: a bound that the compiler may not reason away. */
#define AT_MOST(x, max)                         \
	({                                      \
		u64 v_ = OPAQUE(x), m_ = (max); \
		if (v_ > m_)                    \
			v_ = m_;                \
		asm volatile("" : "+r"(v_));    \
		v_;                             \
	})

/* ---- eight bytes at once; byte 0 in memory is the lowest of the word ---- */
#define ONES  0x0101010101010101ULL
#define HIGHS 0x8080808080808080ULL

INLINE u64 word_at(const char *p)
{
	return FROM_MEMORY(*(const u64 *)p);
}

INLINE void put_word(char *p, u64 w)
{
	*(u64 *)p = FROM_MEMORY(w);
}

/* 0x80 in each byte of W that is zero. */
INLINE u64 zero_bytes(u64 w)
{
	return ~(((w & ~HIGHS) + ~HIGHS) | w | ~HIGHS);
}

/* The same at less cost, right for the lowest such byte only. */
INLINE u64 zero_first(u64 w)
{
	return (w - ONES) & ~w & HIGHS;
}

INLINE u64 equal_bytes(u64 w, u8 c)
{
	return zero_bytes(w ^ (ONES * c));
}

/* Number of the lowest byte that is marked in MASK (0x80), which is not 0. */
INLINE u64 first_byte(u64 mask)
{
	return ((mask & -mask) >> 7) * 0x0001020304050607ULL >> 56;
}

/* Number of the highest one. */
INLINE u64 last_byte(u64 mask)
{
	mask |= mask >> 8;
	mask |= mask >> 16;
	mask |= mask >> 32;
	return ((mask >> 7) * ONES >> 56) - 1;
}

/* Bits set in V. */
INLINE u64 count_bits(u64 v)
{
	v -= v >> 1 & 0x5555555555555555ULL;
	v = (v & 0x3333333333333333ULL) + (v >> 2 & 0x3333333333333333ULL);
	return ((v + (v >> 4)) & 0x0f0f0f0f0f0f0f0fULL) * ONES >> 56;
}

/* ---- what several functions scan for ---- */

INLINE u64 scan_len(const char *s, u32 cap)
{
	u64 n = OPAQUE(0), zeros = 0;

	for (u32 i = 0; i < cap; i += 8) {
		zeros = zero_first(word_at(s + i));
		if (zeros)
			break;
		n = OPAQUE(n + 8);
	}
	if (zeros)
		n += first_byte(zeros);
	return AT_MOST(OPAQUE(n), cap - 1);
}

/* 0x80 in each byte of the eight at S that is C (or, when OTHER, is not C). */
INLINE u64 matches(const char *s, u8 c, int other)
{
	u64 mask = equal_bytes(word_at(s), c);

	return other ? ~mask & HIGHS : mask;
}

/* The last place before LIMIT with a byte that is C (or, when OTHER, is not C); -1.  LIMIT is at
 * most cap. */
INLINE s64 scan_last(const char *s, u8 c, int other, u64 limit, u32 cap)
{
	u64 n = OPAQUE(0), at = OPAQUE(0), found = OPAQUE(0), full = limit & ~7ULL, mask;

	for (u32 i = 0; i < cap; i += 8) {
		if (n == full)
			break;
		mask = matches(s + i, c, other);
		if (mask) {
			found = mask;
			at = n;
		}
		found = OPAQUE(found);
		at = OPAQUE(at);
		n = OPAQUE(n + 8);
	}
	mask = matches(s + AT_MOST(OPAQUE(full), cap - 8), c, other) &
	       ((1ULL << (8 * (limit & 7))) - 1);
	if (mask) {
		found = mask;
		at = full;
	}
	return found ? (s64)OPAQUE(at + last_byte(found)) : -1;
}

#endif
