/* SPDX-License-Identifier: MIT */
/*
 * Probes in notes, with arguments wherever an assembler can have them: `notes [SECONDS]` passes
 * each once, or again and again for that long.  The values are known: see test/d/usdt.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* A note as <sys/sdt.h> writes it; SEMAPHORE is a symbol or 0, ARGS the operands' text. */
#define NOTE(name, semaphore, args, ...)                                                         \
	__asm__ volatile("990:\tnop\n"                                                           \
			 ".pushsection .note.stapsdt,\"\",\"note\"\n"                            \
			 ".balign 4\n.4byte 992f-991f, 994f-993f, 3\n"                           \
			 "991:\t.asciz \"stapsdt\"\n992:\t.balign 4\n"                           \
			 "993:\t.8byte 990b\n.8byte _.stapsdt.base\n.8byte " #semaphore "\n"     \
			 ".asciz \"notes\"\n.asciz \"" #name "\"\n.asciz \"" args "\"\n"         \
			 "994:\t.balign 4\n.popsection\n"                                        \
			 ".ifndef _.stapsdt.base\n"                                              \
			 ".pushsection .stapsdt.base,\"aG\",\"progbits\",.stapsdt.base,comdat\n" \
			 ".weak _.stapsdt.base\n.hidden _.stapsdt.base\n"                        \
			 "_.stapsdt.base: .space 1\n.size _.stapsdt.base, 1\n"                   \
			 ".popsection\n.endif\n" ::__VA_ARGS__)

__attribute__((section(".probes"), used)) volatile unsigned short asked_semaphore;
__attribute__((used)) int table[] = { -1, 7, 70, 700 };
__attribute__((used)) unsigned char bytes[] = { 200, 201 };

static void constants(void)
{
	NOTE(constants, 0, "-4@$-5 4@$7 1@$200 -8@$0x10");
}

#ifdef __x86_64__
static void registers(void)
{
	register unsigned long whole __asm__("rbx") = 0xfffffffffffe8081;

	NOTE(registers, 0, "8@%%rbx -4@%%ebx 2@%%bx -2@%%bx 1@%%bl -1@%%bl 1@%%bh", "r"(whole));
}

static void high(void)
{
	register unsigned long value __asm__("r12") = 0xffffffff00000102;

	NOTE(high, 0, "4@%%r12d 2@%%r12w 1@%%r12b -8@%%r12", "r"(value));
}

static void memory(void)
{
	register int *at __asm__("rcx") = table;
	register long index __asm__("rsi") = 2;

	NOTE(memory, 0, "-4@(%%rcx) -4@4(%%rcx) -4@-4(%%rcx,%%rsi,4) -4@(%%rcx,%%rsi,4)", "r"(at),
	     "r"(index));
}

static void symbols(void)
{
	NOTE(symbols, 0, "-4@table(%%rip) -4@table+12(%%rip) 1@bytes+1(%%rip)");
}

static void floating(void)
{
	NOTE(floating, 0, "8f@%%xmm0 -4@$9");
}

/* One probe at three places, each with its argument elsewhere. */
static void places(void)
{
	register long first __asm__("rdx") = 11, second __asm__("r9") = 22;

	NOTE(several__places, 0, "-8@%%rdx", "r"(first));
	NOTE(several__places, 0, "-8@%%r9", "r"(second));
	NOTE(several__places, 0, "-8@$33 -8@$1");
}
#endif

/* Only while somebody asks for it, which the kernel says by the semaphore. */
static void asked(void)
{
	if (asked_semaphore)
		NOTE(asked, asked_semaphore, "-4@$1");
}

static void pass(void)
{
	constants();
#ifdef __x86_64__
	registers();
	high();
	memory();
	symbols();
	floating();
	places();
#endif
	asked();
}

int main(int argc, char **argv)
{
	time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 0);

	pass();
	while (time(NULL) < end) {
		usleep(1000);
		pass();
	}
	return asked_semaphore;
}
