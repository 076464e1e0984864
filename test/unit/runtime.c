/* SPDX-License-Identifier: MIT */
/*
 * Each runtime function in the kernel against a model in C: tables of edge cases and random texts,
 * at string sizes of 16, 256 and 4096 bytes.  Without the privilege to load programs there is
 * nothing to test.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include "bpf/bpf.h"
#include "ir/build.h"
#include "ir/compile.h"
#include "runtime/runtime.h"
#include "runtime/wait.h"
#include "test.h"

#define MAXCAP 4096

struct shared {
	uint64_t x, y, result;
	uint64_t words[2];
	char a[2 * MAXCAP], b[2 * MAXCAP], dst[2 * MAXCAP]; /* with slack */
};

static struct dt_bpf *bpf;
static struct dt_bpf_area area;
static struct shared *mem;
static uint64_t rng = 88172645463325252ULL;

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

/* ---- a program that calls one function ---- */

struct program {
	enum dt_rt fn;
	uint32_t cap;
	int fd;
};

/* By letter: d, a, b pointers; A a's address; x, y numbers from memory; w the words; c the cap;
 * others constants. */
static dt_vreg argument(struct dt_ir *b, char letter, uint32_t cap)
{
	switch (letter) {
	case 'd': return dt_ir_mapval(b, 0, offsetof(struct shared, dst));
	case 'a': return dt_ir_mapval(b, 0, offsetof(struct shared, a));
	case 'b': return dt_ir_mapval(b, 0, offsetof(struct shared, b));
	case 'A': return dt_ir_un(b, DT_IR_NUM, argument(b, 'a', cap));
	case 'w': return dt_ir_mapval(b, 0, offsetof(struct shared, words));
	case 'x': return dt_ir_ld(b, dt_ir_mapval(b, 0, 0), offsetof(struct shared, x), 8);
	case 'y': return dt_ir_ld(b, dt_ir_mapval(b, 0, 0), offsetof(struct shared, y), 8);
	default: return dt_ir_const(b, cap);
	}
}

static void report_verifier(const struct dt_bpf_prog_spec *spec, const char *name, uint32_t cap)
{
	char *log = NULL, *line;

	if (!getenv("VERIFIER") || dt_bpf_prog_log(bpf, spec, 4, &log) < 0 || !log)
		return;
	line = strstr(log, "processed");
	printf("%-14s cap %4u: %.60s\n", name, cap, line ? line : log);
	free(log);
}

/* A function that calls one runtime function and stores what that returns. */
struct call {
	enum dt_rt fn;
	const char *args; /* a letter each: argument() */
	uint32_t cap;
	const int64_t *consts; /* what letters '0'.. stand for */
	struct dt_code code;
};

static void compile_call(struct dt_compile *compile, void *arg)
{
	struct call *c = arg;
	struct dt_ir b = { .unit = dt_ir_unit_new(compile) };
	dt_vreg v[5], r;
	unsigned n;

	b.func = dt_ir_func_new(b.unit, "main", 256);
	for (n = 0; c->args[n]; n++)
		v[n] = c->args[n] >= '0' && c->args[n] <= '9'
			       ? dt_ir_const(&b, c->consts[c->args[n] - '0'])
			       : argument(&b, c->args[n], c->cap);
	r = dt_ir_runtime(&b, (int)c->fn, n, v);
	dt_ir_st(&b, dt_ir_mapval(&b, 0, 0), offsetof(struct shared, result), 8, r);
	dt_ir_reti(&b, 0);
	dt_ir_compile(b.unit, &c->code);
}

static struct program load(enum dt_rt fn, const char *args, uint32_t cap, const int64_t *consts)
{
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct call c = { .fn = fn, .args = args, .cap = cap, .consts = consts };
	struct program p = { .fn = fn, .cap = cap, .fd = -1 };
	struct dt_bpf_prog_spec spec;
	char *log = NULL;

