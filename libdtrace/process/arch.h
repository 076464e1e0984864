/* SPDX-License-Identifier: MIT */
/* What a breakpoint is on this processor, and where the program counter of a traced process is. One
 * block per architecture.  trace.c is the only user. */
#ifndef DT_PROCESS_ARCH_H
#define DT_PROCESS_ARCH_H

#include <elf.h>
#include <errno.h>
#include <stdint.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/user.h>

#if defined(__x86_64__)
#define DT_BREAKPOINT_SIZE 1
#define DT_BREAKPOINT_INSN \
	{                  \
		0xcc       \
	}                    /* int3 */
#define DT_BREAKPOINT_SKIP 1 /* the pc is behind it */
#define DT_ARCH_PC(regs)   ((regs).rip)
#elif defined(__aarch64__)
#define DT_BREAKPOINT_SIZE 4
#define DT_BREAKPOINT_INSN             \
	{                              \
		0x00, 0x00, 0x20, 0xd4 \
	} /* brk #0 */
#define DT_BREAKPOINT_SKIP 0
#define DT_ARCH_PC(regs)   ((regs).pc)
#elif defined(__riscv) && __riscv_xlen == 64
#define DT_BREAKPOINT_SIZE 2
#define DT_BREAKPOINT_INSN \
	{                  \
		0x02, 0x90 \
	} /* c.ebreak */
#define DT_BREAKPOINT_SKIP 0
#define DT_ARCH_PC(regs)   ((regs).pc)
#else
#error "process/arch.h: describe this processor's breakpoint"
#endif

static inline int dt_arch_get_pc(pid_t pid, uint64_t *pc)
{
	struct user_regs_struct regs;
	struct iovec io = { &regs, sizeof(regs) };

	if (ptrace(PTRACE_GETREGSET, pid, (void *)(uintptr_t)NT_PRSTATUS, &io) < 0)
		return -errno;
	*pc = DT_ARCH_PC(regs);
	return 0;
}

static inline int dt_arch_set_pc(pid_t pid, uint64_t pc)
{
	struct user_regs_struct regs;
	struct iovec io = { &regs, sizeof(regs) };

	if (ptrace(PTRACE_GETREGSET, pid, (void *)(uintptr_t)NT_PRSTATUS, &io) < 0)
		return -errno;
	DT_ARCH_PC(regs) = pc;
	return ptrace(PTRACE_SETREGSET, pid, (void *)(uintptr_t)NT_PRSTATUS, &io) < 0 ? -errno : 0;
}

#endif
