/* SPDX-License-Identifier: MIT */
/*
 * From IR with places (regalloc.c) to BPF instructions, one function at a time.  ISA v3: what it
 * lacks (signed division, sign extension) is made of simpler instructions.
 *
 * An operand in memory, or one that is rematerialised, gets a temporary for the instruction: r0 first,
 * then a register that nobody lives in, then one that is saved around the instruction.  Where a
 * result's register is also an operand's, the result is computed in a temporary.
 *
 * Jumps reach 32767 instructions: every ISLAND instructions, labels that are still ahead get a jump
 * of their own in an island, to which the earlier jumps are led.
 */
#include <assert.h>
#include "bpf/insn.h"
#include "ir/irops.h"

#define ISLAND 28000
#define FP     BPF_REG_10

struct fixup {
	uint32_t insn, next; /* next: number + 1 of the next fixup of the same label */
};

struct emit {
	struct dt_ir_unit *u;
	struct dt_ir_func *f;
	struct dt_ra *ra;
	struct dt_emit_out *out;
	const struct dt_ir_insn *insn;
	uint32_t at;           /* its number */
	uint32_t live_end[10]; /* by register: the position where its occupant ends */
	unsigned temps;        /* mask: taken as temporaries by this instruction */
	unsigned nsaved, max_saved;
	struct {
		uint8_t reg;
		int32_t slot;
	} saved[4];
	uint32_t *label_fix; /* by label: number + 1 of its first fixup */
	DT_VEC(struct fixup) fixups;
	uint32_t last_island;
	bool reachable; /* the next instruction can be reached */
};

struct address {
	uint8_t reg;
	int16_t off;
};

/* ---- appending ---- */

static uint32_t here(const struct emit *e)
{
	return (uint32_t)e->out->insns.n;
}

static void put(struct emit *e, struct bpf_insn insn)
{
	dt_vec_push_arena(e->u->arena, &e->out->insns, insn);
	e->reachable = true;
}

static void put_imm64(struct emit *e, int dst, int src, uint64_t imm)
{
	const struct bpf_insn pair[] = { DT_INSN_IMM64((uint8_t)dst, (uint8_t)src, imm) };

	put(e, pair[0]);
	put(e, pair[1]);
}

static void put_mov(struct emit *e, int dst, int src)
{
	if (dst != src)
		put(e, dt_insn_mov((uint8_t)dst, (uint8_t)src));
}

static void put_const(struct emit *e, int dst, int64_t v)
{
	if (dt_ir_fits32(v))
		put(e, dt_insn_movi((uint8_t)dst, (int32_t)v));
	else if (!(v >> 32))
		put(e, dt_insn_alu32i(BPF_MOV, (uint8_t)dst, (int32_t)v));
	else
		put_imm64(e, dst, 0, (uint64_t)v);
}

static void put_fnref(struct emit *e, bool runtime, uint32_t func)
{
	struct dt_ir_fnref ref = { .insn = here(e), .runtime = runtime, .func = func };

	dt_vec_push_arena(e->u->arena, &e->out->fnrefs, ref);
}

/* ---- places ---- */

static struct dt_ra_place *place(const struct emit *e, dt_vreg v)
{
	return &e->ra->place[v];
}

static const struct dt_ir_insn *remat_of(const struct emit *e, dt_vreg v)
{
	int32_t i = place(e, v)->remat;

	return i < 0 ? NULL : &e->f->code.data[i];
}

static bool in_memory(const struct emit *e, dt_vreg v)
{
	return v && place(e, v)->reg < 0;
}

