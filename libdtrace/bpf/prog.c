/* SPDX-License-Identifier: MIT */
/*
 * Programs: relocation, loading, and test runs.  A program is loaded without a log first, and again
 * with one if it is refused, since writing the log costs more than the verification: for 100,000
 * instructions a second against 50 ms.
 */
#include "bpf/ctx.h"

#define LICENSE_FOR_GPL_HELPERS "Dual MIT/GPL"
#define LOG_MIN                 (256U << 10)
#define LOG_MAX                 (64U << 20)

static int relocate(const struct dt_bpf_prog_spec *spec)
{
	for (size_t i = 0; i < spec->nrelocs; i++) {
		const struct dt_bpf_reloc *r = &spec->relocs[i];
		struct bpf_insn *insn;

		if (r->insn + 1 >= spec->ninsns || r->map >= spec->nmap_fds)
			return -EINVAL;
		insn = &spec->insns[r->insn];
		insn[0].imm = spec->map_fds[r->map];
		insn[0].src_reg = r->kind == DT_BPF_RELOC_MAP ? BPF_PSEUDO_MAP_FD
							      : BPF_PSEUDO_MAP_VALUE;
		insn[1].imm = r->kind == DT_BPF_RELOC_MAP ? 0 : (int32_t)r->off;
	}
	return 0;
}

/* The func_info of a program, and the BTF that it refers to. */
struct func_info {
	struct bpf_func_info *info;
	int btf; /* of this program alone; -1: the context's or none */
};

static void free_func_info(struct func_info *fi)
{
	free(fi->info);
	if (fi->btf >= 0)
		close(fi->btf);
}

static bool has_global(const struct dt_bpf_prog_spec *spec)
{
	for (size_t i = 0; spec->func_types && i < spec->nsubprogs; i++)
		if (spec->func_types[i].is_global)
			return true;
	return false;
}

static int fill_func_info(struct dt_bpf *ctx, const struct dt_bpf_prog_spec *spec,
			  union bpf_attr *attr, struct func_info *out)
{
	bool own = has_global(spec);
	int fd;

	if (!spec->nsubprogs)
		return 0;
	out->info = calloc(spec->nsubprogs, sizeof(*out->info));
	if (!out->info)
		return -ENOMEM;
	fd = own ? dt_bpf_btf_funcs(spec, out->info) : dt_bpf_btf_func(ctx);
	if (fd < 0)
		return fd == -ENOMEM ? fd : 0; /* no BTF here: the program may not need it */
	if (own)
		out->btf = fd;
	for (size_t i = 0; i < spec->nsubprogs; i++) {
		out->info[i].insn_off = spec->subprogs[i];
		if (!own)
			out->info[i].type_id = ctx->func_type_id;
	}
	attr->prog_btf_fd = (uint32_t)fd;
	attr->func_info = dt_bpf_ptr(out->info);
	attr->func_info_cnt = (uint32_t)spec->nsubprogs;
	attr->func_info_rec_size = sizeof(*out->info);
	return 0;
}

/* Since Linux 6.4 a buffer that is too small holds the log's end, before that its beginning.  The
 * last line counts the instructions: "processed 12 insns ...". */
static bool has_end(const char *log)
{
	size_t len = strlen(log);
	const char *last = log + len;

	while (last > log && (last == log + len || last[-1] != '\n'))
		last--;
	return !strncmp(last, "processed ", strlen("processed "));
}

/* Loads again with a log of growing size, until it holds the log's end, or all of it.  ATTR is what
 * was refused. */
static int load_with_log(union bpf_attr *attr, int level, bool whole, uint32_t most, char **log)
{
	uint32_t size = DT_MIN(LOG_MIN, most);
	int ret = -ENOSPC;

	*log = NULL;
	for (;; size = DT_MIN(4 * size, most)) {
		char *bigger = realloc(*log, size);

		if (!bigger)
			break;
		*log = bigger;
		bigger[0] = '\0';
		attr->log_level = (uint32_t)level;
		attr->log_buf = dt_bpf_ptr(bigger);
		attr->log_size = size;
		ret = dt_bpf_sys(BPF_PROG_LOAD, attr, sizeof(*attr));
		if (ret != -ENOSPC || size == most || (!whole && has_end(bigger)))
			break;
	}
	return ret;
}

