/* SPDX-License-Identifier: MIT */
/*
 * Errors as clients see them: a number, a message in DTrace's words, and for a compiler's error the
 * place.  The message is `[TAG] line N: text`; dtrace_errplace() has the parts of it, the hint and
 * the source line by themselves.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "api/hdl.h"
#include "lang/lang.h"

static const dtrace_errplace_t no_place = { "", "", "", "", "", "", 0, 0 };

static void free_error(struct dt_hdl_error *e)
{
	dt_strbuf_free(&e->text);
	dt_strbuf_free(&e->strings);
}

static void forget_others(dtrace_hdl_t *dtp)
{
	while (dtp->other_errors.n)
		free_error(&dtp->other_errors.data[--dtp->other_errors.n]);
}

static void reset(dtrace_hdl_t *dtp, int number)
{
	struct dt_hdl_error *e = &dtp->error;

	forget_others(dtp);
	e->number = number;
	e->has_text = false;
	e->place = no_place;
	dt_strbuf_clear(&e->text);
	dt_strbuf_clear(&e->strings);
}

/* Copies to the place's strings; returns the offset, since the buffer may move. */
static size_t keep(struct dt_hdl_error *e, const char *s, size_t len)
{
	size_t at = e->strings.len;

	dt_strbuf_add(&e->strings, s, len);
	dt_strbuf_putc(&e->strings, '\0');
	return at;
}

static size_t keep_str(struct dt_hdl_error *e, const char *s)
{
	return keep(e, s ? s : "", s ? strlen(s) : 0);
}

/* ---- numbers with a sentence ---- */

/* What is missing, from a message that ends with it: the capability by its name, otherwise all that
 * follows the first colon. */
static void keep_missing(struct dt_hdl_error *e)
{
	const char *text = e->text.s, *colon = strstr(text, ": "), *cap = strstr(text, "CAP_");
	const char *why = cap ? cap : colon ? colon + 2 : text;
	size_t why_len = cap ? strspn(cap, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") : strlen(why);
	size_t message_at = keep_str(e, text), missing_at = keep(e, why, why_len);

	if (e->strings.nomem)
		return;
	e->place.dtep_message = e->strings.s + message_at;
	e->place.dtep_missing = e->strings.s + missing_at;
}

int dt_set_errno(dtrace_hdl_t *dtp, int err)
{
	reset(dtp, err);
	return -1;
}

int dt_set_error(dtrace_hdl_t *dtp, int err, const char *fmt, ...)
{
	struct dt_hdl_error *e = &dtp->error;
	va_list ap;

	reset(dtp, err);
	va_start(ap, fmt);
	dt_strbuf_vprintf(&e->text, fmt, ap);
	va_end(ap);
	e->has_text = e->text.len > 0;
	if (e->has_text && (err == EDT_ACCESS || err == EDT_KERNEL))
		keep_missing(e);
	return -1;
}

void dt_set_hint(dtrace_hdl_t *dtp, const char *hint)
{
	struct dt_hdl_error *e = &dtp->error;
	size_t message_at = keep_str(e, dtrace_errmsg(dtp, e->number)), hint_at = keep_str(e, hint);

	if (e->strings.nomem)
		return;
	e->place.dtep_message = e->strings.s + message_at;
	e->place.dtep_hint = e->strings.s + hint_at;
}

int dt_set_failure(dtrace_hdl_t *dtp, int err, const char *why)
{
	return *why ? dt_set_error(dtp, -err, "%s", why) : dt_set_errno(dtp, -err);
}

int dt_set_run_error(dtrace_hdl_t *dtp, int err)
{
	return dt_set_failure(dtp, err, dt_run_why(dtp->run));
}

/* ---- diagnostics of the compiler ---- */

static void compose(struct dt_strbuf *text, const struct dt_diag *d, const char *tag,
		    const char *context, const char *msg)
{
	if (tag)
		dt_strbuf_printf(text, "[%s] ", tag);
	if (d->loc.file && d->loc.line && context && strcmp(context, d->loc.file))
		dt_strbuf_printf(text, "\"%s\", line %u: ", d->loc.file, d->loc.line);
	else if (d->loc.file && d->loc.line)
		dt_strbuf_printf(text, "line %u: ", d->loc.line);
	else if (!d->loc.file && context)
		dt_strbuf_puts(text, context);
	dt_strbuf_puts(text, msg);
}

static void fill(struct dt_hdl_error *e, const struct dt_diag *d, bool errtags, const char *context,
		 const char *source, size_t len)
{
	const char *msg = d->msg ? d->msg : dt_strerror(d->err), *line = NULL, *s;
	bool lacks = d->err == EDT_KERNEL || d->err == EDT_ACCESS;
	size_t line_len = 0, at[6];

	compose(&e->text, d, errtags ? d->tag : NULL, context, msg);
	e->has_text = e->text.len > 0;
	if (source && d->loc.line)
		line = dt_lang_line(source, len, d->loc.line, &line_len);
	at[0] = keep_str(e, d->tag);
	at[1] = keep_str(e, msg);
	at[2] = keep_str(e, d->loc.file);
	at[3] = keep(e, line ? line : "", line ? line_len : 0);
	at[4] = keep_str(e, d->hint);
	at[5] = keep_str(e, lacks ? msg : NULL);
	if (e->strings.nomem)
		return;
	s = e->strings.s;
	e->place = (dtrace_errplace_t){
		.dtep_tag = s + at[0],
		.dtep_message = s + at[1],
		.dtep_file = s + at[2],
		.dtep_source = s + at[3],
		.dtep_hint = s + at[4],
		.dtep_missing = s + at[5],
		.dtep_line = (int)d->loc.line,
		.dtep_column = (int)d->loc.col,
	};
}

int dt_set_diag(dtrace_hdl_t *dtp, const struct dt_diag *d, const char *context, const char *source,
		size_t len)
{
	reset(dtp, d->err);
	fill(&dtp->error, d, dtp->copts.errtags, context, source, len);
	return -1;
}

void dt_add_diag(dtrace_hdl_t *dtp, const struct dt_diag *d, const char *context,
		 const char *source, size_t len)
{
	struct dt_hdl_error e = { .number = d->err, .place = no_place };

	fill(&e, d, dtp->copts.errtags, context, source, len);
	if (e.text.nomem || !dt_vec_push(&dtp->other_errors, e))
		free_error(&e);
}

void dt_errors_free(dtrace_hdl_t *dtp)
{
	forget_others(dtp);
	dt_vec_free(&dtp->other_errors);
	free_error(&dtp->error);
}

/* ---- what clients ask ---- */

int dtrace_errno(dtrace_hdl_t *dtp)
{
	return dtp->error.number;
}

const char *dtrace_errmsg(dtrace_hdl_t *dtp, int error)
{
	if (dtp && dtp->error.has_text && error == dtp->error.number)
		return dtp->error.text.s;
	return dt_strerror(error);
}

int dtrace_errplace(dtrace_hdl_t *dtp, dtrace_errplace_t *place)
{
	*place = dtp->error.place.dtep_tag ? dtp->error.place : no_place;
	return place->dtep_message[0] ? 0 : -1;
}

const char *dtrace_errother(dtrace_hdl_t *dtp, int i, dtrace_errplace_t *place)
{
	const struct dt_hdl_error *e;

	if (i < 0 || (size_t)i >= dtp->other_errors.n)
		return NULL;
	e = &dtp->other_errors.data[i];
	if (place)
		*place = e->place;
	return e->text.s;
}
