/* SPDX-License-Identifier: MIT */
/*
 * dtrace_stmt_*(): a program's statements in illumos' structures, one dtrace_stmtdesc_t per
 * statement; those of one clause share their dtrace_ecbdesc_t.  They are made when a client asks,
 * in the program's arena.  Programs are made from D text only: functions that build one by hand
 * fail, as do those for DOF.
 */
#include <errno.h>
#include "api/hdl.h"
#include "lang/ast.h"

static dtrace_ecbdesc_t *describe(struct dt_arena *arena, const struct dt_pdesc *desc)
{
	dtrace_ecbdesc_t *ecb = dt_arena_new_obj(arena, dtrace_ecbdesc_t);

	if (!ecb)
		return NULL;
	ecb->dted_refcnt = 1;
	dt_pdesc_describe(desc, &ecb->dted_probe);
	return ecb;
}

static uint16_t action_of(const struct dt_stmt *s)
{
	switch (s->kind) {
	case DT_S_ACTION: return s->row->action;
	case DT_S_AGG: return s->agg->func->action;
	default: return DTRACEACT_DIFEXPR;
	}
}

static int show_clause(dtrace_hdl_t *dtp, dtrace_prog_t *prog, const struct dt_tclause *c,
		       const struct dt_pdesc *desc, dtrace_stmt_f *func, void *arg)
{
	dtrace_ecbdesc_t *ecb = describe(prog->arena, desc);
	dtrace_actdesc_t *act = dt_arena_new_array(prog->arena, dtrace_actdesc_t, c->nstmts + 1);
	int result = 0;

	if (!ecb || !act)
		return dt_set_errno(dtp, EDT_NOMEM);
	/* A clause without statements has the default action. */
	for (uint32_t i = 0; !result && i < DT_MAX(c->nstmts, 1u); i++) {
		struct dt_attr attr = i < c->nstmts ? c->stmts[i]->attr : c->stmtattr;
		dtrace_stmtdesc_t stmt = { .dtsd_ecbdesc = ecb,
					   .dtsd_descattr = dt_attr_public(c->descattr),
					   .dtsd_stmtattr = dt_attr_public(attr),
					   .dtsd_action = &act[i],
					   .dtsd_action_last = &act[i] };

		act[i].dtad_refcnt = 1;
		if (i < c->nstmts) {
			act[i].dtad_kind = action_of(c->stmts[i]);
			stmt.dtsd_aggdata = c->stmts[i]->agg;
			stmt.dtsd_fmtdata = (void *)c->stmts[i]->fmt;
		}
		result = func(dtp, prog, &stmt, arg);
	}
	return result;
}

/* As on illumos a clause is visited once for each of its descriptions, however many signatures it
 * was checked for. */
int dtrace_stmt_iter(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmt_f *func, void *arg)
{
	uint32_t next = 0;
	int result = 0;

	dt_vec_each(&prog->tree->clauses, it)
	{
		const struct dt_tclause *c = *it;

		if (c->index < next)
			continue;
		next = c->index + 1;
		for (size_t i = 0; !result && i < c->ndescs; i++)
			result = show_clause(dtp, prog, c, &c->descs[i].desc, func, arg);
		if (result)
			break;
	}
	return result;
}

#define BY_HAND "programs are made of D text on this system, not by hand"

dtrace_stmtdesc_t *dtrace_stmt_create(dtrace_hdl_t *dtp, dtrace_ecbdesc_t *ecb)
{
	(void)ecb;
	dt_set_error(dtp, ENOTSUP, BY_HAND);
	return NULL;
}

dtrace_actdesc_t *dtrace_stmt_action(dtrace_hdl_t *dtp, dtrace_stmtdesc_t *stmt)
{
	(void)stmt;
	dt_set_error(dtp, ENOTSUP, BY_HAND);
	return NULL;
}

int dtrace_stmt_add(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmtdesc_t *stmt)
{
	(void)prog;
	(void)stmt;
	return dt_set_error(dtp, ENOTSUP, BY_HAND);
}

void dtrace_stmt_destroy(dtrace_hdl_t *dtp, dtrace_stmtdesc_t *stmt)
{
	(void)dtp;
	(void)stmt;
}

/* ---- DOF: illumos' object format of compiled programs ---- */

#define NO_DOF "there is no DOF on this system: programs are compiled to BPF when tracing starts"

void *dtrace_dof_create(dtrace_hdl_t *dtp, dtrace_prog_t *prog, uint_t flags)
{
	(void)prog;
	if (flags & ~(uint_t)DTRACE_D_MASK)
		dt_set_errno(dtp, EINVAL);
	else
		dt_set_error(dtp, ENOTSUP, NO_DOF);
	return NULL;
}

void dtrace_dof_destroy(dtrace_hdl_t *dtp, void *dof)
{
	(void)dtp;
	(void)dof;
}

void *dtrace_getopt_dof(dtrace_hdl_t *dtp)
{
	dt_set_error(dtp, ENOTSUP, NO_DOF);
	return NULL;
}

void *dtrace_geterr_dof(dtrace_hdl_t *dtp)
{
	dt_set_error(dtp, ENOTSUP, NO_DOF);
	return NULL;
}
