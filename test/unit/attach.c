/* SPDX-License-Identifier: MIT */
/* attach/: every mechanism against the running kernel.  A program counts its firings in a mapped
 * area (word 0), and keeps its attach cookie there (word 1) if it has one. */
#include <elf.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include "attach/attach.h"
#include "attach/insn.h"
#include "attach/kprobe.h"
#include "attach/perf_clock.h"
#include "attach/raw_tp.h"
#include "attach/test_run.h"
#include "attach/timer.h"
#include "attach/uprobe.h"
#include "base/strbuf.h"
#include "symbols/symbols.h"
#include "test.h"

#define SKIPPED   77
#define NS_PER_MS 1000000ULL

struct hook {
	struct dt_bpf *ctx;
	struct dt_bpf_area area;
	struct dt_attach *att;
	int prog;
	struct dt_strbuf why;
};

static uint64_t count(const struct hook *h)
{
	return __atomic_load_n((uint64_t *)h->area.mem, __ATOMIC_RELAXED);
}

static uint64_t cookie(const struct hook *h)
{
	return __atomic_load_n((uint64_t *)h->area.mem + 1, __ATOMIC_RELAXED);
}

static int hook_code(struct hook *h, struct dt_bpf *ctx, const struct dt_target *t,
		     struct dt_bpf_prog_spec *spec)
{
	char *log = NULL;
	int err;

	h->ctx = ctx;
	err = dt_bpf_area_create(ctx, 16, "count", &h->area);
	if (err)
		return err;
	spec->map_fds = &h->area.fd;
	spec->nmap_fds = 1;
	err = dt_attach_prepare(ctx, t, spec, &h->why, &h->att);
	if (err)
		return err;
	h->prog = dt_bpf_prog_load(ctx, spec, &log);
	if (h->prog < 0) {
		fprintf(stderr, "%s\n", log ? log : "no log");
		free(log);
		return h->prog;
	}
	return dt_attach_open(h->att, h->prog, &h->why);
}

/* count++, and the cookie where the mechanism has one. */
static int hook_counter(struct hook *h, struct dt_bpf *ctx, const struct dt_target *t)
{
	bool has_cookie = t->mech == &dt_mech_uprobe || t->mech == &dt_mech_uretprobe ||
			  t->mech == &dt_mech_kprobe || t->mech == &dt_mech_kretprobe;
	struct bpf_insn code[] = {
		dt_insn_mov(BPF_REG_6, BPF_REG_1),
		DT_INSN_IMM64(BPF_REG_7, 0, 0),
		dt_insn_movi(BPF_REG_2, 1),
		dt_insn_atomic(BPF_DW, BPF_ADD, BPF_REG_7, 0, BPF_REG_2),
		dt_insn_mov(BPF_REG_1, BPF_REG_6),
		has_cookie ? dt_insn_call(BPF_FUNC_get_attach_cookie) : dt_insn_movi(BPF_REG_0, 0),
		dt_insn_stx(BPF_DW, BPF_REG_7, 8, BPF_REG_0),
		dt_insn_movi(BPF_REG_0, 0),
		dt_insn_exit(),
	};
	const struct dt_bpf_reloc reloc = { .insn = 1, .kind = DT_BPF_RELOC_VALUE };
	struct dt_bpf_prog_spec spec = { .insns = code,
					 .ninsns = ARRAY_SIZE(code),
					 .relocs = &reloc,
					 .nrelocs = 1,
					 .name = "counter" };

	*h = (struct hook){ .prog = -1 };
	return hook_code(h, ctx, t, &spec);
}

static void unhook(struct hook *h)
{
	dt_attach_close(&h->att, 1, NULL);
	if (h->prog >= 0)
		dt_bpf_close(h->ctx, h->prog);
	dt_bpf_unmap(h->ctx, h->area.mem);
	dt_bpf_close(h->ctx, h->area.fd);
	dt_strbuf_free(&h->why);
}

