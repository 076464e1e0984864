/* SPDX-License-Identifier: MIT */
/*
 * Enabled probes in illumos' structures: the description of a record's data and of its probe, made
 * once, when an EPID is first seen; and the types of data, which illumos' structures do not carry.
 */
#include <errno.h>
#include <string.h>
#include "consume/internal.h"
#include "probe/probe.h"
#include "types/types.h"

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

/* ---- types of data
 * ---------------------------------------------------------------------------------- */

/* Data whose kind the action tells. */
static const struct {
	uint16_t action;
	uint8_t kind;
} action_kinds[] = {
	{ DTRACEACT_STACK, DTRACE_VAL_STACK },    { DTRACEACT_USTACK, DTRACE_VAL_USTACK },
	{ DTRACEACT_JSTACK, DTRACE_VAL_USTACK },  { DTRACEACT_SYM, DTRACE_VAL_SYM },
	{ DTRACEACT_MOD, DTRACE_VAL_MOD },        { DTRACEACT_USYM, DTRACE_VAL_USYM },
	{ DTRACEACT_UMOD, DTRACE_VAL_UMOD },      { DTRACEACT_UADDR, DTRACE_VAL_UADDR },
	{ DTRACEACT_TRACEMEM, DTRACE_VAL_BYTES }, { DTRACEACT_TRACEMEM_DYNSIZE, DTRACE_VAL_INT },
	{ DTRACEACT_EXIT, DTRACE_VAL_INT },       { DTRACEACT_PRINTA, DTRACE_VAL_NONE },
	{ DTRACEACT_LIBACT, DTRACE_VAL_NONE },
};

static bool int_size(uint32_t size)
{
	return size == 1 || size == 2 || size == 4 || size == 8;
}

static uint8_t type_kind(const struct dt_type *type, uint32_t size)
{
	if (!size)
		return DTRACE_VAL_NONE;
	if (!type)
		return int_size(size) ? DTRACE_VAL_INT : DTRACE_VAL_BYTES;
	if (dt_type_is_string(type))
		return DTRACE_VAL_STRING;
	return (dt_type_is_integer(type) || dt_type_is_ptr(type)) && int_size(size)
		       ? DTRACE_VAL_INT
		       : DTRACE_VAL_BYTES;
}

static uint32_t frame_count(uint8_t kind, uint64_t arg)
{
	return kind == DTRACE_VAL_STACK    ? (uint32_t)arg
	       : kind == DTRACE_VAL_USTACK ? DTRACE_USTACK_NFRAMES(arg)
					   : 0;
}

void dt_con_valtype(uint16_t action, uint64_t arg, const struct dt_type *type, uint32_t size,
		    dtrace_valtype_t *out)
{
	memset(out, 0, sizeof(*out));
	out->dtvt_kind = type_kind(type, size);
	for (size_t i = 0; i < ARRAY_SIZE(action_kinds); i++)
		if (action_kinds[i].action == action && size)
			out->dtvt_kind = action_kinds[i].kind;
	if (DTRACEACT_ISAGG(action))
		out->dtvt_kind = DTRACE_VAL_AGG;
	out->dtvt_size = size;
	out->dtvt_count = frame_count(out->dtvt_kind, arg);
	out->dtvt_signed = out->dtvt_kind == DTRACE_VAL_INT && (!type || dt_type_is_signed(type));
}

/* A type's name, made once. */
static int name_type(struct dt_consume *con, const struct dt_type *type, dtrace_valtype_t *out)
{
	char text[256];
	void **name;

	if (!type)
		return 0;
	name = dt_table_at(&con->type_names, &type, sizeof(type), true);
	if (name && !*name)
		*name = dt_arena_strdup(con->arena, dt_type_name(type, text, sizeof(text)));
	if (!name || !*name)
		return dt_con_error(con, EDT_NOMEM);
	out->dtvt_type = *name;
	return 0;
}

int dt_consume_rec_valtype(struct dt_consume *con, const dtrace_eprobedesc_t *edesc,
			   const dtrace_recdesc_t *rec, dtrace_valtype_t *out)
{
	const struct dt_con_epid *epid = edesc ? container_of(edesc, struct dt_con_epid, desc)
					       : NULL;
	const struct dt_rec_item *item;

	if (!rec || !epid || edesc->dtepd_epid >= con->nepids ||
	    con->epids[edesc->dtepd_epid] != epid || rec < edesc->dtepd_rec ||
	    rec >= edesc->dtepd_rec + edesc->dtepd_nrecs)
		return dt_con_error(con, EINVAL);
	item = &epid->clause->items.data[rec - edesc->dtepd_rec];
	dt_con_valtype(item->action, item->arg, item->type, item->size, out);
	return name_type(con, item->type, out);
}

int dt_consume_agg_valtype(struct dt_consume *con, const dtrace_aggdesc_t *desc, int index,
			   dtrace_valtype_t *out)
{
	const struct dt_agg_layout *layout;

	if (!desc || index < 0 || index >= desc->dtagd_nrecs || desc->dtagd_varid < 1 ||
	    (uint64_t)desc->dtagd_varid > con->layout->aggs.n)
		return dt_con_error(con, EINVAL);
	layout = con->layout->aggs.data[desc->dtagd_varid - 1];
	if (index == 0 || !layout || index == desc->dtagd_nrecs - 1) {
		dt_con_valtype(desc->dtagd_rec[index].dtrd_action, 0, NULL,
			       desc->dtagd_rec[index].dtrd_size, out);
		if (index == 0)
			out->dtvt_kind = DTRACE_VAL_NONE;
		return 0;
	}
	dt_con_valtype(layout->keys[index - 1].action, layout->keys[index - 1].arg,
		       layout->keys[index - 1].type, layout->keys[index - 1].size, out);
	return name_type(con, layout->keys[index - 1].type, out);
}
