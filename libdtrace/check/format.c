/* SPDX-License-Identifier: MIT */
/*
 * Formats of printf() and the like: parsing them, and checking them against types; see format.h.
 * All knowledge of conversion letters is in the table of conversions.  Tags and texts of errors are
 * DTrace's.
 */
#include "check/format.h"

#include <ctype.h>
#include <string.h>
#include "base/arena.h"
#include "base/vec.h"
#include "contract/builtin.h"
#include "check/tree.h"
#include "types/types.h"

static bool accepts_int(const struct dt_conv *conv DT_UNUSED, const struct dt_type *type)
{
	return dt_type_is_integer(type);
}

static bool accepts_sized(const struct dt_conv *conv, const struct dt_type *type)
{
	if (!dt_type_is_integer(type) || dt_type_strip(type)->size != conv->size)
		return false;
	return !conv->sign || (conv->sign > 0) == dt_type_is_signed(type);
}

static bool accepts_char(const struct dt_conv *conv DT_UNUSED, const struct dt_type *type)
{
	return dt_type_is_integer(type) && dt_type_strip(type)->size <= sizeof(int);
}

static bool accepts_wchar(const struct dt_conv *conv DT_UNUSED, const struct dt_type *type)
{
	return dt_type_is_integer(type) && dt_type_strip(type)->size <= 4;
}

static bool accepts_text(const struct dt_conv *conv DT_UNUSED, const struct dt_type *type)
{
	return dt_type_is_string(type) || dt_type_is_chararray(type);
}

static bool accepts_wtext(const struct dt_conv *conv DT_UNUSED, const struct dt_type *type)
{
	const struct dt_type *t = dt_type_strip(type);

	return t->kind == DT_K_ARRAY && dt_type_is_integer(t->base) &&
	       dt_type_strip(t->base)->size == 4;
}

static bool accepts_addr(const struct dt_conv *conv DT_UNUSED, const struct dt_type *type)
{
	return dt_type_is_ptrlike(type) || dt_type_is_integer(type);
}

static bool accepts_symbol(const struct dt_conv *conv, const struct dt_type *type)
{
	enum dt_kind kind = dt_type_strip(type)->kind;

	return kind == DT_K_SYMADDR || kind == DT_K_USYMADDR || accepts_addr(conv, type);
}

static bool accepts_stack(const struct dt_conv *conv DT_UNUSED, const struct dt_type *type)
{
	return dt_type_strip(type)->kind == DT_K_STACK;
}

static bool accepts_float(const struct dt_conv *conv, const struct dt_type *type)
{
	return dt_type_is_float(type) && (!conv->size || dt_type_strip(type)->size == conv->size);
}

#define INTS   "char, short, int, long, or long long"
#define CHARS  "char, short, or int"
#define FLOATS "float, double, or long double"
#define TEXT   "char [] or string (or use stringof)"
#define UADDR  "pointer or integer (with -p/-c) or _usymaddr (without -p/-c)"
#define SIZED(prefix, bytes, word)                                                           \
	{ prefix "d", 'd', DT_FMT_INT, bytes, 1, accepts_sized, word },                      \
		{ prefix "i", 'd', DT_FMT_INT, bytes, 1, accepts_sized, word },              \
		{ prefix "o", 'o', DT_FMT_INT, bytes, -1, accepts_sized, "unsigned " word }, \
		{ prefix "u", 'u', DT_FMT_INT, bytes, -1, accepts_sized, "unsigned " word }, \
		{ prefix "x", 'x', DT_FMT_INT, bytes, 0, accepts_sized, word },              \
	{                                                                                    \
		prefix "X", 'X', DT_FMT_INT, bytes, 0, accepts_sized, word                   \
	}

