/* SPDX-License-Identifier: MIT */
/*
 * The table of what a kernel may lack, and the trials that find out.  Each trial does the thing on
 * the smallest scale and undoes it, in 20 to 100 microseconds, when it is first asked for
 * (feature.h).
 */
#include <linux/btf.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include "bpf/ctx.h"

#define NO_SUCH_TRACEPOINT "dtrace_no_such_tracepoint"

static bool try_load(struct dt_bpf *ctx, struct dt_bpf_prog_spec spec)
{
	int fd = dt_bpf_prog_load(ctx, &spec, NULL);

	if (fd >= 0)
		dt_bpf_close(ctx, fd);
	return fd >= 0;
}

/* Whether a program made of INSNS (an array, its labels resolved here) loads. */
#define TRY_LOAD(ctx, insns_, ...)                                                                \
	try_load((ctx),                                                                           \
		 (struct dt_bpf_prog_spec){ .insns = (insns_),                                    \
					    .ninsns = dt_insn_link((insns_), ARRAY_SIZE(insns_)), \
					    __VA_ARGS__ })

static bool try_map(struct dt_bpf *ctx, const struct dt_bpf_map_spec *spec)
{
	int fd = dt_bpf_map_create(ctx, spec);

	if (fd >= 0)
		dt_bpf_close(ctx, fd);
	return fd >= 0;
}

#define RETURN_0 dt_insn_movi(BPF_REG_0, 0), dt_insn_exit()

static int load_nothing(struct dt_bpf *ctx, enum bpf_prog_type type, uint32_t attach_type,
			uint32_t flags)
{
	struct bpf_insn code[] = { RETURN_0 };
	struct dt_bpf_prog_spec spec = {
		.insns = code,
		.ninsns = ARRAY_SIZE(code),
		.type = type,
		.expected_attach_type = attach_type,
		.flags = flags,
	};

	return dt_bpf_prog_load(ctx, &spec, NULL);
}

/* Whether a helper without arguments may be called in a program of TYPE. */
static bool has_helper(struct dt_bpf *ctx, enum bpf_prog_type type, int32_t helper)
{
	struct bpf_insn code[] = { dt_insn_call(helper), RETURN_0 };

	return TRY_LOAD(ctx, code, .type = type);
}

static bool try_BPF(struct dt_bpf *ctx)
{
	int fd = load_nothing(ctx, BPF_PROG_TYPE_RAW_TRACEPOINT, 0, 0);

	if (fd >= 0)
		dt_bpf_close(ctx, fd);
	return fd >= 0;
}

static bool try_BTF(struct dt_bpf *ctx)
{
	return dt_bpf_btf_id(ctx, "task_struct", BTF_KIND_STRUCT) > 0;
}

static bool try_RINGBUF(struct dt_bpf *ctx)
{
	return try_map(ctx,
		       &(struct dt_bpf_map_spec){ .type = BPF_MAP_TYPE_RINGBUF,
						  .max_entries = (uint32_t)sysconf(_SC_PAGESIZE) });
}

static bool try_STACK_MAP(struct dt_bpf *ctx)
{
	return try_map(ctx, &(struct dt_bpf_map_spec){ .type = BPF_MAP_TYPE_STACK_TRACE,
						       .key_size = 4,
						       .value_size = 127 * 8,
						       .max_entries = 1 });
}

static bool try_TASK_STORAGE(struct dt_bpf *ctx)
{
	struct dt_bpf_map_spec map = { .type = BPF_MAP_TYPE_TASK_STORAGE,
				       .key_size = 4,
				       .value_size = 8,
				       .flags = BPF_F_NO_PREALLOC,
				       .btf = DT_BPF_MAP_BTF_BYTES };
	int fd = dt_bpf_map_create(ctx, &map);
	struct bpf_insn code[] = {
		dt_insn_call(BPF_FUNC_get_current_task_btf),
		dt_insn_mov(BPF_REG_2, BPF_REG_0),
		DT_INSN_IMM64(BPF_REG_1, BPF_PSEUDO_MAP_FD, (uint32_t)fd),
		dt_insn_movi(BPF_REG_3, 0),
		dt_insn_movi(BPF_REG_4, BPF_LOCAL_STORAGE_GET_F_CREATE),
		dt_insn_call(BPF_FUNC_task_storage_get),
		RETURN_0,
	};
	bool yes = fd >= 0 && TRY_LOAD(ctx, code, .type = BPF_PROG_TYPE_RAW_TRACEPOINT);

	dt_bpf_close(ctx, fd);
	return yes;
}

