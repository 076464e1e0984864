/* SPDX-License-Identifier: MIT */
/*
 * What printf(), printa(), system() and freopen() do with the text of their format: print it, run
 * it, redirect the output to the file that it names.  The door calls this for dtrace_fprintf() and
 * its kin, the show hooks of the built-ins for records.  It owns the output that freopen() has
 * replaced.
 */
#ifndef DT_CONSUME_ACTIONS_H
#define DT_CONSUME_ACTIONS_H

#include <dtrace.h>
#include <stdio.h>

struct dt_aggs;
struct dt_con;
struct dt_fmt;
struct dt_fmt_input;
struct dt_out;

struct dt_actions {
	struct dt_con *con;
	struct dt_out *out;
	struct dt_aggs *aggs;
	int freopen_fd; /* what the output was before D's freopen(); -1 */
};

void dt_actions_fini(struct dt_actions *actions);
/* All return how many records of INPUT they have used, or -1. PROBE: whose data INPUT is. */
int dt_action_printf(struct dt_actions *actions, FILE *fp, const struct dt_fmt *fmt,
		     const dtrace_probedata_t *probe, const struct dt_fmt_input *input);
int dt_action_printa(struct dt_actions *actions, FILE *fp, const struct dt_fmt *fmt,
		     const dtrace_probedata_t *probe, const struct dt_fmt_input *input);
int dt_action_system(struct dt_actions *actions, FILE *fp, const struct dt_fmt *fmt,
		     const struct dt_fmt_input *input);
int dt_action_freopen(struct dt_actions *actions, FILE *fp, const struct dt_fmt *fmt,
		      const dtrace_probedata_t *probe, const struct dt_fmt_input *input);

#endif
