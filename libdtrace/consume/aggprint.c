/* SPDX-License-Identifier: MIT */
/*
 * Aggregations as text: rows as dtrace(1) prints them at the end and printa() without a format,
 * bars and packed lines (agghist, aggpack), and printa() with a format.  Each key, value and piece
 * of literal text is flushed separately, so that clients of the buffered handler can tell them
 * apart.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "consume/aggprint.h"
#include "consume/aggs.h"
#include "consume/aggsort.h"
#include "consume/aggvalue.h"
#include "consume/context.h"
#include "consume/distribution.h"
#include "consume/output.h"
#include "consume/printf.h"
#include "consume/show.h"
#include "consume/stack.h"
#include "types/types.h"

static const dtrace_recdesc_t *value_rec(const dtrace_aggdata_t *agg)
{
	return &agg->dtada_desc->dtagd_rec[agg->dtada_desc->dtagd_nrecs - 1];
}

static struct dt_datum key_datum(const dtrace_aggdata_t *agg, uint32_t key)
{
	const dtrace_recdesc_t *rec = &agg->dtada_desc->dtagd_rec[key + 1];

	return (struct dt_datum){ rec->dtrd_action, rec->dtrd_arg,
				  dt_agg_var_of(agg)->layout->keys[key].type,
				  agg->dtada_data + rec->dtrd_offset, rec->dtrd_size };
}

/* ---- agghist and aggpack: what the rows of one variable share ---- */

enum style { STYLE_ROWS, STYLE_BARS, STYLE_LINE };

struct rows {
	struct dt_aggs *aggs;
	struct dt_out *out;
	const struct dt_agg_var *var; /* of the last row */
	enum style style;
	struct dt_bars bars;
	struct dt_pack pack;
};

#define WIDE_KEY 16

static int key_width(uint32_t size)
{
	return size == 1 ? 3 : size == 2 ? 5 : size == 4 ? 8 : WIDE_KEY;
}

static struct dt_dist dist_of(const dtrace_aggdata_t *agg)
{
	const struct dt_agg_var *var = dt_agg_var_of(agg);

	return dt_aggval_dist(var->func, var->param, dt_agg_value(agg), agg->dtada_normal);
}

static void measure_bars(struct rows *r)
{
	bool zoom = dt_con_has(r->out->con, DTRACEOPT_AGGZOOM);

	r->bars = (struct dt_bars){ 0 };
	for (const struct dt_agg_entry *e = r->aggs->newest; e; e = e->older)
		if (e->var == r->var)
			dt_bars_add(&r->bars, r->var->func->number(dt_agg_value(&e->data), 1),
				    zoom);
	dt_bars_settle(&r->bars, zoom);
}

#define MIN_LABEL 4

static void measure_line(struct rows *r)
{
	uint32_t n = r->var->func->nbuckets(r->var->param), first = n, last = 0, lo, hi;
	char label[64];

	for (const struct dt_agg_entry *e = r->aggs->newest; e && !r->var->func->whole_line;
	     e = e->older) {
		struct dt_dist dist;

		if (e->var != r->var)
			continue;
		dist = dist_of(&e->data);
		if (!dt_dist_range(dist.counts, dist.n, &lo, &hi))
			continue;
		first = DT_MIN(first, lo);
		last = DT_MAX(last, hi);
	}
	r->pack = (struct dt_pack){ first, last, MIN_LABEL, r->var->func->whole_line };
	if (first > last) {
		r->pack.first = 0;
		r->pack.last = n - 1;
	}
	for (uint32_t i = r->pack.first; i <= r->pack.last; i++) {
		r->var->func->label(r->var->param, i, label, sizeof(label));
		r->pack.label_width = DT_MAX(r->pack.label_width, (int)strlen(label));
	}
}

/* The first row of a variable: which style it has, and that style's header. */
static void begin_var(struct rows *r, const struct dt_agg_var *var)
{
	const struct dt_agg_layout *layout = var->layout;
	int width = 0;

	r->var = var;
	r->style = STYLE_ROWS;
	if (dt_con_has(r->out->con, DTRACEOPT_AGGHIST) && var->func->as_bars)
		r->style = STYLE_BARS;
	if (dt_con_has(r->out->con, DTRACEOPT_AGGPACK) && var->func->as_line)
		r->style = STYLE_LINE;
	for (uint32_t i = 0; i < layout->nkeys; i++)
		width += key_width(layout->keys[i].size) + 1;
	if (r->style == STYLE_BARS) {
		measure_bars(r);
		dt_bars_header(r->out, layout->nkeys ? "key" : "value",
			       layout->nkeys ? width : WIDE_KEY);
	} else if (r->style == STYLE_LINE) {
		measure_line(r);
		dt_pack_header(r->out, &r->pack, layout->nkeys ? "key" : "", width);
	}
}

