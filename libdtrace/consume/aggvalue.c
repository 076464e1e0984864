/* SPDX-License-Identifier: MIT */
/* The defaults for what the row of an aggregating function leaves out; see aggvalue.h. */
#include "consume/aggvalue.h"
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include "consume/output.h"

void dt_aggval_merge(const struct dt_aggfunc *f, uint64_t *into, const uint64_t *from, uint32_t n)
{
	if (f->merge) {
		f->merge(into, from, n);
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		into[i] += from[i];
}

static size_t words_size(const struct dt_aggfunc *f, uint64_t param)
{
	return dt_aggfunc_nwords(f, param) * sizeof(uint64_t);
}

void dt_aggval_decode(const struct dt_aggfunc *f, uint64_t param, const uint64_t *words,
		      void *value)
{
	if (f->decode) {
		f->decode(words, param, value);
		return;
	}
	if (f->has_param)
		memcpy(value, &param, sizeof(param));
	memcpy((char *)value + dt_aggfunc_words_offset(f), words, words_size(f, param));
}

void dt_aggval_clear(const struct dt_aggfunc *f, uint64_t param, void *value)
{
	if (f->has_param)
		memcpy(value, &param, sizeof(param));
	memset((char *)value + dt_aggfunc_words_offset(f), 0, words_size(f, param));
}

int dt_aggval_compare(const struct dt_aggfunc *f, uint64_t param, const void *a, const void *b)
{
	int64_t x, y;

	if (f->compare)
		return f->compare(a, b, param);
	x = f->number(a, 1);
	y = f->number(b, 1);
	return (x > y) - (x < y);
}

int dt_aggval_bucket(const struct dt_aggfunc *f, uint64_t param, const void *value, uint32_t bucket,
		     int64_t *low, int64_t *high, int64_t *count)
{
	const char *words = (const char *)value + dt_aggfunc_words_offset(f);

	if (!f->nbuckets || bucket >= f->nbuckets(param))
		return -EINVAL;
	f->bucket(param, bucket, low, high);
	memcpy(count, words + bucket * sizeof(*count), sizeof(*count));
	return 0;
}

struct dt_dist dt_aggval_dist(const struct dt_aggfunc *f, uint64_t param, const void *value,
			      uint64_t normal)
{
	return (struct dt_dist){
		.counts = (const int64_t *)((const char *)value + dt_aggfunc_words_offset(f)),
		.n = f->nbuckets(param),
		.param = param,
		.normal = normal,
		.label = f->label,
		.empty_first = f->empty_first,
		.empty_last = f->empty_last,
	};
}

void dt_aggval_print(const struct dt_aggfunc *f, uint64_t param, struct dt_out *out,
		     const void *value, uint64_t normal)
{
	struct dt_dist dist;

	if (f->print) {
		f->print(out, value, param, normal);
	} else if (f->number) {
		dt_out_printf(out, " %16" PRId64, f->number(value, normal));
	} else {
		dist = dt_aggval_dist(f, param, value, normal);
		dt_dist_print(out, &dist);
	}
}
