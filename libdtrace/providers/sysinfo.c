/* SPDX-License-Identifier: MIT */
/*
 * sysinfo: the counts that a system keeps.  Each probe fires where its count grows, and arg0 is by
 * how much.  arg1, illumos' pointer to the counter, is 0, since there is none.  Two kinds of them:
 *
 * - Counts of system calls, whose name is probefunc: bytes at the returns of those that succeed, or
 *   the calls themselves at their entries.
 * - What the scheduler's and other tracepoints show (event.h).
 */
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/dtrace.h>
#include "providers/arch.h"
#include "providers/event.h"

/* ---- system calls ---- */

#define MAX_CALLS 8 /* of a row */

static const struct row {
	const char *name;
	const struct dt_sysent_side *side;
	const char *calls[MAX_CALLS];
} calls[] = {
	{ "readch", &dt_sysent_exit, { "read", "pread64", "readv", "preadv", "preadv2" } },
	{ "writech", &dt_sysent_exit, { "write", "pwrite64", "writev", "pwritev", "pwritev2" } },
	{ "sysread", &dt_sysent_enter, { "read", "pread64", "readv", "preadv", "preadv2" } },
	{ "syswrite", &dt_sysent_enter, { "write", "pwrite64", "writev", "pwritev", "pwritev2" } },
	{ "sysexec", &dt_sysent_enter, { "execve", "execveat" } },
	{ "sema", &dt_sysent_enter, { "semop", "semtimedop" } },
	{ "msg", &dt_sysent_enter, { "msgsnd", "msgrcv" } },
};

/* ---- tracepoints ---- */

enum { NEW_TASK, NEW_FLAGS };                      /* task_newtask(task, clone_flags) */
enum { SWITCH_PREEMPT, SWITCH_PREV, SWITCH_NEXT }; /* sched_switch(preempt, prev, next, ...) */
enum { MIGRATED };                                 /* sched_migrate_task(task, cpu) */

#define PF_KTHREAD 0x200000 /* include/linux/sched.h */

/* A process, and of a program. */
static void when_process(struct dt_cg *cg, dt_label none)
{
	dt_vreg flags = dt_cg_load_field(cg, dt_event_word(cg, NEW_TASK), "task_struct",
					 DT_MEMBERS("flags"));

	dt_ir_jcci(&cg->ir, DT_IR_JSET, flags, PF_KTHREAD, none);
	dt_ir_jcci(&cg->ir, DT_IR_JSET, dt_event_word(cg, NEW_FLAGS), CLONE_THREAD, none);
}

static void when_forked(struct dt_cg *cg, dt_label none)
{
	when_process(cg, none);
	dt_ir_jcci(&cg->ir, DT_IR_JSET, dt_event_word(cg, NEW_FLAGS), CLONE_VFORK, none);
}

static void when_vforked(struct dt_cg *cg, dt_label none)
{
	dt_vreg flags = dt_ir_bini(&cg->ir, DT_IR_AND, dt_event_word(cg, NEW_FLAGS), CLONE_VFORK);

	when_process(cg, none);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, flags, 0, none);
}

static dt_vreg member(struct dt_cg *cg, uint32_t task, const char *name)
{
	return dt_cg_load_field(cg, dt_event_word(cg, task), "task_struct", DT_MEMBERS(name));
}

/* The thread was preempted, or gave its CPU up while it could have gone on.  The idle thread, with
 * number 0, always could. */
static void when_involuntary(struct dt_cg *cg, dt_label none)
{
	dt_label found = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, member(cg, SWITCH_PREV, "pid"), 0, none);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_event_word(cg, SWITCH_PREEMPT), 0, found);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, member(cg, SWITCH_PREV, "__state"), 0, none);
	dt_ir_place(&cg->ir, found);
}

static void when_idle(struct dt_cg *cg, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JNE, member(cg, SWITCH_NEXT, "pid"), 0, none);
}

static dt_vreg migrated(struct dt_cg *cg)
{
	return dt_event_word(cg, MIGRATED);
}

#define BUFFERS \
	"does not exist: Linux keeps blocks in the page cache (vminfo:::pgin, vminfo:::pgout, io)"
#define SOME "cannot be told: Linux has an event for some of these only, and several for others"
#define NONE "cannot be told: Linux has no event for it"

static const struct dt_event rows[] = {
	{ .name = "sysfork",
	  .tracepoint = "task_newtask",
	  .emit_when = when_forked,
	  .args = dt_event_by_one },
	{ .name = "sysvfork",
	  .tracepoint = "task_newtask",
	  .emit_when = when_vforked,
	  .args = dt_event_by_one },
	{ .name = "nthreads", .tracepoint = "task_newtask", .args = dt_event_by_one },
	{ .name = "pswitch", .tracepoint = "sched_switch", .args = dt_event_by_one },
	{ .name = "inv_swtch",
	  .tracepoint = "sched_switch",
	  .emit_when = when_involuntary,
	  .args = dt_event_by_one },
	{ .name = "idlethread",
	  .tracepoint = "sched_switch",
	  .emit_when = when_idle,
	  .args = dt_event_by_one },
	{ .name = "cpumigrate",
	  .tracepoint = "sched_migrate_task",
	  .emit_task = migrated,
	  .args = dt_event_by_one },
	DT_EVENT_REFUSED("bawrite", BUFFERS),
	DT_EVENT_REFUSED("bread", BUFFERS),
	DT_EVENT_REFUSED("bwrite", BUFFERS),
	DT_EVENT_REFUSED("lread", BUFFERS),
	DT_EVENT_REFUSED("lwrite", BUFFERS),
	DT_EVENT_REFUSED("phread", BUFFERS),
	DT_EVENT_REFUSED("phwrite", BUFFERS),
	DT_EVENT_REFUSED("mutex_adenters", SOME),
	DT_EVENT_REFUSED("rw_rdfails", SOME),
	DT_EVENT_REFUSED("rw_wrfails", SOME),
	DT_EVENT_REFUSED("namei", NONE),
	DT_EVENT_REFUSED("procovf", NONE),
	DT_EVENT_REFUSED("intrblk", "does not exist: interrupts of Linux do not block"),
};

