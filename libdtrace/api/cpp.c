/* SPDX-License-Identifier: MIT */
/*
 * The C preprocessor, for -C: cpp(1) as a child process reads the text from its standard input and
 * writes into a pipe.  D's own lines (#pragma D, #!) pass through; line markers tell the parser
 * where it is.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include "api/hdl.h"

extern char **environ;

static const char *const fixed_args[] = { "-D__linux", "-D__unix", "-D__SVR4", "-D__DTRACE", "-" };

static int start_cpp(dtrace_hdl_t *dtp, int in, int out, pid_t *pid)
{
	const char *path = dtp->copts.cpppath ? dtp->copts.cpppath : "cpp";
	DT_VEC(const char *) args = { 0 };
	posix_spawn_file_actions_t actions;
	bool ok = dt_vec_push(&args, path);
	int err;

	dt_vec_each(&dtp->copts.cppargs, it) ok = ok && dt_vec_push(&args, *it);
	for (size_t i = 0; i < ARRAY_SIZE(fixed_args); i++)
		ok = ok && dt_vec_push(&args, fixed_args[i]);
	ok = ok && dt_vec_push(&args, NULL);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	err = ok ? posix_spawnp(pid, path, &actions, NULL, (char *const *)args.data, environ)
		 : ENOMEM;
	posix_spawn_file_actions_destroy(&actions);
	dt_vec_free(&args);
	return err;
}

static void drain(int fd, struct dt_strbuf *out)
{
	char buf[8192];
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			dt_strbuf_add(out, buf, (size_t)n);
}

/*
 * The text as the child's standard input, -1: errno says why.  A first line #! is no line of cpp's:
 * what it says is left out, its newline stays, which keeps the numbers of the lines.
 */
static int input_of(const char *text, size_t len)
{
	const char *newline = len > 1 && text[0] == '#' && text[1] == '!' ? memchr(text, '\n', len)
									  : text;
	int fd = memfd_create("d", MFD_CLOEXEC);

	len -= (size_t)((newline ? newline : text + len) - text);
	for (text = newline; len && fd >= 0;) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno != EINTR) {
			close(fd);
			return -1;
		}
		text += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

int dt_preprocess(dtrace_hdl_t *dtp, const char *text, size_t len, struct dt_strbuf *out)
{
	_cleanup_fd_ int in = input_of(text, len);
	int pipes[2], status = 0, err;
	pid_t pid;

	if (in < 0)
		return errno;
	if (pipe2(pipes, O_CLOEXEC))
		return errno;
	err = start_cpp(dtp, in, pipes[1], &pid);
	close(pipes[1]);
	if (!err)
		drain(pipes[0], out);
	close(pipes[0]);
	if (err)
		return dt_set_error(dtp, EDT_COMPILER, "Failed to fork/exec preprocessor %s: %s",
				    dtp->copts.cpppath ? dtp->copts.cpppath : "cpp",
				    dt_strerror(err));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (status)
		return dt_set_error(dtp, EDT_COMPILER,
				    "Preprocessor failed to process input program");
	return out->nomem ? EDT_NOMEM : 0;
}
