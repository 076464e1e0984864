/* SPDX-License-Identifier: MIT */
/*
 * Speculations (spec.h).  Rings are read one after the other, so a commit or discard may be read
 * before a record of another CPU that it concerns.  Decisions are therefore kept for two passes,
 * longer than any record can stay behind.
 */
#include <stdlib.h>
#include <string.h>
#include "consume/context.h"
#include "consume/spec.h"

struct dt_spec {
	struct dt_held *first, **end;
	uint64_t bytes;
	enum dt_spec_fate fate;
	int cpu;       /* that committed */
	uint32_t pass; /* of the decision */
};

void dt_spec_release(struct dt_held *held)
{
	struct dt_held *next;

	for (; held; held = next) {
		next = held->next;
		free(held);
	}
}

static struct dt_held *take_all(struct dt_spec *spec)
{
	struct dt_held *first = spec->first;

	spec->first = NULL;
	spec->end = &spec->first;
	spec->bytes = 0;
	return first;
}

static struct dt_spec *get_spec(struct dt_specs *specs, uint64_t tag)
{
	void **at = dt_table_at(&specs->by_tag, &tag, sizeof(tag), true);
	struct dt_spec *spec = at ? *at : NULL;

	if (at && !spec) {
		spec = *at = calloc(1, sizeof(*spec));
		if (spec)
			spec->end = &spec->first;
	}
	if (!spec)
		specs->con->err = EDT_NOMEM;
	return spec;
}

#define DEFAULT_SPECSIZE 32768

/* More than specsize of one speculation is a drop, as it is in illumos. */
static int hold(struct dt_con *con, struct dt_spec *spec, const struct dt_ring *ring, int cpu,
		const void *krec, uint32_t len)
{
	struct dt_held *h;

	if (spec->bytes + len > (uint64_t)dt_con_opt(con, DTRACEOPT_SPECSIZE, DEFAULT_SPECSIZE)) {
		__atomic_fetch_add(dt_con_counter(con, cpu, DT_DROP_SPEC), 1, __ATOMIC_RELAXED);
		return 0;
	}
	h = malloc(sizeof(*h) + len);
	if (!h)
		return dt_con_error(con, EDT_NOMEM);
	*h = (struct dt_held){ .ring = ring, .len = len };
	memcpy(h->rec, krec, len);
	*spec->end = h;
	spec->end = &h->next;
	spec->bytes += len;
	return 0;
}

int dt_spec_record(struct dt_specs *specs, uint64_t tag, const struct dt_ring *ring,
		   const void *krec, uint32_t len, int *cpu)
{
	struct dt_spec *spec = get_spec(specs, tag);

	if (!spec)
		return -1;
	if (spec->fate == DT_SPEC_UNDECIDED && hold(specs->con, spec, ring, *cpu, krec, len))
		return -1;
	if (spec->fate == DT_SPEC_COMMITTED)
		*cpu = spec->cpu;
	return (int)spec->fate;
}

int dt_spec_decide(struct dt_specs *specs, uint64_t tag, bool commit, int cpu,
		   struct dt_held **held)
{
	struct dt_spec *spec = get_spec(specs, tag);

	*held = NULL;
	if (!spec)
		return -1;
	spec->fate = commit ? DT_SPEC_COMMITTED : DT_SPEC_DISCARDED;
	spec->cpu = cpu;
	spec->pass = specs->npasses;
	*held = take_all(spec);
	return 0;
}

static void free_spec(struct dt_spec *spec)
{
	dt_spec_release(take_all(spec));
	free(spec);
}

/* Forgets decisions of the pass before the last. */
void dt_specs_pass(struct dt_specs *specs)
{
	struct dt_table live = { 0 };

	specs->npasses++;
	for (size_t i = 0; i < specs->by_tag.nslots; i++) {
		struct dt_table_slot *slot = &specs->by_tag.slots[i];
		struct dt_spec *spec = slot->key ? slot->value : NULL;
		bool over = spec && spec->fate != DT_SPEC_UNDECIDED &&
			    specs->npasses - spec->pass >= 2;
		void **at = spec && !over ? dt_table_at(&live, slot->key, slot->key_len, true)
					  : NULL;

		if (at)
			*at = spec;
		else if (spec)
			free_spec(spec);
	}
	dt_table_free(&specs->by_tag);
	specs->by_tag = live;
}

void dt_specs_fini(struct dt_specs *specs)
{
	for (size_t i = 0; i < specs->by_tag.nslots; i++)
		if (specs->by_tag.slots[i].key && specs->by_tag.slots[i].value)
			free_spec(specs->by_tag.slots[i].value);
	dt_table_free(&specs->by_tag);
}
