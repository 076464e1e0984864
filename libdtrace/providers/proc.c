/* SPDX-License-Identifier: MIT */
/*
 * proc: processes, threads and signals, at the tracepoints of sched, signal and task, and at the
 * system calls that no tracepoint stands for.
 */
#include <linux/bpf.h>
#include <signal.h>
#include <stddef.h>
#include <sys/dtrace.h>
#include "contract/record.h"
#include "providers/event.h"

/* ---- processes and threads begin ---- */

/* sched_process_fork(parent, child), task_newtask(task, flags) */
enum { NEW_TASK, CHILD };

static void when_leader(struct dt_cg *cg, dt_vreg task, dt_label none)
{
	dt_ir_jcc(&cg->ir, DT_IR_JNE, dt_cg_load_field(cg, task, "task_struct", DT_MEMBERS("pid")),
		  dt_cg_load_field(cg, task, "task_struct", DT_MEMBERS("tgid")), none);
}

static void when_process(struct dt_cg *cg, dt_label none)
{
	when_leader(cg, dt_event_word(cg, CHILD), none);
}

static const struct dt_event_arg child[] = { DT_EVENT_TASK(CHILD, "psinfo_t *"), { 0 } };
static const struct dt_event_arg new_thread[] = { DT_EVENT_TASK(NEW_TASK, "lwpsinfo_t *"),
						  DT_EVENT_TASK(NEW_TASK, "psinfo_t *"),
						  { 0 } };

/* A new thread runs no code of its program before it has returned, with 0, from the call that made
 * it. */
static void when_thread_starts(struct dt_cg *cg, dt_label none)
{
	static const char *const calls[] = { "clone", "clone3", "fork", "vfork", NULL };

	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_sysent_emit_result(cg), 0, none);
	dt_event_calls(cg, calls, none);
}

static void when_process_starts(struct dt_cg *cg, dt_label none)
{
	when_thread_starts(cg, none);
	when_leader(cg, dt_event_current(cg), none);
}

/* ---- exec ---- */

static void when_exec(struct dt_cg *cg, dt_label none)
{
	static const char *const calls[] = { "execve", "execveat", NULL };

	dt_event_calls(cg, calls, none);
}

static void when_exec_fails(struct dt_cg *cg, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JGE, dt_sysent_emit_result(cg), 0, none);
	when_exec(cg, none);
}

/* execve(path, ...), execveat(directory, path, ...) */
static dt_vreg exec_path(struct dt_cg *cg)
{
	dt_vreg path = dt_ir_new(&cg->ir);
	dt_label at = dt_ir_label(&cg->ir), done = dt_ir_label(&cg->ir);

	dt_event_jump_if_call(cg, "execveat", at);
	dt_ir_set(&cg->ir, path, dt_event_call_arg(cg, 0));
	dt_ir_jmp(&cg->ir, done);
	dt_ir_place(&cg->ir, at);
	dt_ir_set(&cg->ir, path, dt_event_call_arg(cg, 1));
	dt_ir_place(&cg->ir, done);
	return path;
}

static dt_vreg exec_error(struct dt_cg *cg)
{
	return dt_sysent_emit_error(cg, dt_sysent_emit_result(cg));
}

static const struct dt_event_arg path[] = {
	{ .type = "char *", .emit = exec_path, .is_user = true },
	{ 0 },
};
static const struct dt_event_arg error[] = { { .type = "int", .emit = exec_error }, { 0 } };

/* ---- processes and threads end ---- */

/* sched_process_exit(task, group_dead); the second came with 6.16 */
enum { GROUP_DEAD = 1 };

#define SIGNAL_GROUP_EXIT 4 /* include/linux/sched/signal.h */
#define KILLED_BY         0x7f
#define DUMPED_CORE       0x80

/*
 * Threads that end at the same time may all find that none is left alive.  The first one of them
 * fires: nobody else has the time at which their process began.
 */
