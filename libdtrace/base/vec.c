/* SPDX-License-Identifier: MIT */
/* Growing arrays; see vec.h. */
#include <stdint.h>
#include <string.h>
#include "base/vec.h"

bool dt_vec_grow(void **data, size_t *cap, size_t n, size_t elem_size, struct dt_arena *arena)
{
	size_t want = *cap ? *cap : 8;
	void *bigger;

	if (n <= *cap)
		return true;
	while (want < n)
		want *= 2;
	if (want > SIZE_MAX / elem_size)
		return false;
	if (arena) {
		bigger = dt_arena_alloc(arena, want * elem_size);
		if (bigger && *cap)
			memcpy(bigger, *data, *cap * elem_size);
	} else {
		bigger = realloc(*data, want * elem_size);
	}
	if (!bigger)
		return false;
	*data = bigger;
	*cap = want;
	return true;
}
