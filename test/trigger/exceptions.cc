// SPDX-License-Identifier: MIT
/*
 * C++ exceptions through functions that are traced: every third call of leaf() throws, which
 * middle()'s destructor sees and outer() catches.  The last line says the sum and how many
 * destructors have run.
 */
#include <cstdio>
#include <stdexcept>

#define KEPT __attribute__((noinline))

struct counted {
	long &n;
	~counted() { ++n; }
};

KEPT long leaf(long i)
{
	if (i % 3 == 0)
		throw std::runtime_error("every third");
	return i;
}

KEPT long middle(long i, long &destroyed)
{
	counted guard{ destroyed };

	return leaf(i) + 1;
}

KEPT long outer(long i, long &destroyed)
{
	try {
		return middle(i, destroyed);
	} catch (const std::exception &) {
		return -1;
	}
}

int main()
{
	long sum = 0, destroyed = 0;

	for (long i = 0; i < 30; i++)
		sum += outer(i, destroyed);
	std::printf("%ld %ld\n", sum, destroyed);
	return 7;
}
