/* SPDX-License-Identifier: MIT */
/* A string that grows; see strbuf.h. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/strbuf.h"

/* Makes room for LEN more bytes and the NUL. */
static bool make_room(struct dt_strbuf *b, size_t len)
{
	size_t cap = b->cap ? b->cap : 64;
	char *s;

	if (b->nomem)
		return false;
	if (len < b->cap && b->len + len < b->cap)
		return true;
	if (len > SIZE_MAX / 4 || b->len > SIZE_MAX / 4) {
		b->nomem = true;
		return false;
	}
	while (cap <= b->len + len)
		cap *= 2;
	s = realloc(b->s, cap);
	if (!s) {
		b->nomem = true;
		return false;
	}
	b->s = s;
	b->cap = cap;
	return true;
}

void dt_strbuf_add(struct dt_strbuf *b, const char *s, size_t len)
{
	if (!make_room(b, len))
		return;
	if (len)
		memcpy(b->s + b->len, s, len);
	b->len += len;
	b->s[b->len] = '\0';
}

void dt_strbuf_puts(struct dt_strbuf *b, const char *s)
{
	dt_strbuf_add(b, s, strlen(s));
}

void dt_strbuf_putc(struct dt_strbuf *b, char c)
{
	dt_strbuf_add(b, &c, 1);
}

void dt_strbuf_pad(struct dt_strbuf *b, char c, size_t count)
{
	if (!make_room(b, count))
		return;
	memset(b->s + b->len, c, count);
	b->len += count;
	b->s[b->len] = '\0';
}

void dt_strbuf_vprintf(struct dt_strbuf *b, const char *fmt, va_list ap)
{
	va_list again;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0 || !make_room(b, (size_t)len))
		return;
	vsnprintf(b->s + b->len, (size_t)len + 1, fmt, ap);
	b->len += (size_t)len;
}

void dt_strbuf_printf(struct dt_strbuf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	dt_strbuf_vprintf(b, fmt, ap);
	va_end(ap);
}

void dt_strbuf_clear(struct dt_strbuf *b)
{
	b->len = 0;
	b->nomem = false;
	if (b->s)
		b->s[0] = '\0';
}

void dt_strbuf_free(struct dt_strbuf *b)
{
	free(b->s);
	*b = (struct dt_strbuf){ 0 };
}

const char *dt_strbuf_str(const struct dt_strbuf *b)
{
	return b->s ? b->s : "";
}
