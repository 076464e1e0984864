/* SPDX-License-Identifier: MIT */
/*
 * The rings of a run and the passes over them.  A pass delivers what the rings hold, in DTrace's
 * order.  Called by the door.  The rings are lent; positions in them are advanced here.
 */
#ifndef DT_CONSUME_RINGS_H
#define DT_CONSUME_RINGS_H

#include <stdbool.h>
#include <stdint.h>

struct dt_con;
struct dt_lane;
struct dt_receiver;
struct dt_records;
struct dt_ring;

struct dt_rings {
	struct dt_con *con;
	struct dt_records *records;
	struct dt_ring *by_cpu; /* NULL or of size 0: none */
	int n;
	struct dt_ring *end_ring; /* what END recorded; NULL or of size 0: nothing */
	int begin_cpu, end_cpu;   /* where BEGIN and END ran; -1: nowhere */
	bool begin_done;          /* BEGIN's records have been read */
	uint64_t *ends;           /* by CPU: how far a pass goes */
	uint64_t ends_ns;         /* when the mark was set */
	bool marked;              /* ends stand: dt_rings_mark() */
	struct dt_lane *lanes;    /* by CPU; merge.c's, NULL until it is needed */
};

bool dt_rings_init(struct dt_rings *rings); /* false: out of memory */
void dt_rings_fini(struct dt_rings *rings);
/* The next pass ends at what the rings hold now.  Whether that is anything. */
bool dt_rings_mark(struct dt_rings *rings);
/* Leaves the newest BYTES of each ring, in whole records. */
void dt_rings_trim(struct dt_rings *rings, uint64_t bytes);
/* Delivers what the rings hold (or held at the mark). STOPPED: nothing runs, END's come too. */
int dt_rings_pass(struct dt_rings *rings, const struct dt_receiver *to, bool stopped);

#endif
