/* SPDX-License-Identifier: MIT */
/*
 * Grouping by size (share.h).  The sharers are sorted by their sizes; those of equal sizes are one
 * run.  While there are too many runs, the two neighbours are joined that pad the fewest bytes.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "base/util.h"
#include "lower/share.h"

struct run {
	size_t first; /* in the sorted order */
	struct dt_share_group group;
};

static int by_size(const void *left, const void *right)
{
	const struct dt_sharer *a = *(struct dt_sharer *const *)left,
			       *b = *(struct dt_sharer *const *)right;

	if (a->key_size != b->key_size)
		return a->key_size < b->key_size ? -1 : 1;
	if (a->value_size != b->value_size)
		return a->value_size < b->value_size ? -1 : 1;
	return a < b ? -1 : 1;
}

static struct dt_share_group joined(const struct dt_share_group *a, const struct dt_share_group *b)
{
	return (struct dt_share_group){
		.nmembers = a->nmembers + b->nmembers,
		.key_size = DT_MAX(a->key_size, b->key_size),
		.value_size = DT_MAX(a->value_size, b->value_size),
	};
}

static uint64_t bytes(const struct dt_share_group *g)
{
	return (uint64_t)g->nmembers * ((uint64_t)g->key_size + g->value_size);
}

/* The run whose join with the next one pads the fewest bytes. */
static size_t cheapest(const struct run *runs, size_t n)
{
	uint64_t best_cost = UINT64_MAX;
	size_t best = 0;

	for (size_t i = 0; i + 1 < n; i++) {
		const struct dt_share_group *a = &runs[i].group, *b = &runs[i + 1].group;
		struct dt_share_group both = joined(a, b);
		uint64_t cost = bytes(&both) - bytes(a) - bytes(b);

		if (cost < best_cost) {
			best_cost = cost;
			best = i;
		}
	}
	return best;
}

/* Makes runs of the sorted sharers; equal ones are joined if EQUALS_SHARE. */
static size_t make_runs(struct dt_sharer *const *sorted, size_t n, bool equals_share,
			struct run *runs)
{
	size_t nruns = 0;

	for (size_t i = 0; i < n; i++) {
		struct dt_share_group one = { .nmembers = 1,
					      .key_size = sorted[i]->key_size,
					      .value_size = sorted[i]->value_size };
		struct run *last = nruns ? &runs[nruns - 1] : NULL;

		if (equals_share && last && last->group.key_size == one.key_size &&
		    last->group.value_size == one.value_size)
			last->group = joined(&last->group, &one);
		else
			runs[nruns++] = (struct run){ .first = i, .group = one };
	}
	return nruns;
}

/* What room is left after one for each group goes to the largest ones. */
static void share_rooms(struct dt_share_group *groups, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		groups[i].rooms = 1;
	for (uint32_t left = DT_MAPS_PER_KIND - n; left; left--) {
		struct dt_share_group *most = NULL;

		for (uint32_t i = 0; i < n; i++) {
			struct dt_share_group *g = &groups[i];

			if (g->rooms < g->nmembers &&
			    (!most || (uint64_t)g->nmembers * most->rooms >
					      (uint64_t)most->nmembers * g->rooms))
				most = g;
		}
		if (!most)
			return;
		most->rooms++;
	}
}

uint32_t dt_share(struct dt_arena *arena, struct dt_sharer *sharers, size_t n,
		  struct dt_share_group groups[DT_MAPS_PER_KIND])
{
	struct dt_sharer **sorted = dt_arena_new_array(arena, struct dt_sharer *, n + 1);
	struct run *runs = dt_arena_new_array(arena, struct run, n + 1);
	size_t nruns;

	for (size_t i = 0; i < n; i++)
		sorted[i] = &sharers[i];
	qsort(sorted, n, sizeof(sorted[0]), by_size);
	nruns = make_runs(sorted, n, n > DT_MAPS_PER_KIND, runs);
	while (nruns > DT_MAPS_PER_KIND) {
		size_t i = cheapest(runs, nruns);

		runs[i].group = joined(&runs[i].group, &runs[i + 1].group);
		memmove(&runs[i + 1], &runs[i + 2], (nruns - i - 2) * sizeof(runs[0]));
		nruns--;
	}
	for (uint32_t g = 0; g < nruns; g++) {
		groups[g] = runs[g].group;
		for (uint32_t i = 0; i < groups[g].nmembers; i++)
			sorted[runs[g].first + i]->group = g;
	}
	share_rooms(groups, (uint32_t)nruns);
	return (uint32_t)nruns;
}