/* Computes a value that is rematerialised (dt_ir_is_remat) in REG. */
static void put_remat(struct emit *e, const struct dt_ir_insn *def, int reg)
{
	struct dt_bpf_reloc reloc = { .insn = here(e), .map = (uint32_t)def->imm };

	switch (def->op) {
	case DT_IR_CONST: put_const(e, reg, def->imm); return;
	case DT_IR_STACK:
		put(e, dt_insn_mov((uint8_t)reg, FP));
		put(e, dt_insn_alui(BPF_ADD, (uint8_t)reg, e->f->objects.data[def->imm].off));
		return;
	case DT_IR_FUNC:
		put_fnref(e, false, (uint32_t)def->imm);
		put_imm64(e, reg, BPF_PSEUDO_FUNC, 0);
		return;
	case DT_IR_MAPVAL:
		reloc.kind = DT_BPF_RELOC_VALUE;
		reloc.off = (uint32_t)def->off;
		break;
	case DT_IR_MAP: reloc.kind = DT_BPF_RELOC_MAP; break;
	default: DT_IR_BAD_OP();
	}
	dt_vec_push_arena(e->u->arena, &e->out->relocs, reloc);
	put_imm64(e, reg, reloc.kind == DT_BPF_RELOC_MAP ? BPF_PSEUDO_MAP_FD : BPF_PSEUDO_MAP_VALUE,
		  0);
}

static void load_into(struct emit *e, dt_vreg v, int reg)
{
	const struct dt_ra_place *p = place(e, v);

	if (p->reg >= 0)
		put_mov(e, reg, p->reg);
	else if (p->remat >= 0)
		put_remat(e, remat_of(e, v), reg);
	else
		put(e, dt_insn_ldx(BPF_DW, (uint8_t)reg, FP, (int16_t)p->slot));
}

/* ---- temporaries ---- */

/* Registers of this instruction's operands and result. */
static unsigned own_registers(const struct emit *e)
{
	unsigned mask = 0;

#define MARK(v) ((v) && place(e, v)->reg >= 0 ? 1u << place(e, v)->reg : 0)
	DT_IR_EACH_USE((struct dt_ir_insn *)e->insn, v, mask |= MARK(*v));
	if (dt_ir_shape(e->insn->op) & DT_IRS_D)
		mask |= MARK(e->insn->dst);
#undef MARK
	return mask;
}

/* A register that nobody lives in at this instruction, or -1. */
static int find_free(const struct emit *e)
{
	unsigned taken = own_registers(e) | e->temps;

	for (int r = 1; r < 10; r++)
		if (!(taken & 1u << r) && e->live_end[r] < 2 * e->at)
			return r;
	return -1;
}

static int temp(struct emit *e)
{
	unsigned taken = own_registers(e) | e->temps;
	int r = 0;

	if (e->temps & 1) {
		r = find_free(e);
		if (r < 0) {
			for (r = 1; taken & 1u << r; r++)
				;
			assert(r < 10 && e->nsaved < ARRAY_SIZE(e->saved));
			e->saved[e->nsaved].reg = (uint8_t)r;
			e->saved[e->nsaved].slot = -(int32_t)(e->ra->frame + 8 * (e->nsaved + 1));
			put(e,
			    dt_insn_stx(BPF_DW, FP, (int16_t)e->saved[e->nsaved].slot, (uint8_t)r));
			e->nsaved++;
			e->max_saved = DT_MAX(e->max_saved, e->nsaved);
		}
	}
	e->temps |= 1u << r;
	return r;
}

static void release_temps(struct emit *e)
{
	while (e->nsaved) {
		e->nsaved--;
		put(e, dt_insn_ldx(BPF_DW, e->saved[e->nsaved].reg, FP,
				   (int16_t)e->saved[e->nsaved].slot));
	}
	e->temps = 0;
}

static int source(struct emit *e, dt_vreg v)
{
	int r = place(e, v)->reg;

	if (r < 0) {
		r = temp(e);
		load_into(e, v, r);
	}
	return r;
}

static int target(struct emit *e)
{
	int r = place(e, e->insn->dst)->reg;

	return r >= 0 ? r : temp(e);
}

/* The result is in REG: brings it where it lives. */
static void finish(struct emit *e, int reg)
{
	const struct dt_ra_place *p = place(e, e->insn->dst);

	if (p->reg >= 0)
		put_mov(e, p->reg, reg);
	else if (p->remat < 0 && p->nuses)
		put(e, dt_insn_stx(BPF_DW, FP, (int16_t)p->slot, (uint8_t)reg));
}

