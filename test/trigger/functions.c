/* SPDX-License-Identifier: MIT */
/*
 * A known chain of calls for the pid provider: `functions N` calls outer(i) N times; outer(i) calls
 * middle(i, 2 * i), which returns inner(i, "name") + 2 * i; inner() returns i + 1.  The last line
 * says the sum, so that nothing is folded.
 */
#include <stdio.h>
#include <stdlib.h>

#define KEPT __attribute__((noinline, noclone))

KEPT long inner(long value, const char *name)
{
	return value + (name[0] == 'n');
}

KEPT long middle(long value, long twice)
{
	return inner(value, "name") + twice;
}

KEPT long outer(long value)
{
	return middle(value, 2 * value);
}

int main(int argc, char **argv)
{
	long rounds = argc > 1 ? atol(argv[1]) : 1, sum = 0;

	for (long i = 0; i < rounds; i++)
		sum += outer(i);
	printf("%ld\n", sum);
	return 0;
}
