/* SPDX-License-Identifier: MIT */
/*
 * Faults (faults.h): which enabled probe, what happened, at which address, in which action.  The
 * words are DTrace's.
 */
#include <inttypes.h>
#include <stdlib.h>
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

static void put_place(struct dt_strbuf *msg, const char *what, const struct dt_epid *epid)
{
	const dtrace_probedesc_t *p = &epid->pdesc;

	dt_strbuf_printf(msg, "%s on enabled probe ID %u (ID %u: %s:%s:%s:%s): ", what,
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

/* ---- faults of clauses ---- */

#define AT_ONCE   5 /* faults of one place and kind in a second that are reported one by one */
#define SECOND_NS UINT64_C(1000000000)

struct fault_place {
	uint32_t epid, action, fault;
};

struct fault_run {
	struct fault_place place;
	uint64_t since_ns; /* when its second began */
	uint64_t n, held;  /* faults since then; those of them that were only counted */
	int cpu;           /* of the last one */
};

static struct fault_run *run_of(struct dt_faults *faults, const struct fault_place *place)
{
	void **at = dt_table_at(&faults->seen, place, sizeof(*place), true);
	struct fault_run *run;

	if (!at || *at)
		return at ? *at : NULL;
	run = calloc(1, sizeof(*run));
	if (run)
		run->place = *place;
	return *at = run;
}

static void put_what(struct dt_strbuf *msg, const struct fault_place *place, const uint64_t *addr)
{
	dt_strbuf_puts(msg, dt_fault_text((int)place->fault));
	if (addr && fault_has_addr((int)place->fault))
		dt_strbuf_printf(msg, " (0x%" PRIx64 ")", *addr);
	if (place->action)
		dt_strbuf_printf(msg, " in action #%u\n", place->action);
	else
		dt_strbuf_puts(msg, " in predicate\n");
}

/* ADDR NULL: of those that were counted. */
static int report(struct dt_faults *faults, const struct fault_run *run, const uint64_t *addr)
{
	struct dt_epid *epid = dt_epid_get(faults->epids, run->place.epid);
	struct dt_strbuf msg = { 0 };
	char what[48] = "error";
	dtrace_errdata_t data = {
		.dteda_cpu = run->cpu,
		.dteda_action = (int)run->place.action,
		.dteda_offset = -1,
		.dteda_fault = (int)run->place.fault,
		.dteda_addr = addr ? *addr : 0,
	};

	if (!epid)
		return 0;
	data.dteda_edesc = &epid->desc;
	data.dteda_pdesc = &epid->pdesc;
	if (!addr)
		snprintf(what, sizeof(what), "%" PRIu64 " more error%s", run->held,
			 run->held > 1 ? "s" : "");
	put_place(&msg, what, epid);
	put_what(&msg, &run->place, addr);
	return call_handler(faults->epids->con, &data, &msg);
}

/* The run's second is over. */
static int end_second(struct dt_faults *faults, struct fault_run *run)
{
	int rc = run->held ? report(faults, run, NULL) : 0;

	run->n = run->held = 0;
	return rc;
}

int dt_fault_report(struct dt_faults *faults, int cpu, const struct dt_krec *krec,
		    const struct dt_krec_error *error)
{
	struct dt_con *con = faults->epids->con;
	struct fault_place place = { .action = error->action, .fault = error->fault };
	uint64_t now = dt_now_ns();
	struct fault_run *run;

	if (!con->handlers.err || error->clause >= con->layout->clauses.n)
		return 0;
	if (dt_epids_prepare(faults->epids, error->clause))
		return -1;
	place.epid = dt_epid_find(faults->epids, error->clause, krec->probe);
	run = run_of(faults, &place);
	if (!run)
		return dt_con_error(con, EDT_NOMEM);
	if (now - run->since_ns >= SECOND_NS) {
		if (end_second(faults, run))
			return -1;
		run->since_ns = now;
	}
	run->cpu = cpu;
	if (run->n++ < AT_ONCE)
		return report(faults, run, &error->addr);
	run->held++;
	return 0;
}

int dt_faults_pass(struct dt_faults *faults, bool all)
{
	uint64_t now = dt_now_ns();

	for (size_t i = 0; i < faults->seen.nslots; i++) {
		struct fault_run *run = faults->seen.slots[i].value;

		if (faults->seen.slots[i].key && run && run->held &&
		    (all || now - run->since_ns >= SECOND_NS) && end_second(faults, run))
			return -1;
	}
	return 0;
}

void dt_faults_fini(struct dt_faults *faults)
{
	for (size_t i = 0; i < faults->seen.nslots; i++)
		if (faults->seen.slots[i].key)
			free(faults->seen.slots[i].value);
	dt_table_free(&faults->seen);
}

/* ---- faults of the library ---- */

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
	put_place(&msg, "error", epid);
	dt_strbuf_printf(&msg, "%s\n", text);
	return call_handler(con, &err, &msg);
}
