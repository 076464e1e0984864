/* SPDX-License-Identifier: MIT */
/*
 * D text through the C preprocessor, before it is parsed: what the option cpp (dtrace -C) asks
 * for.  D's own lines (#pragma D, #!) pass through, and cpp's line markers keep the parser's places
 * right.
 */
#ifndef DT_LANG_CPP_H
#define DT_LANG_CPP_H

#include <stddef.h>
#include "base/strbuf.h"

struct dt_cpp_opts {
	const char *path;        /* of the preprocessor; NULL: "cpp", searched in PATH */
	const char *const *args; /* -I, -D, -U, -H in order, before our own */
	size_t nargs;
};

/* 0 or a negative errno or EDT_ number, for which WHY may get a sentence. */
int dt_cpp_run(const struct dt_cpp_opts *opts, const char *text, size_t len, struct dt_strbuf *out,
	       struct dt_strbuf *why);

/*
 * Blanks out of cpp's output what C headers hold and D does not know (attributes, assembler names,
 * bodies of inline functions ...), in place and without moving anything.  dt_cpp_run() has done it.
 */
void dt_cheader_blank(char *text, size_t len);

#endif
