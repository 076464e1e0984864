/* SPDX-License-Identifier: MIT */
/*
 * types/: D's arithmetic follows C's on LP64 (gcc says what is right, through _Generic and sizeof),
 * structures are laid out as by gcc, types read as C writes them, and the kernel's types come from
 * its BTF when they are asked for.
 */
#include <dirent.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/types.h>
#include "base/strbuf.h"
#include "base/util.h"
#include "test.h"
#include "types/print.h"
#include "types/types.h"

#define GCC_NAME(expr)                             \
	_Generic((expr), char                      \
		 : "char", signed char             \
		 : "signed char", unsigned char    \
		 : "unsigned char", short          \
		 : "short", unsigned short         \
		 : "unsigned short", int           \
		 : "int", unsigned int             \
		 : "unsigned int", long            \
		 : "long", unsigned long           \
		 : "unsigned long", long long      \
		 : "long long", unsigned long long \
		 : "unsigned long long", float     \
		 : "float", double                 \
		 : "double", long double           \
		 : "long double", _Bool            \
		 : "_Bool", __int128               \
		 : "__int128", unsigned __int128   \
		 : "unsigned __int128")

static struct dt_types *types;
static char text[512];

static const char *name_of(const struct dt_type *t)
{
	return t ? dt_type_name(t, text, sizeof(text)) : "(none)";
}

static const struct dt_type *parsed(const char *s)
{
	return dt_types_parse(types, s);
}

/* D's order of the arithmetic types: by rank, and unsigned types just above their signed twins. */
/* clang-format off */
#define KEY(t) \
	_Generic((t)0, _Bool: 1, char: 2, signed char: 2, unsigned char: 3, short: 4, \
		 unsigned short: 5, int: 6, unsigned: 7, long: 8, unsigned long: 9, long long: 10, \
		 unsigned long long: 11, __int128: 12, unsigned __int128: 13, float: 20, \
		 double: 21, long double: 22)
/* clang-format on */
#define HIGHER(a, b) __builtin_choose_expr(KEY(a) > KEY(b), (a)1, (b)1)

