/* SPDX-License-Identifier: MIT */
/*
 * Speculations: records are held by their tag until a commit or a discard of that tag is read; then
 * they are delivered in the order they came, or forgotten.  Rings are read one after the other, so
 * that the word may come before a record of another CPU: decisions are kept for two passes, which
 * is longer than any record can stay behind.
 */
#include <string.h>
#include "consume/internal.h"

/* A held record; those of a speculation form a list. */
struct held {
	struct held *next;
	const struct dt_ring *ring;
	uint32_t len;
	char rec[] __attribute__((aligned(8)));
};

struct dt_spec {
	struct held *first, **end;
	uint64_t bytes;
	enum { UNDECIDED, COMMITTED, DISCARDED } fate;
	int cpu;       /* that committed */
	uint32_t pass; /* of the decision */
};

static void forget(struct dt_spec *spec)
{
	struct held *next;

	for (struct held *h = spec->first; h; h = next) {
		next = h->next;
		free(h);
	}
	spec->first = NULL;
	spec->end = &spec->first;
	spec->bytes = 0;
}

static struct dt_spec *get_spec(struct dt_consume *con, uint64_t tag)
{
	void **at = dt_table_at(&con->specs, &tag, sizeof(tag), true);
	struct dt_spec *spec = at ? *at : NULL;

	if (at && !spec) {
		spec = *at = calloc(1, sizeof(*spec));
		if (spec)
			spec->end = &spec->first;
	}
	if (!spec)
		con->err = EDT_NOMEM;
	return spec;
}

/* Too much for one speculation is a drop, as it is where the kernel keeps them. */
static void count_drop(struct dt_consume *con, int cpu)
{
	char *base = (char *)con->state + con->layout->counters_off +
		     (size_t)cpu * DT_COUNTER_STRIDE;

	__atomic_fetch_add((uint64_t *)base + DT_DROP_SPEC, 1, __ATOMIC_RELAXED);
}

#define DEFAULT_SPECSIZE 32768

static int hold(struct dt_consume *con, struct dt_spec *spec, const struct dt_ring *ring, int cpu,
		const void *krec, uint32_t len)
{
	struct held *h;

	if (spec->bytes + len > (uint64_t)dt_con_opt(con, DTRACEOPT_SPECSIZE, DEFAULT_SPECSIZE)) {
		count_drop(con, cpu);
		return 0;
	}
	h = malloc(sizeof(*h) + len);
	if (!h)
		return dt_con_error(con, EDT_NOMEM);
	*h = (struct held){ .ring = ring, .len = len };
	memcpy(h->rec, krec, len);
	*spec->end = h;
	spec->end = &h->next;
	spec->bytes += len;
	return 0;
}

int dt_spec_record(struct dt_consume *con, const struct dt_ring *ring, int cpu, uint64_t tag,
		   const void *krec, uint32_t len)
{
	struct dt_spec *spec = get_spec(con, tag);

	if (!spec)
		return -1;
	if (spec->fate == UNDECIDED)
		return hold(con, spec, ring, cpu, krec, len);
	if (spec->fate == DISCARDED)
		return 0;
	con->data.dtpda_cpu = spec->cpu;
	return dt_con_record(con, ring, krec, len);
}

int dt_spec_decide(struct dt_consume *con, int cpu, uint64_t tag, bool commit)
{
	struct dt_spec *spec = get_spec(con, tag);
	int rc = 0;

	if (!spec)
		return -1;
	spec->fate = commit ? COMMITTED : DISCARDED;
	spec->cpu = cpu;
	spec->pass = con->npasses;
	con->data.dtpda_cpu = cpu;
	for (struct held *h = spec->first; h && commit && !rc; h = h->next)
		rc = dt_con_record(con, h->ring, h->rec, h->len);
	forget(spec);
	return rc;
}

/* A pass is over: decisions of the one before the last are of no use any more. */
void dt_spec_pass(struct dt_consume *con)
{
	struct dt_table live = { 0 };

	con->npasses++;
	for (size_t i = 0; i < con->specs.nslots; i++) {
		struct dt_table_slot *slot = &con->specs.slots[i];
		struct dt_spec *spec = slot->key ? slot->value : NULL;
		bool over = spec && spec->fate != UNDECIDED && con->npasses - spec->pass >= 2;
		void **at = spec && !over ? dt_table_at(&live, slot->key, slot->key_len, true)
					  : NULL;

		if (at) {
			*at = spec;
		} else if (spec) {
			forget(spec);
			free(spec);
		}
	}
	dt_table_free(&con->specs);
	con->specs = live;
}

void dt_spec_free(struct dt_consume *con)
{
	for (size_t i = 0; i < con->specs.nslots; i++)
		if (con->specs.slots[i].key && con->specs.slots[i].value) {
			forget(con->specs.slots[i].value);
			free(con->specs.slots[i].value);
		}
	dt_table_free(&con->specs);
}
