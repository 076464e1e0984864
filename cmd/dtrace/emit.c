/* SPDX-License-Identifier: MIT */
/* JSON and XML; see emit.h. */
#include <stdarg.h>
#include <string.h>
#include "emit.h"

/* The length of the UTF-8 character at S, or 0 if it is invalid. */
static int utf8_len(const unsigned char *s)
{
	int len = s[0] < 0x80                   ? 1
		  : s[0] >= 0xc2 && s[0] < 0xe0 ? 2
		  : (s[0] & 0xf0) == 0xe0       ? 3
		  : s[0] >= 0xf0 && s[0] < 0xf5 ? 4
						: 0;

	for (int i = 1; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

static void json_char(FILE *out, unsigned char c)
{
	if (c == '"' || c == '\\')
		fprintf(out, "\\%c", c);
	else if (c < 0x20 || c == 0x7f)
		fprintf(out, "\\u%04x", c);
	else
		fputc(c, out);
}

/* Most control characters cannot be written in XML 1.0. */
static void xml_char(FILE *out, unsigned char c)
{
	switch (c) {
	case '<': fputs("&lt;", out); break;
	case '>': fputs("&gt;", out); break;
	case '&': fputs("&amp;", out); break;
	case '"': fputs("&quot;", out); break;
	case '\t':
	case '\n': fputc(c, out); break;
	case '\r': fputs("&#13;", out); break;
	case 0x7f: fputs("&#127;", out); break;
	default:
		if (c < 0x20)
			fputs("\xef\xbf\xbd", out);
		else
			fputc(c, out);
	}
}

static void write_escaped(struct emit *e, const char *text)
{
	for (const unsigned char *s = (const unsigned char *)text; *s;) {
		int len = utf8_len(s);

		if (len == 1)
			(e->xml ? xml_char : json_char)(e->out, *s);
		else if (s[0] == 0xc2 && s[1] < 0xa0) /* control characters, too */
			fprintf(e->out, e->xml ? "&#%d;" : "\\u%04x", s[1]);
		else if (len)
			fwrite(s, 1, (size_t)len, e->out);
		else
			fputs("\xef\xbf\xbd", e->out); /* U+FFFD */
		s += len ? len : 1;
	}
}

static void begin_element(struct emit *e, const char *name, bool in_list)
{
	if (e->xml) {
		fprintf(e->out, "<%s>", name);
		return;
	}
	if (e->begun[e->depth])
		fputc(',', e->out);
	e->begun[e->depth] = true;
	if (!in_list)
		fprintf(e->out, "\"%s\":", name);
}

static void open_bracket(struct emit *e, char bracket)
{
	if (!e->xml)
		fputc(bracket, e->out);
	if (e->depth < EMIT_MAX_DEPTH - 1)
		e->begun[++e->depth] = false;
}

static void close_bracket(struct emit *e, char bracket)
{
	if (!e->xml)
		fputc(bracket, e->out);
	if (e->depth)
		e->depth--;
}

void emit_begin(struct emit *e, FILE *out, bool xml)
{
	*e = (struct emit){ .out = out, .xml = xml };
	if (!xml)
		open_bracket(e, '{');
}

void emit_end(struct emit *e)
{
	if (!e->xml)
		close_bracket(e, '}');
	fputc('\n', e->out);
}

void emit_open_list(struct emit *e, const char *name)
{
	if (e->xml)
		return;
	begin_element(e, name, false);
	open_bracket(e, '[');
}

void emit_close_list(struct emit *e)
{
	if (!e->xml)
		close_bracket(e, ']');
}

void emit_open(struct emit *e, const char *name, bool in_list)
{
	begin_element(e, name, in_list);
	open_bracket(e, '{');
}

void emit_close(struct emit *e, const char *name)
{
	close_bracket(e, '}');
	if (e->xml)
		fprintf(e->out, "</%s>", name);
}

void emit_text(struct emit *e, const char *name, bool in_list, const char *text)
{
	begin_element(e, name, in_list);
	if (!e->xml)
		fputc('"', e->out);
	write_escaped(e, text);
	if (e->xml)
		fprintf(e->out, "</%s>", name);
	else
		fputc('"', e->out);
}

void emit_number(struct emit *e, const char *name, bool in_list, const char *fmt, ...)
{
	va_list ap;

	begin_element(e, name, in_list);
	va_start(ap, fmt);
	vfprintf(e->out, fmt, ap);
	va_end(ap);
	if (e->xml)
		fprintf(e->out, "</%s>", name);
}

void emit_newline(struct emit *e)
{
	fputc('\n', e->out);
}