static struct address address(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn, *def = remat_of(e, i->a);
	int64_t off = i->off;
	int r = FP;

	if (def && def->op == DT_IR_STACK && place(e, i->a)->reg < 0)
		off += e->f->objects.data[def->imm].off;
	else
		r = source(e, i->a);
	if (off != (int16_t)off) {
		int t = temp(e);

		put_mov(e, t, r);
		put(e, dt_insn_alui(BPF_ADD, (uint8_t)t, (int32_t)off));
		r = t;
		off = 0;
	}
	return (struct address){ .reg = (uint8_t)r, .off = (int16_t)off };
}

/* ---- jumps ---- */

static void add_fixup(struct emit *e, dt_label label, uint32_t insn)
{
	struct fixup fix = { .insn = insn, .next = e->label_fix[label] };

	dt_vec_push_arena(e->u->arena, &e->fixups, fix);
	e->label_fix[label] = (uint32_t)e->fixups.n;
}

static void land(struct emit *e, dt_label label)
{
	for (uint32_t n = e->label_fix[label]; n; n = e->fixups.data[n - 1].next) {
		uint32_t insn = e->fixups.data[n - 1].insn, distance = here(e) - insn - 1;

		if (distance > INT16_MAX)
			dt_ir_too_complex(e->u, e->f);
		e->out->insns.data[insn].off = (int16_t)distance;
		e->reachable = true;
	}
	e->label_fix[label] = 0;
}

static void put_jump(struct emit *e, struct bpf_insn insn, dt_label label)
{
	add_fixup(e, label, here(e));
	put(e, insn);
}

/* A jump forward within the code of one operation: land_branch() says where to. */
static uint32_t put_branch(struct emit *e, struct bpf_insn insn)
{
	put(e, insn);
	return here(e) - 1;
}

static void land_branch(struct emit *e, uint32_t branch)
{
	e->out->insns.data[branch].off = (int16_t)(here(e) - branch - 1);
	e->reachable = true;
}

static void island(struct emit *e)
{
	bool skip = e->reachable;
	uint32_t over = 0;

	e->last_island = here(e);
	if (skip)
		over = put_branch(e, dt_insn_ja(0));
	for (dt_label l = 1; l <= e->f->nlabels; l++) {
		if (!e->label_fix[l])
			continue;
		land(e, l);
		put_jump(e, dt_insn_ja(0), l);
	}
	e->reachable = false;
	if (skip)
		land_branch(e, over);
}

static uint8_t bpf_condition(enum dt_ir_op op)
{
	switch (op) {
	case DT_IR_JEQ: return BPF_JEQ;
	case DT_IR_JNE: return BPF_JNE;
	case DT_IR_JLT: return BPF_JSLT;
	case DT_IR_JLE: return BPF_JSLE;
	case DT_IR_JGT: return BPF_JSGT;
	case DT_IR_JGE: return BPF_JSGE;
	case DT_IR_JULT: return BPF_JLT;
	case DT_IR_JULE: return BPF_JLE;
	case DT_IR_JUGT: return BPF_JGT;
	case DT_IR_JUGE: return BPF_JGE;
	case DT_IR_JSET: return BPF_JSET;
	default: DT_IR_BAD_OP();
	}
}

/* A jump that is taken when the operands, in registers A and B or immediate, compare so. */
static struct bpf_insn compare(struct emit *e, enum dt_ir_op jump, int a, int b)
{
	uint8_t cond = bpf_condition(jump);

	return e->insn->b ? dt_insn_jmp(cond, (uint8_t)a, (uint8_t)b, 0)
			  : dt_insn_jmpi(cond, (uint8_t)a, (int32_t)e->insn->imm, 0);
}

