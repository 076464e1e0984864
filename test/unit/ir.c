/* SPDX-License-Identifier: MIT */
/*
 * The back end of the code generator, run in the kernel: random functions over all operations are
 * built, compiled, loaded as raw tracepoint programs, run once, and their results compared with the
 * same operations computed here. Without the privilege to load programs it only compiles.
 *
 * ir [SEED [COUNT]] repeats one case or runs more of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include "bpf/bpf.h"
#include "ir/build.h"
#include "ir/compile.h"
#include "ir/ops.h"
#include "runtime/runtime.h"
#include "test.h"

#define NRESULTS 64
#define NINPUTS  16
#define NPOOL    24

/* The value of map 0: what the program reads and where it leaves what it found. */
struct shared {
	uint64_t in[NINPUTS];
	uint64_t out[NRESULTS];
	uint64_t cells[8]; /* for atomic operations */
};

static struct dt_bpf *bpf;
static struct dt_bpf_area area;
static bool can_load;
static uint64_t rng;

static uint64_t next_random(void)
{
	rng ^= rng << 13;
	rng ^= rng >> 7;
	rng ^= rng << 17;
	return rng * 0x2545f4914f6cdd1dULL;
}

static unsigned below(unsigned n)
{
	return (unsigned)((next_random() >> 33) % n);
}

static int64_t interesting(void)
{
	static const int64_t some[] = { 0,         1,         -1,        2,          -2,
					3,         5,         7,         8,          10,
					63,        64,        100,       127,        128,
					255,       256,       0x7fff,    0x8000,     0xffff,
					0x10000,   INT32_MAX, INT32_MIN, UINT32_MAX, 0x100000000LL,
					INT64_MAX, INT64_MIN, -4096,     1000000007 };

	switch (below(4)) {
	case 0: return (int64_t)next_random();
	case 1: return (int64_t)(next_random() >> below(64));
	default: return some[below(ARRAY_SIZE(some))];
	}
}

/* ---- running ---- */

static struct dt_bpf_prog_spec spec_of(struct dt_code *code)
{
	return (struct dt_bpf_prog_spec){ .insns = code->insns,
					  .ninsns = code->ninsns,
					  .relocs = code->relocs,
					  .nrelocs = code->nrelocs,
					  .map_fds = &area.fd,
					  .nmap_fds = 1,
					  .subprogs = code->func_start,
					  .func_types = code->func_type,
					  .nsubprogs = code->nfuncs,
					  .type = BPF_PROG_TYPE_RAW_TRACEPOINT,
					  .name = "test_ir" };
}

static void show(struct dt_ir_unit *u, const struct dt_code *code)
{
	struct dt_strbuf text = { 0 };

	dt_ir_print(u, &text);
	dt_bpf_disasm(&text, code->insns, code->ninsns);
	fputs(dt_strbuf_str(&text), stderr);
	dt_strbuf_free(&text);
}

/* Loads and runs once; false when the kernel refused it. */
static bool run(struct dt_ir_unit *u, struct dt_code *code)
{
	struct dt_bpf_prog_spec spec = spec_of(code);
	uint64_t args[12] = { 0 };
	char *log = NULL;
	int fd = dt_bpf_prog_load(bpf, &spec, &log);

	if (fd < 0) {
		fprintf(stderr, "load: %s\n%s\n", strerror(-fd), log ? log : "");
		show(u, code);
	}
	free(log);
	CHECK(fd >= 0);
	if (fd < 0)
		return false;
	CHECK_INT(dt_bpf_test_run(fd, args, sizeof(args), NULL), 0);
	dt_bpf_close(bpf, fd);
	return true;
}

/* ---- random functions ---- */

/* A register and what it ought to hold. */
struct known {
	dt_vreg v;
	int64_t k;
};

struct gen {
	struct dt_ir b;
	struct known pool[NPOOL];
	unsigned n, nresults;
	dt_vreg base; /* the map's value */
	uint64_t want[NRESULTS];
	struct shared *shared; /* the model of memory */
};

static void add(struct gen *g, dt_vreg v, int64_t k)
{
	unsigned at = g->n < NPOOL ? g->n++ : below(NPOOL);

	g->pool[at] = (struct known){ v, k };
}

