/* SPDX-License-Identifier: MIT */
/*
 * Executes the programs of its arguments by the 32-bit system call, until one exists.  The call
 * takes addresses of 32 bits only.
 */
#include <string.h>
#include <sys/mman.h>

static void execute(char *low, const char *path)
{
	strcpy(low, path);
#ifdef __x86_64__
	long result = 11;

	__asm__ volatile("int $0x80"
			 : "+a"(result)
			 : "b"(low), "c"(0L), "d"(0L)
			 : "memory", "r8", "r9", "r10", "r11");
#endif
}

int main(int argc, char **argv)
{
	char *low = mmap((void *)0x10000000, 4096, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	for (int i = 1; i < argc; i++)
		execute(low, argv[i]);
	return 1;
}
