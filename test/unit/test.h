/* SPDX-License-Identifier: MIT */
/*
 * The check macros of the C unit tests.  A test is a plain program: it calls CHECK() and its kin,
 * ends with `return test_end();`, and prints one line `NAME: N passed, N failed`.
 */
#ifndef TEST_H
#define TEST_H

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int test_passed, test_failed;

#define CHECK(cond)                                                                \
	do {                                                                       \
		if (cond) {                                                        \
			test_passed++;                                             \
		} else {                                                           \
			test_failed++;                                             \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #cond); \
		}                                                                  \
	} while (0)

#define CHECK_INT(got, want)                                                                       \
	do {                                                                                       \
		long long got_ = (long long)(got), want_ = (long long)(want);                      \
		if (got_ == want_) {                                                               \
			test_passed++;                                                             \
		} else {                                                                           \
			test_failed++;                                                             \
			fprintf(stderr, "%s:%d: %s is %lld, not %lld\n", __FILE__, __LINE__, #got, \
				got_, want_);                                                      \
		}                                                                                  \
	} while (0)

#define CHECK_STR(got, want)                                                                     \
	do {                                                                                     \
		const char *got_ = (got), *want_ = (want);                                       \
		if (got_ && want_ && !strcmp(got_, want_)) {                                     \
			test_passed++;                                                           \
		} else {                                                                         \
			test_failed++;                                                           \
			fprintf(stderr, "%s:%d: %s is \"%s\", not \"%s\"\n", __FILE__, __LINE__, \
				#got, got_ ? got_ : "(null)", want_ ? want_ : "(null)");         \
		}                                                                                \
	} while (0)

static inline int test_end(void)
{
	printf("%d passed, %d failed\n", test_passed, test_failed);
	return test_failed ? 1 : 0;
}

#endif
