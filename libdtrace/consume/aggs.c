/* SPDX-License-Identifier: MIT */
/*
 * The totals of aggregations (aggs.h): variables and their descriptions in illumos' structures, and
 * a hash table of entries by variable and tuple.  Entries are also in a list by age, which walks
 * and sorting start from.
 */
#include <stdlib.h>
#include <string.h>
#include "base/table.h"
#include "consume/aggs.h"
#include "consume/aggvalue.h"
#include "consume/context.h"
#include "consume/epid.h"

#define ID_OFFSET 8 /* in dtada_data: the variable's id, which is record 0 */

/* ---- variables ---- */

bool dt_aggs_init(struct dt_aggs *aggs, struct dt_con *con, struct dt_epids *epids)
{
	aggs->con = con;
	aggs->epids = epids;
	aggs->nvars = con->layout->aggs.n;
	aggs->vars = calloc(aggs->nvars + 1, sizeof(*aggs->vars));
	if (!aggs->vars)
		return false;
	for (size_t i = 0; i < aggs->nvars; i++) {
		const struct dt_agg_layout *layout = con->layout->aggs.data[i];

		if (!layout)
			continue;
		aggs->vars[i] = (struct dt_agg_var){
			.layout = layout, .func = layout->func, .param = layout->param, .normal = 1
		};
	}
	return true;
}

static void free_entry(struct dt_agg_entry *entry)
{
	if (!entry)
		return;
	if (entry->data.dtada_percpu)
		free(entry->data.dtada_percpu[0]);
	free(entry->data.dtada_percpu);
	free(entry->cpu_words);
	free(entry->words);
	free(entry->data.dtada_data);
	free(entry);
}

void dt_aggs_fini(struct dt_aggs *aggs)
{
	struct dt_agg_entry *next;

	for (struct dt_agg_entry *e = aggs->newest; e; e = next) {
		next = e->older;
		free_entry(e);
	}
	for (size_t i = 0; aggs->vars && i < aggs->nvars; i++)
		free_entry(aggs->vars[i].zero);
	free(aggs->vars);
	free(aggs->buckets);
}

struct dt_agg_var *dt_agg_find_var(struct dt_aggs *aggs, dtrace_aggvarid_t id)
{
	if (id < 1 || (uint64_t)id > aggs->nvars || !aggs->vars[id - 1].layout)
		return NULL;
	return &aggs->vars[id - 1];
}

static uint16_t alignment(uint32_t size)
{
	return size % 8 == 0 ? 8 : size % 4 == 0 ? 4 : size % 2 == 0 ? 2 : 1;
}

static int describe(struct dt_con *con, struct dt_agg_var *var)
{
	const struct dt_agg_layout *layout = var->layout;
	dtrace_aggdesc_t *d;
	dtrace_recdesc_t *rec;

	if (var->desc)
		return 0;
	var->desc = dt_arena_alloc(con->arena,
				   sizeof(*var->desc) + (layout->nkeys + 2) * sizeof(*rec));
	if (!var->desc)
		return dt_con_error(con, EDT_NOMEM);
	var->desc->var = var;
	d = &var->desc->desc;
	d->dtagd_name = strcmp(layout->name, "_") ? (char *)layout->name : NULL;
	d->dtagd_varid = layout->id;
	d->dtagd_id = (dtrace_aggid_t)layout->id;
	d->dtagd_epid = layout->epid;
	d->dtagd_size = layout->size;
	d->dtagd_nrecs = (int)layout->nkeys + 2;
	rec = d->dtagd_rec;
	*rec++ = (dtrace_recdesc_t){ .dtrd_action = DTRACEACT_DIFEXPR,
				     .dtrd_size = 8,
				     .dtrd_offset = ID_OFFSET,
				     .dtrd_alignment = 8 };
	for (uint32_t i = 0; i < layout->nkeys; i++) {
		const struct dt_key_layout *key = &layout->keys[i];

		*rec++ = (dtrace_recdesc_t){ .dtrd_action = key->action,
					     .dtrd_size = key->size,
					     .dtrd_offset = key->offset,
					     .dtrd_alignment = alignment(key->size),
					     .dtrd_arg = key->arg };
	}
	*rec = (dtrace_recdesc_t){ .dtrd_action = var->func->action,
				   .dtrd_size = layout->value_size,
				   .dtrd_offset = layout->value_offset,
				   .dtrd_alignment = 8,
				   .dtrd_arg = var->param };
	return 0;
}

/* ---- entries ---- */

/* The values of all CPUs are one block, which dtada_percpu[0] owns. */
static bool alloc_percpu(struct dt_con *con, struct dt_agg_entry *entry)
{
	const struct dt_agg_layout *layout = entry->var->layout;
	size_t ncpus = (size_t)con->layout->ncpus;
	char *values = calloc(ncpus, layout->value_size);

	entry->cpu_words = calloc(ncpus * layout->nwords, sizeof(uint64_t));
	entry->data.dtada_percpu = calloc(ncpus + 1, sizeof(caddr_t));
	if (!values || !entry->cpu_words || !entry->data.dtada_percpu) {
		free(values);
		return false;
	}
	for (size_t i = 0; i < ncpus; i++)
		entry->data.dtada_percpu[i] = values + i * layout->value_size;
	return true;
}

static struct dt_agg_entry *new_entry(struct dt_aggs *aggs, struct dt_agg_var *var)
{
	struct dt_con *con = aggs->con;
	struct dt_agg_entry *entry = describe(con, var) ? NULL : calloc(1, sizeof(*entry));
	struct dt_epid *epid;
	uint32_t id = (uint32_t)var->layout->id;
	int64_t varid = var->layout->id;

