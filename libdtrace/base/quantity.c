/* SPDX-License-Identifier: MIT */
/* Sizes and times from text; see quantity.h. */
#include <errno.h>
#include <stdlib.h>
#include <strings.h>
#include "base/quantity.h"
#include "base/util.h"

#define KIB 1024LL
#define SEC 1000000000LL
#define HZ  (-1) /* in place of a factor: so many a second */

struct unit {
	const char *suffix;
	int64_t factor;
};

static const struct unit sizes[] = {
	{ "", 1 },
	{ "k", KIB },
	{ "m", KIB *KIB },
	{ "g", KIB *KIB *KIB },
	{ "t", KIB *KIB *KIB *KIB },
};

static const struct unit intervals[] = {
	{ "", 1 },
	{ "ns", 1 },
	{ "nsec", 1 },
	{ "us", SEC / 1000000 },
	{ "usec", SEC / 1000000 },
	{ "ms", SEC / 1000 },
	{ "msec", SEC / 1000 },
	{ "s", SEC },
	{ "sec", SEC },
	{ "m", 60 * SEC },
	{ "min", 60 * SEC },
	{ "h", 3600 * SEC },
	{ "hour", 3600 * SEC },
	{ "d", 86400 * SEC },
	{ "day", 86400 * SEC },
	{ "hz", HZ },
};

static const struct unit *find_unit(const struct unit *units, size_t n, const char *suffix)
{
	for (size_t i = 0; i < n; i++)
		if (!strcasecmp(units[i].suffix, suffix))
			return &units[i];
	return NULL;
}

static bool parse(const char *text, const struct unit *units, size_t n, int64_t *out)
{
	const struct unit *unit;
	int64_t value;
	char *end;

	errno = 0;
	value = strtoll(text, &end, 0);
	if (errno || end == text || value < 0)
		return false;
	unit = find_unit(units, n, end);
	if (!unit)
		return false;
	if (unit->factor == HZ) {
		*out = value ? SEC / value : 0;
		return value > 0;
	}
	return !__builtin_mul_overflow(value, unit->factor, out);
}

bool dt_parse_size(const char *text, int64_t *out)
{
	return parse(text, sizes, ARRAY_SIZE(sizes), out);
}

bool dt_parse_interval(const char *text, int64_t *out)
{
	return parse(text, intervals, ARRAY_SIZE(intervals), out);
}
