/* SPDX-License-Identifier: MIT */
/*
 * Updates of aggregations, in the stores that contract/record.h describes.  The generation word
 * says which half is written: without keys, one of two values of a per-CPU array; with keys, one of
 * two hashes.  An existing key costs one look-up and the update.  A new one is inserted as zeros,
 * which are neutral for every aggregating function, and looked up again.
 */
#include <linux/bpf.h>
#include <stddef.h>
#include "check/tree.h"
#include "contract/builtin.h"
#include "contract/record.h"
#include "ir/build.h"
#include "lower/aggregate.h"
#include "lower/context.h"
#include "lower/expr.h"
#include "lower/fault.h"
#include "lower/keys.h"
#include "lower/layout.h"
#include "lower/memory.h"
#include "lower/piece.h"
#include "lower/plan.h"

static dt_vreg lookup_in(struct dt_cg *cg, dt_vreg map, struct dt_mem key)
{
	return dt_ir_helper(&cg->ir, BPF_FUNC_map_lookup_elem,
			    DT_ARGS(map, dt_cg_mem_ptr(cg, key)));
}

static dt_vreg lookup(struct dt_cg *cg, uint32_t map, struct dt_mem key)
{
	return lookup_in(cg, dt_ir_map(&cg->ir, map), key);
}

static const char generation_key;

static dt_vreg generation(struct dt_cg *cg)
{
	dt_vreg r = dt_cg_cached(cg, &generation_key);

	if (r)
		return r;
	return dt_ir_ld(&cg->ir, dt_cg_state(cg), offsetof(struct dt_state, generation), 4);
}

dt_vreg dt_cg_generation(struct dt_cg *cg)
{
	dt_vreg r = generation(cg);

	if (!dt_cg_cached(cg, &generation_key))
		dt_cg_cache(cg, &generation_key, r);
	return r;
}

static dt_vreg zeros(struct dt_cg *cg, uint32_t bytes)
{
	void *data = dt_arena_alloc(cg->arena, bytes);

	return dt_cg_rodata_ptr(cg, dt_cg_rodata(cg, data, bytes, 8));
}

/* The words of a keyless aggregation, by its slot. */
static dt_vreg keyless(struct dt_cg *cg, const struct dt_agg_store *store, dt_vreg slot)
{
	struct dt_mem key = dt_cg_stack(cg, 4);
	dt_vreg index = generation(cg);

	if (slot)
		index = dt_ir_bin(&cg->ir, DT_IR_ADD, index, slot);
	dt_ir_st(&cg->ir, key.base, key.off, 4, index);
	return lookup(cg, store->map[0], key);
}

/* In a long clause the look-up is a function: the kernel writes it out in place of each call, which
 * moves all code behind it. */
static dt_vreg keyless_function(struct dt_cg *cg, const void *store)
{
	return keyless(cg, store, dt_ir_ctx(&cg->ir));
}

static void insert(struct dt_cg *cg, const struct dt_agg_store *store, dt_vreg map,
		   struct dt_mem key)
{
	dt_ir_helper(&cg->ir, BPF_FUNC_map_update_elem,
		     DT_ARGS(map, dt_cg_mem_ptr(cg, key), zeros(cg, store->value_size),
			     dt_ir_const(&cg->ir, BPF_NOEXIST)));
}

/* The words of KEY in the reserve, whose tag gets the generation for that. */
static void from_reserve(struct dt_cg *cg, const struct dt_agg_store *store, dt_vreg gen,
			 struct dt_mem key, dt_vreg ptr, dt_label found)
{
	int32_t tag = key.off + (int32_t)(store->key_size - DT_AGG_TAG_SIZE);
	dt_vreg bit = dt_ir_bini(&cg->ir, DT_IR_SHL, gen, DT_AGG_GENERATION_SHIFT);

	dt_ir_st(&cg->ir, key.base, tag, 4,
		 dt_ir_bin(&cg->ir, DT_IR_OR, dt_ir_ld(&cg->ir, key.base, tag, 4), bit));
	dt_ir_set(&cg->ir, ptr, lookup(cg, store->reserve, key));
	dt_ir_jcci(&cg->ir, DT_IR_JNE, ptr, 0, found);
	insert(cg, store, dt_ir_map(&cg->ir, store->reserve), key);
	dt_ir_set(&cg->ir, ptr, lookup(cg, store->reserve, key));
}

