/* SPDX-License-Identifier: MIT */
/*
 * vminfo: counts of virtual memory, as they grow; arg0 is by how much.  Offered are those of the
 * documented counts that an event of Linux shows rightly; who names another one is told why not.
 *
 * - Page faults are x86's tracepoints, which have the processor's error code.  They fire before
 *   the kernel has looked what the fault is about, for faults that end in a signal too.
 * - Major faults are an event of perf's, so that they are counted as getrusage() does.
 * - What is paged in and out is seen where a bio is submitted.  Its first page tells whether it
 *   belongs to a file (or to a file system, or to a disk's own pages) or to swap; what bypasses the
 *   page cache is neither.  A clone, which a device made of others passes on, is no new one.
 * - Reclaim tells once per batch how many pages it has looked at and freed.
 */
#include <linux/perf_event.h>
#include <sys/dtrace.h>
#include <unistd.h>
#include "base/errno.h"
#include "base/fail.h"
#include "providers/event.h"
#include "types/types.h"

/* ---- faults: page_fault_user(address, regs, error_code), page_fault_kernel ---- */

enum { FAULT_ADDRESS, FAULT_REGS, FAULT_CODE };

#define CODE_PROTECTION 1 /* the page is there: arch/x86/include/asm/trap_pf.h */

static void when_missing(struct dt_cg *cg, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JSET, dt_event_word(cg, FAULT_CODE), CODE_PROTECTION, none);
}

static void when_protected(struct dt_cg *cg, dt_label none)
{
	dt_vreg bit = dt_ir_bini(&cg->ir, DT_IR_AND, dt_event_word(cg, FAULT_CODE),
				 CODE_PROTECTION);

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, bit, 0, none);
}

/* The kernel's addresses are the upper half of all. */
static void when_address_is_kernels(struct dt_cg *cg, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JGE, dt_event_word(cg, FAULT_ADDRESS), 0, none);
}

/* ---- paging: block_bio_queue(bio) ---- */

enum { READS, WRITES };

#define OP_MASK      0xff /* of bi_opf: REQ_OP_MASK */
#define MAPPING_FLAG 3    /* of page->mapping: an anonymous page, or one of no file */

static uint32_t offset(struct dt_cg *cg, const char *structure, const char *member)
{
	return dt_cg_field(cg, structure, DT_MEMBERS(member), NULL);
}

static dt_vreg peek(struct dt_cg *cg, dt_vreg base, const char *structure, const char *member)
{
	return dt_event_peek(cg, base, structure, DT_MEMBERS(member));
}

/* A constant of the kernel's, a bit's number. */
static int64_t bit_of(struct dt_cg *cg, const char *name)
{
	const struct dt_type *type;
	int64_t number = 0;

	if (!dt_types_enumerator(cg->plan->env->types, "vmlinux", name, &type, &number))
		dt_fail_err(cg->compile, EDT_KERNEL, "this kernel has no constant %s", name);
	return (int64_t)1 << number;
}

static dt_vreg bio(struct dt_cg *cg)
{
	return dt_event_word(cg, 0);
}

/*
 * if (op != OP || !bi_size || flags & BIO_CLONED) goto none;
 * page = bio->bi_io_vec->bv_page, or the first one of the folio that it is in
 */
static dt_vreg first_page(struct dt_cg *cg, int op, dt_label none)
{
	dt_vreg opf = dt_cg_load_field(cg, bio(cg), "bio", DT_MEMBERS("bi_opf"));
	dt_vreg size = dt_cg_load_field(cg, bio(cg), "bio", DT_MEMBERS("bi_iter", "bi_size"));
	dt_vreg flags = dt_ir_ld(&cg->ir, bio(cg), (int32_t)offset(cg, "bio", "bi_flags"), 2);
	dt_vreg page = dt_ir_new(&cg->ir), head, vec;
	dt_label single = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_ir_bini(&cg->ir, DT_IR_AND, opf, OP_MASK), op, none);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, size, 0, none);
	dt_ir_jcci(&cg->ir, DT_IR_JSET, flags, bit_of(cg, "BIO_CLONED"), none);
	vec = peek(cg, bio(cg), "bio", "bi_io_vec");
	dt_ir_set(&cg->ir, page, peek(cg, vec, "bio_vec", "bv_page"));
	head = peek(cg, page, "page", "compound_head");
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, dt_ir_bini(&cg->ir, DT_IR_AND, head, 1), 0, single);
	dt_ir_set(&cg->ir, page, dt_ir_bini(&cg->ir, DT_IR_SUB, head, 1));
	dt_ir_place(&cg->ir, single);
	return page;
}