/* if (a cmp b) goto label */
static void emit_jcc(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int a = source(e, i->a), b = i->b ? source(e, i->b) : 0;
	uint32_t taken, end;

	if (!e->nsaved) {
		put_jump(e, compare(e, i->op, a, b), i->label);
		return;
	}
	/* A register has to be restored on both ways: the outcome waits in r0, which holds a by
	 * now. */
	assert(a == 0);
	taken = put_branch(e, compare(e, i->op, a, b));
	put(e, dt_insn_movi(0, 0));
	end = put_branch(e, dt_insn_ja(0));
	land_branch(e, taken);
	put(e, dt_insn_movi(0, 1));
	land_branch(e, end);
	release_temps(e);
	put_jump(e, dt_insn_jmpi(BPF_JNE, 0, 0, 0), i->label);
}

static void emit_jmp(struct emit *e)
{
	put_jump(e, dt_insn_ja(0), e->insn->label);
	e->reachable = false;
}

static void emit_label(struct emit *e)
{
	land(e, e->insn->label);
}

static void emit_ret(struct emit *e)
{
	load_into(e, e->insn->a, 0);
	put(e, dt_insn_exit());
	e->reachable = false;
}

/* ---- values ---- */

static void emit_remat(struct emit *e)
{
	const struct dt_ra_place *p = place(e, e->insn->dst);
	int t;

	if (p->reg < 0 && p->remat >= 0)
		return; /* made where it is used */
	t = target(e);
	put_remat(e, e->insn, t);
	finish(e, t);
}

static void emit_ctx(struct emit *e)
{
	finish(e, 1);
}

static void emit_mov(struct emit *e)
{
	const struct dt_ra_place *d = place(e, e->insn->dst);
	int t;

	if (d->reg >= 0) {
		load_into(e, e->insn->a, d->reg);
		return;
	}
	t = source(e, e->insn->a);
	finish(e, t);
}

static void put_low_bytes(struct emit *e, int t, unsigned width, bool is_signed)
{
	int32_t shift = (int32_t)(64 - 8 * width);

	if (is_signed) {
		put(e, dt_insn_alui(BPF_LSH, (uint8_t)t, shift));
		put(e, dt_insn_alui(BPF_ARSH, (uint8_t)t, shift));
	} else {
		put(e, dt_insn_alui(BPF_AND, (uint8_t)t, (1 << 8 * width) - 1));
	}
}

static void emit_ext(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int t;

	if (i->op == DT_IR_EXT_U && i->width == 4) {
		int a = source(e, i->a);

		t = place(e, i->dst)->reg >= 0 ? place(e, i->dst)->reg : 0;
		put(e, dt_insn_mov32((uint8_t)t, (uint8_t)a));
		finish(e, t);
		return;
	}
	t = target(e);
	load_into(e, i->a, t);
	if (i->width < 8)
		put_low_bytes(e, t, i->width, i->op == DT_IR_EXT_S);
	finish(e, t);
}

/*
 * NUM: conversion to this machine's own byte order changes nothing (and costs no machine
 * instruction), but the verifier takes its result for an unknown number, also of a pointer.
 */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define OWN_ORDER   BPF_TO_LE
#define OTHER_ORDER BPF_TO_BE
#else
#define OWN_ORDER   BPF_TO_BE
#define OTHER_ORDER BPF_TO_LE
#endif

static void emit_unary(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int t = target(e);

	load_into(e, i->a, t);
	switch (i->op) {
	case DT_IR_NEG: put(e, dt_insn_neg((uint8_t)t)); break;
	case DT_IR_NOT: put(e, dt_insn_alui(BPF_XOR, (uint8_t)t, -1)); break;
	case DT_IR_NUM: put(e, dt_insn_endian(OWN_ORDER, (uint8_t)t, 64)); break;
	case DT_IR_BSWAP:
		if (i->width == 1)
			put_low_bytes(e, t, 1, false);
		else
			put(e, dt_insn_endian(OTHER_ORDER, (uint8_t)t, 8 * i->width));
		break;
	default: DT_IR_BAD_OP();
	}
	finish(e, t);
}

