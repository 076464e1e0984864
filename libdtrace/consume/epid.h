/* SPDX-License-Identifier: MIT */
/*
 * Enabled probes: a clause on a probe has a number, its EPID, and a description in illumos'
 * structures.  Descriptions are made when first asked for and live as long as the consumer, since
 * clients keep pointers to them.
 */
#ifndef DT_CONSUME_EPID_H
#define DT_CONSUME_EPID_H

#include <dtrace.h>
#include <stdbool.h>
#include <stdint.h>
#include "base/util.h"
#include "consume/flow.h"
#include "contract/record.h"

struct dt_con;
struct dt_numbered_probe;

struct dt_epid {
	const struct dt_clause_layout *clause;
	struct dt_flow_probe flow;
	dtrace_probedesc_t pdesc;
	dtrace_eprobedesc_t desc; /* dtepd_rec goes on behind it */
};

/* The EPIDs of a clause, by the numbers that records carry for its probes. */
struct dt_clause_epids {
	uint32_t first_probe, nprobes; /* the range of numbers */
	uint32_t *epid; /* by number - first_probe; 0: not its probe; NULL: not made */
};

struct dt_epids {
	struct dt_con *con;
	struct dt_epid **by_number; /* NULL: not asked for yet */
	uint32_t n;
	struct dt_clause_epids *by_clause;
	struct dt_numbered_probe *by_probe; /* those of the run, sorted; NULL: not made */
};

bool dt_epids_init(struct dt_epids *epids, struct dt_con *con); /* false: out of memory */
void dt_epids_fini(struct dt_epids *epids);

/* NULL: no such EPID, or out of memory (con->err). */
struct dt_epid *dt_epid_get(struct dt_epids *epids, uint32_t number);
/* Makes the clause ready for dt_epid_find(). */
int dt_epids_prepare(struct dt_epids *epids, uint32_t clause);
/* The EPID of a clause on a probe, both by the layout's numbers; 0: none. */
uint32_t dt_epid_find(const struct dt_epids *epids, uint32_t clause, uint32_t probe);
/* The enabled probe that a public description is part of. */
static inline const struct dt_epid *dt_epid_of_desc(const dtrace_eprobedesc_t *desc)
{
	return container_of(desc, struct dt_epid, desc);
}

#endif
