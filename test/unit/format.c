/* SPDX-License-Identifier: MIT */
/* Formats of printf(): the errors of wrong ones, and what each conversion prints. */
#include "consume.h"

/* ---- formats: parsing and checking ---- */

struct format {
	const char *text;
	bool check; /* check it against args */
	const struct dt_type *const *args;
	uint32_t nargs;
	struct dt_fmt *fmt;
};

static void compile_format(struct dt_compile *compile, void *arg)
{
	struct format *f = arg;
	struct dt_loc loc = { 0 };

	f->fmt = dt_fmt_parse(compile, &loc, f->text);
	if (f->check)
		dt_fmt_check(compile, &loc, f->fmt, "printf", f->args, f->nargs);
}

/* "" or "[TAG] message". */
static const char *check_format(const char *fmt, const struct dt_type *const *args, uint32_t nargs)
{
	static char why[512];
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct format f = { .text = fmt, .check = true, .args = args, .nargs = nargs };

	why[0] = '\0';
	if (!dt_compile_run(&compile, compile_format, &f))
		snprintf(why, sizeof(why), "[%s] %s", compile.diag.tag, compile.diag.msg);
	dt_arena_free(compile.arena);
	return why;
}

#define ARGS(...)                       \
	(const struct dt_type *const[]) \
	{                               \
		__VA_ARGS__             \
	}
#define FORMAT(want, fmt, ...)                                              \
	CHECK_STR(check_format(fmt, ARGS(__VA_ARGS__),                      \
			       sizeof(ARGS(__VA_ARGS__)) / sizeof(void *)), \
		  want)
#define FORMAT0(want, fmt) CHECK_STR(check_format(fmt, NULL, 0), want)

static void test_format_syntax(void)
{
	const struct dt_type *i = type(DT_B_INT), *s = type(DT_B_STRING);

	FORMAT0("", "plain");
	FORMAT0("", "100%%");
	FORMAT("", "%d", i);
	FORMAT("", "%-+#0' 5.3d", i);
	FORMAT("", "%*.*d", i, i, i);
	FORMAT("", "%?p", type(DT_B_LONG));
	FORMAT("", "%s and %s", s, s);
	FORMAT("", "%-10s%%%5d", s, i);
	FORMAT0("[D_SYNTAX] format conversion #1 is undefined: %q", "%q");
	FORMAT0("[D_SYNTAX] format conversion #1 is undefined: %n", "%n");
	FORMAT0("[D_SYNTAX] format conversion #1 is undefined: %wZ", "%wZ");
	FORMAT0("[D_SYNTAX] format conversion #2 is undefined: %hs", "%%%hs");
	FORMAT0("[D_SYNTAX] format conversion #1 name expected before end of format string",
		"abc %");
	FORMAT0("[D_SYNTAX] format conversion #1 name expected before end of format string",
		"%-5l");
	FORMAT0("[D_SYNTAX] format conversion #1 uses unsupported positional format (%n$)", "%1$d");
	FORMAT0("[D_SYNTAX] format conversion #1 has more than one '*' specified for the output "
		"width",
		"%**d");
	FORMAT0("[D_SYNTAX] format conversion #1 has more than one '*' specified for the output "
		"precision",
		"%.**d");
	FORMAT0("[D_SYNTAX] format conversion #1 has more than one '.' specified", "%1.2.3d");
	FORMAT0("[D_SYNTAX] format conversion #1 cannot be combined with other format flags: %%",
		"%-%");
	FORMAT0("[D_PRINTF_FMT_EMPTY] printf( ) format string is empty", "");
}