static void when_first_of_last(struct dt_cg *cg, dt_label none)
{
	dt_vreg task = dt_event_word(cg, 0), began, place, old;

	dt_ir_jcci(&cg->ir, DT_IR_JNE,
		   dt_event_peek(cg,
				 dt_cg_load_field(cg, task, "task_struct", DT_MEMBERS("signal")),
				 "signal_struct", DT_MEMBERS("live", "counter")),
		   0, none);
	began = dt_cg_load_field(cg, dt_cg_leader(cg), "task_struct", DT_MEMBERS("start_time"));
	place = dt_ir_bini(&cg->ir, DT_IR_AND,
			   dt_cg_load_field(cg, task, "task_struct", DT_MEMBERS("tgid")),
			   DT_STATE_ENDED - 1);
	place = dt_ir_bin(&cg->ir, DT_IR_ADD, dt_cg_state(cg),
			  dt_ir_bini(&cg->ir, DT_IR_SHL, place, 3));
	old = dt_ir_xchg(&cg->ir, place, offsetof(struct dt_state, ended), 8, began);
	dt_ir_jcc(&cg->ir, DT_IR_JEQ, old, began, none);
}

static void when_last_thread(struct dt_cg *cg, dt_label none)
{
	if (dt_event_has_words(cg, GROUP_DEAD + 1))
		dt_ir_jcci(&cg->ir, DT_IR_JEQ,
			   dt_ir_ext(&cg->ir, dt_event_word(cg, GROUP_DEAD), 1, false), 0, none);
	else
		when_first_of_last(cg, none);
}

/* What wait(2) will report: the group's code, or that of its first thread. */
static dt_vreg exit_code(struct dt_cg *cg)
{
	dt_vreg code = dt_ir_new(&cg->ir);
	dt_vreg task = dt_event_current(cg), group;
	dt_label done = dt_ir_label(&cg->ir);
	size_t mark;

	group = dt_cg_load_field(cg, task, "task_struct", DT_MEMBERS("signal"));
	dt_ir_set(&cg->ir, code,
		  dt_cg_load_field(cg, group, "signal_struct", DT_MEMBERS("group_exit_code")));
	dt_ir_jcci(&cg->ir, DT_IR_JSET,
		   dt_cg_load_field(cg, group, "signal_struct", DT_MEMBERS("flags")),
		   SIGNAL_GROUP_EXIT, done);
	mark = dt_cg_enter(cg);
	dt_ir_set(&cg->ir, code,
		  dt_cg_load_field(cg, dt_cg_leader(cg), "task_struct", DT_MEMBERS("exit_code")));
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, done);
	return code;
}

static dt_vreg exit_reason(struct dt_cg *cg)
{
	dt_vreg code = exit_code(cg), reason = dt_ir_new(&cg->ir);
	dt_label done = dt_ir_label(&cg->ir);

	dt_ir_seti(&cg->ir, reason, CLD_EXITED);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, dt_ir_bini(&cg->ir, DT_IR_AND, code, KILLED_BY), 0, done);
	dt_ir_seti(&cg->ir, reason, CLD_DUMPED);
	dt_ir_jcci(&cg->ir, DT_IR_JSET, code, DUMPED_CORE, done);
	dt_ir_seti(&cg->ir, reason, CLD_KILLED);
	dt_ir_place(&cg->ir, done);
	return reason;
}

static const struct dt_event_arg reason[] = { { .type = "int", .emit = exit_reason }, { 0 } };

/* ---- signals are sent ---- */

/* signal_generate(signal, info, task, group, result); the info may be NULL or the number 1 */
enum { SIGNAL, INFO, RECEIVER, GROUP, RESULT };

/* TRACE_SIGNAL_*, include/trace/events/signal.h */
enum { DELIVERED, IGNORED, ALREADY_PENDING, OVERFLOW_FAIL, LOSE_INFO };

static void when_sent(struct dt_cg *cg, dt_label none)
{
	dt_vreg result = dt_event_word(cg, RESULT);

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, result, IGNORED, none);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, result, OVERFLOW_FAIL, none);
}

