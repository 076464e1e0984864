/* SPDX-License-Identifier: MIT */
/*
 * The life of an attachment, the same for all mechanisms: dt_attach_prepare() makes it,
 * dt_attach_open() attaches the program, dt_attach_close() detaches it and closes every descriptor
 * that the mechanism kept.  Below that, what the mechanisms share.
 */
#include <errno.h>
#include <linux/perf_event.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include "attach/attach.h"
#include "base/strbuf.h"
#include "base/vec.h"

int dt_attach_prepare(struct dt_bpf *ctx, const struct dt_target *target,
		      struct dt_bpf_prog_spec *spec, struct dt_strbuf *why, struct dt_attach **out)
{
	struct dt_attach *att = calloc(1, sizeof(*att));
	int err;

	*out = NULL;
	if (!att)
		return -ENOMEM;
	att->ctx = ctx;
	att->mech = target->mech;
	att->target = target;
	att->prog_fd = -1;
	err = target->mech->prepare(att, spec, why);
	if (err)
		dt_attach_close(&att, 1, NULL);
	else
		*out = att;
	return err;
}

int dt_attach_open(struct dt_attach *att, int prog_fd, struct dt_strbuf *why)
{
	int err;

	att->prog_fd = prog_fd;
	err = att->mech->attach ? att->mech->attach(att, why) : 0;
	att->target = NULL;
	return err;
}

typedef DT_VEC(int) fd_vec;

/* Closes what is closed quickly; the rest goes to SLOW, if there is memory for it. */
static void close_fds(struct dt_attach *att, fd_vec *slow)
{
	for (size_t i = att->nfds; i-- > 0;)
		if (!att->mech->slow_close || !dt_vec_push(slow, att->fds[i]))
			dt_bpf_close(att->ctx, att->fds[i]);
}

void dt_attach_close(struct dt_attach *const *atts, size_t n, const struct dt_progress *progress)
{
	struct dt_bpf *ctx = NULL;
	fd_vec slow = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct dt_attach *att = atts[i];

		if (!att)
			continue;
		ctx = att->ctx;
		if (att->mech->detach)
			att->mech->detach(att);
		close_fds(att, &slow);
		free(att->fds);
		free(att->left_out);
		free(att);
	}
	dt_bpf_close_many(ctx, slow.data, slow.n, progress);
	dt_vec_free(&slow);
}

uint64_t dt_attach_poll(struct dt_attach *att, uint64_t now_ns)
{
	return att->mech->poll ? att->mech->poll(att, now_ns) : UINT64_MAX;
}

uint64_t dt_attach_missed(struct dt_attach *att)
{
	uint64_t missed = 0;

	if (att->prog_fd >= 0)
		dt_bpf_prog_missed(att->prog_fd, &missed);
	return missed + (att->mech->missed ? att->mech->missed(att) : 0);
}

int dt_attach_keep(struct dt_attach *att, int fd)
{
	int *fds;

	if (fd < 0)
		return fd;
	fd = dt_bpf_own(att->ctx, fd);
	fds = fd < 0 ? NULL : realloc(att->fds, (att->nfds + 1) * sizeof(*fds));
	if (!fds) {
		if (fd >= 0)
			dt_bpf_close(att->ctx, fd);
		return -ENOMEM;
	}
	att->fds = fds;
	return fds[att->nfds++] = fd;
}

int dt_attach_leave_out(struct dt_attach *att, size_t index, uint64_t cookie, int err)
{
	struct dt_left_out *list = realloc(att->left_out, (att->nleft_out + 1) * sizeof(*list));

	if (!list)
		return -ENOMEM;
	att->left_out = list;
	list[att->nleft_out++] = (struct dt_left_out){ index, cookie, err };
	return 0;
}

void dt_attach_why(struct dt_strbuf *why, const char *fmt, ...)
{
	va_list ap;

	if (!why)
		return;
	va_start(ap, fmt);
	dt_strbuf_vprintf(why, fmt, ap);
	va_end(ap);
}

int dt_attach_perf_open(struct perf_event_attr *attr, pid_t pid, int cpu)
{
	long fd;

	attr->size = sizeof(*attr);
	fd = syscall(SYS_perf_event_open, attr, pid, cpu, -1, PERF_FLAG_FD_CLOEXEC);
	return fd < 0 ? -errno : (int)fd;
}
