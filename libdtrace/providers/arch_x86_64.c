/* SPDX-License-Identifier: MIT */
/* x86-64: struct pt_regs as in arch/x86/include/asm/ptrace.h, the System V calling convention, and
 * the flag of 32-bit system calls (TS_COMPAT). */
#include <string.h>
#include "providers/arch.h"
#include "providers/operand.h"
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

/* arch/x86/entry/syscalls/syscall_32.tbl */
static const struct dt_compat_call compat_calls[] = {
	{ "fork", 2 },
	{ "execve", 11 },
	{ "setpriority", 97 },
	{ "clone", 120 },
	{ "sched_setparam", 154 },
	{ "sched_setscheduler", 156 },
	{ "rt_sigtimedwait", 177 },
	{ "vfork", 190 },
	{ "sched_setattr", 351 },
	{ "execveat", 358 },
	{ "rt_sigtimedwait_time64", 421 },
	{ "clone3", 435 },
	{ NULL, 0 },
};

/* ---- frames ---- */

enum {
	PUSH_RBP = 0x55,
	RET = 0xc3,
	RET_POP = 0xc2, /* with a number of bytes */
	REP = 0xf3,
	BND = 0xf2,
};

static bool is_endbr(const uint8_t *insn)
{
	static const uint8_t endbr64[] = { 0xf3, 0x0f, 0x1e, 0xfa };

	return !memcmp(insn, endbr64, sizeof(endbr64));
}

static bool is_return(const uint8_t *insn)
{
	if (*insn == REP || *insn == BND)
		insn++;
	return *insn == RET || *insn == RET_POP;
}

/* A frame is set up by "push %rbp; mov %rsp,%rbp", and taken down before "ret". */
static int return_distance(const uint8_t *start, const uint8_t *insn, uint64_t at)
{
	uint64_t push = is_endbr(start) ? 4 : 0;

	if (at <= push || is_return(insn))
		return 0;
	return at == push + 1 && start[push] == PUSH_RBP ? 8 : -1;
}

/* perf_callchain_user() (6.11), whose is_endbr() is always false without IBT. */
static bool kernel_sees_entry(const uint8_t *insn, bool ibt)
{
	return *insn == PUSH_RBP || (ibt && is_endbr(insn));
}

/* EFLAGS: by the condition's code / 2, an odd code is the opposite. */
enum { CF = 0, PF = 2, ZF = 6, SF = 7, OF = 11 };

static const struct dt_condition conditions[8] = {
	{ .any = 1 << OF },       { .any = 1 << CF },
	{ .any = 1 << ZF },       { .any = 1 << CF | 1 << ZF },
	{ .any = 1 << SF },       { .any = 1 << PF },
	{ .differ = { SF, OF } }, { .any = 1 << ZF, .differ = { SF, OF } },
};

const struct dt_arch dt_arch = {
	.syscall_number = ORIG_RAX * 8,
	.syscall_args = { RDI * 8, RSI * 8, RDX * 8, R10 * 8, R8 * 8, R9 * 8 },
	.func_args = { RDI * 8, RSI * 8, RDX * 8, RCX * 8, R8 * 8, R9 * 8 },
	.nfunc_args = 6,
	.ret = RAX * 8,
	.ip = RIP * 8,
	.sp = RSP * 8,
	.flags = EFLAGS * 8,
	.registers = { RAX * 8, RCX * 8, RDX * 8, RBX * 8, RSP * 8, RBP * 8, RSI * 8, RDI * 8,
		       R8 * 8, R9 * 8, R10 * 8, R11 * 8, R12 * 8, R13 * 8, R14 * 8, R15 * 8 },
	.parse_operand = dt_operand_x86_64,
	.conditions = conditions,
	.mode = CS * 8,
	.mode_mask = 3,
	.stack_args = 8, /* above the return address */
	.compat_member = "status",
	.compat_mask = 2, /* TS_COMPAT; also set by int 0x80 in 64-bit code */
	.compat_calls = compat_calls,
	.compat_args = { RBX * 8, RCX * 8 },
	.native_ip = RCX * 8, /* of `syscall` */
	.syscalls = syscalls,
	.nsyscalls = sizeof(syscalls) / sizeof(syscalls[0]),
	.return_distance = return_distance,
	.kernel_sees_entry = kernel_sees_entry,
};
