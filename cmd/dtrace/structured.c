/* SPDX-License-Identifier: MIT */
/*
 * -x oformat=json and xml: the trace as one document with FreeBSD's structure, dtrace { probes
 * [...], aggregations [...] }.  A record is an object with its values.  The text of printf() is a
 * message.  Aggregations that no printa() printed follow the probes.  Drops are shown as firings of
 * a pseudo probe.  Types of values come from <dtrace_linux.h>.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "cmd.h"
#include "emit.h"

static struct emit e;

/* ---- values ---- */

static void integer(const char *name, bool in_list, const dtrace_valtype_t *type, const void *datum)
{
	uint64_t value = 0;
	int shift = 64 - 8 * (int)type->dtvt_size;

	memcpy(&value, datum, type->dtvt_size <= 8 ? type->dtvt_size : 8);
	if (!type->dtvt_signed || shift < 0 || shift > 56)
		emit_number(&e, name, in_list, "%" PRIu64, value);
	else
		emit_number(&e, name, in_list, "%" PRId64, (int64_t)(value << shift) >> shift);
}

static void bytes(const char *name, bool in_list, const unsigned char *datum, uint32_t size)
{
	static const char digits[] = "0123456789abcdef";
	char *text = malloc(2 * (size_t)size + 1);

	if (!text)
		return;
	for (uint32_t i = 0; i < size; i++) {
		text[2 * i] = digits[datum[i] >> 4];
		text[2 * i + 1] = digits[datum[i] & 15];
	}
	text[2 * (size_t)size] = '\0';
	emit_text(&e, name, in_list, text);
	free(text);
}

/* mod`name+0xoff */
static void frame(const char *list, char *text)
{
	char *tick = strchr(text, '`'), *plus = strrchr(text, '+');

	emit_open(&e, list, true);
	emit_text(&e, "symbol", false, text);
	if (tick) {
		*tick = '\0';
		if (plus > tick)
			*plus = '\0';
		emit_text(&e, "module", false, text);
		emit_text(&e, "name", false, tick + 1);
		emit_number(&e, "offset", false, "%llu",
			    plus > tick ? strtoull(plus + 1, NULL, 16) : 0ULL);
	}
	emit_close(&e, list);
}

static void frames(struct cmd *cmd, const char *list, const dtrace_valtype_t *type,
		   const void *datum)
{
	char text[1024];

	for (int i = 0; dtrace_frame2str(cmd->dtp, type, datum, i, text, sizeof(text)) > 0; i++)
		frame(list, text);
}

/* In a list of keys the frames of a stack are in an object of their own. */
static void stack(struct cmd *cmd, const char *name, bool in_list, const dtrace_valtype_t *type,
		  const void *datum)
{
	const char *list = type->dtvt_kind == DTRACE_VAL_STACK ? "stack-frames" : "ustack-frames";

	if (in_list)
		emit_open(&e, name, true);
	emit_open_list(&e, list);
	frames(cmd, list, type, datum);
	emit_close_list(&e);
	if (in_list)
		emit_close(&e, name);
}

static void value(struct cmd *cmd, const char *name, bool in_list, const dtrace_valtype_t *type,
		  const void *datum)
{
	char text[1024];

	switch (type->dtvt_kind) {
	case DTRACE_VAL_INT: integer(name, in_list, type, datum); break;
	case DTRACE_VAL_STRING: emit_text(&e, name, in_list, datum); break;
	case DTRACE_VAL_STACK:
	case DTRACE_VAL_USTACK: stack(cmd, name, in_list, type, datum); break;
	case DTRACE_VAL_SYM:
	case DTRACE_VAL_MOD:
	case DTRACE_VAL_USYM:
	case DTRACE_VAL_UMOD:
	case DTRACE_VAL_UADDR:
		if (dtrace_sym2str(cmd->dtp, type->dtvt_kind, datum, text, sizeof(text)) < 0)
			text[0] = '\0';
		emit_text(&e, name, in_list, text);
		break;
	default: bytes(name, in_list, datum, type->dtvt_size);
	}
}