	if (!dt_compile_run(&compile, compile_call, &c)) {
		CHECK_STR(compile.diag.msg, "");
		dt_arena_free(compile.arena);
		return p;
	}
	CHECK(c.code.stack_bytes <= 256 + 128 + 64);
	spec = (struct dt_bpf_prog_spec){ .insns = c.code.insns,
					  .ninsns = c.code.ninsns,
					  .relocs = c.code.relocs,
					  .nrelocs = c.code.nrelocs,
					  .map_fds = &area.fd,
					  .nmap_fds = 1,
					  .subprogs = c.code.func_start,
					  .func_types = c.code.func_type,
					  .nsubprogs = c.code.nfuncs,
					  .type = BPF_PROG_TYPE_RAW_TRACEPOINT,
					  .name = "test_rt" };
	p.fd = dt_bpf_prog_load(bpf, &spec, &log);
	if (p.fd < 0) {
		size_t len = log ? strlen(log) : 0;

		fprintf(stderr, "%s, cap %u: %s\n%s\n", dt_rt_name(fn), cap, strerror(-p.fd),
			log ? log + (len > 3000 ? len - 3000 : 0) : "");
	} else {
		report_verifier(&spec, dt_rt_name(fn), cap);
	}
	CHECK(p.fd >= 0);
	free(log);
	dt_arena_free(compile.arena);
	return p;
}

static int64_t call(const struct program *p)
{
	uint64_t args[12] = { 0 };

	mem->result = 0xdeadbeef;
	if (p->fd >= 0)
		CHECK_INT(dt_bpf_test_run(p->fd, args, sizeof(args), NULL), 0);
	return (int64_t)mem->result;
}

static void unload(struct program *p)
{
	if (p->fd >= 0)
		dt_bpf_close(bpf, p->fd);
}

/* Text into a place, rubbish behind its NUL, so that reading on shows. */
static void put(char *place, const char *text, uint32_t cap)
{
	size_t n = strlen(text);

	for (size_t i = 0; i < 2 * MAXCAP; i++)
		place[i] = (char)(0x41 + i % 50);
	if (n > cap - 1)
		n = cap - 1;
	memcpy(place, text, n);
	place[n] = '\0';
}

/* ---- texts ---- */

static const char *const texts[] = {
	"",
	"a",
	"b",
	"ab",
	"abc",
	"abcd",
	"abcdefg",
	"abcdefgh",
	"abcdefghi",
	"abcdefgz",
	"/",
	"//",
	"///",
	"/a",
	"a/",
	"/a/",
	"/a/b",
	"/a/b/",
	"/a//b",
	"//a//b//",
	"a/b",
	"usr/lib",
	"/usr/lib64/libc.so.6",
	".",
	"..",
	"/.",
	"/..",
	"/../..",
	"/a/.",
	"/a/./b",
	"/a/../b",
	"/a/b/../../c",
	"/a/b/../..",
	"./a",
	"../a",
	"a/../b",
	"/...",
	"/.../a",
	"/..a/b",
	"/.a",
	"//./..//x",
	"/a/..b/../c",
	"The quick brown fox",
	"THE QUICK BROWN FOX",
	"\xe9\xc9 caf\xc3\xa9 AZaz@[`{",
	"aaaaaaaaaaaaaaaab",
	"aaaab",
	"aab",
	"1234",
	"-1234",
	" \t 42",
	"+7",
	"0x1f",
	"0X1F",
	"-0xff",
	"zz",
	"077",
	"12a",
	"99999999999999999999",
	"-9223372036854775808",
	"         0000000000000000000000012",
	"one two  three",
	",,one,two;three,,",
	",;",
	"\x7f\x80\xff",
	"abababababababababababc",
	"ababababc",
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
};

static void random_text(char *out, unsigned max)
{
	static const char letters[] = "ab/.AZ ,\x80z";
	unsigned n = below(max);

	for (unsigned i = 0; i < n; i++)
		out[i] = below(8) ? letters[below(sizeof(letters) - 1)] : (char)(1 + below(255));
	out[n] = '\0';
}

/* A text of the table, or a random one. */
static const char *some_text(unsigned n, uint32_t cap, char *buf)
{
	if (n < ARRAY_SIZE(texts))
		return texts[n];
	random_text(buf, n % 5 ? DT_MIN(cap, 40u) : cap);
	return buf;
}

#define NTEXTS (ARRAY_SIZE(texts) + 60)

/* ---- models ---- */

static int sign(int64_t v)
{
	return v < 0 ? -1 : v > 0;
}

static void model_case(char *s, int (*fn)(int), int first, int last)
{
	for (; *s; s++)
		if ((unsigned char)*s >= first && (unsigned char)*s <= last)
			*s = (char)fn(*s);
}