static void test_format_types(void)
{
	const struct dt_type *i = type(DT_B_INT), *u = type(DT_B_UINT), *l = type(DT_B_LONG),
			     *c = type(DT_B_CHAR);
	const struct dt_type *s = type(DT_B_STRING), *d = type(DT_B_DOUBLE),
			     *p = dt_type_ptr(types, i);
	const struct dt_type *text16 = dt_type_array(types, c, 16), *k = type(DT_B_STACK),
			     *sym = type(DT_B_SYMADDR);

	FORMAT("", "%d%i%u%o%x%X", c, i, u, l, type(DT_B_SHORT), type(DT_B_UINT64));
	FORMAT("", "%c%C", c, i);
	FORMAT("", "%s%S", text16, s);
	FORMAT("", "%p%p%a%a%A", p, l, p, sym, type(DT_B_USYMADDR));
	FORMAT("", "%k", k);
	FORMAT("", "%Y%T%P", l, type(DT_B_UINT64), type(DT_B_UINT16));
	FORMAT("", "%f%Lf", d, type(DT_B_LDOUBLE));
	FORMAT("", "%hd%ld%lld%lx%llx%lu", type(DT_B_SHORT), l, l, type(DT_B_ULONG),
	       type(DT_B_UINT64), type(DT_B_ULONG));
	FORMAT("[D_PRINTF_ARG_PROTO] printf( ) prototype mismatch: conversion #2 (%d) is missing a "
	       "corresponding value "
	       "argument",
	       "%d %d", i);
	FORMAT("[D_PRINTF_ARG_EXTRA] printf( ) prototype mismatch: only 1 arguments required by "
	       "this format string",
	       "%d", i, i);
	FORMAT("[D_PRINTF_ARG_TYPE] printf( ) argument #2 is incompatible with conversion #1 "
	       "prototype:\n\tconversion: %d\n"
	       "\t prototype: char, short, int, long, or long long\n\t  argument: string",
	       "%d", s);
	FORMAT("[D_PRINTF_ARG_TYPE] printf( ) argument #3 is incompatible with conversion #2 "
	       "prototype:\n\tconversion: %s\n"
	       "\t prototype: char [] or string (or use stringof)\n\t  argument: int *",
	       "%d%s", i, p);
	FORMAT("[D_PRINTF_ARG_TYPE] printf( ) argument #2 is incompatible with conversion #1 "
	       "prototype:\n\tconversion: %ld\n"
	       "\t prototype: long\n\t  argument: int",
	       "%ld", i);
	FORMAT("[D_PRINTF_ARG_TYPE] printf( ) argument #2 is incompatible with conversion #1 "
	       "prototype:\n\tconversion: %c\n"
	       "\t prototype: char, short, or int\n\t  argument: long",
	       "%c", l);
	FORMAT("[D_PRINTF_DYN_PROTO] printf( ) prototype mismatch: conversion #1 (%d) is missing a "
	       "corresponding \"*\" "
	       "argument",
	       "%*d", );
	FORMAT("[D_PRINTF_DYN_TYPE] printf( ) argument #2 is incompatible with conversion #1 "
	       "prototype:\n"
	       "\tconversion: % .* s\n\t prototype: int\n\t  argument: string",
	       "%.*s", s, s);
	FORMAT("[D_PRINTF_AGG_CONV] %@ conversion requires an aggregation and is not for use with "
	       "printf( )",
	       "%@d", i);
	/* Each conversion of the table says what it takes, and no two have the same name. */
	uint32_t n;
	const struct dt_conv *convs = dt_fmt_convs(&n);

	for (uint32_t a = 0; a < n; a++) {
		CHECK(convs[a].proto);
		for (uint32_t b = a + 1; b < n; b++)
			CHECK(strcmp(convs[a].name, convs[b].name));
	}
}

/* ---- formats: running ---- */

struct arg {
	enum dt_base base;
	int64_t value;
	const char *text;
};

/* printf(FMT, args) into `text`; the arguments are packed. */
static const char *run_format(const char *fmt, const struct arg *args, uint32_t n)
{
	static char buf[8192];
	struct dt_compile compile = { .arena = dt_arena_new() };
	dtrace_recdesc_t recs[8] = { 0 };
	const struct dt_type *kinds[8];
	struct format f = { .text = fmt, .check = true, .args = kinds, .nargs = n };
	uint32_t at = 0;

	memset(buf, 0, sizeof(buf));
	for (uint32_t i = 0; i < n; i++) {
		const struct dt_type *t = type(args[i].base);

		kinds[i] = t;
		recs[i].dtrd_action = DTRACEACT_PRINTF;
		recs[i].dtrd_size = args[i].text ? 256 : (uint32_t)dt_type_strip(t)->size;
		recs[i].dtrd_alignment = 1;
		recs[i].dtrd_offset = at;
		if (args[i].text)
			strcpy(buf + at, args[i].text);
		else
			memcpy(buf + at, &args[i].value, recs[i].dtrd_size);
		at += recs[i].dtrd_size;
	}
	if (!dt_compile_run(&compile, compile_format, &f)) {
		dt_arena_free(compile.arena);
		return "does not compile";
	}
	begin();
	CHECK_INT(dt_consume_fprintf(con, fp, f.fmt, NULL, recs, n, buf, sizeof(buf)), n ? n : 1);
	printed();
	end();
	dt_arena_free(compile.arena);
	return text;
}

#define LIST(...)            \
	(const struct arg[]) \
	{                    \
		__VA_ARGS__  \
	}
#define PRINTF(want, fmt, ...)                                                \
	CHECK_STR(run_format(fmt, LIST(__VA_ARGS__),                          \
			     sizeof(LIST(__VA_ARGS__)) / sizeof(struct arg)), \
		  want)
#define INT(v)                      \
	{                           \
		DT_B_INT, (v), NULL \
	}
#define LONG(v)                      \
	{                            \
		DT_B_LONG, (v), NULL \
	}
#define STR(s)                      \
	{                           \
		DT_B_STRING, 0, (s) \
	}
#define OF(b, v)                        \
	{                               \
		(b), (int64_t)(v), NULL \
	}

