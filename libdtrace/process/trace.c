/* SPDX-License-Identifier: MIT */
/* Running a traced child up to an address, by breakpoints and ptrace(2).  trace.h says why and for
 * whom. */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include "base/util.h"
#include "process/arch.h"
#include "process/trace.h"

enum { MAX_BREAKPOINTS = 4 };

uint64_t dt_trace_auxv(pid_t pid, unsigned long type)
{
	Elf64_auxv_t entries[64];
	_cleanup_fd_ int fd = -1;
	char path[64];
	ssize_t got;

	snprintf(path, sizeof(path), "/proc/%d/auxv", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	got = fd < 0 ? -1 : read(fd, entries, sizeof(entries));
	for (size_t i = 0; got > 0 && i < (size_t)got / sizeof(entries[0]); i++) {
		if (entries[i].a_type > UINT16_MAX)
			return 0; /* a 32-bit process: two of its entries were read as one */
		if (entries[i].a_type == type)
			return entries[i].a_un.a_val;
	}
	return 0;
}

int dt_trace_wait(pid_t pid, int *status)
{
	pid_t got;

	do
		got = waitpid(pid, status, __WALL);
	while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : 0;
}

/* Like ptrace's poke, /proc/PID/mem writes into text that is mapped read-only, but any number of
 * bytes. */
static int copy(int mem, uint64_t addr, void *get, const void *put)
{
	if (get && pread(mem, get, DT_BREAKPOINT_SIZE, (off_t)addr) != DT_BREAKPOINT_SIZE)
		return -EFAULT;
	if (put && pwrite(mem, put, DT_BREAKPOINT_SIZE, (off_t)addr) != DT_BREAKPOINT_SIZE)
		return -EFAULT;
	return 0;
}

/* Runs to the next stop at one of our breakpoints; other signals are passed on.  Returns the pc, or
 * 0 if the process has gone. */
static uint64_t next_stop(pid_t pid, const uint64_t *addrs, size_t n)
{
	int signal = 0, status;

	for (;;) {
		uint64_t pc = 0;

		if (ptrace(PTRACE_CONT, pid, NULL, (void *)(uintptr_t)signal) < 0 ||
		    dt_trace_wait(pid, &status) || !WIFSTOPPED(status))
			return 0;
		signal = WSTOPSIG(status);
		if (signal != SIGTRAP)
			continue;
		if (dt_arch_get_pc(pid, &pc))
			return 0;
		for (size_t i = 0; i < n; i++) {
			if (addrs[i] && pc - DT_BREAKPOINT_SKIP == addrs[i])
				return addrs[i];
		}
		return 0; /* it has executed another program */
	}
}

/* Steps off the address where the last run ended: a breakpoint there would hit at once. */
static int step(pid_t pid)
{
	int status;

	if (ptrace(PTRACE_SINGLESTEP, pid, NULL, NULL) < 0)
		return -errno;
	return dt_trace_wait(pid, &status) || !WIFSTOPPED(status) ? -ESRCH : 0;
}

int dt_trace_run_to(pid_t pid, const uint64_t *addrs, size_t n)
{
	static const uint8_t breakpoint[DT_BREAKPOINT_SIZE] = DT_BREAKPOINT_INSN;
	uint8_t saved[MAX_BREAKPOINTS][DT_BREAKPOINT_SIZE];
	_cleanup_fd_ int mem = -1;
	int place = -ESRCH, err = 0;
	uint64_t hit;
	char path[64];

	if (n > MAX_BREAKPOINTS)
		return -EINVAL;
	snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	mem = open(path, O_RDWR | O_CLOEXEC);
	if (mem < 0)
		return -errno;
	err = step(pid);
	for (size_t i = 0; !err && i < n; i++)
		err = addrs[i] ? copy(mem, addrs[i], saved[i], breakpoint) : 0;
	if (err)
		return err;
	hit = next_stop(pid, addrs, n);
	for (size_t i = 0; i < n; i++) {
		if (hit && addrs[i])
			copy(mem, addrs[i], NULL, saved[i]);
		if (hit && addrs[i] == hit)
			place = (int)i;
	}
	if (place >= 0)
		err = dt_arch_set_pc(pid, hit);
	return err ? err : place;
}

/* The signal that a tracee is released with is delivered before its next instruction. */
int dt_trace_detach_stopped(pid_t pid)
{
	int status;

	if (ptrace(PTRACE_DETACH, pid, NULL, (void *)(uintptr_t)SIGSTOP) < 0)
		return -errno;
	if (waitpid(pid, &status, WUNTRACED) == pid && !WIFSTOPPED(status))
		return -ESRCH;
	return 0;
}