/* As illumos documents it. */
static void model_substr(char *out, const char *s, int64_t index, int64_t left, int64_t size)
{
	int64_t len = (int64_t)strlen(s), i;

	if (left == INT64_MAX)
		left = size;
	if (index < 0) {
		index += len;
		if (index < 0 && index + left > 0) {
			left += index;
			index = 0;
		}
	}
	if (index >= len || index < 0)
		left = 0;
	else if (left < 0)
		left += len - index;
	for (i = 0; i < left && s[index + i]; i++)
		out[i] = s[index + i];
	out[i] = '\0';
}

static int64_t model_index(const char *s, const char *sub, int64_t pos)
{
	int64_t len = (int64_t)strlen(s);
	const char *p;

	if (!*sub && !len)
		return 0;
	if (pos < 0)
		pos = 0;
	if (pos >= len)
		return *sub ? -1 : len;
	p = strstr(s + pos, sub);
	return p ? p - s : -1;
}

static int64_t model_rindex(const char *s, const char *sub, int64_t pos)
{
	int64_t len = (int64_t)strlen(s);

	if (!*sub && !len)
		return 0;
	if (pos < 0)
		return *sub ? -1 : 0;
	for (pos = DT_MIN(pos, len); pos >= 0; pos--)
		if (!strncmp(s + pos, sub, strlen(sub)))
			return pos;
	return -1;
}

/* One component after the other, with a stack of places. */
static bool ends_with_parent(const char *out, size_t len)
{
	return len >= 2 && !strncmp(out + len - 2, "..", 2) && (len == 2 || out[len - 3] == '/');
}

static void model_cleanpath(char *out, const char *s)
{
	size_t i = 0, j = 0;

	while (s[i]) {
		if (s[i] != '/') {
			out[j++] = s[i++];
		} else if (s[i + 1] == '/') {
			i++;
		} else if (!strncmp(s + i, "/./", 3)) {
			i += 2;
		} else if ((!strncmp(s + i, "/../", 4) || !strcmp(s + i, "/..")) &&
			   !ends_with_parent(out, j)) {
			while (j && out[--j] != '/')
				;
			i += 3;
			if (!s[i])
				out[j++] = '/';
		} else {
			size_t dots = 1 + (s[i + 1] == '.') + (s[i + 1] == '.' && s[i + 2] == '.');

			while (dots--)
				out[j++] = s[i++];
		}
	}
	out[j] = '\0';
}

static uint64_t model_quantize(int64_t v)
{
	int i;

	if (v < 0) {
		for (i = 0; i < 62 && !(v <= -(1LL << (62 - i))); i++)
			;
		return (uint64_t)i;
	}
	for (i = 64; i < 127 && !(v < 1LL << (i - 64)); i++)
		;
	return (uint64_t)i - 1;
}

/* ---- text functions ---- */

static void test_one_text(uint32_t cap)
{
	struct program len = load(DT_RT_STRLEN, "ac", cap, NULL),
		       upper = load(DT_RT_TOUPPER, "dac", cap, NULL);
	struct program lower = load(DT_RT_TOLOWER, "dac", cap, NULL),
		       base = load(DT_RT_BASENAME, "dac", cap, NULL);
	struct program dir = load(DT_RT_DIRNAME, "dac", cap, NULL),
		       clean = load(DT_RT_CLEANPATH, "dac", cap, NULL);
	struct program tail = load(DT_RT_TAIL, "daxc", cap, NULL);
	char buf[MAXCAP], want[MAXCAP + 8];

	for (unsigned n = 0; n < NTEXTS; n++) {
		put(mem->a, some_text(n, cap, buf), cap);
		CHECK_INT(call(&len), strlen(mem->a));
		strcpy(want, mem->a);
		model_case(want, toupper, 'a', 'z');
		CHECK_INT(call(&upper), strlen(want) + 1);
		CHECK_STR(mem->dst, want);
		strcpy(want, mem->a);
		model_case(want, tolower, 'A', 'Z');
		CHECK_INT(call(&lower), strlen(want) + 1);
		CHECK_STR(mem->dst, want);
		strcpy(buf, mem->a);
		strcpy(want, dirname(buf));
		if (!strcmp(want, "//")) /* glibc keeps two slashes */
			want[1] = '\0';
		CHECK_INT(call(&dir), strlen(want) + 1);
		CHECK_STR(mem->dst, want);
		strcpy(buf, mem->a);
		CHECK_INT(call(&base), strlen(__xpg_basename(buf)) + 1);
		strcpy(buf, mem->a);
		CHECK_STR(mem->dst, __xpg_basename(buf));
		model_cleanpath(want, mem->a);
		CHECK_INT(call(&clean), strlen(want) + 1);
		CHECK_STR(mem->dst, want);
		mem->x = strlen(mem->a) / 2;
		CHECK_INT(call(&tail), strlen(mem->a + mem->x) + 1);
		CHECK_STR(mem->dst, mem->a + mem->x);
	}
	unload(&len), unload(&upper), unload(&lower), unload(&base), unload(&dir), unload(&clean),
		unload(&tail);
}

