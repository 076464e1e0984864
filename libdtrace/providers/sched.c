/* SPDX-License-Identifier: MIT */
/*
 * sched: how the scheduler hands CPUs to threads.
 *
 * The kernel has no tracepoint behind a switch of tasks that every task passes, so on-cpu fires at
 * the switch, too, while the other task still runs; it is about the task that is switched to.
 *
 * A CPU's queue is here that of the threads that wait for it, without the one that runs, and
 * without those that the kernel keeps queued for a while after they have gone to sleep.
 */
#include <linux/bpf.h>
#include <sys/dtrace.h>
#include <sys/resource.h>
#include "base/errno.h"
#include "providers/event.h"
#include "symbols/symbols.h"

#define THREAD(n) DT_EVENT_TASK(n, "lwpsinfo_t *"), DT_EVENT_TASK(n, "psinfo_t *")

static const struct dt_event_arg first[] = { THREAD(0), { 0 } };

/* A member of a task. */
static dt_vreg member(struct dt_cg *cg, dt_vreg task, const char *name)
{
	return dt_cg_load_field(cg, task, "task_struct", DT_MEMBERS(name));
}

/* Each CPU has an idle task; their number is 0. */
static void unless_idle(struct dt_cg *cg, dt_vreg task, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, member(cg, task, "pid"), 0, none);
}

/* Since 6.12 a sleeping task may stay in the queue until it would be its turn. */
static void jump_if_delayed(struct dt_cg *cg, dt_vreg task, dt_label yes)
{
	if (dt_event_has_member(cg, "sched_entity", "sched_delayed"))
		dt_ir_jcci(&cg->ir, DT_IR_JNE,
			   dt_cg_load_field(cg, task, "task_struct",
					    DT_MEMBERS("se", "sched_delayed")),
			   0, yes);
}

/* ---- a switch ---- */

/* sched_switch(preempt, prev, next), and since 5.18 prev_state */
enum { PREEMPT, PREV, NEXT };

/* task_struct.on_rq: 0, 1 or, on its way between two queues, 2 (kernel/sched/sched.h) */
#define ON_RQ_MIGRATING 2

/* The bit of task_struct.__state: this was the last time that it ran. */
#define TASK_DEAD 0x80

/* The state that the task wanted does not tell: a signal may have kept it from going to sleep. */
static void when_stays(struct dt_cg *cg, dt_label none)
{
	dt_vreg prev = dt_event_word(cg, PREV);

	unless_idle(cg, prev, none);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, member(cg, prev, "on_rq"), 0, none);
	jump_if_delayed(cg, prev, none);
}

static void when_sleeps(struct dt_cg *cg, dt_label none)
{
	dt_vreg prev = dt_event_word(cg, PREV);
	dt_label yes = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JSET, member(cg, prev, "__state"), TASK_DEAD, none);
	jump_if_delayed(cg, prev, yes);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, member(cg, prev, "on_rq"), 0, none);
	dt_ir_place(&cg->ir, yes);
}

static void when_next(struct dt_cg *cg, dt_label none)
{
	unless_idle(cg, dt_event_word(cg, NEXT), none);
}

static dt_vreg next_task(struct dt_cg *cg)
{
	return dt_event_word(cg, NEXT);
}

static const struct dt_event_arg next[] = { THREAD(NEXT), { 0 } };

/* ---- queues ---- */

static dt_vreg this_cpu(struct dt_cg *cg)
{
	return dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_smp_processor_id, 0, NULL);
}

/* sched_wakeup(task), sched_wakeup_new(task), sched_migrate_task(task, to) */
enum { MOVED, TO };

static dt_vreg its_cpu(struct dt_cg *cg)
{
	dt_vreg task = dt_event_word(cg, MOVED);

	if (dt_event_has_member(cg, "task_struct", "cpu")) /* before 5.16 */
		return member(cg, task, "cpu");
	return dt_cg_load_field(cg, task, "task_struct", DT_MEMBERS("thread_info", "cpu"));
}

/* Who is woken before it has left its CPU is not queued. */
static void when_woken(struct dt_cg *cg, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JNE, member(cg, dt_event_word(cg, MOVED), "on_cpu"), 0, none);
}

/* A sleeping task gets a CPU to be woken on before it is queued. */
static void when_moved(struct dt_cg *cg, dt_label none)
{
	dt_vreg task = dt_event_word(cg, MOVED);

	dt_ir_jcci(&cg->ir, DT_IR_JNE, member(cg, task, "on_rq"), ON_RQ_MIGRATING, none);
	jump_if_delayed(cg, task, none);
}

