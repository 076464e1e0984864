/* SPDX-License-Identifier: MIT */
/*
 * Text to a FILE or to the buffered handler: see output.h.  Called by whatever prints.
 */
#include "consume/output.h"

#include <errno.h>
#include <stdarg.h>
#include "consume/context.h"

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
