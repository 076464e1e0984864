/* SPDX-License-Identifier: MIT */
/*
 * Near misses: the closest of the names that are offered.
 *
 *	dt_near_init(&n, wanted);
 *	for each name: dt_near_offer(&n, name);
 *	hint = dt_near_hint(arena, &n);
 */
#ifndef DT_CHECK_NEAR_H
#define DT_CHECK_NEAR_H

struct dt_arena;

struct dt_near {
	const char *wanted, *best; /* NULL: nothing is near */
	unsigned distance;         /* of best */
};

void dt_near_init(struct dt_near *n, const char *wanted);
void dt_near_offer(struct dt_near *n, const char *candidate); /* must outlive the hint */
/* "did you mean \"%s\"?" or NULL. */
const char *dt_near_hint(struct dt_arena *arena, const struct dt_near *n);

#endif
