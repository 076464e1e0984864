/* SPDX-License-Identifier: MIT */
/*
 * The life of a consumer, from dtrace_go() to the end of the run, and the functions of consume.h,
 * each of which calls the part that it concerns.  Only this file puts the parts together.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "consume/aggprint.h"
#include "consume/aggsort.h"
#include "consume/aggvalue.h"
#include "consume/consumer.h"
#include "consume/faults.h"
#include "consume/printf.h"

/* ---- its life ---- */

static bool init_parts(struct dt_consume *consumer, const struct dt_consume_init *init)
{
	struct dt_con *con = &consumer->con;

	consumer->out.con = con;
	consumer->valtypes = (struct dt_valtypes){ .con = con, .epids = &consumer->epids };
	consumer->records = (struct dt_records){
		.con = con, .consumer = consumer, .out = &consumer->out, .epids = &consumer->epids
	};
	consumer->rings = (struct dt_rings){ .con = con,
					     .records = &consumer->records,
					     .by_cpu = init->rings,
					     .n = init->nrings,
					     .end_ring = init->end_ring,
					     .begin_cpu = -1,
					     .end_cpu = -1 };
	consumer->snapshots = (struct dt_snapshots){
		.interns = { .con = con, .bpf = init->bpf, .map_fds = init->map_fds },
		.con = con,
		.aggs = &consumer->aggs,
		.bpf = init->bpf,
		.map_fds = init->map_fds,
	};
	consumer->actions = (struct dt_actions){
		.con = con, .out = &consumer->out, .aggs = &consumer->aggs, .freopen_fd = -1
	};
	consumer->setopt = init->setopt;
	return dt_epids_init(&consumer->epids, con) && dt_records_init(&consumer->records) &&
	       dt_rings_init(&consumer->rings) && dt_drops_init(&consumer->drops, con) &&
	       dt_aggs_init(&consumer->aggs, con, &consumer->epids);
}

struct dt_consume *dt_consume_new(const struct dt_consume_init *init)
{
	struct dt_consume *consumer = calloc(1, sizeof(*consumer));

	if (!consumer)
		return NULL;
	consumer->con = (struct dt_con){
		.hdl = init->hdl,
		.layout = init->layout,
		.state = init->state,
		.types = init->types,
		.names = { init->ksyms, init->usyms, init->flags.stack_addresses },
		.target = init->target,
		.options = init->options,
		.flags = init->flags,
		.arena = dt_arena_new(),
	};
	if (!init_parts(consumer, init) || !consumer->con.arena) {
		dt_consume_free(consumer);
		return NULL;
	}
	return consumer;
}

void dt_consume_free(struct dt_consume *consumer)
{
	if (!consumer)
		return;
	dt_actions_fini(&consumer->actions);
	dt_snapshots_fini(&consumer->snapshots);
	dt_aggs_fini(&consumer->aggs);
	dt_drops_fini(&consumer->drops);
	dt_rings_fini(&consumer->rings);
	dt_records_fini(&consumer->records);
	dt_valtypes_fini(&consumer->valtypes);
	dt_epids_fini(&consumer->epids);
	dt_strbuf_free(&consumer->out.text);
	dt_arena_free(consumer->con.arena);
	free(consumer);
}

void dt_consume_set_handlers(struct dt_consume *consumer,
			     const struct dt_consume_handlers *handlers)
{
	consumer->con.handlers = *handlers;
}

void dt_consume_set_cpus(struct dt_consume *consumer, int begin_cpu, int end_cpu)
{
	consumer->rings.begin_cpu = begin_cpu;
	consumer->rings.end_cpu = end_cpu;
}

int dt_consume_err(const struct dt_consume *consumer)
{
	return consumer->con.err;
}

/* ---- records ---- */

bool dt_consume_mark(struct dt_consume *consumer)
{
	return dt_rings_mark(&consumer->rings);
}

int dt_consume_records(struct dt_consume *consumer, FILE *fp, dtrace_consume_probe_f *probef,
		       dtrace_consume_rec_f *recf, void *arg, bool stopped)
{
	struct dt_receiver to = { fp, probef, recf, arg };

	return dt_rings_pass(&consumer->rings, &to, stopped);
}

uint64_t dt_consume_nrecords(const struct dt_consume *consumer)
{
	return consumer->records.n;
}

const dtrace_eprobedesc_t *dt_consume_eprobe(struct dt_consume *consumer, dtrace_epid_t number,
					     dtrace_probedesc_t **pdesc)
{
	struct dt_epid *epid = dt_epid_get(&consumer->epids, number);

	if (!epid)
		return NULL;
	if (pdesc)
		*pdesc = &epid->pdesc;
	return &epid->desc;
}

int dt_consume_rec_valtype(struct dt_consume *consumer, const dtrace_eprobedesc_t *edesc,
			   const dtrace_recdesc_t *rec, dtrace_valtype_t *type)
{
	return dt_valtype_of_rec(&consumer->valtypes, edesc, rec, type);
}