/* sys_enter: args[1] is the system call's number; counts getppid by this thread alone. */
static void count_getppid(struct dt_bpf *ctx, const struct dt_mech_ops *mech)
{
	struct dt_raw_tp_target t = { { mech }, .name = "sys_enter" };
	enum { OUT };
	struct bpf_insn code[] = {
		dt_insn_ldx(BPF_DW, BPF_REG_2, BPF_REG_1, 8),
		dt_insn_jmpi(BPF_JNE, BPF_REG_2, SYS_getppid, OUT),
		dt_insn_call(BPF_FUNC_get_current_pid_tgid),
		dt_insn_mov32(BPF_REG_0, BPF_REG_0),
		dt_insn_jmpi(BPF_JNE, BPF_REG_0, gettid(), OUT),
		DT_INSN_IMM64(BPF_REG_1, 0, 0),
		dt_insn_movi(BPF_REG_2, 1),
		dt_insn_atomic(BPF_DW, BPF_ADD, BPF_REG_1, 0, BPF_REG_2),
		dt_insn_label(OUT),
		dt_insn_movi(BPF_REG_0, 0),
		dt_insn_exit(),
	};
	const struct dt_bpf_reloc reloc = { .insn = 5, .kind = DT_BPF_RELOC_VALUE };
	struct dt_bpf_prog_spec spec = {
		.insns = code,
		.ninsns = dt_insn_link(code, ARRAY_SIZE(code)),
		.relocs = &reloc,
		.nrelocs = 1,
	};
	struct hook h = { .prog = -1 };
	uint64_t after;

	CHECK_INT(hook_code(&h, ctx, &t.target, &spec), 0);
	for (int i = 0; i < 12345; i++)
		syscall(SYS_getppid);
	CHECK_INT(count(&h), 12345);
	CHECK_INT(dt_attach_missed(h.att), 0);
	dt_attach_close(&h.att, 1, NULL);
	h.att = NULL;
	dt_bpf_grace_period();
	after = count(&h);
	syscall(SYS_getppid);
	CHECK_INT(count(&h), after);
	unhook(&h);
}

static void a_missing_tracepoint_is_named(struct dt_bpf *ctx)
{
	struct dt_raw_tp_target t = { { &dt_mech_raw_tp }, .name = "no_such_tracepoint" };
	struct hook h;

	CHECK_INT(hook_counter(&h, ctx, &t.target), -ENOENT);
	CHECK(strstr(dt_strbuf_str(&h.why), "no_such_tracepoint"));
	unhook(&h);
	t.target.mech = &dt_mech_tp_btf;
	CHECK_INT(hook_counter(&h, ctx, &t.target), -ENOENT);
	CHECK(strstr(dt_strbuf_str(&h.why), "no_such_tracepoint"));
	unhook(&h);
}

static void a_test_run_is_the_event(struct dt_bpf *ctx)
{
	struct dt_target t = { &dt_mech_test_run };
	uint64_t args[2] = { 0 };
	struct hook h;

	CHECK_INT(hook_counter(&h, ctx, &t), 0);
	for (int i = 0; i < 7; i++)
		CHECK_INT(dt_bpf_test_run(h.prog, args, sizeof(args), NULL), 0);
	CHECK_INT(count(&h), 7);
	unhook(&h);
}

static void spin_ms(uint64_t ms)
{
	uint64_t until = dt_now_ns() + ms * NS_PER_MS;

	while (dt_now_ns() < until)
		;
}

/* This CPU is busy, so that it is sampled every 1 ms, or less often under emulation, whatever other
 * CPUs do. */
static void clock_samples_a_busy_cpu(struct dt_bpf *ctx)
{
	int cpu = sched_getcpu();
	struct dt_perf_clock_target t = { { &dt_mech_perf_clock }, NS_PER_MS, cpu, 0 };
	cpu_set_t one, was;
	struct hook h;
	uint64_t began_ns, most;

	sched_getaffinity(0, sizeof(was), &was);
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	sched_setaffinity(0, sizeof(one), &one);
	began_ns = dt_now_ns();
	CHECK_INT(hook_counter(&h, ctx, &t.target), 0);
	for (int ms = 0; count(&h) <= 60 && ms < 10000; ms += 100)
		spin_ms(100);
	CHECK(count(&h) > 60);
	most = count(&h); /* read before the clock: others may run in between */
	CHECK(most <= (dt_now_ns() - began_ns) / NS_PER_MS * 11 / 10);
	unhook(&h);
	t.cpu = -1;
	CHECK_INT(hook_counter(&h, ctx, &t.target), 0);
	CHECK_INT(h.att->nfds, dt_bpf_nonline(ctx));
	spin_ms(100);
	CHECK(count(&h) > 20);
	unhook(&h);
	sched_setaffinity(0, sizeof(was), &was);
}

/* This process sleeps, so that the machine may be idle.  The ticks come all the same, without
 * drift. */