static bool try_BATCH_PERCPU_HASH(struct dt_bpf *ctx)
{
	struct dt_bpf_map_spec map = { .type = BPF_MAP_TYPE_PERCPU_HASH,
				       .key_size = 8,
				       .value_size = 8,
				       .max_entries = 1,
				       .flags = BPF_F_NO_PREALLOC };
	uint8_t token[8], *values = malloc(dt_bpf_entry_size(ctx, &map));
	union bpf_attr attr = { .batch = { .out_batch = dt_bpf_ptr(token),
					   .keys = dt_bpf_ptr(token),
					   .values = dt_bpf_ptr(values),
					   .count = 1 } };
	int fd = dt_bpf_map_create(ctx, &map), err = -EINVAL;

	if (fd >= 0 && values) {
		attr.batch.map_fd = (uint32_t)fd;
		err = dt_bpf_sys(BPF_MAP_LOOKUP_AND_DELETE_BATCH, &attr, sizeof(attr));
	}
	free(values);
	dt_bpf_close(ctx, fd);
	return !err || err == -ENOENT;
}

/* No trial can show that allocating inside of a tracing program cannot deadlock.  The allocator
 * that makes sure of it came with 6.1, and so did this map type. */
static bool try_NOPREALLOC(struct dt_bpf *ctx)
{
	return try_map(ctx,
		       &(struct dt_bpf_map_spec){ .type = BPF_MAP_TYPE_USER_RINGBUF,
						  .max_entries = (uint32_t)sysconf(_SC_PAGESIZE) });
}

static bool try_BPF_LOOP(struct dt_bpf *ctx)
{
	enum { CALLBACK };
	struct bpf_insn code[] = {
		dt_insn_movi(BPF_REG_1, 1),  DT_INSN_IMM64(BPF_REG_2, BPF_PSEUDO_FUNC, CALLBACK),
		dt_insn_movi(BPF_REG_3, 0),  dt_insn_movi(BPF_REG_4, 0),
		dt_insn_call(BPF_FUNC_loop), dt_insn_exit(),
		dt_insn_label(CALLBACK),     RETURN_0,
	};
	const uint32_t subprogs[] = { 0, ARRAY_SIZE(code) - 3 }; /* CALLBACK, without its mark */

	return TRY_LOAD(ctx, code, .type = BPF_PROG_TYPE_RAW_TRACEPOINT, .subprogs = subprogs,
			.nsubprogs = 2);
}

static bool try_PROG_BTF(struct dt_bpf *ctx)
{
	return dt_bpf_btf_func(ctx) >= 0;
}

/* Asks for a tracepoint that does not exist: the answer is ENOENT where raw tracepoints exist. */
static bool try_RAW_TP(struct dt_bpf *ctx)
{
	union bpf_attr attr = { .raw_tracepoint = { .name = dt_bpf_ptr(NO_SUCH_TRACEPOINT) } };
	int fd = load_nothing(ctx, BPF_PROG_TYPE_RAW_TRACEPOINT, 0, 0), err;

	if (fd < 0)
		return false;
	attr.raw_tracepoint.prog_fd = (uint32_t)fd;
	err = dt_bpf_sys(BPF_RAW_TRACEPOINT_OPEN, &attr, sizeof(attr));
	dt_bpf_close(ctx, fd);
	return err == -ENOENT;
}

static bool try_RAW_TP_TEST_RUN(struct dt_bpf *ctx)
{
	uint64_t args[2] = { 0 };
	int fd = load_nothing(ctx, BPF_PROG_TYPE_RAW_TRACEPOINT, 0, 0), err;

	if (fd < 0)
		return false;
	err = dt_bpf_test_run(fd, args, sizeof(args), NULL);
	dt_bpf_close(ctx, fd);
	return !err;
}

static bool try_RAW_TP_COOKIE(struct dt_bpf *ctx)
{
	return has_helper(ctx, BPF_PROG_TYPE_RAW_TRACEPOINT, BPF_FUNC_get_attach_cookie);
}