static struct known pick(struct gen *g)
{
	return g->pool[below(g->n)];
}

static void gen_input(struct gen *g)
{
	static const unsigned widths[] = { 1, 2, 4, 8 };
	unsigned w = widths[below(4)], at = below(NINPUTS);
	int64_t k = dt_ir_eval(DT_IR_EXT_U, w, (int64_t)g->shared->in[at], 0);

	if (below(2))
		add(g, dt_ir_ld(&g->b, g->base, (int32_t)(8 * at), w), k);
	else
		add(g,
		    dt_ir_ld(&g->b, dt_ir_bini(&g->b, DT_IR_ADD, dt_ir_mapval(&g->b, 0, 8 * at), 0),
			     0, w),
		    k);
}

static void gen_binary(struct gen *g)
{
	enum dt_ir_op op = DT_IR_ADD + below(DT_IR_SAR - DT_IR_ADD + 1);
	struct known a = pick(g), c = pick(g);
	bool imm = below(3) == 0;

	if (below(6) == 0)
		op = DT_IR_ADD32 + below(3);
	if (below(4) == 0)
		op = DT_IR_SETEQ + below(DT_IR_SETUGE - DT_IR_SETEQ + 1);
	if (imm)
		c.k = interesting();
	if ((op == DT_IR_SHL || op == DT_IR_SHR || op == DT_IR_SAR) && imm)
		c.k &= 63;
	if ((op == DT_IR_UDIV || op == DT_IR_UMOD || op == DT_IR_SDIV || op == DT_IR_SMOD) && !c.k)
		return;
	add(g, imm ? dt_ir_bini(&g->b, op, a.v, c.k) : dt_ir_bin(&g->b, op, a.v, c.v),
	    dt_ir_eval(op, 8, a.k, c.k));
}

static void gen_unary(struct gen *g)
{
	static const unsigned widths[] = { 1, 2, 4, 8 };
	unsigned w = widths[below(4)];
	struct known a = pick(g);

	switch (below(5)) {
	case 0: add(g, dt_ir_un(&g->b, DT_IR_NEG, a.v), (int64_t)(0 - (uint64_t)a.k)); break;
	case 1: add(g, dt_ir_un(&g->b, DT_IR_NOT, a.v), ~a.k); break;
	case 2: add(g, dt_ir_bswap(&g->b, a.v, w), dt_ir_eval(DT_IR_BSWAP, w, a.k, 0)); break;
	case 3: add(g, dt_ir_ext(&g->b, a.v, w, true), dt_ir_eval(DT_IR_EXT_S, w, a.k, 0)); break;
	default: add(g, dt_ir_ext(&g->b, a.v, w, false), dt_ir_eval(DT_IR_EXT_U, w, a.k, 0)); break;
	}
}

/* A call in between: registers have to survive it. */
static void gen_call(struct gen *g)
{
	uint32_t object = dt_ir_object(&g->b, 8, 8);
	struct known a = pick(g);
	dt_vreg p;

	dt_ir_st(&g->b, dt_ir_stack(&g->b, object), 0, 8, a.v);
	p = dt_ir_stack(&g->b, dt_ir_object(&g->b, 8, 8));
	dt_ir_helper(&g->b, BPF_FUNC_probe_read_kernel,
		     DT_ARGS(p, dt_ir_const(&g->b, 8), dt_ir_stack(&g->b, object)));
	add(g, dt_ir_ld(&g->b, p, 0, 8), a.k);
}

