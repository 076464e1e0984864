/* SPDX-License-Identifier: MIT */
/*
 * Passes with the option temporal: the records of all CPUs in the order of their times.  A record
 * has the time at which its firing began, and comes into the ring when the firing ends; so a ring
 * is not in order by itself (an interrupt fires within a firing), and the youngest records of one
 * CPU may be there before older ones of another.  Called by rings.c.
 */
#ifndef DT_CONSUME_MERGE_H
#define DT_CONSUME_MERGE_H

#include <stdbool.h>

struct dt_rings;

/* Delivers what fired before rings->ends_ns, which needs a grace period; all of it if STOPPED. */
int dt_rings_merge(struct dt_rings *rings, bool stopped);
void dt_rings_merge_fini(struct dt_rings *rings); /* frees the lanes */

#endif