static void test_two_texts(uint32_t cap)
{
	struct program cmp = load(DT_RT_STRCMP, "abc", cap, NULL),
		       join = load(DT_RT_STRJOIN, "dabc", cap, NULL);
	struct program str = load(DT_RT_STRSTR, "abc", cap, NULL),
		       index = load(DT_RT_INDEX, "abxc", cap, NULL);
	struct program rindex = load(DT_RT_RINDEX, "abxc", cap, NULL);
	char bufa[MAXCAP], bufb[MAXCAP], want[2 * MAXCAP];

	for (unsigned n = 0; n < 40 * NTEXTS; n++) {
		int64_t pos = (int64_t)below(60) - 10;
		const char *p;

		put(mem->a, some_text(below(NTEXTS), cap, bufa), cap);
		put(mem->b, some_text(below(NTEXTS), cap, bufb), cap);
		if (below(3) == 0 && *mem->a) { /* make it a part of the first */
			unsigned from = below((unsigned)strlen(mem->a)), len = below(12);

			memmove(bufb, mem->a + from, strlen(mem->a + from) + 1);
			if (strlen(bufb) > len)
				bufb[len] = '\0';
			put(mem->b, bufb, cap);
		}
		CHECK_INT(sign(call(&cmp)), sign(strcmp(mem->a, mem->b)));
		snprintf(want, cap, "%s%s", mem->a, mem->b);
		CHECK_INT(call(&join), strlen(want) + 1);
		CHECK_STR(mem->dst, want);
		p = *mem->a || !*mem->b ? strstr(mem->a, mem->b) : NULL;
		CHECK_INT(call(&str), p ? p - mem->a : -1);
		mem->x = (uint64_t)pos;
		CHECK_INT(call(&index), model_index(mem->a, mem->b, pos));
		CHECK_INT(call(&rindex), model_rindex(mem->a, mem->b, pos));
		mem->x = INT64_MAX;
		CHECK_INT(call(&rindex), model_rindex(mem->a, mem->b, INT64_MAX));
	}
	unload(&cmp), unload(&join), unload(&str), unload(&index), unload(&rindex);
}

static void test_parts(uint32_t cap)
{
	struct program chr = load(DT_RT_STRCHR, "axc", cap, NULL),
		       rchr = load(DT_RT_STRRCHR, "axc", cap, NULL);
	struct program sub = load(DT_RT_SUBSTR, "daxyc", cap, NULL);
	char buf[MAXCAP], want[MAXCAP];

	for (unsigned n = 0; n < 10 * NTEXTS; n++) {
		const char *p;

		put(mem->a, some_text(n % NTEXTS, cap, buf), cap);
		mem->x = below(3) && *mem->a
				 ? (unsigned char)mem->a[below((unsigned)strlen(mem->a))]
				 : below(256);
		p = strchr(mem->a, (int)mem->x);
		CHECK_INT(call(&chr), p ? p - mem->a : -1);
		p = strrchr(mem->a, (int)mem->x);
		CHECK_INT(call(&rchr), p ? p - mem->a : -1);
		mem->x = (uint64_t)((int64_t)below(40) - 20);
		mem->y = below(4) ? (uint64_t)((int64_t)below(40) - 15) : INT64_MAX;
		model_substr(want, mem->a, (int64_t)mem->x, (int64_t)mem->y, cap);
		CHECK_INT(call(&sub), strlen(want) + 1);
		CHECK_STR(mem->dst, want);
	}
	unload(&chr), unload(&rchr), unload(&sub);
}