/* Keys in the narrow columns of bars and lines. */
static void show_packed_key(struct rows *r, const struct dt_datum *key)
{
	char text[DT_TEXT_MAX];

	if (dt_is_symbol_action(key->action)) {
		dt_text_symbol(&r->out->con->names, key->action, key->data, text, sizeof(text));
		dt_out_printf(r->out, " %*s", WIDE_KEY, text);
	} else if (key->type && dt_type_is_string(key->type)) {
		dt_out_printf(r->out, " %*.*s", WIDE_KEY, (int)key->size, (const char *)key->data);
	} else {
		dt_show_datum(r->out, key, true);
	}
}

/* ---- rows ---- */

static void show_value(struct rows *r, const dtrace_aggdata_t *agg)
{
	const struct dt_agg_var *var = dt_agg_var_of(agg);
	struct dt_dist dist;

	if (r->style == STYLE_BARS) {
		if (!var->layout->nkeys)
			dt_out_pad(r->out, ' ', WIDE_KEY);
		dt_out_puts(r->out, " ");
		dt_bars_row(r->out, &r->bars, var->func->number(dt_agg_value(agg), 1),
			    agg->dtada_normal);
	} else if (r->style == STYLE_LINE) {
		dist = dist_of(agg);
		dt_pack_row(r->out, &r->pack, &dist);
	} else {
		dt_aggval_print(var->func, var->param, r->out, dt_agg_value(agg),
				agg->dtada_normal);
	}
}

static void show_percpu(struct rows *r, const dtrace_aggdata_t *agg)
{
	const struct dt_agg_var *var = dt_agg_var_of(agg);

	for (int cpu = 0;
	     agg->dtada_percpu && r->style == STYLE_ROWS && cpu < r->out->con->layout->ncpus;
	     cpu++) {
		dt_out_printf(r->out, "\n    [CPU %d]", cpu);
		dt_aggval_print(var->func, var->param, r->out, agg->dtada_percpu[cpu],
				agg->dtada_normal);
	}
}

/* AGGS[0] has the keys, AGGS[1..n] the values. */
static int print_row(struct rows *r, const dtrace_aggdata_t *const *aggs, int n)
{
	const struct dt_agg_var *var = dt_agg_var_of(aggs[0]);

	if (n == 1 && r->var != var)
		begin_var(r, var);
	for (uint32_t i = 0; i < var->layout->nkeys; i++) {
		struct dt_datum key = key_datum(aggs[0], i);

		if (r->style == STYLE_ROWS)
			dt_show_datum(r->out, &key, true);
		else
			show_packed_key(r, &key);
		if (dt_out_flush(r->out, &aggs[0]->dtada_desc->dtagd_rec[i + 1], aggs[0],
				 DTRACE_BUFDATA_AGGKEY))
			return -1;
	}
	for (int i = 1; i <= n; i++) {
		show_value(r, aggs[i]);
		show_percpu(r, aggs[i]);
		if (dt_out_flush(r->out, value_rec(aggs[i]), aggs[i], DTRACE_BUFDATA_AGGVAL))
			return -1;
	}
	if (r->style == STYLE_ROWS)
		dt_out_puts(r->out, "\n");
	return dt_out_flush(r->out, NULL, aggs[0],
			    DTRACE_BUFDATA_AGGFORMAT | DTRACE_BUFDATA_AGGLAST);
}

static int print_entry(const dtrace_aggdata_t *agg, void *arg)
{
	const dtrace_aggdata_t *aggs[] = { agg, agg };
	struct rows *r = arg;

	if (agg->dtada_desc->dtagd_flags & DTRACE_AGD_PRINTED)
		return DTRACE_AGGWALK_NEXT;
	if (!print_row(r, aggs, 1))
		return DTRACE_AGGWALK_NEXT;
	errno = r->out->con->err;
	return DTRACE_AGGWALK_ERROR;
}

int dt_agg_print(struct dt_aggs *aggs, struct dt_out *out, dtrace_aggregate_walk_f *walk)
{
	struct rows rows = { .aggs = aggs, .out = out };

	if (walk)
		return walk(out->con->hdl, print_entry, &rows);
	return dt_agg_walk(aggs, DT_ORDER_OPTIONS, false, print_entry, &rows);
}

/* ---- printa with a format ---- */

struct formatted {
	struct dt_out *out;
	const struct dt_fmt *fmt;
	const dtrace_aggdata_t *const *aggs; /* as print_row's */
	int n;
	uint32_t next_key; /* place in dtagd_rec */
	int next_agg;
};

