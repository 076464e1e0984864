/* SPDX-License-Identifier: MIT */
/*
 * Functions whose first instructions are known: main() calls calls_all(), which calls each once.
 * Built with frame pointers.
 *
 *	framed		0 push %rbp, 1 mov %rsp,%rbp, 4 nop, 5 pop %rbp, 6 ret
 *	branded		the same behind endbr64, which has 4 bytes
 *	leaf		0 mov %edi,%eax, 2 ret: no frame
 *	locked		0 lock, which the kernel does not probe; never called
 */
#include <stdlib.h>

#ifdef __x86_64__
asm(".text\n"
    ".type framed, @function\n"
    "framed: push %rbp; mov %rsp, %rbp; nop; pop %rbp; ret\n"
    ".size framed, . - framed\n"
    ".type branded, @function\n"
    "branded: endbr64; push %rbp; mov %rsp, %rbp; nop; pop %rbp; ret\n"
    ".size branded, . - branded\n"
    ".type leaf, @function\n"
    "leaf: mov %edi, %eax; ret\n"
    ".size leaf, . - leaf\n"
    ".type locked, @function\n"
    "locked: lock incl -8(%rsp); ret\n"
    ".size locked, . - locked\n");
void framed(void);
void branded(void);
int leaf(int);
#else
__attribute__((noinline)) void framed(void)
{
}

__attribute__((noinline)) void branded(void)
{
}

__attribute__((noinline)) int leaf(int n)
{
	return n;
}
#endif

__attribute__((noinline)) int calls_all(int n)
{
	framed();
	branded();
	return leaf(n) + 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	return calls_all(argc) != argc + 1;
}