static void timer_ticks_on_an_idle_machine(struct dt_bpf *ctx)
{
	struct dt_timer_target t = { { &dt_mech_timer }, .period_ns = 5 * NS_PER_MS };
	uint64_t started, periods, n;
	struct hook h;

	CHECK_INT(hook_counter(&h, ctx, &t.target), 0);
	started = dt_now_ns();
	for (int i = 0; i < 50; i++) {
		struct timespec nap = { .tv_nsec = 10 * NS_PER_MS };

		nanosleep(&nap, NULL);
		dt_attach_poll(h.att, dt_now_ns());
	}
	n = count(&h) + dt_attach_missed(h.att);
	periods = (dt_now_ns() - started) / (5 * NS_PER_MS);
	CHECK(n + 2 >= periods && n <= periods + 1);
	CHECK(count(&h) > periods / 2);
	if (dt_bpf_has(ctx, DT_BPF_HAS_TIMER_SYSCALL))
		CHECK(dt_attach_poll(h.att, dt_now_ns()) == UINT64_MAX);
	dt_attach_close(&h.att, 1, NULL);
	h.att = NULL;
	dt_bpf_grace_period();
	n = count(&h);
	spin_ms(30);
	CHECK_INT(count(&h), n);
	unhook(&h);
}

/* Inside of a timer, programs may use rings, per-CPU maps, the current thread and functions of
 * their own. */
static void timer_runs_programs_with_functions(struct dt_bpf *ctx)
{
	struct dt_timer_target t = { { &dt_mech_timer }, .period_ns = 2 * NS_PER_MS };
	enum { FUNCTION };
	struct bpf_insn code[] = {
		dt_insn_call_fn(FUNCTION),
		dt_insn_movi(BPF_REG_0, 0),
		dt_insn_exit(),
		dt_insn_label(FUNCTION), /* 3 */
		dt_insn_mov(BPF_REG_1, BPF_REG_10),
		dt_insn_alui(BPF_ADD, BPF_REG_1, -256),
		dt_insn_movi(BPF_REG_2, 16),
		dt_insn_call(BPF_FUNC_get_current_comm),
		DT_INSN_IMM64(BPF_REG_1, 0, 0),
		dt_insn_movi(BPF_REG_2, 1),
		dt_insn_atomic(BPF_DW, BPF_ADD, BPF_REG_1, 0, BPF_REG_2),
		dt_insn_movi(BPF_REG_0, 0),
		dt_insn_exit(),
	};
	const struct dt_bpf_reloc reloc = { .insn = 7, .kind = DT_BPF_RELOC_VALUE };
	const uint32_t subprogs[] = { 0, 3 };
	struct dt_bpf_prog_spec spec = { .insns = code,
					 .ninsns = dt_insn_link(code, ARRAY_SIZE(code)),
					 .relocs = &reloc,
					 .nrelocs = 1,
					 .subprogs = subprogs,
					 .nsubprogs = 2 };
	struct hook h = { .prog = -1 };

	CHECK_INT(hook_code(&h, ctx, &t.target, &spec), 0);
	for (int i = 0; i < 20; i++) {
		spin_ms(5);
		dt_attach_poll(h.att, dt_now_ns());
	}
	CHECK(count(&h) > 10);
	unhook(&h);
}

/* ---- uprobes on functions of this very program ---- */

__attribute__((noinline, noipa)) int probed_a(int x)
{
	__asm__ volatile("");
	return x + 1;
}

__attribute__((noinline, noipa)) int probed_b(int x)
{
	__asm__ volatile("");
	return x + 2;
}

#ifdef __x86_64__
/* Begins with a LOCK prefix, which the kernel refuses to probe. */
__asm__(".text\n.globl probed_lock\n.type probed_lock, @function\nprobed_lock:\n"
	"\tlock; addl $1, -4(%rsp)\n\tret\n.size probed_lock, .-probed_lock\n");
void probed_lock(void);
/* Begins with VEX and an opcode that means nothing.  The kernel refuses it, but it is not looked
 * for beforehand.  Never called. */
__asm__(".text\n.globl probed_invalid\n.type probed_invalid, @function\nprobed_invalid:\n"
	"\t.byte 0xc5, 0xf8, 0x00\n\tret\n.size probed_invalid, .-probed_invalid\n");
void probed_invalid(void);
#endif

/* The offset of an address of this program in its file. */
static uint64_t file_offset(const void *addr)
{
	char line[512];
	uint64_t want = (uintptr_t)addr, from, to, off, found = 0;
	FILE *f = fopen("/proc/self/maps", "r");

	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %*s %" SCNx64, &from, &to, &off) == 3 &&
		    want >= from && want < to)
			found = want - from + off;
	fclose(f);
	return found;
}

