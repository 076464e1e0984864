/* SPDX-License-Identifier: MIT */
/*
 * Drops (drops.h): one call of the handler per kind, for some kinds per CPU, with the number since
 * the last report.  A table says which counter is which of DTrace's kinds, and in DTrace's words.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include "consume/context.h"
#include "consume/drops.h"

#define NO_COUNTER DT_DROP_COUNT

/* "[tag] N noun[s]tail[ on CPU c]". NO_COUNTER: see dt_drops_external(). */
static const struct drop_kind {
	dtrace_dropkind_t kind;
	enum dt_drop counter;
	bool per_cpu;
	bool may_abort; /* without a handler it ends the pass, as in DTrace; our own kinds do not */
	const char *name, *noun, *tail_one, *tail_many;
} kinds[] = {
	{ DTRACEDROP_PRINCIPAL, DT_DROP_PRINCIPAL, true, true, "PRINCIPAL", "drop", "", "" },
	{ DTRACEDROP_AGGREGATION, DT_DROP_AGG, true, true, "AGGREGATION", "aggregation drop", "",
	  "" },
	{ DTRACEDROP_DYNAMIC, DT_DROP_DYNAMIC, false, true, "DYNAMIC", "dynamic variable drop", "",
	  "" },
	{ DTRACEDROP_DYNRINSE, NO_COUNTER, false, true, "DYNRINSE", "dynamic variable drop",
	  " with non-empty rinsing list", " with non-empty rinsing list" },
	{ DTRACEDROP_DYNDIRTY, NO_COUNTER, false, true, "DYNDIRTY", "dynamic variable drop",
	  " with non-empty dirty list", " with non-empty dirty list" },
	{ DTRACEDROP_SPEC, DT_DROP_SPEC, false, true, "SPEC", "speculative drop", "", "" },
	{ DTRACEDROP_SPECBUSY, DT_DROP_SPEC_BUSY, false, true, "SPECBUSY", "failed speculation",
	  " (available buffer still busy)", " (available buffers still busy)" },
	{ DTRACEDROP_SPECUNAVAIL, DT_DROP_SPEC_UNAVAIL, false, true, "SPECUNAVAIL",
	  "failed speculation", " (no speculative buffer available)",
	  " (no speculative buffer available)" },
	{ DTRACEDROP_STKSTROVERFLOW, NO_COUNTER, false, true, "STKSTROVERFLOW",
	  "jstack()/ustack() string table overflow", "", "" },
	{ DTRACEDROP_DBLERROR, DT_DROP_DBLERROR, false, true, "DBLERROR", "error",
	  " in ERROR probe enabling", " in ERROR probe enabling" },
	{ DTRACEDROP_LINUX_SCRATCH, DT_DROP_SCRATCH, true, false, "SCRATCH", "drop",
	  " (no scratch slot free)", " (no scratch slot free)" },
	{ DTRACEDROP_LINUX_RECURSION, NO_COUNTER, false, false, "RECURSION", "firing",
	  " skipped by the kernel (a program was running)",
	  " skipped by the kernel (a program was running)" },
	{ DTRACEDROP_LINUX_STRING, DT_DROP_STRCUT, false, false, "STRING", "string",
	  " cut at strsize", " cut at strsize" },
	{ DTRACEDROP_LINUX_STACK, DT_DROP_STACK, false, false, "STACK", "stack",
	  " that could not be read", " that could not be read" },
	{ DTRACEDROP_LINUX_TICK, NO_COUNTER, false, false, "TICK", "profile or tick firing",
	  " missing", " missing" },
};

_Static_assert(ARRAY_SIZE(kinds) == DT_DROP_KINDS, "a row per kind");

static int find_kind(dtrace_dropkind_t kind)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (kinds[i].kind == kind)
			return (int)i;
	return -1;
}

const char *dt_drop_name(dtrace_dropkind_t kind)
{
	int i = find_kind(kind);

	return i < 0 ? NULL : kinds[i].name;
}

