/* SPDX-License-Identifier: MIT */
/* bpf/: maps of every kind, rings, programs that load and programs that are refused, test runs,
 * features, and that no descriptor is left open. */
#include <dirent.h>
#include <errno.h>
#include <linux/btf.h>
#include <stdlib.h>
#include "base/strbuf.h"
#include "bpf/bpf.h"
#include "test.h"

#define SKIPPED 77 /* what meson calls a skipped test */

static size_t open_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	size_t n = 0;

	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static int load(struct dt_bpf *ctx, struct bpf_insn *insns, size_t n, enum bpf_prog_type type,
		char **log)
{
	struct dt_bpf_prog_spec spec = {
		.insns = insns, .ninsns = n, .type = type, .name = "test-prog"
	};

	return dt_bpf_prog_load(ctx, &spec, log);
}

static void each_map_type_holds_a_value(struct dt_bpf *ctx)
{
	static const struct dt_bpf_map_spec specs[] = {
		{ .type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 16, .max_entries = 4 },
		{ .type = BPF_MAP_TYPE_HASH, .key_size = 4, .value_size = 16, .max_entries = 4 },
		{ .type = BPF_MAP_TYPE_HASH,
		  .key_size = 4,
		  .value_size = 16,
		  .max_entries = 4,
		  .flags = BPF_F_NO_PREALLOC },
		{ .type = BPF_MAP_TYPE_LRU_HASH,
		  .key_size = 4,
		  .value_size = 16,
		  .max_entries = 4 },
	};
	uint32_t key = 1;

	for (size_t i = 0; i < ARRAY_SIZE(specs); i++) {
		uint64_t in[2] = { i, 7 }, out[2] = { 0 };
		int fd = dt_bpf_map_create(ctx, &specs[i]);

		CHECK(fd >= 0);
		CHECK_INT(dt_bpf_map_update(fd, &key, in, BPF_ANY), 0);
		CHECK_INT(dt_bpf_map_lookup(fd, &key, out), 0);
		CHECK(!memcmp(in, out, sizeof(in)));
		if (specs[i].type != BPF_MAP_TYPE_ARRAY) {
			CHECK_INT(dt_bpf_map_delete(fd, &key), 0);
			CHECK_INT(dt_bpf_map_lookup(fd, &key, out), -ENOENT);
		}
		dt_bpf_close(ctx, fd);
	}
}

struct seen {
	uint64_t n, keys, values;
	size_t nvalues;
};

static int see(void *arg, const void *key, const void *value)
{
	struct seen *s = arg;

	s->n++;
	s->keys += *(const uint32_t *)key;
	for (size_t i = 0; i < s->nvalues; i++)
		s->values += ((const uint64_t *)value)[i];
	return 0;
}

/* 5,000 entries, so several batches; deleting leaves an empty map. */
static void a_walk_sees_every_entry_once(struct dt_bpf *ctx)
{
	struct dt_bpf_map_spec spec = { .type = BPF_MAP_TYPE_PERCPU_HASH,
					.key_size = 4,
					.value_size = 8,
					.max_entries = 8192,
					.flags = BPF_F_NO_PREALLOC };
	size_t ncpus = (size_t)dt_bpf_ncpus(ctx);
	uint64_t *values = calloc(ncpus, 8);
	int fd = dt_bpf_map_create(ctx, &spec);
	struct seen s = { .nvalues = ncpus };

	CHECK_INT(dt_bpf_entry_size(ctx, &spec), ncpus * 8);
	for (size_t i = 0; i < ncpus; i++)
		values[i] = i + 1;
	for (uint32_t key = 0; key < 5000; key++)
		CHECK_INT(dt_bpf_map_update(fd, &key, values, BPF_ANY), 0);
	CHECK_INT(dt_bpf_map_walk(ctx, fd, &spec, false, see, &s), 0);
	CHECK_INT(s.n, 5000);
	CHECK_INT(s.keys, 4999 * 5000 / 2);
	CHECK_INT(s.values, 5000 * ncpus * (ncpus + 1) / 2);
	s = (struct seen){ .nvalues = ncpus };
	CHECK_INT(dt_bpf_map_walk(ctx, fd, &spec, true, see, &s), 0);
	CHECK_INT(s.n, 5000);
	s.n = 0;
	CHECK_INT(dt_bpf_map_walk(ctx, fd, &spec, true, see, &s), 0);
	CHECK_INT(s.n, 0);
	dt_bpf_close(ctx, fd);
	free(values);
}

