/* SPDX-License-Identifier: MIT */
/*
 * From rings and maps to a client: the door of consume/ for api/.  A struct dt_consume belongs to
 * one run (one handle after dtrace_go); it reads what the layout says, hands records to the client's
 * functions in illumos' layout, prints what the client leaves to the library, keeps the totals of
 * the aggregations and tells of losses.
 *
 * It owns its buffers, descriptions and totals; layout, maps, rings, options and tables of types and
 * symbols are lent to it until dt_consume_free().  The handle is a mere address here, put where the
 * public structures show it.
 *
 * Functions return 0 or -1 with con->err set (an errno or EDT_*), unless they say otherwise.
 */
#ifndef DT_CONSUME_CONSUME_H
#define DT_CONSUME_CONSUME_H

#include <dtrace.h>
#include <dtrace_linux.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "bpf/bpf.h"
#include "contract/record.h"

struct dt_consume;
struct dt_ksyms;
struct dt_usyms;
struct dt_types;

/* The client's handlers, each NULL when not set; may be changed at any time. */
struct dt_consume_handlers {
	dtrace_handle_buffered_f *buffered;
	void *buffered_arg;
	dtrace_handle_err_f *err;
	void *err_arg;
	dtrace_handle_drop_f *drop;
	void *drop_arg;
	dtrace_handle_setopt_f *setopt;
	void *setopt_arg;
};

/* Options that are not in dtrace_optval_t's table. */
struct dt_consume_flags {
	bool droptags, aggpercpu, utf8, ascii;
};

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
void dt_consume_free(struct dt_consume *con);                          /* NULL is fine */
void dt_consume_set_handlers(struct dt_consume *con, const struct dt_consume_handlers *handlers);
void dt_consume_set_cpus(struct dt_consume *con, int begin_cpu,
			 int end_cpu); /* -1: that probe has not run */
int dt_consume_err(const struct dt_consume *con);

/* ---- records ---- */

/* What is emitted from here on is for the pass after the next: a snapshot taken in between has all
 * that its records saw. */
void dt_consume_mark(struct dt_consume *con);
/*
 * Everything that lies in the rings at the time of the call (or of the mark), in DTrace's order:
 * BEGIN's records, CPUs ascending, the CPU of END last once STOPPED; by time with the option
 * temporal.
 */
int dt_consume_records(struct dt_consume *con, FILE *fp, dtrace_consume_probe_f *probef,
		       dtrace_consume_rec_f *recf, void *arg, bool stopped);
uint64_t dt_consume_nrecords(
	const struct dt_consume *con); /* EPID records read so far, faults not counted */
/* The description of an enabled probe, made when first asked for. NULL: no such EPID, or out of
 * memory. */
const dtrace_eprobedesc_t *dt_consume_eprobe(struct dt_consume *con, dtrace_epid_t epid,
					     dtrace_probedesc_t **pdesc);
/* The type of a record's or of a tuple's datum. -1: none of ours. */
int dt_consume_rec_valtype(struct dt_consume *con, const dtrace_eprobedesc_t *edesc,
			   const dtrace_recdesc_t *rec, dtrace_valtype_t *type);
int dt_consume_agg_valtype(struct dt_consume *con, const dtrace_aggdesc_t *desc, int index,
			   dtrace_valtype_t *type);

/* ---- aggregations ---- */

/* QUIESCENT: nothing runs any more, the grace period may be spared. */
int dt_consume_snap(struct dt_consume *con, bool quiescent);
uint64_t dt_consume_nsnaps(const struct dt_consume *con);
void dt_consume_agg_clear(struct dt_consume *con);

enum dt_agg_order {
	DT_ORDER_NONE,    /* newest first */
	DT_ORDER_OPTIONS, /* variable, value, key; the aggsort options */
	DT_ORDER_KEY,     /* variable, key */
	DT_ORDER_VALUE,   /* variable, value, key */
	DT_ORDER_KEYVAR,  /* key, variable */
	DT_ORDER_VALVAR,  /* value, key, variable */
};
int dt_consume_walk(struct dt_consume *con, enum dt_agg_order order, bool reverse,
		    dtrace_aggregate_f *func, void *arg);
int dt_consume_walk_joined(struct dt_consume *con, const dtrace_aggvarid_t *ids, int n,
			   dtrace_aggregate_walk_joined_f *func, void *arg);
/* WALK goes over the entries (api/ gives the client's, or dtrace_aggregate_walk_sorted). */
int dt_consume_agg_print(struct dt_consume *con, FILE *fp, dtrace_aggregate_walk_f *walk);
const struct dt_aggfunc *dt_consume_aggfunc(const dtrace_aggdata_t *agg, uint64_t *param);

/* ---- losses ---- */

/* Calls the drop handler for what was lost since the last call. */
int dt_consume_drops(struct dt_consume *con);
/* The same for a kind that is counted elsewhere (recursion, ticks): TOTAL so far. */
int dt_consume_drop_external(struct dt_consume *con, dtrace_dropkind_t kind, uint64_t total);
uint64_t dt_consume_drop_total(struct dt_consume *con, dtrace_dropkind_t kind);
const char *dt_consume_dropkind_name(dtrace_dropkind_t kind); /* NULL: unknown */

/* ---- texts ---- */

struct dt_fmt;
/* dtrace_fprintf() and its kin: records used, or -1. */
int dt_consume_fprintf(struct dt_consume *con, FILE *fp, const struct dt_fmt *fmt,
		       const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		       const void *buf, size_t len);
int dt_consume_fprinta(struct dt_consume *con, FILE *fp, const struct dt_fmt *fmt,
		       const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		       const void *buf, size_t len);
int dt_consume_system(struct dt_consume *con, FILE *fp, const struct dt_fmt *fmt,
		      const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		      const void *buf, size_t len);
int dt_consume_freopen(struct dt_consume *con, FILE *fp, const struct dt_fmt *fmt,
		       const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		       const void *buf, size_t len);
const char *dt_fault_str(int fault); /* text of a DTRACEFLT_* */

#endif
