/* SPDX-License-Identifier: MIT */
/*
 * The optimiser of a function, in linear time:
 *
 *	thread_jumps()    a jump to a jump goes where that one goes
 *	walk_forward()    constants and copies are propagated, operations made cheaper,
 *	                  comparisons joined with their jumps; extensions of what is in range and
 *	                  unreachable code are dropped
 *	dt_ir_localise()  map addresses and wide constants, per stretch between calls (local.c)
 *	dt_ir_sweep()     what nobody reads is dropped, in one walk backwards (local.c)
 *
 * Jumps go forward only, so one walk sees every definition of a register before its uses: what all
 * definitions so far have in common (a constant, a range) holds at the use.  The definition itself
 * is looked at only where a register has just one, and where each operand of that has just one too
 * or has not changed since.
 */
#include <assert.h>
#include "ir/ops.h"
#include "ir/opt.h"

struct fact {
	bool defined, is_const;
	uint8_t ubits; /* below 2^ubits as an unsigned number; 64: anything */
	uint8_t sbits; /* fits a signed number of so many bits */
	int64_t k;     /* is_const */
};

struct opt {
	struct dt_ir_unit *u;
	struct dt_ir_func *f;
	__typeof__(((struct dt_ir_func *)0)->code) out;
	struct fact *fact; /* by register */
	uint32_t *ndefs, *nuses;
	uint32_t *def; /* number + 1 in out of the last definition */
	dt_vreg *copy_of;
	dt_label *alias; /* by label: where a jump to it really goes */
	uint32_t *refs;  /* by label: jumps to it, so far */
	bool reachable;
};

static const struct fact anything = { .defined = true, .ubits = 64, .sbits = 64 };

/* ---- ranges ---- */

static unsigned bits_of(uint64_t v)
{
	return v ? 64 - (unsigned)__builtin_clzll(v) : 0;
}

static struct fact fact_const(int64_t k)
{
	return (struct fact){ .defined = true,
			      .is_const = true,
			      .k = k,
			      .ubits = (uint8_t)bits_of((uint64_t)k),
			      .sbits = (uint8_t)(bits_of((uint64_t)(k < 0 ? ~k : k)) + 1) };
}

static struct fact fact_bits(unsigned ubits, unsigned sbits)
{
	ubits = DT_MIN(ubits, 64u);
	sbits = DT_MIN(DT_MIN(sbits, ubits + 1), 64u);
	return (struct fact){ .defined = true, .ubits = (uint8_t)ubits, .sbits = (uint8_t)sbits };
}

static struct fact fact_meet(struct fact a, struct fact b)
{
	if (!a.defined)
		return b;
	if (a.is_const && b.is_const && a.k == b.k)
		return a;
	return (struct fact){ .defined = true,
			      .ubits = DT_MAX(a.ubits, b.ubits),
			      .sbits = DT_MAX(a.sbits, b.sbits) };
}

static struct fact fact_of(const struct opt *o, dt_vreg v)
{
	return v && o->fact[v].defined ? o->fact[v] : anything;
}

static struct fact fact_b(const struct opt *o, const struct dt_ir_insn *i)
{
	return i->b ? fact_of(o, i->b) : fact_const(i->imm);
}

static struct fact fact_shift(const struct dt_ir_insn *i, struct fact a)
{
	unsigned n = (unsigned)(i->imm & 63);

	if (i->b)
		return i->op == DT_IR_SHR ? fact_bits(a.ubits, 64) : anything;
	if (i->op == DT_IR_SHL)
		return fact_bits(a.ubits + n, 64);
	if (i->op == DT_IR_SHR)
		return fact_bits(a.ubits > n ? a.ubits - n : 0, 64);
	return fact_bits(a.ubits < 64 ? (a.ubits > n ? a.ubits - n : 0) : 64,
			 a.sbits > n ? a.sbits - n : 1);
}

static struct fact fact_result(const struct opt *o, const struct dt_ir_insn *i)
{
	struct fact a = fact_of(o, i->a), b = fact_b(o, i);