/* The words of KEY, inserted when they are missing; NULL when there is no room. */
static dt_vreg keyed(struct dt_cg *cg, const struct dt_agg_store *store, struct dt_mem key)
{
	dt_vreg ptr = dt_ir_new(&cg->ir), map = dt_ir_new(&cg->ir);
	dt_label second = dt_ir_label(&cg->ir), found = dt_ir_label(&cg->ir),
		 looked = dt_ir_label(&cg->ir);
	dt_vreg gen = generation(cg);

	/* One look-up per map, so that the verifier can inline both. */
	dt_ir_jcci(&cg->ir, DT_IR_JNE, gen, 0, second);
	dt_ir_set(&cg->ir, ptr, lookup(cg, store->map[0], key));
	dt_ir_jcci(&cg->ir, DT_IR_JNE, ptr, 0, found);
	dt_ir_set(&cg->ir, map, dt_ir_map(&cg->ir, store->map[0]));
	dt_ir_jmp(&cg->ir, looked);
	dt_ir_place(&cg->ir, second);
	dt_ir_set(&cg->ir, ptr, lookup(cg, store->map[1], key));
	dt_ir_jcci(&cg->ir, DT_IR_JNE, ptr, 0, found);
	dt_ir_set(&cg->ir, map, dt_ir_map(&cg->ir, store->map[1]));
	dt_ir_place(&cg->ir, looked);
	insert(cg, store, map, key);
	dt_ir_set(&cg->ir, ptr, lookup_in(cg, map, key));
	if (store->reserve) {
		dt_ir_jcci(&cg->ir, DT_IR_JNE, ptr, 0, found);
		from_reserve(cg, store, gen, key, ptr, found);
	}
	dt_ir_place(&cg->ir, found);
	return ptr;
}

static dt_vreg keyed_function(struct dt_cg *cg, const void *store)
{
	return keyed(cg, store, (struct dt_mem){ .base = dt_ir_ctx(&cg->ir) });
}

/* Whose entry it is: the CPU and the aggregation. */
static dt_vreg tag(struct dt_cg *cg, const struct dt_agg_plan *ap)
{
	dt_vreg cpu = dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_smp_processor_id, 0, NULL);

	return dt_ir_bini(&cg->ir, DT_IR_OR, cpu, ap->layout.id << DT_AGG_CPU_BITS);
}

/* All of the key but for the bucket and the tag. */
static struct dt_mem pack_keys(struct dt_cg *cg, const struct dt_stmt *s,
			       const struct dt_agg_plan *ap)
{
	struct dt_keyfield *f = dt_arena_new_array(cg->arena, struct dt_keyfield,
						   ap->layout.nkeys + 1);
	uint32_t key_size = ap->layout.store->key_size, room = key_size - ap->layout.kkey_size;
	/* Next to the tag the last 8 bytes may have 4 more, of no key. */
	uint32_t end = room >= 8 ? 8 : DT_AGG_TAG_SIZE;
	struct dt_mem key;

	for (uint32_t i = 0; i < ap->layout.nkeys; i++)
		f[i] = (struct dt_keyfield){ ap->layout.keys[i].type, ap->layout.keys[i].enc,
					     ap->layout.keys[i].koff, ap->layout.keys[i].ksize };
	key = dt_cg_keys(cg, f, s->keys, ap->layout.nkeys, key_size, 0, end);
	if (end == 8)
		dt_ir_sti(&cg->ir, key.base, key.off + (int32_t)key_size - 8, 4, 0);
	return key;
}

void dt_cg_add_word(struct dt_cg *cg, dt_vreg ptr, int32_t off, dt_vreg incr, bool atomic)
{
	dt_vreg v;

	if (atomic) {
		dt_ir_xadd(&cg->ir, ptr, off, 8, incr);
		return;
	}
	v = dt_ir_bin(&cg->ir, DT_IR_ADD, dt_ir_ld(&cg->ir, ptr, off, 8), incr);
	dt_ir_st(&cg->ir, ptr, off, 8, v);
}