static void test_format_integers(void)
{
	PRINTF("-1 4294967295 ffffffff", "%d %u %x", INT(-1), INT(-1), INT(-1));
	PRINTF("-1 18446744073709551615 ffffffffffffffff", "%d %u %x", LONG(-1), LONG(-1),
	       LONG(-1));
	PRINTF("-1 255 ff 377", "%d %u %x %o", OF(DT_B_CHAR, -1), OF(DT_B_CHAR, -1),
	       OF(DT_B_CHAR, -1), OF(DT_B_CHAR, -1));
	PRINTF("-1 65535 FFFF", "%d %u %X", OF(DT_B_SHORT, -1), OF(DT_B_SHORT, -1),
	       OF(DT_B_SHORT, -1));
	PRINTF("4294967295 18446744073709551615", "%d %i", OF(DT_B_UINT, -1), OF(DT_B_UINT64, -1));
	PRINTF("[    5][5    ][00005][+5][ 5]", "[%5d][%-5d][%05d][%+d][% d]", INT(5), INT(5),
	       INT(5), INT(5), INT(5));
	PRINTF("[5    ][00005]", "[%0-5d][%-05d]", INT(5), INT(5));
	PRINTF("[0xff][0377][  007]", "[%#x][%#o][%5.3d]", INT(255), INT(255), INT(7));
	PRINTF("[   42][42   ][0042]", "[%*d][%*d][%.*d]", INT(5), INT(42), INT(-5), INT(42),
	       INT(4), INT(42));
	PRINTF("ffff800000001000 1000", "%p %p", LONG((int64_t)0xffff800000001000), INT(0x1000));
	PRINTF("[            1000]", "[%?p]", LONG(0x1000));
	PRINTF("100% done", "%d%% done", INT(100));
	PRINTF("A   A", "%c%4c", INT('A'), INT('A'));
	PRINTF("no arguments", "no arguments");
	PRINTF("-9223372036854775808 9223372036854775807", "%lld %ld", LONG(INT64_MIN),
	       LONG(INT64_MAX));
}

static void test_format_text(void)
{
	PRINTF("[hello][  hello][hello  ][hel][  hel]", "[%s][%7s][%-7s][%.3s][%5.3s]",
	       STR("hello"), STR("hello"), STR("hello"), STR("hello"), STR("hello"));
	PRINTF("[hello]", "[%.0s]", STR("hello")); /* a precision of 0 counts as none */
	PRINTF("a\\tb\\n\\\"q\\\"\\\\\\001\\377", "%S", STR("a\tb\n\"q\"\\\001\377"));
	PRINTF("\\0|\\n|x", "%C|%C|%C", INT(0), INT('\n'), INT('x'));
	setenv("TZ", "UTC", 1);
	PRINTF("1973 Dec  3 17:20:00", "%Y", LONG(123787200LL * 1000000000 + 5));
	PRINTF("Mon, 03 Dec 1973 17:20:00 UTC", "%T", LONG(123787200LL * 1000000000));
	PRINTF("0x1234", "%a", LONG(0x1234)); /* no symbols here */
	PRINTF("[  0x1234]", "[%8A]", LONG(0x1234));
	PRINTF("64999", "%P", OF(DT_B_UINT16, 64999));
	PRINTF("no.such.address", "%I", STR("no.such.address"));
}

static void test_format_nul(void)
{
	static const char zero[4];
	struct dt_fmt_arg arg = { .datum = { .type = type(DT_B_INT), .data = zero, .size = 4 } };
	uint32_t n;
	const struct dt_conv *convs = dt_fmt_convs(&n);

	while (n-- && strcmp(convs[n].name, "c"))
		;
	arg.conv = &convs[n];
	begin();
	dt_fmt_put(&con->out, &arg);
	printed();
	CHECK_INT(text_len, 1); /* %c writes the NUL itself */
	end();
}

static void test_format_records(void)
{
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct format f = { .text = "%d %d" };
	dtrace_recdesc_t rec = { .dtrd_size = 4, .dtrd_offset = 12, .dtrd_alignment = 4 };
	char buf[16] = { 0 };

	CHECK(dt_compile_run(&compile, compile_format, &f));
	begin();
	CHECK_INT(dt_consume_fprintf(con, fp, f.fmt, NULL, &rec, 1, buf, sizeof(buf)), -1);
	CHECK_INT(dt_consume_err(con), EDT_DMISMATCH);
	CHECK_INT(dt_consume_fprintf(con, fp, f.fmt, NULL, &rec, 1, buf, 14), -1);
	CHECK_INT(dt_consume_err(con), EDT_DOFFSET);
	rec.dtrd_offset = 10;
	CHECK_INT(dt_consume_fprintf(con, fp, f.fmt, NULL, &rec, 1, buf, sizeof(buf)), -1);
	CHECK_INT(dt_consume_err(con), EDT_DALIGN);
	CHECK_STR(printed(), "");
	end();
	dt_arena_free(compile.arena);
}

int main(void)
{
	types = dt_types_new();
	test_format_syntax();
	test_format_types();
	test_format_integers();
	test_format_text();
	test_format_nul();
	test_format_records();
	dt_strbuf_free(&seen);
	dt_types_free(types);
	free(text);
	return test_end();
}
