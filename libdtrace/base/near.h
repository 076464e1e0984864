/* SPDX-License-Identifier: MIT */
/*
 * Near misses: the closest of the names that are offered.
 *
 *	dt_near_init(&n, wanted);
 *	for each name: dt_near_offer(&n, name);
 *	hint = dt_near_hint(arena, &n);
 */
#ifndef DT_BASE_NEAR_H
#define DT_BASE_NEAR_H

#define DT_NEAR_MAX 64 /* longer names are never near */

struct dt_arena;

struct dt_near {
	const char *wanted;
	char best[DT_NEAR_MAX + 1]; /* empty: nothing is near */
	unsigned distance;          /* of best */
};

void dt_near_init(struct dt_near *n, const char *wanted);
void dt_near_offer(struct dt_near *n, const char *candidate);
/* "did you mean \"%s\"?" or NULL. */
const char *dt_near_hint(struct dt_arena *arena, const struct dt_near *n);
const char *dt_near_hint_as(struct dt_arena *arena, const struct dt_near *n, const char *prefix);

/* How far two names are from each other, in half steps; what follows DT_NEAR_MAX does not count. */
unsigned dt_near_distance(const char *a, const char *b);

/*
 * Names that a room of the compiler does not know, but whoever calls it does: a function of this
 * type offers those of one kind.
 */
enum dt_names {
	DT_NAMES_LIBRARY,      /* what D libraries declare */
	DT_NAMES_SYMBOL,       /* the kernel's variables and functions */
	DT_NAMES_MACRO,        /* macro variables, without $ */
	DT_NAMES_LIBRARY_FILE, /* procfs.d */
	DT_NAMES_PROVIDER,
	DT_NAMES_MODULE, /* of the kernel */
};
typedef void dt_names_fn(void *arg, enum dt_names which, struct dt_near *n);

#endif