static uint8_t bpf_alu(enum dt_ir_op op)
{
	switch (op) {
	case DT_IR_ADD:
	case DT_IR_ADD32: return BPF_ADD;
	case DT_IR_SUB:
	case DT_IR_SUB32: return BPF_SUB;
	case DT_IR_MUL:
	case DT_IR_MUL32: return BPF_MUL;
	case DT_IR_UDIV: return BPF_DIV;
	case DT_IR_UMOD: return BPF_MOD;
	case DT_IR_AND: return BPF_AND;
	case DT_IR_OR: return BPF_OR;
	case DT_IR_XOR: return BPF_XOR;
	case DT_IR_SHL: return BPF_LSH;
	case DT_IR_SHR: return BPF_RSH;
	case DT_IR_SAR: return BPF_ARSH;
	default: DT_IR_BAD_OP();
	}
}

static bool is_32bit(enum dt_ir_op op)
{
	return op == DT_IR_ADD32 || op == DT_IR_SUB32 || op == DT_IR_MUL32;
}

static bool is_shift(enum dt_ir_op op)
{
	return op == DT_IR_SHL || op == DT_IR_SHR || op == DT_IR_SAR;
}

/* d = d OP s, or OP the immediate */
static struct bpf_insn binary(const struct dt_ir_insn *i, int d, int s)
{
	uint8_t code = bpf_alu(i->op);
	int32_t imm = is_shift(i->op) ? (int32_t)(i->imm & 63) : (int32_t)i->imm;

	if (is_32bit(i->op))
		return i->b ? dt_insn_alu32(code, (uint8_t)d, (uint8_t)s)
			    : dt_insn_alu32i(code, (uint8_t)d, imm);
	return i->b ? dt_insn_alu(code, (uint8_t)d, (uint8_t)s)
		    : dt_insn_alui(code, (uint8_t)d, imm);
}

static void emit_binary(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int b = i->b ? source(e, i->b) : -1;
	int t = target(e);

	if (t == b && place(e, i->a)->reg != t) {
		if (dt_ir_is_commutative(i->op)) {
			put(e, binary(i, t, source(e, i->a)));
			finish(e, t);
			return;
		}
		t = temp(e);
	}
	load_into(e, i->a, t);
	put(e, binary(i, t, b));
	finish(e, t);
}

/* A constant divisor's magnitude; 0 where it is known only when the program runs. */
static int32_t const_divisor(const struct dt_ir_insn *i)
{
	if (i->b || i->imm == INT32_MIN)
		return 0;
	return (int32_t)(i->imm < 0 ? -i->imm : i->imm);
}

static struct bpf_insn divide(uint8_t op, int t, int u, int32_t by)
{
	return by ? dt_insn_alui(op, (uint8_t)t, by) : dt_insn_alu(op, (uint8_t)t, (uint8_t)u);
}

/*
 * The divisor is not negative, or its sign is known to be NEGATE: only the dividend's is tested.
 *
 *	if (t < 0) t = -(-t OP u); else t = t OP u;	and with NEGATE the opposite results
 */
static void put_div_magnitude(struct emit *e, uint8_t op, int t, int u, int32_t by, bool negate)
{
	uint32_t positive = put_branch(e, dt_insn_jmpi(BPF_JSGE, (uint8_t)t, 0, 0)), end;

	put(e, dt_insn_neg((uint8_t)t));
	put(e, divide(op, t, u, by));
	if (!negate)
		put(e, dt_insn_neg((uint8_t)t));
	end = put_branch(e, dt_insn_ja(0));
	land_branch(e, positive);
	put(e, divide(op, t, u, by));
	if (negate)
		put(e, dt_insn_neg((uint8_t)t));
	land_branch(e, end);
}