static void a_walk_reads_arrays(struct dt_bpf *ctx)
{
	struct dt_bpf_map_spec spec = {
		.type = BPF_MAP_TYPE_PERCPU_ARRAY, .key_size = 4, .value_size = 12, .max_entries = 3
	};
	struct seen s = { 0 };
	int fd = dt_bpf_map_create(ctx, &spec);

	CHECK_INT(dt_bpf_entry_size(ctx, &spec), dt_bpf_ncpus(ctx) * 16);
	CHECK_INT(dt_bpf_map_walk(ctx, fd, &spec, true, see, &s), 0);
	CHECK_INT(s.n, 3);
	CHECK_INT(s.keys, 3);
	dt_bpf_close(ctx, fd);
}

static void task_storage_counts_this_thread(struct dt_bpf *ctx)
{
	struct dt_bpf_map_spec spec = { .type = BPF_MAP_TYPE_TASK_STORAGE,
					.key_size = 4,
					.value_size = 40,
					.flags = BPF_F_NO_PREALLOC,
					.btf = DT_BPF_MAP_BTF_BYTES,
					.name = "self" };
	int fd = dt_bpf_map_create(ctx, &spec), prog;
	char *log;
	enum { OUT };
	/* p = task_storage_get(map, current, 0, CREATE); return p ? ++*p : 0 */
	struct bpf_insn code[] = {
		dt_insn_call(BPF_FUNC_get_current_task_btf),
		dt_insn_mov(BPF_REG_2, BPF_REG_0),
		DT_INSN_IMM64(BPF_REG_1, 0, 0),
		dt_insn_movi(BPF_REG_3, 0),
		dt_insn_movi(BPF_REG_4, BPF_LOCAL_STORAGE_GET_F_CREATE),
		dt_insn_call(BPF_FUNC_task_storage_get),
		dt_insn_jmpi(BPF_JEQ, BPF_REG_0, 0, OUT),
		dt_insn_ldx(BPF_DW, BPF_REG_1, BPF_REG_0, 32),
		dt_insn_alui(BPF_ADD, BPF_REG_1, 1),
		dt_insn_stx(BPF_DW, BPF_REG_0, 32, BPF_REG_1),
		dt_insn_mov(BPF_REG_0, BPF_REG_1),
		dt_insn_label(OUT),
		dt_insn_exit(),
	};
	const struct dt_bpf_reloc reloc = { .insn = 2, .kind = DT_BPF_RELOC_MAP };
	struct dt_bpf_prog_spec ps = { .insns = code,
				       .ninsns = dt_insn_link(code, ARRAY_SIZE(code)),
				       .relocs = &reloc,
				       .nrelocs = 1,
				       .map_fds = &fd,
				       .nmap_fds = 1,
				       .type = BPF_PROG_TYPE_RAW_TRACEPOINT };
	uint64_t args[2] = { 0 };
	uint32_t ret = 0;

	CHECK(fd >= 0);
	prog = dt_bpf_prog_load(ctx, &ps, &log);
	CHECK(prog >= 0);
	for (uint32_t i = 1; i <= 3; i++) {
		CHECK_INT(dt_bpf_test_run(prog, args, sizeof(args), &ret), 0);
		CHECK_INT(ret, i);
	}
	free(log);
	dt_bpf_close(ctx, prog);
	dt_bpf_close(ctx, fd);
}

