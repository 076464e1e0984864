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
	/* Text of a function's address into BUF; returns false where it has none. NULL: always
	 * hexadecimal. */
	bool (*symbol)(void *arg, uint64_t addr, char *buf, size_t size);
	void *arg;
	/* Longest array that is written element by element; 0: all of it. The rest becomes "...".
	 */
	size_t max_elems;
};

/*
 * Append "TYPE VALUE\n" (scalars) or "TYPE {\n ... }" (no newline) to OUT.  LEN bytes are there;
 * members beyond them are left out.  Returns the bytes that the type covers (at most LEN); 0: the
 * type has no values.
 */
size_t dt_type_print(struct dt_types *types, const struct dt_type *type, const void *data,
		     size_t len, const struct dt_print_opts *opts, struct dt_strbuf *out);
/* Only the value, without type and newline, at depth 0. */
void dt_type_print_value(struct dt_types *types, const struct dt_type *type, const void *data,
			 size_t len, const struct dt_print_opts *opts, struct dt_strbuf *out);

#endif