	switch (i->op) {
	case DT_IR_CONST: return fact_const(i->imm);
	case DT_IR_MOV:
	case DT_IR_NUM: return a;
	case DT_IR_EXT_U: return fact_bits(DT_MIN(a.ubits, 8u * i->width), 64);
	case DT_IR_EXT_S:
		return fact_bits(a.ubits < 8u * i->width ? a.ubits : 64,
				 DT_MIN(a.sbits, 8u * i->width));
	case DT_IR_LD:
	case DT_IR_BSWAP: return fact_bits(8u * i->width, 64);
	case DT_IR_AND: return fact_bits(DT_MIN(a.ubits, b.ubits), DT_MAX(a.sbits, b.sbits));
	case DT_IR_OR:
	case DT_IR_XOR: return fact_bits(DT_MAX(a.ubits, b.ubits), DT_MAX(a.sbits, b.sbits));
	case DT_IR_ADD:
		return fact_bits(DT_MAX(a.ubits, b.ubits) + 1u, DT_MAX(a.sbits, b.sbits) + 1u);
	case DT_IR_SUB: return fact_bits(64, DT_MAX(a.sbits, b.sbits) + 1u);
	case DT_IR_MUL: return fact_bits(a.ubits + b.ubits, a.sbits + b.sbits);
	case DT_IR_NEG: return fact_bits(64, a.sbits + 1u);
	case DT_IR_NOT: return fact_bits(64, a.sbits);
	case DT_IR_UDIV: return fact_bits(a.ubits, 64);
	case DT_IR_UMOD: return fact_bits(a.ubits, 64);
	case DT_IR_SDIV: return fact_bits(64, a.sbits + 1u);
	case DT_IR_SMOD: return fact_bits(64, a.sbits);
	case DT_IR_SHL:
	case DT_IR_SHR:
	case DT_IR_SAR: return fact_shift(i, a);
	case DT_IR_ADD32:
	case DT_IR_SUB32:
	case DT_IR_MUL32: return fact_bits(32, 64);
	default: return dt_ir_is_setcc(i->op) ? fact_bits(1, 2) : anything;
	}
}

/* ---- looking back ---- */

static bool single(const struct opt *o, dt_vreg v)
{
	return o->ndefs[v] == 1;
}

/* The one definition of V, or NULL. */
static const struct dt_ir_insn *def_of(const struct opt *o, dt_vreg v)
{
	return v && single(o, v) && o->def[v] ? &o->out.data[o->def[v] - 1] : NULL;
}

/* V, an operand of X's definition, still has the value that it had in it. */
static bool unchanged(const struct opt *o, dt_vreg x, dt_vreg v)
{
	return !v || single(o, v) || o->def[x] == o->out.n;
}

/* V without extensions that keep its low WIDTH bytes as they are. */
static dt_vreg low_part(const struct opt *o, dt_vreg v, unsigned width)
{
	for (;;) {
		const struct dt_ir_insn *d = def_of(o, v);

		if (!d || (d->op != DT_IR_EXT_S && d->op != DT_IR_EXT_U) || d->width < width ||
		    !single(o, d->a))
			return v;
		v = d->a;
	}
}

/* ---- making one instruction cheaper ---- */

static void to_const(struct dt_ir_insn *i, int64_t k)
{
	*i = (struct dt_ir_insn){ .op = DT_IR_CONST, .dst = i->dst, .imm = k, .origin = i->origin };
}

static void to_mov(struct dt_ir_insn *i, dt_vreg a)
{
	*i = (struct dt_ir_insn){ .op = DT_IR_MOV, .dst = i->dst, .a = a, .origin = i->origin };
}

static void to_imm(struct dt_ir_insn *i, enum dt_ir_op op, int64_t imm)
{
	i->op = op;
	i->b = 0;
	i->imm = imm;
}

/* Puts a constant second where operands may be exchanged, and makes it an immediate. */
static void place_constants(const struct opt *o, struct dt_ir_insn *i, unsigned shape)
{
	bool compares = dt_ir_is_jcc(i->op) || dt_ir_is_setcc(i->op);
	struct fact b;

	if (!(shape & DT_IRS_B) || !i->b)
		return;
	if ((compares || dt_ir_is_commutative(i->op)) && fact_of(o, i->a).is_const &&
	    !fact_of(o, i->b).is_const) {
		dt_vreg a = i->a;

		i->a = i->b;
		i->b = a;
		i->op = compares ? dt_ir_swapped(i->op) : i->op;
	}
	b = fact_of(o, i->b);
	if (b.is_const && i->op == DT_IR_ST && i->width < 8)
		b.k = dt_ir_eval(DT_IR_EXT_S, i->width, b.k, 0);
	if (b.is_const && dt_ir_fits32(b.k))
		to_imm(i, i->op, b.k);
}