static void test_strtok(uint32_t cap)
{
	struct program p = load(DT_RT_STRTOK, "dabcx", cap, NULL);
	static const char *const delims[] = {
		",", " ", ",;", "/", "a", "", "\xff\x80,/", "abc.,/ "
	};
	char buf[MAXCAP], copy[MAXCAP], *state, *tok;

	for (unsigned n = 0; n < 3 * NTEXTS; n++) {
		put(mem->a, some_text(n % NTEXTS, cap, buf), cap);
		put(mem->b, delims[below(ARRAY_SIZE(delims))], cap);
		strcpy(copy, mem->a);
		mem->x = 0;
		tok = strtok_r(copy, mem->b, &state);
		for (unsigned k = 0; k < 20; k++, tok = strtok_r(NULL, mem->b, &state)) {
			int64_t at = call(&p);

			CHECK_INT(at >= 0, tok != NULL);
			if (!tok || at < 0)
				break;
			CHECK_STR(mem->dst, tok);
			mem->x = (uint64_t)at;
		}
	}
	unload(&p);
}

static void test_json(uint32_t cap)
{
	static const struct {
		const char *text, *path, *value;
	} cases[] = {
		{ "{\"a\":1}", "a", "1" },
		{ "{\"a\":1}", "b", NULL },
		{ "{}", "a", NULL },
		{ "", "a", NULL },
		{ "[]", "0", NULL },
		{ " { \"a\" : \"x\" } ", "a", "x" },
		{ "{\"a\":\"\"}", "a", "" },
		{ "{\"a\":\"q\\\"r\"}", "a", "q\\\"r" },
		{ "{\"a\":{\"b\":2}}", "a", "{\"b\":2}" },
		{ "{\"a\":{\"b\":2}}", "a.b", "2" },
		{ "{\"a\":{\"b\":2}}", "b", NULL },
		{ "[10, 20, 30]", "0", "10" },
		{ "[10, 20, 30]", "[1]", "20" },
		{ "[10, 20, 30]", "2", "30" },
		{ "[1]", "3", NULL },
		{ "{\"a\":[1,[2,3],{\"c\":true}]}", "a[1][0]", "2" },
		{ "{\"a\":[1,[2,3],{\"c\":true}]}", "a[2].c", "true" },
		{ "{\"a\":[1,[2,3],{\"c\":true}]}", "a[1]", "[2,3]" },
		{ "{\"a\":1}", "a.b", NULL },
		{ "{\"a\":\"x\"}", "a.b", NULL },
		{ "{\"a\":null,\"b\":-1.5e+3}", "b", "-1.5e+3" },
		{ "{\"a\":null,\"b\":2}", "a", "null" },
		{ "x", "a", NULL },
		{ "{\"ab\":1,\"a\":2}", "a", "2" },
		{ "{\"a\":1,\"ab\":2}", "ab", "2" },
		{ "{\"a\" 1}", "a", NULL },
		{ "{\"a\":1", "a", NULL },
		{ "{\"s\":{\"a\":\"}]\"},\"a\":7}", "a", "7" },
		{ "{\"s\":{\"a\":\"}]\"},\"a\":7}", "s", "{\"a\":\"}]\"}" },
		{ "[[1,2],[3,4]]", "[1][1]", "4" },
		{ "[{\"n\":1},{\"n\":2}]", "[1].n", "2" },
		{ "{\"a\":1 , \"b\" : 2 }", "b", "2" },
	};
	struct program p = load(DT_RT_JSON, "dabc", cap, NULL);

	for (unsigned n = 0; n < ARRAY_SIZE(cases); n++) {
		put(mem->a, cases[n].text, cap);
		put(mem->b, cases[n].path, cap);
		CHECK_INT(call(&p), cases[n].value ? (int)strlen(cases[n].value) + 1 : -1);
		if (cases[n].value)
			CHECK_STR(mem->dst, cases[n].value);
	}
	unload(&p);
}

/* ---- numbers ---- */

static int64_t some_number(void)
{
	static const int64_t some[] = { 0,           1,
					-1,          2,
					-2,          7,
					8,           9,
					10,          63,
					64,          99,
					100,         101,
					255,         256,
					1000,        4095,
					4096,        -100,
					INT32_MAX,   INT32_MIN,
					UINT32_MAX,  INT64_MAX,
					INT64_MIN,   INT64_MIN + 1,
					1LL << 62,   (1LL << 62) - 1,
					-(1LL << 62) };

	if (below(2))
		return some[below(ARRAY_SIZE(some))];
	return (int64_t)(next_random() >> below(64)) * (below(2) ? 1 : -1);
}

