/* SPDX-License-Identifier: MIT */
/*
 * The checker: types of expressions, typed trees as text, and the errors of wrong programs.  The
 * probes are the library's own: all programs are enabled on BEGIN, so that nothing is read from the
 * kernel.
 */
#include <stdlib.h>
#include "base/arena.h"
#include "builtin/builtins.h"
#include "check/check.h"
#include "lang/lang.h"
#include "probe/probe.h"
#include "providers/providers.h"
#include "symbols/symbols.h"
#include "test.h"
#include "types/types.h"

static struct dt_env env;
static struct dt_probes probes;
static struct dt_symtab *symtab;
static struct dt_check_opts opts;

static bool is_type(void *arg, const char *name, size_t len)
{
	char buf[64];

	(void)arg;
	if (len >= sizeof(buf))
		return false;
	memcpy(buf, name, len);
	buf[len] = '\0';
	return dt_types_lookup_d(env.types, DT_TAG_NONE, buf) != NULL;
}

static bool symbol(void *arg, const char *module, const char *name, uint64_t *addr)
{
	(void)arg;
	(void)module;
	*addr = 0x1000;
	return strcmp(name, "nosuch") != 0;
}

static void start(void)
{
	env.types = dt_types_new();
	env.objects = dt_objects_new();
	env.usyms = dt_usyms_new(env.objects);
	symtab = dt_symtab_new();
	dt_probes_init(&probes, &env, dt_providers, dt_nproviders);
	opts = (struct dt_check_opts){
		.types = env.types,
		.probes = &probes,
		.builtins = dt_all_builtins,
		.symtab = symtab,
		.unready = true,
		.symbol = symbol,
	};
}

static void stop(void)
{
	dt_probes_free(&probes);
	dt_symtab_free(symtab);
	dt_usyms_free(env.usyms);
	dt_objects_free(env.objects);
	dt_types_free(env.types);
}

/* ---- types of expressions ---- */

#define NUMBERS_A(X)          \
	X(c, char)            \
	X(sc, signed char)    \
	X(uc, unsigned char)  \
	X(s, short)           \
	X(us, unsigned short) \
	X(i, int)             \
	X(u, unsigned int)    \
	X(l, long) X(ul, unsigned long) X(ll, long long) X(ull, unsigned long long)
#define NUMBERS_B(X, a) \
	X(a, c)         \
	X(a, sc) X(a, uc) X(a, s) X(a, us) X(a, i) X(a, u) X(a, l) X(a, ul) X(a, ll) X(a, ull)

#define KIND(e)                                    \
	_Generic((e), char                         \
		 : "char", signed char             \
		 : "signed char", unsigned char    \
		 : "unsigned char", short          \
		 : "short", unsigned short         \
		 : "unsigned short", int           \
		 : "int", unsigned                 \
		 : "unsigned int", long            \
		 : "long", unsigned long           \
		 : "unsigned long", long long      \
		 : "long long", unsigned long long \
		 : "unsigned long long")

/* D's order of the integer types: by rank, unsigned types just above their signed twins. */
/* clang-format off */
#define KEY(e) \
	_Generic((e), char: 2, signed char: 2, unsigned char: 3, short: 4, unsigned short: 5, \
		 int: 6, unsigned: 7, long: 8, unsigned long: 9, long long: 10, \
		 unsigned long long: 11)
/* clang-format on */
#define USUAL(a, b) __builtin_choose_expr(KEY(a) > KEY(b), a, b)

struct typed {
	const char *text, *type;
};
struct valued {
	const char *text, *type;
	long long value;
};

#define DECLARE(name, type) extern type name;
NUMBERS_A(DECLARE)

