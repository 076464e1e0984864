/* SPDX-License-Identifier: MIT */
/* base/: arenas, vectors, string buffers, tables, and leaving a compile by dt_fail(). */
#include "base/arena.h"
#include "base/errno.h"
#include "base/fail.h"
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

static void test_fail(void)
{
	struct dt_arena *arena = dt_arena_new();
	struct dt_compile compile = { .arena = arena };
	struct dt_loc loc = { .line = 3, .col = 5 };

	dt_arena_guard(arena, &compile);
	if (!setjmp(compile.env)) {
		dt_fail(&compile, &loc, "D_SYNTAX", "syntax error near \"%s\"", "}");
		CHECK(!"dt_fail came back");
	}
	CHECK_STR(compile.diag.msg, "syntax error near \"}\"");
	CHECK_STR(compile.diag.tag, "D_SYNTAX");
	CHECK_INT(compile.diag.err, EDT_COMPILER);
	CHECK_INT(compile.diag.loc.line, 3);
	CHECK_STR(dt_strerror(EDT_NOPROBE), "No probe matches description");
	dt_arena_free(arena);
}

int main(void)
{
	test_arena();
	test_vec();
	test_table();
	test_strbuf();
	test_fail();
	return test_end();
}
