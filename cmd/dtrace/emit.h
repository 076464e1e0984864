/* SPDX-License-Identifier: MIT */
/*
 * A writer of nested values, as JSON or as XML, in the way of libxo: a list of objects is an array
 * in JSON and repeats its element in XML.  One document at a time; the caller nests properly.
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
	bool begun[EMIT_MAX_DEPTH]; /* JSON: the next element of this level wants a comma */
};

void emit_begin(struct emit *e, FILE *out, bool xml); /* the document */
void emit_end(struct emit *e);
void emit_open_list(struct emit *e, const char *name);
void emit_close_list(struct emit *e);
/* An object: a member of the one around it, or an element of the list around it, whose name it
 * bears. */
void emit_open(struct emit *e, const char *name, bool in_list);
void emit_close(struct emit *e, const char *name);
/* Values; in a list NAME is the list's. */
void emit_text(struct emit *e, const char *name, bool in_list, const char *text);
void emit_raw(struct emit *e, const char *name, bool in_list, const char *fmt, ...)
	__attribute__((format(printf, 4, 5))); /* a number */
void emit_newline(struct emit *e);             /* between big objects, for people and line tools */

#endif
