/* SPDX-License-Identifier: MIT */
/*
 * dtrace: the probes BEGIN, END and ERROR, which no event of the kernel fires.  run/ runs BEGIN and
 * END by test runs.  ERROR is run by the main function of a program whose clause met a fault.  The
 * other rooms know the three by their role (enum dt_role).
 */
#include <errno.h>
#include <sys/dtrace.h>
#include "attach/test_run.h"
#include "lower/hooks.h"
#include "providers/providers.h"

static const struct {
	const char *name;
	enum dt_role role;
} rows[] = { { "BEGIN", DT_ROLE_BEGIN }, { "END", DT_ROLE_END }, { "ERROR", DT_ROLE_ERROR } };

#define FIRST_ID 1

static struct dt_probe *make(struct dt_provider *prov, uint32_t row)
{
	struct dt_probe *probe = dt_probe_make(prov, FIRST_ID + row, "dtrace", "", "",
					       rows[row].name);

	if (probe)
		probe->role = rows[row].role;
	return probe;
}

static int provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg)
{
	for (uint32_t row = 0; row < ARRAY_SIZE(rows); row++) {
		struct dt_probe *probe;
		int err;

		if (!dt_desc_matches(desc, "dtrace", "", "", rows[row].name))
			continue;
		probe = make(prov, row);
		err = probe ? fn(probe, arg) : -ENOMEM;
		if (err)
			return err;
	}
	return 0;
}

static struct dt_probe *by_id(struct dt_provider *prov, uint32_t id)
{
	return make(prov, id - FIRST_ID);
}

static int point(struct dt_provider *prov DT_UNUSED, const struct dt_probe *probe,
		 struct dt_point_key *key)
{
	key->mech = &dt_mech_test_run;
	key->key = probe->name;
	return 0;
}

/* ERROR's arguments: arg1 the EPID of the clause that failed, arg2 the number of the action, arg3
 * an offset (always 0 here), arg4 the fault, arg5 the address or value. */
static uint32_t emit_arg(struct dt_cg *cg, uint32_t n)
{
	static const int32_t from[] = { -1, DT_MCTX_EPID,  DT_MCTX_ACTION,
					-1, DT_MCTX_FAULT, DT_MCTX_ADDR };

	if (!cg->is_error || n >= ARRAY_SIZE(from) || from[n] < 0)
		return dt_ir_const(&cg->ir, 0);
	return dt_ir_ld(&cg->ir, cg->mctx, from[n], 8);
}

const struct dt_provider_ops dt_provider_dtrace = {
	.name = "dtrace",
	.attr = { DT_ATTR(STABLE, STABLE, COMMON), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(STABLE, STABLE, COMMON),
		  DT_ATTR(STABLE, STABLE, COMMON) },
	.first_id = FIRST_ID,
	.nids = ARRAY_SIZE(rows),
	.doc = "The beginning and end of tracing, and errors in clauses.",
	.provide = provide,
	.by_id = by_id,
	.point = point,
	.emit_arg = emit_arg,
};
