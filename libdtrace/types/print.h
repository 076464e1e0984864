/* SPDX-License-Identifier: MIT */
/*
 * Text of a value from its bytes and its type, as illumos' print() writes it.  Called by consume/
 * for print() and by api/ for dtrace_print().
 */
#ifndef DT_TYPES_PRINT_H
#define DT_TYPES_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dt_types;
struct dt_type;
struct dt_strbuf;

struct dt_print_opts {
	/* Writes the text of a function's address into BUF, or returns false if it has none.  NULL:
	 * addresses are always hexadecimal. */
	bool (*symbol)(void *arg, uint64_t addr, char *buf, size_t size);
	void *arg;
	/* The longest array that is written in full; of longer ones the rest becomes "...".  0: no
	 * limit. */
	size_t max_elems;
};

/*
 * Appends "TYPE VALUE\n" (scalars) or "TYPE {\n ... }" (no newline) to OUT.  The value has LEN
 * bytes; members beyond them are left out.  Returns the number of bytes that the type covers, at
 * most LEN; 0: the type has no values.
 */
size_t dt_type_print(struct dt_types *types, const struct dt_type *type, const void *data,
		     size_t len, const struct dt_print_opts *opts, struct dt_strbuf *out);
/* The value alone, without type and newline, at depth 0. */
void dt_type_print_value(struct dt_types *types, const struct dt_type *type, const void *data,
			 size_t len, const struct dt_print_opts *opts, struct dt_strbuf *out);

#endif
