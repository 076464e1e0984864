/* SPDX-License-Identifier: MIT */
/*
 * Long clauses are cut into pieces (piece.h).
 *
 * A piece is written statement by statement until it has PIECE_INSNS instructions.  A statement
 * that turns out to need the context is taken back and written into the clause's function instead;
 * so is an `if` with a long body, whose statements then go into pieces of their own.
 */
#include <linux/bpf.h>
#include <string.h>
#include "base/util.h"
#include "contract/provider.h"
#include "ir/build.h"
#include "lower/context.h"
#include "lower/firing.h"
#include "lower/memory.h"
#include "lower/piece.h"
#include "lower/plan.h"
#include "lower/record.h"
#include "lower/stmt.h"

#define LONG_NODES  1000 /* expressions and statements: a clause of more is cut */
#define IF_NODES    100  /* an `if` of more is written into the clause's function */
#define PIECE_INSNS 500  /* of IR */
#define SMALL_INSNS 50   /* not worth a piece of its own */
#define MANY_PIECES 64   /* so many have these sizes, the next ones twice as much, and so on */
#define STACK_PIECE 192
#define STACK_SUB   96

struct word {
	const void *key;
	uint32_t off; /* in the slot */
};

struct sub {
	const void *key;
	uint32_t func;
};

/* What the pieces of a clause share. */
struct dt_cut {
	uint32_t mctx; /* offset in the slot of the pieces' mctx: probe and fault */
	uint32_t args; /* of words for the probe's arguments */
	DT_VEC(struct word) clocks;
	DT_VEC(struct sub) subs;
	uint32_t npieces;
	uint32_t wanted;          /* a bit for each argument that the piece in hand loads */
	char filled[DT_MAX_ARGS]; /* cache keys: the argument is in its word */
};

static const char probe_filled, slot_key;

/* ---- which clauses are long ---- */

static void count_expr(const struct dt_expr *e, uint32_t *left)
{
	if (!e || !*left)
		return;
	--*left;
	for (uint32_t i = 0; i < e->nkids; i++)
		count_expr(e->kids[i], left);
}

static void count_stmts(struct dt_stmt *const *stmts, uint32_t n, uint32_t *left)
{
	for (uint32_t i = 0; i < n && *left; i++) {
		const struct dt_stmt *s = stmts[i];

		--*left;
		count_expr(s->expr, left);
		for (uint32_t k = 0; k < s->nargs; k++)
			count_expr(s->args[k], left);
		for (uint32_t k = 0; k < s->nkeys; k++)
			count_expr(s->keys[k], left);
		count_expr(s->value, left);
		count_expr(s->incr, left);
		count_stmts(s->then_body, s->nthen, left);
		count_stmts(s->else_body, s->nelse, left);
	}
}

static bool is_longer(struct dt_stmt *const *stmts, uint32_t n, uint32_t nodes)
{
	count_stmts(stmts, n, &nodes);
	return !nodes;
}

bool dt_piece_is_long(const struct dt_tclause *c)
{
	return is_longer(c->stmts, c->nstmts, LONG_NODES);
}

/* ---- what pieces share ---- */

void dt_piece_begin(struct dt_cg *cg)
{
	cg->cut = dt_arena_new_obj(cg->arena, struct dt_cut);
	cg->cut->mctx = (uint32_t)dt_cg_scratch(cg, DT_MCTX_SIZE).off;
	cg->cut->args = (uint32_t)dt_cg_scratch(cg, DT_MAX_ARGS * 8).off;
}

void dt_piece_note_clock(struct dt_cg *cg, const void *key)
{
	struct word w = { .key = key };
	struct dt_mem m;

	dt_vec_each(&cg->cut->clocks, it) if (it->key == key) return;
	m = dt_cg_scratch(cg, 8);
	dt_cg_zero(cg, m, 8);
	w.off = (uint32_t)m.off;
	dt_vec_push_arena(cg->arena, &cg->cut->clocks, w);
}

struct dt_mem dt_piece_clock(struct dt_cg *cg, const void *key)
{
	struct dt_mem m = { .base = dt_cg_slot(cg) };

	dt_vec_each(&cg->cut->clocks, it) if (it->key == key) m.off = (int32_t)it->off;
	return m;
}

static struct dt_mem arg_word(struct dt_cg *cg, uint32_t n)
{
	return (struct dt_mem){ dt_cg_slot(cg), (int32_t)(cg->cut->args + n * 8) };
}

dt_vreg dt_piece_arg(struct dt_cg *cg, uint32_t n)
{
	struct dt_mem m;

	if (n >= DT_MAX_ARGS)
		return dt_ir_const(&cg->ir, 0);
	m = arg_word(cg, n);
	cg->cut->wanted |= 1u << n;
	return dt_ir_ld(&cg->ir, m.base, m.off, 8);
}

