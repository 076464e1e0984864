/* SPDX-License-Identifier: MIT */
/*
 * Functions that leave by jumps: `tails`, built with optimisation.  For each i from 0 to 29 it
 * calls
 *
 *	direct(i)      jumps to add(i)
 *	sometimes(i)   jumps to add(i) for every third i, else returns
 *	pointer(i)     jumps to what a pointer in memory says: add() or subtract()
 *	choose(i)      a switch, which jumps by a table, and never out of the function
 *
 * The last line says the sum.
 */
#include <stdio.h>

#define KEPT __attribute__((noinline, noclone))

KEPT long add(long i)
{
	__asm__ volatile("");
	return i + 1;
}

KEPT long subtract(long i)
{
	__asm__ volatile("");
	return i - 1;
}

static long (*volatile operations[2])(long) = { add, subtract };

KEPT long direct(long i)
{
	return add(2 * i);
}

KEPT long sometimes(long i)
{
	if (i % 3 == 0)
		return add(i);
	return i;
}

KEPT long pointer(long i)
{
	return operations[i % 2](i);
}

KEPT long choose(long i)
{
	long n = i;

	switch (i) {
	case 0: n = i * 3; break;
	case 1: n = i ^ 5; break;
	case 2: n = i << 3; break;
	case 3: n = i / 7; break;
	case 4: n = i - 90; break;
	case 5: n = -i; break;
	case 6: n = ~i; break;
	case 7: n = i * i; break;
	default: break;
	}
	__asm__ volatile("" : "+r"(n));
	return n & 0xff;
}

int main(void)
{
	long sum = 0;

	for (long i = 0; i < 30; i++)
		sum += direct(i) + sometimes(i) + pointer(i) + choose(i % 10);
	printf("%ld\n", sum);
	return 0;
}
