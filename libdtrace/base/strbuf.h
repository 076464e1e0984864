/* SPDX-License-Identifier: MIT */
/*
 * A string that grows, on the heap.  Zero-filled is empty.  Running out of memory is remembered in
 * `nomem` and makes later appends do nothing, so that a writer tests once, at the end.
 */
#ifndef DT_BASE_STRBUF_H
#define DT_BASE_STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include "base/util.h"

struct dt_strbuf {
	char *s; /* NUL-terminated; NULL before the first append */
	size_t len, cap;
	bool nomem;
};

void dt_strbuf_add(struct dt_strbuf *b, const char *s, size_t len);
void dt_strbuf_puts(struct dt_strbuf *b, const char *s);
void dt_strbuf_putc(struct dt_strbuf *b, char c);
void dt_strbuf_pad(struct dt_strbuf *b, char c, size_t count);
void dt_strbuf_printf(struct dt_strbuf *b, const char *fmt, ...) DT_PRINTF(2, 3);
void dt_strbuf_vprintf(struct dt_strbuf *b, const char *fmt, va_list ap);
void dt_strbuf_clear(struct dt_strbuf *b); /* empties it and keeps the memory */
void dt_strbuf_free(struct dt_strbuf *b);
const char *dt_strbuf_str(const struct dt_strbuf *b); /* never NULL */

#endif
