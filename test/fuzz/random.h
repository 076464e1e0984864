/* SPDX-License-Identifier: MIT */
/* The random generator of the fuzzers, xorshift64: a seed gives the same inputs everywhere. */
#ifndef DT_FUZZ_RANDOM_H
#define DT_FUZZ_RANDOM_H

#include <stdint.h>

/* The next number, which is STATE's new value; it is never 0. */
static inline uint64_t random_next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

#endif