static const struct dt_conv convs[] = {
	{ "%", '%', DT_FMT_PERCENT, 0, 0, NULL, "" },
	{ "a", 's', DT_FMT_KADDR, 0, 0, accepts_symbol, "pointer or integer" },
	{ "A", 's', DT_FMT_UADDR, 0, 0, accepts_symbol, UADDR },
	{ "c", 'c', DT_FMT_CHAR, 0, 0, accepts_char, CHARS },
	{ "C", 's', DT_FMT_ECHAR, 0, 0, accepts_char, CHARS },
	{ "d", 'd', DT_FMT_INT, 0, 0, accepts_int, INTS },
	{ "e", 'e', DT_FMT_FLOAT, 0, 0, accepts_float, FLOATS },
	{ "E", 'E', DT_FMT_FLOAT, 0, 0, accepts_float, FLOATS },
	{ "f", 'f', DT_FMT_FLOAT, 0, 0, accepts_float, FLOATS },
	{ "g", 'g', DT_FMT_FLOAT, 0, 0, accepts_float, FLOATS },
	{ "G", 'G', DT_FMT_FLOAT, 0, 0, accepts_float, FLOATS },
	SIZED("h", 2, "short"),
	{ "i", 'd', DT_FMT_INT, 0, 0, accepts_int, INTS },
	{ "I", 's', DT_FMT_INET, 0, 0, accepts_text, TEXT },
	{ "k", 's', DT_FMT_STACK, 0, 0, accepts_stack, "stack" },
	SIZED("l", 8, "long"),
	{ "lc", 'c', DT_FMT_WCHAR, 0, 0, accepts_wchar, "int" },
	{ "ls", 's', DT_FMT_WSTR, 0, 0, accepts_wtext, "wchar_t []" },
	SIZED("ll", 8, "long long"),
	{ "Le", 'e', DT_FMT_FLOAT, 16, 0, accepts_float, "long double" },
	{ "LE", 'E', DT_FMT_FLOAT, 16, 0, accepts_float, "long double" },
	{ "Lf", 'f', DT_FMT_FLOAT, 16, 0, accepts_float, "long double" },
	{ "Lg", 'g', DT_FMT_FLOAT, 16, 0, accepts_float, "long double" },
	{ "LG", 'G', DT_FMT_FLOAT, 16, 0, accepts_float, "long double" },
	{ "o", 'o', DT_FMT_INT, 0, 0, accepts_int, INTS },
	{ "p", 'x', DT_FMT_PTR, 0, 0, accepts_addr, "pointer or integer" },
	{ "P", 's', DT_FMT_PORT, 2, 0, accepts_sized, "uint16_t" },
	{ "s", 's', DT_FMT_STR, 0, 0, accepts_text, TEXT },
	{ "S", 's', DT_FMT_ESTR, 0, 0, accepts_text, TEXT },
	{ "T", 's', DT_FMT_DATE, 8, 0, accepts_sized, "int64_t" },
	{ "u", 'u', DT_FMT_INT, 0, 0, accepts_int, INTS },
	{ "wc", 'c', DT_FMT_WCHAR, 0, 0, accepts_wchar, "int" },
	{ "ws", 's', DT_FMT_WSTR, 0, 0, accepts_wtext, "wchar_t []" },
	{ "x", 'x', DT_FMT_INT, 0, 0, accepts_int, INTS },
	{ "X", 'X', DT_FMT_INT, 0, 0, accepts_int, INTS },
	{ "Y", 's', DT_FMT_TIME, 8, 0, accepts_sized, "int64_t" },
};

const struct dt_conv *dt_fmt_convs(uint32_t *n)
{
	*n = ARRAY_SIZE(convs);
	return convs;
}

static const struct dt_conv *conv_find(const char *name, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(convs); i++)
		if (!strncmp(convs[i].name, name, len) && !convs[i].name[len])
			return &convs[i];
	return NULL;
}

/* ---- parsing ---- */

struct parser {
	struct dt_compile *compile;
	const struct dt_loc *loc;
	const char *p;
	uint32_t number; /* of the conversion, from 1 */
	struct dt_fmt_part part;
	bool in_prec; /* after the '.' */
	bool has_digits;
};

