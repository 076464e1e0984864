/* SPDX-License-Identifier: MIT */
/*
 * Errors as clients see them: the handle's number, the message in DTrace's words, and the place
 * that dtrace_errplace() tells.  A compiler's message is `[TAG] line N: text`; hint and source line
 * are kept apart.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "api/hdl.h"
#include "lang/lang.h"

static void forget_place(dtrace_hdl_t *dtp)
{
	dtp->place = (dtrace_errplace_t){ "", "", "", "", "", "", 0, 0 };
	dt_strbuf_clear(&dtp->errplace_text);
	dtp->errtext_valid = false;
}

int dt_set_errno(dtrace_hdl_t *dtp, int err)
{
	forget_place(dtp);
	dtp->err = err;
	return -1;
}

/* Copies into errplace_text; the offset, since the buffer may move. */
static size_t keep(dtrace_hdl_t *dtp, const char *s, size_t len)
{
	size_t at = dtp->errplace_text.len;

	dt_strbuf_add(&dtp->errplace_text, s, len);
	dt_strbuf_putc(&dtp->errplace_text, '\0');
	return at;
}

static size_t keep_str(dtrace_hdl_t *dtp, const char *s)
{
	return keep(dtp, s ? s : "", s ? strlen(s) : 0);
}

/* What lacks, out of a message that ends with it: the capability by its name, else all that follows
 * the first colon. */
static void keep_missing(dtrace_hdl_t *dtp)
{
	const char *text = dtp->errtext.s, *why = strstr(text, ": "), *cap = strstr(text, "CAP_");
	size_t at[2];

	why = cap ? cap : why ? why + 2 : text;
	at[0] = keep_str(dtp, text);
	at[1] = keep(dtp, why, cap ? strspn(cap, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") : strlen(why));
	if (dtp->errplace_text.nomem)
		return;
	dtp->place.dtep_message = dtp->errplace_text.s + at[0];
	dtp->place.dtep_missing = dtp->errplace_text.s + at[1];
}

int dt_set_error(dtrace_hdl_t *dtp, int err, const char *fmt, ...)
{
	va_list ap;

	forget_place(dtp);
	dtp->err = err;
	dt_strbuf_clear(&dtp->errtext);
	va_start(ap, fmt);
	dt_strbuf_vprintf(&dtp->errtext, fmt, ap);
	va_end(ap);
	dtp->errtext_valid = dtp->errtext.len > 0;
	if (dtp->errtext_valid && (err == EDT_ACCESS || err == EDT_KERNEL))
		keep_missing(dtp);
	return -1;
}

static void compose(dtrace_hdl_t *dtp, const struct dt_diag *d, const char *context,
		    const char *msg)
{
	struct dt_strbuf *b = &dtp->errtext;

	dt_strbuf_clear(b);
	if (d->tag && dtp->copts.errtags)
		dt_strbuf_printf(b, "[%s] ", d->tag);
	if (d->loc.file && d->loc.line && context && strcmp(context, d->loc.file))
		dt_strbuf_printf(b, "\"%s\", line %u: ", d->loc.file, d->loc.line);
	else if (d->loc.file && d->loc.line)
		dt_strbuf_printf(b, "line %u: ", d->loc.line);
	else if (!d->loc.file && context)
		dt_strbuf_printf(b, "%s", context);
	dt_strbuf_puts(b, msg);
	dtp->errtext_valid = b->len > 0;
}

int dt_set_diag(dtrace_hdl_t *dtp, const struct dt_diag *d, const char *context, const char *source,
		size_t len)
{
	const char *msg = d->msg ? d->msg : dt_strerror(d->err), *line = NULL;
	size_t line_len = 0, at[6];

	forget_place(dtp);
	dtp->err = d->err;
	compose(dtp, d, context, msg);
	if (source && d->loc.line)
		line = dt_lang_line(source, len, d->loc.line, &line_len);
	at[0] = keep_str(dtp, d->tag);
	at[1] = keep_str(dtp, msg);
	at[2] = keep_str(dtp, d->loc.file);
	at[3] = keep(dtp, line ? line : "", line ? line_len : 0);
	at[4] = keep_str(dtp, d->hint);
	at[5] = keep_str(dtp, d->err == EDT_KERNEL || d->err == EDT_ACCESS ? msg : NULL);
	if (dtp->errplace_text.nomem)
		return -1;
	dtp->place = (dtrace_errplace_t){ dtp->errplace_text.s + at[0],
					  dtp->errplace_text.s + at[1],
					  dtp->errplace_text.s + at[2],
					  dtp->errplace_text.s + at[3],
					  dtp->errplace_text.s + at[4],
					  dtp->errplace_text.s + at[5],
					  (int)d->loc.line,
					  (int)d->loc.col };
	return -1;
}

int dt_set_failure(dtrace_hdl_t *dtp, int err, const char *why)
{
	return *why ? dt_set_error(dtp, -err, "%s", why) : dt_set_errno(dtp, -err);
}

int dt_set_run_error(dtrace_hdl_t *dtp, int err)
{
	return dt_set_failure(dtp, err, dt_run_why(dtp->run));
}

int dtrace_errno(dtrace_hdl_t *dtp)
{
	return dtp->err;
}

const char *dtrace_errmsg(dtrace_hdl_t *dtp, int error)
{
	if (dtp && dtp->errtext_valid && error == dtp->err)
		return dtp->errtext.s;
	return dt_strerror(error);
}

int dtrace_errplace(dtrace_hdl_t *dtp, dtrace_errplace_t *place)
{
	*place = dtp->place;
	if (!place->dtep_tag)
		*place = (dtrace_errplace_t){ "", "", "", "", "", "", 0, 0 };
	if (place->dtep_message[0])
		return 0;
	return -1;
}
