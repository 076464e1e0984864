/* SPDX-License-Identifier: MIT */
/*
 * Near misses: the existing name that is closest to one that does not exist.  The distance is
 * Levenshtein's, with two swapped neighbours and another case as half a step.  A name that differs
 * in more than a third is no suggestion.
 */
#include <ctype.h>
#include <string.h>
#include "base/arena.h"
#include "base/near.h"
#include "base/util.h"

#define STEP      2 /* so that a half is a number, too */
#define HALF_STEP 1

void dt_near_init(struct dt_near *n, const char *wanted)
{
	size_t len = DT_MIN(strlen(wanted), (size_t)DT_NEAR_MAX);
	unsigned most = (unsigned)(len < 2 ? HALF_STEP : DT_MAX(len / 3, (size_t)1) * STEP);

	*n = (struct dt_near){ .wanted = wanted, .distance = most + 1 };
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
	return DT_MIN(DT_MIN(a, b), c);
}

static unsigned exchange(char a, char b)
{
	if (a == b)
		return 0;
	return tolower((unsigned char)a) == tolower((unsigned char)b) ? HALF_STEP : STEP;
}

unsigned dt_near_distance(const char *a, const char *b)
{
	size_t na = strnlen(a, DT_NEAR_MAX), nb = strnlen(b, DT_NEAR_MAX);
	unsigned rows[3][DT_NEAR_MAX + 1], *before = rows[0], *prev = rows[1], *cur = rows[2],
					   *spare;

	for (size_t j = 0; j <= nb; j++)
		prev[j] = (unsigned)j * STEP;
	for (size_t i = 1; i <= na; i++) {
		cur[0] = (unsigned)i * STEP;
		for (size_t j = 1; j <= nb; j++) {
			cur[j] = min3(prev[j] + STEP, cur[j - 1] + STEP,
				      prev[j - 1] + exchange(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				cur[j] = DT_MIN(cur[j], before[j - 2] + HALF_STEP);
		}
		spare = before;
		before = prev;
		prev = cur;
		cur = spare;
	}
	return prev[nb];
}

void dt_near_offer(struct dt_near *n, const char *candidate)
{
	size_t na = strlen(n->wanted), nb = strlen(candidate), more = na > nb ? na - nb : nb - na;
	unsigned d;

	if (na > DT_NEAR_MAX || nb > DT_NEAR_MAX || nb == 0 || more * STEP >= n->distance)
		return;
	d = dt_near_distance(n->wanted, candidate);
	if (d >= n->distance)
		return;
	n->distance = d;
	/* The name itself, of something that cannot be meant: nothing is nearer. */
	memcpy(n->best, candidate, d ? nb + 1 : 0);
	if (!d)
		n->best[0] = '\0';
}

const char *dt_near_hint_as(struct dt_arena *arena, const struct dt_near *n, const char *prefix)
{
	return n->best[0] ? dt_arena_printf(arena, "did you mean \"%s%s\"?", prefix, n->best)
			  : NULL;
}

const char *dt_near_hint(struct dt_arena *arena, const struct dt_near *n)
{
	return dt_near_hint_as(arena, n, "");
}
