/* SPDX-License-Identifier: MIT */
/*
 * What printf-like actions do with their text: print it, run it as a command, name the output file
 * with it.  The doors of dtrace_fprintf() and its kin, and what the rows' hooks build upon.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include "consume/aggs.h"

extern char **environ;

/* The text of a format, cut to strsize, as a C string that the caller frees. Returns records used,
 * or -1. */
static int make_text(struct dt_consume *con, const struct dt_fmt *fmt, const dtrace_recdesc_t *recs,
		     uint32_t nrecs, const void *buf, size_t len, char **text)
{
	struct dt_out out = { .con = con };
	size_t max = con->layout->strsize ? con->layout->strsize - 1 : SIZE_MAX;
	int used = dt_fmt_run(con, &out, fmt, recs, nrecs, buf, len);

	*text = used < 0 ? NULL : strndup(dt_strbuf_str(&out.text), max);
	dt_strbuf_free(&out.text);
	if (used >= 0 && !*text)
		return dt_con_error(con, EDT_NOMEM);
	return used;
}

int dt_consume_fprintf(struct dt_consume *con, FILE *fp, const struct dt_fmt *fmt,
		       const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		       const void *buf, size_t len)
{
	int used;

	con->out.fp = fp;
	con->out.probe = data;
	used = dt_fmt_run(con, &con->out, fmt, recs, nrecs, buf, len);
	if (used < 0 || dt_out_flush(&con->out, recs, NULL, 0)) {
		dt_strbuf_clear(&con->out.text);
		return -1;
	}
	return used;
}

int dt_consume_fprinta(struct dt_consume *con, FILE *fp, const struct dt_fmt *fmt,
		       const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		       const void *buf, size_t len)
{
	_cleanup_free_ dtrace_aggvarid_t *ids = calloc((size_t)nrecs + 1, sizeof(*ids));
	uint32_t n = 0;

	if (!ids)
		return dt_con_error(con, EDT_NOMEM);
	while (n < nrecs && recs[n].dtrd_action == DTRACEACT_PRINTA &&
	       recs[n].dtrd_uarg == recs[0].dtrd_uarg) {
		if (recs[n].dtrd_size != sizeof(*ids) || recs[n].dtrd_offset + sizeof(*ids) > len)
			return dt_con_error(con, EDT_DOFFSET);
		memcpy(&ids[n], (const char *)buf + recs[n].dtrd_offset, sizeof(*ids));
		n++;
	}
	if (!n)
		return dt_con_error(con, EDT_DMISMATCH);
	con->out.fp = fp;
	con->out.probe = data;
	return dt_agg_printa(con, &con->out, fmt, ids, (int)n, recs) < 0 ? -1 : (int)n;
}

/* Its own child, waited for by its number alone. */
static int run_shell(struct dt_consume *con, const char *command)
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

int dt_consume_system(struct dt_consume *con, FILE *fp, const struct dt_fmt *fmt,
		      const dtrace_probedata_t *data DT_UNUSED, const dtrace_recdesc_t *recs,
		      uint32_t nrecs, const void *buf, size_t len)
{
	_cleanup_free_ char *text = NULL;
	int used = make_text(con, fmt, recs, nrecs, buf, len, &text);

	if (used < 0)
		return -1;
	if (fp)
		fflush(fp);
	return run_shell(con, text) ? -1 : used;
}

/* Back to what FP was before the first freopen(). */
static void restore(struct dt_consume *con, int fd)
{
	if (con->freopen_fd < 0)
		return;
	dup2(con->freopen_fd, fd);
	close(con->freopen_fd);
	con->freopen_fd = -1;
}

static int redirect(struct dt_consume *con, int fd, const char *path,
		    const dtrace_probedata_t *data)
{
	_cleanup_fd_ int new_fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	_cleanup_free_ char *msg = NULL;

	if (new_fd < 0) {
		if (asprintf(&msg, "couldn't freopen() \"%s\": %s", path, strerror(errno)) < 0)
			return dt_con_error(con, EDT_NOMEM);
		return dt_con_libfault(con, data, msg);
	}
	if (con->freopen_fd < 0)
		con->freopen_fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	return dup2(new_fd, fd) < 0 ? dt_con_error(con, errno) : 0;
}

int dt_consume_freopen(struct dt_consume *con, FILE *fp, const struct dt_fmt *fmt,
		       const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		       const void *buf, size_t len)
{
	_cleanup_free_ char *text = NULL;
	int used = make_text(con, fmt, recs, nrecs, buf, len, &text);

	if (used < 0 || !fp || fileno(fp) < 0)
		return used;
	fflush(fp);
	if (!text[0])
		restore(con, fileno(fp));
	else if (redirect(con, fileno(fp), text, data))
		return -1;
	return used;
}
