/* SPDX-License-Identifier: MIT */
/*
 * System calls of the 32-bit kind: `compat N` makes N calls by int 0x80 of number 110, which is
 * iopl there and getppid in the 64-bit table, and three real getppid().  On other processors only
 * the three.
 */
#include <stdlib.h>
#include <unistd.h>
#include <sys/syscall.h>

int main(int argc, char **argv)
{
	long rounds = argc > 1 ? atol(argv[1]) : 1;

	for (long i = 0; i < rounds; i++) {
#ifdef __x86_64__
		long result = 110;

		__asm__ volatile("int $0x80"
				 : "+a"(result)
				 : "b"(0L)
				 : "memory", "r8", "r9", "r10", "r11");
#endif
	}
	for (int i = 0; i < 3; i++)
		syscall(SYS_getppid);
	return 0;
}