static void an_area_is_shared_memory(struct dt_bpf *ctx)
{
	struct dt_bpf_area area;
	struct bpf_insn code[] = {
		/* area[4096]: *p += 5; return *p */
		DT_INSN_IMM64(BPF_REG_1, 0, 0),
		dt_insn_movi(BPF_REG_2, 5),
		dt_insn_atomic(BPF_DW, BPF_ADD | BPF_FETCH, BPF_REG_1, 0, BPF_REG_2),
		dt_insn_ldx(BPF_DW, BPF_REG_0, BPF_REG_1, 0),
		dt_insn_exit(),
	};
	const struct dt_bpf_reloc reloc = { .kind = DT_BPF_RELOC_VALUE, .off = 4096 };
	struct dt_bpf_prog_spec ps = { .insns = code,
				       .ninsns = ARRAY_SIZE(code),
				       .relocs = &reloc,
				       .nrelocs = 1,
				       .map_fds = &area.fd,
				       .nmap_fds = 1,
				       .type = BPF_PROG_TYPE_RAW_TRACEPOINT };
	uint64_t args[2] = { 0 }, *word;
	uint32_t ret;
	int prog;

	CHECK_INT(dt_bpf_area_create(ctx, 10000, "state", &area), 0);
	word = (uint64_t *)((char *)area.mem + 4096);
	*word = 37;
	prog = dt_bpf_prog_load(ctx, &ps, NULL);
	CHECK(prog >= 0);
	CHECK_INT(dt_bpf_test_run(prog, args, sizeof(args), &ret), 0);
	CHECK_INT(ret, 42);
	CHECK_INT(*word, 42);
	dt_bpf_close(ctx, prog);
	dt_bpf_unmap(ctx, area.mem);
	dt_bpf_close(ctx, area.fd);
}

static int sum_records(void *arg, const void *rec, uint32_t len)
{
	uint64_t *sum = arg;

	CHECK_INT(len, 12);
	*sum += *(const uint32_t *)rec;
	return 0;
}

/* ringbuf_output of 12 bytes whose first word is an argument, until the ring is full; wraps many
 * times. */
static void a_ring_gives_back_what_went_in(struct dt_bpf *ctx)
{
	struct dt_ring ring;
	struct bpf_insn code[] = {
		dt_insn_ldx(BPF_DW, BPF_REG_2, BPF_REG_1, 0),
		dt_insn_stx(BPF_DW, BPF_REG_10, -16, BPF_REG_2),
		dt_insn_st(BPF_DW, BPF_REG_10, -8, 0),
		DT_INSN_IMM64(BPF_REG_1, 0, 0),
		dt_insn_mov(BPF_REG_2, BPF_REG_10),
		dt_insn_alui(BPF_ADD, BPF_REG_2, -16),
		dt_insn_movi(BPF_REG_3, 12),
		dt_insn_movi(BPF_REG_4, BPF_RB_NO_WAKEUP),
		dt_insn_call(BPF_FUNC_ringbuf_output),
		dt_insn_exit(),
	};
	const struct dt_bpf_reloc reloc = { .insn = 3, .kind = DT_BPF_RELOC_MAP };
	struct dt_bpf_prog_spec ps = { .insns = code,
				       .ninsns = ARRAY_SIZE(code),
				       .relocs = &reloc,
				       .nrelocs = 1,
				       .map_fds = &ring.fd,
				       .nmap_fds = 1,
				       .type = BPF_PROG_TYPE_RAW_TRACEPOINT };
	uint64_t args[2] = { 0 }, want = 0, got = 0, nput = 0, nrefused = 0;
	int64_t nread = 0;
	uint32_t ret;
	int prog;

	CHECK_INT(dt_ring_create(ctx, 5000, "ring", &ring), 0);
	CHECK_INT(ring.size, 8192);
	prog = dt_bpf_prog_load(ctx, &ps, NULL);
	CHECK(prog >= 0);
	for (uint32_t i = 0; i < 3000; i++) {
		args[0] = i;
		CHECK_INT(dt_bpf_test_run(prog, args, sizeof(args), &ret), 0);
		if (ret) {
			nrefused++;
		} else {
			nput++;
			want += i;
		}
		if (i % 500 == 499) {
			CHECK(dt_ring_fill(&ring) > 0);
			nread += dt_ring_consume(&ring, sum_records, &got);
		}
	}
	CHECK(nrefused > 0);
	CHECK_INT(nread, nput);
	CHECK_INT(got, want);
	CHECK_INT(dt_ring_fill(&ring), 0);
	dt_bpf_close(ctx, prog);
	dt_ring_close(ctx, &ring);
}