/* ---- functions ---- */

/* CG's function gives way to a new one, of which nothing is written yet. */
static struct dt_cg new_function(struct dt_cg *cg, const char *name, uint32_t stack_max)
{
	struct dt_cg f = *cg;

	f.ir.func = dt_ir_func_new(cg->ir.unit,
				   dt_arena_printf(cg->arena, "%s_%s_%u", cg->ir.func->name, name,
						   (unsigned)cg->ir.unit->funcs.n),
				   stack_max);
	f.ir.func->origin = cg->ir.func->origin;
	f.is_piece = true;
	f.has_many = false;
	f.may_fault = false;
	f.dest = NULL;
	f.mctx = 0;
	memset(&f.cache, 0, sizeof(f.cache));
	return f;
}

dt_vreg dt_piece_call(struct dt_cg *cg, const void *key, dt_piece_gen gen, const void *arg,
		      dt_vreg param)
{
	struct sub sub = { .key = key };
	struct dt_cg f;

	dt_vec_each(&cg->cut->subs, it) if (it->key == key) sub = *it;
	if (!sub.func) {
		f = new_function(cg, "sub", STACK_SUB);
		sub.func = f.ir.func->index;
		dt_ir_ret(&f.ir, gen(&f, arg));
		dt_vec_push_arena(cg->arena, &cg->cut->subs, sub);
	}
	return dt_ir_call(&cg->ir, sub.func, param ? 1 : 0, &param);
}

/* ---- a piece ---- */

struct piece {
	struct dt_cg cg;
	dt_label none;     /* the slot is not there, which cannot be */
	uint32_t first, n; /* its statements */
	size_t prologue;   /* instructions before the first one */
	uint32_t wanted;
	bool is_open;
};

static void move_record(struct dt_cg *piece, const struct dt_cg *cg)
{
	dt_vreg slot = dt_cg_slot(piece);

	if (!cg->record.base)
		return;
	piece->record.base = slot;
	dt_cg_record_move(piece, slot);
}

static dt_vreg slot_function(struct dt_cg *cg, const void *arg)
{
	struct dt_mem key = dt_cg_stack(cg, 4);

	(void)arg;
	dt_ir_st(&cg->ir, key.base, key.off, 4, dt_ir_ctx(&cg->ir));
	return dt_ir_helper(&cg->ir, BPF_FUNC_map_lookup_elem,
			    DT_ARGS(dt_ir_map(&cg->ir, DT_MAP_SCRATCH), dt_cg_mem_ptr(cg, key)));
}

static void open_piece(struct piece *p, struct dt_cg *cg)
{
	dt_vreg slot;

	*p = (struct piece){ .is_open = true, .cg = new_function(cg, "piece", STACK_PIECE) };
	p->cg.ir.func->is_global = true;
	p->cg.fail = dt_ir_label(&p->cg.ir);
	p->cg.done = dt_ir_label(&p->cg.ir);
	p->none = dt_ir_label(&p->cg.ir);
	slot = dt_piece_call(&p->cg, &slot_key, slot_function, NULL, dt_ir_ctx(&p->cg.ir));
	dt_ir_jcci(&p->cg.ir, DT_IR_JEQ, slot, 0, p->none);
	dt_cg_set_slot(&p->cg, slot);
	p->cg.mctx = dt_ir_bini(&p->cg.ir, DT_IR_ADD, slot, cg->cut->mctx);
	move_record(&p->cg, cg);
	p->prologue = p->cg.ir.func->code.n;
	cg->cut->wanted = 0;
}

static void end_code(struct piece *p)
{
	dt_ir_reti(&p->cg.ir, 0);
	dt_ir_place(&p->cg.ir, p->cg.fail);
	dt_ir_reti(&p->cg.ir, 1);
	dt_ir_place(&p->cg.ir, p->cg.done);
	dt_ir_reti(&p->cg.ir, 2);
	dt_ir_place(&p->cg.ir, p->none);
	dt_ir_reti(&p->cg.ir, 0);
}

/* In front of a call: what the piece reads of the firing. */
static void fill_words(struct dt_cg *cg, const struct piece *p)
{
	struct dt_cut *cut = cg->cut;
	dt_vreg slot = dt_cg_slot(cg);

	if (!dt_cg_cached(cg, &probe_filled)) {
		dt_ir_st(&cg->ir, slot, (int32_t)cut->mctx + DT_MCTX_PROBE, 8, dt_cg_probe(cg));
		dt_cg_cache(cg, &probe_filled, slot);
	}
	for (uint32_t n = 0; n < DT_MAX_ARGS; n++) {
		struct dt_mem m;

		if (!(p->wanted >> n & 1) || dt_cg_cached(cg, &cut->filled[n]))
			continue;
		m = arg_word(cg, n);
		dt_ir_st(&cg->ir, m.base, m.off, 8, dt_cg_arg(cg, n));
		dt_cg_cache(cg, &cut->filled[n], slot);
	}
}

