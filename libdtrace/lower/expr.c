/* SPDX-License-Identifier: MIT */
/*
 * Expressions: from the typed tree to IR, by recursive descent.  Variables are var.c's and
 * part.c's, built-ins have their rows' hooks; all of them come back here for their arguments.
 *
 * A register holds 64 bits.  A number is as its type holds it after a load, a cast or an
 * assignment; what an operation makes of such numbers is not cut (check/fits.c).
 */
#include <linux/bpf.h>
#include <sys/dtrace.h>
#include "base/fail.h"
#include "check/tree.h"
#include "contract/builtin.h"
#include "contract/record.h"
#include "ir/build.h"
#include "lower/context.h"
#include "lower/expr.h"
#include "lower/fault.h"
#include "lower/layout_key.h"
#include "lower/memory.h"
#include "lower/piece.h"
#include "lower/plan.h"
#include "lower/str.h"
#include "lower/var.h"
#include "types/types.h"

unsigned dt_cg_type_width(struct dt_cg *cg, const struct dt_type *t)
{
	return dt_type_is_ptrlike(t) ? 8 : dt_cg_width(dt_type_size(cg->plan->env->types, t));
}

dt_vreg dt_cg_cut(struct dt_cg *cg, dt_vreg v, const struct dt_type *t)
{
	unsigned width = dt_cg_type_width(cg, t);

	if (dt_type_strip(t)->is_bool)
		return dt_ir_bini(&cg->ir, DT_IR_SETNE, v, 0);
	return dt_ir_ext(&cg->ir, v, width, dt_type_is_signed(t));
}

dt_vreg dt_cg_bits(struct dt_cg *cg, dt_vreg v, unsigned first, unsigned n, bool is_signed)
{
	if (first + n < 64)
		v = dt_ir_bini(&cg->ir, DT_IR_SHL, v, 64 - first - n);
	return n < 64 ? dt_ir_bini(&cg->ir, is_signed ? DT_IR_SAR : DT_IR_SHR, v, 64 - n) : v;
}

static const enum dt_ir_op arith_ops[][2] = {
	/* signed, unsigned */
	[DT_E_ADD] = { DT_IR_ADD, DT_IR_ADD },   [DT_E_SUB] = { DT_IR_SUB, DT_IR_SUB },
	[DT_E_MUL] = { DT_IR_MUL, DT_IR_MUL },   [DT_E_DIV] = { DT_IR_SDIV, DT_IR_UDIV },
	[DT_E_MOD] = { DT_IR_SMOD, DT_IR_UMOD }, [DT_E_AND] = { DT_IR_AND, DT_IR_AND },
	[DT_E_OR] = { DT_IR_OR, DT_IR_OR },      [DT_E_XOR] = { DT_IR_XOR, DT_IR_XOR },
	[DT_E_SHL] = { DT_IR_SHL, DT_IR_SHL },   [DT_E_SHR] = { DT_IR_SAR, DT_IR_SHR },
};

dt_vreg dt_cg_arith(struct dt_cg *cg, enum dt_eop op, const struct dt_type *t, dt_vreg a, dt_vreg b)
{
	if (op == DT_E_DIV || op == DT_E_MOD)
		dt_cg_fault_if_zero(cg, b, DTRACEFLT_DIVZERO, 0);
	return dt_ir_bin(&cg->ir, arith_ops[op][!dt_type_is_signed(t)], a, b);
}

static bool small_const(const struct dt_expr *e, int64_t *v)
{
	if (e->op != DT_E_INT || e->ival < INT32_MIN || e->ival > INT32_MAX)
		return false;
	*v = e->ival;
	return true;
}

static dt_vreg emit_arith(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg a = dt_cg_num(cg, e->kids[0]);
	int64_t k;

	if (small_const(e->kids[1], &k) && k != 0)
		return dt_ir_bini(&cg->ir, arith_ops[e->op][!dt_type_is_signed(e->type)], a, k);
	return dt_cg_arith(cg, e->op, e->type, a, dt_cg_num(cg, e->kids[1]));
}

