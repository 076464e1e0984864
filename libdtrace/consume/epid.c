/* SPDX-License-Identifier: MIT */
/*
 * Enabled probes (epid.h).  Descriptions are made from the layout when an EPID is first seen.  The
 * numbers that records carry become EPIDs by a table per clause, made with its first record.
 */
#include <string.h>
#include "consume/context.h"
#include "consume/epid.h"
#include "contract/provider.h"
#include "probe/probe.h"

bool dt_epids_init(struct dt_epids *epids, struct dt_con *con)
{
	epids->con = con;
	epids->n = con->layout->nepids + 1;
	epids->by_number = calloc(epids->n, sizeof(*epids->by_number));
	epids->by_clause = calloc(con->layout->clauses.n + 1, sizeof(*epids->by_clause));
	return epids->by_number && epids->by_clause;
}

void dt_epids_fini(struct dt_epids *epids)
{
	for (size_t i = 0; epids->by_clause && i < epids->con->layout->clauses.n; i++)
		free(epids->by_clause[i].epid);
	free(epids->by_clause);
	free(epids->by_number);
	free(epids->by_probe);
}

/* ---- descriptions ---- */

static void copy_name(char *to, size_t size, const char *from)
{
	size_t len = strnlen(from, size - 1);

	memcpy(to, from, len);
	to[len] = '\0';
}

static void fill_pdesc(dtrace_probedesc_t *desc, const struct dt_probe *probe)
{
	desc->dtpd_id = probe->id;
	copy_name(desc->dtpd_provider, sizeof(desc->dtpd_provider), probe->prov);
	copy_name(desc->dtpd_mod, sizeof(desc->dtpd_mod), probe->mod);
	copy_name(desc->dtpd_func, sizeof(desc->dtpd_func), probe->func);
	copy_name(desc->dtpd_name, sizeof(desc->dtpd_name), probe->name);
}

static void fill_edesc(dtrace_eprobedesc_t *desc, const struct dt_clause_layout *clause)
{
	desc->dtepd_size = clause->size;
	desc->dtepd_nrecs = (int)clause->items.n;
	for (size_t i = 0; i < clause->items.n; i++) {
		const struct dt_rec_item *item = &clause->items.data[i];

		desc->dtepd_rec[i] = (dtrace_recdesc_t){
			.dtrd_action = item->action,
			.dtrd_size = item->size,
			.dtrd_offset = item->offset,
			.dtrd_alignment = (uint16_t)item->align,
			.dtrd_format = item->format,
			.dtrd_arg = item->arg,
			.dtrd_uarg = (uintptr_t)item->stmt,
		};
	}
}

static const struct dt_clause_layout *clause_of(const struct dt_run_layout *run, uint32_t epid)
{
	size_t low = 0, high = run->clauses.n;

	/* The last clause that begins at EPID or before: they are numbered in their order. */
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (run->clauses.data[middle]->epid_first <= epid)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low > 0; low--) {
		const struct dt_clause_layout *clause = run->clauses.data[low - 1];

		if (!clause->nprobes)
			continue; /* shares its first number with the next clause */
		return epid >= clause->epid_first && epid - clause->epid_first < clause->nprobes
			       ? clause
			       : NULL;
	}
	return NULL;
}

static struct dt_epid *make_epid(struct dt_epids *epids, uint32_t number)
{
	struct dt_con *con = epids->con;
	const struct dt_clause_layout *clause = clause_of(con->layout, number);
	const struct dt_probe *probe;
	struct dt_epid *epid;

	if (!clause) {
		con->err = EDT_BADID;
		return NULL;
	}
	epid = dt_arena_alloc(con->arena,
			      sizeof(*epid) + clause->items.n * sizeof(dtrace_recdesc_t));
	if (!epid) {
		con->err = EDT_NOMEM;
		return NULL;
	}
	probe = clause->probes[number - clause->epid_first];
	epid->clause = clause;
	fill_edesc(&epid->desc, clause);
	fill_pdesc(&epid->pdesc, probe);
	epid->desc.dtepd_epid = number;
	epid->desc.dtepd_probeid = epid->pdesc.dtpd_id;
	dt_flow_classify(&epid->flow, &epid->pdesc, probe->provider->ops);
	epids->by_number[number] = epid;
	return epid;
}

