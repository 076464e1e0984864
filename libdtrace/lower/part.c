/* SPDX-License-Identifier: MIT */
/*
 * Assignments to a part of a variable: a member of a structure, an element of an array.  The
 * checker leaves the address of a load (DEREF of ADDROF of the variable, plus offsets).  Here it
 * becomes a place in the variable's storage, which the verifier knows and lets programs write.
 *
 * A structure that is not yet in its associative array is inserted, all zero.  An index that is not
 * constant is tested: a bad one is a fault with the offset as its address.
 *
 * Stores through other pointers end here, too: they are for the program's own memory (own.c).
 */
#include <sys/dtrace.h>
#include "base/fail.h"
#include "base/util.h"
#include "check/tree.h"
#include "ir/build.h"
#include "lower/context.h"
#include "lower/expr.h"
#include "lower/fault.h"
#include "lower/layout.h"
#include "lower/memory.h"
#include "lower/own.h"
#include "lower/part.h"
#include "lower/plan.h"
#include "lower/str.h"
#include "lower/var.h"
#include "types/types.h"

#define MAX_INDICES 8 /* of one access: arrays of arrays, arrays in structures */

struct part {
	const struct dt_expr *root; /* VAR or ELEM; NULL: the address is not a variable's */
	const struct dt_expr *indices[MAX_INDICES]; /* bytes to be added when the program runs */
	uint32_t nindices;
	int64_t off;
};

static bool is_pointer_cast(const struct dt_expr *e)
{
	return e->op == DT_E_CAST && dt_type_is_ptrlike(e->type) &&
	       dt_type_is_ptrlike(e->kids[0]->type);
}

static struct part find_part(const struct dt_expr *e)
{
	struct part p = { 0 };

	if (e->op != DT_E_DEREF && e->op != DT_E_BITFIELD)
		return p;
	p.off = e->offset;
	e = e->kids[0];
	for (;;) {
		if (e->op == DT_E_ADDROF) {
			p.off += e->offset;
			e = e->kids[0];
			if (e->op == DT_E_VAR || e->op == DT_E_ELEM) {
				/* The address in a pointer is not the variable's. */
				p.root = dt_type_is_ptr(e->type) ? NULL : e;
				return p;
			}
		} else if (e->op == DT_E_ADD && e->kids[1]->op == DT_E_INT) {
			p.off += e->kids[1]->ival;
			e = e->kids[0];
		} else if (e->op == DT_E_ADD && p.nindices < MAX_INDICES &&
			   !dt_type_is_ptrlike(e->kids[1]->type)) {
			p.indices[p.nindices++] = e->kids[1];
			e = e->kids[0];
		} else if (is_pointer_cast(e)) {
			e = e->kids[0];
		} else {
			return p;
		}
	}
}

/* SIZE bytes of the part, within the variable whatever the index is.  What is not part of a
 * variable has to be the program's own memory. */
static struct dt_mem part_mem(struct dt_cg *cg, const struct dt_expr *e, uint64_t size)
{
	struct part p = find_part(e);
	const struct dt_var_rep *rep;
	struct dt_mem m;
	dt_label ok;
	dt_vreg at;

	if (!p.root)
		return dt_cg_own_mem(cg, dt_cg_addr(cg, e), dt_ir_const(&cg->ir, (int64_t)size),
				     (uint32_t)size);
	rep = p.root->var->rep;
	at = p.nindices ? dt_cg_num(cg, p.indices[p.nindices - 1]) : 0;
	for (uint32_t i = p.nindices; i > 1; i--)
		at = dt_ir_bin(&cg->ir, DT_IR_ADD, at, dt_cg_num(cg, p.indices[i - 2]));
	if (size > rep->size || (!at && (p.off < 0 || (uint64_t)p.off > rep->size - size)))
		dt_fail(cg->compile, &e->loc, "D_ARR_BOUNDS", "index is outside of the variable");
	m = dt_cg_var_storage(cg, p.root);
	if (!at) {
		m.off += (int32_t)p.off;
		return m;
	}
	at = dt_ir_bini(&cg->ir, DT_IR_ADD, at, p.off);
	ok = dt_ir_label(&cg->ir);
	dt_ir_jcci(&cg->ir, DT_IR_JULE, at, (int64_t)(rep->size - size), ok);
	dt_cg_fault(cg, DTRACEFLT_BADADDR, at);
	dt_ir_place(&cg->ir, ok);
	m.base = dt_ir_bin(&cg->ir, DT_IR_ADD, m.base, at);
	return m;
}

struct number {
	struct dt_mem mem;
	const struct dt_type *type;
	unsigned width;
	bool is_signed;
	unsigned bit_off, bits; /* of a bit-field in these bytes; bits 0: all of them */
};