/* ---- comparisons ---- */

struct cmp_ops {
	enum dt_ir_op set[2], jump[2]; /* signed, unsigned */
	enum dt_eop inverse;
};

static const struct cmp_ops cmp_ops[] = {
	[DT_E_EQ] = { { DT_IR_SETEQ, DT_IR_SETEQ }, { DT_IR_JEQ, DT_IR_JEQ }, DT_E_NE },
	[DT_E_NE] = { { DT_IR_SETNE, DT_IR_SETNE }, { DT_IR_JNE, DT_IR_JNE }, DT_E_EQ },
	[DT_E_LT] = { { DT_IR_SETLT, DT_IR_SETULT }, { DT_IR_JLT, DT_IR_JULT }, DT_E_GE },
	[DT_E_LE] = { { DT_IR_SETLE, DT_IR_SETULE }, { DT_IR_JLE, DT_IR_JULE }, DT_E_GT },
	[DT_E_GT] = { { DT_IR_SETGT, DT_IR_SETUGT }, { DT_IR_JGT, DT_IR_JUGT }, DT_E_LE },
	[DT_E_GE] = { { DT_IR_SETGE, DT_IR_SETUGE }, { DT_IR_JGE, DT_IR_JUGE }, DT_E_LT },
};

static bool is_compare(enum dt_eop op)
{
	return op >= DT_E_EQ && op <= DT_E_GE;
}

/* Both sides as numbers that compare as the operands do.  For strings: their order, against 0. */
struct operands {
	dt_vreg a, b;
	bool is_const, is_unsigned;
	int64_t k;
};

static struct operands compare_operands(struct dt_cg *cg, const struct dt_expr *e)
{
	struct operands o = { .is_unsigned = !dt_type_is_signed(e->optype) };

	if (dt_type_is_string(e->kids[0]->type)) {
		struct dt_str a = dt_cg_str(cg, e->kids[0]), b = dt_cg_str(cg, e->kids[1]);

		o.a = dt_cg_str_compare(cg, a, b, e->op == DT_E_EQ || e->op == DT_E_NE);
		o.is_const = true;
		o.is_unsigned = false;
		return o;
	}
	o.a = dt_cg_num(cg, e->kids[0]);
	o.is_const = small_const(e->kids[1], &o.k);
	if (!o.is_const)
		o.b = dt_cg_num(cg, e->kids[1]);
	return o;
}

static dt_vreg emit_compare(struct dt_cg *cg, const struct dt_expr *e)
{
	struct operands o = compare_operands(cg, e);
	enum dt_ir_op op = cmp_ops[e->op].set[o.is_unsigned];

	return o.is_const ? dt_ir_bini(&cg->ir, op, o.a, o.k) : dt_ir_bin(&cg->ir, op, o.a, o.b);
}

static void jump_compare(struct dt_cg *cg, const struct dt_expr *e, enum dt_eop how, dt_label to)
{
	struct operands o = compare_operands(cg, e);
	enum dt_ir_op op = cmp_ops[how].jump[o.is_unsigned];

	if (o.is_const)
		dt_ir_jcci(&cg->ir, op, o.a, o.k, to);
	else
		dt_ir_jcc(&cg->ir, op, o.a, o.b, to);
}

/* ---- truth ---- */

/* A string is true when it is not the null string: any text counts, "" too, as a pointer would. */
static dt_vreg truth(struct dt_cg *cg, const struct dt_expr *e)
{
	struct dt_str s;

	if (!dt_type_is_string(e->type))
		return dt_cg_num(cg, e);
	s = dt_cg_str(cg, e);
	if (s.kind == DT_STR_ADDR)
		return s.reg;
	if (s.kind == DT_STR_ID)
		return s.is_reg ? s.reg : dt_ir_const(&cg->ir, s.id != 0);
	/* A variable that was never assigned is empty: that is its null. */
	return dt_ir_ld(&cg->ir, s.mem.base, s.mem.off, 1);
}

/* Behind a branch the cache may hold only what every way there has read: the entries up to the
 * result. */
