/* SPDX-License-Identifier: MIT */
/*
 * -x oformat=json: the trace as one JSON document in FreeBSD's shape, {"dtrace":{"probes":[...],"aggregations":[...]}}.
 * Records become objects with their values; what printf() formats becomes a message; the aggregations that are left at
 * the end stand behind the probes.  Drops are pseudo probes.  Types come from <dtrace_linux.h>.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "cmd.h"

/* Whether the next element of the innermost list wants a comma. One list is open at a time on each level. */
enum level { PROBES, OUTPUT, AGGS, ENTRIES, ITEMS, NLEVELS };
static bool begun[NLEVELS];

static void element(struct cmd *cmd, enum level level)
{
	if (begun[level])
		fputc(',', cmd->out);
	begun[level] = true;
}

static void open_list(struct cmd *cmd, enum level level, const char *name)
{
	fprintf(cmd->out, "\"%s\":[", name);
	begun[level] = false;
}

/* How many bytes of UTF-8 are at S; 0: none that are valid. */
static int utf8_len(const unsigned char *s)
{
	int len = s[0] < 0x80 ? 1 : s[0] >= 0xc2 && s[0] < 0xe0 ? 2 : (s[0] & 0xf0) == 0xe0 ? 3 :
		  s[0] >= 0xf0 && s[0] < 0xf5 ? 4 : 0;

	for (int i = 1; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

static void string(struct cmd *cmd, const char *text)
{
	fputc('"', cmd->out);
	for (const unsigned char *s = (const unsigned char *)text; *s;) {
		int len = utf8_len(s);

		if (*s == '"' || *s == '\\')
			fprintf(cmd->out, "\\%c", *s);
		else if (*s < 0x20)
			fprintf(cmd->out, "\\u%04x", *s);
		else if (len)
			fwrite(s, 1, (size_t)len, cmd->out);
		else
			fputs("\\ufffd", cmd->out);
		s += len ? len : 1;
	}
	fputc('"', cmd->out);
}

static void member(struct cmd *cmd, const char *name, const char *text)
{
	fprintf(cmd->out, ",\"%s\":", name);
	string(cmd, text);
}

/* ---- values ---- */

static void integer(struct cmd *cmd, const dtrace_valtype_t *type, const void *datum)
{
	uint64_t value = 0;
	int shift = 64 - 8 * (int)type->dtvt_size;

	memcpy(&value, datum, type->dtvt_size <= 8 ? type->dtvt_size : 8);
	if (!type->dtvt_signed || shift < 0 || shift > 56)
		fprintf(cmd->out, "%" PRIu64, value);
	else
		fprintf(cmd->out, "%" PRId64, (int64_t)(value << shift) >> shift);
}

static void bytes(struct cmd *cmd, const unsigned char *datum, uint32_t size)
{
	fputc('"', cmd->out);
	for (uint32_t i = 0; i < size; i++)
		fprintf(cmd->out, "%02x", datum[i]);
	fputc('"', cmd->out);
}

/* mod`name+0xoff */
static void frame(struct cmd *cmd, char *text)
{
	char *tick = strchr(text, '`'), *plus = strrchr(text, '+');

	fputs("{\"symbol\":", cmd->out);
	string(cmd, text);
	if (tick) {
		*tick = '\0';
		if (plus > tick)
			*plus = '\0';
		member(cmd, "module", text);
		member(cmd, "name", tick + 1);
		fprintf(cmd->out, ",\"offset\":%llu", plus > tick ? strtoull(plus + 1, NULL, 16) : 0ULL);
	}
	fputc('}', cmd->out);
}

static void stack(struct cmd *cmd, const dtrace_valtype_t *type, const void *datum)
{
	char text[1024];

	fputc('[', cmd->out);
	for (int i = 0; dtrace_frame2str(cmd->dtp, type, datum, i, text, sizeof(text)) > 0; i++) {
		if (i)
			fputc(',', cmd->out);
		frame(cmd, text);
	}
	fputc(']', cmd->out);
}

static void value(struct cmd *cmd, const dtrace_valtype_t *type, const void *datum)
{
	char text[1024];

	switch (type->dtvt_kind) {
	case DTRACE_VAL_INT:
		integer(cmd, type, datum);
		break;
	case DTRACE_VAL_STRING:
		string(cmd, datum);
		break;
	case DTRACE_VAL_STACK:
	case DTRACE_VAL_USTACK:
		stack(cmd, type, datum);
		break;
	case DTRACE_VAL_SYM:
	case DTRACE_VAL_MOD:
	case DTRACE_VAL_USYM:
	case DTRACE_VAL_UMOD:
	case DTRACE_VAL_UADDR:
		if (dtrace_sym2str(cmd->dtp, type->dtvt_kind, datum, text, sizeof(text)) < 0)
			text[0] = '\0';
		string(cmd, text);
		break;
	default:
		bytes(cmd, datum, type->dtvt_size);
	}
}

/* ---- aggregations ---- */

struct walk {
	struct cmd *cmd;
	dtrace_aggvarid_t varid; /* 0: all that no printa() has shown */
	dtrace_aggvarid_t open;  /* the variable whose entries are being written */
};

static dtrace_aggvarid_t printed[256]; /* by printa(), so that the end does not repeat them */
static size_t nprinted;

static bool was_printed(dtrace_aggvarid_t varid)
{
	for (size_t i = 0; i < nprinted; i++)
		if (printed[i] == varid)
			return true;
	return false;
}

static void agg_value(struct cmd *cmd, const dtrace_aggdata_t *agg)
{
	static const char *const names[] = { [DTRACEAGG_COUNT & 0xff] = "count", [DTRACEAGG_MIN & 0xff] = "min",
					     [DTRACEAGG_MAX & 0xff] = "max",	 [DTRACEAGG_AVG & 0xff] = "avg",
					     [DTRACEAGG_SUM & 0xff] = "sum",	 [DTRACEAGG_STDDEV & 0xff] = "stddev" };
	unsigned int kind = agg->dtada_desc->dtagd_rec[agg->dtada_desc->dtagd_nrecs - 1].dtrd_action & 0xff;
	int nbuckets = dtrace_agg_nbuckets(agg);
	int64_t low, high, count;

	if (nbuckets <= 0) {
		if (dtrace_agg_number(agg, &count))
			count = 0;
		fprintf(cmd->out, ",\"%s\":%" PRId64,
			kind < sizeof(names) / sizeof(names[0]) && names[kind] ? names[kind] : "value", count);
		return;
	}
	fputc(',', cmd->out);
	open_list(cmd, ITEMS, "buckets");
	for (int i = 0; i < nbuckets; i++) {
		if (dtrace_agg_bucket(agg, i, &low, &high, &count) || !count)
			continue;
		element(cmd, ITEMS);
		fprintf(cmd->out, "{\"value\":%" PRId64 ",\"high\":%" PRId64 ",\"count\":%" PRId64 "}", low, high, count);
	}
	fputc(']', cmd->out);
}

static void close_variable(struct walk *walk)
{
	if (walk->open)
		fputs("]}", walk->cmd->out);
	walk->open = 0;
}

static void open_variable(struct walk *walk, const dtrace_aggdesc_t *desc)
{
	struct cmd *cmd = walk->cmd;

	close_variable(walk);
	element(cmd, walk->varid ? OUTPUT : AGGS);
	fputs("{\"aggregation-name\":", cmd->out);
	string(cmd, desc->dtagd_name ? desc->dtagd_name : "");
	fputc(',', cmd->out);
	open_list(cmd, ENTRIES, "aggregation-data");
	walk->open = desc->dtagd_varid;
}

static int agg_entry(const dtrace_aggdata_t *agg, void *arg)
{
	struct walk *walk = arg;
	struct cmd *cmd = walk->cmd;
	const dtrace_aggdesc_t *desc = agg->dtada_desc;
	dtrace_valtype_t type;

	if (walk->varid ? desc->dtagd_varid != walk->varid : was_printed(desc->dtagd_varid))
		return DTRACE_AGGWALK_NEXT;
	if (walk->open != desc->dtagd_varid)
		open_variable(walk, desc);
	element(cmd, ENTRIES);
	fputs("{", cmd->out);
	open_list(cmd, ITEMS, "keys");
	for (int i = 1; i < desc->dtagd_nrecs - 1; i++) {
		if (dtrace_agg_valtype(cmd->dtp, desc, i, &type))
			continue;
		element(cmd, ITEMS);
		value(cmd, &type, agg->dtada_data + desc->dtagd_rec[i].dtrd_offset);
	}
	fputc(']', cmd->out);
	agg_value(cmd, agg);
	fputc('}', cmd->out);
	return DTRACE_AGGWALK_NEXT;
}

static void printa(struct cmd *cmd, const void *datum)
{
	struct walk walk = { .cmd = cmd };

	memcpy(&walk.varid, datum, sizeof(walk.varid));
	if (!was_printed(walk.varid) && nprinted < sizeof(printed) / sizeof(printed[0]))
		printed[nprinted++] = walk.varid;
	dtrace_aggregate_walk_sorted(cmd->dtp, agg_entry, &walk);
	close_variable(&walk);
}

/* ---- records ---- */

static void probe(struct cmd *cmd, uint64_t timestamp, int cpu, uint32_t id, const char *const names[4])
{
	static const char *const fields[] = { "provider", "module", "function", "name" };

	element(cmd, PROBES);
	fprintf(cmd->out, "\n{\"timestamp\":%" PRIu64 ",\"cpu\":%d,\"id\":%u", timestamp, cpu, id);
	for (int i = 0; i < 4; i++)
		member(cmd, fields[i], names[i]);
}

int json_chew(const dtrace_probedata_t *data, void *arg)
{
	struct cmd *cmd = arg;
	const dtrace_probedesc_t *pd = data->dtpda_pdesc;

	if (impatient())
		return DTRACE_CONSUME_ABORT;
	probe(cmd, dtrace_rec_timestamp(data, NULL), data->dtpda_cpu, pd->dtpd_id,
	      (const char *const[]){ pd->dtpd_provider, pd->dtpd_mod, pd->dtpd_func, pd->dtpd_name });
	fputc(',', cmd->out);
	open_list(cmd, OUTPUT, "output");
	return DTRACE_CONSUME_THIS;
}

int json_chewrec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	struct cmd *cmd = arg;
	dtrace_valtype_t type;
	uint32_t status;

	if (!rec) {
		fputs("]}", cmd->out);
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
	if (rec->dtrd_format || DTRACEACT_ISPRINTFLIKE(rec->dtrd_action)) /* text comes through the buffered handler */
		return DTRACE_CONSUME_THIS;
	if (!rec->dtrd_size || dtrace_rec_valtype(cmd->dtp, data, rec, &type) || type.dtvt_kind == DTRACE_VAL_NONE)
		return DTRACE_CONSUME_NEXT;
	element(cmd, OUTPUT);
	fprintf(cmd->out, "{\"%s\":", type.dtvt_kind == DTRACE_VAL_STACK ? "stack-frames" :
				      type.dtvt_kind == DTRACE_VAL_USTACK ? "ustack-frames" : "value");
	value(cmd, &type, data->dtpda_data);
	fputc('}', cmd->out);
	return DTRACE_CONSUME_NEXT;
}

int json_buffered(const dtrace_bufdata_t *data, void *arg)
{
	struct cmd *cmd = arg;

	if (!data->dtbda_probe)
		return DTRACE_HANDLE_OK;
	element(cmd, OUTPUT);
	fputs("{\"message\":", cmd->out);
	string(cmd, data->dtbda_buffered);
	fputc('}', cmd->out);
	return DTRACE_HANDLE_OK;
}

/* dtrace:INTERNAL:INTERNAL:DROP; not inside of a record, since the library reports drops between them. */
void json_drop(struct cmd *cmd, const dtrace_dropdata_t *drop)
{
	const char *kind = dtrace_dropkind_name(drop->dtdda_kind);

	probe(cmd, 0, drop->dtdda_cpu, 0, (const char *const[]){ "dtrace", "INTERNAL", "INTERNAL", "DROP" });
	fprintf(cmd->out, ",\"count\":%" PRIu64 ",\"total\":%" PRIu64, drop->dtdda_drops, drop->dtdda_total);
	member(cmd, "kind", kind ? kind : "");
	member(cmd, "msg", drop->dtdda_msg);
	fputc('}', cmd->out);
}

void json_begin(struct cmd *cmd)
{
	fputs("{\"dtrace\":{", cmd->out);
	open_list(cmd, PROBES, "probes");
}

void json_end(struct cmd *cmd, bool aggregations)
{
	struct walk walk = { .cmd = cmd };

	fputs("\n],", cmd->out);
	open_list(cmd, AGGS, "aggregations");
	if (aggregations)
		dtrace_aggregate_walk_sorted(cmd->dtp, agg_entry, &walk);
	close_variable(&walk);
	fputs("]}}\n", cmd->out);
}
