/* SPDX-License-Identifier: MIT */
/*
 * A call that does not return ends last_call(), so that its return address is the first byte of
 * next_function(), at least where the compiler pads nothing.  The chain is main(), last_call(),
 * leave(), report(); report() is for probes.
 */
#include <stdlib.h>

__attribute__((noinline)) void report(void)
{
}

__attribute__((noinline, noreturn)) void leave(void)
{
	report();
	exit(0);
}

__attribute__((noinline, noreturn)) void last_call(void)
{
	leave();
}

int next_function(void)
{
	return 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 100)
		return next_function();
	last_call();
}
