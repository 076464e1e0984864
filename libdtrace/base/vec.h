/* SPDX-License-Identifier: MIT */
/*
 * Growing arrays.  DT_VEC(type) is a structure { type *data; size_t n, cap; }; zero-filled is
 * empty.  It grows on the heap (its owner calls dt_vec_free()) or in an arena (nobody does).
 *
 *	DT_VEC(struct dt_insn) code = { 0 };
 *	if (!dt_vec_push(&code, insn))
 *		return -ENOMEM;
 *	dt_vec_push_arena(arena, &list, node);    with a guard it fails the compile
 */
#ifndef DT_BASE_VEC_H
#define DT_BASE_VEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include "base/arena.h"

#define DT_VEC(type)           \
	struct {               \
		type *data;    \
		size_t n, cap; \
	}

bool dt_vec_grow(void **data, size_t *cap, size_t n, size_t elem_size, struct dt_arena *arena);

#define dt_vec_reserve_in(arena, v, count) \
	dt_vec_grow((void **)&(v)->data, &(v)->cap, (count), sizeof(*(v)->data), (arena))
/* true: the element was added; false: out of memory */
#define dt_vec_push(v, elem) \
	(dt_vec_reserve_in(NULL, v, (v)->n + 1) ? ((v)->data[(v)->n++] = (elem), true) : false)
#define dt_vec_push_arena(arena, v, elem) \
	(dt_vec_reserve_in(arena, v, (v)->n + 1) ? ((v)->data[(v)->n++] = (elem), true) : false)
#define dt_vec_free(v) (free((v)->data), (v)->data = NULL, (v)->n = (v)->cap = 0)
#define dt_vec_each(v, it) \
	for (__typeof__((v)->data + 0) it = (v)->data; (v)->n && it < (v)->data + (v)->n; it++)

#endif