/* The type of + for every pair of arithmetic types. */
#define PAIR(a, b)                                                                           \
	do {                                                                                 \
		CHECK_STR(name_of(dt_type_usual(types, parsed(#a), parsed(#b))),             \
			  GCC_NAME(HIGHER(a, b)));                                           \
		CHECK_INT(dt_type_size(types, dt_type_usual(types, parsed(#a), parsed(#b))), \
			  sizeof(HIGHER(a, b)));                                             \
	} while (0)
#define WITH_ALL(a)                  \
	PAIR(a, char);               \
	PAIR(a, signed char);        \
	PAIR(a, unsigned char);      \
	PAIR(a, short);              \
	PAIR(a, unsigned short);     \
	PAIR(a, int);                \
	PAIR(a, unsigned int);       \
	PAIR(a, long);               \
	PAIR(a, unsigned long);      \
	PAIR(a, long long);          \
	PAIR(a, unsigned long long); \
	PAIR(a, _Bool);              \
	PAIR(a, __int128);           \
	PAIR(a, unsigned __int128)
#define WITH_FLOATS(a)        \
	PAIR(a, float);       \
	PAIR(a, double);      \
	PAIR(a, long double); \
	PAIR(float, a);       \
	PAIR(long double, a)

static void test_arithmetic(void)
{
	WITH_ALL(char);
	WITH_ALL(signed char);
	WITH_ALL(unsigned char);
	WITH_ALL(short);
	WITH_ALL(unsigned short);
	WITH_ALL(int);
	WITH_ALL(unsigned int);
	WITH_ALL(long);
	WITH_ALL(unsigned long);
	WITH_ALL(long long);
	WITH_ALL(unsigned long long);
	WITH_ALL(_Bool);
	WITH_ALL(__int128);
	WITH_ALL(unsigned __int128);
	WITH_FLOATS(int);
	WITH_FLOATS(unsigned long long);
	WITH_FLOATS(float);
	WITH_FLOATS(double);
}

static void test_constants(void)
{
#define CONSTANT(digits, suffix, decimal)                                             \
	CHECK_STR(name_of(dt_type_of_constant(types, digits##ULL, decimal, #suffix)), \
		  GCC_NAME(digits##suffix))
	CONSTANT(0, , true);
	CONSTANT(2147483647, , true);
	CONSTANT(2147483648, , true);
	CONSTANT(0x7fffffff, , false);
	CONSTANT(0x80000000, , false);
	CONSTANT(0xffffffff, , false);
	CONSTANT(0x100000000, , false);
	CONSTANT(0x8000000000000000, , false);
	CONSTANT(9223372036854775807, , true);
	CONSTANT(1, u, true);
	CONSTANT(4294967296, u, true);
	CONSTANT(1, L, true);
	CONSTANT(0x8000000000000000, l, false);
	CONSTANT(1, ul, true);
	CONSTANT(1, LLU, true);
	CONSTANT(1, ll, true);
	CONSTANT(0xffffffffffffffff, ll, false);
	CHECK_STR(name_of(dt_type_of_constant(types, UINT64_MAX, true, "")), "unsigned long");
}

/* D's typedefs have the sizes and signs of libc's, where libc has them. */
#define LIKE_LIBC(t)                                                                 \
	do {                                                                         \
		const struct dt_type *d = dt_types_lookup_d(types, DT_TAG_NONE, #t); \
		CHECK(d != NULL);                                                    \
		CHECK_INT(dt_type_size(types, d), sizeof(t));                        \
		CHECK_INT(dt_type_is_signed(d), (t)-1 < (t)1);                       \
		CHECK_STR(name_of(d), #t);                                           \
	} while (0)

static void test_typedefs(void)
{
	LIKE_LIBC(int8_t);
	LIKE_LIBC(int16_t);
	LIKE_LIBC(int32_t);
	LIKE_LIBC(int64_t);
	LIKE_LIBC(uint8_t);
	LIKE_LIBC(uint16_t);
	LIKE_LIBC(uint32_t);
	LIKE_LIBC(uint64_t);
	LIKE_LIBC(size_t);
	LIKE_LIBC(ssize_t);
	LIKE_LIBC(pid_t);
	LIKE_LIBC(uid_t);
	LIKE_LIBC(gid_t);
	LIKE_LIBC(intptr_t);
	LIKE_LIBC(uintptr_t);
	LIKE_LIBC(ptrdiff_t);
	LIKE_LIBC(off_t);
	LIKE_LIBC(time_t);
	LIKE_LIBC(wchar_t);
	LIKE_LIBC(mode_t);
	CHECK_STR(name_of(dt_type_base(types, DT_B_HRTIME)->base), "long long");
	CHECK_STR(name_of(parsed("caddr_t")->base), "char *");
	CHECK(dt_type_is_stringish(parsed("caddr_t")));
	CHECK(dt_type_is_stringish(parsed("int8_t [16]")));
	CHECK(!dt_type_is_stringish(parsed("uint8_t [16]")));
	CHECK_INT(dt_type_size(types, parsed("string")), 256);
	dt_types_set_strsize(types, 64);
	CHECK_INT(dt_type_size(types, parsed("string")), 64);
	dt_types_set_strsize(types, 256);
}

static void test_names(void)
{
	static const char *const same[] = {
		"int",         "unsigned long", "char *",   "const char *",         "char *const",
		"int [4]",     "int [2][3]",    "void **",  "const volatile int *", "string",
		"long double", "uint64_t *[4]", "_symaddr",
	};
	struct dt_param one = { "c", parsed("char") };
	const struct dt_type *f = dt_type_func(types, parsed("int"), &one, 1, false);
	const struct dt_type *g = dt_type_func(types, dt_type_ptr(types, f), NULL, 0, false);

	for (size_t i = 0; i < ARRAY_SIZE(same); i++)
		CHECK_STR(name_of(parsed(same[i])), same[i]);
	CHECK_STR(name_of(parsed("long unsigned int")), "unsigned long");
	CHECK_STR(name_of(parsed("short unsigned")), "unsigned short");
	CHECK(parsed("unsigned double") == NULL);
	CHECK(parsed("nosuchtype_t") == NULL);
	CHECK(parsed("int [") == NULL);
	CHECK_STR(name_of(f), "int (char)");
	CHECK_STR(name_of(dt_type_ptr(types, f)), "int (*)(char)");
	CHECK_STR(name_of(dt_type_array(types, dt_type_ptr(types, f), 3)), "int (*[3])(char)");
	CHECK_STR(name_of(g), "int (*(void))(char)");
	CHECK_STR(name_of(dt_type_ptr(types, parsed("int [4]"))), "int (*)[4]");
	CHECK_STR(dt_type_decl(dt_type_ptr(types, f), "handler", text, sizeof(text)),
		  "int (*handler)(char)");
	CHECK_STR(dt_type_name(parsed("unsigned long"), text, 5), "unsi");
}

static struct dt_type *sou(enum dt_kind kind, const char *name)
{
	return dt_type_new_tagged(types, kind, name);
}

/* Members, bit-fields and nested anonymous structures are where gcc puts them. */
static void test_layout(void)
{
	struct inner {
		char c;
		union {
			short s;
			long l;
		};
	};
	struct outer {
		char a;
		struct inner in;
		int b : 3, c : 7;
		unsigned int d : 30;
		unsigned char : 0;
		short e;
		char tail[3];
		long f : 40;
		int g : 20;
	};
	struct dt_type *u = sou(DT_K_UNION, NULL), *in = sou(DT_K_STRUCT, "inner"),
		       *out = sou(DT_K_STRUCT, "outer");
	struct dt_member m;

	CHECK_INT(dt_type_add_member(types, u, "s", parsed("short"), -1), 0);
	CHECK_INT(dt_type_add_member(types, u, "l", parsed("long"), -1), 0);
	dt_type_finish(types, u);
	CHECK_INT(dt_type_add_member(types, in, "c", parsed("char"), -1), 0);
	CHECK_INT(dt_type_add_member(types, in, "", u, -1), 0);
	CHECK(dt_type_add_member(types, out, "in", in, -1) < 0); /* incomplete */
	dt_type_finish(types, in);
	CHECK_INT(dt_type_size(types, in), sizeof(struct inner));
	CHECK_INT(dt_type_add_member(types, out, "a", parsed("char"), -1), 0);
	CHECK_INT(dt_type_add_member(types, out, "in", in, -1), 0);
	CHECK_INT(dt_type_add_member(types, out, "b", parsed("int"), 3), 0);
	CHECK_INT(dt_type_add_member(types, out, "c", parsed("int"), 7), 0);
	CHECK_INT(dt_type_add_member(types, out, "d", parsed("unsigned int"), 30), 0);
	CHECK_INT(dt_type_add_member(types, out, "", parsed("unsigned char"), 0), 0);
	CHECK_INT(dt_type_add_member(types, out, "e", parsed("short"), -1), 0);
	CHECK_INT(dt_type_add_member(types, out, "tail", parsed("char [3]"), -1), 0);
	CHECK_INT(dt_type_add_member(types, out, "f", parsed("long"), 40), 0);
	CHECK_INT(dt_type_add_member(types, out, "g", parsed("int"), 20), 0);
	CHECK(dt_type_add_member(types, out, "g", parsed("int"), -1) < 0);
	CHECK(dt_type_add_member(types, out, "h", parsed("int"), 33) < 0);
	dt_type_finish(types, out);
	CHECK_INT(dt_type_size(types, out), sizeof(struct outer));
	CHECK_INT(dt_type_align(types, out), _Alignof(struct outer));
	CHECK(dt_type_member(types, out, "in", &m));
	CHECK_INT(m.offset_bits / 8, offsetof(struct outer, in));
	CHECK(dt_type_member(types, in, "l", &m));
	CHECK_INT(m.offset_bits / 8, offsetof(struct inner, l));
	CHECK(dt_type_member(types, out, "tail", &m));
	CHECK_INT(m.offset_bits / 8, offsetof(struct outer, tail));
	{
		union {
			struct outer s;
			uint8_t raw[sizeof(struct outer)];
		} probe = { .raw = { 0 } };
		static const char *const fields[] = { "b", "c", "d", "f", "g" };

		for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
			uint64_t bits = 0;
			size_t n = 0;

			memset(&probe, 0, sizeof(probe));
			switch (fields[i][0]) {
			case 'b': probe.s.b = -1; break;
			case 'c': probe.s.c = -1; break;
			case 'd': probe.s.d = 0x3fffffff; break;
			case 'f': probe.s.f = -1; break;
			default: probe.s.g = -1;
			}
			while (bits < sizeof(probe) * 8 && !(probe.raw[bits / 8] >> bits % 8 & 1))
				bits++;
			for (size_t b = 0; b < sizeof(probe) * 8; b++)
				n += probe.raw[b / 8] >> b % 8 & 1;
			CHECK(dt_type_member(types, out, fields[i], &m));
			CHECK_INT(m.offset_bits, bits);
			CHECK_INT(m.bits, n);
		}
	}
}

static void test_declarations(void)
{
	size_t mark = dt_types_mark(types);
	struct dt_type *s = sou(DT_K_STRUCT, "mine"), *e = sou(DT_K_ENUM, "colour");
	const struct dt_type *t, *p = dt_type_ptr(types, s);
	int64_t value;

	CHECK_INT(dt_types_declare(types, s, NULL), 0);
	CHECK(dt_types_lookup(types, NULL, DT_TAG_STRUCT, "mine") == s);
	CHECK(s->incomplete);
	CHECK_INT(dt_type_size(types, p->base), 0);
	CHECK_INT(dt_type_add_member(types, s, "next", p, -1), 0);
	dt_type_finish(types, s);
	CHECK_INT(dt_type_size(types, p->base), 8);
	CHECK(dt_types_declare(types, sou(DT_K_STRUCT, "mine"), NULL) < 0);
	CHECK_INT(dt_type_add_enumerator(types, e, "RED", 3), 0);
	CHECK_INT(dt_type_add_enumerator(types, e, "GREEN", -4), 0);
	CHECK(dt_type_add_enumerator(types, e, "RED", 5) < 0);
	dt_type_finish(types, e);
	CHECK_INT(dt_types_declare(types, e, NULL), 0);
	CHECK(dt_types_enumerator(types, NULL, "GREEN", &t, &value) && t == e && value == -4);
	CHECK_STR(dt_type_enum_name(types, e, 3), "RED");
	CHECK_INT(dt_types_declare(types, dt_type_typedef(types, "mine_t", s), NULL), 0);
	CHECK_INT(dt_types_declare(types, dt_type_typedef(types, "mine_t", s), NULL), 0);
	CHECK(dt_types_declare(types, dt_type_typedef(types, "mine_t", p), NULL) < 0);
	CHECK_STR(name_of(parsed("mine_t *")), "mine_t *");
	dt_types_rollback(types, mark);
	CHECK(dt_types_lookup_d(types, DT_TAG_STRUCT, "mine") == NULL);
	CHECK(dt_types_lookup_d(types, DT_TAG_NONE, "mine_t") == NULL);
	CHECK(!dt_types_enumerator(types, "D", "RED", &t, &value));
	CHECK(s->incomplete);
	CHECK(dt_types_enumerator(types, NULL, "B_TRUE", &t, &value) && value == 1);
}

static void test_compatibility(void)
{
	static const struct {
		const char *dst, *src;
		bool ok;
	} rows[] = {
		{ "int", "unsigned long", true },
		{ "string", "char *", true },
		{ "char *", "string", true },
		{ "string", "char [16]", true },
		{ "int", "string", false },
		{ "string", "int", false },
		{ "int *", "int *", true },
		{ "int *", "const int *", true },
		{ "int *", "unsigned int *", false },
		{ "void *", "int *", true },
		{ "int *", "void *", true },
		{ "int *", "int [4]", true },
		{ "long *", "long long *", true },
		{ "int *", "long", false },
		{ "uintptr_t", "char *", false },
		{ "stack", "stack", true },
		{ "_symaddr", "_usymaddr", false },
		{ "_symaddr", "int", false },
		{ "string", "uint8_t [4]", false },
		{ "double", "int", false },
		{ "pid_t", "char", true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct dt_type *dst = parsed(rows[i].dst), *src = parsed(rows[i].src);

		if (!strcmp(rows[i].dst, "stack"))
			dst = src = dt_type_base(types, DT_B_STACK);
		if (dt_type_assignable(dst, src) != rows[i].ok)
			fprintf(stderr, "%s = %s\n", rows[i].dst, rows[i].src);
		CHECK(dt_type_assignable(dst, src) == rows[i].ok);
	}
	CHECK(dt_type_equal(parsed("uint64_t *"), parsed("unsigned long *")));
	CHECK(!dt_type_equal(parsed("long"), parsed("long long")));
	CHECK(!dt_type_equal(parsed("const char *"), parsed("char *")));
	CHECK(dt_type_compatible(parsed("const char *"), parsed("char *")));
	CHECK(dt_type_assignable(dt_type_base(types, DT_B_DYN), parsed("int")));
}

static const char *printed(const struct dt_type *t, const void *data, size_t len)
{
	static struct dt_strbuf out;

	dt_strbuf_clear(&out);
	dt_type_print(types, t, data, len, NULL, &out);
	return dt_strbuf_str(&out);
}

static void test_print(void)
{
	struct pair {
		int x;
		char *p;
	} pairs[2] = { { -1, NULL }, { 2, (char *)16 } };
	struct all {
		char name[8];
		unsigned int lo : 4, hi : 28;
		struct pair two[2];
		int nums[2];
		enum { ON = 1 } sw;
	} all = { "abc", 5, 9, { { 1, NULL }, { 2, NULL } }, { 3, 4 }, ON };
	struct dt_type *pair = sou(DT_K_STRUCT, "pair"), *s = sou(DT_K_STRUCT, "all"),
		       *e = sou(DT_K_ENUM, NULL);
	int one = 1, minus = -1;
	double d = 1.5;

	CHECK_STR(printed(parsed("int"), &one, 4), "int 0x1\n");
	CHECK_STR(printed(parsed("pid_t"), &minus, 4), "pid_t 0xffffffff\n");
	CHECK_STR(printed(parsed("char"), "a", 1), "char 'a'\n");
	CHECK_STR(printed(parsed("char"), "\n", 1), "char '\\012'\n");
	CHECK_STR(printed(parsed("char"), "", 1), "char '\\0'\n");
	CHECK_STR(printed(parsed("double"), &d, 8), "double +1.5000000e+00\n");
	CHECK_STR(printed(parsed("string"), "hello\0xx", 8), "string \"hello\"\n");
	CHECK_STR(printed(parsed("char [4]"), "hi\0", 4), "string \"hi\"\n");
	dt_type_add_member(types, pair, "x", parsed("int"), -1);
	dt_type_add_member(types, pair, "p", parsed("char *"), -1);
	dt_type_finish(types, pair);
	CHECK_STR(printed(pair, &pairs[1], sizeof(pairs[1])),
		  "struct pair {\n    int x = 0x2\n    char *p = 0x10\n}");
	dt_type_add_enumerator(types, e, "ON", 1);
	dt_type_finish(types, e);
	dt_type_add_member(types, s, "name", parsed("char [8]"), -1);
	dt_type_add_member(types, s, "lo", parsed("unsigned int"), 4);
	dt_type_add_member(types, s, "hi", parsed("unsigned int"), 28);
	dt_type_add_member(types, s, "two", dt_type_array(types, pair, 2), -1);
	dt_type_add_member(types, s, "nums", parsed("int [2]"), -1);
	dt_type_add_member(types, s, "sw", e, -1);
	dt_type_finish(types, s);
	CHECK_INT(dt_type_size(types, s), sizeof(all));
	CHECK_STR(printed(s, &all, sizeof(all)),
		  "struct all {\n    char [8] name = [ \"abc\" ]\n    unsigned int lo :4 = 0x5\n   "
		  " unsigned int hi :28 = 0x9\n"
		  "    struct pair [2] two = [ \n        struct pair {\n            int x = 0x1\n  "
		  "          char *p = 0\n"
		  "        }, struct pair {\n            int x = 0x2\n            char *p = 0\n    "
		  "    }\n    ]\n"
		  "    int [2] nums = [ 0x3, 0x4 ]\n    enum {...} sw = ON\n}");
}

static int count(const char *name, uint32_t id, void *arg)
{
	(void)name;
	(void)id;
	++*(int *)arg;
	return 0;
}

/* Facts that hold for every kernel that has BTF. */
static void test_kernel(void)
{
	uint64_t start = dt_now_ns();
	const struct dt_type *task = dt_types_lookup(types, NULL, DT_TAG_STRUCT, "task_struct"), *t;
	struct dt_btf_target target;
	struct dt_member m;
	int64_t value;
	bool percpu;
	int n = 0;

	if (!task) {
		printf("no BTF: the kernel's types are not tested\n");
		return;
	}
	CHECK(dt_type_member(types, task, "pid", &m));
	printf("first look-up of a member: %.2f ms\n", (double)(dt_now_ns() - start) / 1e6);
	CHECK(dt_now_ns() - start <
	      500000000); /* an emulated machine that cannot map BTF takes 70 ms */
	CHECK_STR(name_of(m.type), "pid_t");
	CHECK_INT(dt_type_size(types, m.type), 4);
	start = m.offset_bits;
	CHECK(dt_type_member(types, task, "tgid", &m));
	CHECK_INT(m.offset_bits, start + 32);
	CHECK(dt_type_member(types, task, "comm", &m));
	CHECK_STR(name_of(m.type), "char [16]");
	CHECK(dt_type_is_stringish(m.type));
	CHECK(dt_type_member(types, task, "mm", &m));
	CHECK_STR(name_of(m.type), "struct mm_struct *");
	CHECK(m.type->base && !dt_type_strip(m.type->base)->filled);
	CHECK(dt_type_member(types, dt_type_strip(m.type)->base, "arg_start",
			     &m)); /* in an anonymous structure */
	CHECK_STR(name_of(m.type), "unsigned long");
	CHECK_STR(name_of(task), "struct task_struct");
	CHECK_STR(task->module, "vmlinux");
	CHECK_INT(dt_types_btf_id(types, NULL, DT_TAG_STRUCT, "task_struct"), task->btf_id);
	CHECK_INT(dt_type_align(types, dt_types_lookup(types, NULL, DT_TAG_STRUCT, "list_head")),
		  8);
	CHECK_INT(dt_type_align(types, dt_types_lookup(types, NULL, DT_TAG_STRUCT, "iphdr")), 4);
	CHECK(dt_types_lookup(types, NULL, DT_TAG_STRUCT, "no_such_struct") == NULL);
	CHECK_STR(name_of(dt_types_lookup(types, NULL, DT_TAG_NONE, "gfp_t")), "gfp_t");
	CHECK_STR(name_of(parsed("struct vmlinux`file *")), "struct file *");
	CHECK(dt_types_tracepoint(types, NULL, "sched_switch", &target));
	CHECK_INT(target.proto->nparams >= 3, 1);
	CHECK_STR(name_of(target.proto->params[1].type), "struct task_struct *");
	CHECK(!dt_types_tracepoint(types, NULL, "no_such_tracepoint", &target));
	CHECK(dt_types_function(types, NULL, "vfs_read", &target));
	CHECK_STR(target.proto->params[0].name, "file");
	CHECK_STR(name_of(target.proto), "ssize_t (struct file *, char *, size_t, loff_t *)");
	CHECK(dt_types_each_tracepoint(types, NULL, count, &n) == 0 && n > 100);
	n = 0;
	CHECK(dt_types_each_function(types, NULL, count, &n) == 0 && n > 10000);
	CHECK(dt_types_enumerator(types, NULL, "PIDTYPE_TGID", &t, &value) && value == 1);
	CHECK_STR(name_of(t), "enum pid_type");
	t = dt_types_symbol(types, NULL, "runqueues", &percpu);
	CHECK(t && percpu && !strcmp(name_of(t), "struct rq"));
	start = dt_now_ns();
	for (int i = 0; i < 1000; i++)
		CHECK(dt_types_lookup(types, NULL, DT_TAG_STRUCT, "sock") != NULL);
	printf("a further look-up: %.2f us\n", (double)(dt_now_ns() - start) / 1e6);
}

static int check_function(const char *name, uint32_t id, void *arg)
{
	const struct dt_type *t = dt_types_by_btf_id(types, arg, id);

	CHECK(*name && t && t->kind == DT_K_FUNC);
	return 0;
}

/* A module's types may refer to the kernel's: its BTF continues where the kernel's ends. */
static void test_modules(void)
{
	DIR *dir = opendir("/sys/kernel/btf");
	struct dirent *entry;
	int n = 0;

	while (dir && n < 4 && (entry = readdir(dir)) != NULL) {
		struct dt_btf_target target;
		char name[256];

		if (entry->d_name[0] == '.' || !strcmp(entry->d_name, "vmlinux"))
			continue;
		snprintf(name, sizeof(name), "%s", entry->d_name);
		n++;
		CHECK(dt_types_has_btf(types, name));
		CHECK_INT(dt_types_each_function(types, name, check_function, name), 0);
		CHECK(dt_types_function(types, name, "vfs_read", &target) &&
		      !strcmp(target.module, "vmlinux"));
		CHECK(dt_types_lookup(types, name, DT_TAG_STRUCT, "task_struct") ==
		      dt_types_lookup(types, NULL, DT_TAG_STRUCT, "task_struct"));
		if (!strcmp(name, "9p")) {
			CHECK(dt_types_lookup(types, NULL, DT_TAG_STRUCT, "v9fs_inode") != NULL);
			CHECK_STR(dt_types_lookup(types, "9p", DT_TAG_STRUCT, "v9fs_inode")->module,
				  "9p");
		}
	}
	if (dir)
		closedir(dir);
	printf("%d modules with BTF\n", n);
	CHECK(!dt_types_has_btf(types, "no_such_module"));
}

static void test_start(void)
{
	uint64_t start = dt_now_ns();

	for (int i = 0; i < 100; i++)
		dt_types_free(dt_types_new());
	printf("new and free: %.1f us\n", (double)(dt_now_ns() - start) / 1e5);
}

int main(void)
{
	types = dt_types_new();
	test_arithmetic();
	test_constants();
	test_typedefs();
	test_names();
	test_layout();
	test_declarations();
	test_compatibility();
	test_print();
	test_kernel();
	test_modules();
	test_start();
	dt_types_free(types);
	return test_end();
}
