/* SPDX-License-Identifier: MIT */
/*
 * A function that begins with an instruction which the kernel takes for another one (vpshufd, VEX
 * 70, for a jump on overflow), and one that ends in it.  The line says their results.
 */
#include <stdio.h>

#ifdef __x86_64__
__asm__(".text\n"
	".type reverse, @function\n"
	"reverse: vpshufd $0x1b, %xmm0, %xmm0\n"
	"	vmovd %xmm0, %eax\n"
	"	ret\n"
	".size reverse, . - reverse\n");

static long call_reverse(void)
{
	long result;

	__asm__ volatile("movq %1, %%xmm0\n\tpslldq $8, %%xmm0\n\tcall reverse\n\tmov %%rax, %0"
			 : "=r"(result)
			 : "r"(42L << 32)
			 : "rax", "xmm0", "cc", "memory");
	return result;
}
#endif

int main(void)
{
	long result = 42;

#ifdef __x86_64__
	if (__builtin_cpu_supports("avx"))
		result = call_reverse();
#endif
	printf("%ld\n", result);
	return 0;
}