size_t dt_cg_jump_false(struct dt_cg *cg, const struct dt_expr *e, dt_label to)
{
	size_t mark;

	if (is_compare(e->op)) {
		jump_compare(cg, e, cmp_ops[e->op].inverse, to);
	} else if (e->op == DT_E_LAND) {
		mark = dt_cg_jump_false(cg, e->kids[0], to);
		dt_cg_jump_false(cg, e->kids[1], to);
		return mark;
	} else if (e->op == DT_E_LOR) {
		dt_label second = dt_ir_label(&cg->ir), yes = dt_ir_label(&cg->ir);

		mark = dt_cg_jump_false(cg, e->kids[0], second);
		dt_ir_jmp(&cg->ir, yes);
		dt_ir_place(&cg->ir, second);
		dt_cg_leave(cg, mark);
		dt_cg_jump_false(cg, e->kids[1], to);
		dt_cg_leave(cg, mark);
		dt_ir_place(&cg->ir, yes);
	} else if (e->op == DT_E_NOT && is_compare(e->kids[0]->op)) {
		jump_compare(cg, e->kids[0], e->kids[0]->op, to);
	} else if (e->op == DT_E_NOT) {
		dt_ir_jcci(&cg->ir, DT_IR_JNE, truth(cg, e->kids[0]), 0, to);
	} else {
		dt_ir_jcci(&cg->ir, DT_IR_JEQ, truth(cg, e), 0, to);
	}
	return dt_cg_enter(cg);
}

static dt_vreg emit_logic(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg r, a, b;
	dt_label no, end;
	size_t mark;

	if (e->op == DT_E_NOT)
		return dt_ir_bini(&cg->ir, DT_IR_SETEQ, truth(cg, e->kids[0]), 0);
	if (e->op == DT_E_LXOR) {
		a = dt_ir_bini(&cg->ir, DT_IR_SETNE, truth(cg, e->kids[0]), 0);
		b = dt_ir_bini(&cg->ir, DT_IR_SETNE, truth(cg, e->kids[1]), 0);
		return dt_ir_bin(&cg->ir, DT_IR_XOR, a, b);
	}
	r = dt_ir_new(&cg->ir);
	no = dt_ir_label(&cg->ir);
	end = dt_ir_label(&cg->ir);
	mark = dt_cg_jump_false(cg, e, no);
	dt_cg_leave(cg, mark);
	dt_ir_seti(&cg->ir, r, 1);
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, no);
	dt_ir_seti(&cg->ir, r, 0);
	dt_ir_place(&cg->ir, end);
	return r;
}

/* ---- ?: ---- */

static void cond_num(struct dt_cg *cg, const struct dt_expr *e, dt_vreg r);

/* A chain of ?: has one register, not one per link that all of them would keep until the end. */
static void number_into(struct dt_cg *cg, const struct dt_expr *e, dt_vreg r)
{
	if (e->op == DT_E_COND)
		cond_num(cg, e, r);
	else
		dt_ir_set(&cg->ir, r, dt_cg_num(cg, e));
}

static void cond_num(struct dt_cg *cg, const struct dt_expr *e, dt_vreg r)
{
	dt_label no = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);
	size_t mark;

	mark = dt_cg_jump_false(cg, e->kids[0], no);
	number_into(cg, e->kids[1], r);
	dt_cg_leave(cg, mark);
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, no);
	number_into(cg, e->kids[2], r);
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, end);
}

static dt_vreg emit_cond(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg r = dt_ir_new(&cg->ir);

	cond_num(cg, e, r);
	return r;
}

/* One branch of a string's ?: its number when all is constant, its text at DEST otherwise. */
static bool cond_str_branch(struct dt_cg *cg, const struct dt_expr *e, bool ids, dt_vreg result,
			    const struct dt_str *dest)
{
	struct dt_str s = ids ? dt_cg_str(cg, e) : dt_cg_str_into(cg, e, dest);

	if (ids && !s.is_reg)
		dt_ir_seti(&cg->ir, result, s.id);
	else if (ids)
		dt_ir_set(&cg->ir, result, s.reg);
	else if (s.size)
		dt_ir_set(&cg->ir, result, s.size);
	return ids || s.size;
}