/* ---- aggregations ---- */

struct walk {
	struct cmd *cmd;
	const char *element;     /* name of a variable's object */
	dtrace_aggvarid_t varid; /* 0 for all that no printa() has printed */
	dtrace_aggvarid_t open;  /* the variable whose entries are being written */
};

static dtrace_aggvarid_t printed[256]; /* by printa(), and not repeated at the end */
static size_t nprinted;

static bool was_printed(dtrace_aggvarid_t varid)
{
	for (size_t i = 0; i < nprinted; i++)
		if (printed[i] == varid)
			return true;
	return false;
}

static void buckets(const dtrace_aggdata_t *agg, int n)
{
	int64_t low, high, count;

	emit_open_list(&e, "buckets");
	for (int i = 0; i < n; i++) {
		if (dtrace_agg_bucket(agg, i, &low, &high, &count) || !count)
			continue;
		emit_open(&e, "buckets", true);
		emit_number(&e, "value", false, "%" PRId64, low);
		emit_number(&e, "high", false, "%" PRId64, high);
		emit_number(&e, "count", false, "%" PRId64, count);
		emit_close(&e, "buckets");
	}
	emit_close_list(&e);
}

static void agg_value(const dtrace_aggdata_t *agg)
{
	int nbuckets = dtrace_agg_nbuckets(agg);
	int64_t number;

	if (nbuckets > 0)
		buckets(agg, nbuckets);
	else if (!dtrace_agg_number(agg, &number))
		emit_number(&e, dtrace_agg_name(agg), false, "%" PRId64, number);
}

static void close_variable(struct walk *walk)
{
	if (walk->open) {
		emit_close_list(&e);
		emit_close(&e, walk->element);
	}
	walk->open = 0;
}

static void open_variable(struct walk *walk, const dtrace_aggdesc_t *desc)
{
	close_variable(walk);
	emit_open(&e, walk->element, true);
	emit_text(&e, "aggregation-name", false, desc->dtagd_name ? desc->dtagd_name : "");
	emit_open_list(&e, "aggregation-data");
	walk->open = desc->dtagd_varid;
}

static int agg_entry(const dtrace_aggdata_t *agg, void *arg)
{
	struct walk *walk = arg;
	const dtrace_aggdesc_t *desc = agg->dtada_desc;
	dtrace_valtype_t type;

	if (walk->varid ? desc->dtagd_varid != walk->varid : was_printed(desc->dtagd_varid))
		return DTRACE_AGGWALK_NEXT;
	if (walk->open != desc->dtagd_varid)
		open_variable(walk, desc);
	emit_open(&e, "aggregation-data", true);
	emit_open_list(&e, "keys");
	for (int i = 1; i < desc->dtagd_nrecs - 1; i++)
		if (!dtrace_agg_valtype(walk->cmd->dtp, desc, i, &type))
			value(walk->cmd, "keys", true, &type,
			      agg->dtada_data + desc->dtagd_rec[i].dtrd_offset);
	emit_close_list(&e);
	agg_value(agg);
	emit_close(&e, "aggregation-data");
	return DTRACE_AGGWALK_NEXT;
}

static void printa(struct cmd *cmd, const void *datum)
{
	struct walk walk = { .cmd = cmd, .element = "output" };

	memcpy(&walk.varid, datum, sizeof(walk.varid));
	if (!was_printed(walk.varid) && nprinted < sizeof(printed) / sizeof(printed[0]))
		printed[nprinted++] = walk.varid;
	dtrace_aggregate_walk_sorted(cmd->dtp, agg_entry, &walk);
	close_variable(&walk);
}

/* ---- records ---- */

static void open_probe(uint64_t timestamp, int cpu, const dtrace_probedesc_t *pd)
{
	emit_newline(&e);
	emit_open(&e, "probes", true);
	emit_number(&e, "timestamp", false, "%" PRIu64, timestamp);
	emit_number(&e, "cpu", false, "%d", cpu);
	emit_number(&e, "id", false, "%u", pd->dtpd_id);
	emit_text(&e, "provider", false, pd->dtpd_provider);
	emit_text(&e, "module", false, pd->dtpd_mod);
	emit_text(&e, "function", false, pd->dtpd_func);
	emit_text(&e, "name", false, pd->dtpd_name);
}

