/* SPDX-License-Identifier: MIT */
/*
 * One record: the sequence of calls that it makes.  First the client's function for the probe, then
 * for each datum the function for records, then printing, or the action that the consumer performs.
 */
#include <string.h>
#include "consume/internal.h"
#include "contract/builtin.h"
#include "consume/show.h"

static int bad_answer(struct dt_consume *con, int answer)
{
	return dt_con_error(con, answer == DTRACE_CONSUME_ABORT ? EDT_DIRABORT : EDT_BADRVAL);
}

/* Prints or performs item I; returns how many items that took, or -1. */
static int do_item(struct dt_consume *con, const struct dt_record *rec, uint32_t i)
{
	const struct dt_rec_item *item = &rec->clause->items.data[i];
	const dtrace_recdesc_t *desc = dt_record_desc(rec, i);
	int answer, n;

	if (item->row && item->row->perform)
		return item->row->perform(con, rec, i);
	if (item->action == DTRACEACT_TRACEMEM_DYNSIZE)
		return 1; /* only says how much of the next one counts */
	con->data.dtpda_data = rec->buf + item->offset;
	answer = con->recf ? con->recf(&con->data, desc, con->arg) : DTRACE_CONSUME_NEXT;
	if (answer == DTRACE_CONSUME_NEXT)
		return 1;
	if (answer != DTRACE_CONSUME_THIS)
		return bad_answer(con, answer);
	con->out.probe = &con->data;
	n = item->row && item->row->show ? item->row->show(con, &con->out, rec, i)
					 : dt_show_default(con, &con->out, rec, i);
	if (n < 0 || dt_out_flush(&con->out, desc, NULL, 0)) {
		dt_strbuf_clear(&con->out.text);
		return -1;
	}
	return n;
}

static int deliver(struct dt_consume *con, const struct dt_record *rec)
{
	int answer, n;

	answer = con->probef ? con->probef(&con->data, con->arg) : DTRACE_CONSUME_THIS;
	if (answer == DTRACE_CONSUME_NEXT)
		return 0;
	if (answer != DTRACE_CONSUME_THIS)
		return bad_answer(con, answer);
	for (uint32_t i = 0; i < rec->clause->items.n; i += (uint32_t)n) {
		n = do_item(con, rec, i);
		if (n < 0)
			return -1;
		n = DT_MAX(n, 1);
	}
	if (con->recf)
		con->recf(&con->data, NULL, con->arg);
	return 0;
}

static bool is_record(const struct dt_consume *con, const struct dt_krec *krec, uint32_t len)
{
	return len >= sizeof(*krec) && krec->clause < con->layout->clauses.n;
}

/* The next record of RING without taking it; NULL: none, or a fault's. */
static struct dt_con_epid *peek_epid(struct dt_consume *con, const struct dt_ring *ring)
{
	struct dt_ring copy = *ring;
	uint32_t len;
	const struct dt_krec *krec = dt_ring_next(&copy, &len);

	if (!krec || !is_record(con, krec, len) || dt_con_clause_prepare(con, krec->clause))
		return NULL;
	return dt_con_epid(con, dt_con_find_epid(con, krec->clause, krec->probe));
}

int dt_con_record(struct dt_consume *con, const struct dt_ring *ring, const void *data,
		  uint32_t len)
{
	const struct dt_krec *krec = data;
	struct dt_con_clause *clause = &con->clauses[krec->clause];
	struct dt_con_epid *epid;
	struct dt_record rec;
	dtrace_rechdr_t *hdr;
	uint32_t number;
	int rc;

	if (!clause->buf && dt_con_clause_prepare(con, krec->clause))
		return -1;
	number = dt_con_find_epid(con, krec->clause, krec->probe);
	if (!number || !dt_con_expand(con, clause, krec, len))
		return 0; /* not one of ours: nothing can be said of it */
	epid = con->epids[number] ? con->epids[number] : dt_con_epid(con, number);
	if (!epid)
		return -1;
	hdr = (dtrace_rechdr_t *)clause->buf;
	hdr->dtrh_epid = number;
	con->nrecords++;
	con->data.dtpda_edesc = &epid->desc;
	con->data.dtpda_pdesc = &epid->pdesc;
	con->data.dtpda_data = clause->buf;
	rec = (struct dt_record){ &con->data, epid, clause->layout, clause->buf, con->fp };
	if (!dt_con_has(con, DTRACEOPT_FLOWINDENT)) {
		con->data.dtpda_flow = 0;
		con->data.dtpda_prefix = NULL;
		con->data.dtpda_indent = 0;
		return deliver(con, &rec);
	}
	dt_flow_before(con, epid, epid->flow == DT_FLOW_RETURN ? peek_epid(con, ring) : NULL);
	rc = deliver(con, &rec);
	dt_flow_after(con, epid);
	return rc;
}

/* A record of a clause: delivered, or held back where it was speculated. */
static int consume_record(struct dt_consume *con, const struct dt_ring *ring, int cpu,
			  const struct dt_krec *krec, uint32_t len)
{
	const struct dt_con_clause *clause = &con->clauses[krec->clause];
	uint64_t tag;

	if (!clause->buf && dt_con_clause_prepare(con, krec->clause))
		return -1;
	if (!clause->spec_koff)
		return dt_con_record(con, ring, krec, len);
	if (len < clause->spec_koff + sizeof(tag))
		return 0;
	memcpy(&tag, (const char *)krec + clause->spec_koff, sizeof(tag));
	return dt_spec_record(con, ring, cpu, tag, krec, len);
}

int dt_con_any_record(struct dt_consume *con, const struct dt_ring *ring, int cpu,
		      const struct dt_krec *krec, uint32_t len)
{
	const void *body = (const char *)krec + con->layout->header_size;
	uint32_t size = len > con->layout->header_size ? len - con->layout->header_size : 0;

	con->data.dtpda_cpu = cpu;
	if (is_record(con, krec, len))
		return consume_record(con, ring, cpu, krec, len);
	if (size >= sizeof(struct dt_krec_error) && krec->clause == DT_KREC_ERROR)
		return dt_con_fault(con, cpu, krec, body);
	if (size >= sizeof(struct dt_krec_spec) && krec->clause == DT_KREC_SPEC)
		return dt_spec_decide(con, cpu, ((const struct dt_krec_spec *)body)->tag,
				      krec->probe != 0);
	return 0;
}