/*
 * The page is one of swap if it is anonymous memory's or a tmpfs', and either in the swap cache or,
 * while it is read from a disk of memory, nowhere yet:
 *
 *	return flags & PG_swapbacked && (flags & PG_swapcache || !page->mapping);
 */
static void jump_if_swap(struct dt_cg *cg, dt_vreg page, dt_label swap)
{
	dt_vreg flags = peek(cg, page, "page", "flags");
	dt_vreg backed = dt_ir_bini(&cg->ir, DT_IR_AND, flags, bit_of(cg, "PG_swapbacked"));
	dt_label no = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, backed, 0, no);
	dt_ir_jcci(&cg->ir, DT_IR_JSET, flags, bit_of(cg, "PG_swapcache"), swap);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, peek(cg, page, "page", "mapping"), 0, swap);
	dt_ir_place(&cg->ir, no);
}

/* if (page->mapping != &page->mapping->host->i_data) goto none;  A page of other use has something
 * else in that place. */
static void skip_no_file(struct dt_cg *cg, dt_vreg page, dt_label none)
{
	dt_vreg mapping = peek(cg, page, "page", "mapping"), own;

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, mapping, 0, none);
	dt_ir_jcci(&cg->ir, DT_IR_JSET, mapping, MAPPING_FLAG, none);
	own = dt_ir_bini(&cg->ir, DT_IR_ADD, peek(cg, mapping, "address_space", "host"),
			 offset(cg, "inode", "i_data"));
	dt_ir_jcc(&cg->ir, DT_IR_JNE, own, mapping, none);
}

static void when_swap(struct dt_cg *cg, int op, dt_label none)
{
	dt_vreg page = first_page(cg, op, none);
	dt_label swap = dt_ir_label(&cg->ir);

	jump_if_swap(cg, page, swap);
	dt_ir_jmp(&cg->ir, none);
	dt_ir_place(&cg->ir, swap);
}

static void when_file(struct dt_cg *cg, int op, dt_label none)
{
	dt_vreg page = first_page(cg, op, none);

	jump_if_swap(cg, page, none);
	skip_no_file(cg, page, none);
}

static void when_either(struct dt_cg *cg, int op, dt_label none)
{
	dt_vreg page = first_page(cg, op, none);
	dt_label swap = dt_ir_label(&cg->ir);

	jump_if_swap(cg, page, swap);
	skip_no_file(cg, page, none);
	dt_ir_place(&cg->ir, swap);
}

#define WHEN(name_, what_, op_)                            \
	static void name_(struct dt_cg *cg, dt_label none) \
	{                                                  \
		what_(cg, op_, none);                      \
	}

WHEN(when_in, when_either, READS)
WHEN(when_out, when_either, WRITES)
WHEN(when_file_in, when_file, READS)
WHEN(when_file_out, when_file, WRITES)
WHEN(when_swap_in, when_swap, READS)
WHEN(when_swap_out, when_swap, WRITES)

/* (bi_size + page size - 1) / page size */
static dt_vreg pages(struct dt_cg *cg)
{
	dt_vreg size = dt_cg_load_field(cg, bio(cg), "bio", DT_MEMBERS("bi_iter", "bi_size"));
	int64_t page = sysconf(_SC_PAGESIZE);

	return dt_ir_bini(&cg->ir, DT_IR_UDIV, dt_ir_bini(&cg->ir, DT_IR_ADD, size, page - 1),
			  page);
}

static const struct dt_event_arg by_pages[] = { { .type = "long", .emit = pages }, { 0 } };

/* ---- reclaim ---- */

/* mm_vmscan_lru_shrink_inactive(nid, nr_scanned, nr_reclaimed, stat, priority, file) */
enum { BATCH_NODE, BATCH_SCANNED, BATCH_RECLAIMED, BATCH_STAT, BATCH_PRIORITY, BATCH_FILE };

static void when_scanned(struct dt_cg *cg, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, dt_event_word(cg, BATCH_SCANNED), 0, none);
}

static void when_reclaimed(struct dt_cg *cg, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, dt_event_word(cg, BATCH_RECLAIMED), 0, none);
}

static dt_vreg is_file(struct dt_cg *cg)
{
	return dt_ir_ext(&cg->ir, dt_event_word(cg, BATCH_FILE), 4, false);
}