static struct dt_str cond_str(struct dt_cg *cg, const struct dt_expr *e)
{
	uint32_t fix;
	bool ids = dt_string_enc(e, &fix) == DT_ENC_STRID;
	struct dt_str dest = { 0 };
	dt_vreg result = dt_ir_new(&cg->ir);
	dt_label no = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);
	bool known;
	size_t mark;

	/* What does not fit the caller's place would be cut there anyway. */
	if (!ids && cg->dest)
		dest = *cg->dest;
	else if (!ids)
		dest = dt_cg_str_place(cg, fix ? fix : (uint32_t)cg->plan->opts.strsize);
	mark = dt_cg_jump_false(cg, e->kids[0], no);
	known = cond_str_branch(cg, e->kids[1], ids, result, &dest);
	dt_cg_leave(cg, mark);
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, no);
	known &= cond_str_branch(cg, e->kids[2], ids, result, &dest);
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, end);
	if (ids)
		return (struct dt_str){ .kind = DT_STR_ID, .is_reg = true, .reg = result };
	dest.size = known ? result : 0;
	dest.padded = false;
	return dest;
}

/* ---- memory ---- */

dt_vreg dt_cg_addr(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg a;

	switch (e->op) {
	case DT_E_DEREF:
	case DT_E_BITFIELD:
	case DT_E_ADDROF:
		a = dt_cg_num(cg, e->kids[0]);
		return e->offset ? dt_ir_bini(&cg->ir, DT_IR_ADD, a, e->offset) : a;
	default: return dt_cg_expr(cg, e).reg;
	}
}

/* Direct load through a pointer that the verifier follows (curthread->pid); such a load cannot
 * fault. */
static bool trusted_load(struct dt_cg *cg, const struct dt_expr *e, unsigned width, dt_vreg *out)
{
	const struct dt_expr *p = e->kids[0];
	struct dt_val v;

	if (p->op != DT_E_BUILTIN || e->is_user || e->offset < 0 || e->offset > INT16_MAX)
		return false;
	v = dt_cg_expr(cg, p);
	if (!v.trusted)
		return false;
	*out = dt_ir_ld(&cg->ir, v.reg, (int32_t)e->offset, width);
	return true;
}

static dt_vreg load_number(struct dt_cg *cg, const struct dt_expr *e)
{
	unsigned width = dt_cg_type_width(cg, e->type);
	dt_vreg r;

	if (!trusted_load(cg, e, width, &r))
		r = dt_cg_read(cg, dt_cg_addr(cg, e), width, e->is_user);
	return dt_type_is_signed(e->type) ? dt_ir_ext(&cg->ir, r, width, true) : r;
}

/* The bits lie in the bytes bit_off / 8 .. of the integer at offset; at most 8 bytes are read. */
static dt_vreg load_bits(struct dt_cg *cg, const struct dt_expr *e)
{
	uint32_t first = e->bit_off / 8, shift = e->bit_off % 8;
	uint32_t bytes = (shift + e->bit_size + 7) / 8;
	unsigned width = bytes > 4 ? 8 : bytes > 2 ? 4 : bytes;
	dt_vreg addr = dt_cg_addr(cg, e), r;

	if (first)
		addr = dt_ir_bini(&cg->ir, DT_IR_ADD, addr, first);
	r = dt_cg_read(cg, addr, width, e->is_user);
	return dt_cg_bits(cg, r, shift, e->bit_size, dt_type_is_signed(e->type));
}

struct dt_val dt_cg_memory(struct dt_cg *cg, const struct dt_expr *e)
{
	return (struct dt_val){ .kind = DT_VAL_OBJ,
				.is_user = e->is_user,
				.reg = dt_cg_addr(cg, e) };
}