/* x = new; if (a cmp b) x = c; else x = d; */
static void gen_branch(struct gen *g)
{
	enum dt_ir_op op = DT_IR_JEQ + below(DT_IR_JSET - DT_IR_JEQ + 1);
	struct known a = pick(g), b = pick(g), c = pick(g), d = pick(g);
	dt_label yes = dt_ir_label(&g->b), end = dt_ir_label(&g->b);
	dt_vreg x = dt_ir_new(&g->b);
	bool imm = below(2);

	if (imm) {
		b.k = interesting();
		dt_ir_jcci(&g->b, op, a.v, b.k, yes);
	} else {
		dt_ir_jcc(&g->b, op, a.v, b.v, yes);
	}
	if (below(3))
		dt_ir_set(&g->b, x, d.v);
	else
		dt_ir_set(&g->b, x, dt_ir_bini(&g->b, DT_IR_ADD, d.v, 0x1234567));
	dt_ir_seti(&g->b, x, d.k = below(2) ? interesting() : 7);
	dt_ir_jmp(&g->b, end);
	dt_ir_place(&g->b, yes);
	dt_ir_set(&g->b, x, c.v);
	dt_ir_place(&g->b, end);
	add(g, x, dt_ir_eval(op, 8, a.k, b.k) ? c.k : d.k);
}

/* if (a cmp b) as a value tested against zero: what && and || become */
static void gen_truth(struct gen *g)
{
	enum dt_ir_op op = DT_IR_SETEQ + below(DT_IR_SETUGE - DT_IR_SETEQ + 1);
	struct known a = pick(g), b = pick(g);
	dt_label end = dt_ir_label(&g->b);
	dt_vreg x = dt_ir_new(&g->b), t;
	bool inverted = below(2), truth = dt_ir_eval(op, 8, a.k, b.k) != 0;

	dt_ir_seti(&g->b, x, 1);
	t = dt_ir_bin(&g->b, op, a.v, b.v);
	if (below(2)) {
		t = dt_ir_bini(&g->b, DT_IR_SETEQ, t, 0);
		truth = !truth;
	}
	dt_ir_jcci(&g->b, inverted ? DT_IR_JEQ : DT_IR_JNE, t, 0, end);
	dt_ir_seti(&g->b, x, 2);
	dt_ir_place(&g->b, end);
	add(g, x, truth != inverted ? 1 : 2);
}

static void gen_atomic(struct gen *g)
{
	unsigned at = below(8);
	int32_t off = (int32_t)(offsetof(struct shared, cells) + 8 * at);
	uint64_t *cell = &g->shared->cells[at], old = *cell;
	struct known a = pick(g), c = pick(g);

	switch (below(4)) {
	case 0:
		dt_ir_xadd(&g->b, g->base, off, 8, a.v);
		*cell += (uint64_t)a.k;
		return;
	case 1:
		add(g, dt_ir_fadd(&g->b, g->base, off, 8, a.v), (int64_t)old);
		*cell += (uint64_t)a.k;
		return;
	case 2:
		add(g, dt_ir_xchg(&g->b, g->base, off, 8, a.v), (int64_t)old);
		*cell = (uint64_t)a.k;
		return;
	default:
		add(g, dt_ir_cas(&g->b, g->base, off, 8, c.v, a.v), (int64_t)old);
		*cell = old == (uint64_t)c.k ? (uint64_t)a.k : old;
	}
}

static void gen_store(struct gen *g)
{
	static const unsigned widths[] = { 1, 2, 4, 8 };
	int32_t off = (int32_t)offsetof(struct shared, out) + (int32_t)(8 * g->nresults);
	unsigned w = widths[below(4)];
	struct known a = pick(g);

	if (g->nresults == NRESULTS)
		return;
	if (below(4) == 0) {
		a.k = interesting();
		dt_ir_sti(&g->b, g->base, off, w, a.k);
	} else {
		dt_ir_st(&g->b, g->base, off, w, a.v);
	}
	g->want[g->nresults++] = (uint64_t)dt_ir_eval(DT_IR_EXT_U, w, a.k, 0);
}

static void gen_step(struct gen *g)
{
	unsigned kind = below(100);

	if (kind < 50)
		gen_binary(g);
	else if (kind < 66)
		gen_unary(g);
	else if (kind < 70)
		add(g, dt_ir_const(&g->b, g->pool[0].k), g->pool[0].k);
	else if (kind < 78)
		gen_input(g);
	else if (kind < 81)
		gen_call(g);
	else if (kind < 86)
		gen_branch(g);
	else if (kind < 90)
		gen_truth(g);
	else if (kind < 94)
		gen_atomic(g);
	else
		gen_store(g);
}

