/* SPDX-License-Identifier: MIT */
/*
 * The order of time (merge.h).  A pass has a limit: it delivers the firings up to then, once a
 * grace period has ended them all.  The records of each ring are sorted, then merged.
 */
#include <stdlib.h>
#include <string.h>
#include "base/vec.h"
#include "bpf/bpf.h"
#include "consume/context.h"
#include "consume/merge.h"
#include "consume/records.h"
#include "consume/rings.h"

/* Bytes of a ring that are given back to the producers at once. */
#define PUBLISH_BYTES 16384u

/* A record in a ring.  There are as many as a ring holds, so they are small. */
struct entry {
	uint64_t time;
	uint32_t at, size; /* in the ring's data, from the record's header on */
	uint32_t len;
	uint32_t place; /* in the order of the ring */
};

/* What a pass reads of one ring.  The memory stays for the next pass. */
struct dt_lane {
	struct dt_ring *ring;
	DT_VEC(struct entry) entries;
	size_t n, next;  /* how many are to be delivered; how many have been */
	size_t reached;  /* places up to here have been met */
	uint64_t start;  /* positions in the ring: where the pass begins, */
	uint64_t passed; /* behind the places that have been met, */
	uint64_t published;
};

static bool collect(struct dt_lane *lane)
{
	struct dt_ring copy = *lane->ring;
	uint64_t end = copy.size ? __atomic_load_n(copy.producer_pos, __ATOMIC_ACQUIRE) : 0;
	const uint8_t *krec;
	struct entry e = { 0 };

	lane->n = lane->next = lane->reached = lane->entries.n = 0;
	lane->start = lane->passed = lane->published = copy.pos;
	while (copy.pos < end && (krec = dt_ring_next(&copy, &e.len))) {
		if (e.len < sizeof(struct dt_krec) + sizeof(e.time))
			continue;
		memcpy(&e.time, krec + sizeof(struct dt_krec), sizeof(e.time));
		e.at = (uint32_t)(krec - DT_RING_HDR - copy.data);
		e.size = (e.len + DT_RING_HDR + 7) & ~7u;
		e.place = (uint32_t)lane->entries.n;
		if (!dt_vec_push(&lane->entries, e))
			return false;
	}
	return true;
}

/* A ring is read up to a place, so a record that is due must not lie behind one that is not.  The
 * limit is lowered where it does: both wait for the next pass. */
static uint64_t lower_limit(const struct dt_lane *lane, uint64_t limit)
{
	uint64_t earliest = UINT64_MAX;

	for (size_t i = lane->entries.n; i-- > 0;) {
		const struct entry *e = &lane->entries.data[i];

		if (e->time > limit && earliest <= limit)
			limit = earliest - 1;
		earliest = DT_MIN(earliest, e->time);
	}
	return limit;
}

static uint64_t common_limit(const struct dt_lane *lanes, int n, uint64_t limit)
{
	uint64_t before;

	do {
		before = limit;
		for (int cpu = 0; cpu < n; cpu++)
			limit = lower_limit(&lanes[cpu], limit);
	} while (limit != before);
	return limit;
}

/* By insertion: nearly all of them are in order. */
static void sort(struct dt_lane *lane, uint64_t limit)
{
	struct entry *entries = lane->entries.data;

	while (lane->n < lane->entries.n && entries[lane->n].time <= limit) {
		struct entry e = entries[lane->n];
		size_t at = lane->n++;

		for (; at && entries[at - 1].time > e.time; at--)
			entries[at] = entries[at - 1];
		entries[at] = e;
	}
}

static uint64_t next_time(const struct dt_lane *lane)
{
	return lane->next < lane->n ? lane->entries.data[lane->next].time : UINT64_MAX;
}

/* The ring's position behind an entry, which lies at or behind its position so far. */
static uint64_t position_behind(const struct dt_lane *lane, const struct entry *e)
{
	uint64_t from = lane->start & ~(uint64_t)(lane->ring->size - 1);
	uint64_t at = from + e->at;

	return (at < lane->start ? at + lane->ring->size : at) + e->size;
}

/* Room is given back up to the first record that has not been delivered. */
static int deliver_next(struct dt_records *records, struct dt_lane *lane, int cpu)
{
	const struct entry *e = &lane->entries.data[lane->next++];
	struct dt_ring *ring = lane->ring;
	int rc;

	ring->pos = position_behind(lane, e);
	if (e->place + 1 > lane->reached) {
		lane->reached = e->place + 1;
		lane->passed = ring->pos;
	}
	rc = dt_records_deliver(records, ring, cpu,
				(const void *)(ring->data + e->at + DT_RING_HDR), e->len);
	if (lane->reached == lane->next && lane->passed - lane->published >= PUBLISH_BYTES) {
		lane->published = ring->pos = lane->passed;
		dt_ring_publish(ring);
	}
	return rc;
}

static int deliver(struct dt_records *records, struct dt_lane *lanes, int n)
{
	for (int rc = 0; !rc && n;) {
		int oldest = 0;

		for (int cpu = 1; cpu < n; cpu++)
			if (next_time(&lanes[cpu]) < next_time(&lanes[oldest]))
				oldest = cpu;
		if (next_time(&lanes[oldest]) == UINT64_MAX)
			return 0;
		rc = deliver_next(records, &lanes[oldest], oldest);
		if (rc)
			return rc;
	}
	return 0;
}

/* After a failed delivery, too, nothing comes a second time. */
static void finish(struct dt_lane *lane)
{
	if (lane->ring->size) {
		lane->ring->pos = lane->passed;
		dt_ring_publish(lane->ring);
	}
}

static bool has_any(const struct dt_rings *rings)
{
	for (int cpu = 0; cpu < rings->n; cpu++)
		if (rings->by_cpu[cpu].size &&
		    __atomic_load_n(rings->by_cpu[cpu].producer_pos, __ATOMIC_ACQUIRE) !=
			    rings->by_cpu[cpu].pos)
			return true;
	return false;
}

static int merge(struct dt_rings *rings, uint64_t limit)
{
	struct dt_lane *lanes = rings->lanes;
	bool ok = true;
	int rc;

	for (int cpu = 0; cpu < rings->n; cpu++) {
		lanes[cpu].ring = &rings->by_cpu[cpu];
		ok &= collect(&lanes[cpu]);
	}
	limit = common_limit(lanes, rings->n, limit);
	for (int cpu = 0; ok && cpu < rings->n; cpu++)
		sort(&lanes[cpu], limit);
	rc = ok ? deliver(rings->records, lanes, rings->n) : dt_con_error(rings->con, EDT_NOMEM);
	for (int cpu = 0; cpu < rings->n; cpu++)
		finish(&lanes[cpu]);
	return rc;
}

int dt_rings_merge(struct dt_rings *rings, bool stopped)
{
	int err;

	if (!has_any(rings))
		return 0;
	err = stopped ? 0 : dt_bpf_grace_period();
	if (err)
		return dt_con_error(rings->con, -err);
	if (!rings->lanes)
		rings->lanes = calloc((size_t)rings->n, sizeof(*rings->lanes));
	if (!rings->lanes)
		return dt_con_error(rings->con, EDT_NOMEM);
	return merge(rings, stopped ? UINT64_MAX - 1 : rings->ends_ns);
}

void dt_rings_merge_fini(struct dt_rings *rings)
{
	for (int cpu = 0; rings->lanes && cpu < rings->n; cpu++)
		dt_vec_free(&rings->lanes[cpu].entries);
	free(rings->lanes);
}