int structured_chew(const dtrace_probedata_t *data, void *arg)
{
	(void)arg;
	if (interrupted_again())
		return DTRACE_CONSUME_ABORT;
	open_probe(dtrace_rec_timestamp(data, NULL), data->dtpda_cpu, data->dtpda_pdesc);
	emit_open_list(&e, "output");
	return DTRACE_CONSUME_THIS;
}

int structured_chewrec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	struct cmd *cmd = arg;
	dtrace_valtype_t type;
	uint32_t status;

	if (!rec) {
		emit_close_list(&e);
		emit_close(&e, "probes");
		return DTRACE_CONSUME_NEXT;
	}
	if (rec->dtrd_action == DTRACEACT_EXIT) {
		memcpy(&status, data->dtpda_data, sizeof(status));
		cmd->status = (int)status;
		return DTRACE_CONSUME_NEXT;
	}
	if (rec->dtrd_action == DTRACEACT_PRINTA) {
		printa(cmd, data->dtpda_data);
		return DTRACE_CONSUME_NEXT;
	}
	/* structured_buffered() gets the text. */
	if (rec->dtrd_format || DTRACEACT_ISPRINTFLIKE(rec->dtrd_action))
		return DTRACE_CONSUME_THIS;
	if (!rec->dtrd_size || dtrace_rec_valtype(cmd->dtp, data, rec, &type) ||
	    type.dtvt_kind == DTRACE_VAL_NONE)
		return DTRACE_CONSUME_NEXT;
	emit_open(&e, "output", true);
	value(cmd, "value", false, &type, data->dtpda_data);
	emit_close(&e, "output");
	return DTRACE_CONSUME_NEXT;
}

int structured_buffered(const dtrace_bufdata_t *data, void *arg)
{
	(void)arg;
	if (!data->dtbda_probe)
		return DTRACE_HANDLE_OK;
	emit_open(&e, "output", true);
	emit_text(&e, "message", false, data->dtbda_buffered);
	emit_close(&e, "output");
	return DTRACE_HANDLE_OK;
}

/* Writes dtrace:INTERNAL:INTERNAL:DROP.  The library reports drops between records, never
 * inside. */
void structured_drop(const dtrace_dropdata_t *drop)
{
	const dtrace_probedesc_t pd = { .dtpd_provider = "dtrace",
					.dtpd_mod = "INTERNAL",
					.dtpd_func = "INTERNAL",
					.dtpd_name = "DROP" };
	const char *kind = dtrace_dropkind_name(drop->dtdda_kind);

	if (!e.out) /* before or after the document */
		return;
	open_probe(0, drop->dtdda_cpu, &pd);
	emit_number(&e, "count", false, "%" PRIu64, drop->dtdda_drops);
	emit_number(&e, "total", false, "%" PRIu64, drop->dtdda_total);
	emit_text(&e, "kind", false, kind ? kind : "");
	emit_text(&e, "msg", false, drop->dtdda_msg);
	emit_close(&e, "probes");
}

void structured_begin(struct cmd *cmd)
{
	emit_begin(&e, cmd->out, cmd->format == FORMAT_XML);
	emit_open(&e, "dtrace", false);
	emit_open_list(&e, "probes");
}

void structured_end(struct cmd *cmd, bool aggregations)
{
	struct walk walk = { .cmd = cmd, .element = "aggregations" };

	emit_newline(&e);
	emit_close_list(&e);
	emit_open_list(&e, "aggregations");
	if (aggregations)
		dtrace_aggregate_walk_sorted(cmd->dtp, agg_entry, &walk);
	close_variable(&walk);
	emit_close_list(&e);
	emit_close(&e, "dtrace");
	emit_end(&e);
	e.out = NULL;
}
