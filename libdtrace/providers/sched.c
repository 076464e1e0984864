/* SPDX-License-Identifier: MIT */
/*
 * sched: how the scheduler hands CPUs to threads.
 *
 * The kernel has no tracepoint behind a switch of tasks, so on-cpu fires at the switch, too, while
 * the other task still runs; it is about the task that is switched to.
 */
#include <sys/dtrace.h>
#include "providers/event.h"

/* sched_switch(preempt, prev, next, prev_state) */
enum { PREEMPT, PREV, NEXT };

#define THREAD(n)                                                                       \
	{ .type = "struct task_struct *", .translated = "lwpsinfo_t *", .word = (n) },  \
	{                                                                               \
		.type = "struct task_struct *", .translated = "psinfo_t *", .word = (n) \
	}

static const struct dt_event_arg next[] = { THREAD(NEXT), { 0 } };

static dt_vreg next_task(struct dt_cg *cg)
{
	return dt_event_word(cg, NEXT);
}

static const struct dt_event rows[] = {
	{ .name = "on-cpu", .tracepoint = "sched_switch", .emit_task = next_task },
	{ .name = "off-cpu", .tracepoint = "sched_switch", .args = next },
};

#define FIRST_ID 7200
static const struct dt_events events = { "sched", FIRST_ID, ARRAY_SIZE(rows), rows };

const struct dt_provider_ops dt_provider_sched = {
	.name = "sched",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, ISA), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, ISA),
		  DT_ATTR(EVOLVING, EVOLVING, ISA) },
	.doc = "How the scheduler hands CPUs to threads.",
	DT_EVENT_OPS(events),
};