static void when_ignored(struct dt_cg *cg, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_event_word(cg, RESULT), IGNORED, none);
}

static const struct dt_event_arg sent[] = {
	DT_EVENT_TASK(RECEIVER, "lwpsinfo_t *"),
	DT_EVENT_TASK(RECEIVER, "psinfo_t *"),
	{ .type = "int", .word = SIGNAL },
	{ 0 },
};

/* ---- faults ---- */

/* The numbers that <sys/fault.h> has elsewhere; dlib/siginfo.d names them. */
enum {
	FLTILL = 1,
	FLTPRIV,
	FLTBPT,
	FLTTRACE,
	FLTACCESS,
	FLTBOUNDS,
	FLTIOVF,
	FLTIZDIV,
	FLTFPE,
	FLTSTACK,
	FLTPAGE,
	FLTWATCH,
};

#define ANY_CODE 0

/* By signal and si_code; the first that fits. */
static const struct {
	uint8_t signal, code, fault;
} faults[] = {
	{ SIGILL, ILL_PRVOPC, FLTPRIV },
	{ SIGILL, ILL_PRVREG, FLTPRIV },
	{ SIGILL, ANY_CODE, FLTILL },
	{ SIGTRAP, TRAP_TRACE, FLTTRACE },
	{ SIGTRAP, 4 /* TRAP_HWBKPT */, FLTWATCH },
	{ SIGTRAP, ANY_CODE, FLTBPT },
	{ SIGSEGV, ANY_CODE, FLTBOUNDS },
	{ SIGBUS, BUS_ADRALN, FLTACCESS },
	{ SIGBUS, ANY_CODE, FLTPAGE },
	{ SIGFPE, FPE_INTDIV, FLTIZDIV },
	{ SIGFPE, FPE_INTOVF, FLTIOVF },
	{ SIGFPE, ANY_CODE, FLTFPE },
};

static dt_vreg info_code(struct dt_cg *cg)
{
	return dt_ir_ext(&cg->ir,
			 dt_event_peek(cg, dt_event_word(cg, INFO), "kernel_siginfo",
				       DT_MEMBERS("si_code")),
			 4, true);
}

static dt_vreg fault_number(struct dt_cg *cg)
{
	dt_vreg signal = dt_event_word(cg, SIGNAL), code = info_code(cg);
	dt_vreg number = dt_ir_new(&cg->ir);
	dt_label done = dt_ir_label(&cg->ir);

	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		dt_label next = dt_ir_label(&cg->ir);

		dt_ir_seti(&cg->ir, number, faults[i].fault);
		dt_ir_jcci(&cg->ir, DT_IR_JNE, signal, faults[i].signal, next);
		if (faults[i].code == ANY_CODE)
			dt_ir_jmp(&cg->ir, done);
		else
			dt_ir_jcci(&cg->ir, DT_IR_JEQ, code, faults[i].code, done);
		dt_ir_place(&cg->ir, next);
	}
	dt_ir_seti(&cg->ir, number, 0);
	dt_ir_place(&cg->ir, done);
	return number;
}

static void when_signal_of_fault(struct dt_cg *cg, dt_label none)
{
	static const uint8_t signals[] = { SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV };
	dt_vreg signal = dt_event_word(cg, SIGNAL);
	dt_label yes = dt_ir_label(&cg->ir);

	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		dt_ir_jcci(&cg->ir, DT_IR_JEQ, signal, signals[i], yes);
	dt_ir_jmp(&cg->ir, none);
	dt_ir_place(&cg->ir, yes);
}

/* A fault is a thread's own, and the kernel tells where it was; what kill(2) sends has a code of 0
 * or less. */
static void when_fault(struct dt_cg *cg, dt_label none)
{
	dt_vreg receiver = dt_event_word(cg, RECEIVER);

	when_signal_of_fault(cg, none);
	dt_ir_jcc(&cg->ir, DT_IR_JNE,
		  dt_cg_load_field(cg, receiver, "task_struct", DT_MEMBERS("pid")),
		  dt_cg_load_field(cg, dt_event_current(cg), "task_struct", DT_MEMBERS("pid")),
		  none);
	dt_ir_jcci(&cg->ir, DT_IR_JLE, info_code(cg), 0, none);
}