static void simplify_ext(const struct opt *o, struct dt_ir_insn *i)
{
	struct fact a = fact_of(o, i->a);
	const struct dt_ir_insn *d;
	static const enum dt_ir_op narrow[] = {
		[DT_IR_ADD] = DT_IR_ADD32,
		[DT_IR_SUB] = DT_IR_SUB32,
		[DT_IR_MUL] = DT_IR_MUL32,
	};

	if ((i->op == DT_IR_EXT_U ? a.ubits : a.sbits) <= 8 * i->width) {
		to_mov(i, i->a);
		return;
	}
	i->a = low_part(o, i->a, i->width);
	d = def_of(o, i->a);
	if (i->op == DT_IR_EXT_U && i->width == 4 && d && d->op <= DT_IR_MUL &&
	    d->op >= DT_IR_ADD && o->nuses[i->a] == 1 && unchanged(o, i->a, d->a) &&
	    unchanged(o, i->a, d->b)) {
		dt_vreg dst = i->dst;

		*i = *d;
		i->dst = dst;
		i->op = narrow[d->op];
		i->a = low_part(o, i->a, 4);
		i->b = i->b ? low_part(o, i->b, 4) : 0;
	}
}

static bool is_power(int64_t k)
{
	return k > 0 && !(k & (k - 1));
}

static void simplify_add(const struct opt *o, struct dt_ir_insn *i)
{
	const struct dt_ir_insn *d;

	if (i->b)
		return;
	if (i->op == DT_IR_SUB && i->imm != INT32_MIN)
		to_imm(i, DT_IR_ADD, -i->imm);
	d = def_of(o, i->a);
	if (i->op == DT_IR_ADD && d && d->op == DT_IR_ADD && !d->b && single(o, d->a) &&
	    dt_ir_fits32(i->imm + d->imm)) {
		i->imm += d->imm;
		i->a = d->a;
		d = def_of(o, i->a);
	}
	if (i->op == DT_IR_ADD && d && d->op == DT_IR_MAPVAL && i->imm >= 0 &&
	    i->imm + d->off <= INT32_MAX)
		*i = (struct dt_ir_insn){ .op = DT_IR_MAPVAL,
					  .dst = i->dst,
					  .imm = d->imm,
					  .origin = i->origin,
					  .off = (int32_t)(d->off + i->imm) };
	else if (!i->imm)
		to_mov(i, i->a);
}

/* Multiplication and division by a constant. */
static void simplify_muldiv(const struct opt *o, struct dt_ir_insn *i)
{
	struct fact a = fact_of(o, i->a), b = fact_b(o, i);

	if ((i->op == DT_IR_SDIV || i->op == DT_IR_SMOD) && a.ubits < 64 && b.ubits < 64)
		i->op = i->op == DT_IR_SDIV ? DT_IR_UDIV : DT_IR_UMOD;
	if (!b.is_const)
		return;
	if (b.k == 0) {
		if (i->op == DT_IR_UMOD || i->op == DT_IR_SMOD)
			to_mov(i, i->a);
		else
			to_const(i, 0);
	} else if (b.k == 1) {
		if (i->op == DT_IR_UMOD || i->op == DT_IR_SMOD)
			to_const(i, 0);
		else
			to_mov(i, i->a);
	} else if (b.k == -1 && i->op == DT_IR_SMOD) {
		to_const(i, 0);
	} else if (b.k == -1 && i->op == DT_IR_SDIV) {
		i->op = DT_IR_NEG;
	} else if (is_power(b.k) && i->op == DT_IR_MUL) {
		to_imm(i, DT_IR_SHL, __builtin_ctzll((uint64_t)b.k));
	} else if (is_power(b.k) && i->op == DT_IR_UDIV) {
		to_imm(i, DT_IR_SHR, __builtin_ctzll((uint64_t)b.k));
	} else if (is_power(b.k) && b.k <= 1LL << 31 && i->op == DT_IR_UMOD) {
		to_imm(i, DT_IR_AND, b.k - 1);
	}
}