static void rings_live_in_a_map_of_maps(struct dt_bpf *ctx)
{
	struct dt_bpf_map_spec inner = { .type = BPF_MAP_TYPE_RINGBUF, .max_entries = 4096 };
	struct dt_bpf_map_spec outer = { .type = BPF_MAP_TYPE_ARRAY_OF_MAPS,
					 .key_size = 4,
					 .value_size = 4,
					 .max_entries = 2,
					 .inner = &inner };
	struct dt_ring ring;
	uint32_t key = 1;
	int fd = dt_bpf_map_create(ctx, &outer);

	CHECK(fd >= 0);
	CHECK_INT(dt_ring_create(ctx, 65536, "big", &ring), 0); /* sizes may differ */
	CHECK_INT(dt_bpf_map_update(fd, &key, &ring.fd, BPF_ANY), 0);
	dt_ring_close(ctx, &ring);
	dt_bpf_close(ctx, fd);
}

static void a_refused_program_returns_its_log(struct dt_bpf *ctx)
{
	struct bpf_insn bad[] = { dt_insn_mov(BPF_REG_0, BPF_REG_5), dt_insn_exit() };
	struct bpf_insn good[] = { dt_insn_movi(BPF_REG_0, 0), dt_insn_exit() };
	struct dt_bpf_prog_spec spec = { .insns = good,
					 .ninsns = 2,
					 .type = BPF_PROG_TYPE_RAW_TRACEPOINT };
	char *log = NULL;
	int fd = load(ctx, bad, 2, BPF_PROG_TYPE_RAW_TRACEPOINT, &log);

	CHECK_INT(fd, -EACCES);
	CHECK(log && strstr(log, "R5 !read_ok"));
	free(log);
	CHECK_INT(dt_bpf_prog_log(ctx, &spec, 2, &log), 0);
	CHECK(log && strstr(log, "exit"));
	free(log);
	spec = (struct dt_bpf_prog_spec){ .insns = bad,
					  .ninsns = 2,
					  .type = BPF_PROG_TYPE_RAW_TRACEPOINT,
					  .whole_log = true,
					  .log_max = 128 };
	CHECK_INT(dt_bpf_prog_load(ctx, &spec, &log), -EACCES);
	CHECK(log && *log && strlen(log) < 128);
	free(log);
	fd = load(ctx, good, 2, BPF_PROG_TYPE_RAW_TRACEPOINT, &log);
	CHECK(fd >= 0 && !log);
	dt_bpf_close(ctx, fd);
}

/* 100,000 instructions refused at the end: a log of megabytes, found whole. */
static void a_long_log_grows(struct dt_bpf *ctx)
{
	size_t n = 100000;
	struct bpf_insn *code = calloc(n, sizeof(*code));
	char *log = NULL;

	code[0] = dt_insn_movi(BPF_REG_0, 0);
	for (size_t i = 1; i < n - 2; i++)
		code[i] = dt_insn_alui(BPF_ADD, BPF_REG_0, 1);
	code[n - 2] = dt_insn_mov(BPF_REG_0, BPF_REG_5);
	code[n - 1] = dt_insn_exit();
	CHECK_INT(load(ctx, code, n, BPF_PROG_TYPE_RAW_TRACEPOINT, &log), -EACCES);
	CHECK(log && strstr(log, "R5 !read_ok"));
	free(log);
	free(code);
}