static bool try_TP_BTF(struct dt_bpf *ctx)
{
	struct bpf_insn code[] = { RETURN_0 };
	int id = dt_bpf_btf_id(ctx, "btf_trace_sched_switch", BTF_KIND_TYPEDEF);

	return id > 0 &&
	       TRY_LOAD(ctx, code, .type = BPF_PROG_TYPE_TRACING,
			.expected_attach_type = BPF_TRACE_RAW_TP, .attach_btf_id = (uint32_t)id);
}

/* The kernel keeps bpf_fentry_test1() for such trials.  Loading alone proves nothing: the
 * trampoline is made at attach, which is where kernels without dynamic ftrace refuse. */
static bool try_FENTRY(struct dt_bpf *ctx)
{
	struct bpf_insn code[] = { RETURN_0 };
	int id = dt_bpf_btf_id(ctx, "bpf_fentry_test1", BTF_KIND_FUNC), prog, link;
	struct dt_bpf_prog_spec spec = {
		.insns = code,
		.ninsns = ARRAY_SIZE(code),
		.type = BPF_PROG_TYPE_TRACING,
		.expected_attach_type = BPF_TRACE_FENTRY,
		.attach_btf_id = (uint32_t)DT_MAX(id, 0),
	};
	union bpf_attr attr = { 0 };

	prog = id > 0 ? dt_bpf_prog_load(ctx, &spec, NULL) : -ENOENT;
	if (prog < 0)
		return false;
	attr.raw_tracepoint.prog_fd = (uint32_t)prog;
	link = dt_bpf_sys(BPF_RAW_TRACEPOINT_OPEN, &attr, sizeof(attr));
	if (link >= 0)
		close(link);
	dt_bpf_close(ctx, prog);
	return link >= 0;
}

/* This perf device exists exactly if the kernel was built with the probes. */
static bool try_KPROBE(struct dt_bpf *ctx DT_UNUSED)
{
	return !access("/sys/bus/event_source/devices/kprobe/type", F_OK);
}

static bool try_UPROBE(struct dt_bpf *ctx DT_UNUSED)
{
	return !access("/sys/bus/event_source/devices/uprobe/type", F_OK);
}

/* A function that does not exist: ESRCH where the link type exists. */
static bool try_KPROBE_MULTI(struct dt_bpf *ctx)
{
	const char *syms[] = { "dtrace_no_such_function" };
	int fd = load_nothing(ctx, BPF_PROG_TYPE_KPROBE, BPF_TRACE_KPROBE_MULTI, 0), err;
	union bpf_attr attr = { 0 };

	if (fd < 0)
		return false;
	attr.link_create.prog_fd = (uint32_t)fd;
	attr.link_create.attach_type = BPF_TRACE_KPROBE_MULTI;
	attr.link_create.kprobe_multi.cnt = 1;
	attr.link_create.kprobe_multi.syms = dt_bpf_ptr(syms);
	err = dt_bpf_sys(BPF_LINK_CREATE, &attr, sizeof(attr));
	if (err >= 0)
		close(err);
	dt_bpf_close(ctx, fd);
	return err == -ESRCH;
}

/* A directory cannot be probed: EBADF where the link type exists. */
static bool try_UPROBE_MULTI(struct dt_bpf *ctx)
{
	const uint64_t offset = 0;
	int fd = load_nothing(ctx, BPF_PROG_TYPE_KPROBE, DT_BPF_TRACE_UPROBE_MULTI, 0), err;
	struct dt_bpf_uprobe_multi attr = { .path = dt_bpf_ptr("/"),
					    .offsets = dt_bpf_ptr(&offset),
					    .cnt = 1 };

	if (fd < 0)
		return false;
	attr.prog_fd = (uint32_t)fd;
	attr.attach_type = DT_BPF_TRACE_UPROBE_MULTI;
	err = dt_bpf_sys_raw(BPF_LINK_CREATE, &attr, sizeof(attr));
	if (err >= 0)
		close(err);
	dt_bpf_close(ctx, fd);
	return err == -EBADF;
}

static bool try_UPROBE_SLEEPABLE(struct dt_bpf *ctx)
{
	int fd = load_nothing(ctx, BPF_PROG_TYPE_KPROBE, 0, BPF_F_SLEEPABLE);

	if (fd >= 0)
		dt_bpf_close(ctx, fd);
	return fd >= 0;
}

