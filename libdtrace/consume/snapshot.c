/* SPDX-License-Identifier: MIT */
/*
 * Snapshots (snapshot.h).  Programs write to one of two generations of maps.  A snapshot switches
 * them to the other one, waits one grace period until nobody writes the old one any more, takes
 * that out of the kernel and adds it to the totals.  Every update is counted once, whatever happens
 * meanwhile; clear() and trunc() change totals only and never meet an update that is under way.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "bpf/bpf.h"
#include "consume/aggs.h"
#include "consume/aggvalue.h"
#include "consume/context.h"
#include "consume/snapshot.h"
#include "consume/stack.h"
#include "symbols/symbols.h"

/* ---- keys ---- */

/* Absolute symbols are not addresses: in older kernels those of per-CPU variables are offsets from
 * 0. */
static int first_symbol(const struct dt_ksym *sym, void *arg)
{
	if (sym->type == 'A' || sym->type == 'a')
		return 0;
	*(uint64_t *)arg = sym->addr;
	return 1;
}

/* Addresses that print as one name become one key: the start of the symbol, module or mapping. */
static void normalize_symbol(const struct dt_addr_names *names, uint16_t action, char *data)
{
	struct dt_ksym ksym;
	struct dt_usym usym;
	const char *module;
	uint64_t v[2];

	memcpy(v, data, action == DTRACEACT_SYM || action == DTRACEACT_MOD ? 8 : 16);
	if (action == DTRACEACT_SYM && names->ksyms && dt_ksyms_addr(names->ksyms, v[0], &ksym))
		memcpy(data, &ksym.addr, sizeof(ksym.addr));
	if (action == DTRACEACT_MOD && names->ksyms &&
	    (module = dt_ksyms_module(names->ksyms, v[0]))) {
		dt_ksyms_each(names->ksyms, module, first_symbol, &v[0]);
		memcpy(data, v, 8);
	}
	if (action != DTRACEACT_USYM && action != DTRACEACT_UMOD)
		return;
	if (!names->usyms || !dt_usyms_addr(names->usyms, (pid_t)v[0], v[1], &usym))
		return;
	if (action == DTRACEACT_UMOD)
		v[1] = usym.map.start;
	else if (usym.name)
		v[1] = usym.addr;
	memcpy(data, v, sizeof(v));
}

/* The frames that a number in the key stands for. */
static int put_interned(struct dt_snapshots *snaps, const struct dt_key_layout *key,
			const char *from, char *to)
{
	uint32_t size, left = key->size, skip = 0, word[2];
	uint64_t tgid;
	const char *frames;

	memcpy(word, from, key->ksize);
	frames = dt_intern_frames(&snaps->interns, key->intern, word[key->ksize / 4 - 1], &size);
	if (!frames)
		return dt_con_error(snaps->con, EDT_NOMEM);
	if (key->enc == DT_ENC_USTACK) {
		tgid = word[0];
		memcpy(to, &tgid, sizeof(tgid));
		to += sizeof(tgid);
		left -= (uint32_t)sizeof(tgid);
	} else {
		skip = dt_stack_skip(&snaps->con->names, frames, size);
	}
	memcpy(to, frames + skip, DT_MIN(size - skip, left));
	return 0;
}

static void put_key(const struct dt_con *con, const struct dt_key_layout *key, const char *from,
		    char *tuple)
{
	char *to = tuple + key->offset;
	const char *text = from + key->koff;
	size_t len = key->ksize;
	uint32_t id;

	switch (key->enc) {
	case DT_ENC_STRID:
		memcpy(&id, text, sizeof(id));
		text = dt_con_string(con, id);
		len = SIZE_MAX;
		/* fall through */
	case DT_ENC_FIXSTR:
	case DT_ENC_STR:
		if (key->size)
			memcpy(to, text, strnlen(text, DT_MIN(len, key->size - 1)));
		break;
	default: /* BYTES; STACK and USTACK are in the key as in illumos' tuple */
		if (key->action == DTRACEACT_STACK) {
			uint32_t skip = dt_stack_skip(&con->names, text, key->ksize);

			text += skip;
			len -= skip;
		}
		memcpy(to, text, DT_MIN(len, key->size));
		if (dt_is_symbol_action(key->action))
			normalize_symbol(&con->names, key->action, to);
	}
}

/* ---- snapshots ---- */

