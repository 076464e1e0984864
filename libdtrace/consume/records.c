/* SPDX-License-Identifier: MIT */
/*
 * One record (records.h): the sequence of calls that it makes.  First the client's function for the
 * probe, then for each datum the function for records; what that leaves to the library is printed,
 * by the built-in's show hook or by type.  Actions that the consumer performs come in their place.
 */
#include <stdlib.h>
#include <string.h>
#include "bpf/bpf.h"
#include "consume/context.h"
#include "consume/expand.h"
#include "consume/faults.h"
#include "consume/output.h"
#include "consume/records.h"
#include "consume/show.h"
#include "contract/builtin.h"

/* ---- as hooks see it ---- */

uint32_t dt_record_nitems(const struct dt_record *rec, uint32_t item)
{
	const struct dt_rec_item *items = rec->clause->items.data;
	uint32_t n = 1;

	while (item + n < rec->clause->items.n && items[item + n].stmt &&
	       items[item + n].stmt == items[item].stmt)
		n++;
	return n;
}

int dt_record_show(const struct dt_record *rec, struct dt_out *out, uint32_t i)
{
	const struct dt_rec_item *item = &rec->clause->items.data[i];
	struct dt_datum datum = { item->action, item->arg, item->type, rec->buf + item->offset,
				  item->size };

	dt_show_datum(out, &datum, false);
	return 1;
}

/* ---- delivery ---- */

static int bad_answer(struct dt_records *records, int answer)
{
	return dt_con_error(records->con,
			    answer == DTRACE_CONSUME_ABORT ? EDT_DIRABORT : EDT_BADRVAL);
}

/* Prints or performs item I; returns how many items that took, or -1. */
static int do_item(struct dt_records *records, const struct dt_record *rec, uint32_t i)
{
	const struct dt_rec_item *item = &rec->clause->items.data[i];
	const dtrace_recdesc_t *desc = dt_record_desc(rec, i);
	struct dt_out *out = records->out;
	int answer, n;

	if (item->row && item->row->perform)
		return item->row->perform(records->consumer, rec, i);
	if (item->action == DTRACEACT_TRACEMEM_DYNSIZE)
		return 1; /* only says how much of the next one counts */
	records->data.dtpda_data = rec->buf + item->offset;
	answer = records->to.recf ? records->to.recf(&records->data, desc, records->to.arg)
				  : DTRACE_CONSUME_NEXT;
	if (answer == DTRACE_CONSUME_NEXT)
		return 1;
	if (answer != DTRACE_CONSUME_THIS)
		return bad_answer(records, answer);
	out->probe = &records->data;
	n = item->row && item->row->show ? item->row->show(records->consumer, out, rec, i)
					 : dt_record_show(rec, out, i);
	if (n < 0 || dt_out_flush(out, desc, NULL, 0)) {
		dt_strbuf_clear(&out->text);
		return -1;
	}
	return n;
}

static int deliver(struct dt_records *records, const struct dt_record *rec)
{
	const struct dt_receiver *to = &records->to;
	int answer, n;

	answer = to->probef ? to->probef(&records->data, to->arg) : DTRACE_CONSUME_THIS;
	if (answer == DTRACE_CONSUME_NEXT)
		return 0;
	if (answer != DTRACE_CONSUME_THIS)
		return bad_answer(records, answer);
	for (uint32_t i = 0; i < rec->clause->items.n; i += (uint32_t)n) {
		n = do_item(records, rec, i);
		if (n < 0)
			return -1;
		n = DT_MAX(n, 1);
	}
	if (to->recf)
		to->recf(&records->data, NULL, to->arg);
	return 0;
}

static bool is_record(const struct dt_records *records, const struct dt_krec *krec, uint32_t len)
{
	return len >= sizeof(*krec) && krec->clause < records->con->layout->clauses.n;
}

/* The clause's expansion and EPIDs are made when its first record comes. */
static int prepare(struct dt_records *records, uint32_t clause)
{
	struct dt_expansion *exp = &records->expansions[clause];

	if (exp->buf)
		return 0;
	if (dt_epids_prepare(records->epids, clause))
		return -1;
	return dt_expansion_prepare(exp, records->con, records->con->layout->clauses.data[clause]);
}

/* The enabled probe of the next record of RING, which stays there. NULL: none, or no record of a
 * clause. */
static const struct dt_flow_probe *peek_probe(struct dt_records *records,
					      const struct dt_ring *ring)
{
	struct dt_ring copy = *ring;
	const struct dt_epid *epid;
	uint32_t len;
	const struct dt_krec *krec = dt_ring_next(&copy, &len);

	if (!krec || !is_record(records, krec, len) || prepare(records, krec->clause))
		return NULL;
	epid = dt_epid_get(records->epids, dt_epid_find(records->epids, krec->clause, krec->probe));
	return epid ? &epid->flow : NULL;
}

