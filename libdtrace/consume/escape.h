/* SPDX-License-Identifier: MIT */
/*
 * Control characters in traced strings.  A traced process chooses its name, its paths and its
 * symbols, so they must not drive the terminal that they are shown on.  printf.c asks for %S and
 * %C, output.c for text that goes to a terminal.
 */
#ifndef DT_CONSUME_ESCAPE_H
#define DT_CONSUME_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

struct dt_strbuf;

/* As C writes a character in a literal; printable ones as they are, quotes and backslashes too. */
void dt_escape_char(struct dt_strbuf *b, unsigned char c);
/* Can the text be shown as it is? It may consist of lines, and must be UTF-8 without control
 * characters. */
bool dt_is_printable(const char *text, size_t len);
/* The text with each offending byte escaped. */
void dt_escape_text(struct dt_strbuf *b, const char *text, size_t len);

#endif