static _Noreturn void syntax(struct parser *ps, const char *what)
{
	dt_fail(ps->compile, ps->loc, "D_SYNTAX", "format conversion #%u %s", ps->number, what);
}

/* LEN characters, of which the last one may be meant in the other case, or without a modifier. */
static _Noreturn void undefined(struct parser *ps, const char *name, size_t len)
{
	char *other = dt_arena_strndup(ps->compile->arena, name, len), *last = other + len - 1;
	const char *hint = NULL;

	*last = (char)(isupper((unsigned char)*last) ? tolower((unsigned char)*last)
						     : toupper((unsigned char)*last));
	if (conv_find(other, len))
		hint = dt_arena_printf(ps->compile->arena, "did you mean \"%%%s\"?", other);
	else if (conv_find(name + len - 1, 1))
		hint = dt_arena_printf(ps->compile->arena, "did you mean \"%%%c\"?", name[len - 1]);
	dt_fail_hint(ps->compile, ps->loc, "D_SYNTAX", hint,
		     "format conversion #%u is undefined: %%%.*s", ps->number, (int)len, name);
}

static const struct {
	char c;
	uint32_t set, cleared; /* 0 cancels an earlier -, and the other way round */
} flag_chars[] = {
	{ '#', DT_FF_ALT, 0 },  { '0', DT_FF_ZERO, DT_FF_LEFT }, { '-', DT_FF_LEFT, DT_FF_ZERO },
	{ '+', DT_FF_PLUS, 0 }, { '\'', DT_FF_GROUP, 0 },        { ' ', DT_FF_BLANK, 0 },
	{ '@', DT_FF_AGG, 0 },
};

static bool parse_flag(struct parser *ps)
{
	for (size_t i = 0; i < ARRAY_SIZE(flag_chars); i++)
		if (flag_chars[i].c == *ps->p) {
			ps->part.flags = (ps->part.flags & ~flag_chars[i].cleared) |
					 flag_chars[i].set;
			ps->p++;
			return true;
		}
	return false;
}

static void parse_star(struct parser *ps)
{
	uint32_t flag = ps->in_prec ? DT_FF_DYNPREC : DT_FF_DYNWIDTH;

	if (ps->part.flags & flag)
		syntax(ps, ps->in_prec ? "has more than one '*' specified for the output precision"
				       : "has more than one '*' specified for the output width");
	ps->part.flags |= flag;
	ps->p++;
}

static void parse_digits(struct parser *ps)
{
	int value = 0;

	for (; isdigit((unsigned char)*ps->p); ps->p++)
		if (value < 1000000)
			value = value * 10 + (*ps->p - '0');
	if (*ps->p == '$')
		syntax(ps, "uses unsupported positional format (%n$)");
	*(ps->in_prec ? &ps->part.prec : &ps->part.width) = value;
}

/* Flags, width and precision, in any order that DTrace accepts. */
static void parse_modifiers(struct parser *ps)
{
	for (;;) {
		if (*ps->p == '.') {
			if (ps->in_prec)
				syntax(ps, "has more than one '.' specified");
			ps->in_prec = true;
			ps->p++;
		} else if (*ps->p == '*') {
			parse_star(ps);
		} else if (*ps->p == '?') {
			ps->part.width = 16; /* digits of a pointer, in hexadecimal */
			ps->p++;
		} else if (*ps->p == '$') {
			syntax(ps, "uses unsupported positional format (%n$)");
		} else if (isdigit((unsigned char)*ps->p) && (*ps->p != '0' || ps->in_prec)) {
			parse_digits(ps);
		} else if (!parse_flag(ps)) {
			return;
		}
	}
}