static bool try_PERF_COOKIE(struct dt_bpf *ctx)
{
	return has_helper(ctx, BPF_PROG_TYPE_PERF_EVENT, BPF_FUNC_get_attach_cookie);
}

static bool try_PERF_CLOCK(struct dt_bpf *ctx)
{
	struct perf_event_attr attr = { .size = sizeof(attr),
					.type = PERF_TYPE_SOFTWARE,
					.config = PERF_COUNT_SW_CPU_CLOCK,
					.sample_period = 1000000000,
					.disabled = 1 };
	long fd = syscall(SYS_perf_event_open, &attr, -1, ctx->online[0], -1, PERF_FLAG_FD_CLOEXEC);

	if (fd >= 0)
		close((int)fd);
	return fd >= 0;
}

static bool try_TIMER_SYSCALL(struct dt_bpf *ctx)
{
	struct dt_bpf_map_spec map = { .type = BPF_MAP_TYPE_ARRAY,
				       .key_size = 4,
				       .value_size = 24,
				       .max_entries = 1,
				       .btf = DT_BPF_MAP_BTF_TIMER };
	int fd = dt_bpf_map_create(ctx, &map);
	enum { NOT_FOUND };
	struct bpf_insn code[] = {
		dt_insn_st(BPF_W, BPF_REG_10, -4, 0),
		dt_insn_mov(BPF_REG_2, BPF_REG_10),
		dt_insn_alui(BPF_ADD, BPF_REG_2, -4),
		DT_INSN_IMM64(BPF_REG_1, BPF_PSEUDO_MAP_FD, (uint32_t)fd),
		dt_insn_call(BPF_FUNC_map_lookup_elem),
		dt_insn_jmpi(BPF_JEQ, BPF_REG_0, 0, NOT_FOUND),
		dt_insn_mov(BPF_REG_1, BPF_REG_0),
		DT_INSN_IMM64(BPF_REG_2, BPF_PSEUDO_MAP_FD, (uint32_t)fd),
		dt_insn_movi(BPF_REG_3, 1), /* CLOCK_MONOTONIC */
		dt_insn_call(BPF_FUNC_timer_init),
		dt_insn_label(NOT_FOUND),
		RETURN_0,
	};
	bool yes = fd >= 0 &&
		   TRY_LOAD(ctx, code, .type = BPF_PROG_TYPE_SYSCALL, .flags = BPF_F_SLEEPABLE);

	dt_bpf_close(ctx, fd);
	return yes;
}

static bool try_TASK_BTF(struct dt_bpf *ctx)
{
	return has_helper(ctx, BPF_PROG_TYPE_RAW_TRACEPOINT, BPF_FUNC_get_current_task_btf);
}

static bool try_WRITE_USER(struct dt_bpf *ctx)
{
	struct bpf_insn code[] = {
		dt_insn_movi(BPF_REG_1, 0),
		dt_insn_mov(BPF_REG_2, BPF_REG_10),
		dt_insn_alui(BPF_ADD, BPF_REG_2, -8),
		dt_insn_st(BPF_DW, BPF_REG_2, 0, 0),
		dt_insn_movi(BPF_REG_3, 8),
		dt_insn_call(BPF_FUNC_probe_write_user),
		RETURN_0,
	};

	return TRY_LOAD(ctx, code, .type = BPF_PROG_TYPE_RAW_TRACEPOINT);
}

static bool try_COPY_FROM_USER_STR(struct dt_bpf *ctx)
{
	return dt_bpf_btf_id(ctx, "bpf_copy_from_user_str", BTF_KIND_FUNC) > 0;
}

static const struct {
	struct dt_bpf_feature_info info;
	bool (*trial)(struct dt_bpf *ctx);
} rows[] = {
#define X(name_, words_, since_, used_for_) \
	[DT_BPF_HAS_##name_] = { { #name_, words_, since_, used_for_ }, try_##name_ },
	DT_BPF_FEATURES(X)
#undef X
};

bool dt_bpf_has(struct dt_bpf *ctx, enum dt_bpf_feature feature)
{
	if (!ctx->features[feature])
		ctx->features[feature] = rows[feature].trial(ctx) ? 1 : -1;
	return ctx->features[feature] > 0;
}

const struct dt_bpf_feature_info *dt_bpf_feature_info(enum dt_bpf_feature feature)
{
	return &rows[feature].info;
}
