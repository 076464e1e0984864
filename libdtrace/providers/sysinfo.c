/* SPDX-License-Identifier: MIT */
/*
 * sysinfo: the counts of reads and writes that a system keeps.  Each probe fires at the calls that
 * make its count grow, and arg0 is by how much: readch and writech at the return of successful
 * reads and writes (bytes), sysread and syswrite at their entries (1).  probefunc is the system
 * call.  arg1, illumos' pointer to the counter, is 0, since there is none.
 */
#include <errno.h>
#include <string.h>
#include <sys/dtrace.h>
#include "lower/hooks.h"
#include "providers/arch.h"
#include "providers/providers.h"

#define FIRST_ID  3000
#define MAX_CALLS 1024 /* numbers of system calls */

static const struct row {
	const char *name;
	const struct dt_sysent_side *side;
	const char *calls; /* with a blank before and behind each */
} rows[] = {
	{ "readch", &dt_sysent_exit, " read pread64 readv preadv preadv2 " },
	{ "writech", &dt_sysent_exit, " write pwrite64 writev pwritev pwritev2 " },
	{ "sysread", &dt_sysent_enter, " read pread64 readv preadv preadv2 " },
	{ "syswrite", &dt_sysent_enter, " write pwrite64 writev pwritev pwritev2 " },
};

static bool counts(const struct row *row, const char *call)
{
	size_t len = strlen(call);

	for (const char *p = row->calls; (p = strstr(p, call)); p++)
		if (p[-1] == ' ' && p[len] == ' ')
			return true;
	return false;
}

static struct dt_probe *make(struct dt_provider *prov, uint32_t row, uint32_t number)
{
	struct dt_probe *probe = dt_probe_make(prov, FIRST_ID + row * MAX_CALLS + number, "sysinfo",
					       "vmlinux", dt_arch.syscalls[number].name,
					       rows[row].name);

	if (probe) {
		probe->ndx = number;
		probe->data = (void *)rows[row].side;
	}
	return probe;
}

static int provide_row(struct dt_provider *prov, const struct dt_pdesc *desc, uint32_t row,
		       dt_probe_fn fn, void *arg)
{
	for (uint32_t number = 0; number < dt_arch.nsyscalls; number++) {
		const char *call = dt_arch.syscalls[number].name;
		struct dt_probe *probe;
		int err;

		if (!call || !counts(&rows[row], call) || !dt_glob(desc->func, call))
			continue;
		probe = make(prov, row, number);
		err = probe ? fn(probe, arg) : -ENOMEM;
		if (err)
			return err;
	}
	return 0;
}

static int provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg)
{
	int err = 0;

	if (!dt_glob(desc->mod, "vmlinux"))
		return 0;
	for (uint32_t row = 0; !err && row < ARRAY_SIZE(rows); row++)
		if (dt_glob(desc->name, rows[row].name))
			err = provide_row(prov, desc, row, fn, arg);
	return err;
}

static struct dt_probe *by_id(struct dt_provider *prov, uint32_t id)
{
	uint32_t row = (id - FIRST_ID) / MAX_CALLS, number = (id - FIRST_ID) % MAX_CALLS;

	if (row >= ARRAY_SIZE(rows) || number >= dt_arch.nsyscalls ||
	    !dt_arch.syscalls[number].name || !counts(&rows[row], dt_arch.syscalls[number].name))
		return NULL;
	return make(prov, row, number);
}

/* A read or write that failed has moved no bytes. */
static uint32_t emit_find(struct dt_cg *cg, uint32_t none)
{
	const struct dt_sysent_side *side = cg->point->probes[0]->data;
	dt_vreg place = dt_sysent_emit_find(cg, none);

	if (side->is_return)
		dt_ir_jcci(&cg->ir, DT_IR_JLT, dt_sysent_emit_result(cg), 0, none);
	return place;
}

static uint32_t emit_arg(struct dt_cg *cg, uint32_t n)
{
	const struct dt_sysent_side *side = cg->point->probes[0]->data;

	if (n)
		return dt_ir_const(&cg->ir, 0);
	return side->is_return ? dt_sysent_emit_result(cg) : dt_ir_const(&cg->ir, 1);
}

const struct dt_provider_ops dt_provider_sysinfo = {
	.name = "sysinfo",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, COMMON), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, COMMON),
		  DT_ATTR(PRIVATE, PRIVATE, ISA) },
	.first_id = FIRST_ID,
	.nids = ARRAY_SIZE(rows) * MAX_CALLS,
	.doc = "Counts of the system's reads and writes, as they grow.",
	.provide = provide,
	.by_id = by_id,
	.point = dt_sysent_point,
	.target = dt_sysent_target,
	.emit_find = emit_find,
	.emit_arg = emit_arg,
};
