/* SPDX-License-Identifier: MIT */
/*
 * Types of data (valtype.h): the kind by the action where that says it, else by the C type; then
 * the name of the C type.
 */
#include <errno.h>
#include <string.h>
#include "consume/context.h"
#include "consume/epid.h"
#include "consume/valtype.h"
#include "types/types.h"

/* Actions that say the kind of their datum. */
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

void dt_valtype_fill(uint16_t action, uint64_t arg, const struct dt_type *type, uint32_t size,
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
static int name_type(struct dt_valtypes *types, const struct dt_type *type, dtrace_valtype_t *out)
{
	char text[256];
	void **name;

	if (!type)
		return 0;
	name = dt_table_at(&types->names, &type, sizeof(type), true);
	if (name && !*name)
		*name = dt_arena_strdup(types->con->arena, dt_type_name(type, text, sizeof(text)));
	if (!name || !*name)
		return dt_con_error(types->con, EDT_NOMEM);
	out->dtvt_type = *name;
	return 0;
}

void dt_valtypes_fini(struct dt_valtypes *types)
{
	dt_table_free(&types->names);
}

int dt_valtype_of_rec(struct dt_valtypes *types, const dtrace_eprobedesc_t *edesc,
		      const dtrace_recdesc_t *rec, dtrace_valtype_t *out)
{
	const struct dt_epid *epid = edesc ? dt_epid_of_desc(edesc) : NULL;
	const struct dt_rec_item *item;

	if (!rec || !epid || edesc->dtepd_epid >= types->epids->n ||
	    types->epids->by_number[edesc->dtepd_epid] != epid || rec < edesc->dtepd_rec ||
	    rec >= edesc->dtepd_rec + edesc->dtepd_nrecs)
		return dt_con_error(types->con, EINVAL);
	item = &epid->clause->items.data[rec - edesc->dtepd_rec];
	dt_valtype_fill(item->action, item->arg, item->type, item->size, out);
	return name_type(types, item->type, out);
}

int dt_valtype_of_agg(struct dt_valtypes *types, const dtrace_aggdesc_t *desc, int index,
		      dtrace_valtype_t *out)
{
	const struct dt_run_layout *run = types->con->layout;
	const struct dt_agg_layout *agg;
	const struct dt_key_layout *key;

	if (!desc || index < 0 || index >= desc->dtagd_nrecs || desc->dtagd_varid < 1 ||
	    (uint64_t)desc->dtagd_varid > run->aggs.n)
		return dt_con_error(types->con, EINVAL);
	agg = run->aggs.data[desc->dtagd_varid - 1];
	if (index == 0 || !agg || index == desc->dtagd_nrecs - 1) {
		dt_valtype_fill(desc->dtagd_rec[index].dtrd_action, 0, NULL,
				desc->dtagd_rec[index].dtrd_size, out);
		if (index == 0)
			out->dtvt_kind = DTRACE_VAL_NONE;
		return 0;
	}
	key = &agg->keys[index - 1];
	dt_valtype_fill(key->action, key->arg, key->type, key->size, out);
	return name_type(types, key->type, out);
}
