/* SPDX-License-Identifier: MIT */
/* The text of typed values, as illumos' print() writes it.  The entry points and their callers:
 * print.h. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/strbuf.h"
#include "types/internal.h"
#include "types/print.h"

enum { INDENT = 4 };

struct printer {
	struct dt_types *types;
	const struct dt_print_opts *opts;
	struct dt_strbuf *out;
	const uint8_t *data;
	size_t len;
};

static void print_value(struct printer *p, const struct dt_type *t, uint64_t at,
			unsigned int depth);

/* The integer of SIZE bytes at AT, sign-extended if it is signed.  What lies beyond the data reads
 * as 0. */
static uint64_t load(const struct printer *p, uint64_t at, uint64_t size, bool is_signed)
{
	uint64_t value = 0;

	if (size > sizeof(value) || at + size > p->len)
		return 0;
	memcpy(&value, p->data + at, size);
	if (is_signed && size && size < sizeof(value))
		value = (uint64_t)((int64_t)(value << (64 - size * 8)) >> (64 - size * 8));
	return value;
}

static void put_hex(struct printer *p, uint64_t value)
{
	dt_strbuf_printf(p->out, "%#" PRIx64, value);
}

static void put_char(struct printer *p, uint8_t c)
{
	if (isprint(c))
		dt_strbuf_printf(p->out, "'%c'", c);
	else if (!c)
		dt_strbuf_puts(p->out, "'\\0'");
	else
		dt_strbuf_printf(p->out, "'\\%03o'", c);
}

static void print_int(struct printer *p, const struct dt_type *t, uint64_t at, unsigned int depth)
{
	(void)depth;
	if (t->is_char) {
		put_char(p, (uint8_t)load(p, at, 1, false));
	} else if (t->size == 16) {
		uint64_t high = load(p, at + 8, 8, false), low = load(p, at, 8, false);

		if (high)
			dt_strbuf_printf(p->out, "%#" PRIx64 "%016" PRIx64, high, low);
		else
			put_hex(p, low);
	} else {
		put_hex(p, load(p, at, t->size, false));
	}
}

static void print_float(struct printer *p, const struct dt_type *t, uint64_t at, unsigned int depth)
{
	union {
		float f;
		double d;
		long double ld;
	} u = { 0 };

	(void)depth;
	if (t->size <= sizeof(u) && at + t->size <= p->len)
		memcpy(&u, p->data + at, t->size);
	if (t->size == sizeof(long double))
		dt_strbuf_printf(p->out, "%+.16LE", u.ld);
	else
		dt_strbuf_printf(p->out, "%+.7e", t->size == sizeof(float) ? (double)u.f : u.d);
}

static void print_ptr(struct printer *p, const struct dt_type *t, uint64_t at, unsigned int depth)
{
	uint64_t value = load(p, at, sizeof(void *), false);
	char name[256];

	(void)depth;
	if (dt_type_strip(t->base)->kind == DT_K_FUNC && p->opts && p->opts->symbol &&
	    p->opts->symbol(p->opts->arg, value, name, sizeof(name)))
		dt_strbuf_puts(p->out, name);
	else
		put_hex(p, value);
}

static void print_enum(struct printer *p, const struct dt_type *t, uint64_t at, unsigned int depth)
{
	int64_t value = (int64_t)load(p, at, t->size, t->is_signed);
	const char *name = dt_type_enum_name(p->types, t, value);

	(void)depth;
	if (name)
		dt_strbuf_puts(p->out, name);
	else
		dt_strbuf_printf(p->out, "%" PRId64, value);
}

/* Whether it is text: printable bytes, then nothing but NULs, at least one. */
static bool is_text(const uint8_t *s, size_t len)
{
	size_t n = strnlen((const char *)s, len);

	for (size_t i = 0; i < n; i++) {
		if (!isprint(s[i]) && !isspace(s[i]))
			return false;
	}
	for (size_t i = n; i < len; i++) {
		if (s[i])
			return false;
	}
	return n < len;
}

static void put_text(struct printer *p, uint64_t at, uint64_t len)
{
	dt_strbuf_putc(p->out, '"');
	dt_strbuf_add(p->out, (const char *)p->data + at, strnlen((const char *)p->data + at, len));
	dt_strbuf_putc(p->out, '"');
}

static void print_elements(struct printer *p, const struct dt_type *elem, uint64_t at, uint64_t n,
			   unsigned int depth)
{
	bool nested = dt_type_is_sou(elem);
	uint64_t size = dt_type_size(p->types, elem);
	size_t max = p->opts && p->opts->max_elems ? p->opts->max_elems : SIZE_MAX;
	char name[256];

	if (nested) {
		dt_strbuf_putc(p->out, '\n');
		dt_strbuf_pad(p->out, ' ', (size_t)(depth + 1) * INDENT);
	}
	for (uint64_t i = 0; i < n && at + (i + 1) * size <= p->len; i++) {
		dt_strbuf_puts(p->out, i ? ", " : "");
		if (i >= max) {
			dt_strbuf_puts(p->out, "...");
			break;
		}
		if (nested)
			dt_strbuf_printf(p->out, "%s ", dt_type_name(elem, name, sizeof(name)));
		print_value(p, elem, at + i * size, depth + 1);
	}
	if (nested) {
		dt_strbuf_putc(p->out, '\n');
		dt_strbuf_pad(p->out, ' ', (size_t)depth * INDENT);
	}
}