static void model_lltostr(char *out, int64_t value, unsigned base)
{
	char digits[70];
	uint64_t v = base == 10 && value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	unsigned n = 0;

	do {
		digits[n++] = "0123456789abcdefghijklmnopqrstuvwxyz"[v % base];
	} while (v /= base);
	*out = '\0';
	if (base == 10 && value < 0)
		strcpy(out, "-");
	if (base == 16)
		strcpy(out, "0x");
	if (base == 8 && value)
		strcpy(out, "0");
	for (out += strlen(out); n;)
		*out++ = digits[--n];
	*out = '\0';
}

static void test_numbers_as_text(void)
{
	struct program to = load(DT_RT_LLTOSTR, "dxyc", 256, NULL),
		       to16 = load(DT_RT_LLTOSTR, "dxyc", 16, NULL);
	struct program from = load(DT_RT_STRTOLL, "axc", 256, NULL);
	char want[80];

	for (unsigned n = 0; n < 3000; n++) {
		mem->x = (uint64_t)some_number();
		mem->y = below(3) ? 2 + below(35) : (unsigned[]){ 2, 8, 10, 16 }[below(4)];
		model_lltostr(want, (int64_t)mem->x, (unsigned)mem->y);
		CHECK_INT(call(&to), strlen(want) + 1);
		CHECK_STR(mem->dst, want);
		put(mem->a, mem->dst, 256);
		want[15] = '\0';
		CHECK_INT(call(&to16), strlen(want) + 1);
		CHECK_STR(mem->dst, want);
		want[0] = '\0';
		if (mem->y != 8) {
			int64_t value = (int64_t)mem->x;

			mem->x = mem->y;
			CHECK_INT(call(&from), value);
		}
	}
	for (unsigned n = 0; n < ARRAY_SIZE(texts); n++) {
		static const int bases[] = { 10, 16, 8, 2, 36 };
		long long value;

		put(mem->a, texts[n], 256);
		mem->x = (uint64_t)bases[n % 5];
		errno = 0;
		value = strtoll(mem->a, NULL, (int)mem->x);
		if (!errno)
			CHECK_INT(call(&from), value);
	}
	mem->y = 1;
	CHECK_INT(call(&to), -1);
	mem->y = 37;
	CHECK_INT(call(&to), -1);
	unload(&to), unload(&to16), unload(&from);
}

static uint64_t model_lquantize(int64_t value, int32_t base, int32_t step, int32_t levels)
{
	int32_t v = (int32_t)value;

	for (int32_t i = 0; i <= levels; i++)
		if (v < base + i * step)
			return (uint64_t)i;
	return (uint64_t)levels + 1;
}

/* The bounds of all buckets in turn. */
static uint64_t model_llquantize(int64_t value, int64_t factor, int low, int high, int64_t nsteps)
{
	int64_t from = 1;
	uint64_t bucket = 0;

	for (int i = 0; i < low; i++)
		from *= factor;
	for (int order = low; order <= high; order++, from *= factor) {
		int64_t width = DT_MAX(from * factor / nsteps, 1);

		for (int64_t at = from; at < from * factor; at += width, bucket++)
			if (value < at)
				return bucket;
	}
	return value < from ? bucket : bucket + 1;
}

static void test_buckets(void)
{
	static const int64_t lq[][3] = {
		{ 0, 10, 10 }, { -100, 7, 50 }, { 5, 1, 1 }, { INT32_MIN, 1000000, 100 }
	};
	static const int64_t llq[][4] = { { 10, 0, 6, 20 },
					  { 10, 0, 3, 10 },
					  { 2, 0, 4, 2 },
					  { 10, 2, 5, 100 },
					  { 2, 1, 30, 4 } };
	struct program p = load(DT_RT_QUANTIZE, "x", 0, NULL);

	for (unsigned n = 0; n < 1000; n++) {
		mem->x = (uint64_t)some_number();
		CHECK_INT(call(&p), model_quantize((int64_t)mem->x));
	}
	unload(&p);
	for (unsigned k = 0; k < ARRAY_SIZE(lq); k++) {
		p = load(DT_RT_LQUANTIZE, "x012", 0, lq[k]);
		for (unsigned n = 0; n < 400; n++) {
			mem->x = below(2) ? (uint64_t)some_number()
					  : (uint64_t)((int64_t)below(400) - 150);
			CHECK_INT(call(&p), model_lquantize((int64_t)mem->x, (int32_t)lq[k][0],
							    (int32_t)lq[k][1], (int32_t)lq[k][2]));
		}
		unload(&p);
	}
	for (unsigned k = 0; k < ARRAY_SIZE(llq); k++) {
		p = load(DT_RT_LLQUANTIZE, "x0123", 0, llq[k]);
		for (unsigned n = 0; n < 1000; n++) {
			mem->x = below(2)   ? (uint64_t)some_number()
				 : below(2) ? below(2000)
					    : below(20000000);
			CHECK_INT(call(&p),
				  model_llquantize((int64_t)mem->x, llq[k][0], (int)llq[k][1],
						   (int)llq[k][2], llq[k][3]));
		}
		unload(&p);
	}
}

