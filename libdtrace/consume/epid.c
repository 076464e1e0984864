/* SPDX-License-Identifier: MIT */
/*
 * Enabled probes in illumos' structures: the description of a record's data and of its probe, made
 * once, when an EPID is first seen.
 */
#include <string.h>
#include "consume/internal.h"
#include "probe/probe.h"

uint32_t dt_record_nitems(const struct dt_record *rec, uint32_t item)
{
	const struct dt_rec_item *items = rec->clause->items.data;
	uint32_t n = 1;

	while (item + n < rec->clause->items.n && items[item + n].stmt &&
	       items[item + n].stmt == items[item].stmt)
		n++;
	return n;
}

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
	for (size_t i = 0; i < run->clauses.n; i++) {
		const struct dt_clause_layout *clause = run->clauses.data[i];

		if (epid >= clause->epid_first && epid - clause->epid_first < clause->nprobes)
			return clause;
	}
	return NULL;
}

static struct dt_con_epid *make_epid(struct dt_consume *con, uint32_t number)
{
	const struct dt_clause_layout *clause = clause_of(con->layout, number);
	struct dt_con_epid *epid;

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
	epid->clause = clause;
	fill_edesc(&epid->desc, clause);
	fill_pdesc(&epid->pdesc, clause->probes[number - clause->epid_first]);
	epid->desc.dtepd_epid = number;
	epid->desc.dtepd_probeid = epid->pdesc.dtpd_id;
	dt_flow_classify(epid);
	con->epids[number] = epid;
	return epid;
}

struct dt_con_epid *dt_con_epid(struct dt_consume *con, uint32_t number)
{
	if (number >= con->nepids) {
		con->err = EDT_BADID;
		return NULL;
	}
	return con->epids[number] ? con->epids[number] : make_epid(con, number);
}

uint32_t dt_con_find_epid(struct dt_consume *con, uint32_t number, uint32_t probe)
{
	const struct dt_con_clause *clause = &con->clauses[number];
	uint32_t at = probe - clause->first_probe;

	if (at < clause->nprobes && clause->epid[at])
		return clause->epid[at];
	return clause->layout->is_error ? clause->layout->epid_first
					: 0; /* ERROR's probe is at no attach point */
}

const dtrace_eprobedesc_t *dt_consume_eprobe(struct dt_consume *con, dtrace_epid_t number,
					     dtrace_probedesc_t **pdesc)
{
	struct dt_con_epid *epid = dt_con_epid(con, number);

	if (!epid)
		return NULL;
	if (pdesc)
		*pdesc = &epid->pdesc;
	return &epid->desc;
}