static void generate(struct gen *g, unsigned steps)
{
	unsigned n;

	g->base = dt_ir_mapval(&g->b, 0, 0);
	for (n = 0; n < 6; n++)
		gen_input(g);
	for (n = 0; n < 4; n++) {
		int64_t k = interesting();

		add(g, dt_ir_const(&g->b, k), k);
	}
	for (n = 0; n < steps; n++)
		gen_step(g);
	for (n = 0; n < g->n && g->nresults < NRESULTS; n++) {
		int32_t off = (int32_t)(offsetof(struct shared, out) + 8 * g->nresults);

		dt_ir_st(&g->b, g->base, off, 8, g->pool[n].v);
		g->want[g->nresults++] = (uint64_t)g->pool[n].k;
	}
	dt_ir_reti(&g->b, 0);
}

struct random_case {
	struct shared model;
	struct gen gen;
	unsigned steps;
	struct dt_code code;
};

static void compile_case(struct dt_compile *compile, void *arg)
{
	struct random_case *c = arg;
	struct gen *g = &c->gen;

	g->b.unit = dt_ir_unit_new(compile);
	g->b.func = dt_ir_func_new(g->b.unit, "main", 512);
	generate(g, c->steps);
	dt_ir_compile(g->b.unit, &c->code);
}

/* In the kernel it finds what the model has. */
static void check_case(struct random_case *c)
{
	const struct shared *got = area.mem;

	CHECK(c->code.ninsns > 0);
	if (!can_load || !run(c->gen.b.unit, &c->code))
		return;
	for (unsigned n = 0; n < c->gen.nresults; n++)
		CHECK_INT(got->out[n], c->gen.want[n]);
	for (unsigned n = 0; n < 8; n++)
		CHECK_INT(got->cells[n], c->model.cells[n]);
}

/* One random function; false ends the test. */
static bool one_case(uint64_t seed, unsigned steps)
{
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct random_case c = { .gen = { .shared = &c.model }, .steps = steps };
	unsigned failed = (unsigned)test_failed;

	rng = seed * 0x9e3779b97f4a7c15ULL + 1;
	for (unsigned n = 0; n < NINPUTS; n++)
		c.model.in[n] = (uint64_t)interesting();
	if (can_load)
		memcpy(area.mem, &c.model, sizeof(c.model));
	if (!dt_compile_run(&compile, compile_case, &c)) {
		/* a function that needs more than 512 bytes of stack is refused with a message, as
		 * it should be */
		CHECK_STR(compile.diag.tag, "D_CG_EXPR");
	} else {
		check_case(&c);
		if ((unsigned)test_failed > failed)
			show(c.gen.b.unit, &c.code);
	}
	dt_arena_free(compile.arena);
	if ((unsigned)test_failed > failed)
		fprintf(stderr, "seed %llu, %u steps\n", (unsigned long long)seed, steps);
	return (unsigned)test_failed == failed;
}

/* ---- certain functions ---- */

struct one {
	struct dt_compile compile;
	struct dt_ir b;
	struct dt_code code;
	dt_vreg base;
};

static struct one *one_new(void)
{
	struct one *o = calloc(1, sizeof(*o));

	o->compile.arena = dt_arena_new();
	dt_arena_guard(o->compile.arena, &o->compile);
	o->b.unit = dt_ir_unit_new(&o->compile);
	o->b.func = dt_ir_func_new(o->b.unit, "main", 512);
	o->base = dt_ir_mapval(&o->b, 0, 0);
	if (can_load)
		memset(area.mem, 0, sizeof(struct shared));
	return o;
}

static void one_out(struct one *o, unsigned n, dt_vreg v)
{
	dt_ir_st(&o->b, o->base, (int32_t)(offsetof(struct shared, out) + 8 * n), 8, v);
}

static const uint64_t *one_run(struct one *o)
{
	static const uint64_t none[NRESULTS];
	bool ran;

	dt_ir_reti(&o->b, 0);
	dt_ir_compile(o->b.unit, &o->code);
	ran = can_load && run(o->b.unit, &o->code);
	return ran ? ((struct shared *)area.mem)->out : none;
}

static void one_free(struct one *o)
{
	dt_arena_free(o->compile.arena);
	free(o);
}