/* t = t / u by magnitudes and signs; INT64_MIN / -1 comes out as INT64_MIN. */
static void put_sdiv(struct emit *e, int t, int u)
{
	enum { DIVIDEND_POSITIVE, ONE_NEGATIVE, NONE_NEGATIVE, END };
	uint8_t T = (uint8_t)t, U = (uint8_t)u;
	struct bpf_insn code[] = {
		dt_insn_jmpi(BPF_JSGE, T, 0, DIVIDEND_POSITIVE),
		dt_insn_neg(T),
		dt_insn_jmpi(BPF_JSGE, U, 0, ONE_NEGATIVE),
		dt_insn_neg(U),
		dt_insn_alu(BPF_DIV, T, U),
		dt_insn_ja(END),
		dt_insn_label(DIVIDEND_POSITIVE),
		dt_insn_jmpi(BPF_JSGE, U, 0, NONE_NEGATIVE),
		dt_insn_neg(U),
		dt_insn_label(ONE_NEGATIVE),
		dt_insn_alu(BPF_DIV, T, U),
		dt_insn_neg(T),
		dt_insn_ja(END),
		dt_insn_label(NONE_NEGATIVE),
		dt_insn_alu(BPF_DIV, T, U),
		dt_insn_label(END),
	};
	uint32_t n = dt_insn_link(code, ARRAY_SIZE(code));

	for (uint32_t k = 0; k < n; k++)
		put(e, code[k]);
}

static void emit_signed_div(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int32_t by = const_divisor(i);
	uint32_t positive;
	int t, u = 0;

	if (!by) {
		u = temp(e);
		if (i->b)
			load_into(e, i->b, u);
		else
			put_const(e, u, i->imm);
	}
	t = target(e);
	load_into(e, i->a, t);
	if (i->op == DT_IR_SMOD) {
		if (!by) {
			positive = put_branch(e, dt_insn_jmpi(BPF_JSGE, (uint8_t)u, 0, 0));
			put(e, dt_insn_neg((uint8_t)u));
			land_branch(e, positive);
		}
		put_div_magnitude(e, BPF_MOD, t, u, by, false);
	} else if (by) {
		put_div_magnitude(e, BPF_DIV, t, u, by, i->imm < 0);
	} else {
		put_sdiv(e, t, u);
	}
	finish(e, t);
}

/* t = 1; if (!(a cmp b)) t = 0 */
static void emit_setcc(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int a = source(e, i->a);
	int b = i->b ? source(e, i->b) : -1;
	int t = target(e);
	uint32_t holds;

	if (t == a || t == b)
		t = temp(e);
	put(e, dt_insn_movi((uint8_t)t, 1));
	holds = put_branch(e, compare(e, dt_ir_set_to_jump(i->op), a, b));
	put(e, dt_insn_movi((uint8_t)t, 0));
	land_branch(e, holds);
	finish(e, t);
}

/* ---- memory ---- */

static uint8_t bpf_size(unsigned width)
{
	return width == 1 ? BPF_B : width == 2 ? BPF_H : width == 4 ? BPF_W : BPF_DW;
}

static void emit_ld(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	struct address a = address(e);
	int t = place(e, i->dst)->reg >= 0 ? place(e, i->dst)->reg
					   : 0; /* r0 may be the address: it is read first */

	put(e, dt_insn_ldx(bpf_size(i->width), (uint8_t)t, a.reg, a.off));
	finish(e, t);
}

static void emit_st(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	struct address a = address(e);

	if (i->b)
		put(e, dt_insn_stx(bpf_size(i->width), a.reg, a.off, (uint8_t)source(e, i->b)));
	else
		put(e, dt_insn_st(bpf_size(i->width), a.reg, a.off, (int32_t)i->imm));
}

static void emit_xadd(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	struct address a = address(e);
	int b;

	if (i->b) {
		b = source(e, i->b);
	} else {
		b = temp(e);
		put_const(e, b, i->imm);
	}
	put(e, dt_insn_atomic(bpf_size(i->width), BPF_ADD, a.reg, a.off, (uint8_t)b));
}

/* The register with the operand gets the old value. */
static void emit_fetch(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	struct address a = address(e);
	int t = target(e);

	if (t == a.reg)
		t = temp(e);
	if (i->b)
		load_into(e, i->b, t);
	else
		put_const(e, t, i->imm);
	put(e,
	    dt_insn_atomic(bpf_size(i->width), i->op == DT_IR_XCHG ? BPF_XCHG : BPF_ADD | BPF_FETCH,
			   a.reg, a.off, (uint8_t)t));
	finish(e, t);
}