static void call_piece(struct dt_cg *cg, const struct piece *p)
{
	static const int32_t fault_words[] = { DT_MCTX_FAULT, DT_MCTX_ACTION, DT_MCTX_ADDR };
	dt_label ok = dt_ir_label(&cg->ir);
	dt_vreg slot = dt_cg_slot(cg), outcome;

	fill_words(cg, p);
	outcome = dt_ir_call(&cg->ir, p->cg.ir.func->index,
			     DT_ARGS(dt_ir_ld(&cg->ir, slot, DT_SLOT_INDEX, 8)));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, outcome, 0, ok);
	if (p->cg.may_fault) {
		cg->may_fault = true;
		dt_ir_jcci(&cg->ir, DT_IR_JNE, outcome, 1, cg->done);
		for (size_t i = 0; i < ARRAY_SIZE(fault_words); i++)
			dt_ir_st(&cg->ir, cg->mctx, fault_words[i], 8,
				 dt_ir_ld(&cg->ir, slot, (int32_t)cg->cut->mctx + fault_words[i],
					  8));
		dt_ir_jmp(&cg->ir, cg->fail);
	} else {
		dt_ir_jmp(&cg->ir, cg->done);
	}
	dt_ir_place(&cg->ir, ok);
}

/* A program has at most 256 functions: the more pieces there are, the larger the next ones. */
static uint32_t growth(const struct dt_cg *cg)
{
	return 1U << DT_MIN(cg->cut->npieces / MANY_PIECES, 16u);
}

static void merge(struct dt_cg *cg, const struct dt_cg *piece)
{
	cg->slot_max = DT_MAX(cg->slot_max, piece->slot_max);
	cg->slot_keep = DT_MAX(cg->slot_keep, piece->slot_keep);
	cg->slot_top = DT_MAX(cg->slot_top, cg->slot_keep);
	cg->own = piece->own;
	cg->point_table = piece->point_table;
	cg->last_item = piece->last_item;
}

static void close_piece(struct dt_cg *cg, struct piece *p, struct dt_stmt *const *stmts)
{
	size_t size = p->cg.ir.func ? p->cg.ir.func->code.n - p->prologue : 0;

	if (!p->is_open)
		return;
	p->is_open = false;
	merge(cg, &p->cg);
	if (size < SMALL_INSNS * growth(cg)) { /* nobody calls it, so it is left out */
		for (uint32_t i = 0; i < p->n; i++)
			dt_cg_stmt(cg, stmts[p->first + i]);
		return;
	}
	end_code(p);
	call_piece(cg, p);
	cg->cut->npieces++;
}

/* Into the piece; false, and nothing is written, where it needs the context. */
static bool write_stmt(struct piece *p, struct dt_stmt *s)
{
	struct dt_ir_func *f = p->cg.ir.func;
	size_t code = f->code.n, cache = p->cg.cache.n, own = p->cg.own.n;

	dt_cg_stmt(&p->cg, s);
	if (!p->cg.wants_ctx) {
		p->wanted |= p->cg.cut->wanted;
		p->n++;
		return true;
	}
	p->cg.wants_ctx = false;
	f->code.n = code;
	p->cg.cache.n = DT_MIN(p->cg.cache.n, cache);
	p->cg.own.n = own;
	return false;
}

static bool is_long_if(const struct dt_cg *cg, struct dt_stmt *s)
{
	return s->kind == DT_S_IF && is_longer(&s, 1, IF_NODES * growth(cg));
}

void dt_piece_stmts(struct dt_cg *cg, struct dt_stmt *const *stmts, uint32_t n)
{
	struct piece p = { 0 };

	for (uint32_t i = 0; i < n; i++) {
		bool is_long = is_long_if(cg, stmts[i]);

		if (!is_long && !p.is_open) {
			open_piece(&p, cg);
			p.first = i;
		}
		if (is_long || !write_stmt(&p, stmts[i])) {
			close_piece(cg, &p, stmts);
			dt_cg_stmt(cg, stmts[i]);
		} else if (p.cg.ir.func->code.n - p.prologue > PIECE_INSNS * growth(cg)) {
			close_piece(cg, &p, stmts);
		}
	}
	close_piece(cg, &p, stmts);
}