static void call_probed(int na, int nb)
{
	for (int i = 0; i < na; i++)
		probed_a(i);
	for (int i = 0; i < nb; i++)
		probed_b(i);
}

static void uprobes_count_and_tell_sites_apart(struct dt_bpf *ctx, const struct dt_mech_ops *mech,
					       pid_t pid)
{
	uint64_t offsets[] = { file_offset(probed_a), file_offset(probed_b) },
		 cookies[] = { 11, 22 };
	struct dt_uprobe_target t = {
		.target = { mech },
		.path = "/proc/self/exe",
		.offsets = offsets,
		.cookies = cookies,
		.n = 2,
		.pid = pid,
	};
	struct hook h;

	CHECK_INT(hook_counter(&h, ctx, &t.target), 0);
	CHECK_INT(h.att->nleft_out, 0);
	call_probed(100, 50);
	CHECK_INT(count(&h), 150);
	CHECK_INT(cookie(&h), 22);
	call_probed(1, 0);
	CHECK_INT(cookie(&h), 11);
	unhook(&h);
	call_probed(1, 1);
}

static void many_attachments_are_closed_at_once(struct dt_bpf *ctx)
{
	enum { N = 20 };
	uint64_t offset = file_offset(probed_a);
	struct dt_uprobe_target t = { .target = { &dt_mech_uprobe },
				      .path = "/proc/self/exe",
				      .offsets = &offset,
				      .n = 1,
				      .pid = getpid() };
	struct dt_attach *all[N + 1] = { NULL };
	struct hook hooks[N];

	for (size_t i = 0; i < N; i++) {
		CHECK_INT(hook_counter(&hooks[i], ctx, &t.target), 0);
		all[i] = hooks[i].att;
		hooks[i].att = NULL;
	}
	call_probed(1, 0);
	dt_attach_close(all, N + 1, NULL);
	call_probed(1, 0);
	for (size_t i = 0; i < N; i++) {
		CHECK_INT(count(&hooks[i]), 1);
		unhook(&hooks[i]);
	}
}

#ifdef __x86_64__
static void a_site_that_cannot_be_probed_is_left_out(struct dt_bpf *ctx)
{
	uint64_t offsets[] = { file_offset(probed_a), file_offset(probed_lock),
			       file_offset(probed_b) };
	struct dt_uprobe_target t = {
		.target = { &dt_mech_uprobe },
		.path = "/proc/self/exe",
		.offsets = offsets,
		.n = 3,
		.pid = getpid(),
	};
	struct hook h;

	CHECK_INT(hook_counter(&h, ctx, &t.target), 0);
	CHECK_INT(h.att->nleft_out, 1);
	CHECK_INT(h.att->left_out[0].index, 1);
	CHECK_INT(h.att->left_out[0].err, 524);
	probed_lock();
	call_probed(10, 10);
	CHECK_INT(count(&h), 20);
	unhook(&h);
}

#define SITE_BYTES 16

static const struct {
	uint8_t bytes[SITE_BYTES];
	bool ok;
} instructions[] = {
	{ { 0x55 }, true },                                /* push %rbp */
	{ { 0xf3, 0x0f, 0x1e, 0xfa }, true },              /* endbr64 */
	{ { 0x66, 0x0f, 0xef, 0xc0 }, true },              /* pxor %xmm0,%xmm0 */
	{ { 0x48, 0x89, 0xf8 }, true },                    /* mov %rdi,%rax */
	{ { 0xc5, 0xfb, 0x10, 0x07 }, true },              /* vmovsd (%rdi),%xmm0 */
	{ { 0xc4, 0xe2, 0xf1, 0x98, 0xc2 }, true },        /* vfmadd132pd %xmm2,%xmm1,%xmm0 */
	{ { 0x66, 0xf0, 0x01, 0x07 }, false },             /* lock add %ax,(%rdi) */
	{ { 0x3e, 0xff, 0xe0 }, false },                   /* notrack jmp *%rax */
	{ { 0x48, 0xcf }, false },                         /* iretq */
	{ { 0xf4 }, false },                               /* hlt */
	{ { 0xc5, 0xf9, 0x6e, 0xc6 }, false },             /* vmovd %esi,%xmm0 */
	{ { 0xc5, 0xf9, 0xef, 0xc0 }, false },             /* vpxor %xmm0,%xmm0,%xmm0 */
	{ { 0x62, 0xf1, 0x7e, 0x28, 0x6f, 0x07 }, false }, /* vmovdqu32 (%rdi),%ymm0 */
	{ { 0xc4, 0xe3, 0xf9, 0x69, 0xc2, 0x10 }, false }, /* vfmaddpd of FMA4 */
};

