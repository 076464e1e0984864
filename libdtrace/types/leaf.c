/* SPDX-License-Identifier: MIT */
/*
 * The members of a structure at all depths: a walk that lower/ uses to tell data from padding.
 */
#include "types/types.h"

struct walk {
	struct dt_types *types;
	dt_type_leaf_fn *fn;
	void *arg;
};

static void walk_type(const struct walk *w, const struct dt_type *t, uint64_t offset_bits,
		      uint64_t bits, bool is_shared)
{
	const struct dt_type *plain = dt_type_strip(t);
	const struct dt_member *members;
	size_t n;

	if (plain->kind == DT_K_ARRAY) {
		bits = 8 * dt_type_size(w->types, plain->base);
		for (uint64_t i = 0; i < plain->nelems; i++)
			walk_type(w, plain->base, offset_bits + i * bits, bits, is_shared);
		return;
	}
	if (!dt_type_is_sou(plain)) {
		w->fn(w->arg, t, offset_bits, bits, is_shared);
		return;
	}
	members = dt_type_members(w->types, plain, &n);
	is_shared |= plain->kind == DT_K_UNION;
	for (size_t i = 0; i < n; i++)
		walk_type(w, members[i].type, offset_bits + members[i].offset_bits,
			  members[i].bits ? members[i].bits
					  : 8 * dt_type_size(w->types, members[i].type),
			  is_shared);
}

void dt_type_each_leaf(struct dt_types *types, const struct dt_type *t, dt_type_leaf_fn *fn,
		       void *arg)
{
	struct walk w = { types, fn, arg };

	walk_type(&w, t, 0, 8 * dt_type_size(types, t), false);
}