static int fill_attr(const struct dt_bpf_prog_spec *spec, union bpf_attr *attr)
{
	int err = relocate(spec);

	if (err)
		return err;
	attr->prog_type = spec->type;
	attr->expected_attach_type = spec->expected_attach_type;
	attr->insns = dt_bpf_ptr(spec->insns);
	attr->insn_cnt = (uint32_t)spec->ninsns;
	attr->license = dt_bpf_ptr(LICENSE_FOR_GPL_HELPERS);
	attr->prog_flags = spec->flags;
	attr->attach_btf_id = spec->attach_btf_id;
	attr->attach_btf_obj_fd = (uint32_t)spec->attach_btf_fd;
	dt_bpf_obj_name(attr->prog_name, spec->name);
	return 0;
}

int dt_bpf_prog_load(struct dt_bpf *ctx, const struct dt_bpf_prog_spec *spec, char **log)
{
	__attribute__((cleanup(free_func_info))) struct func_info info = { .btf = -1 };
	union bpf_attr attr = { 0 };
	int ret, again;

	if (log)
		*log = NULL;
	ret = fill_attr(spec, &attr);
	if (!ret)
		ret = fill_func_info(ctx, spec, &attr, &info);
	if (ret)
		return ret;
	ret = dt_bpf_sys(BPF_PROG_LOAD, &attr, sizeof(attr));
	if (ret >= 0 || !log || ret == -EPERM || ret == -ENOSYS)
		return dt_bpf_own(ctx, ret);
	again = load_with_log(&attr, 1, spec->whole_log, spec->log_max ? spec->log_max : LOG_MAX,
			      log);
	if (again >= 0 ||
	    (*log &&
	     !**log)) { /* what stood in its way has gone, or the verifier was never asked */
		free(*log);
		*log = NULL;
	}
	return dt_bpf_own(ctx, again >= 0 ? again : ret);
}

int dt_bpf_prog_log(struct dt_bpf *ctx, const struct dt_bpf_prog_spec *spec, int level, char **log)
{
	__attribute__((cleanup(free_func_info))) struct func_info info = { .btf = -1 };
	union bpf_attr attr = { 0 };
	int ret = fill_attr(spec, &attr);

	*log = NULL;
	if (!ret)
		ret = fill_func_info(ctx, spec, &attr, &info);
	if (ret)
		return ret;
	ret = load_with_log(&attr, level, true, LOG_MAX, log);
	if (ret >= 0)
		close(ret);
	return DT_MIN(ret, 0);
}

int dt_bpf_test_run(int prog_fd, const void *args, size_t size, uint32_t *retval)
{
	union bpf_attr attr = { 0 };
	int err;

	attr.test.prog_fd = (uint32_t)prog_fd;
	attr.test.ctx_in = dt_bpf_ptr(args);
	attr.test.ctx_size_in = (uint32_t)size;
	err = dt_bpf_sys(BPF_PROG_TEST_RUN, &attr, sizeof(attr));
	if (!err && retval)
		*retval = attr.test.retval;
	return err;
}

int dt_bpf_prog_missed(int prog_fd, uint64_t *missed)
{
	struct bpf_prog_info info = { 0 };
	union bpf_attr attr = { 0 };
	int err;

	attr.info.bpf_fd = (uint32_t)prog_fd;
	attr.info.info = dt_bpf_ptr(&info);
	attr.info.info_len = sizeof(info);
	err = dt_bpf_sys(BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof(attr));
	*missed = err ? 0 : info.recursion_misses;
	return err;
}
