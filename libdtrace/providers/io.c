/* SPDX-License-Identifier: MIT */
/*
 * io: what is asked of disks, and threads that wait for it.
 *
 * start and done fire once each per request and have the same arg0.  There are two ways to a disk:
 *
 * - Most drivers take requests (struct request).  start is at block_rq_issue, where the request is
 *   handed to the driver: nothing is merged into it any more, so that its place and length stay
 *   what they are.  done is at block_rq_complete.
 *	- A driver that is busy hands a request back, and gets it anew later.  That is no second
 *	  start: a request that has been with a driver has a deadline.
 *	- A driver may complete a request in parts.  It is done with the last of them.
 *	- A write that needs a flush in front of it or behind it ends once more, empty, when all of
 *	  that is done; a mere flush ends without having been issued, after a request that the
 *	  block layer makes up for it.  Such ends are left out: they are empty, or have no deadline.
 * - Some drivers of memory (brd, zram, pmem) take bios as they come: block_bio_queue and
 *   block_bio_complete.
 *
 * A device that is made of others (dm, md, bcache, NVMe's multipath) only passes I/O on.  It shows
 * at those below, and is not counted twice.  Such a device has links in the directory `slaves' of
 * sysfs, or takes bios and passes reservations on (pr_ops).
 *
 * Shown are reads, writes and flushes, as /proc/diskstats has them.  What moves no data (discards,
 * a zone's operations) and commands that bypass the block layer are not.
 *
 * The kernel's record of a wait is one bit of the task (in_iowait), and says not what it waits for.
 * So wait-start and wait-done have no arguments.  As in sched, the second fires before the thread
 * runs again, and is about that thread.
 */
#include <errno.h>
#include <sys/dtrace.h>
#include "providers/event.h"
#include "types/types.h"

enum { RQ, RQ_ERROR, RQ_BYTES };                   /* block_rq_complete(rq, error, nr_bytes) */
enum { QUEUED_BIO };                               /* block_bio_queue(bio) */
enum { COMPLETE_QUEUE, COMPLETE_BIO };             /* block_bio_complete(q, bio) */
enum { SWITCH_PREEMPT, SWITCH_PREV, SWITCH_NEXT }; /* sched_switch(preempt, prev, next, ...) */

#define IO(structure, n)                                                                        \
	{ .type = "struct " structure " *", .translated = "bufinfo_t *", .word = (n) },         \
		{ .type = "struct " structure " *", .translated = "devinfo_t *", .word = (n) }, \
	{                                                                                       \
		.type = "struct " structure " *", .translated = "fileinfo_t *", .word = (n)     \
	}

static const struct dt_event_arg request[] = { IO("request", RQ), { 0 } };
static const struct dt_event_arg queued[] = { IO("bio", QUEUED_BIO), { 0 } };
static const struct dt_event_arg completed[] = { IO("bio", COMPLETE_BIO), { 0 } };

/* ---- what is shown ---- */

#define OP_MASK 0xff /* of cmd_flags and bi_opf: REQ_OP_MASK */
#define NOPS    32   /* those behind have been commands, never I/O */

/* As bits. Their numbers differ between kernels. */
static uint64_t shown_operations(struct dt_types *types)
{
	static const char *const names[] = { "REQ_OP_READ",         "REQ_OP_WRITE",
					     "REQ_OP_FLUSH",        "REQ_OP_WRITE_SAME",
					     "REQ_OP_WRITE_ZEROES", "REQ_OP_ZONE_APPEND" };
	uint64_t bits = 0;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const struct dt_type *type;
		int64_t value;

		if (dt_types_enumerator(types, "vmlinux", names[i], &type, &value) && value < NOPS)
			bits |= 1ull << value;
	}
	return bits;
}

/* if (!(1 << (FLAGS & OP_MASK) & shown)) goto none; */
static dt_vreg operation(struct dt_cg *cg, dt_vreg flags, dt_label none)
{
	dt_vreg op = dt_ir_bini(&cg->ir, DT_IR_AND, flags, OP_MASK), bit;

	dt_ir_jcci(&cg->ir, DT_IR_JUGE, op, NOPS, none);
	bit = dt_ir_bin(&cg->ir, DT_IR_SHL, dt_ir_const(&cg->ir, 1), op);
	bit = dt_ir_bini(&cg->ir, DT_IR_AND, bit, (int64_t)shown_operations(cg->plan->env->types));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, bit, 0, none);
	return op;
}

/* A pointer that is only compared. */
static dt_vreg load_address(struct dt_cg *cg, dt_vreg base, const char *structure,
			    const char *const *path)
{
	return dt_ir_un(&cg->ir, DT_IR_NUM, dt_cg_load_field(cg, base, structure, path));
}

