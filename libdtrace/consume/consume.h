/* SPDX-License-Identifier: MIT */
/*
 * From rings and maps to a client: the door of consume/.  A struct dt_consume belongs to one run,
 * from dtrace_go() on.  It reads what the layout says (contract/record.h), hands records to the
 * client's functions in illumos' layout, prints what the client leaves to the library, keeps the
 * totals of the aggregations and reports losses.
 *
 * It owns its buffers, descriptions and totals.  Layout, maps, rings, options and tables of types
 * and symbols are lent to it until dt_consume_free().  The handle is only an address here, put
 * where the public structures show it.
 *
 * Functions return 0 or -1, unless they say otherwise.  After -1 dt_consume_err() is the reason, an
 * errno or EDT_*.
 */
#ifndef DT_CONSUME_CONSUME_H
#define DT_CONSUME_CONSUME_H

#include <dtrace.h>
#include <dtrace_linux.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "consume/client.h"

struct dt_bpf;
struct dt_consume;
struct dt_fmt;
struct dt_ksyms;
struct dt_ring;
struct dt_run_layout;
struct dt_state;
struct dt_usyms;
struct dt_types;

struct dt_consume_init {
	dtrace_hdl_t *hdl;
	const struct dt_run_layout *layout;
	struct dt_bpf *bpf;
	struct dt_types *types;
	struct dt_ksyms *ksyms; /* NULL: addresses stay numbers */
	struct dt_usyms *usyms;
	pid_t target;           /* whose addresses %A means; 0: none */
	struct dt_state *state; /* mapped, layout->state_size bytes */
	struct dt_ring *rings;  /* by CPU id; NULL or size 0: none */
	int nrings;
	struct dt_ring *end_ring;       /* what END recorded; NULL or size 0: nothing */
	const int *map_fds;             /* by the layout's numbers */
	const dtrace_optval_t *options; /* DTRACEOPT_MAX, live */
	struct dt_consume_flags flags;
	/* D's setopt(): 0 or an EDT number, the values before and after. */
	int (*setopt)(dtrace_hdl_t *hdl, const char *name, const char *value,
		      dtrace_optval_t *before, dtrace_optval_t *after);
};

struct dt_consume *dt_consume_new(const struct dt_consume_init *init); /* NULL: out of memory */
void dt_consume_free(struct dt_consume *consumer);                     /* NULL is fine */
void dt_consume_set_handlers(struct dt_consume *consumer,
			     const struct dt_consume_handlers *handlers);
/* Where BEGIN and END ran; -1: that probe has not run. */
void dt_consume_set_cpus(struct dt_consume *consumer, int begin_cpu, int end_cpu);
int dt_consume_err(const struct dt_consume *consumer);

/* ---- records ---- */

/* The next pass ends at what the rings hold now. A snapshot that is taken between mark and pass has
 * all updates that the pass's records saw. Whether the pass will have records. */
bool dt_consume_mark(struct dt_consume *consumer);
/*
 * A pass: everything that is in the rings at the time of the call (or of the mark), in DTrace's
 * order: BEGIN's records, CPUs ascending, END's records last, once STOPPED; by time with the option
 * temporal.
 */
int dt_consume_records(struct dt_consume *consumer, FILE *fp, dtrace_consume_probe_f *probef,
		       dtrace_consume_rec_f *recf, void *arg, bool stopped);
/* Throws away the oldest records of each ring, until the others have at most BYTES. */
void dt_consume_trim(struct dt_consume *consumer, uint64_t bytes);
/* Records delivered so far, faults not counted. */
uint64_t dt_consume_nrecords(const struct dt_consume *consumer);
/* The description of an enabled probe, made when first asked for. NULL: no such EPID, or out of
 * memory. */
const dtrace_eprobedesc_t *dt_consume_eprobe(struct dt_consume *consumer, dtrace_epid_t epid,
					     dtrace_probedesc_t **pdesc);
/* The type of a datum of a record or of a tuple. -1: the description is not this consumer's. */
int dt_consume_rec_valtype(struct dt_consume *consumer, const dtrace_eprobedesc_t *edesc,
			   const dtrace_recdesc_t *rec, dtrace_valtype_t *type);
int dt_consume_agg_valtype(struct dt_consume *consumer, const dtrace_aggdesc_t *desc, int index,
			   dtrace_valtype_t *type);

/* ---- aggregations ---- */

/* Moves updates from the kernel to the totals. QUIESCENT: no program runs any more, so that no
 * grace period is needed. */
int dt_consume_snap(struct dt_consume *consumer, bool quiescent);
uint64_t dt_consume_nsnaps(const struct dt_consume *consumer);
void dt_consume_agg_clear(struct dt_consume *consumer);

int dt_consume_walk(struct dt_consume *consumer, enum dt_agg_order order, bool reverse,
		    dtrace_aggregate_f *func, void *arg);
int dt_consume_walk_joined(struct dt_consume *consumer, const dtrace_aggvarid_t *ids, int n,
			   dtrace_aggregate_walk_joined_f *func, void *arg);
/* WALK goes over the entries (the client's, or dtrace_aggregate_walk_sorted); NULL: in the options'
 * order. */
int dt_consume_agg_print(struct dt_consume *consumer, FILE *fp, dtrace_aggregate_walk_f *walk);

/* The name of the aggregating function. */
const char *dt_consume_agg_name(const dtrace_aggdata_t *agg);
/* The value as a number.  0 or -EINVAL: it is a distribution. */
int dt_consume_agg_number(const dtrace_aggdata_t *agg, int64_t *value);
uint32_t dt_consume_agg_nbuckets(const dtrace_aggdata_t *agg); /* 0: it is not a distribution */
/* 0 or -EINVAL: there is no such bucket. */
int dt_consume_agg_bucket(const dtrace_aggdata_t *agg, uint32_t bucket, int64_t *low, int64_t *high,
			  int64_t *count);

/* ---- losses ---- */

/* Calls the drop handler for what was lost since the last call. */
int dt_consume_drops(struct dt_consume *consumer);
/* The same for a kind that is counted elsewhere (recursion, ticks): TOTAL so far. */
int dt_consume_drop_external(struct dt_consume *consumer, dtrace_dropkind_t kind, uint64_t total);
uint64_t dt_consume_drop_total(struct dt_consume *consumer, dtrace_dropkind_t kind);
const char *dt_consume_dropkind_name(dtrace_dropkind_t kind); /* NULL: unknown */

/* ---- texts ---- */

/* dtrace_fprintf() and its kin: records used, or -1. */
int dt_consume_fprintf(struct dt_consume *consumer, FILE *fp, const struct dt_fmt *fmt,
		       const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		       const void *buf, size_t len);
int dt_consume_fprinta(struct dt_consume *consumer, FILE *fp, const struct dt_fmt *fmt,
		       const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		       const void *buf, size_t len);
int dt_consume_system(struct dt_consume *consumer, FILE *fp, const struct dt_fmt *fmt,
		      const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		      const void *buf, size_t len);
int dt_consume_freopen(struct dt_consume *consumer, FILE *fp, const struct dt_fmt *fmt,
		       const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		       const void *buf, size_t len);
const char *dt_consume_fault_text(int fault); /* text of a DTRACEFLT_* */

#endif