static struct number number_part(struct dt_cg *cg, const struct dt_expr *e)
{
	struct number n = { .type = e->type,
			    .width = dt_cg_type_width(cg, e->type),
			    .is_signed = dt_type_is_signed(e->type) };

	if (e->op == DT_E_BITFIELD) {
		n.bit_off = e->bit_off;
		n.bits = e->bit_size;
	}
	if (n.bit_off + n.bits > 8 * n.width)
		dt_fail(cg->compile, &e->loc, "D_OP_LVAL",
			"a bit-field of a packed structure that lies across two integers may not "
			"be assigned");
	n.mem = part_mem(cg, e, n.width);
	return n;
}

/* V as the number holds it: its low bits, extended by the sign. */
static dt_vreg cut(struct dt_cg *cg, const struct number *n, dt_vreg v)
{
	return n->bits ? dt_cg_bits(cg, v, 0, n->bits, n->is_signed) : dt_cg_cut(cg, v, n->type);
}

static dt_vreg load(struct dt_cg *cg, const struct number *n)
{
	dt_vreg r = dt_ir_ld(&cg->ir, n->mem.base, n->mem.off, n->width);

	if (n->bits)
		return dt_cg_bits(cg, r, n->bit_off, n->bits, n->is_signed);
	return n->is_signed && n->width < 8 ? dt_ir_ext(&cg->ir, r, n->width, true) : r;
}

static void store(struct dt_cg *cg, const struct number *n, dt_vreg v)
{
	uint64_t mask = (n->bits < 64 ? (1ULL << n->bits) - 1 : UINT64_MAX) << n->bit_off;
	dt_vreg others;

	if (n->bits) {
		others = dt_ir_ld(&cg->ir, n->mem.base, n->mem.off, n->width);
		others = dt_ir_bin(&cg->ir, DT_IR_AND, others,
				   dt_ir_const(&cg->ir, (int64_t)~mask));
		v = dt_ir_bini(&cg->ir, DT_IR_SHL, v, n->bit_off);
		v = dt_ir_bin(&cg->ir, DT_IR_AND, v, dt_ir_const(&cg->ir, (int64_t)mask));
		v = dt_ir_bin(&cg->ir, DT_IR_OR, v, others);
	}
	dt_ir_st(&cg->ir, n->mem.base, n->mem.off, n->width, v);
}

struct dt_val dt_cg_part_assign(struct dt_cg *cg, const struct dt_expr *e)
{
	const struct dt_expr *lhs = e->kids[0], *rhs = e->kids[1];
	uint64_t size = dt_type_size(cg->plan->env->types, lhs->type);
	struct number n;
	dt_vreg v;

	if (dt_type_is_string(lhs->type)) {
		struct dt_str value = dt_cg_str(cg, rhs), dest = { .kind = DT_STR_MEM };

		dest.cap = (uint32_t)cg->plan->opts.strsize;
		dest.mem = part_mem(cg, lhs, DT_ALIGN(dest.cap, 8));
		return dt_val_str(dt_cg_str_copy(cg, value, &dest));
	}
	if (dt_type_is_string(rhs->type) && !dt_type_is_scalar(lhs->type)) {
		struct dt_mem m = part_mem(cg, lhs, size);
		struct dt_str value = dt_cg_str(cg, rhs),
			      dest = { .kind = DT_STR_MEM, .mem = m, .cap = (uint32_t)size };

		return dt_val_str(dt_cg_str_copy(cg, value, &dest));
	}
	if (!dt_type_is_scalar(lhs->type)) {
		struct dt_val object = dt_cg_expr(cg, rhs);

		dt_cg_read_object(cg, part_mem(cg, lhs, size), (uint32_t)size, object);
		return object;
	}
	v = dt_cg_num(cg, rhs);
	n = number_part(cg, lhs);
	store(cg, &n, v);
	return dt_val_num(n.bits ? cut(cg, &n, v) : v);
}

struct dt_val dt_cg_part_opassign(struct dt_cg *cg, const struct dt_expr *e)
{
	const struct dt_expr *lhs = e->kids[0];
	dt_vreg rhs = dt_cg_num(cg, e->kids[1]), v;
	struct number n = number_part(cg, lhs);

	v = dt_cg_arith(cg, e->aop, e->optype, load(cg, &n), rhs);
	v = cut(cg, &n, v);
	store(cg, &n, v);
	return dt_val_num(v);
}

struct dt_val dt_cg_part_incdec(struct dt_cg *cg, const struct dt_expr *e)
{
	struct number n = number_part(cg, e->kids[0]);
	dt_vreg old = load(cg, &n), v = dt_ir_bini(&cg->ir, DT_IR_ADD, old, e->delta);

	v = cut(cg, &n, v);
	store(cg, &n, v);
	return dt_val_num(e->is_post ? old : v);
}
