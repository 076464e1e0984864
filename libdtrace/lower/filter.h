/* SPDX-License-Identifier: MIT */
/*
 * Filters: the processes that a run is about (options pid, cgroup, unit, container), tested in a
 * point's program before anything else, so that an event of another process costs next to nothing.
 */
#ifndef DT_LOWER_FILTER_H
#define DT_LOWER_FILTER_H

#include "lower/context.h"

/* In main: goes to OUT unless the process that the firing is about is meant.  No code where there
 * are no filters or the point is about no process. */
void dt_cg_filter(struct dt_cg *cg, dt_label out);

#endif
