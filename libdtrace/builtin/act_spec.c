/* SPDX-License-Identifier: MIT */
/*
 * Speculation: records that a later clause commits or discards.
 *
 * A speculation in use has a word in the state area.  The kernel only tags records with the
 * speculation that they belong to, and sends a record of its own (DT_KREC_SPEC in
 * contract/record.h) when one is committed or discarded.  The consumer holds the tagged records
 * until then.
 *
 * A word is 2 n while it is free and 2 n + 1 while it is in use, n growing by one each time that it
 * is taken.  So the tag of an earlier use never matches a later one.
 */
#include <linux/bpf.h>
#include <sys/dtrace.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "lower/hooks.h"

/* Takes a free word by compare-and-swap (5.12): 2 n becomes 2 (n + 1) + 1. */
static struct dt_val emit_speculation(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg words = dt_ir_mapval(&cg->ir, DT_MAP_STATE, cg->plan->layout.spec_off),
		id = dt_ir_new(&cg->ir);
	dt_label end = dt_ir_label(&cg->ir);

	(void)e;
	for (uint32_t i = 0; i < cg->plan->opts.nspec; i++) {
		dt_label next = dt_ir_label(&cg->ir);
		dt_vreg word = dt_ir_ld(&cg->ir, words, (int32_t)i * 8, 8), old;

		dt_ir_jcci(&cg->ir, DT_IR_JSET, word, DT_SPEC_ACTIVE, next);
		old = dt_ir_cas(&cg->ir, words, (int32_t)i * 8, 8, word,
				dt_ir_bini(&cg->ir, DT_IR_ADD, word, 3));
		dt_ir_jcc(&cg->ir, DT_IR_JNE, old, word, next);
		dt_ir_seti(&cg->ir, id, i + 1);
		dt_ir_jmp(&cg->ir, end);
		dt_ir_place(&cg->ir, next);
	}
	dt_cg_drop(cg, DT_DROP_SPEC_UNAVAIL);
	dt_ir_seti(&cg->ir, id, 0);
	dt_ir_place(&cg->ir, end);
	return dt_val_num(id);
}

/* Loads the word of speculation ID; its address goes to AT.  Jumps to NONE if it is not in use, as
 * 0 never is.  An id that speculation() never returns is a fault. */
static dt_vreg active_word(struct dt_cg *cg, dt_vreg id, dt_vreg *at, dt_label none)
{
	dt_vreg place = dt_ir_bini(&cg->ir, DT_IR_SUB, id, 1), word;
	dt_label active = dt_ir_label(&cg->ir), exists = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, id, 0, none);
	dt_ir_jcci(&cg->ir, DT_IR_JULT, place, cg->plan->opts.nspec, exists);
	dt_cg_fault(cg, DTRACEFLT_ILLOP, 0);
	dt_ir_place(&cg->ir, exists);
	place = dt_ir_bini(&cg->ir, DT_IR_SHL,
			   dt_ir_bini(&cg->ir, DT_IR_AND, place, DT_SPEC_MAX - 1), 3);
	*at = dt_ir_bin(&cg->ir, DT_IR_ADD,
			dt_ir_mapval(&cg->ir, DT_MAP_STATE, cg->plan->layout.spec_off), place);
	word = dt_ir_ld(&cg->ir, *at, 0, 8);
	dt_ir_jcci(&cg->ir, DT_IR_JSET, word, DT_SPEC_ACTIVE, active);
	dt_ir_jmp(&cg->ir, none);
	dt_ir_place(&cg->ir, active);
	return word;
}

static dt_vreg tag_of(struct dt_cg *cg, dt_vreg word, dt_vreg id)
{
	return dt_ir_bin(&cg->ir, DT_IR_OR, dt_ir_bini(&cg->ir, DT_IR_SHL, word, DT_SPEC_ID_BITS),
			 id);
}

static void items_speculate(struct dt_layout *l, const struct dt_stmt *s)
{
	dt_layout_item(l, s, DTRACEACT_SPECULATE, 0, 1, DT_ENC_NONE, 8);
}

/* Where the speculation is not in use, the clause ends. */
static void emit_speculate(struct dt_cg *cg, const struct dt_stmt *s)
{
	uint32_t n;
	struct dt_rec_item *item = dt_cg_items(cg, s, &n);
	dt_vreg id = dt_cg_num(cg, s->args[0]), at, word;

	word = active_word(cg, id, &at, cg->done);
	dt_ir_st(&cg->ir, cg->record.base, cg->record.off + (int32_t)item->koff, 8,
		 tag_of(cg, word, id));
}

static void items_none(struct dt_layout *l, const struct dt_stmt *s)
{
	(void)l;
	(void)s;
}

/* commit() and discard().  Several CPUs may try; the one that frees the word decides. */
static void emit_end(struct dt_cg *cg, const struct dt_stmt *s)
{
	uint32_t size = cg->plan->layout.header_size + (uint32_t)sizeof(struct dt_krec_spec);
	struct dt_mem rec = dt_cg_stack(cg, (uint32_t)DT_ALIGN(size, 8));
	dt_vreg id = dt_cg_num(cg, s->args[0]), at, word, old;
	dt_label none = dt_ir_label(&cg->ir);

	word = active_word(cg, id, &at, none);
	old = dt_ir_cas(&cg->ir, at, 0, 8, word,
			dt_ir_bini(&cg->ir, DT_IR_SUB, word, DT_SPEC_ACTIVE));
	dt_ir_jcc(&cg->ir, DT_IR_JNE, old, word, none);
	dt_ir_sti(&cg->ir, rec.base, rec.off, 4, (int32_t)DT_KREC_SPEC);
	dt_ir_sti(&cg->ir, rec.base, rec.off + 4, 4, s->row->action == DTRACEACT_COMMIT);
	if (cg->plan->layout.timestamps)
		dt_ir_st(&cg->ir, rec.base, rec.off + (int32_t)sizeof(struct dt_krec), 8,
			 dt_ir_helper(&cg->ir, BPF_FUNC_ktime_get_ns, 0, NULL));
	dt_ir_st(&cg->ir, rec.base, rec.off + (int32_t)cg->plan->layout.header_size, 8,
		 tag_of(cg, word, id));
	dt_cg_ring_output(cg, rec, 0, size, false);
	dt_ir_place(&cg->ir, none);
}

static const struct dt_builtin rows[] = {
	{ "speculation", DT_BI_SUBR, "int()", .emit = emit_speculation,
	  .doc = "Id of a free speculation; 0 if all `nspec` are in use.",
	  .example = "self->spec = speculation()" },
	{ "commit", DT_BI_ACTION, "void(int)", DT_BF_COMMIT | DT_BF_NORECORD, DTRACEACT_COMMIT,
	  .items = items_none, .emit_stmt = emit_end,
	  .doc = "Keeps what was recorded in the speculation.", .example = "commit(1)" },
	{ "discard", DT_BI_ACTION, "void(int)", DT_BF_DISCARD | DT_BF_NORECORD, DTRACEACT_DISCARD,
	  .items = items_none, .emit_stmt = emit_end,
	  .doc = "Discards what was recorded in the speculation.", .example = "discard(1)" },
	{ "speculate", DT_BI_ACTION, "void(int)", DT_BF_SPECULATE | DT_BF_NORECORD,
	  DTRACEACT_SPECULATE, .items = items_speculate, .emit_stmt = emit_speculate,
	  .doc = "Sends what the rest of the clause records to the speculation.",
	  .example = "speculate(1); trace(pid)" },
};

const struct dt_builtin_family dt_builtins_act_spec = { "act_spec", rows, ARRAY_SIZE(rows) };