/* The kernel takes these, and runs something else. */
static const uint8_t misread[][SITE_BYTES] = {
	{ 0xc5, 0xf8, 0x77 },                   /* vzeroupper, as ja */
	{ 0xc5, 0xf9, 0x70, 0xc0, 0x1b },       /* vpshufd, as jo */
	{ 0x62, 0xf2, 0x7d, 0x28, 0x7a, 0xc6 }, /* vpbroadcastb, as jp */
	{ 0xc5, 0xf8, 0xc2, 0xc1, 0x00 },       /* vcmpps, as ret */
};

/* Maps a file of the instructions executable.  The caller removes PATH. */
static void map_instructions(char *path)
{
	int fd = mkstemp(path);

	CHECK(fd >= 0);
	for (size_t i = 0; i < ARRAY_SIZE(instructions); i++)
		CHECK_INT(write(fd, instructions[i].bytes, SITE_BYTES), SITE_BYTES);
	CHECK(mmap(NULL, SITE_BYTES * ARRAY_SIZE(instructions), PROT_READ | PROT_EXEC, MAP_PRIVATE,
		   fd, 0) != MAP_FAILED);
	close(fd);
}

/* What dt_cpu_can_probe() says of an instruction is what the kernel does. */
static void the_kernel_refuses_what_is_left_out_beforehand(struct dt_bpf *ctx)
{
	char path[] = "/tmp/instructions-XXXXXX";
	uint64_t offset = file_offset(probed_a);
	struct dt_uprobe_target t = { .target = { &dt_mech_uprobe },
				      .path = "/proc/self/exe",
				      .offsets = &offset,
				      .n = 1,
				      .pid = getpid() };
	struct dt_bpf_uprobe_multi attr = { .attach_type = DT_BPF_TRACE_UPROBE_MULTI,
					    .path = (uintptr_t)path,
					    .offsets = (uintptr_t)&offset,
					    .cnt = 1,
					    .pid = (uint32_t)getpid() };
	struct hook h;

	map_instructions(path);
	CHECK_INT(hook_counter(&h, ctx, &t.target), 0);
	attr.prog_fd = (uint32_t)h.prog;
	for (size_t i = 0; i < ARRAY_SIZE(instructions); i++) {
		int fd;

		CHECK_INT(dt_cpu_can_probe(instructions[i].bytes, SITE_BYTES), instructions[i].ok);
		offset = i * SITE_BYTES;
		if (!dt_bpf_has(ctx, DT_BPF_HAS_UPROBE_MULTI))
			continue;
		fd = dt_bpf_sys_raw(BPF_LINK_CREATE, &attr, sizeof(attr));
		CHECK_INT(fd >= 0, instructions[i].ok);
		if (fd >= 0)
			close(fd);
	}
	for (size_t i = 0; i < ARRAY_SIZE(misread); i++)
		CHECK(!dt_cpu_can_probe(misread[i], SITE_BYTES));
	unlink(path);
	unhook(&h);
}

/* The kernel refuses the whole list; the other sites are attached all the same. */
static void what_the_kernel_refuses_is_found_by_halving(struct dt_bpf *ctx)
{
	uint64_t offsets[] = { file_offset(probed_a), file_offset(probed_invalid),
			       file_offset(probed_b) };
	struct dt_uprobe_target t = {
		.target = { &dt_mech_uprobe },
		.path = "/proc/self/exe",
		.offsets = offsets,
		.n = 3,
		.pid = getpid(),
	};
	struct hook h;

	CHECK_INT(hook_counter(&h, ctx, &t.target), 0);
	CHECK_INT(h.att->nleft_out, 1);
	CHECK_INT(h.att->left_out[0].index, 1);
	call_probed(10, 10);
	CHECK_INT(count(&h), 20);
	unhook(&h);
}
#endif

static void a_missing_object_is_named(struct dt_bpf *ctx)
{
	uint64_t offset = 4096;
	struct dt_uprobe_target t = {
		.target = { &dt_mech_uprobe }, .path = "/no/such/object", .offsets = &offset, .n = 1
	};
	struct hook h;

	CHECK_INT(hook_counter(&h, ctx, &t.target), -ENOENT);
	CHECK(strstr(dt_strbuf_str(&h.why), "/no/such/object"));
	unhook(&h);
}

