/* SPDX-License-Identifier: MIT */
/*
 * The delivery of records: a record of a ring is expanded, its enabled probe found, and for each
 * datum the client's function called, then the printing or the action of its built-in.  Called by
 * rings.c.  It owns the expansions of clauses, the held records of speculations and the state of
 * flowindent.
 */
#ifndef DT_CONSUME_RECORDS_H
#define DT_CONSUME_RECORDS_H

#include <dtrace.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "consume/epid.h"
#include "consume/faults.h"
#include "consume/flow.h"
#include "consume/spec.h"
#include "contract/record.h"

struct dt_con;
struct dt_consume;
struct dt_expansion;
struct dt_out;
struct dt_ring;

/* A record as the show and perform hooks of built-ins get it. */
struct dt_record {
	const dtrace_probedata_t *data;
	const struct dt_epid *epid;
	const struct dt_clause_layout *clause;
	char *buf; /* in illumos' layout */
	FILE *fp;
};

static inline const void *dt_record_datum(const struct dt_record *rec, uint32_t item)
{
	return rec->buf + rec->clause->items.data[item].offset;
}
static inline const dtrace_recdesc_t *dt_record_desc(const struct dt_record *rec, uint32_t item)
{
	return &rec->epid->desc.dtepd_rec[item];
}
/* How many items the statement of ITEM has from there on. */
uint32_t dt_record_nitems(const struct dt_record *rec, uint32_t item);
/* Prints an item by its action and type; returns 1, as a show hook. */
int dt_record_show(const struct dt_record *rec, struct dt_out *out, uint32_t item);

/* Who gets the records of a pass; the functions may be NULL. */
struct dt_receiver {
	FILE *fp;
	dtrace_consume_probe_f *probef;
	dtrace_consume_rec_f *recf;
	void *arg;
};

struct dt_records {
	struct dt_con *con;
	struct dt_consume *consumer; /* for the hooks of built-ins */
	struct dt_out *out;
	struct dt_epids *epids;
	struct dt_expansion *expansions; /* by the clause's number */
	struct dt_specs specs;
	struct dt_faults faults;
	struct dt_flow_state flow;
	struct dt_receiver to;
	dtrace_probedata_t data; /* of the record in hand */
	uint64_t n;              /* delivered so far, faults not counted */
};

bool dt_records_init(struct dt_records *records); /* false: out of memory */
void dt_records_fini(struct dt_records *records);
void dt_records_begin_pass(struct dt_records *records, const struct dt_receiver *to);
int dt_records_end_pass(struct dt_records *records, bool stopped);
/* Records of another CPU begin. */
void dt_records_begin_cpu(struct dt_records *records);
/* Whatever lies in a ring: a record, a fault, the end of a speculation. */
int dt_records_deliver(struct dt_records *records, const struct dt_ring *ring, int cpu,
		       const struct dt_krec *krec, uint32_t len);

#endif