/* What follows the '%'. */
static void parse_conv(struct parser *ps)
{
	const char *start = ps->p;
	size_t len;

	ps->in_prec = false;
	parse_modifiers(ps);
	len = strspn(ps->p, "hlLw");
	if (!ps->p[len])
		syntax(ps, "name expected before end of format string");
	ps->part.conv = conv_find(ps->p, len + 1);
	if (!ps->part.conv)
		undefined(ps, ps->p, len + 1);
	if (ps->part.conv->style == DT_FMT_PERCENT && ps->p != start)
		syntax(ps, "cannot be combined with other format flags: %%");
	ps->p += len + 1;
}

static void count_part(struct dt_fmt *fmt, const struct dt_fmt_part *part)
{
	if (!part->conv)
		return;
	fmt->nconvs++;
	fmt->nvalues += !!(part->flags & DT_FF_DYNWIDTH) + !!(part->flags & DT_FF_DYNPREC);
	if (part->flags & DT_FF_AGG)
		fmt->naggs++;
	else if (part->conv->style != DT_FMT_PERCENT)
		fmt->nvalues++;
}

struct dt_fmt *dt_fmt_parse(struct dt_compile *compile, const struct dt_loc *loc, const char *text)
{
	struct dt_fmt *fmt = dt_arena_new_obj(compile->arena, struct dt_fmt);
	DT_VEC(struct dt_fmt_part) parts = { 0 };
	struct parser ps = { .compile = compile, .loc = loc };

	fmt->text = dt_arena_strdup(compile->arena, text);
	ps.p = fmt->text;
	while (*ps.p) {
		ps.part = (struct dt_fmt_part){ .text = ps.p, .text_len = strcspn(ps.p, "%") };
		ps.p += ps.part.text_len;
		if (*ps.p == '%') {
			ps.p++;
			ps.number++;
			parse_conv(&ps);
		}
		count_part(fmt, &ps.part);
		dt_vec_push_arena(compile->arena, &parts, ps.part);
	}
	fmt->parts = parts.data;
	fmt->nparts = parts.n;
	return fmt;
}

/* ---- checking ---- */

struct checker {
	struct dt_compile *compile;
	const struct dt_loc *loc;
	const char *func;
	const struct dt_type *const *types;
	uint32_t ntypes, next; /* the argument that the next conversion takes */
	uint32_t number;       /* of the conversion, from 1 */
};

/* A width or a precision that is an argument ('*'). */
static void check_dyn(struct checker *ck, const struct dt_fmt_part *part, uint32_t flag,
		      const char *star)
{
	char name[128];

	if (!(part->flags & flag))
		return;
	if (ck->next >= ck->ntypes)
		dt_fail(ck->compile, ck->loc, "D_PRINTF_DYN_PROTO",
			"%s( ) prototype mismatch: conversion #%u (%%%s) is missing a "
			"corresponding \"%s\" argument",
			ck->func, ck->number, part->conv->name, star);
	if (!dt_type_is_integer(ck->types[ck->next]))
		dt_fail(ck->compile, ck->loc, "D_PRINTF_DYN_TYPE",
			"%s( ) argument #%u is incompatible with conversion #%u prototype:\n"
			"\tconversion: %% %s %s\n\t prototype: int\n\t  argument: %s",
			ck->func, ck->next + 2, ck->number, star, part->conv->name,
			dt_type_name(ck->types[ck->next], name, sizeof(name)));
	ck->next++;
}

static _Noreturn void bad_type(struct checker *ck, const struct dt_fmt_part *part,
			       const char *subject, const struct dt_type *type)
{
	char name[128];

	dt_fail(ck->compile, ck->loc, "D_PRINTF_ARG_TYPE",
		"%s( ) %s is incompatible with conversion #%u prototype:\n"
		"\tconversion: %%%s%s\n\t prototype: %s\n\t  argument: %s",
		ck->func, subject, ck->number, part->flags & DT_FF_AGG ? "@" : "", part->conv->name,
		part->conv->proto, type ? dt_type_name(type, name, sizeof(name)) : "aggregation");
}