/* The entry of the kernel's KEY. */
static struct dt_agg_entry *entry_of(struct dt_snapshots *snaps, struct dt_agg_var *var,
				     const void *key)
{
	const struct dt_agg_layout *layout = var->layout;
	char *tuple = realloc(snaps->tuple, DT_MAX(layout->size, DT_AGG_KEYS_OFFSET));

	if (!tuple) {
		dt_con_error(snaps->con, EDT_NOMEM);
		return NULL;
	}
	snaps->tuple = tuple;
	memset(tuple, 0, layout->value_offset);
	for (uint32_t i = 0; i < layout->nkeys; i++) {
		const struct dt_key_layout *k = &layout->keys[i];

		if (!k->intern)
			put_key(snaps->con, k, key, tuple);
		else if (put_interned(snaps, k, (const char *)key + k->koff, tuple + k->offset))
			return NULL;
	}
	return dt_agg_get(snaps->aggs, var, tuple);
}

int dt_snapshot_fold(struct dt_snapshots *snaps, struct dt_agg_var *var, int cpu, const void *key,
		     const uint64_t *words, struct dt_agg_entry **dirty)
{
	const struct dt_agg_layout *layout = var->layout;
	struct dt_agg_entry *entry = entry_of(snaps, var, key);
	uint32_t first = 0, n = layout->nwords;

	if (!entry)
		return -1;
	if (layout->bucket_in_key) {
		memcpy(&first, (const char *)key + layout->kkey_size - sizeof(first),
		       sizeof(first));
		n = 1;
		if (first >= layout->nwords)
			return 0;
	}
	dt_aggval_merge(var->func, entry->words + first, words, n);
	if (entry->cpu_words)
		dt_aggval_merge(var->func, entry->cpu_words + (size_t)cpu * layout->nwords + first,
				words, n);
	if (!entry->dirty) {
		entry->dirty = true;
		entry->next_dirty = *dirty;
		*dirty = entry;
	}
	return 0;
}

void dt_snapshot_settle(struct dt_snapshots *snaps, struct dt_agg_entry *dirty)
{
	for (struct dt_agg_entry *e = dirty; e; e = e->next_dirty) {
		const struct dt_agg_var *var = e->var;

		e->dirty = false;
		dt_aggval_decode(var->func, var->param, e->words,
				 e->data.dtada_data + var->layout->value_offset);
		for (int cpu = 0; e->cpu_words && cpu < snaps->con->layout->ncpus; cpu++)
			dt_aggval_decode(var->func, var->param,
					 e->cpu_words + (size_t)cpu * var->layout->nwords,
					 e->data.dtada_percpu[cpu]);
	}
}

static bool is_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

/* A keyless aggregation: read, then cleared for the next time that this generation is written. */
static int take_keyless(struct dt_snapshots *snaps, struct dt_agg_var *var, uint32_t generation,
			bool only_look, struct dt_agg_entry **dirty)
{
	const struct dt_agg_store *store = var->layout->store;
	size_t stride = dt_bpf_percpu_stride(store->value_size);
	int fd = snaps->map_fds[store->map[0]], ncpus = snaps->con->layout->ncpus, rc;
	uint32_t index = var->layout->slot + generation;
	_cleanup_free_ char *values = calloc((size_t)ncpus, stride);

	if (!values)
		return -ENOMEM;
	rc = dt_bpf_map_lookup(fd, &index, values);
	if (rc || is_zero(values, stride * (size_t)ncpus))
		return rc;
	if (only_look)
		return 1;
	for (int cpu = 0; cpu < ncpus; cpu++) {
		const char *words = values + (size_t)cpu * stride;

		if (is_zero(words, stride))
			continue;
		if (dt_snapshot_fold(snaps, var, cpu, NULL, (const uint64_t *)words, dirty))
			return -snaps->con->err;
	}
	memset(values, 0, stride * (size_t)ncpus);
	return dt_bpf_map_update(fd, &index, values, BPF_ANY);
}

/* Is there a program that updates it? Otherwise it has no maps. */
static bool is_live(const struct dt_snapshots *snaps, const struct dt_agg_store *store)
{
	return snaps->map_fds[store->map[0]] >= 0;
}

/* Keyless aggregations in a generation: all are taken, or the first with a value is found (1). */
static int take_all_keyless(struct dt_snapshots *snaps, uint32_t generation, bool only_look,
			    struct dt_agg_entry **dirty)
{
	for (size_t i = 0; i < snaps->aggs->nvars; i++) {
		struct dt_agg_var *var = &snaps->aggs->vars[i];
		int rc;

		if (!var->layout || var->layout->store->keyed ||
		    !is_live(snaps, var->layout->store))
			continue;
		rc = take_keyless(snaps, var, generation, only_look, dirty);
		if (rc)
			return rc;
	}
	return 0;
}