	if (!entry) {
		con->err = EDT_NOMEM;
		return NULL;
	}
	entry->var = var;
	entry->words = calloc(var->layout->nwords + 1, sizeof(uint64_t));
	entry->data.dtada_data = calloc(1, DT_MAX(var->layout->size, DT_AGG_KEYS_OFFSET));
	if (!entry->words || !entry->data.dtada_data ||
	    (con->flags.aggpercpu && !alloc_percpu(con, entry))) {
		free_entry(entry);
		con->err = EDT_NOMEM;
		return NULL;
	}
	memcpy(entry->data.dtada_data, &id, sizeof(id));
	memcpy(entry->data.dtada_data + ID_OFFSET, &varid, sizeof(varid));
	epid = dt_epid_get(aggs->epids, var->desc->desc.dtagd_epid);
	entry->data.dtada_handle = con->hdl;
	entry->data.dtada_desc = &var->desc->desc;
	entry->data.dtada_edesc = epid ? &epid->desc : NULL;
	entry->data.dtada_pdesc = epid ? &epid->pdesc : NULL;
	entry->data.dtada_normal = var->normal;
	entry->data.dtada_size = var->layout->size;
	return entry;
}

struct dt_agg_entry *dt_agg_zero(struct dt_aggs *aggs, struct dt_agg_var *var)
{
	if (!var->zero) {
		var->zero = new_entry(aggs, var);
		if (var->zero)
			dt_agg_clear(aggs, var->zero);
	}
	if (var->zero)
		var->zero->data.dtada_normal = var->normal;
	return var->zero;
}

static bool grow_buckets(struct dt_aggs *aggs)
{
	size_t n = aggs->nbuckets ? aggs->nbuckets * 2 : 64;
	struct dt_agg_entry **buckets = calloc(n, sizeof(*buckets));

	if (!buckets)
		return false;
	for (struct dt_agg_entry *e = aggs->oldest; e; e = e->newer) {
		e->chain = buckets[e->hash & (n - 1)];
		buckets[e->hash & (n - 1)] = e;
	}
	free(aggs->buckets);
	aggs->buckets = buckets;
	aggs->nbuckets = n;
	return true;
}

static bool same_keys(const struct dt_agg_entry *e, const struct dt_agg_var *var, const char *tuple,
		      uint32_t hash)
{
	return e->hash == hash && e->var == var &&
	       !memcmp(e->data.dtada_data + DT_AGG_KEYS_OFFSET, tuple + DT_AGG_KEYS_OFFSET,
		       var->layout->value_offset - DT_AGG_KEYS_OFFSET);
}

struct dt_agg_entry *dt_agg_get(struct dt_aggs *aggs, struct dt_agg_var *var, const char *tuple)
{
	uint32_t len = var->layout->value_offset - DT_AGG_KEYS_OFFSET;
	uint32_t hash = dt_hash(tuple + DT_AGG_KEYS_OFFSET, len) ^
			(uint32_t)(var - aggs->vars) * 0x9e3779b1u;
	struct dt_agg_entry *e = aggs->nbuckets ? aggs->buckets[hash & (aggs->nbuckets - 1)] : NULL;

	while (e && !same_keys(e, var, tuple, hash))
		e = e->chain;
	if (e)
		return e;
	if (aggs->nentries >= aggs->nbuckets && !grow_buckets(aggs)) {
		aggs->con->err = EDT_NOMEM;
		return NULL;
	}
	e = new_entry(aggs, var);
	if (!e)
		return NULL;
	memcpy(e->data.dtada_data + DT_AGG_KEYS_OFFSET, tuple + DT_AGG_KEYS_OFFSET, len);
	e->hash = hash;
	e->chain = aggs->buckets[hash & (aggs->nbuckets - 1)];
	aggs->buckets[hash & (aggs->nbuckets - 1)] = e;
	e->older = aggs->newest;
	*(aggs->newest ? &aggs->newest->newer : &aggs->oldest) = e;
	aggs->newest = e;
	aggs->nentries++;
	return e;
}

void dt_agg_remove(struct dt_aggs *aggs, struct dt_agg_entry *entry)
{
	struct dt_agg_entry **at = &aggs->buckets[entry->hash & (aggs->nbuckets - 1)];

	while (*at != entry)
		at = &(*at)->chain;
	*at = entry->chain;
	*(entry->newer ? &entry->newer->older : &aggs->newest) = entry->older;
	*(entry->older ? &entry->older->newer : &aggs->oldest) = entry->newer;
	aggs->nentries--;
	free_entry(entry);
}

void dt_agg_clear(struct dt_aggs *aggs, struct dt_agg_entry *entry)
{
	const struct dt_agg_var *var = entry->var;
	size_t ncpus = (size_t)aggs->con->layout->ncpus;

	memset(entry->words, 0, var->layout->nwords * sizeof(uint64_t));
	dt_aggval_clear(var->func, var->param, entry->data.dtada_data + var->layout->value_offset);
	if (!entry->cpu_words)
		return;
	memset(entry->cpu_words, 0, ncpus * var->layout->nwords * sizeof(uint64_t));
	for (size_t cpu = 0; cpu < ncpus; cpu++)
		dt_aggval_clear(var->func, var->param, entry->data.dtada_percpu[cpu]);
}

void dt_aggs_clear(struct dt_aggs *aggs)
{
	for (struct dt_agg_entry *e = aggs->newest; e; e = e->older)
		dt_agg_clear(aggs, e);
}
