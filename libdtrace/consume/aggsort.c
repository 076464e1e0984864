/* SPDX-License-Identifier: MIT */
/*
 * Comparing, sorting and walking entries of aggregations (aggsort.h).  Integers in keys compare by
 * the sign of their type, strings and stacks bytewise, user symbols by process and address, values
 * as their function says.  Normalization plays no part.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "consume/aggs.h"
#include "consume/aggsort.h"
#include "consume/aggvalue.h"
#include "consume/context.h"
#include "consume/datum.h"
#include "consume/stack.h"
#include "types/types.h"

/* ---- comparing ---- */

static int cmp_u64(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static uint64_t load(const char *p, uint32_t size)
{
	return (uint64_t)dt_datum_int(p, size, false);
}

static bool is_signed_key(const dtrace_aggdata_t *agg, uint32_t key)
{
	const struct dt_agg_layout *layout = dt_agg_var_of(agg)->layout;

	return layout && layout->keys[key].type && dt_type_is_signed(layout->keys[key].type);
}

static int compare_key(const dtrace_recdesc_t *rec, bool is_signed, const char *a, const char *b)
{
	uint32_t size = rec->dtrd_size;
	int64_t x, y;

	if (dt_is_symbol_action(rec->dtrd_action) && size == 16) {
		int c = cmp_u64(load(a, 8), load(b, 8)); /* pid, pc */

		return c ? c : cmp_u64(load(a + 8, 8), load(b + 8, 8));
	}
	if (size == 1 || size == 2 || size == 4 || size == 8) {
		x = dt_datum_int(a, size, is_signed);
		y = dt_datum_int(b, size, is_signed);
		return is_signed ? (x > y) - (x < y) : cmp_u64((uint64_t)x, (uint64_t)y);
	}
	return memcmp(a, b, size);
}

int dt_agg_key_compare(const dtrace_aggdata_t *a, const dtrace_aggdata_t *b, uint32_t first_key)
{
	const dtrace_aggdesc_t *da = a->dtada_desc, *db = b->dtada_desc;
	uint32_t nkeys = (uint32_t)da->dtagd_nrecs - 2;

	if (first_key >= nkeys)
		first_key = 0;
	if (da->dtagd_nrecs != db->dtagd_nrecs)
		return da->dtagd_nrecs < db->dtagd_nrecs ? -1 : 1;
	for (uint32_t i = 0; i < nkeys; i++) {
		uint32_t k = 1 + (first_key + i) % nkeys;
		const dtrace_recdesc_t *ra = &da->dtagd_rec[k], *rb = &db->dtagd_rec[k];
		int c;

		if (ra->dtrd_size != rb->dtrd_size)
			return ra->dtrd_size < rb->dtrd_size ? -1 : 1;
		c = compare_key(ra, is_signed_key(a, k - 1) && is_signed_key(b, k - 1),
				a->dtada_data + ra->dtrd_offset, b->dtada_data + rb->dtrd_offset);
		if (c)
			return c;
	}
	return 0;
}

static int compare_value(const dtrace_aggdata_t *a, const dtrace_aggdata_t *b)
{
	const struct dt_agg_var *va = dt_agg_var_of(a), *vb = dt_agg_var_of(b);

	if (va->func != vb->func)
		return cmp_u64(va->func->action, vb->func->action);
	return dt_aggval_compare(va->func, va->param, dt_agg_value(a), dt_agg_value(b));
}

static int compare_var(const dtrace_aggdata_t *a, const dtrace_aggdata_t *b)
{
	dtrace_aggvarid_t x = a->dtada_desc->dtagd_varid, y = b->dtada_desc->dtagd_varid;

	return (x > y) - (x < y);
}

enum { BY_END, BY_VAR, BY_VALUE, BY_KEY };

struct order {
	uint8_t by[4];
	uint32_t first_key;
	bool reverse;
};

static int compare_entries(const void *pa, const void *pb, void *arg)
{
	const dtrace_aggdata_t *a = &(*(struct dt_agg_entry *const *)pa)->data;
	const dtrace_aggdata_t *b = &(*(struct dt_agg_entry *const *)pb)->data;
	const struct order *order = arg;
	int c = 0;

	for (int i = 0; order->by[i] != BY_END && !c; i++) {
		if (order->by[i] == BY_VAR)
			c = compare_var(a, b);
		else if (order->by[i] == BY_VALUE)
			c = compare_value(a, b);
		else
			c = dt_agg_key_compare(a, b, order->first_key);
	}
	return order->reverse ? -c : c;
}

static const uint8_t orders[][4] = {
	[DT_ORDER_NONE] = { BY_END },           [DT_ORDER_OPTIONS] = { BY_VAR, BY_VALUE, BY_KEY },
	[DT_ORDER_KEY] = { BY_VAR, BY_KEY },    [DT_ORDER_VALUE] = { BY_VAR, BY_VALUE, BY_KEY },
	[DT_ORDER_KEYVAR] = { BY_KEY, BY_VAR }, [DT_ORDER_VALVAR] = { BY_VALUE, BY_KEY, BY_VAR },
};

/* The value of an option that is an index below N; out of range counts as 0. */
static uint32_t position(const struct dt_con *con, int opt, uint32_t n)
{
	int64_t pos = dt_con_opt(con, opt, 0);

	return pos < 0 || pos >= n ? 0 : (uint32_t)pos;
}

struct dt_agg_entry **dt_agg_sorted(struct dt_aggs *aggs, const struct dt_agg_var *var,
				    enum dt_agg_order how, bool reverse, size_t *n)
{
	struct dt_agg_entry **list = malloc((aggs->nentries + 1) * sizeof(struct dt_agg_entry *));
	struct order order = { .reverse = reverse };

	*n = 0;
	if (!list) {
		aggs->con->err = EDT_NOMEM;
		return NULL;
	}
	for (struct dt_agg_entry *e = aggs->newest; e; e = e->older)
		if (!var || e->var == var)
			list[(*n)++] = e;
	memcpy(order.by, orders[how], sizeof(order.by));
	if (how == DT_ORDER_OPTIONS) {
		if (dt_con_has(aggs->con, DTRACEOPT_AGGSORTKEY))
			memcpy(order.by, orders[DT_ORDER_KEY], sizeof(order.by));
		order.reverse = dt_con_has(aggs->con, DTRACEOPT_AGGSORTREV);
		order.first_key = position(aggs->con, DTRACEOPT_AGGSORTKEYPOS, UINT32_MAX);
	}
	if (how != DT_ORDER_NONE)
		qsort_r(list, *n, sizeof(struct dt_agg_entry *), compare_entries, &order);
	return list;
}

/* ---- walks ---- */

static int walk_clear(struct dt_aggs *aggs, struct dt_agg_entry *e)
{
	dt_agg_clear(aggs, e);
	return 0;
}

static int walk_normalize(struct dt_aggs *aggs, struct dt_agg_entry *e)
{
	if (e->data.dtada_normal)
		return 0;
	e->data.dtada_normal = 1;
	return dt_con_error(aggs->con, EDT_BADRVAL);
}

static int walk_denormalize(struct dt_aggs *aggs DT_UNUSED, struct dt_agg_entry *e)
{
	e->data.dtada_normal = 1;
	return 0;
}

static int walk_remove(struct dt_aggs *aggs, struct dt_agg_entry *e)
{
	dt_agg_remove(aggs, e);
	return 0;
}

static int walk_next(struct dt_aggs *aggs DT_UNUSED, struct dt_agg_entry *e DT_UNUSED)
{
	return 0;
}

static int walk_abort(struct dt_aggs *aggs, struct dt_agg_entry *e DT_UNUSED)
{
	return dt_con_error(aggs->con, EDT_DIRABORT);
}

static int (*const answers[])(struct dt_aggs *aggs, struct dt_agg_entry *e) = {
	[DTRACE_AGGWALK_NEXT] = walk_next,
	[DTRACE_AGGWALK_ABORT] = walk_abort,
	[DTRACE_AGGWALK_CLEAR] = walk_clear,
	[DTRACE_AGGWALK_NORMALIZE] = walk_normalize,
	[DTRACE_AGGWALK_DENORMALIZE] = walk_denormalize,
	[DTRACE_AGGWALK_REMOVE] = walk_remove,
};

int dt_agg_walk(struct dt_aggs *aggs, enum dt_agg_order order, bool reverse,
		dtrace_aggregate_f *func, void *arg)
{
	size_t n;
	_cleanup_free_ struct dt_agg_entry **list = dt_agg_sorted(aggs, NULL, order, reverse, &n);

	if (!list)
		return -1;
	for (size_t i = 0; i < n; i++) {
		int answer = func(&list[i]->data, arg);

		if (answer == DTRACE_AGGWALK_ERROR)
			return dt_con_error(aggs->con, errno);
		if (answer < 0 || answer >= (int)ARRAY_SIZE(answers))
			return dt_con_error(aggs->con, EDT_BADRVAL);
		if (answers[answer](aggs, list[i]))
			return -1;
	}
	return 0;
}

/* ---- joined ---- */

/* A row is n + 1 entries: one that has the keys, then one per variable. */
struct join {
	struct dt_aggs *aggs;
	struct dt_agg_var **vars;
	int n;
	const dtrace_aggdata_t **rows;
	size_t nrows;
	bool by_key, reverse;
	uint32_t first_value, first_key;
};

static int compare_rows(const void *pa, const void *pb, void *arg)
{
	const dtrace_aggdata_t *const *a = pa, *const *b = pb;
	const struct join *j = arg;
	int c = 0;

	for (int i = 0; i < j->n && !c && !j->by_key; i++) {
		int col = 1 + (int)(j->first_value + (uint32_t)i) % j->n;

		c = compare_value(a[col], b[col]);
	}
	if (!c)
		c = dt_agg_key_compare(a[0], b[0], j->first_key);
	return j->reverse ? -c : c;
}

/* The entries of LIST, which are in the order of keys: one row per key. */
static void fill_rows(struct join *j, struct dt_agg_entry **list, size_t n)
{
	size_t width = (size_t)j->n + 1;

	for (size_t i = 0; i < n; i++) {
		const dtrace_aggdata_t **row;

		if (!i || dt_agg_key_compare(&list[i]->data, &list[i - 1]->data, 0)) {
			row = j->rows + j->nrows++ * width;
			row[0] = &list[i]->data;
		}
		row = j->rows + (j->nrows - 1) * width;
		for (int v = 0; v < j->n; v++)
			if (list[i]->var == j->vars[v])
				row[v + 1] = &list[i]->data;
	}
}

/* A variable without an entry for the row's key is there with its zero. */
static int complete_row(struct join *j, const dtrace_aggdata_t **row)
{
	for (int v = 0; v < j->n; v++) {
		struct dt_agg_entry *zero;

		if (row[v + 1])
			continue;
		zero = dt_agg_zero(j->aggs, j->vars[v]);
		if (!zero)
			return -1;
		row[v + 1] = &zero->data;
	}
	return 0;
}

static int join_rows(struct join *j)
{
	struct order order = { .by = { BY_KEY, BY_VAR } };
	size_t n = 0, width = (size_t)j->n + 1;
	_cleanup_free_ struct dt_agg_entry **list =
		malloc((j->aggs->nentries + 1) * sizeof(struct dt_agg_entry *));

	if (!list)
		return dt_con_error(j->aggs->con, EDT_NOMEM);
	for (struct dt_agg_entry *e = j->aggs->newest; e; e = e->older)
		for (int v = 0; v < j->n; v++)
			if (e->var == j->vars[v]) {
				list[n++] = e;
				break;
			}
	qsort_r(list, n, sizeof(struct dt_agg_entry *), compare_entries, &order);
	j->rows = calloc((n + 1) * width, sizeof(*j->rows));
	if (!j->rows)
		return dt_con_error(j->aggs->con, EDT_NOMEM);
	fill_rows(j, list, n);
	for (size_t i = 0; i < j->nrows; i++)
		if (complete_row(j, j->rows + i * width))
			return -1;
	qsort_r(j->rows, j->nrows, width * sizeof(*j->rows), compare_rows, j);
	return 0;
}

int dt_agg_walk_joined(struct dt_aggs *aggs, const dtrace_aggvarid_t *ids, int n,
		       dtrace_aggregate_walk_joined_f *func, void *arg)
{
	_cleanup_free_ struct dt_agg_var **vars = calloc((size_t)DT_MAX(n, 0) + 1,
							 sizeof(struct dt_agg_var *));
	struct join j = { .aggs = aggs, .vars = vars, .n = n };
	int rc = 0;

	if (!vars)
		return dt_con_error(aggs->con, EDT_NOMEM);
	if (n < 1)
		return dt_con_error(aggs->con, EINVAL);
	for (int i = 0; i < n; i++) {
		vars[i] = dt_agg_find_var(aggs, ids[i]);
		if (!vars[i])
			return dt_con_error(aggs->con, EDT_BADAGGVAR);
	}
	j.by_key = dt_con_has(aggs->con, DTRACEOPT_AGGSORTKEY);
	j.reverse = dt_con_has(aggs->con, DTRACEOPT_AGGSORTREV);
	j.first_value = position(aggs->con, DTRACEOPT_AGGSORTPOS, (uint32_t)n);
	j.first_key = position(aggs->con, DTRACEOPT_AGGSORTKEYPOS, UINT32_MAX);
	rc = join_rows(&j);
	aggs->con->err = rc ? aggs->con->err : 0;
	for (size_t i = 0; i < j.nrows && !rc; i++)
		if (func(j.rows + i * ((size_t)n + 1), n + 1, arg) == DTRACE_AGGWALK_ERROR)
			rc = aggs->con->err ? -1 : dt_con_error(aggs->con, errno);
	free(j.rows);
	return rc;
}
