/* SPDX-License-Identifier: MIT */
/*
 * The context of bpf/: which descriptors and mappings a handle holds, its CPUs, and the bare system
 * call.  dt_bpf_free() closes whatever is still open, so that no error path of the rooms above can
 * leak.
 */
#include <ctype.h>
#include <fcntl.h>
#include <linux/membarrier.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include "bpf/ctx.h"

int dt_bpf_sys_raw(int cmd, void *attr, size_t size)
{
	long ret;

	/* EAGAIN: a signal interrupted the verification.  A few more attempts are enough; libbpf
	 * makes five. */
	for (int attempt = 0; attempt < 5; attempt++) {
		ret = syscall(SYS_bpf, cmd, attr, size);
		if (ret >= 0 || errno != EAGAIN || cmd != BPF_PROG_LOAD)
			break;
	}
	return ret < 0 ? -errno : (int)ret;
}

int dt_bpf_sys(int cmd, union bpf_attr *attr, size_t size)
{
	return dt_bpf_sys_raw(cmd, attr, size);
}

/* Reads a list of CPUs like "0-3,5" into IDS.  Returns the highest id, or -1 if the file says
 * nothing. */
static int read_cpu_list(const char *path, int *ids, int max, int *count)
{
	char buf[4096], *p = buf;
	int highest = -1, n = 0;
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len = fd < 0 ? -1 : read(fd, buf, sizeof(buf) - 1);

	if (len <= 0)
		return -1;
	buf[len] = '\0';
	while (isdigit((unsigned char)*p)) {
		int from = (int)strtol(p, &p, 10), to = from;

		if (*p == '-')
			to = (int)strtol(p + 1, &p, 10);
		for (int id = from; id <= to; id++) {
			if (ids && n < max)
				ids[n] = id;
			n++;
		}
		highest = DT_MAX(highest, to);
		if (*p == ',')
			p++;
	}
	if (count)
		*count = DT_MIN(n, ids ? max : n);
	return highest;
}

static bool find_cpus(struct dt_bpf *ctx)
{
	int highest = read_cpu_list("/sys/devices/system/cpu/possible", NULL, 0, NULL);

	ctx->ncpus = highest >= 0 ? highest + 1 : (int)DT_MAX(sysconf(_SC_NPROCESSORS_CONF), 1);
	ctx->online = calloc((size_t)ctx->ncpus, sizeof(*ctx->online));
	if (!ctx->online)
		return false;
	if (read_cpu_list("/sys/devices/system/cpu/online", ctx->online, ctx->ncpus,
			  &ctx->nonline) < 0) {
		ctx->nonline = ctx->ncpus;
		for (int i = 0; i < ctx->ncpus; i++)
			ctx->online[i] = i;
	}
	return true;
}

struct dt_bpf *dt_bpf_new(void)
{
	struct dt_bpf *ctx = calloc(1, sizeof(*ctx));

	if (ctx && !find_cpus(ctx)) {
		free(ctx);
		return NULL;
	}
	return ctx;
}

void dt_bpf_free(struct dt_bpf *ctx)
{
	if (!ctx)
		return;
	dt_vec_each(&ctx->mappings, m) munmap(m->mem, m->size);
	/* Last opened, first closed: links go before the programs and maps that they use. */
	for (size_t i = ctx->fds.n; i-- > 0;)
		close(ctx->fds.data[i]);
	dt_bpf_btf_release(ctx);
	dt_vec_free(&ctx->mappings);
	dt_vec_free(&ctx->fds);
	free(ctx->online);
	free(ctx);
}

int dt_bpf_own(struct dt_bpf *ctx, int fd)
{
	if (fd < 0)
		return fd;
	if (!dt_vec_push(&ctx->fds, fd)) {
		close(fd);
		return -ENOMEM;
	}
	return fd;
}

bool dt_bpf_disown(struct dt_bpf *ctx, int fd)
{
	for (size_t i = ctx->fds.n; i-- > 0;) {
		if (ctx->fds.data[i] != fd)
			continue;
		memmove(ctx->fds.data + i, ctx->fds.data + i + 1,
			(ctx->fds.n - i - 1) * sizeof(int));
		ctx->fds.n--;
		return true;
	}
	return false;
}

void dt_bpf_close(struct dt_bpf *ctx, int fd)
{
	if (dt_bpf_disown(ctx, fd))
		close(fd);
}

int dt_bpf_own_mapping(struct dt_bpf *ctx, void *mem, size_t size)
{
	struct dt_bpf_mapping m = { mem, size };

	if (dt_vec_push(&ctx->mappings, m))
		return 0;
	munmap(mem, size);
	return -ENOMEM;
}

void dt_bpf_unmap(struct dt_bpf *ctx, void *mem)
{
	for (size_t i = 0; i < ctx->mappings.n; i++) {
		struct dt_bpf_mapping *m = &ctx->mappings.data[i];

		if (m->mem != mem)
			continue;
		munmap(m->mem, m->size);
		*m = ctx->mappings.data[--ctx->mappings.n];
		return;
	}
}

size_t dt_bpf_nopen(const struct dt_bpf *ctx)
{
	return ctx->fds.n;
}

int dt_bpf_ncpus(const struct dt_bpf *ctx)
{
	return ctx->ncpus;
}

int dt_bpf_nonline(const struct dt_bpf *ctx)
{
	return ctx->nonline;
}

const int *dt_bpf_online(const struct dt_bpf *ctx)
{
	return ctx->online;
}

int dt_bpf_grace_period(void)
{
	/* The global command is synchronize_rcu(), which is what is wanted here. */
	return syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0) < 0 ? -errno : 0;
}

void dt_bpf_obj_name(char dst[BPF_OBJ_NAME_LEN], const char *name)
{
	size_t i = 0;

	for (; name && name[i] && i < BPF_OBJ_NAME_LEN - 1; i++)
		dst[i] = isalnum((unsigned char)name[i]) || name[i] == '.' ? name[i] : '_';
	memset(dst + i, 0, BPF_OBJ_NAME_LEN - i);
}
