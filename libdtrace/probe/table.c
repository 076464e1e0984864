/* SPDX-License-Identifier: MIT */
/* The probe table: probes by name and by id, and the walk over the providers that a description may
 * mean (probe.h). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "base/errno.h"
#include "probe/probe.h"

/* Probes made on demand count up from here, above every provider's range. */
#define DYNAMIC_ID_FIRST 1000000u

int dt_probes_init(struct dt_probes *p, const struct dt_env *env,
		   const struct dt_provider_ops *const *all, size_t n)
{
	*p = (struct dt_probes){ .env = env, .next_dynamic_id = DYNAMIC_ID_FIRST };
	p->arena = dt_arena_new();
	if (!p->arena)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		struct dt_provider *prov = dt_arena_new_obj(p->arena, struct dt_provider);
		int err;

		if (!prov || !dt_vec_push_arena(p->arena, &p->providers, prov))
			return -ENOMEM;
		*prov = (struct dt_provider){ .ops = all[i], .probes = p, .env = env };
		err = all[i]->init ? all[i]->init(prov) : 0;
		if (err)
			return err;
	}
	return 0;
}

void dt_probes_free(struct dt_probes *p)
{
	dt_vec_each(&p->providers, it)
	{
		if ((*it)->ops->free)
			(*it)->ops->free(*it);
	}
	dt_table_free(&p->by_id);
	dt_table_free(&p->by_name);
	dt_strbuf_free(&p->key);
	dt_strbuf_free(&p->why);
	dt_arena_free(p->arena);
	*p = (struct dt_probes){ 0 };
}

struct dt_probe *dt_probe_make(struct dt_provider *prov, uint32_t id, const char *provname,
			       const char *mod, const char *func, const char *name)
{
	struct dt_probes *p = prov->probes;
	struct dt_probe *probe;
	void **at;

	dt_strbuf_clear(&p->key);
	dt_strbuf_printf(&p->key, "%s:%s:%s:%s", provname, mod, func, name);
	if (p->key.nomem)
		return NULL;
	at = dt_table_at(&p->by_name, p->key.s, p->key.len, true);
	if (!at || *at)
		return at ? *at : NULL;
	probe = dt_arena_new_obj(p->arena, struct dt_probe);
	if (!probe)
		return NULL;
	*at = probe;
	probe->id = id ? id : p->next_dynamic_id++;
	probe->provider = prov;
	probe->prov = dt_arena_strdup(p->arena, provname);
	probe->mod = dt_arena_strdup(p->arena, mod);
	probe->func = dt_arena_strdup(p->arena, func);
	probe->name = dt_arena_strdup(p->arena, name);
	at = dt_table_at(&p->by_id, &probe->id, sizeof(probe->id), true);
	if (!at || !probe->prov || !probe->mod || !probe->func || !probe->name)
		return NULL;
	*at = probe;
	return probe;
}

struct dt_probe *dt_probes_by_id(struct dt_probes *p, uint32_t id)
{
	struct dt_probe *probe = dt_table_get(&p->by_id, &id, sizeof(id));

	if (probe)
		return probe;
	dt_vec_each(&p->providers, it)
	{
		const struct dt_provider_ops *ops = (*it)->ops;

		if (ops->by_id && id >= ops->first_id && id - ops->first_id < ops->nids)
			return ops->by_id(*it, id);
	}
	return NULL;
}

/* ---- matching ---- */

typedef DT_VEC(struct dt_probe *) probe_vec;

static int collect(struct dt_probe *probe, void *arg)
{
	return dt_vec_push((probe_vec *)arg, probe) ? 0 : -ENOMEM;
}

static int by_id(const void *a, const void *b)
{
	const struct dt_probe *x = *(struct dt_probe *const *)a, *y = *(struct dt_probe *const *)b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static bool answers(const struct dt_provider *prov, const char *pattern)
{
	if (prov->ops->answers)
		return prov->ops->answers(pattern);
	return dt_glob(pattern, prov->ops->name);
}

static int collect_all(struct dt_probes *p, const struct dt_pdesc *desc, probe_vec *found)
{
	if (desc->id) {
		struct dt_probe *probe = dt_probes_by_id(p, desc->id);

		return probe ? collect(probe, found) : 0;
	}
	dt_vec_each(&p->providers, it)
	{
		int err;

		if (!answers(*it, desc->provider))
			continue;
		err = (*it)->ops->provide(*it, desc, collect, found);
		if (err)
			return err;
	}
	return 0;
}

int dt_probes_match(struct dt_probes *p, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg,
		    uint32_t *n)
{
	probe_vec found = { 0 };
	int err;

	dt_strbuf_clear(&p->why);
	err = collect_all(p, desc, &found);
	if (found.n > 1)
		qsort(found.data, found.n, sizeof(*found.data), by_id);
	if (n)
		*n = (uint32_t)found.n;
	for (size_t i = 0; !err && i < found.n; i++)
		err = fn(found.data[i], arg);
	dt_vec_free(&found);
	return err;
}