static void check_value(struct checker *ck, struct dt_fmt_part *part)
{
	if (ck->next >= ck->ntypes)
		dt_fail(ck->compile, ck->loc, "D_PRINTF_ARG_PROTO",
			"%s( ) prototype mismatch: conversion #%u (%%%s) is missing a "
			"corresponding value argument",
			ck->func, ck->number, part->conv->name);
	part->type = ck->types[ck->next];
	if (!part->type || !part->conv->accepts(part->conv, part->type)) {
		char *subject = dt_arena_printf(ck->compile->arena, "argument #%u", ck->next + 2);

		bad_type(ck, part, subject, part->type);
	}
	ck->next++;
}

static void check_empty(struct checker *ck, const struct dt_fmt *fmt)
{
	if (!fmt->nparts)
		dt_fail(ck->compile, ck->loc, "D_PRINTF_FMT_EMPTY", "%s( ) format string is empty",
			ck->func);
}

void dt_fmt_check(struct dt_compile *compile, const struct dt_loc *loc, struct dt_fmt *fmt,
		  const char *func, const struct dt_type *const *types, uint32_t ntypes)
{
	struct checker ck = { compile, loc, func, types, ntypes, 0, 0 };

	check_empty(&ck, fmt);
	for (uint32_t i = 0; i < fmt->nparts; i++) {
		struct dt_fmt_part *part = &fmt->parts[i];

		if (!part->conv)
			continue;
		ck.number++;
		if (part->flags & DT_FF_AGG)
			dt_fail(compile, loc, "D_PRINTF_AGG_CONV",
				"%%@ conversion requires an aggregation and is not for use with "
				"%s( )",
				func);
		check_dyn(&ck, part, DT_FF_DYNWIDTH, "*");
		check_dyn(&ck, part, DT_FF_DYNPREC, ".*");
		if (part->conv->style != DT_FMT_PERCENT)
			check_value(&ck, part);
	}
	if (ck.next < ntypes)
		dt_fail(compile, loc, "D_PRINTF_ARG_EXTRA",
			"%s( ) prototype mismatch: only %u arguments required by this format "
			"string",
			func, ck.next);
}

/* What %@ formats: the number of an aggregation, or the number that stands for a distribution. */
static const struct dt_type agg_unsigned = {
	.kind = DT_K_INT, .name = "uint64_t", .size = 8, .align = 8, .rank = 4
};
static const struct dt_type agg_signed = {
	.kind = DT_K_INT, .name = "int64_t", .size = 8, .align = 8, .rank = 4, .is_signed = true
};

void dt_fmt_check_aggs(struct dt_compile *compile, const struct dt_loc *loc, struct dt_fmt *fmt,
		       const char *func, struct dt_agg *const *aggs, uint32_t naggs)
{
	struct checker ck = { compile, loc, func, aggs[0]->keys, aggs[0]->nkeys, 0, 0 };
	uint32_t next_agg = 0;

	check_empty(&ck, fmt);
	for (uint32_t i = 0; i < fmt->nparts; i++) {
		struct dt_fmt_part *part = &fmt->parts[i];

		if (!part->conv)
			continue;
		ck.number++;
		check_dyn(&ck, part, DT_FF_DYNWIDTH, "*");
		check_dyn(&ck, part, DT_FF_DYNPREC, ".*");
		if (part->flags & DT_FF_AGG) {
			const struct dt_agg *agg = aggs[DT_MIN(next_agg, naggs - 1)];

			next_agg++;
			part->type = agg->func->is_unsigned ? &agg_unsigned : &agg_signed;
			if (!part->conv->accepts || !part->conv->accepts(part->conv, part->type))
				bad_type(&ck, part, "aggregating action", part->type);
		} else if (part->conv->style != DT_FMT_PERCENT) {
			check_value(&ck, part);
		}
	}
}