/* What is in the place of the file at PATH is not opened: neither a fifo nor, below the root of
 * PID, a link that leads out of it. */
static void a_hostile_path_is_refused(struct dt_bpf *ctx)
{
	char dir[] = "/tmp/hostile-XXXXXX", own[256] = "", name[64], path[96];
	uint64_t offset = file_offset(probed_a);
	struct dt_uprobe_target t = {
		.target = { &dt_mech_uprobe }, .path = path, .offsets = &offset, .n = 1
	};
	struct hook h;
	pid_t pid;

	CHECK(mkdtemp(dir) && readlink("/proc/self/exe", own, sizeof(own) - 1) > 0);
	snprintf(path, sizeof(path), "%s/fifo", dir);
	CHECK_INT(mkfifo(path, 0600), 0);
	CHECK_INT(hook_counter(&h, ctx, &t.target), -ENOEXEC);
	unhook(&h);
	unlink(path);
	snprintf(name, sizeof(name), "%s/link", dir);
	CHECK_INT(symlink(own, name), 0);
	pid = fork();
	if (!pid)
		_exit(chroot(dir) == 0 && pause());
	usleep(100000);
	snprintf(path, sizeof(path), "/proc/%d/root/link", (int)pid);
	CHECK_INT(hook_counter(&h, ctx, &t.target), -ENOENT);
	unhook(&h);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	unlink(name);
	rmdir(dir);
}

/* A function that little else calls; where there are no kprobes, that is what is said. */
static void kprobes_count(struct dt_bpf *ctx, const struct dt_mech_ops *mech)
{
	struct dt_ksyms *ksyms = dt_ksyms_new();
	const uint64_t a_cookie = 7;
	struct dt_kprobe_target t = { { mech }, .cookies = &a_cookie, .n = 1 };
	struct dt_ksym sym = { 0 };
	struct hook h;

	CHECK(dt_ksyms_name(ksyms, NULL, "do_rmdir", &sym));
	t.addrs = &sym.addr;
	if (!dt_bpf_has(ctx, DT_BPF_HAS_KPROBE)) {
		CHECK_INT(hook_counter(&h, ctx, &t.target), -EOPNOTSUPP);
		CHECK_STR(dt_strbuf_str(&h.why), "this kernel was built without kprobes");
	} else {
		CHECK_INT(hook_counter(&h, ctx, &t.target), 0);
		for (int i = 0; i < 100; i++)
			CHECK_INT(rmdir("/no/such/directory"), -1);
		CHECK_INT(count(&h), 100);
		CHECK_INT(cookie(&h), a_cookie);
	}
	unhook(&h);
	dt_ksyms_free(ksyms);
}

int main(void)
{
	struct dt_bpf *ctx = dt_bpf_new();
	char why[256];

	if (dt_bpf_privilege(ctx, why, sizeof(why))) {
		fprintf(stderr, "skipped: %s\n", why);
		dt_bpf_free(ctx);
		return SKIPPED;
	}
	count_getppid(ctx, &dt_mech_raw_tp);
	count_getppid(ctx, &dt_mech_tp_btf);
	a_missing_tracepoint_is_named(ctx);
	a_test_run_is_the_event(ctx);
	clock_samples_a_busy_cpu(ctx);
	timer_ticks_on_an_idle_machine(ctx);
	timer_runs_programs_with_functions(ctx);
	uprobes_count_and_tell_sites_apart(ctx, &dt_mech_uprobe, 0);
	uprobes_count_and_tell_sites_apart(ctx, &dt_mech_uprobe, getpid());
	uprobes_count_and_tell_sites_apart(ctx, &dt_mech_uretprobe, getpid());
	kprobes_count(ctx, &dt_mech_kprobe);
	kprobes_count(ctx, &dt_mech_kretprobe);
	many_attachments_are_closed_at_once(ctx);
#ifdef __x86_64__
	a_site_that_cannot_be_probed_is_left_out(ctx);
	the_kernel_refuses_what_is_left_out_beforehand(ctx);
	what_the_kernel_refuses_is_found_by_halving(ctx);
#endif
	a_missing_object_is_named(ctx);
	a_hostile_path_is_refused(ctx);
	CHECK(dt_bpf_nopen(ctx) <= 1);
	dt_bpf_free(ctx);
	return test_end();
}