static struct dt_val emit_deref(struct dt_cg *cg, const struct dt_expr *e)
{
	if (dt_type_is_string(e->type))
		return dt_val_str((struct dt_str){ .kind = DT_STR_ADDR,
						   .reg = dt_cg_addr(cg, e),
						   .cap = (uint32_t)cg->plan->opts.strsize });
	if (dt_type_is_scalar(e->type))
		return dt_val_num(load_number(cg, e));
	return dt_cg_memory(cg, e);
}

/* An index.  The address of the fault is the place in the array, in bytes. */
static dt_vreg emit_bound(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg index = dt_cg_num(cg, e->kids[0]), at;
	dt_label ok = dt_ir_label(&cg->ir);

	dt_ir_jcc(&cg->ir, DT_IR_JULT, index, dt_ir_const(&cg->ir, (int64_t)e->nelems), ok);
	at = dt_ir_bini(&cg->ir, DT_IR_MUL, index, (int64_t)e->step);
	dt_cg_fault(cg, DTRACEFLT_BADADDR, at);
	dt_ir_place(&cg->ir, ok);
	return index;
}

/* ---- conversions ---- */

/* Is it one of a few texts that the plan knows? */
static bool is_constant(const struct dt_expr *e)
{
	uint32_t fix;

	return dt_string_enc(e, &fix) == DT_ENC_STRID;
}

/* A string that is cut to LIMIT bytes, and padded with NULs to that size. */
static struct dt_str limited_string(struct dt_cg *cg, const struct dt_expr *e, uint32_t limit)
{
	struct dt_str place = dt_cg_str_place(cg, limit);

	place.cap = limit;
	dt_cg_zero(cg, place.mem, limit);
	place = dt_cg_str_into(cg, e, &place);
	place.padded = true;
	return place;
}

/* The string behind a pointer or in an array of char: where it is, and how long it may be. */
static struct dt_str string_of(struct dt_cg *cg, const struct dt_expr *e)
{
	const struct dt_type *from = dt_type_strip(e->kids[0]->type);
	uint32_t strsize = (uint32_t)cg->plan->opts.strsize;
	struct dt_str s = { .kind = DT_STR_ADDR, .cap = strsize };

	if (dt_string_limit(e) && !is_constant(e))
		return limited_string(cg, e->kids[0], dt_string_limit(e));
	if (dt_type_is_string(from))
		return dt_cg_str(cg, e->kids[0]);
	if (from->kind == DT_K_ARRAY) {
		s.reg = dt_cg_addr(cg, e->kids[0]);
		if (from->nelems && from->nelems + 1 < strsize)
			s.cap = (uint32_t)from->nelems + 1;
		return s;
	}
	s.reg = dt_cg_num(cg, e->kids[0]);
	return s;
}

static struct dt_val emit_cast(struct dt_cg *cg, const struct dt_expr *e)
{
	const struct dt_expr *kid = e->kids[0];
	struct dt_val v;

	if (dt_type_is_string(e->type))
		return dt_val_str(string_of(cg, e));
	if (dt_type_is_void(e->type)) {
		dt_cg_effect(cg, kid);
		return dt_val_num(dt_ir_const(&cg->ir, 0));
	}
	v = dt_cg_expr(cg, kid);
	if (v.kind == DT_VAL_OBJ) /* an array decays to its address */
		return dt_val_num(v.reg);
	if (v.kind == DT_VAL_STR) { /* a string as a pointer: where its bytes are */
		struct dt_str s = v.str.kind == DT_STR_ADDR ? v.str : dt_cg_str_mem(cg, v.str);

		if (s.kind == DT_STR_ADDR)
			return dt_val_num(s.reg);
		dt_cg_keep_scratch(cg); /* a variable may keep the address until the clause ends */
		return dt_val_num(dt_ir_un(&cg->ir, DT_IR_NUM, dt_cg_mem_ptr(cg, s.mem)));
	}
	if (v.trusted)
		return v;
	if (!dt_expr_fits(kid, e->type))
		v.reg = dt_cg_cut(cg, v.reg, e->type);
	return v;
}

/* ---- names ---- */

