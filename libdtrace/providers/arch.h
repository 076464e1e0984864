/* SPDX-License-Identifier: MIT */
/*
 * What providers need to know of the processor: where struct pt_regs keeps what, how functions and
 * system calls take their arguments, and which system calls there are.  Each processor has a file
 * (arch_x86_64.c ...) that defines dt_arch.
 */
#ifndef DT_PROVIDERS_ARCH_H
#define DT_PROVIDERS_ARCH_H

#include <stdbool.h>
#include <stdint.h>

struct dt_syscall {
	const char *name; /* NULL: no call has this number */
	const char *args; /* types, separated by ", "; pointers are to user memory */
};

/* A condition of a jump (exits.c): a flag of ANY is set, or the flags with these two numbers
 * differ. */
struct dt_condition {
	uint32_t any;
	uint8_t differ[2];
};

/* The number that a system call of 32-bit programs has. */
struct dt_compat_call {
	const char *name;
	uint16_t number;
};

struct dt_operand;

struct dt_arch {
	/* Offsets in struct pt_regs, 64 bits each. */
	uint16_t syscall_number, syscall_args[6];
	uint16_t func_args[8], nfunc_args; /* in registers */
	uint16_t ret, ip, sp, flags;
	uint16_t registers[32]; /* by the processor's own numbers */
	/* Reads an operand in the processor's assembler (operand.h); NULL: none can be read. */
	bool (*parse_operand)(const char *text, const char *end, struct dt_operand *out);
	const struct dt_condition *conditions;
	uint16_t mode; /* the word with the mode: user mode if any bit of mode_mask is set */
	uint16_t mode_mask;
	uint16_t stack_args; /* bytes from the stack pointer to the first argument on the stack, at
				a function's entry */
	/* A word of task_struct.thread_info; the bits of compat_mask in it mean a system call of
	 * another ABI (32 bits).  NULL: there is none. */
	const char *compat_member;
	uint32_t compat_mask;
	/* Those of its calls that providers ask for, up to one without a name, and in which of
	 * struct pt_regs' registers it passes its first arguments.  NULL: there are none. */
	const struct dt_compat_call *compat_calls;
	uint16_t compat_args[2];
	uint16_t native_ip; /* in struct pt_regs: the copy of ip that a native call leaves */
	const struct dt_syscall *syscalls; /* by number */
	uint32_t nsyscalls;
	/*
	 * Where a function's return address lies before instruction INSN, so many bytes above the
	 * stack pointer, if the frame pointer does not lead to it; -1: it does, or the instruction
	 * does not tell.  INSN is AT bytes behind the function's beginning, START.  Both have
	 * DT_INSN_BYTES, the last ones zero where the file ends.  NULL: it never does.
	 */
	int (*return_distance)(const uint8_t *start, const uint8_t *insn, uint64_t at);
	/* Whether newer kernels take INSN for a function's first one and find the return address by
	 * themselves.  IBT: the kernel is built with this processor feature. */
	bool (*kernel_sees_entry)(const uint8_t *insn, bool ibt);
};

#define DT_INSN_BYTES 8

extern const struct dt_arch dt_arch;

#endif
