/* SPDX-License-Identifier: MIT */
/*
 * The context's cache: what the function in hand has read already (context.h).
 */
#include "ir/build.h"
#include "lower/context.h"

dt_vreg dt_cg_cached(struct dt_cg *cg, const void *key)
{
	dt_vec_each(&cg->cache, it) if (it->key == key) return it->reg;
	return 0;
}

void dt_cg_cache(struct dt_cg *cg, const void *key, dt_vreg reg)
{
	struct dt_cached c = { key, reg };

	dt_vec_push_arena(cg->arena, &cg->cache, c);
}

size_t dt_cg_enter(struct dt_cg *cg)
{
	return cg->cache.n;
}

void dt_cg_leave(struct dt_cg *cg, size_t mark)
{
	cg->cache.n = mark;
}

void dt_cg_note_clock(struct dt_cg *cg, const void *key)
{
	struct dt_cached first = { key, 0 };

	dt_vec_each(&cg->clocks, it)
	{
		if (it->key != key)
			continue;
		if (!it->reg) {
			it->reg = dt_ir_new(&cg->ir);
			dt_ir_seti(&cg->ir, it->reg, 0);
		}
		return;
	}
	dt_vec_push_arena(cg->arena, &cg->clocks, first);
}

dt_vreg dt_cg_clock(struct dt_cg *cg, const void *key)
{
	dt_vec_each(&cg->clocks, it) if (it->key == key) return it->reg;
	return 0;
}

dt_vreg dt_cg_mctx_word(struct dt_cg *cg, const void *key, enum dt_mctx off)
{
	dt_vreg r = dt_cg_cached(cg, key);

	if (!r) {
		r = dt_ir_ld(&cg->ir, cg->mctx, off, 8);
		dt_cg_cache(cg, key, r);
	}
	return r;
}

void dt_cg_origin(struct dt_cg *cg, const char *what, const struct dt_loc *loc)
{
	struct dt_ir_origin *origin = dt_arena_new_obj(cg->arena, struct dt_ir_origin);

	*origin = (struct dt_ir_origin){ .what = what, .loc = *loc };
	cg->ir.func->origin = origin;
}