/* Linux has no front of a queue. */
static dt_vreg at_front(struct dt_cg *cg)
{
	return dt_ir_const(&cg->ir, 0);
}

#define CPU_BY(emit_)                                                       \
	{                                                                   \
		.type = "int", .translated = "cpuinfo_t *", .emit = (emit_) \
	}
#define CPU_WORD(n)                                                     \
	{                                                               \
		.type = "int", .translated = "cpuinfo_t *", .word = (n) \
	}
#define AT_FRONT                                \
	{                                       \
		.type = "int", .emit = at_front \
	}

static const struct dt_event_arg queue_woken[] = {
	THREAD(MOVED), CPU_BY(its_cpu), AT_FRONT, { 0 }
};
static const struct dt_event_arg queue_prev[] = { THREAD(PREV), CPU_BY(this_cpu), AT_FRONT, { 0 } };
static const struct dt_event_arg queue_moved[] = { THREAD(MOVED), CPU_WORD(TO), AT_FRONT, { 0 } };
static const struct dt_event_arg leave_next[] = { THREAD(NEXT), CPU_BY(this_cpu), { 0 } };
static const struct dt_event_arg leave_moved[] = { THREAD(MOVED), CPU_BY(its_cpu), { 0 } };

/* ---- priorities ---- */

/* sched_pi_setprio(task, waiter): the task holds a lock that the waiter, if there is one, wants. */
enum { HOLDER, WAITER };

static dt_vreg lent_priority(struct dt_cg *cg)
{
	dt_vreg waiter = dt_ir_un(&cg->ir, DT_IR_NUM, dt_event_word(cg, WAITER));
	dt_vreg pri = dt_ir_new(&cg->ir), lent;
	dt_label done = dt_ir_label(&cg->ir);
	size_t mark;

	dt_ir_set(&cg->ir, pri,
		  dt_ir_ext(&cg->ir, member(cg, dt_event_word(cg, HOLDER), "normal_prio"), 4,
			    true));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, waiter, 0, done);
	mark = dt_cg_enter(cg);
	lent = dt_ir_ext(&cg->ir, dt_event_peek(cg, waiter, "task_struct", DT_MEMBERS("prio")), 4,
			 true);
	dt_cg_leave(cg, mark);
	dt_ir_jcc(&cg->ir, DT_IR_JLE, pri, lent, done);
	dt_ir_set(&cg->ir, pri, lent);
	dt_ir_place(&cg->ir, done);
	return pri;
}

static const struct dt_event_arg lent[] = {
	THREAD(HOLDER),
	{ .type = "int", .emit = lent_priority },
	{ 0 },
};

/* Whether the call's argument N means the thread that makes the call: 0, or its own number, which
 * the call takes in the thread's PID namespace. */
static void when_own(struct dt_cg *cg, uint32_t n, dt_label none)
{
	dt_vreg who = dt_ir_ext(&cg->ir, dt_event_call_arg(cg, n), 4, false);
	dt_vreg task = dt_event_current(cg);
	dt_label own = dt_ir_label(&cg->ir);
	size_t mark;

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, who, 0, own);
	mark = dt_cg_enter(cg);
	dt_ir_jcci(&cg->ir, DT_IR_JNE,
		   dt_cg_load_field(cg, member(cg, task, "thread_pid"), "pid", DT_MEMBERS("level")),
		   0, none);
	dt_ir_jcc(&cg->ir, DT_IR_JNE, who, member(cg, task, "pid"), none);
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, own);
}

/* setpriority(which, who, nice), and sched_setparam(pid, ...) and its like */
static void when_sets_own(struct dt_cg *cg, dt_label none)
{
	static const char *const calls[] = { "setpriority", "sched_setparam", "sched_setscheduler",
					     "sched_setattr", NULL };
	dt_label nice = dt_ir_label(&cg->ir), done = dt_ir_label(&cg->ir);
	size_t mark;

	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_sysent_emit_result(cg), 0, none);
	dt_event_calls(cg, calls, none);
	dt_event_jump_if_call(cg, "setpriority", nice);
	mark = dt_cg_enter(cg);
	when_own(cg, 0, none);
	dt_cg_leave(cg, mark);
	dt_ir_jmp(&cg->ir, done);
	dt_ir_place(&cg->ir, nice);
	mark = dt_cg_enter(cg);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_event_call_arg(cg, 0), PRIO_PROCESS, none);
	when_own(cg, 1, none);
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, done);
}