static void simplify_bits(const struct opt *o, struct dt_ir_insn *i)
{
	struct fact a = fact_of(o, i->a), b = fact_b(o, i);

	if (!b.is_const)
		return;
	if (i->op == DT_IR_AND && !b.k) {
		to_const(i, 0);
	} else if (i->op == DT_IR_AND && !(b.k & (b.k + 1)) && bits_of((uint64_t)b.k) >= a.ubits) {
		to_mov(i, i->a); /* the mask keeps all bits that can be set; also -1 */
	} else if (i->op == DT_IR_AND && b.k == UINT32_MAX) {
		to_imm(i, DT_IR_EXT_U, 0);
		i->width = 4;
		simplify_ext(o, i);
	} else if (i->op != DT_IR_AND && !b.k) {
		to_mov(i, i->a); /* or, xor, shifts */
	}
}

static void simplify_32(const struct opt *o, struct dt_ir_insn *i)
{
	i->a = low_part(o, i->a, 4);
	if (i->b)
		i->b = low_part(o, i->b, 4);
	else
		i->imm = (int32_t)i->imm;
}

/* x != 0 of a truth value is itself; x == 0 of a comparison is the opposite one. */
static void simplify_setcc(const struct opt *o, struct dt_ir_insn *i)
{
	const struct dt_ir_insn *d = def_of(o, i->a);
	dt_vreg dst = i->dst;

	if (i->b || i->imm || (i->op != DT_IR_SETEQ && i->op != DT_IR_SETNE))
		return;
	if (i->op == DT_IR_SETNE && fact_of(o, i->a).ubits <= 1) {
		to_mov(i, i->a);
	} else if (i->op == DT_IR_SETEQ && d && dt_ir_is_setcc(d->op) && unchanged(o, i->a, d->a) &&
		   unchanged(o, i->a, d->b)) {
		*i = *d;
		i->dst = dst;
		i->op = dt_ir_inverted(d->op);
	}
}

/* Address: [x + 8] with x = p + 16 is [p + 24]. */
static void simplify_memory(const struct opt *o, struct dt_ir_insn *i, unsigned shape)
{
	const struct dt_ir_insn *d = def_of(o, i->a);

	if (d && d->op == DT_IR_ADD && !d->b && single(o, d->a) &&
	    i->off + d->imm == (int16_t)(i->off + d->imm)) {
		i->off += (int32_t)d->imm;
		i->a = d->a;
	}
	if (i->op == DT_IR_ST && i->b)
		i->b = low_part(o, i->b, i->width);
	else if ((shape & DT_IRS_D) && i->op == DT_IR_FADD && !o->nuses[i->dst]) {
		i->op = DT_IR_XADD;
		i->dst = 0;
	}
}

/* Joins a comparison of a comparison, and a test of a mask, with the jump. */
static void simplify_jcc(const struct opt *o, struct dt_ir_insn *i)
{
	for (;;) {
		const struct dt_ir_insn *d = def_of(o, i->a);
		bool ne = i->op == DT_IR_JNE;

		if (i->b || i->imm || (!ne && i->op != DT_IR_JEQ) || !d ||
		    !unchanged(o, i->a, d->a))
			return;
		if (dt_ir_is_setcc(d->op) && unchanged(o, i->a, d->b)) {
			i->op = dt_ir_set_to_jump(ne ? d->op : dt_ir_inverted(d->op));
		} else if (d->op == DT_IR_AND && ne && unchanged(o, i->a, d->b)) {
			i->op = DT_IR_JSET;
		} else {
			return;
		}
		i->a = d->a;
		i->b = d->b;
		i->imm = d->imm;
	}
}

static void simplify(const struct opt *o, struct dt_ir_insn *i, unsigned shape)
{
	switch (i->op) {
	case DT_IR_EXT_S:
	case DT_IR_EXT_U: simplify_ext(o, i); return;
	case DT_IR_ADD:
	case DT_IR_SUB: simplify_add(o, i); return;
	case DT_IR_MUL:
	case DT_IR_UDIV:
	case DT_IR_UMOD:
	case DT_IR_SDIV:
	case DT_IR_SMOD: simplify_muldiv(o, i); return;
	case DT_IR_AND:
	case DT_IR_OR:
	case DT_IR_XOR:
	case DT_IR_SHL:
	case DT_IR_SHR:
	case DT_IR_SAR: simplify_bits(o, i); return;
	case DT_IR_ADD32:
	case DT_IR_SUB32:
	case DT_IR_MUL32: simplify_32(o, i); return;
	case DT_IR_NUM:
		if (fact_of(o, i->a).ubits < 64 || fact_of(o, i->a).is_const) /* no pointer */
			to_mov(i, i->a);
		return;
	default: break;
	}
	if (dt_ir_is_setcc(i->op))
		simplify_setcc(o, i);
	else if (dt_ir_is_jcc(i->op))
		simplify_jcc(o, i);
	else if ((shape & DT_IRS_O) && (shape & DT_IRS_A))
		simplify_memory(o, i, shape);
}

