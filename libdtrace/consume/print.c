/* SPDX-License-Identifier: MIT */
/*
 * How a datum looks when no format says so (show.h): integers by their size and sign, strings,
 * bytes as a hex dump, stacks and symbols by their action.  Widths are illumos'.  Only D strings
 * and arrays of char are tried as text.
 */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include "consume/context.h"
#include "consume/output.h"
#include "consume/show.h"
#include "consume/stack.h"
#include "types/types.h"

/* Widths of integers. */
static const struct int_look {
	uint32_t size;
	int width;
} int_looks[] = {
	{ 8, 16 },
	{ 4, 8 },
	{ 2, 5 },
	{ 1, 3 },
};

static const struct int_look *int_look(uint32_t size)
{
	for (size_t i = 0; i < ARRAY_SIZE(int_looks); i++)
		if (int_looks[i].size == size)
			return &int_looks[i];
	return NULL;
}

/* With the sign of its type; what has none (exit()'s status) is signed. */
static void show_int(struct dt_out *out, const struct int_look *look, const struct dt_datum *d,
		     bool bare)
{
	bool is_signed = !d->type || dt_type_is_signed(d->type);
	int64_t value = dt_datum_int(d->data, look->size, is_signed);

	dt_out_printf(out, is_signed ? "%s%*" PRId64 : "%s%*" PRIu64, bare ? "" : " ",
		      bare ? 0 : look->width, value);
}

void dt_show_hexdump(struct dt_out *out, const void *data, size_t size)
{
	const unsigned char *p = data;

	if (!size)
		return;
	dt_out_puts(out, "\n           ");
	for (int i = 0; i < 16; i++)
		dt_out_printf(out, "  %x", (unsigned)i);
	dt_out_puts(out, "  0123456789abcdef\n");
	for (size_t at = 0; at < size; at += 16) {
		size_t n = DT_MIN(size - at, 16);

		dt_out_printf(out, "     %5zx:", at);
		for (size_t i = 0; i < 16; i++) {
			if (i < n)
				dt_out_printf(out, " %02x", p[at + i]);
			else
				dt_out_puts(out, "   ");
		}
		dt_out_puts(out, "  ");
		for (size_t i = 0; i < n; i++) {
			char c = (char)p[at + i];

			dt_out_write(out, c >= 0x20 && c <= 0x7e ? &c : ".", 1);
		}
		dt_out_puts(out, "\n");
	}
}

/* ---- text ---- */

static bool is_text_byte(unsigned char c)
{
	return (c >= 0x20 && c <= 0x7e) || (c >= '\a' && c <= '\r');
}

enum look { LOOK_BYTES, LOOK_TEXT, LOOK_UNENDED };

/* Text up to a NUL with only NULs behind it; text that fills the block; anything else. */
static enum look text_look(const char *p, uint32_t size)
{
	uint32_t i = 0;

	while (i < size && is_text_byte((unsigned char)p[i]))
		i++;
	if (i == size)
		return LOOK_UNENDED;
	if (i == 0)
		return LOOK_BYTES;
	for (; i < size; i++)
		if (p[i])
			return LOOK_BYTES;
	return LOOK_TEXT;
}

static void show_text(struct dt_out *out, const char *text, uint32_t size, bool bare, int width)
{
	if (!bare)
		dt_out_puts(out, "  ");
	dt_out_field(out, text, strnlen(text, size), bare ? 0 : (size_t)width, true);
}

static bool show_as_text(struct dt_out *out, const struct dt_datum *d, bool bare, int width)
{
	enum look look;

	if (d->type && dt_type_is_string(d->type)) {
		show_text(out, d->data, d->size, bare, width);
		return true;
	}
	if (d->type && !dt_type_is_chararray(d->type))
		return false;
	look = text_look(d->data, d->size);
	if (look != LOOK_BYTES)
		show_text(out, d->data, d->size, bare && look == LOOK_TEXT, width);
	return look != LOOK_BYTES;
}

#define TRACE_WIDTH 33
#define KEY_WIDTH   50

static bool is_number(const struct dt_datum *d)
{
	return int_look(d->size) &&
	       (!d->type || dt_type_is_scalar(d->type) || d->action == DTRACEACT_EXIT);
}

static void show_value(struct dt_out *out, const struct dt_datum *d, bool key)
{
	bool bare = !key && dt_con_has(out->con, DTRACEOPT_QUIET),
	     raw = !key && dt_con_has(out->con, DTRACEOPT_RAWBYTES);

	if (is_number(d))
		show_int(out, int_look(d->size), d, bare);
	else if (raw || !show_as_text(out, d, bare, key ? KEY_WIDTH : TRACE_WIDTH))
		dt_show_hexdump(out, d->data, d->size);
}

/* ---- by action ---- */

static void show_bytes(struct dt_out *out, const struct dt_datum *d, bool key DT_UNUSED)
{
	dt_show_hexdump(out, d->data, d->size);
}

static void show_symbol(struct dt_out *out, const struct dt_datum *d, bool key DT_UNUSED)
{
	char text[DT_TEXT_MAX];

	dt_text_symbol(&out->con->names, d->action, d->data, text, sizeof(text));
	dt_out_puts(out, "  ");
	dt_out_field(out, text, strlen(text), KEY_WIDTH, true);
}

#define DEFAULT_INDENT 14

static void show_frames(struct dt_out *out, const struct dt_datum *d, bool key DT_UNUSED)
{
	dt_show_stack(out, d, (int)dt_con_opt(out->con, DTRACEOPT_STACKINDENT, DEFAULT_INDENT));
}

static const struct {
	uint16_t action;
	void (*show)(struct dt_out *out, const struct dt_datum *d, bool key);
} by_action[] = {
	{ DTRACEACT_STACK, show_frames },   { DTRACEACT_USTACK, show_frames },
	{ DTRACEACT_JSTACK, show_frames },  { DTRACEACT_SYM, show_symbol },
	{ DTRACEACT_MOD, show_symbol },     { DTRACEACT_USYM, show_symbol },
	{ DTRACEACT_UMOD, show_symbol },    { DTRACEACT_UADDR, show_symbol },
	{ DTRACEACT_TRACEMEM, show_bytes },
};

void dt_show_datum(struct dt_out *out, const struct dt_datum *d, bool key)
{
	if (!d->size)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(by_action); i++)
		if (by_action[i].action == d->action) {
			by_action[i].show(out, d, key);
			return;
		}
	show_value(out, d, key);
}