static void when_file_reclaimed(struct dt_cg *cg, dt_label none)
{
	when_reclaimed(cg, none);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, is_file(cg), 0, none);
}

static void when_anon_reclaimed(struct dt_cg *cg, dt_label none)
{
	when_reclaimed(cg, none);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, is_file(cg), 0, none);
}

static const struct dt_event_arg by_scanned[] = {
	{ .type = "unsigned long", .word = BATCH_SCANNED }, { 0 }
};
static const struct dt_event_arg by_reclaimed[] = {
	{ .type = "unsigned long", .word = BATCH_RECLAIMED }, { 0 }
};

/* ---- the table ---- */

#define BATCH "mm_vmscan_lru_shrink_inactive"
#define SWAPS \
	"is about whole processes, which Linux does not swap: anonpgin and anonpgout are pages"
#define EXEC   "cannot be told: Linux keeps pages of programs as those of any file (fspgin)"
#define HIDDEN "cannot be told: no event shows what a page fault did (as_fault, prot_fault)"
#define LIST   "does not exist: Linux has no list of free pages that keep what they were"

/* name, tracepoint, emit_when, args */
#define ROW(n, t, w, a)                                                       \
	{                                                                     \
		.name = (n), .tracepoint = (t), .emit_when = (w), .args = (a) \
	}
static const struct dt_event rows[] = {
	ROW("as_fault", "page_fault_user", when_missing, dt_event_by_one),
	ROW("as_fault", "page_fault_kernel", when_missing, dt_event_by_one),
	ROW("prot_fault", "page_fault_user", when_protected, dt_event_by_one),
	ROW("prot_fault", "page_fault_kernel", when_protected, dt_event_by_one),
	ROW("kernel_asflt", "page_fault_kernel", when_address_is_kernels, dt_event_by_one),
	{ .name = "maj_fault",
	  .tracepoint = "page-faults-maj",
	  .software = PERF_COUNT_SW_PAGE_FAULTS_MAJ,
	  .args = dt_event_by_one },
	ROW("pgin", "block_bio_queue", when_in, dt_event_by_one),
	ROW("pgpgin", "block_bio_queue", when_in, by_pages),
	ROW("fspgin", "block_bio_queue", when_file_in, by_pages),
	ROW("anonpgin", "block_bio_queue", when_swap_in, by_pages),
	ROW("pgout", "block_bio_queue", when_out, dt_event_by_one),
	ROW("pgpgout", "block_bio_queue", when_out, by_pages),
	ROW("fspgout", "block_bio_queue", when_file_out, by_pages),
	ROW("anonpgout", "block_bio_queue", when_swap_out, by_pages),
	ROW("scan", BATCH, when_scanned, by_scanned),
	ROW("dfree", BATCH, when_reclaimed, by_reclaimed),
	ROW("fsfree", BATCH, when_file_reclaimed, by_reclaimed),
	ROW("anonfree", BATCH, when_anon_reclaimed, by_reclaimed),
	ROW("pgrrun", "mm_vmscan_kswapd_wake", NULL, dt_event_by_one),
	DT_EVENT_REFUSED("cow_fault", HIDDEN),
	DT_EVENT_REFUSED("zfod", HIDDEN),
	DT_EVENT_REFUSED("softlock", HIDDEN),
	DT_EVENT_REFUSED("swapin", SWAPS),
	DT_EVENT_REFUSED("swapout", SWAPS),
	DT_EVENT_REFUSED("pgswapin", SWAPS),
	DT_EVENT_REFUSED("pgswapout", SWAPS),
	DT_EVENT_REFUSED("execpgin", EXEC),
	DT_EVENT_REFUSED("execpgout", EXEC),
	DT_EVENT_REFUSED("execfree", EXEC),
	DT_EVENT_REFUSED("pgrec", LIST),
	DT_EVENT_REFUSED("pgfrec", LIST),
	DT_EVENT_REFUSED(
		"rev",
		"does not exist: Linux' reclaim works on lists and has no hand that goes round"),
};

#define FIRST_ID 8020
static const struct dt_events events = { "vminfo", FIRST_ID, ARRAY_SIZE(rows), rows };

const struct dt_provider_ops dt_provider_vminfo = {
	.name = "vminfo",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, COMMON), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, COMMON),
		  DT_ATTR(PRIVATE, PRIVATE, ISA) },
	.doc = "Counts of virtual memory, as they grow.",
	DT_EVENT_OPS(events),
};