static void print_array(struct printer *p, const struct dt_type *t, uint64_t at, unsigned int depth)
{
	uint64_t size = dt_type_size(p->types, t->base), len = t->nelems * size;

	if (dt_type_is_chararray(t) && at + len <= p->len && is_text(p->data + at, len)) {
		dt_strbuf_puts(p->out, depth ? "[ " : "");
		put_text(p, at, len);
		dt_strbuf_puts(p->out, depth ? " ]" : "");
		return;
	}
	dt_strbuf_puts(p->out, "[ ");
	if (size)
		print_elements(p, t->base, at, t->nelems, depth);
	dt_strbuf_puts(p->out, dt_type_is_sou(t->base) ? "]" : " ]");
}

static void print_bitfield(struct printer *p, const struct dt_member *m, uint64_t at_bits)
{
	uint64_t first = at_bits / 8, last = (at_bits + m->bits - 1) / 8, raw = 0;

	for (uint64_t i = last + 1; i-- > first;) {
		/* a field of 64 bits that starts inside a byte covers nine of them */
		if (i - first == 8)
			raw = load(p, i, 1, false) << (64 - at_bits % 8);
		else if (i - first < 8)
			raw |= load(p, i, 1, false) << ((i - first) * 8) >> at_bits % 8;
	}
	put_hex(p, m->bits < 64 ? raw & ((1ULL << m->bits) - 1) : raw);
}

static void print_member(struct printer *p, const struct dt_member *m, uint64_t at,
			 unsigned int depth)
{
	char name[256];
	size_t len;

	dt_type_name(m->type, name, sizeof(name));
	if (!strcmp(name, "struct {...}") || !strcmp(name, "union {...}"))
		*strchr(name, ' ') = '\0'; /* the members follow */
	len = strlen(name);
	dt_strbuf_pad(p->out, ' ', (size_t)depth * INDENT);
	dt_strbuf_puts(p->out, name);
	if (*m->name)
		dt_strbuf_printf(p->out, "%s%s", len && name[len - 1] == '*' ? "" : " ", m->name);
	if (m->bits)
		dt_strbuf_printf(p->out, " :%u", m->bits);
	dt_strbuf_puts(p->out, *m->name ? " = " : " ");
	if (m->bits)
		print_bitfield(p, m, at * 8 + m->offset_bits);
	else
		print_value(p, m->type, at + m->offset_bits / 8, depth);
	dt_strbuf_putc(p->out, '\n');
}

static void print_sou(struct printer *p, const struct dt_type *t, uint64_t at, unsigned int depth)
{
	size_t n;
	const struct dt_member *members = dt_type_members(p->types, t, &n);

	if (dt_type_complete(p->types, t)->incomplete) {
		dt_strbuf_puts(p->out, "<forward decl>");
		return;
	}
	dt_strbuf_puts(p->out, "{\n");
	for (size_t i = 0; i < n; i++) {
		if (at + members[i].offset_bits / 8 < p->len)
			print_member(p, &members[i], at, depth + 1);
	}
	dt_strbuf_pad(p->out, ' ', (size_t)depth * INDENT);
	dt_strbuf_putc(p->out, '}');
}

static void print_string(struct printer *p, const struct dt_type *t, uint64_t at,
			 unsigned int depth)
{
	(void)t;
	(void)depth;
	put_text(p, at, at < p->len ? p->len - at : 0);
}

static void print_address(struct printer *p, const struct dt_type *t, uint64_t at,
			  unsigned int depth)
{
	(void)depth;
	put_hex(p, load(p, at + t->size - 8, 8, false));
}

static void print_value(struct printer *p, const struct dt_type *t, uint64_t at, unsigned int depth)
{
	static void (*const printers[])(struct printer *, const struct dt_type *, uint64_t,
					unsigned int) = {
		[DT_K_INT] = print_int,         [DT_K_FLOAT] = print_float,
		[DT_K_PTR] = print_ptr,         [DT_K_ARRAY] = print_array,
		[DT_K_STRUCT] = print_sou,      [DT_K_UNION] = print_sou,
		[DT_K_ENUM] = print_enum,       [DT_K_STRING] = print_string,
		[DT_K_SYMADDR] = print_address, [DT_K_USYMADDR] = print_address,
	};

	t = dt_type_complete(p->types, t);
	if (t->kind < ARRAY_SIZE(printers) && printers[t->kind])
		printers[t->kind](p, t, at, depth);
}

void dt_type_print_value(struct dt_types *types, const struct dt_type *type, const void *data,
			 size_t len, const struct dt_print_opts *opts, struct dt_strbuf *out)
{
	struct printer p = { types, opts, out, data, len };

	print_value(&p, type, 0, 0);
}

size_t dt_type_print(struct dt_types *types, const struct dt_type *type, const void *data,
		     size_t len, const struct dt_print_opts *opts, struct dt_strbuf *out)
{
	uint64_t size = dt_type_size(types, type);
	bool is_string = dt_type_is_chararray(type) && is_text(data, DT_MIN(len, size));
	char name[256];

	if (!size)
		return 0;
	dt_strbuf_printf(out, "%s ", is_string ? "string" : dt_type_name(type, name, sizeof(name)));
	dt_type_print_value(types, type, data, len, opts, out);
	if (!dt_type_is_sou(type))
		dt_strbuf_putc(out, '\n');
	return DT_MIN(len, size);
}