static void test_squares(void)
{
	struct program p[2] = { load(DT_RT_SQUARE, "wx", 0, NULL),
				load(DT_RT_SQUARE_ATOMIC, "wx", 0, NULL) };

	for (unsigned k = 0; k < 2; k++) {
		unsigned __int128 sum = 0;

		memset(mem->words, 0, sizeof(mem->words));
		for (unsigned n = 0; n < 500; n++) {
			int64_t v = some_number();
			unsigned __int128 size = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

			mem->x = (uint64_t)v;
			sum += size * size;
			call(&p[k]);
			CHECK_INT(mem->words[0], (uint64_t)sum);
			CHECK_INT(mem->words[1], (uint64_t)(sum >> 64));
		}
		unload(&p[k]);
	}
}

/* ---- addresses, memory ---- */

static void test_addresses(void)
{
	static const struct {
		const char *in, *out;
	} v6[] = {
		{ "::", "::" },
		{ "::1", "::1" },
		{ "1::", "1::" },
		{ "::ffff:1.2.3.4", "::ffff:1.2.3.4" },
		{ "::1.2.3.4", "::1.2.3.4" },
		{ "2001:db8::1", "2001:db8::1" },
		{ "fe80::a00:27ff:fe4e:66a1", "fe80::a00:27ff:fe4e:66a1" },
		{ "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8" },
		{ "1:0:3:4:5:6:7:8", "1::3:4:5:6:7:8" },
		{ "1:0:0:4:0:0:0:8", "1:0:0:4::8" },
		{ "0:0:1:0:0:1:0:0", "::1:0:0:1:0:0" },
		{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
		  "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
		{ "1:2:3:4:5:6:0:0", "1:2:3:4:5:6::" },
		{ "0:2:3:4:5:6:7:8", "::2:3:4:5:6:7:8" },
		{ "::2", "::0.0.0.2" },
	};
	struct program four = load(DT_RT_INET_NTOA, "dx", 0, NULL),
		       six = load(DT_RT_INET_NTOA6, "dxy", 0, NULL);
	char want[64];

	for (unsigned n = 0; n < 200; n++) {
		uint32_t a = n ? (uint32_t)next_random() : 0;

		mem->x = a;
		inet_ntop(AF_INET, &a, want, sizeof(want));
		CHECK_INT(call(&four), strlen(want) + 1);
		CHECK_STR(mem->dst, want);
	}
	for (unsigned n = 0; n < ARRAY_SIZE(v6); n++) {
		uint64_t halves[2];

		CHECK_INT(inet_pton(AF_INET6, v6[n].in, halves), 1);
		mem->x = halves[0];
		mem->y = halves[1];
		CHECK_INT(call(&six), strlen(v6[n].out) + 1);
		CHECK_STR(mem->dst, v6[n].out);
	}
	unload(&four), unload(&six);
}

static uint64_t header(unsigned version, unsigned distance, unsigned protocol)
{
	return (uint64_t)version << DT_IP_VERSION_SHIFT | distance << DT_IP_DISTANCE_SHIFT |
	       protocol;
}

/* Extension headers of IPv6: type, length in the units of the type, how far TCP is then. */
static void test_ip_header(void)
{
	static const struct {
		uint8_t bytes[96];
		unsigned version, distance, protocol; /* version 0: none */
	} rows[] = {
		{ { 0x45, [9] = 6 }, 4, 20, 6 },
		{ { 0x4f, [9] = 17 }, 4, 60, 17 },
		{ { 0x45, [6] = 0x40, [9] = 1 }, 4, 20, 1 },
		{ { 0x45, [6] = 0x20, [9] = 17 }, 4, 20, 17 },
		{ { 0x45, [6] = 0x20, [7] = 1, [9] = 17 }, 4, 20, DT_IP_NONE },
		{ { 0x45, [6] = 0x01, [9] = 17 }, 4, 20, DT_IP_NONE },
		{ { 0x44, [9] = 6 }, 0, 0, 0 },
		{ { 0x50, [9] = 6 }, 0, 0, 0 },
		{ { 0x60, [6] = 6 }, 6, 40, 6 },
		{ { 0x60, [6] = 58 }, 6, 40, 58 },
		{ { 0x60, [6] = 0, [40] = 6 }, 6, 48, 6 },
		{ { 0x60, [6] = 0, [40] = 60, 1, [56] = 43, [64] = 17 }, 6, 72, 17 },
		{ { 0x60, [6] = 44, [40] = 17, [43] = 1 }, 6, 48, 17 },
		{ { 0x60, [6] = 44, [40] = 17, [43] = 8 }, 6, 40, DT_IP_NONE },
		{ { 0x60, [6] = 44, [40] = 17, [42] = 1 }, 6, 40, DT_IP_NONE },
		{ { 0x60, [6] = 51, [40] = 6, 4 }, 6, 64, 6 },
	};
	struct program p = load(DT_RT_IP_HEADER, "A", 0, NULL);

	for (unsigned n = 0; n < ARRAY_SIZE(rows); n++) {
		memcpy(mem->a, rows[n].bytes, sizeof(rows[n].bytes));
		CHECK_INT(call(&p), header(rows[n].version, rows[n].distance, rows[n].protocol));
	}
	unload(&p);
}

static void test_zero(void)
{
	struct program p = load(DT_RT_ZERO, "dc", 256, NULL);

	memset(mem->dst, 1, sizeof(mem->dst));
	call(&p);
	for (unsigned n = 0; n < 256; n++)
		if (mem->dst[n])
			CHECK_INT(n, -1);
	CHECK_INT(mem->dst[256], 1);
	unload(&p);
}

/* Two parts of a wait for a mutex; then one that is interrupted. */
static void test_waits(void)
{
	static const int64_t spin[] = { 7, 33, 100 }, block[] = { 7, 32, 150 };
	static const int64_t got[] = { 7, 0, 400 }, failed[] = { 7, -4, 500 };
	struct program begin = load(DT_RT_WAIT_BEGIN, "dx012", 0, spin);
	struct program again = load(DT_RT_WAIT_BEGIN, "dx012", 0, block);
	struct program end = load(DT_RT_WAIT_END, "dx012", 0, got);
	struct program fail = load(DT_RT_WAIT_END, "dx012", 0, failed);
	struct dt_wait *w = (struct dt_wait *)mem->dst;

	memset(w, 0, sizeof(*w));
	mem->x = 5;
	CHECK_INT(call(&begin), 0);
	CHECK_INT(call(&again), 0);
	CHECK_INT(call(&end), DT_WAIT_ADAPTIVE_SPIN | DT_WAIT_ADAPTIVE_BLOCK);
	CHECK_INT((int64_t)w->spun, 50);
	CHECK_INT((int64_t)w->blocked, 250);
	CHECK_INT(call(&end), 0); /* its begin was missed */
	CHECK_INT((int64_t)w->kinds, 0);
	CHECK_INT(call(&begin), 0);
	CHECK_INT(call(&fail), 0);
	CHECK_INT(call(&begin), 0);
	mem->x = 6; /* another task's */
	CHECK_INT(call(&end), 0);
	CHECK_INT(call(&begin), 1);
	CHECK_INT(call(&end), DT_WAIT_ADAPTIVE_SPIN);
	CHECK_INT((int64_t)w->spun, 300);
	unload(&begin);
	unload(&again);
	unload(&end);
	unload(&fail);
}

int main(void)
{
	static const uint32_t caps[] = { 16, 256, 4096 };
	char why[200];

	bpf = dt_bpf_new();
	if (dt_bpf_privilege(bpf, why, sizeof(why)) ||
	    dt_bpf_area_create(bpf, sizeof(struct shared), "test_rt", &area)) {
		printf("skipped: %s\n", why);
		return 77;
	}
	mem = area.mem;
	for (unsigned n = 0; n < ARRAY_SIZE(caps); n++) {
		test_one_text(caps[n]);
		test_two_texts(caps[n]);
		test_parts(caps[n]);
		test_strtok(caps[n]);
		if (caps[n] > 16)
			test_json(caps[n]);
	}
	test_numbers_as_text();
	test_buckets();
	test_squares();
	test_addresses();
	test_ip_header();
	test_zero();
	test_waits();
	dt_bpf_free(bpf);
	return test_end();
}
