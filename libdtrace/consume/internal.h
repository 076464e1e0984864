/* SPDX-License-Identifier: MIT */
/*
 * What the files of consume/ share: the context, prepared clauses, enabled probes, the store of
 * aggregations. builtin/'s hooks see it too, since they are this room's continuation for single
 * actions; api/ does not.
 */
#ifndef DT_CONSUME_INTERNAL_H
#define DT_CONSUME_INTERNAL_H

#include "base/arena.h"
#include "base/errno.h"
#include "base/table.h"
#include "base/util.h"
#include "base/vec.h"
#include "consume/consume.h"
#include "consume/output.h"
#include "consume/show.h"

struct dt_agg_var;
struct dt_agg_entry;

/* ---- records ---- */

/* One copy of a clause's expansion: where the datum's bytes come from and go to. */
struct dt_step {
	uint8_t enc;
	uint32_t koff, ksize;  /* in the compact record */
	uint32_t offset, size; /* in illumos' record */
	uint32_t used;         /* bytes of it that the last record filled; the rest is zero */
	uint32_t last_id;      /* STRID: the text that stands there, + 1 */
};

/* A clause made ready: its own record buffer, in which constants and padding stand already. */
struct dt_con_clause {
	const struct dt_clause_layout *layout;
	char *buf; /* layout->size bytes; NULL: not prepared yet */
	struct dt_step *steps;
	uint32_t nsteps;
	uint32_t first_probe, nprobes; /* range of the layout's probe numbers that the clause has */
	uint32_t spec_koff;            /* where the tag of speculate() stands; 0: none */
	uint32_t *epid;                /* by number - first_probe; 0: not one of its probes */
};

enum dt_flow { DT_FLOW_NONE, DT_FLOW_ENTRY, DT_FLOW_RETURN };

/* An enabled probe (EPID), made when first seen: its public description lies in it, so that it is
 * found from there. */
struct dt_con_epid {
	const struct dt_clause_layout *clause;
	enum dt_flow flow; /* what its probe is to flowindent, and how that shows */
	const char *prefix;
	dtrace_probedesc_t pdesc;
	dtrace_eprobedesc_t desc; /* dtepd_rec goes on behind it */
};

/* A record as the show and perform hooks get it. */
struct dt_record {
	const dtrace_probedata_t *data;
	const struct dt_con_epid *epid;
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
/* Items that the statement of ITEM has from there on. */
uint32_t dt_record_nitems(const struct dt_record *rec, uint32_t item);

/* ---- the context ---- */

struct dt_flow_state {
	const struct dt_con_epid *last; /* of the record before; NULL: none */
	int indent;
};

struct dt_consume {
	/* lent */
	dtrace_hdl_t *hdl;
	const struct dt_run_layout *layout;
	struct dt_bpf *bpf;
	struct dt_types *types;
	struct dt_texts texts;
	pid_t target;
	struct dt_state *state;
	struct dt_ring *rings;
	int nrings;
	struct dt_ring *end_ring;
	const int *map_fds;
	const dtrace_optval_t *options;
	struct dt_consume_flags flags;
	int (*setopt)(dtrace_hdl_t *, const char *, const char *, dtrace_optval_t *,
		      dtrace_optval_t *);
	struct dt_consume_handlers handlers;

	/* owned */
	int err;
	struct dt_arena *arena; /* descriptions */
	struct dt_out out;
	struct dt_con_clause *clauses; /* by the layout's numbers */
	struct dt_con_epid **epids;    /* by EPID; NULL: not seen yet */
	uint32_t nepids;
	struct dt_table type_names; /* struct dt_type * -> text in the arena */
	int begin_cpu, end_cpu;
	uint64_t nrecords;
	struct dt_flow_state flow;

