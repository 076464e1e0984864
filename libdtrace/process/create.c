/* SPDX-License-Identifier: MIT */
/*
 * Starting a program so that it is held once it is mapped.  The child asks to be traced, its exec
 * stops it, it runs as far as wanted (enum dt_proc_hold), and it is left stopped by SIGSTOP,
 * without a tracer.  process.c calls this for -c.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include "base/util.h"
#include "process/internal.h"
#include "process/trace.h"

/* Runs in the child after fork(): only what is safe in a process that had other threads.  An error
 * is sent through the pipe. */
static _Noreturn void run_child(const char *file, char *const argv[], char *const *envp, int report)
{
	sigset_t none;
	int err;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)
		execvpe(file, argv, envp);
	err = errno;
	if (write(report, &err, sizeof(err)) < 0)
		_exit(126);
	_exit(127);
}

/* 0: the exec has happened; otherwise its error.  An exec closes the child's end of the pipe. */
static int exec_error(int from_child)
{
	int err = 0;
	ssize_t got;

	do
		got = read(from_child, &err, sizeof(err));
	while (got < 0 && errno == EINTR);
	return got == sizeof(err) ? -err : 0;
}

/* The dynamic linker calls _dl_debug_state before it maps the libraries and again after.  One that
 * calls it only once (musl) reaches the entry point first. */
static void run_on(pid_t pid, const struct dt_proc_create_opts *opts)
{
	uint64_t entry = dt_trace_auxv(pid, AT_ENTRY), base = dt_trace_auxv(pid, AT_BASE);
	uint64_t stops[2] = { entry, 0 };
	uint64_t state;

	if (opts->hold == DT_PROC_HOLD_EXEC || !entry ||
	    !base) /* a static program is mapped whole */
		return;
	if (opts->hold == DT_PROC_HOLD_PREINIT && opts->debug_state) {
		state = opts->debug_state(pid, base, opts->arg);
		stops[1] = state ? base + state : 0;
	}
	if (stops[1] && dt_trace_run_to(pid, stops, 2) != 1)
		return;
	dt_trace_run_to(pid, stops, 2);
}

static int hold(pid_t pid, const struct dt_proc_create_opts *opts)
{
	int status, err = dt_trace_wait(pid, &status);

	if (err)
		return err;
	if (!WIFSTOPPED(status))
		return -ESRCH;
	if (opts)
		run_on(pid, opts);
	return dt_trace_detach_stopped(pid);
}

static void kill_child(pid_t pid)
{
	int status;

	kill(pid, SIGKILL);
	dt_trace_wait(pid, &status);
}

int dt_proc_spawn(const char *file, char *const argv[], const struct dt_proc_create_opts *opts,
		  pid_t *out)
{
	int pipe_fds[2], err;
	pid_t pid;

	if (pipe2(pipe_fds, O_CLOEXEC) < 0)
		return -errno;
	pid = fork();
	if (pid == 0)
		run_child(file, argv, opts && opts->envp ? opts->envp : environ, pipe_fds[1]);
	err = pid < 0 ? -errno : 0;
	close(pipe_fds[1]);
	if (!err) {
		err = exec_error(pipe_fds[0]);
		if (!err)
			err = hold(pid, opts);
		if (err)
			kill_child(pid);
	}
	close(pipe_fds[0]);
	*out = pid;
	return err;
}
