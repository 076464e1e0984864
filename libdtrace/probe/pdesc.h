/* SPDX-License-Identifier: MIT */
/*
 * A probe description: four texts, each possibly a glob (* ? [] \), or a number.  Clauses, listings
 * and look-ups name probes with it.  lang/ parses it from text, probe/ matches it.  The strings
 * belong to whoever made the description: a compile's arena, or a handle.
 */
#ifndef DT_PROBE_PDESC_H
#define DT_PROBE_PDESC_H

#include <stdint.h>

/* Which field the last one of a text with fewer than four is; DTRACE_PROBESPEC_'s values. */
enum dt_pspec {
	DT_PSPEC_NONE = -1, /* all four fields must be there, or a number */
	DT_PSPEC_PROVIDER,
	DT_PSPEC_MOD,
	DT_PSPEC_FUNC,
	DT_PSPEC_NAME,
};

struct dt_pdesc {
	const char *provider, *mod, *func, *name; /* never NULL; "" matches anything */
	uint32_t id; /* not 0: this probe alone, and the texts are "" */
};

#endif