	/* the walk over rings in hand */
	FILE *fp;
	dtrace_consume_probe_f *probef;
	dtrace_consume_rec_f *recf;
	void *arg;
	dtrace_probedata_t data;
	struct dt_table specs; /* spec.c: tag -> struct dt_spec */
	uint32_t npasses;
	bool begin_done; /* BEGIN's records have been read */
	uint64_t *ends;  /* by CPU: how far a pass goes */
	uint64_t ends_ns;
	bool marked; /* ends stand: dt_consume_mark() */

	/* aggs.c */
	struct dt_agg_var *vars; /* by variable id - 1 */
	size_t nvars;
	struct dt_agg_entry **buckets;
	size_t nbuckets, nentries;
	struct dt_agg_entry *newest, *oldest;
	uint64_t nsnaps;
	bool emptied; /* a quiescent snapshot has taken everything */
	char *keybuf; /* one decoded tuple */

	/* drops.c */
	uint64_t *seen;        /* counters at the last report, DT_DROP_COUNT a CPU */
	uint64_t external[24]; /* by row of drops.c: what is counted elsewhere */

	int freopen_fd; /* what fp was before D's freopen(); -1 */
};

/* Sets con->err; returns -1. */
int dt_con_error(struct dt_consume *con, int err);
static inline bool dt_con_has(const struct dt_consume *con, int opt)
{
	return con->options[opt] != DTRACEOPT_UNSET;
}
static inline int64_t dt_con_opt(const struct dt_consume *con, int opt, int64_t otherwise)
{
	return dt_con_has(con, opt) ? con->options[opt] : otherwise;
}

/* expand.c */
int dt_con_clause_prepare(struct dt_consume *con, uint32_t clause);
/* The compact record in illumos' layout, in clause->buf. False: it is damaged. */
bool dt_con_expand(struct dt_consume *con, struct dt_con_clause *clause, const void *krec,
		   uint32_t len);

/* records.c: a record that is to be delivered now; con->data has the CPU. */
int dt_con_record(struct dt_consume *con, const struct dt_ring *ring, const void *krec,
		  uint32_t len);

/* Whatever a ring holds: a record, a fault, the end of a speculation. */
int dt_con_any_record(struct dt_consume *con, const struct dt_ring *ring, int cpu,
		      const struct dt_krec *krec, uint32_t len);

/* spec.c */
int dt_spec_record(struct dt_consume *con, const struct dt_ring *ring, int cpu, uint64_t tag,
		   const void *krec, uint32_t len);
int dt_spec_decide(struct dt_consume *con, int cpu, uint64_t tag, bool commit);
void dt_spec_pass(struct dt_consume *con);
void dt_spec_free(struct dt_consume *con);

/* epid.c */
/* NULL: no such EPID, or out of memory (con->err). */
struct dt_con_epid *dt_con_epid(struct dt_consume *con, uint32_t epid);
/* EPID of a clause on a probe (the layout's numbers), 0: none such. */
uint32_t dt_con_find_epid(struct dt_consume *con, uint32_t clause, uint32_t probe);
void dt_con_valtype(uint16_t action, uint64_t arg, const struct dt_type *type, uint32_t size,
		    dtrace_valtype_t *out);

/* flow.c */
void dt_flow_classify(struct dt_con_epid *epid);
void dt_flow_reset(struct dt_consume *con);
/* Fills the flow members of con->data before chew; NEXT: the EPID after this record on its CPU,
 * NULL: none. */
void dt_flow_before(struct dt_consume *con, const struct dt_con_epid *epid,
		    const struct dt_con_epid *next);
void dt_flow_after(struct dt_consume *con, const struct dt_con_epid *epid);

/* faults.c */
int dt_con_fault(struct dt_consume *con, int cpu, const struct dt_krec *krec,
		 const struct dt_krec_error *error);
/* A fault of the library's own (setopt(), freopen()) at a record. */
int dt_con_libfault(struct dt_consume *con, const dtrace_probedata_t *data, const char *msg);

/* Bytes at the top of the kernel's stack at DATA that the kernel puts between a tracepoint and its
 * programs. */
uint32_t dt_con_stack_skip(struct dt_consume *con, const char *data, uint32_t size);

#endif