static void callbacks_get_func_info(struct dt_bpf *ctx)
{
	struct bpf_insn code[] = {
		/* bpf_loop(10, f, 0, 0) */
		dt_insn_movi(BPF_REG_1, 10), DT_INSN_IMM64(BPF_REG_2, BPF_PSEUDO_FUNC, 5),
		dt_insn_movi(BPF_REG_3, 0),  dt_insn_movi(BPF_REG_4, 0),
		dt_insn_call(BPF_FUNC_loop), dt_insn_exit(),
		dt_insn_movi(BPF_REG_0, 0),  dt_insn_exit(),
	};
	const uint32_t subprogs[] = { 0, 7 };
	struct dt_bpf_prog_spec spec = { .insns = code,
					 .ninsns = ARRAY_SIZE(code),
					 .subprogs = subprogs,
					 .nsubprogs = 2,
					 .type = BPF_PROG_TYPE_RAW_TRACEPOINT };
	uint64_t args[2] = { 0 };
	uint32_t ret = 0;
	int fd = dt_bpf_prog_load(ctx, &spec, NULL);

	CHECK(fd >= 0);
	CHECK_INT(dt_bpf_test_run(fd, args, sizeof(args), &ret), 0);
	CHECK_INT(ret, 10);
	dt_bpf_close(ctx, fd);
}

static void instructions_read_like_the_verifiers(void)
{
	const struct bpf_insn code[] = {
		dt_insn_mov(BPF_REG_6, BPF_REG_1),
		dt_insn_ldx(BPF_W, BPF_REG_0, BPF_REG_6, -8),
		dt_insn_st(BPF_B, BPF_REG_10, -1, 3),
		DT_INSN_IMM64(BPF_REG_1, 0, 0x1122334455667788ULL),
		dt_insn_jmpi(BPF_JSGT, BPF_REG_0, 5, -3),
		dt_insn_atomic(BPF_DW, BPF_ADD, BPF_REG_1, 8, BPF_REG_2),
		dt_insn_call(BPF_FUNC_map_lookup_elem),
		dt_insn_call_fn(7),
		dt_insn_exit(),
	};
	struct dt_strbuf b = { 0 };

	dt_bpf_disasm(&b, code, ARRAY_SIZE(code));
	CHECK_STR(dt_strbuf_str(&b), "   0: (bf) r6 = r1\n"
				     "   1: (61) r0 = *(u32 *)(r6 -8)\n"
				     "   2: (72) *(u8 *)(r10 -1) = 3\n"
				     "   3: (18) r1 = 0x1122334455667788 ll\n"
				     "   5: (65) if r0 s> 0x5 goto pc-3\n"
				     "   6: (db) lock *(u64 *)(r1 +8) += r2\n"
				     "   7: (85) call bpf_map_lookup_elem#1\n"
				     "   8: (85) call pc+7\n"
				     "   9: (95) exit\n");
	dt_strbuf_free(&b);
}

static void labels_become_distances(void)
{
	enum { AGAIN, END, CALLEE };
	struct bpf_insn code[] = {
		dt_insn_label(AGAIN),
		DT_INSN_IMM64(BPF_REG_2, BPF_PSEUDO_FUNC, CALLEE),
		dt_insn_jmpi(BPF_JEQ, BPF_REG_0, 0, END),
		DT_INSN_IMM64(BPF_REG_1, 0, 0xff000000ffULL),
		dt_insn_jmp32i(BPF_JNE, BPF_REG_1, 1, AGAIN),
		dt_insn_call_fn(CALLEE),
		dt_insn_ja(END),
		dt_insn_call(BPF_FUNC_ktime_get_ns),
		dt_insn_label(END),
		dt_insn_exit(),
		dt_insn_label(CALLEE),
		dt_insn_exit(),
	};
	uint32_t n = dt_insn_link(code, ARRAY_SIZE(code));

	CHECK_INT(n, ARRAY_SIZE(code) - 3);
	CHECK_INT(code[0].imm, 9); /* the function at 10 */
	CHECK_INT(code[2].off, 6); /* the exit at 9 */
	CHECK_INT(code[3].imm, 0xff);
	CHECK_INT(code[5].off, -6);
	CHECK_INT(code[6].imm, 3);
	CHECK_INT(code[7].off, 1);
	CHECK_INT(code[8].imm, BPF_FUNC_ktime_get_ns);
}