/* Is there anything in a generation? To ask is cheaper than to switch, which costs a grace period.
 * 0, 1 or -errno. */
static int has_any(struct dt_snapshots *snaps, uint32_t generation)
{
	dt_vec_each(&snaps->con->layout->agg_stores, it)
	{
		const struct dt_agg_store *store = *it;
		_cleanup_free_ char *key = malloc(store->key_size);
		int rc;

		if (!store->keyed || !is_live(snaps, store))
			continue;
		if (!key)
			return -ENOMEM;
		rc = dt_bpf_map_next_key(snaps->map_fds[store->map[generation]], NULL, key);
		if (rc == -ENOENT && store->reserve)
			rc = dt_bpf_map_next_key(snaps->map_fds[store->reserve], NULL, key);
		if (rc != -ENOENT)
			return rc ? rc : 1;
	}
	return take_all_keyless(snaps, generation, true, NULL);
}

struct walk {
	struct dt_snapshots *snaps;
	const struct dt_agg_store *store;
	uint32_t generation;
	struct dt_agg_entry *dirty;
};

static uint32_t tag_of(const struct walk *w, const void *key)
{
	uint32_t tag;

	memcpy(&tag, (const char *)key + w->store->key_size - sizeof(tag), sizeof(tag));
	return tag;
}

static int fold_entry(void *arg, const void *key, const void *words)
{
	struct walk *w = arg;
	uint32_t tag = tag_of(w, key);
	struct dt_agg_var *var = dt_agg_find_var(w->snaps->aggs,
						 tag >> DT_AGG_CPU_BITS &
							 ((1U << DT_AGG_ID_BITS) - 1));

	if (!var)
		return 0;
	return dt_snapshot_fold(w->snaps, var, (int)(tag & ((1U << DT_AGG_CPU_BITS) - 1)), key,
				words, &w->dirty)
		       ? -w->snaps->con->err
		       : 0;
}

/* An entry of the reserve: those of the other generation are left to the next snapshot. */
static int fold_reserved(void *arg, const void *key, const void *words)
{
	struct walk *w = arg;
	int rc;

	if (tag_of(w, key) >> DT_AGG_GENERATION_SHIFT != w->generation)
		return 0;
	rc = fold_entry(w, key, words);
	return rc ? rc : dt_bpf_map_delete(w->snaps->map_fds[w->store->reserve], key);
}

/* The entries of a store of keyed aggregations move from the kernel to the totals. */
static int take_store(struct walk *w, const struct dt_agg_store *store)
{
	int rc;
	struct dt_bpf_map_spec spec = { .type = BPF_MAP_TYPE_HASH,
					.key_size = store->key_size,
					.value_size = store->value_size,
					.max_entries = store->max_entries };

	w->store = store;
	rc = dt_bpf_map_walk(w->snaps->bpf, w->snaps->map_fds[store->map[w->generation]], &spec,
			     true, fold_entry, w);
	if (rc || !store->reserve)
		return rc;
	return dt_bpf_map_walk(w->snaps->bpf, w->snaps->map_fds[store->reserve], &spec, false,
			       fold_reserved, w);
}

static int take_generation(struct dt_snapshots *snaps, uint32_t generation)
{
	struct walk w = { .snaps = snaps, .generation = generation };
	int rc = dt_interns_begin(&snaps->interns, generation);

	if (!rc)
		rc = take_all_keyless(snaps, generation, false, &w.dirty);

	dt_vec_each(&snaps->con->layout->agg_stores, it)
	{
		if (!rc && (*it)->keyed && is_live(snaps, *it))
			rc = take_store(&w, *it);
	}
	dt_snapshot_settle(snaps, w.dirty);
	return rc ? rc : dt_interns_end(&snaps->interns);
}

int dt_snapshot_take(struct dt_snapshots *snaps, bool quiescent)
{
	uint32_t old = __atomic_load_n(&snaps->con->state->generation, __ATOMIC_RELAXED) & 1;
	int rc;

	if (!snaps->aggs->nvars || snaps->emptied)
		return 0;
	rc = has_any(snaps, old);
	if (rc > 0) {
		__atomic_store_n(&snaps->con->state->generation, !old, __ATOMIC_SEQ_CST);
		rc = quiescent ? 0 : dt_bpf_grace_period();
		if (!rc)
			rc = take_generation(snaps, old);
	}
	if (rc < 0)
		return dt_con_error(snaps->con, -rc);
	snaps->n++;
	snaps->emptied = quiescent;
	return 0;
}

void dt_snapshots_fini(struct dt_snapshots *snaps)
{
	dt_interns_fini(&snaps->interns);
	free(snaps->tuple);
}
