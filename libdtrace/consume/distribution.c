/* SPDX-License-Identifier: MIT */
/*
 * Drawings of distributions (distribution.h): 40 columns of @, or of eighths of blocks with
 * encoding=utf8; negative counts grow to the left.  Bars are drawn from raw counts, only the number
 * behind them is normalized.
 */
#include "consume/distribution.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "consume/context.h"
#include "consume/output.h"

#define WIDTH       40
#define LABEL_WIDTH 16

int64_t dt_normalize(int64_t value, uint64_t normal)
{
	if (normal <= 1)
		return value;
	if (normal > INT64_MAX)
		return 0;
	return value / (int64_t)normal;
}

static double magnitude(int64_t value)
{
	return value < 0 ? -(double)value : (double)value;
}

void dt_bars_add(struct dt_bars *bars, int64_t value, bool zoom)
{
	bars->positives |= value > 0;
	bars->negatives |= value < 0;
	if (!zoom)
		bars->total += magnitude(value);
	else
		bars->total = DT_MAX(bars->total, magnitude(value));
}

void dt_bars_settle(struct dt_bars *bars, bool zoom)
{
	if (zoom)
		bars->total /= DTRACE_AGGZOOM_MAX;
}

void dt_bars_header(struct dt_out *out, const char *label, int width)
{
	dt_out_printf(out, "\n%*s %41s %-9s\n", width, label,
		      "------------- Distribution -------------", "count");
}

static void repeat(struct dt_out *out, const char *what, int n)
{
	while (n-- > 0)
		dt_out_puts(out, what);
}

/* A bar in eighths: U+2588 is a full block, U+2589..U+258F seven eighths to one. */
static void draw_blocks(struct dt_out *out, double columns)
{
	int whole = (int)columns, eighths = (int)(8 * (columns - whole));

	repeat(out, "\xe2\x96\x88", whole);
	if (eighths > 0) {
		char block[] = { '\xe2', '\x96', (char)(0x8f - (eighths - 1)), '\0' };

		dt_out_puts(out, block);
	}
	dt_out_pad(out, ' ', (size_t)DT_MAX(WIDTH - whole - (eighths > 0), 0));
}

static void draw_bar(struct dt_out *out, const struct dt_bars *bars, int64_t value)
{
	int width = bars->positives && bars->negatives ? WIDTH / 2 : WIDTH;
	double columns = bars->total > 0 ? magnitude(value) * width / bars->total : 0;
	int n = (int)(columns + 0.5);

	if (!bars->negatives) {
		dt_out_puts(out, "|");
		if (out->con->flags.utf8) {
			draw_blocks(out, columns);
			return;
		}
		dt_out_pad(out, '@', (size_t)n);
		dt_out_pad(out, ' ', (size_t)(width - n));
		return;
	}
	if (value > 0) { /* only where both signs are shown */
		dt_out_pad(out, ' ', (size_t)width);
		dt_out_puts(out, "|");
		dt_out_pad(out, '@', (size_t)n);
		dt_out_pad(out, ' ', (size_t)(width - n));
		return;
	}
	dt_out_pad(out, ' ', (size_t)(width - n));
	dt_out_pad(out, '@', (size_t)n);
	dt_out_puts(out, "|");
	if (bars->positives)
		dt_out_pad(out, ' ', (size_t)width);
}

void dt_bars_row(struct dt_out *out, const struct dt_bars *bars, int64_t value, uint64_t normal)
{
	draw_bar(out, bars, value);
	dt_out_printf(out, " %-9" PRId64 "\n", dt_normalize(value, normal));
}

bool dt_dist_range(const int64_t *counts, uint32_t n, uint32_t *first, uint32_t *last)
{
	uint32_t lo = 0, hi = n;

	while (lo < n && !counts[lo])
		lo++;
	if (lo == n)
		return false;
	while (!counts[hi - 1])
		hi--;
	*first = lo ? lo - 1 : 0;
	*last = DT_MIN(hi, n - 1);
	return true;
}

void dt_dist_print(struct dt_out *out, const struct dt_dist *dist)
{
	bool zoom = dt_con_has(out->con, DTRACEOPT_AGGZOOM);
	uint32_t first = dist->empty_first, last = dist->empty_last;
	struct dt_bars bars = { 0 };
	char label[64];

	dt_dist_range(dist->counts, dist->n, &first, &last);
	for (uint32_t i = first; i <= last; i++)
		dt_bars_add(&bars, dist->counts[i], zoom);
	dt_bars_settle(&bars, zoom);
	dt_bars_header(out, "value", LABEL_WIDTH);
	for (uint32_t i = first; i <= last; i++) {
		dist->label(dist->param, i, label, sizeof(label));
		dt_out_printf(out, "%*s ", LABEL_WIDTH, label);
		dt_bars_row(out, &bars, dist->counts[i], dist->normal);
	}
}

/* ---- -x aggpack ---- */

/* Cells are utf8 unless the encoding is ascii, or the terminal is one of those that cannot. */
static bool pack_utf8(const struct dt_out *out)
{
	static const char *const poor[] = { "sun", "sun-color", "dumb" };
	const char *term = getenv("TERM");

	if (out->con->flags.ascii)
		return false;
	if (out->con->flags.utf8)
		return true;
	for (size_t i = 0; term && i < ARRAY_SIZE(poor); i++)
		if (!strcmp(term, poor[i]))
			return false;
	return term != NULL;
}

static void pack_cell(struct dt_out *out, int64_t count, double total)
{
	static const char up[] = "__xxxxXX", down[] = "vvvvVV";
	int level;

	if (!count) {
		dt_out_puts(out, " ");
		return;
	}
	level = total > 0 ? (int)(magnitude(count) * (count > 0 ? 7 : 5) / total + 0.5) : 0;
	if (count < 0) {
		dt_out_write(out, &down[level], 1);
	} else if (pack_utf8(out)) {
		char block[] = { '\xe2', '\x96', (char)(0x81 + level), '\0' };

		dt_out_puts(out, block);
	} else {
		dt_out_write(out, &up[level], 1);
	}
}

void dt_pack_header(struct dt_out *out, const struct dt_pack *pack, const char *key, int key_width)
{
	int min = pack->text_labels ? 7 : pack->label_width,
	    max = pack->text_labels ? 8 : pack->label_width;

	dt_out_printf(out, "\n%*s %*s .", key_width, key, min, "min");
	for (uint32_t i = pack->first; i <= pack->last; i++)
		dt_out_puts(out, "-");
	dt_out_printf(out, ". %-*s | count\n", max, "max");
}

void dt_pack_row(struct dt_out *out, const struct dt_pack *pack, const struct dt_dist *dist)
{
	bool zoom = dt_con_has(out->con, DTRACEOPT_AGGZOOM);
	int min = pack->text_labels ? 8 : pack->label_width;
	char label[64];
	double total = 0;
	int64_t count = 0;

	for (uint32_t i = pack->first; i <= pack->last; i++) {
		double m = magnitude(dist->counts[i]);

		total = zoom ? DT_MAX(total, m) : total + m;
		count += dist->counts[i];
	}
	if (zoom)
		total /= DTRACE_AGGZOOM_MAX;
	dist->label(dist->param, pack->first, label, sizeof(label));
	dt_out_printf(out, pack->text_labels ? "%*s :" : " %*s :", min, label);
	for (uint32_t i = pack->first; i <= pack->last; i++)
		pack_cell(out, dist->counts[i], total);
	dist->label(dist->param, pack->last, label, sizeof(label));
	dt_out_printf(out, ": %-*s | %" PRId64 "\n", min, label, dt_normalize(count, dist->normal));
}