/* NUM: pointers of all kinds become numbers that may be computed with. */
static void test_num(void)
{
	struct one *o = one_new();
	dt_vreg p = dt_ir_un(&o->b, DT_IR_NUM, o->base), q, s;
	const uint64_t *out;

	q = dt_ir_un(&o->b, DT_IR_NUM, dt_ir_bini(&o->b, DT_IR_ADD, o->base, 8));
	one_out(o, 0,
		dt_ir_bin(&o->b, DT_IR_SUB, dt_ir_bini(&o->b, DT_IR_MUL, q, 3),
			  dt_ir_bini(&o->b, DT_IR_MUL, p, 3)));
	s = dt_ir_un(&o->b, DT_IR_NUM, dt_ir_stack(&o->b, dt_ir_object(&o->b, 16, 8)));
	one_out(o, 1, dt_ir_bini(&o->b, DT_IR_AND, s, 7));
	one_out(o, 2,
		dt_ir_bini(&o->b, DT_IR_SHR, dt_ir_un(&o->b, DT_IR_NUM, dt_ir_ctx(&o->b)), 60));
	one_out(o, 3, p);
	out = one_run(o);
	if (can_load) {
		CHECK_INT(out[0], 24);
		CHECK_INT(out[1], 0);
		CHECK_INT(out[2], 15);
		CHECK_INT(out[3] >> 60, 15);
	}
	one_free(o);
}

/* Code longer than a jump reaches, with many jumps over all of it. */
static void test_far_jumps(void)
{
	struct one *o = one_new();
	dt_label far[40], mid = dt_ir_label(&o->b);
	dt_vreg x = dt_ir_ld(&o->b, o->base, 0, 8), y = dt_ir_new(&o->b);
	const uint64_t *out;
	unsigned n;

	dt_ir_seti(&o->b, y, 5);
	for (n = 0; n < ARRAY_SIZE(far); n++) {
		far[n] = dt_ir_label(&o->b);
		dt_ir_jcci(&o->b, DT_IR_JEQ, x, 100 + n, far[n]);
	}
	dt_ir_jcci(&o->b, DT_IR_JEQ, x, 0, mid);
	for (n = 0; n < 90000; n++) {
		dt_ir_set(&o->b, y, dt_ir_bini(&o->b, n % 2 ? DT_IR_XOR : DT_IR_ADD, y, 12345));
		if (n == 40000)
			dt_ir_place(&o->b, mid);
	}
	for (n = 0; n < ARRAY_SIZE(far); n++) {
		dt_ir_set(&o->b, y, dt_ir_bini(&o->b, DT_IR_ADD, y, 1));
		dt_ir_place(&o->b, far[n]);
	}
	one_out(o, 0, dt_ir_bini(&o->b, DT_IR_SETEQ, x, 0));
	one_out(o, 1, y);
	out = one_run(o);
	CHECK(o->code.ninsns > 90000);
	if (can_load) {
		uint64_t want = 5;

		for (n = 40001; n < 90000; n++)
			want = n % 2 ? want ^ 12345 : want + 12345;
		CHECK_INT(out[0], 1);
		CHECK_INT(out[1], want + ARRAY_SIZE(far));
	}
	one_free(o);
}

/* What main calls once, and what calls nothing, becomes a part of main; both of its returns end it.
 */
static void test_inline(void)
{
	struct one *o = one_new();
	struct dt_ir f = { .unit = o->b.unit };
	dt_label small;
	const uint64_t *out;
	dt_vreg arg, sum, own;

	f.func = dt_ir_func_new(f.unit, "clamp", 128);
	small = dt_ir_label(&f);
	arg = dt_ir_ctx(&f);
	own = dt_ir_stack(&f, dt_ir_object(&f, 8, 8));
	dt_ir_st(&f, own, 0, 8, dt_ir_ld(&f, arg, 0, 8));
	sum = dt_ir_bini(&f, DT_IR_ADD, dt_ir_ld(&f, own, 0, 8), 1);
	dt_ir_st(&f, arg, 8, 8, sum);
	dt_ir_jcci(&f, DT_IR_JULT, sum, 100, small);
	dt_ir_reti(&f, 100);
	dt_ir_place(&f, small);
	dt_ir_ret(&f, sum);
	arg = dt_ir_stack(&o->b, dt_ir_object(&o->b, 16, 8));
	dt_ir_sti(&o->b, arg, 0, 8, 41);
	one_out(o, 0, dt_ir_call(&o->b, 1, DT_ARGS(arg)));
	one_out(o, 1, dt_ir_ld(&o->b, arg, 8, 8));
	one_out(o, 2, dt_ir_ld(&o->b, arg, 0, 8));
	out = one_run(o);
	CHECK_INT(o->code.nfuncs, 1);
	if (can_load) {
		CHECK_INT(out[0], 42);
		CHECK_INT(out[1], 42);
		CHECK_INT(out[2], 41);
	}
	one_free(o);
}