#define SIGINFO                                                                              \
	{                                                                                    \
		.type = "struct kernel_siginfo *", .translated = "siginfo_t *", .word = INFO \
	}

static const struct dt_event_arg fault[] = { { .type = "int", .emit = fault_number },
					     SIGINFO,
					     { 0 } };

/* ---- signals arrive ---- */

/* signal_deliver(signal, info, action) */
enum { ACTION = 2 };

static dt_vreg handler(struct dt_cg *cg)
{
	return dt_cg_load_field(cg, dt_event_word(cg, ACTION), "k_sigaction",
				DT_MEMBERS("sa", "sa_handler"));
}

static void when_handled(struct dt_cg *cg, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JULE, handler(cg), (int64_t)(uintptr_t)SIG_IGN, none);
}

static const struct dt_event_arg handled[] = {
	{ .type = "int", .word = SIGNAL },
	SIGINFO,
	{ .type = "__sighandler_t", .emit = handler, .is_user = true },
	{ 0 },
};

static void when_waited(struct dt_cg *cg, dt_label none)
{
	static const char *const calls[] = { "rt_sigtimedwait", "rt_sigtimedwait_time64", NULL };

	dt_ir_jcci(&cg->ir, DT_IR_JLE, dt_sysent_emit_result(cg), 0, none);
	dt_event_calls(cg, calls, none);
}

static const struct dt_event_arg waited[] = { { .type = "int", .emit = dt_sysent_emit_result },
					      { 0 } };

/* ---- the provider ---- */

static const struct dt_event rows[] = {
	{ .name = "create",
	  .tracepoint = "sched_process_fork",
	  .emit_when = when_process,
	  .args = child },
	{ .name = "lwp-create", .tracepoint = "task_newtask", .args = new_thread },
	{ .name = "start", .tracepoint = "sys_exit", .emit_when = when_process_starts },
	{ .name = "lwp-start", .tracepoint = "sys_exit", .emit_when = when_thread_starts },
	{ .name = "exec", .tracepoint = "sys_enter", .emit_when = when_exec, .args = path },
	{ .name = "exec-success", .tracepoint = "sched_process_exec" },
	{ .name = "exec-failure",
	  .tracepoint = "sys_exit",
	  .emit_when = when_exec_fails,
	  .emit_errno = exec_error,
	  .args = error },
	{ .name = "lwp-exit", .tracepoint = "sched_process_exit" },
	{ .name = "exit",
	  .tracepoint = "sched_process_exit",
	  .emit_when = when_last_thread,
	  .args = reason },
	{ .name = "fault",
	  .tracepoint = "signal_generate",
	  .emit_when = when_fault,
	  .args = fault },
	{ .name = "signal-send",
	  .tracepoint = "signal_generate",
	  .emit_when = when_sent,
	  .args = sent },
	{ .name = "signal-discard",
	  .tracepoint = "signal_generate",
	  .emit_when = when_ignored,
	  .args = sent },
	{ .name = "signal-handle",
	  .tracepoint = "signal_deliver",
	  .emit_when = when_handled,
	  .args = handled },
	{ .name = "signal-clear",
	  .tracepoint = "sys_exit",
	  .emit_when = when_waited,
	  .args = waited },
};

#define FIRST_ID 7300
static const struct dt_events events = { "proc", FIRST_ID, ARRAY_SIZE(rows), rows };

const struct dt_provider_ops dt_provider_proc = {
	.name = "proc",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, ISA), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, ISA),
		  DT_ATTR(EVOLVING, EVOLVING, ISA) },
	.doc = "Processes and threads begin, execute programs and end; signals are sent and "
	       "handled.",
	DT_EVENT_OPS(events),
};
