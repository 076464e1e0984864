/* SPDX-License-Identifier: MIT */
/*
 * The last two passes of the optimiser (opt.c).
 *
 * dt_ir_localise() is about map addresses and constants too wide for an instruction, which are
 * cheap to compute and expensive to keep across calls.  Each stretch of code without calls and
 * labels computes its own copy at the first use: all accesses to one map's value go through one
 * base register.
 *
 * dt_ir_sweep() drops instructions whose result nobody reads.  It walks backwards, so that operands
 * of dropped instructions go too.
 */
#include "ir/ops.h"
#include "ir/opt.h"

#define NCACHED 8 /* copies remembered in a stretch, the oldest forgotten first */

struct local {
	struct dt_ir_unit *u;
	struct dt_ir_func *f;
	__typeof__(((struct dt_ir_func *)0)->code) out;
	struct dt_ir_insn *def; /* by register: its one definition when that is a CONST or MAPVAL;
				   else op NOPS */
	struct dt_ir_insn cache[NCACHED]; /* the copies */
	unsigned ncached;
};

static void find_defs(struct local *l)
{
	bool *seen = dt_arena_new_array(l->u->arena, bool, l->f->nvregs + 1);

	for (uint32_t v = 0; v <= l->f->nvregs; v++)
		l->def[v].op = DT_IR_NOPS;
	dt_vec_each(&l->f->code, i)
	{
		if (!(dt_ir_shape(i->op) & DT_IRS_D) || !i->dst)
			continue;
		if (seen[i->dst])
			l->def[i->dst].op = DT_IR_NOPS;
		else if (i->op == DT_IR_CONST || i->op == DT_IR_MAPVAL)
			l->def[i->dst] = *i;
		seen[i->dst] = true;
	}
}

/* A register that holds DEF here.  For a map's address, *OFF becomes what is to be added to it. */
static dt_vreg local_copy(struct local *l, const struct dt_ir_insn *def, int32_t *off)
{
	struct dt_ir_insn copy = *def;

	for (unsigned n = 0; n < DT_MIN(l->ncached, NCACHED); n++) {
		const struct dt_ir_insn *c = &l->cache[n];
		int64_t distance = (int64_t)def->off - c->off + (off ? *off : 0);

		if (c->op != def->op || c->imm != def->imm ||
		    (off ? distance != (int16_t)distance : c->off != def->off))
			continue;
		if (off)
			*off = (int32_t)distance;
		return c->dst;
	}
	copy.dst = ++l->f->nvregs;
	l->cache[l->ncached++ % NCACHED] = copy;
	dt_vec_push_arena(l->u->arena, &l->out, copy);
	return copy.dst;
}

static void localise_one(struct local *l, const struct dt_ir_insn *original, uint32_t nold)
{
	struct dt_ir_insn i = *original;
	unsigned shape = dt_ir_shape(i.op);

	if ((shape & DT_IRS_O) && (shape & DT_IRS_A) && i.a <= nold &&
	    l->def[i.a].op == DT_IR_MAPVAL)
		i.a = local_copy(l, &l->def[i.a], &i.off);
	if ((shape & DT_IRS_B) && i.b && i.b <= nold && l->def[i.b].op != DT_IR_NOPS)
		i.b = local_copy(l, &l->def[i.b], NULL);
	dt_vec_push_arena(l->u->arena, &l->out, i);
	if (i.op == DT_IR_LABEL || dt_ir_is_call(i.op))
		l->ncached = 0;
}

void dt_ir_localise(struct dt_ir_unit *u, struct dt_ir_func *f)
{
	struct local l = { .u = u, .f = f };
	uint32_t nold = f->nvregs;

	l.def = dt_arena_new_array(u->arena, struct dt_ir_insn, nold + 1);
	dt_vec_reserve_in(u->arena, &l.out, f->code.n + f->code.n / 8);
	find_defs(&l);
	dt_vec_each(&f->code, i) localise_one(&l, i, nold);
	f->code.data = l.out.data;
	f->code.n = l.out.n;
	f->code.cap = l.out.cap;
}

/* ---- sweeping ---- */

/* It has no effect but its result. */
static bool is_pure(const struct dt_ir_insn *i)
{
	switch (i->op) {
	case DT_IR_HELPER:
	case DT_IR_RUNTIME: return i->pure;
	case DT_IR_CALL:
	case DT_IR_XADD:
	case DT_IR_FADD:
	case DT_IR_XCHG:
	case DT_IR_CAS: return false;
	default: return (dt_ir_shape(i->op) & DT_IRS_D) != 0;
	}
}

void dt_ir_sweep(struct dt_ir_unit *u, struct dt_ir_func *f)
{
	uint32_t *nuses = dt_arena_new_array(u->arena, uint32_t, f->nvregs + 1);
	size_t kept = 0;

	for (size_t n = f->code.n; n-- > 0;) {
		struct dt_ir_insn *i = &f->code.data[n];

		if (is_pure(i) && !nuses[i->dst]) {
			i->op = DT_IR_NOPS;
			continue;
		}
		DT_IR_EACH_USE(i, v, nuses[*v]++);
	}
	for (size_t n = 0; n < f->code.n; n++)
		if (f->code.data[n].op != DT_IR_NOPS)
			f->code.data[kept++] = f->code.data[n];
	f->code.n = kept;
}
