/* SPDX-License-Identifier: MIT */
/*
 * The rings, in DTrace's order: BEGIN's CPU, the others ascending, END's ring last; or by time.  A
 * pass ends at what the rings held when it began, so that a busy producer cannot keep it forever.
 */
#include <string.h>
#include "consume/internal.h"

/* Bytes read from a ring before its room goes back to the producers. */
#define PUBLISH_BYTES 16384u

/* ---- rings ---- */

static uint64_t ring_end(const struct dt_ring *ring)
{
	return __atomic_load_n(ring->producer_pos, __ATOMIC_ACQUIRE);
}

/* One ring, up to END. */
static int drain(struct dt_consume *con, struct dt_ring *ring, int cpu, uint64_t end)
{
	uint64_t published = ring->pos;
	const void *krec;
	uint32_t len;
	int rc = 0;

	if (!ring->size)
		return 0;
	while (!rc && ring->pos < end && (krec = dt_ring_next(ring, &len))) {
		rc = dt_con_any_record(con, ring, cpu, krec, len);
		if (ring->pos - published >= PUBLISH_BYTES) {
			dt_ring_publish(ring);
			published = ring->pos;
		}
	}
	dt_ring_publish(ring);
	return rc;
}

/* END has a ring of its own. */
static int drain_end(struct dt_consume *con)
{
	if (!con->end_ring || !con->end_ring->size)
		return 0;
	dt_flow_reset(con);
	return drain(con, con->end_ring, con->end_cpu, ring_end(con->end_ring));
}

static int drain_by_cpu(struct dt_consume *con)
{
	int first = con->begin_done ? -1 : con->begin_cpu;

	if (first >= 0 && first < con->nrings) {
		con->begin_done = true;
		dt_flow_reset(con);
		if (drain(con, &con->rings[first], first, con->ends[first]))
			return -1;
	}
	for (int cpu = 0; cpu < con->nrings; cpu++) {
		dt_flow_reset(con);
		if (drain(con, &con->rings[cpu], cpu, con->ends[cpu]))
			return -1;
	}
	return 0;
}

/* ---- by time ---- */

/* When the next record of a CPU was made; UINT64_MAX: none there, or it is younger than LIMIT. */
static uint64_t next_time(const struct dt_consume *con, int cpu, uint64_t limit)
{
	struct dt_ring copy = con->rings[cpu];
	uint64_t time;
	uint32_t len;
	const char *krec = copy.size ? dt_ring_next(&copy, &len) : NULL;

	if (!krec || len < sizeof(struct dt_krec) + sizeof(time))
		return UINT64_MAX;
	memcpy(&time, krec + sizeof(struct dt_krec), sizeof(time));
	return time <= limit ? time : UINT64_MAX;
}

/* Takes from the CPU with the oldest record as long as none of another CPU is older. */
static int drain_by_time(struct dt_consume *con, bool stopped)
{
	uint64_t limit = stopped ? UINT64_MAX - 1 : con->ends_ns;
	_cleanup_free_ uint64_t *times = calloc((size_t)con->nrings + 1, sizeof(*times));
	int rc = 0;

	if (!times)
		return dt_con_error(con, EDT_NOMEM);
	for (int cpu = 0; cpu < con->nrings; cpu++)
		times[cpu] = next_time(con, cpu, limit);
	while (!rc && con->nrings) {
		struct dt_ring *ring;
		const void *krec;
		uint32_t len;
		int oldest = 0;

		for (int cpu = 1; cpu < con->nrings; cpu++)
			if (times[cpu] < times[oldest])
				oldest = cpu;
		if (times[oldest] == UINT64_MAX)
			break;
		ring = &con->rings[oldest];
		krec = dt_ring_next(ring, &len);
		rc = krec ? dt_con_any_record(con, ring, oldest, krec, len) : 0;
		dt_ring_publish(ring);
		times[oldest] = next_time(con, oldest, limit);
	}
	return rc;
}

void dt_consume_mark(struct dt_consume *con)
{
	for (int cpu = 0; cpu < con->nrings; cpu++)
		con->ends[cpu] = con->rings[cpu].size ? ring_end(&con->rings[cpu]) : 0;
	con->ends_ns = dt_now_ns();
	con->marked = true;
}

int dt_consume_records(struct dt_consume *con, FILE *fp, dtrace_consume_probe_f *probef,
		       dtrace_consume_rec_f *recf, void *arg, bool stopped)
{
	int rc;

	con->fp = fp;
	con->out.fp = fp;
	con->probef = probef;
	con->recf = recf;
	con->arg = arg;
	con->data = (dtrace_probedata_t){ .dtpda_handle = con->hdl };
	if (!con->marked || stopped)
		dt_consume_mark(con);
	con->marked = false;
	if (con->layout->timestamps && dt_con_has(con, DTRACEOPT_TEMPORAL))
		rc = drain_by_time(con, stopped);
	else
		rc = drain_by_cpu(con);
	if (!rc && stopped)
		rc = drain_end(con);
	dt_spec_pass(con);
	return rc;
}