/* Pieces of one sequence may jump to each other. */
static void a_sequence_grows_by_pieces(void)
{
	enum { OUT };
	struct bpf_insn code[4];
	const struct bpf_insn head[] = { dt_insn_jmpi(BPF_JEQ, BPF_REG_1, 0, OUT) };
	const struct bpf_insn tail[] = { dt_insn_movi(BPF_REG_0, 1), dt_insn_label(OUT),
					 dt_insn_exit() };
	struct dt_insn_seq seq = { .insns = code, .max = ARRAY_SIZE(code) };

	dt_insn_append(&seq, head, ARRAY_SIZE(head));
	CHECK_INT(seq.n, 1);
	dt_insn_append(&seq, tail, ARRAY_SIZE(tail));
	CHECK_INT(seq.n, 3);
	dt_insn_resolve(&seq);
	CHECK_INT(code[0].off, 1);
}

static void features_answer_and_leave_nothing(struct dt_bpf *ctx)
{
	size_t before = open_fds(), held = dt_bpf_nopen(ctx);

	for (int f = 0; f < DT_BPF_NFEATURES; f++) {
		bool first = dt_bpf_has(ctx, f);

		CHECK_INT(dt_bpf_has(ctx, f), first);
		CHECK(dt_bpf_feature_info(f)->words && dt_bpf_feature_info(f)->since);
	}
	CHECK(dt_bpf_has(ctx, DT_BPF_HAS_BPF));
	CHECK(dt_bpf_has(ctx, DT_BPF_HAS_RINGBUF));
	CHECK(dt_bpf_has(ctx, DT_BPF_HAS_RAW_TP_TEST_RUN));
	CHECK(open_fds() <= before + 1); /* the BTF for func_info stays */
	CHECK(dt_bpf_nopen(ctx) <= held + 1);
	CHECK(dt_bpf_btf_id(ctx, "task_struct", BTF_KIND_STRUCT) > 0);
	CHECK_INT(dt_bpf_btf_id(ctx, "no_such_thing_at_all", BTF_KIND_STRUCT), -ENOENT);
}

static void a_thousand_handles_leak_nothing(void)
{
	size_t before = open_fds();

	for (int i = 0; i < 1000; i++) {
		struct bpf_insn code[] = { dt_insn_movi(BPF_REG_0, 0), dt_insn_exit() };
		struct dt_bpf *ctx = dt_bpf_new();
		struct dt_bpf_area area;
		struct dt_ring ring;

		if (dt_bpf_area_create(ctx, 64, "state", &area) ||
		    dt_ring_create(ctx, 4096, "ring", &ring) ||
		    load(ctx, code, 2, BPF_PROG_TYPE_RAW_TRACEPOINT, NULL) < 0)
			CHECK(!"round failed");
		dt_bpf_free(ctx);
	}
	CHECK_INT(open_fds(), before);
}

int main(void)
{
	struct dt_bpf *ctx = dt_bpf_new();
	char why[256];

	instructions_read_like_the_verifiers();
	labels_become_distances();
	a_sequence_grows_by_pieces();
	if (dt_bpf_privilege(ctx, why, sizeof(why))) {
		fprintf(stderr, "skipped: %s\n", why);
		dt_bpf_free(ctx);
		return SKIPPED;
	}
	each_map_type_holds_a_value(ctx);
	a_walk_sees_every_entry_once(ctx);
	a_walk_reads_arrays(ctx);
	task_storage_counts_this_thread(ctx);
	an_area_is_shared_memory(ctx);
	a_ring_gives_back_what_went_in(ctx);
	rings_live_in_a_map_of_maps(ctx);
	a_refused_program_returns_its_log(ctx);
	a_long_log_grows(ctx);
	callbacks_get_func_info(ctx);
	features_answer_and_leave_nothing(ctx);
	CHECK_INT(dt_bpf_grace_period(), 0);
	dt_bpf_free(ctx);
	a_thousand_handles_leak_nothing();
	return test_end();
}