static dt_vreg own_priority(struct dt_cg *cg)
{
	return dt_ir_ext(&cg->ir, member(cg, dt_event_current(cg), "prio"), 4, true);
}

#define CURRENT(type_)                                                                          \
	{                                                                                       \
		.type = "struct task_struct *", .translated = (type_), .emit = dt_event_current \
	}

static const struct dt_event_arg current[] = { CURRENT("lwpsinfo_t *"),
					       CURRENT("psinfo_t *"),
					       { 0 } };
static const struct dt_event_arg set_own[] = {
	CURRENT("lwpsinfo_t *"),
	CURRENT("psinfo_t *"),
	{ .type = "int", .emit = own_priority },
	{ 0 },
};

/* ---- clocks and interrupts ---- */

static void when_not_idle(struct dt_cg *cg, dt_label none)
{
	unless_idle(cg, dt_event_current(cg), none);
}

/* hrtimer_expire_entry(timer, now): the scheduler's own timer is known by its function, which has
 * another name since 6.9. */
static void when_tick(struct dt_cg *cg, dt_label none)
{
	static const char *const names[] = { "tick_sched_timer", "tick_nohz_handler" };
	dt_vreg function = dt_cg_load_field(cg, dt_event_word(cg, 0), "hrtimer",
					    DT_MEMBERS("function"));
	dt_label yes = dt_ir_label(&cg->ir);
	bool found = false;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct dt_ksym sym;

		if (!dt_ksyms_name(cg->plan->env->ksyms, "vmlinux", names[i], &sym) || !sym.addr)
			continue;
		found = true;
		dt_ir_jcc(&cg->ir, DT_IR_JEQ, function, dt_ir_const(&cg->ir, (int64_t)sym.addr),
			  yes);
	}
	if (!found)
		dt_fail_err(cg->compile, EDT_KERNEL,
			    "sched:::tick needs the address of %s or %s, which /proc/kallsyms does "
			    "not show",
			    names[0], names[1]);
	dt_ir_jmp(&cg->ir, none);
	dt_ir_place(&cg->ir, yes);
	when_not_idle(cg, none);
}

/* sched_exit_tp(is_switch): a decision has been made, to switch or not. */
static void when_remains(struct dt_cg *cg, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_ir_ext(&cg->ir, dt_event_word(cg, 0), 1, false), 0, none);
	when_not_idle(cg, none);
}

/* ---- the provider ---- */

/* In the order in which one event's probes fire. */
static const struct dt_event rows[] = {
	{ .name = "sleep", .tracepoint = "sched_switch", .emit_when = when_sleeps },
	{ .name = "preempt", .tracepoint = "sched_switch", .emit_when = when_stays },
	{ .name = "enqueue",
	  .tracepoint = "sched_switch",
	  .emit_when = when_stays,
	  .args = queue_prev },
	{ .name = "dequeue",
	  .tracepoint = "sched_switch",
	  .emit_when = when_next,
	  .args = leave_next },
	{ .name = "off-cpu", .tracepoint = "sched_switch", .args = next },
	{ .name = "on-cpu", .tracepoint = "sched_switch", .emit_task = next_task },
	{ .name = "remain-cpu", .tracepoint = "sched_exit_tp", .emit_when = when_remains },
	{ .name = "wakeup", .tracepoint = "sched_waking", .args = first },
	{ .name = "enqueue",
	  .tracepoint = "sched_wakeup",
	  .emit_when = when_woken,
	  .args = queue_woken },
	{ .name = "enqueue", .tracepoint = "sched_wakeup_new", .args = queue_woken },
	{ .name = "dequeue",
	  .tracepoint = "sched_migrate_task",
	  .emit_when = when_moved,
	  .args = leave_moved },
	{ .name = "enqueue",
	  .tracepoint = "sched_migrate_task",
	  .emit_when = when_moved,
	  .args = queue_moved },
	{ .name = "change-pri", .tracepoint = "sched_pi_setprio", .args = lent },
	{ .name = "change-pri",
	  .tracepoint = "sys_exit",
	  .emit_when = when_sets_own,
	  .args = set_own },
	{ .name = "tick",
	  .tracepoint = "hrtimer_expire_entry",
	  .emit_when = when_tick,
	  .args = current },
	{ .name = "surrender", .tracepoint = "reschedule_entry", .args = current },
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