/* Add the weight to word BUCKET. */
static void add_bucket(struct dt_cg *cg, const struct dt_agg_plan *ap, dt_vreg ptr, dt_vreg bucket,
		       dt_vreg incr)
{
	if (!ap->layout.bucket_in_key) {
		bucket = dt_cg_bound(cg, bucket,
				     ap->layout.nwords -
					     1); /* for the verifier: it is never larger */
		ptr = dt_ir_bin(&cg->ir, DT_IR_ADD, ptr, dt_ir_bini(&cg->ir, DT_IR_SHL, bucket, 3));
	}
	dt_cg_add_word(cg, ptr, 0, incr, ap->atomic);
}

static void store_tag(struct dt_cg *cg, const struct dt_agg_plan *ap,
		      const struct dt_agg_store *store, struct dt_mem key)
{
	dt_ir_st(&cg->ir, key.base, key.off + (int32_t)(store->key_size - DT_AGG_TAG_SIZE), 4,
		 tag(cg, ap));
}

/* The words of KEY in STORE. */
static dt_vreg in_store(struct dt_cg *cg, const struct dt_agg_store *store, struct dt_mem key)
{
	/* A key that depends on the generation needs the one that this function has read. */
	return cg->cut && !dt_cg_cached(cg, &generation_key)
		       ? dt_piece_call(cg, store, keyed_function, store, dt_cg_mem_ptr(cg, key))
		       : keyed(cg, store, key);
}

/* The words of KEY, in the store that the length of its string says. */
static dt_vreg by_length(struct dt_cg *cg, const struct dt_agg_plan *ap, struct dt_mem key)
{
	dt_label brief = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);
	dt_vreg ptr = dt_ir_new(&cg->ir), nul;
	size_t mark;

	nul = dt_ir_ld(&cg->ir, key.base, key.off + (int32_t)ap->brief_nul, 1);
	mark = dt_cg_enter(cg);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, nul, 0, brief);
	store_tag(cg, ap, ap->layout.store, key);
	dt_ir_set(&cg->ir, ptr, in_store(cg, ap->layout.store, key));
	dt_ir_jmp(&cg->ir, end);
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, brief);
	store_tag(cg, ap, ap->brief, key);
	dt_ir_set(&cg->ir, ptr, in_store(cg, ap->brief, key));
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, end);
	return ptr;
}

/* Where the words are, or NULL.  KEY: where the store has keys. */
static dt_vreg words(struct dt_cg *cg, const struct dt_agg_plan *ap, struct dt_mem key,
		     dt_vreg bucket)
{
	const struct dt_agg_store *store = ap->layout.store;
	dt_vreg slot;

	if (store->keyed) {
		if (ap->layout.bucket_in_key)
			dt_ir_st(&cg->ir, key.base, key.off + (int32_t)ap->layout.kkey_size - 4, 4,
				 bucket);
		if (ap->brief)
			return by_length(cg, ap, key);
		store_tag(cg, ap, store, key);
		return in_store(cg, store, key);
	}
	slot = ap->layout.slot || cg->cut ? dt_ir_const(&cg->ir, ap->layout.slot) : 0;
	return cg->cut ? dt_piece_call(cg, store, keyless_function, store, slot)
		       : keyless(cg, store, slot);
}

void dt_cg_aggregate(struct dt_cg *cg, const struct dt_stmt *s)
{
	const struct dt_agg_plan *ap = s->agg->rep;
	const struct dt_aggfunc *func = s->agg->func;
	dt_label missing = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);
	dt_vreg value, incr, bucket, ptr;
	struct dt_mem key = { 0 };

	cg->no_room = missing;
	if (ap->layout.store->keyed)
		key = pack_keys(cg, s, ap); /* keys are evaluated before the value */
	value = s->value ? dt_cg_num(cg, s->value) : 0;
	incr = s->incr ? dt_cg_num(cg, s->incr) : 0;
	bucket = func->emit_bucket ? func->emit_bucket(cg, value, s->agg->param) : 0;
	ptr = words(cg, ap, key, bucket);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, ptr, 0, missing);
	if (func->emit_bucket)
		add_bucket(cg, ap, ptr, bucket, incr ? incr : dt_ir_const(&cg->ir, 1));
	else
		func->emit(cg, ptr, value, s->agg->param, ap->atomic);
	if (ap->has_mark)
		dt_ir_sti(&cg->ir, ptr, (int32_t)ap->layout.nwords * 8, 8, 1);
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, missing);
	dt_cg_drop(cg, DT_DROP_AGG);
	dt_ir_place(&cg->ir, end);
}