/* Functions call each other; one that nobody calls is left out. */
static void test_calls(void)
{
	struct one *o = one_new();
	struct dt_ir f = { .unit = o->b.unit };
	const uint64_t *out;
	dt_vreg arg;

	f.func = dt_ir_func_new(f.unit, "unused", 128);
	dt_ir_reti(&f, 1);
	f.func = dt_ir_func_new(f.unit, "store", 128);
	arg = dt_ir_ctx(&f);
	dt_ir_st(&f, arg, 8, 8, dt_ir_bini(&f, DT_IR_ADD, dt_ir_ld(&f, arg, 0, 8), 1));
	dt_ir_reti(&f, -7);
	arg = dt_ir_stack(&o->b, dt_ir_object(&o->b, 16, 8));
	dt_ir_sti(&o->b, arg, 0, 8, 41);
	one_out(o, 0, dt_ir_call(&o->b, 2, DT_ARGS(arg)));
	one_out(o, 1, dt_ir_ld(&o->b, arg, 8, 8));
	one_out(o, 2, dt_ir_call(&o->b, 2, DT_ARGS(arg)));
	out = one_run(o);
	CHECK_INT(o->code.nfuncs, 2);
	CHECK_STR(o->code.func_name[1], "store");
	if (can_load) {
		CHECK_INT(out[0], -7);
		CHECK_INT(out[1], 42);
	}
	one_free(o);
}

/* What a clause typically does comes out as one would write it by hand. */
static void test_quality(void)
{
	struct one *o = one_new();
	dt_label skip = dt_ir_label(&o->b);
	dt_vreg pid, t;

	pid = dt_ir_bini(&o->b, DT_IR_SHR,
			 dt_ir_helper_pure(&o->b, BPF_FUNC_get_current_pid_tgid, 0, NULL), 32);
	pid = dt_ir_ext(&o->b, dt_ir_ext(&o->b, pid, 4, false), 4, false);
	t = dt_ir_bini(&o->b, DT_IR_SETEQ, pid, 42);
	t = dt_ir_bini(&o->b, DT_IR_SETNE, t, 0);
	dt_ir_helper_pure(&o->b, BPF_FUNC_ktime_get_ns, 0, NULL); /* nobody wants it */
	dt_ir_jcci(&o->b, DT_IR_JEQ, t, 0, skip);
	one_out(o, 0, dt_ir_const(&o->b, 1));
	dt_ir_place(&o->b, skip);
	one_run(o);
	/* call, mov, shift, jump, address (2), store, return 0 (2) */
	CHECK_INT(o->code.ninsns, 9);
	if (o->code.ninsns != 9)
		show(o->b.unit, &o->code);
	one_free(o);
}

int main(int argc, char **argv)
{
	uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;
	unsigned count = argc > 2 ? (unsigned)atoi(argv[2]) : argc > 1 ? 1 : 400;
	char why[200];

	bpf = dt_bpf_new();
	can_load = dt_bpf_privilege(bpf, why, sizeof(why)) == 0 &&
		   dt_bpf_area_create(bpf, sizeof(struct shared), "test_ir", &area) == 0;
	test_num();
	test_far_jumps();
	test_inline();
	test_calls();
	test_quality();
	for (unsigned n = 0; n < count; n++, seed++)
		if (!one_case(seed, 8 + (unsigned)(seed % 7) * 20))
			break;
	dt_bpf_free(bpf);
	return test_end();
}
