/* SPDX-License-Identifier: MIT */
/*
 * Near misses: the existing name that is closest to one that does not exist.  The distance is
 * Levenshtein's, with two swapped neighbours as one step.  A name that differs in more than a third
 * is no suggestion.
 */
#include <ctype.h>
#include <string.h>
#include "base/arena.h"
#include "base/util.h"
#include "check/near.h"

#define MAX_LEN 64

void dt_near_init(struct dt_near *n, const char *wanted)
{
	*n = (struct dt_near){ .wanted = wanted,
			       .distance = (unsigned)DT_MIN(strlen(wanted), (size_t)MAX_LEN) / 3 +
					   1 };
	if (strlen(wanted) < 3)
		n->distance = 2;
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
	return DT_MIN(DT_MIN(a, b), c);
}

static unsigned distance(const char *a, size_t na, const char *b, size_t nb)
{
	unsigned rows[3][MAX_LEN + 1], *before = rows[0], *prev = rows[1], *cur = rows[2], *spare;

	for (size_t j = 0; j <= nb; j++)
		prev[j] = (unsigned)j;
	for (size_t i = 1; i <= na; i++) {
		cur[0] = (unsigned)i;
		for (size_t j = 1; j <= nb; j++) {
			bool same = tolower((unsigned char)a[i - 1]) ==
				    tolower((unsigned char)b[j - 1]);

			cur[j] = min3(prev[j] + 1, cur[j - 1] + 1, prev[j - 1] + !same);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				cur[j] = DT_MIN(cur[j], before[j - 2] + 1);
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
	size_t na = strlen(n->wanted), nb = strlen(candidate);
	unsigned d;

	if (na > MAX_LEN || nb > MAX_LEN || nb == 0 || (na > nb ? na - nb : nb - na) >= n->distance)
		return;
	d = distance(n->wanted, na, candidate, nb);
	if (d < n->distance && d > 0) {
		n->distance = d;
		n->best = candidate;
	}
}

const char *dt_near_hint(struct dt_arena *arena, const struct dt_near *n)
{
	return n->best ? dt_arena_printf(arena, "did you mean \"%s\"?", n->best) : NULL;
}
