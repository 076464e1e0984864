/* SPDX-License-Identifier: MIT */
/*
 * A consumer with all its parts, for those who need several of them: the door (consume.c), and the
 * hooks of built-ins that act on a consumer (builtin/show.c).  Each part has a header that says
 * what it owns; all share the context.  Who calls whom:
 *
 *	rings -> records -> expand, epid, flow, spec, faults, and print for data without a hook
 *	snapshot -> aggs <- aggsort <- aggprint <- actions; aggvalue knows their values
 *	print, printf, stack, distribution, aggprint -> output
 */
#ifndef DT_CONSUME_CONSUMER_H
#define DT_CONSUME_CONSUMER_H

#include "consume/actions.h"
#include "consume/aggs.h"
#include "consume/consume.h"
#include "consume/context.h"
#include "consume/drops.h"
#include "consume/epid.h"
#include "consume/output.h"
#include "consume/records.h"
#include "consume/rings.h"
#include "consume/snapshot.h"
#include "consume/valtype.h"

struct dt_consume {
	struct dt_con con;
	struct dt_out out;
	struct dt_epids epids;
	struct dt_valtypes valtypes;
	struct dt_records records;
	struct dt_rings rings;
	struct dt_drops drops;
	struct dt_aggs aggs;
	struct dt_snapshots snapshots;
	struct dt_actions actions;
	int (*setopt)(dtrace_hdl_t *hdl, const char *name, const char *value,
		      dtrace_optval_t *before, dtrace_optval_t *after); /* D's setopt() */
};

#endif
