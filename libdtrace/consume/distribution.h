/* SPDX-License-Identifier: MIT */
/*
 * Drawings of distributions: quantize() and its kin, the bars of -x agghist and the lines of
 * -x aggpack.  Called by the rows of aggregating functions (builtin/) and by aggprint.c; knows
 * counts and labels only, not which function they come from.
 */
#ifndef DT_CONSUME_DISTRIBUTION_H
#define DT_CONSUME_DISTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dt_out;

struct dt_dist {
	const int64_t *counts;
	uint32_t n;
	uint64_t param, normal;
	/* The label of a bucket, without blanks around it. */
	void (*label)(uint64_t param, uint32_t bucket, char *buf, size_t size);
	uint32_t empty_first, empty_last; /* buckets that are shown when all are zero */
};

/* What a set of bars has in common. */
struct dt_bars {
	double total; /* what 40 columns stand for */
	bool positives, negatives;
};

void dt_dist_print(struct dt_out *out, const struct dt_dist *dist);
/* First and last bucket to show; false: all are zero. */
bool dt_dist_range(const int64_t *counts, uint32_t n, uint32_t *first, uint32_t *last);

void dt_bars_add(struct dt_bars *bars, int64_t value, bool zoom); /* takes a value into account */
void dt_bars_settle(struct dt_bars *bars, bool zoom);
void dt_bars_header(struct dt_out *out, const char *label, int width);
/* " |@@@   N   \n" without the leading blank. */
void dt_bars_row(struct dt_out *out, const struct dt_bars *bars, int64_t value, uint64_t normal);

/* -x aggpack: one distribution in one line; labels of buckets FIRST..LAST are those of DIST. */
struct dt_pack {
	uint32_t first, last;
	int label_width;
	bool text_labels; /* lquantize: "< b" and ">= e" */
};
void dt_pack_header(struct dt_out *out, const struct dt_pack *pack, const char *key, int key_width);
void dt_pack_row(struct dt_out *out, const struct dt_pack *pack, const struct dt_dist *dist);

int64_t dt_normalize(int64_t value, uint64_t normal); /* towards zero; by 0 or 1: as it is */

#endif