/* In a long clause the time is kept in memory. */
static dt_vreg read_shared_clock(struct dt_cg *cg, const struct dt_expr *e)
{
	struct dt_mem word = dt_piece_clock(cg, e->row);
	dt_label have = dt_ir_label(&cg->ir);
	dt_vreg value = dt_ir_new(&cg->ir);
	size_t mark;

	dt_ir_set(&cg->ir, value, dt_ir_ld(&cg->ir, word.base, word.off, 8));
	dt_ir_jcci(&cg->ir, DT_IR_JNE, value, 0, have);
	mark = dt_cg_enter(cg);
	dt_ir_set(&cg->ir, value, e->row->emit(cg, e).reg);
	dt_ir_st(&cg->ir, word.base, word.off, 8, value);
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, have);
	return value;
}

/* Reads a clock that the clause names several times, unless a branch before has read it. */
static dt_vreg read_clock(struct dt_cg *cg, const struct dt_expr *e, dt_vreg value)
{
	dt_label have = dt_ir_label(&cg->ir);
	size_t mark;

	dt_ir_jcci(&cg->ir, DT_IR_JNE, value, 0, have);
	mark = dt_cg_enter(cg);
	dt_ir_set(&cg->ir, value, e->row->emit(cg, e).reg);
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, have);
	return value;
}

static struct dt_val emit_builtin(struct dt_cg *cg, const struct dt_expr *e)
{
	struct dt_val v;
	dt_vreg cached, clock;

	if (!e->row->emit)
		dt_fail(cg->compile, &e->loc, "D_IDENT_UNDEF", "%s is not available on this system",
			e->row->name);
	if (!(e->row->flags & DT_BF_CACHE))
		return e->row->emit(cg, e);
	cached = dt_cg_cached(cg, e->row);
	if (cached)
		return dt_val_num(cached);
	clock = dt_cg_clock(cg, e->row);
	if (cg->cut && e->row->flags & DT_BF_CLOCK)
		v = dt_val_num(read_shared_clock(cg, e));
	else
		v = clock ? dt_val_num(read_clock(cg, e, clock)) : e->row->emit(cg, e);
	if (v.kind == DT_VAL_NUM && !v.trusted)
		dt_cg_cache(cg, e->row, v.reg);
	return v;
}

static struct dt_val emit_call(struct dt_cg *cg, const struct dt_expr *e)
{
	if (!e->row->emit)
		dt_fail(cg->compile, &e->loc, "D_FUNC_UNDEF",
			"%s( ) is not available on this system", e->row->name);
	return e->row->emit(cg, e);
}

/* A string that a built-in has made may have had more room than strsize gives it. */
static struct dt_val limited(struct dt_cg *cg, struct dt_val v)
{
	uint32_t strsize = (uint32_t)cg->plan->opts.strsize;

	if (v.kind != DT_VAL_STR || v.str.kind != DT_STR_MEM || v.str.cap <= strsize)
		return v;
	dt_ir_sti(&cg->ir, v.str.mem.base, v.str.mem.off + (int32_t)strsize - 1, 1, 0);
	if (v.str.size)
		v.str.size = dt_cg_bound(cg, v.str.size, strsize);
	v.str.padded = false;
	return v;
}