/* The value of an aggregation under a conversion: its number, or a whole distribution. */
static int put_value(struct formatted *f, struct dt_fmt_arg *arg, uint32_t last)
{
	const dtrace_aggdata_t *agg = f->aggs[DT_MIN(f->next_agg + 1, f->n)];
	const struct dt_agg_var *var = dt_agg_var_of(agg);
	int64_t number;

	f->next_agg++;
	if (var->func->number) {
		number = var->func->number(dt_agg_value(agg), agg->dtada_normal);
		arg->datum.data = &number;
		arg->datum.size = sizeof(number);
		dt_fmt_put(f->out, arg);
	} else {
		dt_aggval_print(var->func, var->param, f->out, dt_agg_value(agg),
				agg->dtada_normal);
	}
	return dt_out_flush(f->out, value_rec(agg), agg, DTRACE_BUFDATA_AGGVAL | last);
}

static int put_key(struct formatted *f, struct dt_fmt_arg *arg, uint32_t last)
{
	const dtrace_aggdata_t *agg = f->aggs[0];

	if (f->next_key > dt_agg_var_of(agg)->layout->nkeys)
		return dt_con_error(f->out->con, EDT_DMISMATCH);
	arg->datum = key_datum(agg, f->next_key - 1);
	dt_fmt_put(f->out, arg);
	return dt_out_flush(f->out, &agg->dtada_desc->dtagd_rec[f->next_key++], agg,
			    DTRACE_BUFDATA_AGGKEY | last);
}

static int put_part(struct formatted *f, const struct dt_fmt_part *part, uint32_t last)
{
	struct dt_fmt_arg arg = {
		part->conv, part->flags, part->width, part->prec, { .type = part->type }
	};
	const dtrace_aggdata_t *rep = f->aggs[0];
	struct dt_fmt_input keys = { rep->dtada_desc->dtagd_rec,
				     (uint32_t)rep->dtada_desc->dtagd_nrecs - 1, rep->dtada_data,
				     rep->dtada_size };

	dt_out_write(f->out, part->text, part->text_len);
	if (part->conv && part->conv->style == DT_FMT_PERCENT) {
		dt_out_puts(f->out, "%"); /* joins the text behind it */
		if (!last)
			return 0;
	}
	if (!part->conv || part->conv->style == DT_FMT_PERCENT)
		return dt_out_flush(f->out, NULL, rep, DTRACE_BUFDATA_AGGFORMAT | last);
	if (dt_out_flush(f->out, NULL, rep, DTRACE_BUFDATA_AGGFORMAT))
		return -1;
	if (!dt_fmt_dynamic(&arg, part, &keys, &f->next_key))
		return dt_con_error(f->out->con, EDT_DMISMATCH);
	return part->flags & DT_FF_AGG ? put_value(f, &arg, last) : put_key(f, &arg, last);
}

static int print_formatted(struct dt_out *out, const struct dt_fmt *fmt,
			   const dtrace_aggdata_t *const *aggs, int n)
{
	struct formatted f = { out, fmt, aggs, n, 1, 0 };

	for (uint32_t i = 0; i < fmt->nparts; i++)
		if (put_part(&f, &fmt->parts[i], i + 1 == fmt->nparts ? DTRACE_BUFDATA_AGGLAST : 0))
			return -1;
	return 0;
}

/* ---- printa ---- */

struct printa {
	struct rows rows;
	const struct dt_fmt *fmt;
	int nrows;
};

static int printa_row(const dtrace_aggdata_t **aggs, const int naggs, void *arg)
{
	struct printa *p = arg;
	int n = naggs - 1;

	p->nrows++;
	for (int i = 1; i <= n; i++)
		aggs[i]->dtada_desc->dtagd_flags |= DTRACE_AGD_PRINTED;
	if (p->fmt)
		return print_formatted(p->rows.out, p->fmt, aggs, n);
	return print_row(&p->rows, aggs, n);
}

static int printa_one(struct printa *p, const struct dt_agg_var *var)
{
	size_t n;
	_cleanup_free_ struct dt_agg_entry **list = dt_agg_sorted(p->rows.aggs, var,
								  DT_ORDER_OPTIONS, false, &n);

	if (!list)
		return -1;
	for (size_t i = 0; i < n; i++) {
		const dtrace_aggdata_t *aggs[] = { &list[i]->data, &list[i]->data };

		if (printa_row(aggs, 2, p))
			return -1;
	}
	return 0;
}

int dt_agg_printa(struct dt_aggs *aggs, struct dt_out *out, const struct dt_fmt *fmt,
		  const dtrace_aggvarid_t *ids, int n, const dtrace_recdesc_t *rec)
{
	struct printa p = { .rows = { .aggs = aggs, .out = out }, .fmt = fmt };
	const struct dt_agg_var *var = dt_agg_find_var(aggs, ids[0]);

	if (!fmt)
		dt_out_puts(out, "\n"); /* goes out with the first key, or alone */
	if (!var && n == 1)
		return dt_out_flush(out, rec, NULL, 0);
	if (n == 1 ? printa_one(&p, var) : dt_agg_walk_joined(aggs, ids, n, printa_row, &p))
		return -1;
	if (!p.nrows && dt_out_flush(out, rec, NULL, 0))
		return -1;
	return p.nrows;
}
