/* SPDX-License-Identifier: MIT */
/*
 * Snapshots of aggregations: updates move from the kernel's maps to the totals (aggs.h).  Called by
 * the door.  How it works stands in snapshot.c.
 */
#ifndef DT_CONSUME_SNAPSHOT_H
#define DT_CONSUME_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "consume/intern.h"

struct dt_agg_entry;
struct dt_agg_var;
struct dt_aggs;
struct dt_bpf;
struct dt_con;

struct dt_snapshots {
	struct dt_interns interns;
	struct dt_con *con;
	struct dt_aggs *aggs;
	struct dt_bpf *bpf;
	const int *map_fds; /* by the layout's numbers */
	uint64_t n;
	bool emptied; /* a quiescent one has taken everything */
	char *tuple;  /* keys in illumos' places, of the kernel's entry in hand */
};

void dt_snapshots_fini(struct dt_snapshots *snaps);
/* QUIESCENT: nothing runs any more, the grace period may be spared. */
int dt_snapshot_take(struct dt_snapshots *snaps, bool quiescent);
/*
 * For dt_snapshot_take() and tests: adds one CPU's entry of the kernel, KEY as the layout says, and
 * its WORDS.  Entries whose words have changed are chained at *DIRTY; settling them brings their
 * values up to date.
 */
int dt_snapshot_fold(struct dt_snapshots *snaps, struct dt_agg_var *var, int cpu, const void *key,
		     const uint64_t *words, struct dt_agg_entry **dirty);
void dt_snapshot_settle(struct dt_snapshots *snaps, struct dt_agg_entry *dirty);

#endif
