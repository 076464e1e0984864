/* SPDX-License-Identifier: MIT */
/*
 * The C preprocessor, for dtrace -C: cpp(1) as a child process, which reads the text from its
 * standard input and writes to a pipe; see cpp.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include "base/errno.h"
#include "base/vec.h"
#include "lang/cpp.h"

extern char **environ;

static const char *const fixed_args[] = { "-D__linux", "-D__unix", "-D__SVR4", "-D__DTRACE", "-" };

static const char *path_of(const struct dt_cpp_opts *opts)
{
	return opts->path ? opts->path : "cpp";
}

static int start_cpp(const struct dt_cpp_opts *opts, int in, int out, pid_t *pid)
{
	const char *path = path_of(opts);
	DT_VEC(const char *) args = { 0 };
	posix_spawn_file_actions_t actions;
	bool ok = dt_vec_push(&args, path);
	int err;

	for (size_t i = 0; i < opts->nargs; i++)
		ok = ok && dt_vec_push(&args, opts->args[i]);
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
 * The text as the child's standard input; -1: errno says why.  A first line that begins with #! is
 * not for cpp: it is left out, but its newline stays, which keeps the line numbers.
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

static int fail(struct dt_strbuf *why, const char *fmt, ...) DT_PRINTF(2, 3);
static int fail(struct dt_strbuf *why, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	dt_strbuf_vprintf(why, fmt, ap);
	va_end(ap);
	return -EDT_COMPILER;
}

int dt_cpp_run(const struct dt_cpp_opts *opts, const char *text, size_t len, struct dt_strbuf *out,
	       struct dt_strbuf *why)
{
	_cleanup_fd_ int in = input_of(text, len);
	int pipes[2], status = 0, err;
	pid_t pid;

	if (in < 0 || pipe2(pipes, O_CLOEXEC))
		return -errno;
	err = start_cpp(opts, in, pipes[1], &pid);
	close(pipes[1]);
	if (!err)
		drain(pipes[0], out);
	close(pipes[0]);
	if (err)
		return fail(why, "Failed to fork/exec preprocessor %s: %s", path_of(opts),
			    dt_strerror(err));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (status)
		return fail(why, "Preprocessor failed to process input program");
	if (out->nomem)
		return -EDT_NOMEM;
	dt_cheader_blank(out->s, out->len);
	return 0;
}