/* clang-format off */
#define OP(a, op, b) { #a " " #op " " #b, KIND(USUAL(a, b)) }
#define BINARY(a, b) \
	OP(a, +, b), OP(a, -, b), OP(a, *, b), OP(a, /, b), OP(a, %, b), OP(a, &, b), \
	OP(a, |, b), OP(a, ^, b), OP(a, <<, b), OP(a, >>, b), \
	{ #a " < " #b, "int" }, { #a " == " #b, "int" }, { #a " && " #b, "int" }, \
	{ "i ? " #a " : " #b, KIND(USUAL(a, b)) }, \
	{ #a " = " #b, KIND(a) }, { #a " += " #b, KIND(a) },
#define UNARY(a, type) \
	NUMBERS_B(BINARY, a) \
	{ "+" #a, KIND(a) }, { "-" #a, KIND(a) }, { "~" #a, KIND(a) }, { "!" #a, "int" }, \
	{ #a "++", KIND(a) }, { "--" #a, KIND(a) }, { "sizeof (" #a ")", "unsigned long" },
/* clang-format on */

static const struct typed numbers[] = {
	NUMBERS_A(UNARY){ "bits->b3 + 1", "unsigned int" },
	{ "-bits->b3", "unsigned int" },
	{ "bits->s5 + u", "unsigned int" },
	{ "bits->b32 + 1", "unsigned int" },
	{ "~bits->s5", "int" },
	{ "bits->b3 << l", "long" },
	{ "bits->b3 - bits->s5", "unsigned int" },
};

/* gcc's warnings are about what is compared here. */
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wparentheses"
#pragma GCC diagnostic ignored "-Woverflow"
/* clang-format off */
#define V(e) { #e, KIND(e), (long long)(e) }
/* clang-format on */
static const struct valued constants[] = {
	V(1),
	V(2147483647),
	V(2147483648),
	V(0x80000000),
	V(0xffffffff),
	V(0x100000000),
	V(4294967295),
	V(1u),
	V(1l),
	V(1ul),
	V(1ll),
	V(1ull),
	V(0x7fffffffffffffff),
	V(0xffffffffffffffff),
	V(037777777777),
	V('a'),
	V('\0'),
	V(5 / 2),
	V(-5 / 2),
	V(-5 % 3),
	{ "5u - 6u", "unsigned int", -1 }, /* not cut to its type */
	V(-1 < 1u),
	V(-1l < 1u),
	V(1 << 4),
	V(0x80000000 >> 4),
	V(-8 >> 1),
	V(~0),
	{ "~0u", "unsigned int", -1 }, /* not cut to its type */
	V(!5),
	V(!0),
	V((char)300),
	V((unsigned char)300),
	V((short)70000),
	{ "(signed char)-1 + 0u", "unsigned int", -1 }, /* not cut to its type */
	{ "(long)-1u", "long", -1 },                    /* not cut to its type */
	V((int)0xffffffffUL),
	V(1 ? 2 : 3l),
	{ "0 ? 2u : -3", "unsigned int", -3 }, /* not cut to its type */
	V(3 & 6),
	V(3 | 6),
	V(3 ^ 6),
	V(2147483647 + 1u),
	V(1 && 0),
	V(1 || 0),
	V(3 > 2),
	V(3 >= 4),
	V(3 != 3),
	V(sizeof(int)),
	V(sizeof(char) + 1),
	V(sizeof(struct {
		int a;
		char b;
	})),
	V((unsigned short)65535 + 1),
	V((unsigned char)255 << 1),
	{ "-(unsigned char)1", "unsigned char", -1 }, /* not cut to its type */
	{ "+(short)-3", "short", -3 },
	V(1 - 2ul),
	V(-2147483647 - 1),
	V((_Bool)7 + 0),
	V(10 % 4 * 3 - 2),
	V(1 + 2 * 3 << 1),
	{ "0xffu ^ -1", "unsigned int", -256 }, /* not cut to its type */
};

struct expression {
	const char *text;
	struct dt_expr *e;
};

static void expression(struct dt_compile *compile, void *arg)
{
	struct expression *x = arg;
	struct dt_parse_opts po = { .text = x->text, .len = strlen(x->text), .is_type = is_type };

	x->e = dt_check_expression(compile, &opts, dt_parse_expr(compile, &po));
}

static void check_expr(const char *text, const char *type, const long long *value)
{
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct expression x = { .text = text };
	const struct dt_expr *e;
	char buf[64];

	if (!dt_compile_run(&compile, expression, &x)) {
		fprintf(stderr, "%s: %s\n", text, compile.diag.msg);
		test_failed++;
	} else {
		e = x.e;
		const char *got = dt_type_name(dt_type_strip(e->type), buf, sizeof(buf));
		bool same = strcmp(got, type) == 0;

		if (!same || (value && (e->op != DT_E_INT || e->ival != *value))) {
			fprintf(stderr, "%s: is %s %lld, not %s %lld\n", text, got,
				e->op == DT_E_INT ? (long long)e->ival : 0, type,
				value ? *value : 0);
			test_failed++;
		} else {
			test_passed++;
		}
	}
	dt_arena_free(compile.arena);
}

/* ---- programs ---- */

static struct dt_strbuf dumped;

static void program(struct dt_compile *compile, void *arg)
{
	const struct dt_parse_opts *po = arg;

	dt_tree_dump(&dumped, dt_check_program(compile, &opts, dt_parse(compile, po)));
}

/* The typed tree as text, or "D_TAG message". The arena is kept, since inlines point into it. */
static const char *compiled(const char *text)
{
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct dt_parse_opts po = {
		.text = text,
		.len = strlen(text),
		.probespec = DT_PSPEC_NAME,
		.is_type = is_type,
		.argref = true,
	};
	struct dt_check_mark mark = dt_check_mark(&opts);

	dt_strbuf_clear(&dumped);
	if (!dt_compile_run(&compile, program, &po)) {
		dt_check_rollback(&opts, &mark);
		dt_strbuf_printf(&dumped, "%s %s", compile.diag.tag ? compile.diag.tag : "-",
				 compile.diag.msg);
		if (compile.diag.hint)
			dt_strbuf_printf(&dumped, " (%s)", compile.diag.hint);
	}
	return dt_strbuf_str(&dumped);
}

static void types_of_numbers(void)
{
	compiled(
		"char c; signed char sc; unsigned char uc; short s; unsigned short us; int i; "
		"unsigned u; long l;"
		"unsigned long ul; long long ll; unsigned long long ull;"
		"struct bits { unsigned b3 : 3; int s5 : 5; unsigned b32 : 32; unsigned long b40 : "
		"40; }; struct bits *bits;");
	for (size_t k = 0; k < sizeof(numbers) / sizeof(numbers[0]); k++)
		check_expr(numbers[k].text, numbers[k].type, NULL);
	for (size_t k = 0; k < sizeof(constants) / sizeof(constants[0]); k++)
		check_expr(constants[k].text, constants[k].type, &constants[k].value);
}

static const struct {
	const char *text, *want;
} trees[] = {
	{ "BEGIN { }", "clause 0 probes 1 records\n" },
	{ "BEGIN { exit(0); }", "clause 0 probes 1 records exits\n\texit(0:int)\n" },
	{ "BEGIN { a1 = 1; a1 += 2L; }",
	  "clause 0 probes 1\n\t(=:int a1:int 1:int)\n\t(op=:int +:long a1:int 2:long)\n" },
	{ "BEGIN { self->t1 = timestamp; this->x1 = \"a\"; trace(this->x1); }",
	  "clause 0 probes 1 records\n\t(=:uint64_t self->t1:uint64_t (builtin:uint64_t "
	  "timestamp))\n"
	  "\t(=:string this->x1:string \"a\")\n\ttrace(this->x1:string)\n" },
	{ "BEGIN { m[1, \"k\"] = 5; m[2L, \"z\"]++; }",
	  "clause 0 probes 1\n\t(=:int (elem:int m 1:int \"k\") 5:int)\n\t(+=:int 1 post (elem:int "
	  "m 2:int \"z\"))\n" },
	{ "BEGIN /pid == 1/ { @q1[execname] = quantize(arg0); }",
	  "clause 0 probes 1\n\tif not (==:int (builtin:pid_t pid) 1:int) leave\n"
	  "\t@q1[(builtin:string execname)] = quantize((builtin:int64_t arg0))\n" },
	{ "BEGIN { @l1 = lquantize(1, 0, 100, 10); }",
	  "clause 0 probes 1\n\t@l1[] = lquantize(1:int64_t) param 0xa000a00000000\n" },
	{ "struct pt { int x; char n[8]; short y[4]; }; struct pt *pp; BEGIN { trace(pp->n); "
	  "trace(pp->y[2]); trace(&pp->y[1]); }",
	  "clause 0 probes 1 records\n\ttrace((cast:string (deref:char [8] +4 pp:struct pt *)))\n"
	  "\ttrace((deref:short +16 pp:struct pt *))\n\ttrace((addr:short * +14 pp:struct pt "
	  "*))\n" },
	{ "BEGIN { trace(pp + 1); trace(pp - (struct pt *)0); trace(pp[i].x); }",
	  "clause 0 probes 1 records\n\ttrace((+:struct pt * pp:struct pt * 20:long))\n"
	  "\ttrace((/:long (-:long (cast:long pp:struct pt *) 0:long) 20:long))\n"
	  "\ttrace((deref:int +0 (+:struct pt * pp:struct pt * (*:long (cast:long i:int) "
	  "20:long))))\n" },
	{ "BEGIN { if (execname == \"x\") { i = 1; } else { i++; } }",
	  "clause 0 probes 1\n\tif (==:int (builtin:string execname) \"x\")\n\t\t(=:int i:int "
	  "1:int)\n\telse\n"
	  "\t\t(+=:int 1 post i:int)\n" },
	{ "BEGIN { if (i) { trace(1); } trace(2); }", /* a branch that records becomes a clause */
	  "clause 0 probes 1\n\t(=:int this->:int (?::int i:int 1:int 2:int))\n"
	  "clause 1 probes 1 records\n\tif not (==:int this->:int 1:int) leave\n\ttrace(1:int)\n"
	  "clause 2 probes 1 records\n\tif not (!=:int this->:int 0:int) leave\n\ttrace(2:int)\n" },
	{ "inline int two = 2; inline int twice[int n] = n * two; BEGIN { trace(twice[21]); }",
	  "clause 0 probes 1 records\n\ttrace(42:int)\n" },
	{ "struct out { int o; string t; }; translator struct out < struct pt *P > { o = P->x + 1; "
	  "t = P->n; };"
	  "BEGIN { trace(xlate <struct out *>(pp)->o); trace((xlate <struct out>(pp)).t); }",
	  "clause 0 probes 1 records\n\ttrace((cast:int (+:int (deref:int +0 pp:struct pt *) "
	  "1:int)))\n"
	  "\ttrace((cast:string (deref:char [8] +4 pp:struct pt *)))\n" },
	{ "BEGIN { printf(\"%s %d\", execname, pid); }",
	  "clause 0 probes 1 records\n\tprintf((builtin:string execname), (builtin:pid_t pid)) by "
	  "format\n" },
	{ "BEGIN { @k1[stack(3), sym(1)] = count(); stack(5); }",
	  "clause 0 probes 1 records\n\t@k1[(call:stack stack 3:int), (call:_symaddr sym "
	  "1:uintptr_t)] = count()\n"
	  "\tstack() frames 5\n" },
	{ "BEGIN { self->s1 = \"x\"; self->s1 = 0; trace(self->s1 == NULL_); } inline int NULL_ = "
	  "0;",
	  "D_IDENT_UNDEF" },
	{ "BEGIN { self->s1 = \"x\"; self->s1 = 0; trace(self->s1 == 0); }",
	  "clause 0 probes 1 records\n\t(=:string self->s1:string \"x\")\n\t(=:string "
	  "self->s1:string \"\")\n"
	  "\ttrace((==:int self->s1:string \"\"))\n" },
	{ "BEGIN { raise(9); }", "clause 0 probes 1 destructive\n\traise(9:int)\n" },
	{ "BEGIN, BEGIN { i = 1; }",
	  "clause 0 probes 1\n\t(=:int i:int 1:int)\nclause 0 probes 1\n\t(=:int i:int 1:int)\n" },
	{ "BEGIN, END { i = 1; }", "clause 0 probes 2\n\t(=:int i:int 1:int)\n" },
	{ "typedef int num_t; num_t n1; self num_t n2; BEGIN { n1 = self->n2; }",
	  "clause 0 probes 1\n\t(=:num_t n1:num_t self->n2:num_t)\n" },
	{ "enum color { RED, GREEN = 7, BLUE }; BEGIN { trace(BLUE); }",
	  "clause 0 probes 1 records\n\ttrace(8:enum color)\n" },
	{ "BEGIN { trace(i ? \"a\" : execname); }", "clause 0 probes 1 records\n\ttrace((?::string "
						    "i:int \"a\" (builtin:string execname)))\n" },
	{ "BEGIN { clear(@q1); trunc(@q1, 5); normalize(@q1, 10); printa(@q1); printa(\"%s %@d\", "
	  "@q1); }",
	  "clause 0 probes 1 records\n\tclear(@q1)\n\ttrunc(@q1, 5:int64_t)\n\tnormalize(@q1, "
	  "10:int64_t)\n\tprinta(@q1)\n"
	  "\tprinta(@q1) by format\n" },
};

static const struct {
	const char *text, *want; /* tag and the beginning of the message */
} errors[] = {
#include "check_errors.h"
};

static void programs(void)
{
	for (size_t k = 0; k < sizeof(trees) / sizeof(trees[0]); k++) {
		const char *got = compiled(trees[k].text);

		if (strncmp(trees[k].want, "D_", 2) == 0)
			CHECK(strncmp(got, trees[k].want, strlen(trees[k].want)) == 0);
		else
			CHECK_STR(got, trees[k].want);
	}
	for (size_t k = 0; k < sizeof(errors) / sizeof(errors[0]); k++) {
		const char *got = compiled(errors[k].text);

		if (strncmp(got, errors[k].want, strlen(errors[k].want)) == 0) {
			test_passed++;
		} else {
			fprintf(stderr, "%s\n\tgot:  %s\n\twant: %s\n", errors[k].text, got,
				errors[k].want);
			test_failed++;
		}
	}
}

/* What a failed program defined is undone. */
static void rollback(void)
{
	uint32_t nvars = dt_symtab_nvars(symtab, DT_SCOPE_GLOBAL), naggs = dt_symtab_naggs(symtab);

	compiled("struct gone { int a; }; inline int goner = 1; int gonv; BEGIN { @gona = count(); "
		 "nosuch_name; }");
	CHECK_INT(dt_symtab_nvars(symtab, DT_SCOPE_GLOBAL), nvars);
	CHECK_INT(dt_symtab_naggs(symtab), naggs);
	CHECK(dt_symtab_agg_by_name(symtab, "gona") == NULL);
	CHECK(dt_types_lookup_d(env.types, DT_TAG_STRUCT, "gone") == NULL);
	compiled("inline int goner = 2; BEGIN { trace(goner); }");
	CHECK_STR(dt_strbuf_str(&dumped), "clause 0 probes 1 records\n\ttrace(2:int)\n");
}

/* The types of a library are the kernel's: they are looked up when a program uses its
 * definitions. */
static void library(void)
{
	if (!dt_types_has_btf(env.types, NULL))
		return;
	opts.is_library = true;
	CHECK_STR(compiled("typedef struct procinfo { int p_id; string p_name; struct procinfo "
			   "*p_self; } procinfo_t;"
			   "translator procinfo_t < struct task_struct *T > { p_id = T->tgid; "
			   "p_name = T->comm;"
			   "p_self = xlate <procinfo_t *>(T->group_leader); };"
			   "inline procinfo_t *curproc = xlate <procinfo_t *>(curthread);"
			   "inline int broken = no_such_thing;"),
		  "");
	opts.is_library = false;
	CHECK(strstr(compiled("BEGIN { trace(curproc->p_id); @[curproc->p_name] = count(); }"),
		     "trace((deref:int +") != NULL);
	CHECK(strstr(compiled("BEGIN { trace(curproc->p_self->p_self->p_id); }"),
		     "trace((deref:int +") != NULL);
	CHECK(strncmp(compiled("BEGIN { trace(broken); }"), "D_IDENT_UNDEF", 13) == 0);
	CHECK(strncmp(compiled("BEGIN { trace(curproc); }"), "D_TRACE_DYN", 11) == 0);
	CHECK(strncmp(compiled("BEGIN { trace(curproc->p_nam); }"), "D_TYPE_MEMBER", 13) == 0);
	CHECK(strncmp(compiled("BEGIN { curproc->p_id = 1; }"), "D_OP_LVAL", 9) == 0);
}

int main(void)
{
	start();
	types_of_numbers();
	programs();
	rollback();
	library();
	stop();
	dt_strbuf_free(&dumped);
	return test_end();
}
