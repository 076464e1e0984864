/* SPDX-License-Identifier: MIT */
/* base/: arenas, vectors, string buffers, tables, quantities, leaving a compile by dt_fail(). */
#include "base/arena.h"
#include "base/errno.h"
#include "base/fail.h"
#include "base/quantity.h"
#include "base/strbuf.h"
#include "base/table.h"
#include "base/vec.h"
#include "test.h"

static void test_arena(void)
{
	struct dt_arena *a = dt_arena_new();
	char *big, *s;

	s = dt_arena_printf(a, "%d-%s", 42, "x");
	CHECK_STR(s, "42-x");
	big = dt_arena_alloc(a, 100000);
	memset(big, 1, 100000);
	CHECK_STR(dt_arena_strndup(a, "hello", 4), "hell");
	CHECK_STR(s, "42-x");
	dt_arena_free(a);
	dt_arena_free(NULL);
}

static void test_vec(void)
{
	DT_VEC(int) v = { 0 };
	int i, sum = 0;

	for (i = 0; i < 1000; i++)
		CHECK(dt_vec_push(&v, i));
	dt_vec_each(&v, it) sum += *it;
	CHECK_INT(sum, 499500);
	dt_vec_free(&v);
	CHECK(v.data == NULL);
}

static void test_table(void)
{
	struct dt_table t = { 0 };
	char key[16];
	int i;

	for (i = 0; i < 5000; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		dt_table_puts(&t, key, (void *)(intptr_t)(i + 1));
	}
	for (i = 0; i < 5000; i += 2) {
		snprintf(key, sizeof(key), "k%d", i);
		dt_table_remove(&t, key, strlen(key));
	}
	for (i = 0; i < 5000; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		if ((intptr_t)dt_table_gets(&t, key) != (i % 2 ? i + 1 : 0))
			break;
	}
	CHECK_INT(i, 5000);
	CHECK_INT(t.n, 2500);
	dt_table_free(&t);
}

/* Not freed: the sanitizers would report a leak. */
static void test_table_arena(void)
{
	struct dt_table t = { .arena = dt_arena_new() };
	char key[16];

	for (int i = 0; i < 1000; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		CHECK(dt_table_puts(&t, key, (void *)(intptr_t)(i + 1)));
	}
	CHECK(dt_table_remove(&t, "k7", 2));
	CHECK(dt_table_gets(&t, "k7") == NULL);
	CHECK_INT((intptr_t)dt_table_gets(&t, "k999"), 1000);
	dt_arena_free(t.arena);
}

static void test_strbuf(void)
{
	struct dt_strbuf b = { 0 };

	CHECK_STR(dt_strbuf_str(&b), "");
	dt_strbuf_printf(&b, "%5d|", 7);
	dt_strbuf_pad(&b, '@', 100);
	CHECK_INT(b.len, 106);
	CHECK(!strncmp(b.s, "    7|@@", 8));
	dt_strbuf_free(&b);
}

static void fail(struct dt_compile *compile, void *arg)
{
	struct dt_loc loc = { .line = 3, .col = 5 };

	dt_fail(compile, &loc, "D_SYNTAX", "syntax error near \"%s\"", (const char *)arg);
	CHECK(!"dt_fail came back");
}

static void run_out(struct dt_compile *compile, void *arg)
{
	*(bool *)arg = true;
	dt_arena_alloc(compile->arena, SIZE_MAX - 4096);
	*(bool *)arg = false;
}

static void succeed(struct dt_compile *compile, void *arg)
{
	struct dt_compile inner = { .arena = compile->arena };

	CHECK(!dt_compile_run(&inner, fail, "{"));
	*(char **)arg = dt_arena_strdup(compile->arena, inner.diag.msg);
}

/* Goes on behind two errors; the one between them is not kept. */
static void go_on(struct dt_compile *compile, void *arg)
{
	CHECK(!dt_compile_try(compile, fail, "1"));
	CHECK_STR(compile->diag.msg, "syntax error near \"1\"");
	dt_compile_keep(compile);
	CHECK(!dt_compile_try(compile, fail, "2"));
	CHECK(dt_compile_try(compile, succeed, arg));
	CHECK(!dt_compile_try(compile, fail, "3"));
	dt_compile_keep(compile);
	dt_compile_end(compile);
	CHECK(!"dt_compile_end came back");
}

static void test_several(void)
{
	struct dt_arena *arena = dt_arena_new();
	struct dt_compile compile = { .arena = arena };
	char *text = NULL;

	CHECK(!dt_compile_run(&compile, go_on, &text));
	CHECK_INT(compile.nerrors, 2);
	CHECK_STR(compile.diag.msg, "syntax error near \"1\"");
	CHECK_STR(compile.errors[1].msg, "syntax error near \"3\"");
	CHECK_STR(text, "syntax error near \"{\"");
	dt_arena_free(arena);
}

static void test_fail(void)
{
	struct dt_arena *arena = dt_arena_new();
	struct dt_compile compile = { .arena = arena };
	bool left = false;
	char *text = NULL;

	CHECK(!dt_compile_run(&compile, fail, "}"));
	CHECK_STR(compile.diag.msg, "syntax error near \"}\"");
	CHECK_STR(compile.diag.tag, "D_SYNTAX");
	CHECK_INT(compile.diag.err, EDT_COMPILER);
	CHECK_INT(compile.diag.loc.line, 3);
	CHECK(!dt_compile_run(&compile, run_out, &left));
	CHECK(left);
	CHECK_INT(compile.diag.err, EDT_NOMEM);
	CHECK(dt_arena_alloc(arena, SIZE_MAX - 4096) == NULL); /* the guard is gone */
	CHECK(dt_compile_run(&compile, succeed, &text));
	CHECK_STR(text, "syntax error near \"{\"");
	CHECK_STR(dt_strerror(EDT_NOPROBE), "No probe matches description");
	dt_arena_free(arena);
}

static int64_t size(const char *text)
{
	int64_t bytes;

	return dt_parse_size(text, &bytes) ? bytes : -1;
}

static int64_t interval(const char *text)
{
	int64_t ns;

	return dt_parse_interval(text, &ns) ? ns : -1;
}

static void test_quantity(void)
{
	CHECK_INT(size("4096"), 4096);
	CHECK_INT(size("0x10"), 16);
	CHECK_INT(size("64K"), 65536);
	CHECK_INT(size("2t"), 2LL << 40);
	CHECK_INT(size(""), -1);
	CHECK_INT(size("-1"), -1);
	CHECK_INT(size("k"), -1);
	CHECK_INT(size("1kb"), -1);
	CHECK_INT(size("9000000t"), -1);
	CHECK_INT(interval("250"), 250);
	CHECK_INT(interval("10ms"), 10000000);
	CHECK_INT(interval("2min"), 120000000000);
	CHECK_INT(interval("1day"), 86400000000000);
	CHECK_INT(interval("100Hz"), 10000000);
	CHECK_INT(interval("0hz"), -1);
	CHECK_INT(interval("5 s"), -1);
}

int main(void)
{
	test_arena();
	test_vec();
	test_table();
	test_table_arena();
	test_strbuf();
	test_quantity();
	test_fail();
	test_several();
	return test_end();
}
