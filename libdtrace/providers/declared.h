/* SPDX-License-Identifier: MIT */
/*
 * Providers that D text declares (`provider name { probe ...; };`): what dtrace -h and dtrace -G
 * write for the programs that have their probes.
 *
 * The header of -h is all that a program needs.  Each probe macro leaves a SystemTap note
 * (.note.stapsdt, which GDB, perf and DTrace's usdt provider read) at a nop, and each _ENABLED()
 * macro tests a counter that tracers raise.  The counters are weak, so that nothing has to be
 * linked in.  -G is for builds that expect an object file: it holds the counters.
 */
#ifndef DT_PROVIDERS_DECLARED_H
#define DT_PROVIDERS_DECLARED_H

#include <stdio.h>

struct dt_strbuf;
struct dt_symtab;

/* Both return 0 or a negative errno or EDT_ number (EDT_NOPROV: nothing is declared). */

/* FNAME is the header's own name, for its include guard; NULL: it has none.  WHY may get a sentence
 * about a failure. */
int dt_declared_header(const struct dt_symtab *tab, FILE *out, const char *fname,
		       struct dt_strbuf *why);
/* An ELF object, written to FILE. */
int dt_declared_object(const struct dt_symtab *tab, const char *file);

#endif
