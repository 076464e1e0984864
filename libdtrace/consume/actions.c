/* SPDX-License-Identifier: MIT */
/*
 * printf(), printa(), system() and freopen(): see actions.h.  A command runs in a child of the
 * library's own; the text of a command and of a file name is cut to strsize, as D's strings are.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "consume/actions.h"
#include "consume/aggprint.h"
#include "consume/context.h"
#include "consume/faults.h"
#include "consume/output.h"
#include "consume/printf.h"

extern char **environ;

/* The text of a format, cut to strsize, as a C string that the caller frees. Returns records used,
 * or -1. */
static int make_text(struct dt_con *con, const struct dt_fmt *fmt, const struct dt_fmt_input *input,
		     char **text)
{
	struct dt_out out = { .con = con };
	size_t max = con->layout->strsize ? con->layout->strsize - 1 : SIZE_MAX;
	int used = dt_fmt_run(&out, fmt, input);

	*text = used < 0 ? NULL : strndup(dt_strbuf_str(&out.text), max);
	dt_strbuf_free(&out.text);
	if (used >= 0 && !*text)
		return dt_con_error(con, EDT_NOMEM);
	return used;
}

int dt_action_printf(struct dt_actions *actions, FILE *fp, const struct dt_fmt *fmt,
		     const dtrace_probedata_t *probe, const struct dt_fmt_input *input)
{
	struct dt_out *out = actions->out;
	int used;

	out->fp = fp;
	out->probe = probe;
	used = dt_fmt_run(out, fmt, input);
	if (used < 0 || dt_out_flush(out, input->recs, NULL, 0)) {
		dt_strbuf_clear(&out->text);
		return -1;
	}
	return used;
}

int dt_action_printa(struct dt_actions *actions, FILE *fp, const struct dt_fmt *fmt,
		     const dtrace_probedata_t *probe, const struct dt_fmt_input *input)
{
	const dtrace_recdesc_t *recs = input->recs;
	_cleanup_free_ dtrace_aggvarid_t *ids = calloc((size_t)input->nrecs + 1, sizeof(*ids));
	uint32_t n = 0;

	if (!ids)
		return dt_con_error(actions->con, EDT_NOMEM);
	while (n < input->nrecs && recs[n].dtrd_action == DTRACEACT_PRINTA &&
	       recs[n].dtrd_uarg == recs[0].dtrd_uarg) {
		if (recs[n].dtrd_size != sizeof(*ids) ||
		    recs[n].dtrd_offset + sizeof(*ids) > input->len)
			return dt_con_error(actions->con, EDT_DOFFSET);
		memcpy(&ids[n], (const char *)input->buf + recs[n].dtrd_offset, sizeof(*ids));
		n++;
	}
	if (!n)
		return dt_con_error(actions->con, EDT_DMISMATCH);
	actions->out->fp = fp;
	actions->out->probe = probe;
	if (dt_agg_printa(actions->aggs, actions->out, fmt, ids, (int)n, recs) < 0)
		return -1;
	return (int)n;
}

/* Waits for this child only: others belong to the host program. */
static int run_shell(struct dt_con *con, const char *command)
{
	char *argv[] = { "sh", "-c", (char *)command, NULL };
	pid_t pid;
	int err = posix_spawn(&pid, "/bin/sh", NULL, NULL, argv, environ);

	if (err)
		return dt_con_error(con, err);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return 0;
}

int dt_action_system(struct dt_actions *actions, FILE *fp, const struct dt_fmt *fmt,
		     const struct dt_fmt_input *input)
{
	_cleanup_free_ char *text = NULL;
	int used = make_text(actions->con, fmt, input, &text);

	if (used < 0)
		return -1;
	if (fp)
		fflush(fp);
	return run_shell(actions->con, text) ? -1 : used;
}

/* Back to what the file was before the first freopen(). */
static void restore(struct dt_actions *actions, int fd)
{
	if (actions->freopen_fd < 0)
		return;
	dup2(actions->freopen_fd, fd);
	close(actions->freopen_fd);
	actions->freopen_fd = -1;
}

static int redirect(struct dt_actions *actions, int fd, const char *path,
		    const dtrace_probedata_t *data)
{
	_cleanup_fd_ int new_fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	_cleanup_free_ char *msg = NULL;

	if (new_fd < 0) {
		if (asprintf(&msg, "couldn't freopen() \"%s\": %s", path, strerror(errno)) < 0)
			return dt_con_error(actions->con, EDT_NOMEM);
		return dt_fault_library(actions->con, data, msg);
	}
	if (actions->freopen_fd < 0)
		actions->freopen_fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	return dup2(new_fd, fd) < 0 ? dt_con_error(actions->con, errno) : 0;
}

int dt_action_freopen(struct dt_actions *actions, FILE *fp, const struct dt_fmt *fmt,
		      const dtrace_probedata_t *probe, const struct dt_fmt_input *input)
{
	_cleanup_free_ char *text = NULL;
	int used = make_text(actions->con, fmt, input, &text);

	if (used < 0 || !fp || fileno(fp) < 0)
		return used;
	fflush(fp);
	if (!text[0])
		restore(actions, fileno(fp));
	else if (redirect(actions, fileno(fp), text, probe))
		return -1;
	return used;
}

void dt_actions_fini(struct dt_actions *actions)
{
	if (actions->freopen_fd >= 0)
		close(actions->freopen_fd);
}