struct dt_epid *dt_epid_get(struct dt_epids *epids, uint32_t number)
{
	if (number >= epids->n) {
		epids->con->err = EDT_BADID;
		return NULL;
	}
	return epids->by_number[number] ? epids->by_number[number] : make_epid(epids, number);
}

/* ---- from a record's numbers to EPIDs ---- */

struct dt_numbered_probe {
	const struct dt_probe *probe;
	uint32_t number;
};

static int probe_order(const void *a, const void *b)
{
	const struct dt_numbered_probe *x = a, *y = b;

	return (x->probe > y->probe) - (x->probe < y->probe);
}

static bool sort_probes(struct dt_epids *epids)
{
	const struct dt_run_layout *run = epids->con->layout;

	if (epids->by_probe)
		return true;
	epids->by_probe = calloc(run->probes.n + 1, sizeof(*epids->by_probe));
	if (!epids->by_probe)
		return false;
	for (uint32_t i = 0; i < run->probes.n; i++)
		epids->by_probe[i] = (struct dt_numbered_probe){ run->probes.data[i], i };
	qsort(epids->by_probe, run->probes.n, sizeof(*epids->by_probe), probe_order);
	return true;
}

/* The run's number of a probe; UINT32_MAX: none. */
static uint32_t number_of(const struct dt_epids *epids, const struct dt_probe *probe)
{
	struct dt_numbered_probe key = { probe, 0 };
	const struct dt_numbered_probe *at = bsearch(&key, epids->by_probe,
						     epids->con->layout->probes.n, sizeof(key),
						     probe_order);

	return at ? at->number : UINT32_MAX;
}

/* Finds the clause's probes among those of the run. */
static bool number_probes(struct dt_epids *epids, struct dt_clause_epids *map,
			  const struct dt_clause_layout *clause)
{
	_cleanup_free_ uint32_t *numbers = calloc(clause->nprobes + 1, sizeof(*numbers));
	uint32_t first = UINT32_MAX, last = 0;

	if (!numbers || !sort_probes(epids))
		return false;
	for (uint32_t i = 0; i < clause->nprobes; i++) {
		numbers[i] = number_of(epids, clause->probes[i]);
		if (numbers[i] == UINT32_MAX)
			continue;
		first = DT_MIN(first, numbers[i]);
		last = DT_MAX(last, numbers[i]);
	}
	map->first_probe = first;
	map->nprobes = first <= last ? last - first + 1 : 0;
	map->epid = calloc(map->nprobes + 1, sizeof(*map->epid));
	if (!map->epid)
		return false;
	for (uint32_t i = 0; i < clause->nprobes; i++)
		if (numbers[i] != UINT32_MAX)
			map->epid[numbers[i] - first] = clause->epid_first + i;
	return true;
}

int dt_epids_prepare(struct dt_epids *epids, uint32_t clause)
{
	struct dt_clause_epids *map = &epids->by_clause[clause];

	if (map->epid || number_probes(epids, map, epids->con->layout->clauses.data[clause]))
		return 0;
	return dt_con_error(epids->con, EDT_NOMEM);
}

uint32_t dt_epid_find(const struct dt_epids *epids, uint32_t clause, uint32_t probe)
{
	const struct dt_clause_epids *map = &epids->by_clause[clause];
	const struct dt_clause_layout *layout = epids->con->layout->clauses.data[clause];
	uint32_t at = probe - map->first_probe;

	if (at < map->nprobes && map->epid[at])
		return map->epid[at];
	/* An ERROR clause has one probe, whose number need not be among those of the run. */
	return layout->is_error ? layout->epid_first : 0;
}