/* All operands known: the result. */
static bool fold(const struct opt *o, struct dt_ir_insn *i, unsigned shape)
{
	struct fact a, b;

	if (!(shape & DT_IRS_D) || !(shape & DT_IRS_A) || (shape & DT_IRS_O))
		return false;
	a = fact_of(o, i->a);
	b = shape & DT_IRS_B ? fact_b(o, i) : fact_const(0);
	if (!a.is_const || !b.is_const)
		return false;
	to_const(i, dt_ir_eval(i->op, i->width, a.k, b.k));
	return true;
}

/* ---- the walk forward ---- */

static struct dt_ir_insn *last(struct opt *o, size_t back)
{
	return o->out.n > back ? &o->out.data[o->out.n - 1 - back] : NULL;
}

/* Jumps to the next instruction are taken back. */
static void place_label(struct opt *o, const struct dt_ir_insn *i)
{
	dt_label l = i->label;

	for (;;) {
		struct dt_ir_insn *j = last(o, 0), *c = last(o, 1);

		if (j && (j->op == DT_IR_JMP || dt_ir_is_jcc(j->op)) && j->label == l) {
			o->reachable = true;
			o->refs[l]--;
			o->out.n--;
		} else if (j && j->op == DT_IR_JMP && c && dt_ir_is_jcc(c->op) && c->label == l &&
			   dt_ir_inverted(c->op) != DT_IR_NOPS) {
			c->op = dt_ir_inverted(c->op);
			c->label = j->label;
			o->refs[l]--;
			o->out.n--;
			o->reachable = true;
		} else {
			break;
		}
	}
	if (!o->refs[l])
		return;
	dt_vec_push_arena(o->u->arena, &o->out, *i);
	o->reachable = true;
}

/* A jump whose outcome is known becomes none or an unconditional one. */
static void place_jump(struct opt *o, struct dt_ir_insn *i)
{
	if (i->op != DT_IR_JMP) {
		struct fact a = fact_of(o, i->a), b = fact_b(o, i);

		if (a.is_const && b.is_const) {
			if (!dt_ir_eval(i->op, 8, a.k, b.k))
				return;
			*i = (struct dt_ir_insn){ .op = DT_IR_JMP,
						  .label = i->label,
						  .origin = i->origin };
		}
	}
	i->label = o->alias[i->label];
	o->refs[i->label]++;
	dt_vec_push_arena(o->u->arena, &o->out, *i);
	o->reachable = i->op != DT_IR_JMP;
}

static void define(struct opt *o, const struct dt_ir_insn *i)
{
	o->fact[i->dst] = fact_meet(o->fact[i->dst], fact_result(o, i));
	o->def[i->dst] = (uint32_t)o->out.n + 1;
	dt_vec_push_arena(o->u->arena, &o->out, *i);
}

static void place_value(struct opt *o, struct dt_ir_insn *i)
{
	struct dt_ir_insn *prev = last(o, 0);

	if (i->op == DT_IR_MOV && fact_of(o, i->a).is_const)
		to_const(i, o->fact[i->a].k);
	if (i->op == DT_IR_MOV) {
		if (i->a == i->dst)
			return;
		if (single(o, i->dst) && single(o, i->a)) {
			o->copy_of[i->dst] = i->a;
			o->nuses[i->a] += o->nuses[i->dst] - 1;
			return;
		}
		/* t = x + y; d = t: the sum goes to d at once */
		if (prev && prev->dst == i->a && single(o, i->a) && o->nuses[i->a] == 1 &&
		    (dt_ir_shape(prev->op) & DT_IRS_D)) {
			struct dt_ir_insn again = *prev;

			again.dst = i->dst;
			o->out.n--;
			define(o, &again);
			return;
		}
	}
	define(o, i);
}

