/* SPDX-License-Identifier: MIT */
/*
 * Faults (faults.h): which enabled probe, what happened, at which address, in which action.  The
 * words are DTrace's.
 */
#include <inttypes.h>
#include "consume/context.h"
#include "consume/epid.h"
#include "consume/faults.h"
#include "base/strbuf.h"

static const struct {
	int fault;
	bool has_addr;
	const char *text;
} faults[] = {
	{ DTRACEFLT_BADADDR, true, "invalid address" },
	{ DTRACEFLT_BADALIGN, true, "invalid alignment" },
	{ DTRACEFLT_ILLOP, false, "illegal operation" },
	{ DTRACEFLT_DIVZERO, false, "divide-by-zero" },
	{ DTRACEFLT_NOSCRATCH, false, "out of scratch space" },
	{ DTRACEFLT_KPRIV, false, "invalid kernel access" },
	{ DTRACEFLT_UPRIV, false, "invalid user access" },
	{ DTRACEFLT_TUPOFLOW, false, "tuple stack overflow" },
	{ DTRACEFLT_BADSTACK, true, "bad stack" },
	{ DTRACEFLT_LIBRARY, false, "library-level fault" },
};

const char *dt_fault_text(int fault)
{
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++)
		if (faults[i].fault == fault)
			return faults[i].text;
	return "unknown fault";
}

static bool fault_has_addr(int fault)
{
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++)
		if (faults[i].fault == fault)
			return faults[i].has_addr;
	return false;
}

static void put_place(struct dt_strbuf *msg, const struct dt_epid *epid)
{
	const dtrace_probedesc_t *p = &epid->pdesc;

	dt_strbuf_printf(msg, "error on enabled probe ID %u (ID %u: %s:%s:%s:%s): ",
			 epid->desc.dtepd_epid, p->dtpd_id, p->dtpd_provider, p->dtpd_mod,
			 p->dtpd_func, p->dtpd_name);
}

static int call_handler(struct dt_con *con, dtrace_errdata_t *data, struct dt_strbuf *msg)
{
	int rc = 0;

	data->dteda_handle = con->hdl;
	data->dteda_msg = dt_strbuf_str(msg);
	if (con->handlers.err(data, con->handlers.err_arg) == DTRACE_HANDLE_ABORT)
		rc = dt_con_error(con, EDT_ERRABORT);
	dt_strbuf_free(msg);
	return rc;
}

int dt_fault_report(struct dt_epids *epids, int cpu, const struct dt_krec *krec,
		    const struct dt_krec_error *error)
{
	struct dt_con *con = epids->con;
	struct dt_strbuf msg = { 0 };
	struct dt_epid *epid;
	dtrace_errdata_t data = {
		.dteda_cpu = cpu,
		.dteda_action = (int)error->action,
		.dteda_offset = -1,
		.dteda_fault = (int)error->fault,
		.dteda_addr = error->addr,
	};

	if (!con->handlers.err || error->clause >= con->layout->clauses.n)
		return 0;
	if (dt_epids_prepare(epids, error->clause))
		return -1;
	epid = dt_epid_get(epids, dt_epid_find(epids, error->clause, krec->probe));
	if (!epid)
		return 0;
	data.dteda_edesc = &epid->desc;
	data.dteda_pdesc = &epid->pdesc;
	put_place(&msg, epid);
	dt_strbuf_puts(&msg, dt_fault_text((int)error->fault));
	if (fault_has_addr((int)error->fault))
		dt_strbuf_printf(&msg, " (0x%" PRIx64 ")", error->addr);
	if (error->action)
		dt_strbuf_printf(&msg, " in action #%u\n", error->action);
	else
		dt_strbuf_puts(&msg, " in predicate\n");
	return call_handler(con, &data, &msg);
}

int dt_fault_library(struct dt_con *con, const dtrace_probedata_t *data, const char *text)
{
	const struct dt_epid *epid = dt_epid_of_desc(data->dtpda_edesc);
	struct dt_strbuf msg = { 0 };
	dtrace_errdata_t err = {
		.dteda_edesc = data->dtpda_edesc,
		.dteda_pdesc = data->dtpda_pdesc,
		.dteda_cpu = data->dtpda_cpu,
		.dteda_action = -1,
		.dteda_offset = -1,
		.dteda_fault = DTRACEFLT_LIBRARY,
	};

	if (!con->handlers.err)
		return dt_con_error(con, EDT_ERRABORT);
	put_place(&msg, epid);
	dt_strbuf_printf(&msg, "%s\n", text);
	return call_handler(con, &err, &msg);
}
