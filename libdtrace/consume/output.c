/* SPDX-License-Identifier: MIT */
/*
 * Text to a FILE or to the buffered handler: see output.h.  Called by whatever prints.
 */
#include "consume/output.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>
#include "consume/context.h"
#include "consume/escape.h"

/* Nearly all pieces are short: they take one pass over the format. */
void dt_out_printf(struct dt_out *out, const char *fmt, ...)
{
	char text[160];
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (len >= 0 && len < (int)sizeof(text)) {
		dt_strbuf_add(&out->text, text, (size_t)len);
		return;
	}
	va_start(ap, fmt);
	dt_strbuf_vprintf(&out->text, fmt, ap);
	va_end(ap);
}

void dt_out_write(struct dt_out *out, const char *s, size_t len)
{
	dt_strbuf_add(&out->text, s, len);
}

void dt_out_puts(struct dt_out *out, const char *s)
{
	dt_strbuf_puts(&out->text, s);
}

void dt_out_pad(struct dt_out *out, char c, size_t n)
{
	dt_strbuf_pad(&out->text, c, n);
}

/* Asked only about text that would be escaped: freopen() changes the answer. */
static bool is_terminal(const struct dt_out *out)
{
	return out->fp && isatty(fileno(out->fp));
}

void dt_out_escape(struct dt_out *out, size_t mark)
{
	struct dt_strbuf *text = &out->text, escaped = { 0 };

	if (text->nomem || dt_is_printable(text->s + mark, text->len - mark) || !is_terminal(out))
		return;
	dt_escape_text(&escaped, text->s + mark, text->len - mark);
	text->len = mark;
	dt_strbuf_add(text, dt_strbuf_str(&escaped), escaped.len);
	text->nomem |= escaped.nomem;
	dt_strbuf_free(&escaped);
}

void dt_out_field(struct dt_out *out, const char *s, size_t len, size_t width, bool left)
{
	struct dt_strbuf escaped = { 0 };
	size_t pad;

	if (!dt_is_printable(s, len) && is_terminal(out)) {
		dt_escape_text(&escaped, s, len);
		s = dt_strbuf_str(&escaped);
		len = escaped.len;
	}
	pad = len < width ? width - len : 0;
	if (!left)
		dt_out_pad(out, ' ', pad);
	dt_out_write(out, s, len);
	if (left)
		dt_out_pad(out, ' ', pad);
	out->text.nomem |= escaped.nomem;
	dt_strbuf_free(&escaped);
}

/* The handler gets text that ends at its first NUL, as a C string does. */
static int flush_handler(struct dt_out *out, const dtrace_recdesc_t *rec,
			 const dtrace_aggdata_t *agg, uint32_t flags)
{
	struct dt_con *con = out->con;
	dtrace_bufdata_t data = {
		.dtbda_handle = con->hdl,
		.dtbda_buffered = dt_strbuf_str(&out->text),
		.dtbda_probe = (dtrace_probedata_t *)(agg ? NULL : out->probe),
		.dtbda_recdesc = rec,
		.dtbda_aggdata = agg,
		.dtbda_flags = flags,
	};

	if (!con->handlers.buffered)
		return dt_con_error(con, EDT_NOBUFFERED);
	if (con->handlers.buffered(&data, con->handlers.buffered_arg) == DTRACE_HANDLE_ABORT)
		return dt_con_error(con, EDT_DIRABORT);
	return 0;
}

int dt_out_flush(struct dt_out *out, const dtrace_recdesc_t *rec, const dtrace_aggdata_t *agg,
		 uint32_t flags)
{
	int rc = 0;

	if (out->text.nomem) {
		dt_strbuf_free(&out->text);
		return dt_con_error(out->con, EDT_NOMEM);
	}
	if (!out->text.len)
		return 0;
	if (!out->fp)
		rc = flush_handler(out, rec, agg, flags);
	else if (fwrite(out->text.s, 1, out->text.len, out->fp) != out->text.len)
		rc = dt_con_error(out->con, errno ? errno : EIO);
	dt_strbuf_clear(&out->text);
	return rc;
}
