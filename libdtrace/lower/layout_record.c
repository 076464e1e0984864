/* SPDX-License-Identifier: MIT */
/*
 * Where data lies in records: for each clause its items, their places in the kernel's compact
 * record and in illumos'.  An action's row may lay out its own (`items` hook, items.h); without
 * one, each argument is an item of its type.  A layout stage (layout.h).
 */
#include <errno.h>
#include <inttypes.h>
#include <sys/dtrace.h>
#include "base/errno.h"
#include "base/fail.h"
#include "base/util.h"
#include "check/tree.h"
#include "contract/builtin.h"
#include "contract/record.h"
#include "lower/items.h"
#include "lower/layout.h"
#include "lower/layout_key.h"
#include "lower/plan.h"
#include "lower/walk.h"
#include "types/types.h"

#define RECHDR_SIZE 12 /* dtrace_rechdr_t */

struct dt_layout {
	struct dt_plan *plan;
	struct dt_clause_plan *clause;
	uint32_t ktop; /* of the fixed part */
	uint32_t top;  /* of illumos' record */
};

struct dt_plan *dt_layout_plan(struct dt_layout *l)
{
	return l->plan;
}

/* A statement's items follow each other, and so do their formats. */
static uint16_t format_id(struct dt_plan *plan, const struct dt_fmt *fmt)
{
	if (!fmt)
		return 0;
	if (plan->formats.n && plan->formats.data[plan->formats.n - 1] == fmt)
		return (uint16_t)plan->formats.n;
	if (plan->formats.n == UINT16_MAX)
		dt_fail_err(plan->compile, E2BIG, "a run has at most %u formats", UINT16_MAX);
	dt_vec_push_arena(plan->arena, &plan->formats, fmt);
	return (uint16_t)plan->formats.n;
}

struct dt_rec_item *dt_layout_item(struct dt_layout *l, const struct dt_stmt *s, uint16_t action,
				   uint32_t size, uint32_t align, enum dt_enc enc, uint32_t ksize)
{
	struct dt_rec_item item = { .action = action,
				    .format = format_id(l->plan, s->fmt),
				    .size = size,
				    .align = align,
				    .stmt = s,
				    .line = s->loc.line,
				    .row = s->row,
				    .fmt = s->fmt,
				    .enc = enc,
				    .ksize = ksize };
	uint32_t kalign = ksize >= 8 ? 8 : ksize >= 4 ? 4 : ksize >= 2 ? 2 : 1;

	if (size) {
		l->top = (uint32_t)DT_ALIGN(l->top, align);
		item.offset = l->top;
		l->top += size;
	} else {
		item.offset = l->top;
	}
	if (ksize) {
		l->ktop = (uint32_t)DT_ALIGN(l->ktop, kalign);
		item.koff = l->ktop;
		l->ktop += ksize;
	}
	dt_vec_push_arena(l->plan->arena, &l->clause->layout.items, item);
	return &l->clause->layout.items.data[l->clause->layout.items.n - 1];
}

static struct dt_rec_item *string_item(struct dt_layout *l, const struct dt_stmt *s,
				       uint16_t action, const struct dt_expr *e)
{
	uint32_t strsize = (uint32_t)l->plan->opts.strsize, fix;
	struct dt_rec_item *item;
	enum dt_enc enc;

	if (e->op == DT_E_STR) {
		item = dt_layout_item(l, s, action, strsize, 8, DT_ENC_CONST, 0);
		item->cvalue = dt_plan_string(l->plan, e->str);
		return item;
	}
	enc = dt_string_enc(e, &fix);
	if (fix > strsize)
		enc = DT_ENC_STR;
	switch (enc) {
	case DT_ENC_STRID: return dt_layout_item(l, s, action, strsize, 8, DT_ENC_STRID, 4);
	case DT_ENC_FIXSTR:
		item = dt_layout_item(l, s, action, strsize, 8, DT_ENC_FIXSTR, fix);
		return item;
	default:
		item = dt_layout_item(l, s, action, strsize, 8, DT_ENC_STR, 4);
		item->tail_max = strsize;
		return item;
	}
}

