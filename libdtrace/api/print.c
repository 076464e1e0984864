/* SPDX-License-Identifier: MIT */
/*
 * For clients that print records themselves: dtrace_fprintf() and its kin, the types of data,
 * stacks and symbols as text.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "api/hdl.h"
#include "builtin/builtins.h"
#include "check/format.h"
#include "consume/consume.h"
#include "symbols/symbols.h"
#include "types/print.h"
#include "types/types.h"

struct format {
	const char *text;
	struct dt_fmt *fmt;
};

static void parse_format(struct dt_compile *compile, void *arg)
{
	struct format *f = arg;

	f->fmt = dt_fmt_parse(compile, &(struct dt_loc){ 0 }, f->text);
}

static void *create(dtrace_hdl_t *dtp, const char *text)
{
	struct dt_compile compile = { .arena = dtp->arena };
	struct format format = { .text = text };

	if (!dt_compile_run(&compile, parse_format, &format)) {
		dt_set_diag(dtp, &compile.diag, NULL, NULL, 0);
		return NULL;
	}
	return format.fmt;
}

void *dtrace_printf_create(dtrace_hdl_t *dtp, const char *fmt)
{
	return create(dtp, fmt);
}

void *dtrace_printa_create(dtrace_hdl_t *dtp, const char *fmt)
{
	return create(dtp, fmt);
}

size_t dtrace_printf_format(dtrace_hdl_t *dtp, void *fmt, char *buf, size_t len)
{
	(void)dtp;
	return (size_t)snprintf(buf, len, "%s", ((const struct dt_fmt *)fmt)->text);
}

#define FORMATTED(name)                                                                            \
	int dtrace_##name(dtrace_hdl_t *dtp, FILE *fp, void *fmt, const dtrace_probedata_t *data,  \
			  const dtrace_recdesc_t *recs, uint_t nrecs, const void *buf, size_t len) \
	{                                                                                          \
		int used;                                                                          \
                                                                                                   \
		if (!dt_consumer(dtp))                                                             \
			return dt_set_errno(dtp, EINVAL);                                          \
		used = dt_consume_##name(dt_consumer(dtp), fp, fmt, data, recs, nrecs, buf, len);  \
		return used < 0 ? dt_set_errno(dtp, dt_consume_err(dt_consumer(dtp))) : used;      \
	}

FORMATTED(fprintf)
FORMATTED(fprinta)
FORMATTED(system)
FORMATTED(freopen)

int dtrace_print(dtrace_hdl_t *dtp, FILE *fp, const char *type, caddr_t addr, size_t len)
{
	const struct dt_type *t = dt_types_parse(dtp->env.types, type);
	struct dt_strbuf text = { 0 };
	size_t used;

	if (!fp)
		return dt_set_errno(dtp, EDT_NOBUFFERED);
	if (!t)
		return 0;
	used = dt_type_print(dtp->env.types, t, addr, len, NULL, &text);
	fputs(dt_strbuf_str(&text), fp);
	dt_strbuf_free(&text);
	return (int)used;
}

const char *dtrace_subrstr(dtrace_hdl_t *dtp, int subr)
{
	const struct dt_builtin *row;

	(void)dtp;
	/* Subroutines are numbered in the order of the rows. */
	for (size_t i = 0; (row = dt_builtin_at(dt_all_builtins, i)); i++)
		if (row->kind == DT_BI_SUBR && subr-- == 0)
			return row->name;
	return "unknown";
}

/* ---- data: types and text ---- */

int dtrace_rec_valtype(dtrace_hdl_t *dtp, const dtrace_probedata_t *data,
		       const dtrace_recdesc_t *rec, dtrace_valtype_t *type)
{
	if (!dt_consumer(dtp) ||
	    dt_consume_rec_valtype(dt_consumer(dtp), data->dtpda_edesc, rec, type))
		return dt_set_errno(dtp, EINVAL);
	return 0;
}

int dtrace_rec_timestamps(dtrace_hdl_t *dtp, bool on)
{
	if (dt_is_started(dtp))
		return dt_set_errno(dtp, EDT_ACTIVE);
	dtp->rec_timestamps = on;
	return 0;
}

/* The time is in the header of the EPID record, in front of the data. */
uint64_t dtrace_rec_timestamp(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec)
{
	const dtrace_rechdr_t *h = (const void *)(data->dtpda_data - (rec ? rec->dtrd_offset : 0));

	return (uint64_t)h->dtrh_timestamp_hi << 32 | h->dtrh_timestamp_lo;
}

int dtrace_sym2str(dtrace_hdl_t *dtp, dtrace_valkind_t kind, const void *datum, char *buf, int n)
{
	static const enum dt_symtext how[] = {
		[DTRACE_VAL_SYM] = DT_SYMTEXT_NAME,     [DTRACE_VAL_MOD] = DT_SYMTEXT_MODULE,
		[DTRACE_VAL_USYM] = DT_SYMTEXT_NAME,    [DTRACE_VAL_UMOD] = DT_SYMTEXT_MODULE,
		[DTRACE_VAL_UADDR] = DT_SYMTEXT_OFFSET,
	};
	size_t size = n > 0 ? (size_t)n : 0;
	uint64_t words[2];

	if (kind < DTRACE_VAL_SYM || kind > DTRACE_VAL_UADDR)
		return dt_set_errno(dtp, EINVAL);
	if (kind <= DTRACE_VAL_MOD) {
		memcpy(words, datum, 8);
		return (int)dt_ksyms_text(dtp->env.ksyms, words[0], how[kind], buf, size);
	}
	memcpy(words, datum, 16);
	return (int)dt_usyms_text(dtp->env.usyms, (pid_t)words[0], words[1], how[kind], buf, size);
}

int dtrace_frame2str(dtrace_hdl_t *dtp, const dtrace_valtype_t *type, const void *datum, int frame,
		     char *buf, int n)
{
	size_t size = n > 0 ? (size_t)n : 0;
	uint64_t pid = 0, pc = 0;
	bool user = type->dtvt_kind == DTRACE_VAL_USTACK;
	enum dt_symtext how = frame ? DT_SYMTEXT_RETURN : DT_SYMTEXT_OFFSET;

	if (!user && type->dtvt_kind != DTRACE_VAL_STACK)
		return dt_set_errno(dtp, EINVAL);
	if (frame < 0 || (uint32_t)frame >= type->dtvt_count)
		return 0;
	if (user)
		memcpy(&pid, datum, 8);
	memcpy(&pc, (const char *)datum + 8 * ((size_t)frame + user), 8);
	if (!pc)
		return 0;
	if (user)
		return (int)dt_usyms_text(dtp->env.usyms, (pid_t)pid, pc, how, buf, size);
	return (int)dt_ksyms_text(dtp->env.ksyms, pc, how, buf, size);
}
