/* SPDX-License-Identifier: MIT */
/*
 * What the runtime's BPF sources share.  They are compiled for the BPF machine, ISA v3, without any header of the
 * kernel; each function is verified anew in every program that calls it, with the constants it was called with.
 *
 * What the verifier wants, learnt the hard way:
 * - Loops have a constant bound and leave by one `break`.  What a loop finds out (an index, a count) is different
 *   in each round, and everything after it would be verified once a round: such values start from an OPAQUE
 *   zero, so that the verifier knows nothing of them and the rounds look alike.
 * - An index into memory is bounded by CLAMP just before use.
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

#define DT_RT __attribute__((noinline, used, section("rt")))
#define INLINE static inline __attribute__((always_inline))

/* X as the same number, of which neither compiler nor verifier knows anything. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define OPAQUE(x) ({ u64 x_ = (x); asm volatile("%0 = le64 %0" : "+r"(x_)); x_; })
#else
#define OPAQUE(x) ({ u64 x_ = (x); asm volatile("%0 = be64 %0" : "+r"(x_)); x_; })
#endif
/* The compiler forgets what it knows of X, the verifier does not. */
#define HIDE(x) asm volatile("" : "+r"(x))

/* 0x80 in each byte of W that is zero: exact in the lowest such byte, which is the first in memory. */
#define ONES 0x0101010101010101ULL
#define HIGHS 0x8080808080808080ULL
#define ZERO_BYTES(w) (((w) - ONES) & ~(w) & HIGHS)

#endif