/* if (disk->slave_dir->sd->dir.children.rb_node) goto none;  Loads through NULL give 0. */
static void skip_made_of_others(struct dt_cg *cg, dt_vreg disk, dt_label none)
{
	dt_vreg dir = dt_cg_load_field(cg, disk, "gendisk", DT_MEMBERS("slave_dir"));
	dt_vreg node = dt_cg_load_field(cg, dir, "kobject", DT_MEMBERS("sd"));
	dt_vreg first = load_address(cg, node, "kernfs_node",
				     DT_MEMBERS("dir", "children", "rb_node"));

	dt_ir_jcci(&cg->ir, DT_IR_JNE, first, 0, none);
}

/* ---- requests ---- */

/* Only a flush has no length. Returns the length. */
static dt_vreg shown_request(struct dt_cg *cg, dt_vreg rq, dt_label none)
{
	dt_vreg flags = dt_cg_load_field(cg, rq, "request", DT_MEMBERS("cmd_flags"));
	dt_vreg bytes = dt_cg_load_field(cg, rq, "request", DT_MEMBERS("__data_len"));
	dt_vreg op = operation(cg, flags, none), queue, disk;
	dt_label some = dt_ir_label(&cg->ir);
	const struct dt_type *type;
	int64_t flush = 0;

	dt_types_enumerator(cg->plan->env->types, "vmlinux", "REQ_OP_FLUSH", &type, &flush);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, op, flush, some);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, bytes, 0, none);
	dt_ir_place(&cg->ir, some);
	queue = dt_cg_load_field(cg, rq, "request", DT_MEMBERS("q"));
	disk = dt_cg_load_field(cg, queue, "request_queue", DT_MEMBERS("disk"));
	skip_made_of_others(cg, disk, none);
	return bytes;
}

static dt_vreg deadline(struct dt_cg *cg, dt_vreg rq)
{
	return dt_cg_load_field(cg, rq, "request", DT_MEMBERS("deadline"));
}

static void when_issued(struct dt_cg *cg, dt_label none)
{
	dt_vreg rq = dt_event_word(cg, RQ);

	dt_ir_jcci(&cg->ir, DT_IR_JNE, deadline(cg, rq), 0, none);
	shown_request(cg, rq, none);
}

static void when_complete(struct dt_cg *cg, dt_label none)
{
	dt_vreg rq = dt_event_word(cg, RQ), left;

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, deadline(cg, rq), 0, none);
	left = shown_request(cg, rq, none);
	dt_ir_jcc(&cg->ir, DT_IR_JULT, dt_event_word(cg, RQ_BYTES), left, none);
}

/* ---- bios ---- */

static void when_driver_takes_bios(struct dt_cg *cg, dt_vreg bio, dt_label none)
{
	dt_vreg device, disk, driver, submit;

	operation(cg, dt_cg_load_field(cg, bio, "bio", DT_MEMBERS("bi_opf")), none);
	device = dt_cg_load_field(cg, bio, "bio", DT_MEMBERS("bi_bdev"));
	disk = dt_cg_load_field(cg, device, "block_device", DT_MEMBERS("bd_disk"));
	driver = dt_cg_load_field(cg, disk, "gendisk", DT_MEMBERS("fops"));
	submit = load_address(cg, driver, "block_device_operations", DT_MEMBERS("submit_bio"));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, submit, 0, none);
	dt_ir_jcci(&cg->ir, DT_IR_JNE,
		   load_address(cg, driver, "block_device_operations", DT_MEMBERS("pr_ops")), 0,
		   none);
	skip_made_of_others(cg, disk, none);
}

static void when_queued(struct dt_cg *cg, dt_label none)
{
	when_driver_takes_bios(cg, dt_event_word(cg, QUEUED_BIO), none);
}

static void when_bio_complete(struct dt_cg *cg, dt_label none)
{
	when_driver_takes_bios(cg, dt_event_word(cg, COMPLETE_BIO), none);
}

/* ---- errno at done, which io.d's b_error is made of ---- */

/* By BLK_STS_* (include/linux/blk_types.h); what is 0 here and those behind are EIO. */
static const uint8_t errno_of_status[32] = {
	[1] = EOPNOTSUPP, [2] = ETIMEDOUT, [3] = ENOSPC,  [4] = ENOLINK,
	[5] = EREMOTEIO,  [6] = EBADE,     [7] = ENODATA, [8] = EILSEQ,
	[9] = ENOMEM,     [12] = EAGAIN,   [13] = EBUSY,
};