int dt_consume_agg_valtype(struct dt_consume *consumer, const dtrace_aggdesc_t *desc, int index,
			   dtrace_valtype_t *type)
{
	return dt_valtype_of_agg(&consumer->valtypes, desc, index, type);
}

void dt_consume_trim(struct dt_consume *consumer, uint64_t bytes)
{
	dt_rings_trim(&consumer->rings, bytes);
}

/* ---- aggregations ---- */

int dt_consume_snap(struct dt_consume *consumer, bool quiescent)
{
	return dt_snapshot_take(&consumer->snapshots, quiescent);
}

uint64_t dt_consume_nsnaps(const struct dt_consume *consumer)
{
	return consumer->snapshots.n;
}

void dt_consume_agg_clear(struct dt_consume *consumer)
{
	dt_aggs_clear(&consumer->aggs);
}

int dt_consume_walk(struct dt_consume *consumer, enum dt_agg_order order, bool reverse,
		    dtrace_aggregate_f *func, void *arg)
{
	return dt_agg_walk(&consumer->aggs, order, reverse, func, arg);
}

int dt_consume_walk_joined(struct dt_consume *consumer, const dtrace_aggvarid_t *ids, int n,
			   dtrace_aggregate_walk_joined_f *func, void *arg)
{
	return dt_agg_walk_joined(&consumer->aggs, ids, n, func, arg);
}

int dt_consume_agg_print(struct dt_consume *consumer, FILE *fp, dtrace_aggregate_walk_f *walk)
{
	consumer->out.fp = fp;
	consumer->out.probe = NULL;
	return dt_agg_print(&consumer->aggs, &consumer->out, walk);
}

const char *dt_consume_agg_name(const dtrace_aggdata_t *agg)
{
	return dt_agg_var_of(agg)->func->name;
}

int dt_consume_agg_number(const dtrace_aggdata_t *agg, int64_t *value)
{
	const struct dt_aggfunc *f = dt_agg_var_of(agg)->func;

	if (!f->number)
		return -EINVAL;
	*value = f->number(dt_agg_value(agg), agg->dtada_normal);
	return 0;
}

uint32_t dt_consume_agg_nbuckets(const dtrace_aggdata_t *agg)
{
	const struct dt_agg_var *var = dt_agg_var_of(agg);

	return var->func->nbuckets ? var->func->nbuckets(var->param) : 0;
}

int dt_consume_agg_bucket(const dtrace_aggdata_t *agg, uint32_t bucket, int64_t *low, int64_t *high,
			  int64_t *count)
{
	const struct dt_agg_var *var = dt_agg_var_of(agg);
	int err = dt_aggval_bucket(var->func, var->param, dt_agg_value(agg), bucket, low, high,
				   count);

	if (!err)
		*count = dt_normalize(*count, agg->dtada_normal);
	return err;
}

/* ---- losses and faults ---- */

int dt_consume_drops(struct dt_consume *consumer)
{
	return dt_drops_report(&consumer->drops);
}

int dt_consume_drop_external(struct dt_consume *consumer, dtrace_dropkind_t kind, uint64_t total)
{
	return dt_drops_external(&consumer->drops, kind, total);
}

uint64_t dt_consume_drop_total(struct dt_consume *consumer, dtrace_dropkind_t kind)
{
	return dt_drops_total(&consumer->drops, kind);
}

const char *dt_consume_dropkind_name(dtrace_dropkind_t kind)
{
	return dt_drop_name(kind);
}

const char *dt_consume_fault_text(int fault)
{
	return dt_fault_text(fault);
}

/* ---- texts ---- */

int dt_consume_fprintf(struct dt_consume *consumer, FILE *fp, const struct dt_fmt *fmt,
		       const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		       const void *buf, size_t len)
{
	struct dt_fmt_input input = { recs, nrecs, buf, len };

	return dt_action_printf(&consumer->actions, fp, fmt, data, &input);
}

int dt_consume_fprinta(struct dt_consume *consumer, FILE *fp, const struct dt_fmt *fmt,
		       const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		       const void *buf, size_t len)
{
	struct dt_fmt_input input = { recs, nrecs, buf, len };

	return dt_action_printa(&consumer->actions, fp, fmt, data, &input);
}

int dt_consume_system(struct dt_consume *consumer, FILE *fp, const struct dt_fmt *fmt,
		      const dtrace_probedata_t *data DT_UNUSED, const dtrace_recdesc_t *recs,
		      uint32_t nrecs, const void *buf, size_t len)
{
	struct dt_fmt_input input = { recs, nrecs, buf, len };

	return dt_action_system(&consumer->actions, fp, fmt, &input);
}

int dt_consume_freopen(struct dt_consume *consumer, FILE *fp, const struct dt_fmt *fmt,
		       const dtrace_probedata_t *data, const dtrace_recdesc_t *recs, uint32_t nrecs,
		       const void *buf, size_t len)
{
	struct dt_fmt_input input = { recs, nrecs, buf, len };

	return dt_action_freopen(&consumer->actions, fp, fmt, data, &input);
}