static void substitute(const struct opt *o, dt_vreg *v)
{
	if (o->copy_of[*v])
		*v = o->copy_of[*v];
}

static void walk_one(struct opt *o, const struct dt_ir_insn *original)
{
	struct dt_ir_insn i = *original;
	unsigned shape;

	if (i.op == DT_IR_LABEL) {
		if (o->alias[i.label] == i.label)
			place_label(o, &i);
		return;
	}
	if (!o->reachable)
		return;
	DT_IR_EACH_USE(&i, v, substitute(o, v));
	shape = dt_ir_shape(i.op);
	place_constants(o, &i, shape);
	if (!fold(o, &i, shape)) {
		simplify(o, &i, shape);
		shape = dt_ir_shape(i.op);
		place_constants(o, &i, shape);
		fold(o, &i, shape);
		shape = dt_ir_shape(i.op);
	}
	if (shape & DT_IRS_L) {
		place_jump(o, &i);
	} else if ((shape & DT_IRS_D) && i.dst) {
		place_value(o, &i);
	} else {
		dt_vec_push_arena(o->u->arena, &o->out, i);
		o->reachable = i.op != DT_IR_RET;
	}
}

/* The function's argument arrives in r1: it is taken at once, wherever it is used later. */
static void place_ctx(struct opt *o)
{
	dt_vreg ctx = 0;

	dt_vec_each(&o->f->code, i)
	{
		if (i->op != DT_IR_CTX)
			continue;
		if (!ctx) {
			struct dt_ir_insn first = { .op = DT_IR_CTX,
						    .dst = ctx = o->f->nvregs,
						    .origin = i->origin };

			o->ndefs[ctx] = 1;
			define(o, &first);
		}
		i->op = DT_IR_MOV;
		i->a = ctx;
	}
}

static void walk_forward(struct opt *o)
{
	o->reachable = true;
	place_ctx(o);
	dt_vec_each(&o->f->code, i) walk_one(o, i);
	if (o->reachable) {
		struct dt_ir_insn zero = { .op = DT_IR_CONST, .dst = ++o->f->nvregs };
		struct dt_ir_insn ret = { .op = DT_IR_RET, .a = zero.dst };

		dt_vec_push_arena(o->u->arena, &o->out, zero);
		dt_vec_push_arena(o->u->arena, &o->out, ret);
	}
}

/* Backwards, so that the label that follows is resolved already. */
static void thread_jumps(struct opt *o)
{
	const struct dt_ir_insn *next = NULL;

	for (size_t n = o->f->code.n; n-- > 0;) {
		const struct dt_ir_insn *i = &o->f->code.data[n];

		if (i->op == DT_IR_LABEL)
			o->alias[i->label] = next && (next->op == DT_IR_LABEL ||
						      next->op == DT_IR_JMP)
						     ? o->alias[next->label]
						     : i->label;
		next = i;
	}
}

static void count(struct opt *o)
{
	dt_vec_each(&o->f->code, i)
	{
		DT_IR_EACH_USE(i, v, o->nuses[*v]++);
		if ((dt_ir_shape(i->op) & DT_IRS_D) && i->dst)
			o->ndefs[i->dst]++;
	}
}

void dt_ir_optimise(struct dt_ir_unit *u, struct dt_ir_func *f)
{
	struct opt o = { .u = u, .f = f };
	size_t n = ++f->nvregs + 1; /* one more for the context */

	o.fact = dt_arena_new_array(u->arena, struct fact, n);
	o.ndefs = dt_arena_new_array(u->arena, uint32_t, n);
	o.nuses = dt_arena_new_array(u->arena, uint32_t, n);
	o.def = dt_arena_new_array(u->arena, uint32_t, n);
	o.copy_of = dt_arena_new_array(u->arena, dt_vreg, n);
	o.alias = dt_arena_new_array(u->arena, dt_label, f->nlabels + 1);
	o.refs = dt_arena_new_array(u->arena, uint32_t, f->nlabels + 1);
	dt_vec_reserve_in(u->arena, &o.out, f->code.n + 3);
	count(&o);
	thread_jumps(&o);
	walk_forward(&o);
	f->code.data = o.out.data;
	f->code.n = o.out.n;
	f->code.cap = o.out.cap;
	dt_ir_localise(u, f);
	dt_ir_sweep(u, f);
}