#define FIRST_ID    3000
#define FIRST_EVENT 3200
static const struct dt_events events = { "sysinfo", FIRST_EVENT, ARRAY_SIZE(rows), rows };

static bool is_event(const struct dt_probe *probe)
{
	return probe->id >= FIRST_EVENT;
}

static bool at_event(const struct dt_cg *cg)
{
	return is_event(cg->point->probes[0]);
}

/* ---- which probes there are ---- */

/* NULL: this processor does not have the call, or out of memory. */
static struct dt_probe *make(struct dt_provider *prov, uint32_t row, uint32_t place)
{
	uint32_t number = dt_sysent_number(calls[row].calls[place]);

	return number == dt_arch.nsyscalls
		       ? NULL
		       : dt_sysent_make(prov, FIRST_ID + row * MAX_CALLS + place, number,
					calls[row].name, calls[row].side);
}

static int provide_row(struct dt_provider *prov, const struct dt_pdesc *desc, uint32_t row,
		       dt_probe_fn fn, void *arg)
{
	for (uint32_t place = 0; place < MAX_CALLS && calls[row].calls[place]; place++) {
		const char *call = calls[row].calls[place];
		struct dt_probe *probe;
		int err;

		if (!dt_glob(desc->func, call) || dt_sysent_number(call) == dt_arch.nsyscalls)
			continue;
		probe = make(prov, row, place);
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
	for (uint32_t row = 0; !err && row < ARRAY_SIZE(calls); row++)
		if (dt_glob(desc->name, calls[row].name))
			err = provide_row(prov, desc, row, fn, arg);
	return err ? err : dt_event_provide(prov, desc, fn, arg);
}

static struct dt_probe *by_id(struct dt_provider *prov, uint32_t id)
{
	uint32_t row = (id - FIRST_ID) / MAX_CALLS, place = (id - FIRST_ID) % MAX_CALLS;

	if (id >= FIRST_EVENT)
		return dt_event_by_id(prov, id);
	return row < ARRAY_SIZE(calls) && calls[row].calls[place] ? make(prov, row, place) : NULL;
}

/* ---- where they are attached, and their code ---- */

static int args(struct dt_provider *prov, const struct dt_probe *probe, struct dt_args *out)
{
	if (is_event(probe))
		return dt_event_args(prov, probe, out);
	dt_args_parse(prov, "long", false, out);
	return 0;
}

static int point(struct dt_provider *prov, const struct dt_probe *probe, struct dt_point_key *key)
{
	return is_event(probe) ? dt_event_point(prov, probe, key)
			       : dt_sysent_point(prov, probe, key);
}

static int target(struct dt_provider *prov, const struct dt_point_key *key,
		  struct dt_probe *const *probes, uint32_t nprobes, struct dt_arena *arena,
		  const struct dt_target **out)
{
	return is_event(probes[0]) ? dt_event_target(prov, key, probes, nprobes, arena, out)
				   : dt_sysent_target(prov, key, probes, nprobes, arena, out);
}

/* A read or write that failed has moved no bytes. */
static uint32_t emit_find(struct dt_cg *cg, uint32_t none)
{
	const struct dt_sysent_side *side = cg->point->probes[0]->data;
	dt_vreg place;

	if (at_event(cg))
		return dt_event_emit_find(cg, none);
	place = dt_sysent_emit_find(cg, none);
	if (side->is_return)
		dt_ir_jcci(&cg->ir, DT_IR_JLT, dt_sysent_emit_result(cg), 0, none);
	return place;
}

static uint32_t emit_arg(struct dt_cg *cg, uint32_t n)
{
	const struct dt_sysent_side *side = cg->point->probes[0]->data;

	if (at_event(cg))
		return dt_event_emit_arg(cg, n);
	if (n)
		return dt_ir_const(&cg->ir, 0);
	return side->is_return ? dt_sysent_emit_result(cg) : dt_ir_const(&cg->ir, 1);
}

static bool is_elsewhere(const struct dt_probe *probe)
{
	return is_event(probe) && dt_event_is_elsewhere(probe);
}

const struct dt_provider_ops dt_provider_sysinfo = {
	.name = "sysinfo",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, COMMON), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, COMMON),
		  DT_ATTR(PRIVATE, PRIVATE, ISA) },
	.first_id = FIRST_ID,
	.nids = FIRST_EVENT - FIRST_ID + ARRAY_SIZE(rows),
	.doc = "Counts of the system, as they grow: reads, writes, forks, switches.",
	.table = &events,
	.provide = provide,
	.by_id = by_id,
	.args = args,
	.point = point,
	.target = target,
	.emit_find = emit_find,
	.emit_arg = emit_arg,
	.is_elsewhere = is_elsewhere,
	.emit_task = dt_event_emit_task,
};
