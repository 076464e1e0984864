/* SPDX-License-Identifier: MIT */
/*
 * The rows of built-ins: what contract/builtin.h asks of every row, whatever it does.  A new row is
 * tested here without being named.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/dtrace.h>
#include "test.h"
#include "base/util.h"
#include "builtin/builtins.h"
#include "consume/aggvalue.h"

/* The failing row is named. */
#define CHECK_ROW(row, cond)                                             \
	do {                                                             \
		bool good = (cond);                                      \
		if (!good)                                               \
			fprintf(stderr, "%s: %s\n", (row)->name, #cond); \
		CHECK(good);                                             \
	} while (0)

static const struct dt_builtin *at(size_t n)
{
	return dt_builtin_at(dt_all_builtins, n);
}

static void test_row(const struct dt_builtin *row)
{
	bool takes_arguments = strchr(row->proto, '(') != NULL;

	CHECK_ROW(row, dt_builtin_find(dt_all_builtins, row->name, row->kind) == row);
	CHECK_ROW(row, takes_arguments == (row->kind != DT_BI_VAR));
	CHECK_ROW(row, (row->agg != NULL) == (row->kind == DT_BI_AGGFUNC));
	if (row->refusal) {
		CHECK_ROW(row, islower(row->refusal[0]));
		return;
	}
	CHECK_ROW(row, row->doc && row->doc[strlen(row->doc) - 1] != ' ');
	CHECK_ROW(row, (row->example != NULL) == dt_builtin_has_code(row));
}

static void test_aggfunc(const struct dt_builtin *row)
{
	const struct dt_aggfunc *f = row->agg;

	CHECK_ROW(row, !strcmp(f->name, row->name) && f->action == row->action);
	CHECK_ROW(row, DTRACEACT_ISAGG(f->action));
	CHECK_ROW(row, f->check != NULL);
	if (f->nbuckets)
		CHECK_ROW(row, f->emit_bucket && f->bucket && f->label && f->compare);
	else
		CHECK_ROW(row, f->emit && f->number && f->nwords);
	for (size_t n = 0; at(n) != row; n++)
		CHECK_ROW(row, at(n)->kind != DT_BI_AGGFUNC || at(n)->action != row->action);
}

/* The order in which words of CPUs and snapshots come in does not matter, and 0 is neutral. */
static void test_merge(const struct dt_builtin *row)
{
	const struct dt_aggfunc *f = row->agg;
	uint32_t n = f->nwords;
	size_t size = n * sizeof(uint64_t);
	_cleanup_free_ uint64_t *a = calloc(n + 1, 8), *b = calloc(n + 1, 8), *c = calloc(n + 1, 8);

	for (int round = 0; round < 100 && n; round++) {
		for (uint32_t i = 0; i < n; i++) {
			a[i] = (uint64_t)random() << 33 ^ (uint64_t)random();
			b[i] = (uint64_t)random() << 33 ^ (uint64_t)random();
		}
		memset(c, 0, size);
		dt_aggval_merge(f, c, a, n);
		CHECK_ROW(row, !memcmp(c, a, size));
		dt_aggval_merge(f, c, b, n);
		dt_aggval_merge(f, b, a, n);
		CHECK_ROW(row, !memcmp(c, b, size));
	}
}

/* A value that was cleared is as one that never was updated, but for functions with `decode`. */
static void test_cleared(const struct dt_builtin *row)
{
	const struct dt_aggfunc *f = row->agg;
	uint64_t words[8] = { 0 }, cleared[8], decoded[8];

	if (f->nbuckets || f->nwords > ARRAY_SIZE(words))
		return;
	memset(cleared, 0xff, sizeof(cleared));
	dt_aggval_clear(f, 0, cleared);
	CHECK_INT(f->number(cleared, 1), 0);
	dt_aggval_decode(f, 0, words, decoded);
	if (!f->decode)
		CHECK_ROW(row, !memcmp(cleared, decoded, dt_aggfunc_value_size(f, 0)));
	CHECK_ROW(row, dt_aggval_compare(f, 0, decoded, decoded) == 0);
}

int main(void)
{
	const struct dt_builtin *row;

	for (size_t n = 0; (row = at(n)); n++) {
		test_row(row);
		if (row->kind != DT_BI_AGGFUNC)
			continue;
		test_aggfunc(row);
		test_merge(row);
		test_cleared(row);
	}
	CHECK(!dt_builtin_find(dt_all_builtins, "avg", DT_BI_VAR));
	CHECK(!dt_builtin_find(dt_all_builtins, "no such", DT_BI_SUBR));
	return test_end();
}
