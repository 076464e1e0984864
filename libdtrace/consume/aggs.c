/* SPDX-License-Identifier: MIT */
/*
 * Snapshots: turn the generation that programs write to, wait until nobody writes the old one, take
 * it out of the kernel and add it to the totals.  Every update is counted once, whatever happens
 * meanwhile; a clear or a removal here never meets one that is under way.
 */
#include "consume/aggs.h"
#include <errno.h>
#include <string.h>
#include "symbols/symbols.h"

#define ID_OFFSET   8 /* of record 0, the variable's id */
#define KEYS_OFFSET 16

/* ---- variables
 * -------------------------------------------------------------------------------------- */

bool dt_aggs_init(struct dt_consume *con)
{
	con->nvars = con->layout->aggs.n;
	con->vars = calloc(con->nvars + 1, sizeof(*con->vars));
	if (!con->vars)
		return false;
	for (size_t i = 0; i < con->nvars; i++) {
		const struct dt_agg_layout *layout = con->layout->aggs.data[i];

		if (!layout)
			continue;
		con->vars[i] = (struct dt_agg_var){
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

void dt_aggs_fini(struct dt_consume *con)
{
	struct dt_agg_entry *next;

	for (struct dt_agg_entry *e = con->newest; e; e = next) {
		next = e->older;
		free_entry(e);
	}
	for (size_t i = 0; con->vars && i < con->nvars; i++)
		free_entry(con->vars[i].zero);
	free(con->vars);
	free(con->buckets);
	free(con->keybuf);
}

struct dt_agg_var *dt_agg_find_var(struct dt_consume *con, dtrace_aggvarid_t id)
{
	if (id < 1 || (uint64_t)id > con->nvars || !con->vars[id - 1].layout)
		return NULL;
	return &con->vars[id - 1];
}

static uint16_t alignment(uint32_t size)
{
	return size % 8 == 0 ? 8 : size % 4 == 0 ? 4 : size % 2 == 0 ? 2 : 1;
}

int dt_agg_var_describe(struct dt_consume *con, struct dt_agg_var *var)
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

/* ---- entries
 * ---------------------------------------------------------------------------------------- */

/* Values by CPU lie in one block, which the first pointer owns. */
static bool alloc_percpu(struct dt_consume *con, struct dt_agg_entry *entry)
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

static struct dt_agg_entry *new_entry(struct dt_consume *con, struct dt_agg_var *var)
{
	struct dt_agg_entry *entry = dt_agg_var_describe(con, var) ? NULL
								   : calloc(1, sizeof(*entry));
	struct dt_con_epid *epid;
	uint32_t id = (uint32_t)var->layout->id;
	int64_t varid = var->layout->id;

	if (!entry) {
		con->err = EDT_NOMEM;
		return NULL;
	}
	entry->var = var;
	entry->words = calloc(var->layout->nwords + 1, sizeof(uint64_t));
	entry->data.dtada_data = calloc(1, DT_MAX(var->layout->size, KEYS_OFFSET));
	if (!entry->words || !entry->data.dtada_data ||
	    (con->flags.aggpercpu && !alloc_percpu(con, entry))) {
		free_entry(entry);
		con->err = EDT_NOMEM;
		return NULL;
	}
	memcpy(entry->data.dtada_data, &id, sizeof(id));
	memcpy(entry->data.dtada_data + ID_OFFSET, &varid, sizeof(varid));
	epid = dt_con_epid(con, var->desc->desc.dtagd_epid);
	entry->data.dtada_handle = con->hdl;
	entry->data.dtada_desc = &var->desc->desc;
	entry->data.dtada_edesc = epid ? &epid->desc : NULL;
	entry->data.dtada_pdesc = epid ? &epid->pdesc : NULL;
	entry->data.dtada_normal = var->normal;
	entry->data.dtada_size = var->layout->size;
	return entry;
}

struct dt_agg_entry *dt_agg_zero(struct dt_consume *con, struct dt_agg_var *var)
{
	if (!var->zero) {
		var->zero = new_entry(con, var);
		if (var->zero)
			dt_agg_clear(con, var->zero);
	}
	if (var->zero)
		var->zero->data.dtada_normal = var->normal;
	return var->zero;
}

static bool grow_buckets(struct dt_consume *con)
{
	size_t n = con->nbuckets ? con->nbuckets * 2 : 64;
	struct dt_agg_entry **buckets = calloc(n, sizeof(*buckets));

	if (!buckets)
		return false;
	for (struct dt_agg_entry *e = con->oldest; e; e = e->newer) {
		e->chain = buckets[e->hash & (n - 1)];
		buckets[e->hash & (n - 1)] = e;
	}
	free(con->buckets);
	con->buckets = buckets;
	con->nbuckets = n;
	return true;
}

static bool same_keys(const struct dt_agg_entry *e, const struct dt_agg_var *var, const char *tuple,
		      uint32_t hash)
{
	return e->hash == hash && e->var == var &&
	       !memcmp(e->data.dtada_data + KEYS_OFFSET, tuple + KEYS_OFFSET,
		       var->layout->value_offset - KEYS_OFFSET);
}

/* The entry of a tuple whose keys stand in illumos' places, made when it is new. */
static struct dt_agg_entry *get_entry(struct dt_consume *con, struct dt_agg_var *var,
				      const char *tuple)
{
	uint32_t len = var->layout->value_offset - KEYS_OFFSET;
	uint32_t hash = dt_hash(tuple + KEYS_OFFSET, len) ^
			(uint32_t)(var - con->vars) * 0x9e3779b1u;
	struct dt_agg_entry *e = con->nbuckets ? con->buckets[hash & (con->nbuckets - 1)] : NULL;

	while (e && !same_keys(e, var, tuple, hash))
		e = e->chain;
	if (e)
		return e;
	if (con->nentries >= con->nbuckets && !grow_buckets(con)) {
		con->err = EDT_NOMEM;
		return NULL;
	}
	e = new_entry(con, var);
	if (!e)
		return NULL;
	memcpy(e->data.dtada_data + KEYS_OFFSET, tuple + KEYS_OFFSET, len);
	e->hash = hash;
	e->chain = con->buckets[hash & (con->nbuckets - 1)];
	con->buckets[hash & (con->nbuckets - 1)] = e;
	e->older = con->newest;
	*(con->newest ? &con->newest->newer : &con->oldest) = e;
	con->newest = e;
	con->nentries++;
	return e;
}

void dt_agg_remove(struct dt_consume *con, struct dt_agg_entry *entry)
{
	struct dt_agg_entry **at = &con->buckets[entry->hash & (con->nbuckets - 1)];

	while (*at != entry)
		at = &(*at)->chain;
	*at = entry->chain;
	*(entry->newer ? &entry->newer->older : &con->newest) = entry->older;
	*(entry->older ? &entry->older->newer : &con->oldest) = entry->newer;
	con->nentries--;
	free_entry(entry);
}

void dt_agg_clear(struct dt_consume *con, struct dt_agg_entry *entry)
{
	const struct dt_agg_var *var = entry->var;
	size_t ncpus = (size_t)con->layout->ncpus;

	memset(entry->words, 0, var->layout->nwords * sizeof(uint64_t));
	var->func->clear(entry->data.dtada_data + var->layout->value_offset, var->param);
	if (!entry->cpu_words)
		return;
	memset(entry->cpu_words, 0, ncpus * var->layout->nwords * sizeof(uint64_t));
	for (size_t cpu = 0; cpu < ncpus; cpu++)
		var->func->clear(entry->data.dtada_percpu[cpu], var->param);
}

void dt_consume_agg_clear(struct dt_consume *con)
{
	for (struct dt_agg_entry *e = con->newest; e; e = e->older)
		dt_agg_clear(con, e);
}

const struct dt_aggfunc *dt_consume_aggfunc(const dtrace_aggdata_t *agg, uint64_t *param)
{
	const struct dt_agg_var *var = dt_agg_var_of(agg);

	*param = var->param;
	return var->func;
}

/* ---- keys
 * ------------------------------------------------------------------------------------------- */

/* Absolute symbols are no addresses: in older kernels those of per-CPU variables are offsets from
 * 0. */
static int first_symbol(const struct dt_ksym *sym, void *arg)
{
	if (sym->type == 'A' || sym->type == 'a')
		return 0;
	*(uint64_t *)arg = sym->addr;
	return 1;
}

/* Addresses that show as one name become one key: where the symbol, the module, the mapping begins.
 */
static void normalize_symbol(struct dt_consume *con, uint16_t action, char *data)
{
	struct dt_ksym ksym;
	struct dt_usym usym;
	const char *module;
	uint64_t v[2];

	memcpy(v, data, action == DTRACEACT_SYM || action == DTRACEACT_MOD ? 8 : 16);
	if (action == DTRACEACT_SYM && con->texts.ksyms &&
	    dt_ksyms_addr(con->texts.ksyms, v[0], &ksym))
		memcpy(data, &ksym.addr, sizeof(ksym.addr));
	if (action == DTRACEACT_MOD && con->texts.ksyms &&
	    (module = dt_ksyms_module(con->texts.ksyms, v[0]))) {
		dt_ksyms_each(con->texts.ksyms, module, first_symbol, &v[0]);
		memcpy(data, v, 8);
	}
	if (action != DTRACEACT_USYM && action != DTRACEACT_UMOD)
		return;
	if (!con->texts.usyms || !dt_usyms_addr(con->texts.usyms, (pid_t)v[0], v[1], &usym))
		return;
	if (action == DTRACEACT_UMOD)
		v[1] = usym.map.start;
	else if (usym.name)
		v[1] = usym.addr;
	memcpy(data, v, sizeof(v));
}

static void put_key(struct dt_consume *con, const struct dt_key_layout *key, const char *from,
		    char *tuple)
{
	const struct dt_run_layout *run = con->layout;
	char *to = tuple + key->offset;
	const char *text = from + key->koff;
	size_t len = key->ksize;
	uint32_t id;

	switch (key->enc) {
	case DT_ENC_STRID:
		memcpy(&id, text, sizeof(id));
		text = id < run->strings.len ? run->strings.s + id : "";
		len = SIZE_MAX;
		/* fall through */
	case DT_ENC_FIXSTR:
	case DT_ENC_STR:
		if (key->size)
			memcpy(to, text, strnlen(text, DT_MIN(len, key->size - 1)));
		break;
	default: /* BYTES; stacks stand in the key as in illumos' tuple */
		if (key->action == DTRACEACT_STACK) {
			uint32_t skip = dt_con_stack_skip(con, text, key->ksize);

			text += skip;
			len -= skip;
		}
		memcpy(to, text, DT_MIN(len, key->size));
		if (dt_is_symbol_action(key->action))
			normalize_symbol(con, key->action, to);
	}
}

/* ---- snapshots
 * -------------------------------------------------------------------------------------- */

static void add_words(const struct dt_aggfunc *func, uint64_t *into, const uint64_t *from,
		      uint32_t n)
{
	if (func->merge) {
		func->merge(into, from, n);
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		into[i] += from[i];
}

int dt_agg_fold(struct dt_consume *con, struct dt_agg_var *var, const void *key, const void *values,
		size_t stride, struct dt_agg_entry **dirty)
{
	const struct dt_agg_layout *layout = var->layout;
	uint32_t first = 0, n = layout->nwords;
	struct dt_agg_entry *entry;
	char *tuple;

	tuple = realloc(con->keybuf, DT_MAX(layout->size, KEYS_OFFSET));
	if (!tuple)
		return dt_con_error(con, EDT_NOMEM);
	con->keybuf = tuple;
	memset(tuple, 0, layout->value_offset);
	for (uint32_t i = 0; i < layout->nkeys; i++)
		put_key(con, &layout->keys[i], key, tuple);
	entry = get_entry(con, var, tuple);
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

		add_words(var->func, entry->words + first, from, n);
		if (entry->cpu_words)
			add_words(var->func,
				  entry->cpu_words + (size_t)cpu * layout->nwords + first, from, n);
	}
	if (!entry->dirty) {
		entry->dirty = true;
		entry->next_dirty = *dirty;
		*dirty = entry;
	}
	return 0;
}

void dt_agg_settle(struct dt_consume *con, struct dt_agg_entry *dirty)
{
	for (struct dt_agg_entry *e = dirty; e; e = e->next_dirty) {
		const struct dt_agg_var *var = e->var;

		e->dirty = false;
		var->func->decode(e->words, var->param,
				  e->data.dtada_data + var->layout->value_offset);
		for (int cpu = 0; e->cpu_words && cpu < con->layout->ncpus; cpu++)
			var->func->decode(e->cpu_words + (size_t)cpu * var->layout->nwords,
					  var->param, e->data.dtada_percpu[cpu]);
	}
}

struct snap {
	struct dt_consume *con;
	struct dt_agg_var *var;
	size_t stride;
	struct dt_agg_entry *dirty;
};

static int fold_entry(void *arg, const void *key, const void *value)
{
	struct snap *s = arg;

	return dt_agg_fold(s->con, s->var, key, value, s->stride, &s->dirty) ? -s->con->err : 0;
}

static bool is_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

/* A keyless aggregation: read, and cleared for the next time this generation is written. */
static int take_keyless(struct snap *s, uint32_t generation, bool only_look)
{
	const struct dt_agg_layout *layout = s->var->layout;
	int fd = s->con->map_fds[layout->map[generation]];
	size_t size = s->stride * (size_t)s->con->layout->ncpus;
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

/* Does any program update it? What none uses has no maps. */
static bool is_live(const struct dt_consume *con, const struct dt_agg_var *var)
{
	return var->layout && con->map_fds[var->layout->map[0]] >= 0;
}

/* Is there anything in a generation? Cheaper than turning it: no grace period. 0, 1 or -errno. */
static int has_any(struct dt_consume *con, uint32_t generation)
{
	for (size_t i = 0; i < con->nvars; i++) {
		struct dt_agg_var *var = &con->vars[i];
		struct snap s = { con, var, 0, NULL };
		int rc;

		if (!is_live(con, var))
			continue;
		s.stride = dt_bpf_percpu_stride(var->layout->kvalue_size);
		if (var->layout->kkey_size) {
			_cleanup_free_ char *key = malloc(var->layout->kkey_size);

			if (!key)
				return -ENOMEM;
			rc = dt_bpf_map_next_key(con->map_fds[var->layout->map[generation]], NULL,
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

	return dt_bpf_map_walk(s->con->bpf, s->con->map_fds[layout->map[generation]], &spec, true,
			       fold_entry, s);
}

static int take_generation(struct dt_consume *con, uint32_t generation)
{
	int rc = 0;

	for (size_t i = 0; i < con->nvars && !rc; i++) {
		struct dt_agg_var *var = &con->vars[i];
		struct snap s = { con, var, 0, NULL };

		if (!is_live(con, var))
			continue;
		s.stride = dt_bpf_percpu_stride(var->layout->kvalue_size);
		rc = var->layout->kkey_size ? take_keyed(&s, generation)
					    : take_keyless(&s, generation, false);
		dt_agg_settle(con, s.dirty);
	}
	return rc;
}

int dt_consume_snap(struct dt_consume *con, bool quiescent)
{
	uint32_t old = __atomic_load_n(&con->state->generation, __ATOMIC_RELAXED) & 1;
	int rc;

	if (!con->nvars || con->emptied)
		return 0;
	rc = has_any(con, old);
	if (rc > 0) {
		__atomic_store_n(&con->state->generation, !old, __ATOMIC_SEQ_CST);
		rc = quiescent ? 0 : dt_bpf_grace_period();
		if (!rc)
			rc = take_generation(con, old);
	}
	if (rc < 0)
		return dt_con_error(con, -rc);
	con->nsnaps++;
	con->emptied = quiescent;
	return 0;
}

uint64_t dt_consume_nsnaps(const struct dt_consume *con)
{
	return con->nsnaps;
}