/* err = status ? errno_of_status[status] ?: EIO : 0; */
static dt_vreg errno_of(struct dt_cg *cg, dt_vreg status)
{
	dt_vreg err = dt_ir_new(&cg->ir), table, found;
	dt_label done = dt_ir_label(&cg->ir);

	dt_ir_seti(&cg->ir, err, 0);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, status, 0, done);
	dt_ir_seti(&cg->ir, err, EIO);
	dt_ir_jcci(&cg->ir, DT_IR_JUGE, status, ARRAY_SIZE(errno_of_status), done);
	table = dt_cg_rodata_ptr(cg, dt_cg_rodata(cg, errno_of_status, sizeof(errno_of_status), 1));
	found = dt_ir_ld(&cg->ir, dt_ir_bin(&cg->ir, DT_IR_ADD, table, status), 0, 1);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, found, 0, done);
	dt_ir_set(&cg->ir, err, found);
	dt_ir_place(&cg->ir, done);
	return err;
}

/* Until 5.16 the tracepoint had a negative error number, since then it has the driver's status. */
static dt_vreg request_errno(struct dt_cg *cg)
{
	struct dt_types *types = cg->plan->env->types;
	dt_vreg error = dt_event_word(cg, RQ_ERROR);
	const struct dt_param *params;
	struct dt_btf_target btf;
	size_t n = 0;

	if (!dt_types_tracepoint(types, NULL, "block_rq_complete", &btf))
		return dt_ir_const(&cg->ir, 0);
	params = dt_type_params(types, btf.proto, &n);
	if (n > RQ_ERROR && dt_type_is_signed(params[RQ_ERROR].type))
		return dt_ir_un(&cg->ir, DT_IR_NEG, dt_ir_ext(&cg->ir, error, 4, true));
	return errno_of(cg, dt_ir_ext(&cg->ir, error, 1, false));
}

static dt_vreg bio_errno(struct dt_cg *cg)
{
	uint32_t at = dt_cg_field(cg, "bio", DT_MEMBERS("bi_status"), NULL);

	return errno_of(cg, dt_ir_ld(&cg->ir, dt_event_word(cg, COMPLETE_BIO), (int32_t)at, 1));
}

/* ---- waits ---- */

static dt_vreg in_iowait(struct dt_cg *cg, dt_vreg task)
{
	struct dt_types *types = cg->plan->env->types;
	const struct dt_type *type = dt_types_lookup(types, NULL, DT_TAG_STRUCT, "task_struct");
	uint32_t at = dt_cg_field(cg, "task_struct", DT_MEMBERS("in_iowait"), NULL);
	struct dt_member m;

	dt_type_member(types, type, "in_iowait", &m); /* a bit-field; dt_cg_field() found it */
	return dt_ir_bini(&cg->ir, DT_IR_AND, dt_ir_ld(&cg->ir, task, (int32_t)at, 1),
			  1 << m.offset_bits % 8);
}

static dt_vreg state(struct dt_cg *cg, dt_vreg task)
{
	return dt_cg_load_field(cg, task, "task_struct", DT_MEMBERS("__state"));
}

/* A thread that is preempted on the way to sleep keeps its CPU's time, and does not wait. */
static void when_begins_to_wait(struct dt_cg *cg, dt_label none)
{
	dt_vreg prev = dt_event_word(cg, SWITCH_PREV);

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, in_iowait(cg, prev), 0, none);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_event_word(cg, SWITCH_PREEMPT), 0, none);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, state(cg, prev), 0, none);
}

/* The bit stays until the thread runs.  One that was preempted on the way to sleep is not in the
 * state of one that was woken (0). */
static void when_waited(struct dt_cg *cg, dt_label none)
{
	dt_vreg next = dt_event_word(cg, SWITCH_NEXT);

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, in_iowait(cg, next), 0, none);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, state(cg, next), 0, none);
}

static dt_vreg waiter(struct dt_cg *cg)
{
	return dt_event_word(cg, SWITCH_NEXT);
}

/* ---- the table ---- */

static const struct dt_event rows[] = {
	{ .name = "start",
	  .tracepoint = "block_rq_issue",
	  .emit_when = when_issued,
	  .args = request },
	{ .name = "start",
	  .tracepoint = "block_bio_queue",
	  .emit_when = when_queued,
	  .args = queued },
	{ .name = "done",
	  .tracepoint = "block_rq_complete",
	  .emit_when = when_complete,
	  .emit_errno = request_errno,
	  .args = request },
	{ .name = "done",
	  .tracepoint = "block_bio_complete",
	  .emit_when = when_bio_complete,
	  .emit_errno = bio_errno,
	  .args = completed },
	{ .name = "wait-start", .tracepoint = "sched_switch", .emit_when = when_begins_to_wait },
	{ .name = "wait-done",
	  .tracepoint = "sched_switch",
	  .emit_when = when_waited,
	  .emit_task = waiter },
};

#define FIRST_ID 8000
static const struct dt_events events = { "io", FIRST_ID, ARRAY_SIZE(rows), rows };

const struct dt_provider_ops dt_provider_io = {
	.name = "io",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, ISA), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, ISA),
		  DT_ATTR(EVOLVING, EVOLVING, ISA) },
	.doc = "What is asked of disks, and threads that wait for it.",
	DT_EVENT_OPS(events),
};
