/* SPDX-License-Identifier: MIT */
/*
 * lockstat: waiting for the kernel's locks.
 *
 * A wait is one contention_begin or more, and one contention_end (Linux 5.19).  The probes fire at
 * the end and tell how long it took, so two hidden companions come before them: they keep the times
 * of each wait in a table, by thread and lock.  It is a plain array, in which a wait has one place
 * (runtime/wait.h): a hash would take locks of its own, inside of the kernel's.  A wait that finds
 * another one in its place displaces it, which is a counted drop.
 */
#include <linux/bpf.h>
#include <stddef.h>
#include <sys/dtrace.h>
#include "providers/event.h"
#include "runtime/runtime.h"
#include "runtime/wait.h"

/* contention_begin(lock, flags), contention_end(lock, ret) */
enum { LOCK, FLAGS, RET = FLAGS };

/* LCB_F_WRITE of include/trace/events/lock.h. */
#define FLAG_WRITE_SHIFT 2

static dt_vreg current_task(struct dt_cg *cg)
{
	return dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_current_task, 0, NULL);
}

/* Pointer to the wait of the current task for the event's lock, or to what is in its place. */
static dt_vreg wait_of(struct dt_cg *cg, dt_vreg task, dt_vreg lock)
{
	dt_vreg place = dt_ir_runtime(&cg->ir, DT_RT_WAIT_PLACE, DT_ARGS(task, lock));

	place = dt_ir_bini(&cg->ir, DT_IR_AND, place, DT_WAITS - 1);
	place = dt_ir_bini(&cg->ir, DT_IR_MUL, place, sizeof(struct dt_wait));
	return dt_ir_bin(&cg->ir, DT_IR_ADD, dt_cg_notes(cg), place);
}

/* A companion's code: RUNTIME notes what its event's second word means for the wait. */
static dt_vreg note(struct dt_cg *cg, int runtime)
{
	dt_vreg task = current_task(cg), lock = dt_event_word(cg, LOCK);
	dt_vreg wait = wait_of(cg, task, lock);
	dt_vreg word = dt_ir_ext(&cg->ir, dt_event_word(cg, FLAGS), 4, false);
	dt_vreg now = dt_ir_helper(&cg->ir, BPF_FUNC_ktime_get_ns, 0, NULL);

	return dt_ir_runtime(&cg->ir, runtime, DT_ARGS(wait, task, lock, word, now));
}

static void note_begin(struct dt_cg *cg, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, note(cg, DT_RT_WAIT_BEGIN), 0, none);
	dt_cg_drop(cg, DT_DROP_DYNAMIC);
	dt_ir_jmp(&cg->ir, none);
}

static void note_end(struct dt_cg *cg, dt_label none)
{
	note(cg, DT_RT_WAIT_END);
	dt_ir_jmp(&cg->ir, none);
}

/* ---- the probes ---- */

static dt_vreg wait_word(struct dt_cg *cg, size_t off)
{
	dt_vreg wait = wait_of(cg, current_task(cg), dt_event_word(cg, LOCK));

	return dt_ir_ld(&cg->ir, wait, (int32_t)off, 8);
}

/* Whether the wait that ends was of KIND, too. */
static void when(struct dt_cg *cg, dt_label none, int64_t kind)
{
	dt_vreg task = current_task(cg), lock = dt_event_word(cg, LOCK);
	dt_vreg wait = wait_of(cg, task, lock), kinds;

	dt_ir_jcc(&cg->ir, DT_IR_JNE, dt_ir_ld(&cg->ir, wait, offsetof(struct dt_wait, task), 8),
		  task, none);
	dt_ir_jcc(&cg->ir, DT_IR_JNE, dt_ir_ld(&cg->ir, wait, offsetof(struct dt_wait, lock), 8),
		  lock, none);
	kinds = dt_ir_ld(&cg->ir, wait, offsetof(struct dt_wait, kinds), 8);
	kinds = dt_ir_bini(&cg->ir, DT_IR_AND, kinds, kind);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, kinds, 0, none);
}

#define WHEN(name, kind)                                  \
	static void name(struct dt_cg *cg, dt_label none) \
	{                                                 \
		when(cg, none, kind);                     \
	}
