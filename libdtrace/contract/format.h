/* SPDX-License-Identifier: MIT */
/*
 * A format of printf(), printa(), system() or freopen() as data.  check/format.c parses the text
 * into a struct dt_fmt and checks the arguments against it; consume/printf.c prints records and
 * aggregations by it.
 *
 * How to add a conversion: a row in the table of check/format.c, which says what it takes and how
 * it is written.  A new way of writing is a value of enum dt_fmt_style and its function in
 * consume/printf.c.  Cases in test/unit/format.c and test/d/printf/, its line in doc/d.md.
 */
#ifndef DT_CONTRACT_FORMAT_H
#define DT_CONTRACT_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

struct dt_type;

/* How a conversion is written: consume/printf.c has a function for each style. */
enum dt_fmt_style {
	DT_FMT_PERCENT,
	DT_FMT_INT, /* by its own sign with d and i; `letter` else */
	DT_FMT_CHAR,
	DT_FMT_ECHAR, /* %C: escaped */
	DT_FMT_STR,
	DT_FMT_ESTR, /* %S: escaped, with the NUL */
	DT_FMT_PTR,
	DT_FMT_KADDR, /* %a */
	DT_FMT_UADDR, /* %A */
	DT_FMT_STACK, /* %k */
	DT_FMT_TIME,  /* %Y */
	DT_FMT_DATE,  /* %T */
	DT_FMT_PORT,  /* %P */
	DT_FMT_INET,  /* %I */
	DT_FMT_FLOAT,
	DT_FMT_WCHAR,
	DT_FMT_WSTR,
	DT_FMT_STYLES,
};

struct dt_conv {
	const char *name; /* as written, with its size: "d", "lld" */
	char letter;      /* C's conversion */
	uint8_t style;    /* enum dt_fmt_style */
	uint8_t size;     /* bytes an argument must have; 0: any */
	int8_t sign;      /* 1: must be signed, -1: unsigned, 0: either */
	bool (*accepts)(const struct dt_conv *conv, const struct dt_type *type);
	const char *proto; /* what it takes, for messages */
};

enum dt_fmt_flags {
	DT_FF_ALT = 1u << 0,      /* # */
	DT_FF_ZERO = 1u << 1,     /* 0 */
	DT_FF_LEFT = 1u << 2,     /* - */
	DT_FF_PLUS = 1u << 3,     /* + */
	DT_FF_GROUP = 1u << 4,    /* ' */
	DT_FF_BLANK = 1u << 5,    /* a blank */
	DT_FF_AGG = 1u << 6,      /* @: the value of an aggregation */
	DT_FF_DYNWIDTH = 1u << 7, /* width and precision are arguments */
	DT_FF_DYNPREC = 1u << 8,
};

/* Literal text, then (but for the last part, perhaps) a conversion. */
struct dt_fmt_part {
	const char *text;
	uint32_t text_len;
	const struct dt_conv *conv; /* NULL: text alone */
	uint32_t flags;
	int width, prec;            /* 0: none; prec 0 counts as none, as in DTrace */
	const struct dt_type *type; /* of its argument, set by the check; NULL: not known */
};

struct dt_fmt {
	const char *text; /* as written */
	struct dt_fmt_part *parts;
	uint32_t nparts;
	uint32_t nconvs;  /* %% included */
	uint32_t nvalues; /* arguments that it takes: values, widths and precisions; without %@ */
	uint32_t naggs;   /* %@ conversions */
};

#endif
