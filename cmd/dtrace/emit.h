/* SPDX-License-Identifier: MIT */
/*
 * Writes nested values as JSON or XML, in the way of libxo: a list of objects is an array in JSON
 * and a repeated element in XML.  structured.c is the caller; it has to nest calls properly.
 */
#ifndef CMD_EMIT_H
#define CMD_EMIT_H

#include <stdbool.h>
#include <stdio.h>

#define EMIT_MAX_DEPTH 16

struct emit {
	FILE *out;
	bool xml;
	int depth;
	bool begun[EMIT_MAX_DEPTH]; /* JSON: the next element of this level needs a comma */
};

void emit_begin(struct emit *e, FILE *out, bool xml); /* the document */
void emit_end(struct emit *e);
void emit_open_list(struct emit *e, const char *name);
void emit_close_list(struct emit *e);
/* An object: a member of the enclosing object, or an element of the enclosing list, which has the
 * same name. */
void emit_open(struct emit *e, const char *name, bool in_list);
void emit_close(struct emit *e, const char *name);
/* A text or a number; in a list NAME is that of the list. */
void emit_text(struct emit *e, const char *name, bool in_list, const char *text);
void emit_number(struct emit *e, const char *name, bool in_list, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void emit_newline(struct emit *e); /* between large objects, for readers and line-based tools */

#endif
