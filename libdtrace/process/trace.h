/* SPDX-License-Identifier: MIT */
/*
 * ptrace(2) on a child that has just stopped after exec: run it up to an address, then leave it
 * stopped without a tracer, since a handle may move between threads and a tracer may not.  create.c
 * is the only caller.
 */
#ifndef DT_PROCESS_TRACE_H
#define DT_PROCESS_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* An entry of the ELF auxiliary vector of a 64-bit process.  0: it has no such entry, or is a
 * 32-bit process. */
uint64_t dt_trace_auxv(pid_t pid, unsigned long type);
/* waitpid() for this child alone, repeated after interrupts.  -errno; *STATUS as waitpid(). */
int dt_trace_wait(pid_t pid, int *status);
/* Runs until one of N addresses is about to be executed (0 is none).  Returns which of ADDRS, or
 * -errno: -ESRCH if the process has ended or executed another program first. */
int dt_trace_run_to(pid_t pid, const uint64_t *addrs, size_t n);
/* Stopped by SIGSTOP, not traced. */
int dt_trace_detach_stopped(pid_t pid);

#endif
