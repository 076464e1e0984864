/* SPDX-License-Identifier: MIT */
/*
 * Records of speculations, held by the tag of their speculation (contract/record.h) until it is
 * committed or discarded.  records.c asks for each speculated record what to do with it, and gets
 * the held ones back to deliver when their speculation ends.
 */
#ifndef DT_CONSUME_SPEC_H
#define DT_CONSUME_SPEC_H

#include <stdbool.h>
#include <stdint.h>
#include "base/table.h"

struct dt_con;
struct dt_ring;

struct dt_specs {
	struct dt_con *con;
	struct dt_table by_tag; /* tag -> struct dt_spec */
	uint32_t npasses;
};

/* A held record; those of a speculation form a list. */
struct dt_held {
	struct dt_held *next;
	const struct dt_ring *ring; /* it came from */
	uint32_t len;
	char rec[] __attribute__((aligned(8)));
};

enum dt_spec_fate { DT_SPEC_UNDECIDED, DT_SPEC_COMMITTED, DT_SPEC_DISCARDED };

/*
 * A record of speculation TAG.  Returns the speculation's fate, or -1: UNDECIDED, the record is
 * held (or dropped, beyond specsize); COMMITTED, the caller delivers it as one of *CPU, where the
 * commit was.
 */
int dt_spec_record(struct dt_specs *specs, uint64_t tag, const struct dt_ring *ring,
		   const void *krec, uint32_t len, int *cpu);
/* The speculation ends. *HELD: its records, which the caller delivers if it is committed and
 * releases. */
int dt_spec_decide(struct dt_specs *specs, uint64_t tag, bool commit, int cpu,
		   struct dt_held **held);
void dt_spec_release(struct dt_held *held);
/* A pass over the rings is over. */
void dt_specs_pass(struct dt_specs *specs);
void dt_specs_fini(struct dt_specs *specs);

#endif
