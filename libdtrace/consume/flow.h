/* SPDX-License-Identifier: MIT */
/*
 * The option flowindent: how far records are indented, and which arrow stands before them.  What an
 * enabled probe is to it is found once, with its description (epid.c); records.c asks before and
 * after it delivers a record.
 */
#ifndef DT_CONSUME_FLOW_H
#define DT_CONSUME_FLOW_H

#include <dtrace.h>
#include <stdint.h>

struct dt_provider_ops;

enum dt_flow { DT_FLOW_NONE, DT_FLOW_ENTRY, DT_FLOW_RETURN };

/* What an enabled probe is to flowindent. Part of its struct dt_epid, whose identity it shares. */
struct dt_flow_probe {
	enum dt_flow flow;
	const char *prefix;
	uint32_t probe_id;
};

/* The indentation so far; starts anew with each CPU's records. */
struct dt_flow_state {
	const struct dt_flow_probe *last; /* of the record before; NULL: none */
	int indent;
};

void dt_flow_classify(struct dt_flow_probe *probe, const dtrace_probedesc_t *pdesc,
		      const struct dt_provider_ops *ops);
/* Sets DATA's flow members for a record of PROBE. NEXT: of the record behind it on its CPU; NULL:
 * none. */
void dt_flow_before(struct dt_flow_state *state, dtrace_probedata_t *data,
		    const struct dt_flow_probe *probe, const struct dt_flow_probe *next);
/* The record has been delivered. */
void dt_flow_after(struct dt_flow_state *state, const dtrace_probedata_t *data,
		   const struct dt_flow_probe *probe);

#endif
