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

int dt_snapshot_fold(struct dt_snapshots *snaps, struct dt_agg_var *var, const void *key,
		     const void *values, size_t stride, struct dt_agg_entry **dirty)
{
	const struct dt_agg_layout *layout = var->layout;
	uint32_t first = 0, n = layout->nwords;
	struct dt_con *con = snaps->con;
	struct dt_agg_entry *entry;
	char *tuple;

	tuple = realloc(snaps->tuple, DT_MAX(layout->size, DT_AGG_KEYS_OFFSET));
	if (!tuple)
		return dt_con_error(con, EDT_NOMEM);
	snaps->tuple = tuple;
	memset(tuple, 0, layout->value_offset);
	for (uint32_t i = 0; i < layout->nkeys; i++)
		put_key(con, &layout->keys[i], key, tuple);
	entry = dt_agg_get(snaps->aggs, var, tuple);
	if (!entry)
		return -1;
	if (layout->bucket_in_key) {
		memcpy(&first, (const char *)key + layout->kkey_size - sizeof(first),
		       sizeof(first));
		n = 1;
		if (first >= layout->nwords)
			return 0;
	}
	for (int cpu = 0; cpu < con->layout->ncpus; cpu++) {
		const uint64_t *from =
			(const uint64_t *)((const char *)values + (size_t)cpu * stride);

		dt_aggval_merge(var->func, entry->words + first, from, n);
		if (entry->cpu_words)
			dt_aggval_merge(var->func,
					entry->cpu_words + (size_t)cpu * layout->nwords + first,
					from, n);
	}
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

struct snap {
	struct dt_snapshots *snaps;
	struct dt_agg_var *var;
	size_t stride;
	struct dt_agg_entry *dirty;
};

static int fold_entry(void *arg, const void *key, const void *value)
{
	struct snap *s = arg;

	return dt_snapshot_fold(s->snaps, s->var, key, value, s->stride, &s->dirty)
		       ? -s->snaps->con->err
		       : 0;
}

static bool is_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

/* A keyless aggregation: read, then cleared for the next time that this generation is written. */
static int take_keyless(struct snap *s, uint32_t generation, bool only_look)
{
	const struct dt_agg_layout *layout = s->var->layout;
	int fd = s->snaps->map_fds[layout->map[generation]];
	size_t size = s->stride * (size_t)s->snaps->con->layout->ncpus;
	_cleanup_free_ char *values = calloc(1, size + 1);
	int rc;

	if (!values)
		return -ENOMEM;
	rc = dt_bpf_map_lookup(fd, &generation, values);
	if (rc || is_zero(values, size))
		return rc;
	if (only_look)
		return 1;
	rc = fold_entry(s, NULL, values);
	if (rc)
		return rc;
	memset(values, 0, size);
	return dt_bpf_map_update(fd, &generation, values, BPF_ANY);
}

/* Is there a program that updates it? Otherwise it has no maps. */
static bool is_live(const struct dt_snapshots *snaps, const struct dt_agg_var *var)
{
	return var->layout && snaps->map_fds[var->layout->map[0]] >= 0;
}

/* Is there anything in a generation? To ask is cheaper than to switch, which costs a grace period.
 * 0, 1 or -errno. */
static int has_any(struct dt_snapshots *snaps, uint32_t generation)
{
	for (size_t i = 0; i < snaps->aggs->nvars; i++) {
		struct dt_agg_var *var = &snaps->aggs->vars[i];
		struct snap s = { snaps, var, 0, NULL };
		int rc;

		if (!is_live(snaps, var))
			continue;
		s.stride = dt_bpf_percpu_stride(var->layout->kvalue_size);
		if (var->layout->kkey_size) {
			_cleanup_free_ char *key = malloc(var->layout->kkey_size);

			if (!key)
				return -ENOMEM;
			rc = dt_bpf_map_next_key(snaps->map_fds[var->layout->map[generation]], NULL,
						 key);
			rc = rc == -ENOENT ? 0 : rc ? rc : 1;
		} else {
			rc = take_keyless(&s, generation, true);
		}
		if (rc)
			return rc;
	}
	return 0;
}

/* The entries of a keyed aggregation move from the kernel to the totals. */
static int take_keyed(struct snap *s, uint32_t generation)
{
	const struct dt_agg_layout *layout = s->var->layout;
	struct dt_bpf_map_spec spec = { .type = BPF_MAP_TYPE_PERCPU_HASH,
					.key_size = layout->kkey_size,
					.value_size = layout->kvalue_size,
					.max_entries = layout->max_entries };

	return dt_bpf_map_walk(s->snaps->bpf, s->snaps->map_fds[layout->map[generation]], &spec,
			       true, fold_entry, s);
}

static int take_generation(struct dt_snapshots *snaps, uint32_t generation)
{
	int rc = 0;

	for (size_t i = 0; i < snaps->aggs->nvars && !rc; i++) {
		struct dt_agg_var *var = &snaps->aggs->vars[i];
		struct snap s = { snaps, var, 0, NULL };

		if (!is_live(snaps, var))
			continue;
		s.stride = dt_bpf_percpu_stride(var->layout->kvalue_size);
		rc = var->layout->kkey_size ? take_keyed(&s, generation)
					    : take_keyless(&s, generation, false);
		dt_snapshot_settle(snaps, s.dirty);
	}
	return rc;
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
	free(snaps->tuple);
}
