/* SPDX-License-Identifier: MIT */
/* See escape.h. */
#include "consume/escape.h"
#include "base/strbuf.h"

void dt_escape_char(struct dt_strbuf *b, unsigned char c)
{
	static const char letters[] = "abtnvfr"; /* from \a on */

	if (c == '\0')
		dt_strbuf_puts(b, "\\0");
	else if (c >= '\a' && c <= '\r')
		dt_strbuf_printf(b, "\\%c", letters[c - '\a']);
	else if (c < 0x20 || c > 0x7e)
		dt_strbuf_printf(b, "\\%03o", c);
	else
		dt_strbuf_putc(b, (char)c);
}

static size_t utf8_len(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	return lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
}

/* The length of the character at TEXT if a terminal may have it, else 0.  U+0080 to U+009F are
 * control characters, too. */
static size_t printable(const unsigned char *text, size_t len)
{
	size_t n = utf8_len(text[0]);

	if (n == 1)
		return (text[0] >= 0x20 && text[0] != 0x7f) || text[0] == '\n' || text[0] == '\t';
	if (!n || n > len || (text[0] == 0xc2 && text[1] < 0xa0))
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

bool dt_is_printable(const char *text, size_t len)
{
	for (size_t i = 0, n; i < len; i += n) {
		n = printable((const unsigned char *)text + i, len - i);
		if (!n)
			return false;
	}
	return true;
}

void dt_escape_text(struct dt_strbuf *b, const char *text, size_t len)
{
	for (size_t i = 0, n; i < len; i += n ? n : 1) {
		n = printable((const unsigned char *)text + i, len - i);
		if (n)
			dt_strbuf_add(b, text + i, n);
		else
			dt_escape_char(b, (unsigned char)text[i]);
	}
}