/* r0 holds what is expected and gets the old value. */
static void emit_cas(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	struct address a;
	int b;

	e->temps |= 1;
	a = address(e);
	if (i->b) {
		b = source(e, i->b);
	} else {
		b = temp(e);
		put_const(e, b, i->imm);
	}
	load_into(e, i->c, 0);
	put(e, dt_insn_atomic(bpf_size(i->width), BPF_CMPXCHG, a.reg, a.off, (uint8_t)b));
	finish(e, 0);
}

/* ---- calls ---- */

/* Registers to r1.. at once, r0 breaking cycles; then what comes from memory or is
 * rematerialised. */
static void move_args(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int from[6]; /* by argument register; -1: nothing to move */
	bool moved, left;

	for (int k = 1; k <= 5; k++) {
		from[k] = k <= i->nargs ? place(e, i->args[k - 1])->reg : -1;
		if (from[k] == k)
			from[k] = -1;
	}
	do {
		moved = left = false;
		for (int k = 1; k <= 5; k++) {
			bool needed = false;

			if (from[k] < 0)
				continue;
			for (int j = 1; j <= 5; j++)
				needed |= j != k && from[j] == k;
			if (needed) {
				left = true;
				continue;
			}
			put_mov(e, k, from[k]);
			from[k] = -1;
			moved = true;
		}
		for (int k = 1; left && !moved && k <= 5; k++) {
			int old = from[k];

			if (old < 0)
				continue;
			put_mov(e, 0, old);
			for (int j = 1; j <= 5; j++)
				from[j] = from[j] == old ? 0 : from[j];
			break;
		}
	} while (left);
	for (int k = 1; k <= i->nargs; k++)
		if (in_memory(e, i->args[k - 1]))
			load_into(e, i->args[k - 1], k);
}

static void emit_call(struct emit *e)
{
	const struct dt_ir_insn *i = e->insn;

	move_args(e);
	if (i->op == DT_IR_HELPER) {
		put(e, dt_insn_call((int32_t)i->imm));
	} else {
		put_fnref(e, i->op == DT_IR_RUNTIME, (uint32_t)i->imm);
		put(e, dt_insn_call_fn(0));
	}
	if (i->dst && place(e, i->dst)->nuses)
		finish(e, 0);
}

/* ---- the function ---- */

static void emit_op(struct emit *e)
{
	static void (*const emitters[])(struct emit * e) = {
#define X(name, mnemonic, shape, emitter) [DT_IR_##name] = emit_##emitter,
		DT_IR_OPS(X)
#undef X
	};

	assert(e->insn->op < DT_IR_NOPS);
	emitters[e->insn->op](e);
}

static void emit_one(struct emit *e, uint32_t at)
{
	const struct dt_ir_insn *i = &e->f->code.data[at];
	bool defines = (dt_ir_shape(i->op) & DT_IRS_D) && i->dst;

	e->insn = i;
	e->at = at;
	emit_op(e);
	if (e->reachable)
		release_temps(e);
	if (defines && place(e, i->dst)->reg >= 0 && place(e, i->dst)->start == 2 * at + 1)
		e->live_end[place(e, i->dst)->reg] = place(e, i->dst)->end;
}

void dt_ir_emit(struct dt_ir_unit *u, struct dt_ir_func *f, struct dt_ra *ra,
		struct dt_emit_out *out)
{
	struct emit e = { .u = u, .f = f, .ra = ra, .out = out, .reachable = true };

	e.last_island = here(&e);
	e.label_fix = dt_arena_new_array(u->arena, uint32_t, f->nlabels + 1);
	for (uint32_t i = 0; i < f->code.n; i++) {
		if (here(&e) - e.last_island > ISLAND)
			island(&e);
		emit_one(&e, i);
	}
	f->frame = ra->frame + 8 * e.max_saved;
	if (f->stack_max && f->frame > f->stack_max)
		dt_ir_too_complex(u, f);
}
