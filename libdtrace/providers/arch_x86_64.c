/* SPDX-License-Identifier: MIT */
/* x86-64: struct pt_regs as in arch/x86/include/asm/ptrace.h, the System V calling convention, and
 * the flag of 32-bit system calls (TS_COMPAT). */
#include "providers/arch.h"
#include "providers/syscalls_x86_64.h"

enum {
	R15,
	R14,
	R13,
	R12,
	RBP,
	RBX,
	R11,
	R10,
	R9,
	R8,
	RAX,
	RCX,
	RDX,
	RSI,
	RDI,
	ORIG_RAX,
	RIP,
	CS,
	EFLAGS,
	RSP,
	SS
};

static const struct dt_syscall syscalls[] = {
#define X(number, name, args) [number] = { #name, args },
	DT_SYSCALLS(X)
#undef X
};

const struct dt_arch dt_arch = {
	.syscall_number = ORIG_RAX * 8,
	.syscall_args = { RDI * 8, RSI * 8, RDX * 8, R10 * 8, R8 * 8, R9 * 8 },
	.func_args = { RDI * 8, RSI * 8, RDX * 8, RCX * 8, R8 * 8, R9 * 8 },
	.nfunc_args = 6,
	.ret = RAX * 8,
	.ip = RIP * 8,
	.sp = RSP * 8,
	.mode = CS * 8,
	.mode_mask = 3,
	.stack_args = 8, /* above the return address */
	.compat_member = "status",
	.compat_mask = 2, /* TS_COMPAT; also set by int 0x80 in 64-bit code */
	.syscalls = syscalls,
	.nsyscalls = sizeof(syscalls) / sizeof(syscalls[0]),
};
