/* SPDX-License-Identifier: MIT */
/*
 * Where text goes: a FILE of the client's, or, when that is NULL, the buffered handler, in the
 * pieces that DTrace's clients know (one per record; for aggregations keys, values and the text
 * between them one by one).  Text is gathered in one buffer, which is reused; dt_out_flush() hands
 * the piece over.
 */
#ifndef DT_CONSUME_OUTPUT_H
#define DT_CONSUME_OUTPUT_H

#include <dtrace.h>
#include <stdbool.h>
#include <stdio.h>
#include "base/strbuf.h"

struct dt_con;

struct dt_out {
	struct dt_con *con;
	FILE *fp;              /* NULL: the buffered handler */
	struct dt_strbuf text; /* the piece in hand */
	const dtrace_probedata_t *probe;
};

/* These append; out of memory is reported by the flush. */
void dt_out_printf(struct dt_out *out, const char *fmt, ...) DT_PRINTF(2, 3);
void dt_out_write(struct dt_out *out, const char *s, size_t len);
void dt_out_puts(struct dt_out *out, const char *s);
void dt_out_pad(struct dt_out *out, char c, size_t n);
/* Traced text, padded to WIDTH on the right or, unless LEFT, in front. */
void dt_out_field(struct dt_out *out, const char *s, size_t len, size_t width, bool left);
/* What was appended since the piece had MARK bytes is traced text: if it goes to a terminal,
 * control characters in it are escaped. */
void dt_out_escape(struct dt_out *out, size_t mark);

/* Hands the piece over; an empty one makes no call. 0, or -1 with con->err. */
int dt_out_flush(struct dt_out *out, const dtrace_recdesc_t *rec, const dtrace_aggdata_t *agg,
		 uint32_t flags);

#endif
