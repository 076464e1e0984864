/* SPDX-License-Identifier: MIT */
/*
 * Passes over the rings (rings.h): BEGIN's CPU first, then all CPUs ascending, END's ring last; or
 * by time (merge.h).  A pass ends at what the rings held when it began, so that a busy producer
 * cannot keep it forever.
 */
#include <stdlib.h>
#include <string.h>
#include "bpf/bpf.h"
#include "consume/context.h"
#include "consume/merge.h"
#include "consume/records.h"
#include "consume/rings.h"

/* Bytes read from a ring before they are given back to the producers. */
#define PUBLISH_BYTES 16384u

/* ---- by CPU ---- */

static uint64_t ring_end(const struct dt_ring *ring)
{
	return __atomic_load_n(ring->producer_pos, __ATOMIC_ACQUIRE);
}

/* One ring, up to END. */
static int drain(struct dt_rings *rings, struct dt_ring *ring, int cpu, uint64_t end)
{
	uint64_t published = ring->pos;
	const void *krec;
	uint32_t len;
	int rc = 0;

	if (!ring->size)
		return 0;
	while (!rc && ring->pos < end && (krec = dt_ring_next(ring, &len))) {
		rc = dt_records_deliver(rings->records, ring, cpu, krec, len);
		if (ring->pos - published >= PUBLISH_BYTES) {
			dt_ring_publish(ring);
			published = ring->pos;
		}
	}
	dt_ring_publish(ring);
	return rc;
}

/* END has a ring of its own. */
static int drain_end(struct dt_rings *rings)
{
	if (!rings->end_ring || !rings->end_ring->size)
		return 0;
	dt_records_begin_cpu(rings->records);
	return drain(rings, rings->end_ring, rings->end_cpu, ring_end(rings->end_ring));
}

static int drain_by_cpu(struct dt_rings *rings)
{
	int first = rings->begin_done ? -1 : rings->begin_cpu;

	if (first >= 0 && first < rings->n) {
		rings->begin_done = true;
		dt_records_begin_cpu(rings->records);
		if (drain(rings, &rings->by_cpu[first], first, rings->ends[first]))
			return -1;
	}
	for (int cpu = 0; cpu < rings->n; cpu++) {
		dt_records_begin_cpu(rings->records);
		if (drain(rings, &rings->by_cpu[cpu], cpu, rings->ends[cpu]))
			return -1;
	}
	return 0;
}

/* ---- passes ---- */

bool dt_rings_mark(struct dt_rings *rings)
{
	bool any = false;

	for (int cpu = 0; cpu < rings->n; cpu++) {
		const struct dt_ring *ring = &rings->by_cpu[cpu];

		rings->ends[cpu] = ring->size ? ring_end(ring) : 0;
		any |= ring->size && rings->ends[cpu] > ring->pos;
	}
	rings->ends_ns = dt_now_ns();
	rings->marked = true;
	return any;
}

void dt_rings_trim(struct dt_rings *rings, uint64_t bytes)
{
	uint32_t len;

	for (int cpu = 0; cpu < rings->n; cpu++) {
		struct dt_ring *ring = &rings->by_cpu[cpu];
		uint64_t end = ring->size ? ring_end(ring) : 0;

		while (ring->pos + bytes < end && dt_ring_next(ring, &len))
			;
		if (ring->size)
			dt_ring_publish(ring);
	}
}

int dt_rings_pass(struct dt_rings *rings, const struct dt_receiver *to, bool stopped)
{
	int rc;

	dt_records_begin_pass(rings->records, to);
	if (!rings->marked || stopped)
		dt_rings_mark(rings);
	rings->marked = false;
	if (rings->con->layout->timestamps && dt_con_has(rings->con, DTRACEOPT_TEMPORAL))
		rc = dt_rings_merge(rings, stopped);
	else
		rc = drain_by_cpu(rings);
	if (!rc && stopped)
		rc = drain_end(rings);
	return dt_records_end_pass(rings->records, stopped) ? -1 : rc;
}

bool dt_rings_init(struct dt_rings *rings)
{
	rings->ends = calloc((size_t)rings->n + 1, sizeof(*rings->ends));
	return rings->ends;
}

void dt_rings_fini(struct dt_rings *rings)
{
	dt_rings_merge_fini(rings);
	free(rings->ends);
}