static struct dt_val emit(struct dt_cg *cg, const struct dt_expr *e)
{
	switch (e->op) {
	case DT_E_INT: return dt_val_num(dt_ir_const(&cg->ir, e->ival));
	case DT_E_STR: return dt_val_str(dt_cg_str_const(cg, e->str));
	case DT_E_VAR:
	case DT_E_ELEM: return dt_cg_var_load(cg, e);
	case DT_E_BUILTIN: return limited(cg, emit_builtin(cg, e));
	case DT_E_CALL: return limited(cg, emit_call(cg, e));
	case DT_E_NEG: return dt_val_num(dt_ir_un(&cg->ir, DT_IR_NEG, dt_cg_num(cg, e->kids[0])));
	case DT_E_BITNOT:
		return dt_val_num(dt_ir_un(&cg->ir, DT_IR_NOT, dt_cg_num(cg, e->kids[0])));
	case DT_E_ADD:
	case DT_E_SUB:
	case DT_E_MUL:
	case DT_E_DIV:
	case DT_E_MOD:
	case DT_E_AND:
	case DT_E_OR:
	case DT_E_XOR:
	case DT_E_SHL:
	case DT_E_SHR: return dt_val_num(emit_arith(cg, e));
	case DT_E_EQ:
	case DT_E_NE:
	case DT_E_LT:
	case DT_E_LE:
	case DT_E_GT:
	case DT_E_GE: return dt_val_num(emit_compare(cg, e));
	case DT_E_NOT:
	case DT_E_LAND:
	case DT_E_LOR:
	case DT_E_LXOR: return dt_val_num(emit_logic(cg, e));
	case DT_E_COND:
		if (dt_type_is_string(e->type))
			return dt_val_str(cond_str(cg, e));
		return dt_val_num(emit_cond(cg, e));
	case DT_E_COMMA: dt_cg_effect(cg, e->kids[0]); return dt_cg_expr(cg, e->kids[1]);
	case DT_E_BOUND: return dt_val_num(emit_bound(cg, e));
	case DT_E_CAST: return emit_cast(cg, e);
	case DT_E_DEREF: return emit_deref(cg, e);
	case DT_E_BITFIELD: return dt_val_num(load_bits(cg, e));
	case DT_E_ADDROF: return dt_val_num(dt_cg_addr(cg, e));
	case DT_E_ASSIGN: return dt_cg_assign(cg, e);
	case DT_E_OPASSIGN: return dt_cg_opassign(cg, e);
	case DT_E_INCDEC: return dt_cg_incdec(cg, e);
	case DT_E_XLATE: /* the checker leaves none behind: members of translations are expressions
			  */
		break;
	}
	dt_fail(cg->compile, &e->loc, "D_CG_EXPR", "unknown expression %d", e->op);
}

struct dt_val dt_cg_expr(struct dt_cg *cg, const struct dt_expr *e)
{
	const struct dt_str *dest = cg->dest;
	struct dt_val v;

	cg->dest = NULL;
	v = emit(cg, e);
	cg->dest = dest;
	return v;
}

dt_vreg dt_cg_num(struct dt_cg *cg, const struct dt_expr *e)
{
	struct dt_val v = dt_cg_expr(cg, e);

	if (v.kind == DT_VAL_STR) {
		struct dt_str s = dt_cg_str_mem(cg, v.str);

		return dt_ir_un(&cg->ir, DT_IR_NUM, dt_cg_mem_ptr(cg, s.mem));
	}
	return v.trusted ? dt_ir_un(&cg->ir, DT_IR_NUM, v.reg) : v.reg;
}

void dt_cg_effect(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_cg_expr(cg, e);
}

struct dt_str dt_cg_str(struct dt_cg *cg, const struct dt_expr *e)
{
	struct dt_val v = dt_cg_expr(cg, e);

	if (v.kind == DT_VAL_STR)
		return v.str;
	/* A number where a string stands is the null string or an address. */
	return (struct dt_str){ .kind = DT_STR_ADDR,
				.reg = v.reg,
				.cap = (uint32_t)cg->plan->opts.strsize };
}

/* What makes a string, rather than say where one is. */
static bool may_choose_place(const struct dt_expr *e)
{
	return e->op == DT_E_BUILTIN || e->op == DT_E_CALL || e->op == DT_E_COND ||
	       (e->op == DT_E_CAST && dt_string_limit(e));
}

struct dt_str dt_cg_str_into(struct dt_cg *cg, const struct dt_expr *e, const struct dt_str *dest)
{
	const struct dt_str *outer = cg->dest;
	struct dt_val v;

	cg->dest = may_choose_place(e) ? dest : NULL;
	v = emit(cg, e);
	cg->dest = outer;
	if (v.kind != DT_VAL_STR)
		v.str = (struct dt_str){ .kind = DT_STR_ADDR, .reg = v.reg, .cap = dest->cap };
	return dt_cg_str_copy(cg, v.str, dest);
}
