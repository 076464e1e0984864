/* SPDX-License-Identifier: MIT */
/*
 * Losses: the counters of the state area (enum dt_drop), and what others count, become calls of the
 * client's drop handler.  Called by the door.  It owns the counts that were already reported.
 */
#ifndef DT_CONSUME_DROPS_H
#define DT_CONSUME_DROPS_H

#include <dtrace.h>
#include <stdbool.h>
#include <stdint.h>

struct dt_con;

#define DT_DROP_KINDS 15 /* rows of drops.c */

struct dt_drops {
	struct dt_con *con;
	uint64_t *seen; /* the counters at the last report, DT_DROP_COUNT per CPU */
	uint64_t external[DT_DROP_KINDS]; /* what is counted elsewhere, by row */
};

bool dt_drops_init(struct dt_drops *drops, struct dt_con *con); /* false: out of memory */
void dt_drops_fini(struct dt_drops *drops);
/* Reports what was lost since the last call. */
int dt_drops_report(struct dt_drops *drops);
/* The same for a kind that is counted elsewhere: TOTAL so far. */
int dt_drops_external(struct dt_drops *drops, dtrace_dropkind_t kind, uint64_t total);
uint64_t dt_drops_total(const struct dt_drops *drops, dtrace_dropkind_t kind);
const char *dt_drop_name(dtrace_dropkind_t kind); /* NULL: unknown */

#endif