WHEN(when_adaptive_spin, DT_WAIT_ADAPTIVE_SPIN)
WHEN(when_adaptive_block, DT_WAIT_ADAPTIVE_BLOCK)
WHEN(when_spin_spin, DT_WAIT_SPIN_SPIN)
WHEN(when_rw_spin, DT_WAIT_RW_SPIN)
WHEN(when_rw_block, DT_WAIT_RW_BLOCK)
WHEN(when_sema_block, DT_WAIT_SEMA_BLOCK)

static dt_vreg spun(struct dt_cg *cg)
{
	return wait_word(cg, offsetof(struct dt_wait, spun));
}

static dt_vreg blocked(struct dt_cg *cg)
{
	return wait_word(cg, offsetof(struct dt_wait, blocked));
}

/* RW_WRITER 0 or RW_READER 1, as illumos' krw_t has them. */
static dt_vreg is_reader(struct dt_cg *cg)
{
	dt_vreg flags = wait_word(cg, offsetof(struct dt_wait, flags));

	flags = dt_ir_bini(&cg->ir, DT_IR_SHR, flags, FLAG_WRITE_SHIFT);
	flags = dt_ir_bini(&cg->ir, DT_IR_AND, flags, 1);
	return dt_ir_bini(&cg->ir, DT_IR_XOR, flags, 1);
}

#define LOCK_ARG                               \
	{                                      \
		.type = "void *", .word = LOCK \
	}
#define NUMBER(emit_)                             \
	{                                         \
		.type = "uint64_t", .emit = emit_ \
	}
static const struct dt_event_arg by_spinning[] = { LOCK_ARG, NUMBER(spun), { 0 } };
static const struct dt_event_arg by_blocking[] = { LOCK_ARG, NUMBER(blocked), { 0 } };
static const struct dt_event_arg rw_by_spinning[] = {
	LOCK_ARG, NUMBER(spun), { .type = "int", .emit = is_reader }, { 0 }
};
static const struct dt_event_arg rw_by_blocking[] = {
	LOCK_ARG, NUMBER(blocked), { .type = "int", .emit = is_reader }, { 0 }
};

#define AT_END(name_, when_, args_)                                                              \
	{                                                                                        \
		.name = name_, .tracepoint = "contention_end", .emit_when = when_, .args = args_ \
	}

#define NO_EVENT "is not possible on Linux: its kernel has tracepoints for waits, not for locks "

static const struct dt_event rows[] = {
	{ .name = "begin",
	  .tracepoint = "contention_begin",
	  .emit_when = note_begin,
	  .is_hidden = true },
	{ .name = "end", .tracepoint = "contention_end", .emit_when = note_end, .is_hidden = true },
	AT_END("adaptive-spin", when_adaptive_spin, by_spinning),
	AT_END("adaptive-block", when_adaptive_block, by_blocking),
	AT_END("spin-spin", when_spin_spin, by_spinning),
	AT_END("rw-spin", when_rw_spin, rw_by_spinning),
	AT_END("rw-block", when_rw_block, rw_by_blocking),
	AT_END("sema-block", when_sema_block, by_blocking),
	DT_EVENT_REFUSED("adaptive-acquire", NO_EVENT "that are free when they are taken"),
	DT_EVENT_REFUSED("adaptive-acquire-error", NO_EVENT "that are not taken"),
	DT_EVENT_REFUSED("adaptive-release", NO_EVENT "that are released"),
	DT_EVENT_REFUSED("rw-acquire", NO_EVENT "that are free when they are taken"),
	DT_EVENT_REFUSED("rw-downgrade", NO_EVENT "that are downgraded"),
	DT_EVENT_REFUSED("rw-release", NO_EVENT "that are released"),
	DT_EVENT_REFUSED("rw-upgrade", "cannot exist on Linux: a reader cannot become a writer"),
	DT_EVENT_REFUSED("spin-acquire", NO_EVENT "that are free when they are taken"),
	DT_EVENT_REFUSED("spin-release", NO_EVENT "that are released"),
	DT_EVENT_REFUSED("thread-spin",
			 "does not exist on Linux: the locks of its threads are spin locks "
			 "like others; see spin-spin"),
};

#define FIRST_ID 7220
static const struct dt_events events = { "lockstat", FIRST_ID, ARRAY_SIZE(rows), rows };

const struct dt_provider_ops dt_provider_lockstat = {
	.name = "lockstat",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, COMMON), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, COMMON),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN) },
	.doc = "How long threads wait for the kernel's locks.",
	.notes_bytes = DT_WAITS * sizeof(struct dt_wait),
	DT_EVENT_OPS(events),
};