struct dt_rec_item *dt_layout_expr(struct dt_layout *l, const struct dt_stmt *s, uint16_t action,
				   const struct dt_expr *e)
{
	struct dt_rec_item *item;
	uint32_t size, align;

	if (dt_type_is_string(e->type)) {
		item = string_item(l, s, action, e);
	} else if (dt_type_is_void(e->type)) {
		item = dt_layout_item(l, s, action, 0, 1, DT_ENC_NONE, 0);
	} else {
		size = (uint32_t)dt_type_size(l->plan->env->types, e->type);
		align = size % 8 == 0 ? 8 : size % 4 == 0 ? 4 : size % 2 == 0 ? 2 : 1;
		if (e->op == DT_E_INT) {
			item = dt_layout_item(l, s, action, size, align, DT_ENC_CONST, 0);
			item->cvalue = e->ival;
		} else if (size <= 8 || (dt_type_is_scalar(e->type) && e->op != DT_E_DEREF)) {
			item = dt_layout_item(l, s, action, size, align, DT_ENC_BYTES, size);
		} else {
			item = dt_layout_item(l, s, action, size, align, DT_ENC_MEM, 4);
			item->ksize = size;
			item->tail_max = (uint32_t)DT_ALIGN(size, 8);
		}
	}
	item->type = e->type;
	return item;
}

static void layout_stmt(void *arg, struct dt_stmt *s)
{
	struct dt_layout *l = arg;

	if (s->kind == DT_S_EXPR) {
		/* illumos shows an effect as a record without data. */
		if (l->clause->clause->records)
			dt_layout_item(l, s, DTRACEACT_DIFEXPR, 0, 1, DT_ENC_NONE, 0);
		return;
	}
	if (s->kind != DT_S_ACTION)
		return;
	if (s->row->items) {
		s->row->items(l, s);
	} else {
		for (uint32_t i = 0; i < s->nargs; i++)
			dt_layout_expr(l, s, s->row->action, s->args[i]);
		if (!s->nargs && (s->row->flags & DT_BF_PRINTFLIKE))
			dt_layout_item(l, s, s->row->action, 8, 8, DT_ENC_CONST, 0);
		else if (!s->nargs)
			dt_layout_item(l, s, s->row->action, 0, 1, DT_ENC_NONE, 0);
	}
}

#define RING_HEADER 8 /* the kernel's own, of each record: BPF_RINGBUF_HDR_SZ */

/* The clause's longest record has to fit into an empty ring. */
static void check_bufsize(const struct dt_plan *plan, const struct dt_clause_plan *cp)
{
	uint64_t least = DT_ALIGN(cp->layout.kfixed, 8) + cp->layout.ktail_max + RING_HEADER;

	if (plan->opts.bufsize < least)
		dt_fail_err(plan->compile, EDT_BUFTOOSMALL,
			    "Enabling exceeds size of buffer: the least bufsize for the record of "
			    "line %u is %" PRIu64,
			    cp->clause->loc.line, least);
}

void dt_layout_records(struct dt_plan *plan)
{
	dt_vec_each(&plan->clauses, it)
	{
		struct dt_clause_plan *cp = *it;
		struct dt_layout l = { .plan = plan,
				       .clause = cp,
				       .ktop = plan->layout.header_size,
				       .top = RECHDR_SIZE };

		dt_walk_stmts(cp->clause->stmts, cp->clause->nstmts, layout_stmt, &l);
		cp->layout.kfixed = (uint32_t)DT_ALIGN(l.ktop, 4);
		cp->layout.size = l.top;
		cp->forces_wake = cp->clause->has_exit;
		dt_vec_each(&cp->layout.items, item)
			cp->layout.ktail_max += (uint32_t)DT_ALIGN(item->tail_max, 8);
		check_bufsize(plan, cp);
	}
}