bool dt_drops_init(struct dt_drops *drops, struct dt_con *con)
{
	drops->con = con;
	drops->seen = calloc((size_t)con->layout->ncpus * DT_DROP_COUNT + 1, sizeof(*drops->seen));
	return drops->seen;
}

void dt_drops_fini(struct dt_drops *drops)
{
	free(drops->seen);
}

static uint64_t counter(const struct dt_con *con, int cpu, enum dt_drop cause)
{
	return __atomic_load_n(dt_con_counter(con, cpu, cause), __ATOMIC_RELAXED);
}

/* What a counter has grown by since the last report; adds the counter to TOTAL. */
static uint64_t growth(struct dt_drops *drops, int cpu, enum dt_drop cause, uint64_t *total)
{
	uint64_t *seen = &drops->seen[(size_t)cpu * DT_DROP_COUNT + cause];
	uint64_t now = counter(drops->con, cpu, cause), n = now - *seen;

	*seen = now;
	*total += now;
	return n;
}

static int report(struct dt_con *con, const struct drop_kind *kind, int cpu, uint64_t n,
		  uint64_t total)
{
	char msg[256], on_cpu[32] = "";
	dtrace_dropdata_t data = {
		.dtdda_handle = con->hdl,
		.dtdda_cpu = cpu,
		.dtdda_kind = kind->kind,
		.dtdda_drops = n,
		.dtdda_total = total,
		.dtdda_msg = msg,
	};

	if (!n)
		return 0;
	if (!con->handlers.drop)
		return kind->may_abort ? dt_con_error(con, EDT_DROPABORT) : 0;
	if (cpu >= 0)
		snprintf(on_cpu, sizeof(on_cpu), " on CPU %d", cpu);
	snprintf(msg, sizeof(msg), "%s%s%s%" PRIu64 " %s%s%s%s\n",
		 con->flags.droptags ? "[DTRACEDROP_" : "", con->flags.droptags ? kind->name : "",
		 con->flags.droptags ? "] " : "", n, kind->noun, n > 1 ? "s" : "",
		 n > 1 ? kind->tail_many : kind->tail_one, on_cpu);
	if (con->handlers.drop(&data, con->handlers.drop_arg) == DTRACE_HANDLE_ABORT)
		return dt_con_error(con, EDT_DROPABORT);
	return 0;
}

static int report_per_cpu(struct dt_drops *drops, const struct drop_kind *kind)
{
	for (int cpu = 0; cpu < drops->con->layout->ncpus; cpu++) {
		uint64_t total = 0, n = growth(drops, cpu, kind->counter, &total);

		if (report(drops->con, kind, cpu, n, total))
			return -1;
	}
	return 0;
}

static int report_sum(struct dt_drops *drops, const struct drop_kind *kind)
{
	uint64_t total = 0, n = 0;

	for (int cpu = 0; cpu < drops->con->layout->ncpus; cpu++)
		n += growth(drops, cpu, kind->counter, &total);
	return report(drops->con, kind, -1, n, total);
}

int dt_drops_report(struct dt_drops *drops)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		const struct drop_kind *kind = &kinds[i];

		if (kind->counter == NO_COUNTER)
			continue;
		if (kind->per_cpu ? report_per_cpu(drops, kind) : report_sum(drops, kind))
			return -1;
	}
	return 0;
}

int dt_drops_external(struct dt_drops *drops, dtrace_dropkind_t kind, uint64_t total)
{
	int i = find_kind(kind);
	uint64_t n;

	if (i < 0)
		return dt_con_error(drops->con, EINVAL);
	n = total - drops->external[i];
	drops->external[i] = total;
	return report(drops->con, &kinds[i], -1, n, total);
}

uint64_t dt_drops_total(const struct dt_drops *drops, dtrace_dropkind_t kind)
{
	int i = find_kind(kind);
	uint64_t total = 0;

	if (i < 0)
		return 0;
	if (kinds[i].counter == NO_COUNTER)
		return drops->external[i];
	for (int cpu = 0; cpu < drops->con->layout->ncpus; cpu++)
		total += counter(drops->con, cpu, kinds[i].counter);
	return total;
}