static int deliver_indented(struct dt_records *records, const struct dt_ring *ring,
			    const struct dt_record *rec)
{
	const struct dt_flow_probe *probe = &rec->epid->flow, *next = NULL;
	int rc;

	if (probe->flow == DT_FLOW_RETURN)
		next = peek_probe(records, ring);
	dt_flow_before(&records->flow, &records->data, probe, next);
	rc = deliver(records, rec);
	dt_flow_after(&records->flow, &records->data, probe);
	return rc;
}

/* A record whose time has come; records->data has its CPU. */
static int deliver_now(struct dt_records *records, const struct dt_ring *ring, const void *data,
		       uint32_t len)
{
	const struct dt_krec *krec = data;
	struct dt_expansion *exp = &records->expansions[krec->clause];
	uint32_t number = dt_epid_find(records->epids, krec->clause, krec->probe);
	struct dt_epid *epid;
	struct dt_record rec;

	if (!number || !dt_expand(exp, records->con, krec, len))
		return 0; /* damaged: there is nothing to deliver */
	epid = dt_epid_get(records->epids, number);
	if (!epid)
		return -1;
	((dtrace_rechdr_t *)exp->buf)->dtrh_epid = number;
	records->n++;
	records->data.dtpda_edesc = &epid->desc;
	records->data.dtpda_pdesc = &epid->pdesc;
	records->data.dtpda_data = exp->buf;
	rec = (struct dt_record){ &records->data, epid, exp->layout, exp->buf, records->to.fp };
	if (dt_con_has(records->con, DTRACEOPT_FLOWINDENT))
		return deliver_indented(records, ring, &rec);
	records->data.dtpda_flow = 0;
	records->data.dtpda_prefix = NULL;
	records->data.dtpda_indent = 0;
	return deliver(records, &rec);
}

/* ---- whatever a ring holds ---- */

/* A record of a clause: delivered, or held where it was speculated. */
static int deliver_record(struct dt_records *records, const struct dt_ring *ring,
			  const struct dt_krec *krec, uint32_t len)
{
	const struct dt_expansion *exp = &records->expansions[krec->clause];
	int cpu = records->data.dtpda_cpu, fate;
	uint64_t tag;

	if (!exp->buf && prepare(records, krec->clause))
		return -1;
	if (!exp->spec_koff)
		return deliver_now(records, ring, krec, len);
	if (len < exp->spec_koff + sizeof(tag))
		return 0;
	memcpy(&tag, (const char *)krec + exp->spec_koff, sizeof(tag));
	fate = dt_spec_record(&records->specs, tag, ring, krec, len, &cpu);
	if (fate != DT_SPEC_COMMITTED)
		return DT_MIN(fate, 0);
	records->data.dtpda_cpu = cpu;
	return deliver_now(records, ring, krec, len);
}

static int end_speculation(struct dt_records *records, int cpu, uint64_t tag, bool commit)
{
	struct dt_held *held;
	int rc = dt_spec_decide(&records->specs, tag, commit, cpu, &held);

	for (struct dt_held *h = held; h && commit && !rc; h = h->next)
		rc = deliver_now(records, h->ring, h->rec, h->len);
	dt_spec_release(held);
	return rc;
}

int dt_records_deliver(struct dt_records *records, const struct dt_ring *ring, int cpu,
		       const struct dt_krec *krec, uint32_t len)
{
	uint32_t header = records->con->layout->header_size;
	const void *body = (const char *)krec + header;
	uint32_t size = len > header ? len - header : 0;

	records->data.dtpda_cpu = cpu;
	if (is_record(records, krec, len))
		return deliver_record(records, ring, krec, len);
	if (size >= sizeof(struct dt_krec_error) && krec->clause == DT_KREC_ERROR)
		return dt_fault_report(&records->faults, cpu, krec, body);
	if (size >= sizeof(struct dt_krec_spec) && krec->clause == DT_KREC_SPEC)
		return end_speculation(records, cpu, ((const struct dt_krec_spec *)body)->tag,
				       krec->probe != 0);
	return 0;
}

/* ---- passes ---- */

void dt_records_begin_pass(struct dt_records *records, const struct dt_receiver *to)
{
	records->to = *to;
	records->out->fp = to->fp;
	records->data = (dtrace_probedata_t){ .dtpda_handle = records->con->hdl };
}

void dt_records_begin_cpu(struct dt_records *records)
{
	records->flow = (struct dt_flow_state){ 0 };
}

int dt_records_end_pass(struct dt_records *records, bool stopped)
{
	dt_specs_pass(&records->specs);
	return dt_faults_pass(&records->faults, stopped);
}

bool dt_records_init(struct dt_records *records)
{
	records->specs.con = records->con;
	records->faults.epids = records->epids;
	records->expansions = calloc(records->con->layout->clauses.n + 1,
				     sizeof(*records->expansions));
	return records->expansions;
}

void dt_records_fini(struct dt_records *records)
{
	for (size_t i = 0; records->expansions && i < records->con->layout->clauses.n; i++)
		dt_expansion_free(&records->expansions[i]);
	free(records->expansions);
	dt_specs_fini(&records->specs);
	dt_faults_fini(&records->faults);
}
