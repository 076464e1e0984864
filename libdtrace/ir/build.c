/* SPDX-License-Identifier: MIT */
/*
 * Units, functions, and the builder (build.h).  Immediate operands that BPF cannot hold (more
 * than 32 bits) become registers here, so that no later pass has to think of them.
 */
#include <assert.h>
#include "ir/build.h"
#include "ir/ops.h"

struct dt_ir_unit *dt_ir_unit_new(struct dt_compile *compile)
{
	struct dt_ir_unit *u = dt_arena_new_obj(compile->arena, struct dt_ir_unit);

	u->compile = compile;
	u->arena = compile->arena;
	return u;
}

struct dt_ir_func *dt_ir_func_new(struct dt_ir_unit *u, const char *name, uint32_t stack_max)
{
	struct dt_ir_func *f = dt_arena_new_obj(u->arena, struct dt_ir_func);

	f->name = dt_arena_strdup(u->arena, name);
	f->index = (uint32_t)u->funcs.n;
	f->is_main = f->index == 0;
	f->stack_max = stack_max;
	dt_vec_push_arena(u->arena, &u->funcs, f);
	return f;
}

/* ---- appending ---- */

static struct dt_ir_insn *append(struct dt_ir *b, enum dt_ir_op op)
{
	struct dt_ir_func *f = b->func;
	struct dt_ir_insn insn = { .op = op, .origin = f->origin };

	dt_vec_push_arena(b->unit->arena, &f->code, insn);
	return &f->code.data[f->code.n - 1];
}

dt_vreg dt_ir_new(struct dt_ir *b)
{
	return ++b->func->nvregs;
}

static dt_vreg append_def(struct dt_ir *b, struct dt_ir_insn insn)
{
	struct dt_ir_insn *i = append(b, insn.op);
	const struct dt_ir_origin *origin = i->origin;

	insn.origin = origin;
	insn.dst = dt_ir_new(b);
	*i = insn;
	return insn.dst;
}

dt_vreg dt_ir_const(struct dt_ir *b, int64_t value)
{
	return append_def(b, (struct dt_ir_insn){ .op = DT_IR_CONST, .imm = value });
}

dt_vreg dt_ir_frames(struct dt_ir *b, int64_t frames)
{
	return append_def(b, (struct dt_ir_insn){
				     .op = DT_IR_CONST, .imm = frames, .counts_frame = true });
}

void dt_ir_set(struct dt_ir *b, dt_vreg dst, dt_vreg src)
{
	struct dt_ir_insn *i = append(b, DT_IR_MOV);

	i->dst = dst;
	i->a = src;
}

void dt_ir_seti(struct dt_ir *b, dt_vreg dst, int64_t value)
{
	struct dt_ir_insn *i = append(b, DT_IR_CONST);

	i->dst = dst;
	i->imm = value;
}

dt_vreg dt_ir_un(struct dt_ir *b, enum dt_ir_op op, dt_vreg a)
{
	return append_def(b, (struct dt_ir_insn){ .op = op, .a = a });
}

dt_vreg dt_ir_bin(struct dt_ir *b, enum dt_ir_op op, dt_vreg a, dt_vreg c)
{
	return append_def(b, (struct dt_ir_insn){ .op = op, .a = a, .b = c });
}

dt_vreg dt_ir_bini(struct dt_ir *b, enum dt_ir_op op, dt_vreg a, int64_t imm)
{
	if (!dt_ir_fits32(imm))
		return dt_ir_bin(b, op, a, dt_ir_const(b, imm));
	return append_def(b, (struct dt_ir_insn){ .op = op, .a = a, .imm = imm });
}

dt_vreg dt_ir_ext(struct dt_ir *b, dt_vreg a, unsigned width, bool is_signed)
{
	if (width >= 8)
		return a;
	return append_def(b, (struct dt_ir_insn){ .op = is_signed ? DT_IR_EXT_S : DT_IR_EXT_U,
						  .a = a,
						  .width = (uint8_t)width });
}

dt_vreg dt_ir_bswap(struct dt_ir *b, dt_vreg a, unsigned width)
{
	return append_def(b, (struct dt_ir_insn){
				     .op = DT_IR_BSWAP, .a = a, .width = (uint8_t)width });
}

/* ---- memory ---- */

dt_vreg dt_ir_ld(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width)
{
	return append_def(b,
			  (struct dt_ir_insn){
				  .op = DT_IR_LD, .a = base, .off = off, .width = (uint8_t)width });
}

static struct dt_ir_insn *append_store(struct dt_ir *b, enum dt_ir_op op, dt_vreg base, int32_t off,
				       unsigned width)
{
	struct dt_ir_insn *i = append(b, op);

	i->a = base;
	i->off = off;
	i->width = (uint8_t)width;
	return i;
}

void dt_ir_st(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg value)
{
	append_store(b, DT_IR_ST, base, off, width)->b = value;
}

void dt_ir_sti(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, int64_t value)
{
	if (width < 8)
		value = dt_ir_eval(DT_IR_EXT_S, width, value, 0);
	if (dt_ir_fits32(value))
		append_store(b, DT_IR_ST, base, off, width)->imm = value;
	else
		dt_ir_st(b, base, off, width, dt_ir_const(b, value));
}

void dt_ir_xadd(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg value)
{
	append_store(b, DT_IR_XADD, base, off, width)->b = value;
}

static dt_vreg atomic(struct dt_ir *b, struct dt_ir_insn insn, int32_t off, unsigned width)
{
	insn.off = off;
	insn.width = (uint8_t)width;
	return append_def(b, insn);
}

dt_vreg dt_ir_fadd(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg value)
{
	return atomic(b, (struct dt_ir_insn){ .op = DT_IR_FADD, .a = base, .b = value }, off,
		      width);
}

dt_vreg dt_ir_xchg(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg value)
{
	return atomic(b, (struct dt_ir_insn){ .op = DT_IR_XCHG, .a = base, .b = value }, off,
		      width);
}

dt_vreg dt_ir_cas(struct dt_ir *b, dt_vreg base, int32_t off, unsigned width, dt_vreg expected,
		  dt_vreg value)
{
	return atomic(b,
		      (struct dt_ir_insn){ .op = DT_IR_CAS, .a = base, .b = value, .c = expected },
		      off, width);
}

/* ---- addresses ---- */

dt_vreg dt_ir_ctx(struct dt_ir *b)
{
	return append_def(b, (struct dt_ir_insn){ .op = DT_IR_CTX });
}

uint32_t dt_ir_object(struct dt_ir *b, uint32_t size, uint32_t align)
{
	struct dt_ir_object o = { .size = size, .align = align ? align : 1 };

	dt_vec_push_arena(b->unit->arena, &b->func->objects, o);
	return (uint32_t)b->func->objects.n - 1;
}

dt_vreg dt_ir_stack(struct dt_ir *b, uint32_t object)
{
	assert(object < b->func->objects.n);
	return append_def(b, (struct dt_ir_insn){ .op = DT_IR_STACK, .imm = object });
}

dt_vreg dt_ir_map(struct dt_ir *b, uint32_t map)
{
	return append_def(b, (struct dt_ir_insn){ .op = DT_IR_MAP, .imm = map });
}

dt_vreg dt_ir_mapval(struct dt_ir *b, uint32_t map, uint32_t off)
{
	return append_def(b, (struct dt_ir_insn){
				     .op = DT_IR_MAPVAL, .imm = map, .off = (int32_t)off });
}

dt_vreg dt_ir_func_addr(struct dt_ir *b, uint32_t func)
{
	return append_def(b, (struct dt_ir_insn){ .op = DT_IR_FUNC, .imm = func });
}

/* ---- control ---- */

dt_label dt_ir_label(struct dt_ir *b)
{
	struct dt_ir_func *f = b->func;

	if (!f->placed.n)
		dt_vec_push_arena(b->unit->arena, &f->placed, false); /* label 0 is none */
	dt_vec_push_arena(b->unit->arena, &f->placed, false);
	return ++f->nlabels;
}

void dt_ir_place(struct dt_ir *b, dt_label label)
{
	assert(label && label <= b->func->nlabels && !b->func->placed.data[label]);
	b->func->placed.data[label] = true;
	append(b, DT_IR_LABEL)->label = label;
}

/* Forward only: the label has not been placed yet. */
static struct dt_ir_insn *append_jump(struct dt_ir *b, enum dt_ir_op op, dt_label to)
{
	struct dt_ir_insn *i = append(b, op);

	assert(to && to <= b->func->nlabels && !b->func->placed.data[to]);
	i->label = to;
	return i;
}

void dt_ir_jmp(struct dt_ir *b, dt_label to)
{
	append_jump(b, DT_IR_JMP, to);
}

void dt_ir_jcc(struct dt_ir *b, enum dt_ir_op op, dt_vreg a, dt_vreg c, dt_label to)
{
	struct dt_ir_insn *i = append_jump(b, op, to);

	assert(dt_ir_is_jcc(op));
	i->a = a;
	i->b = c;
}

void dt_ir_jcci(struct dt_ir *b, enum dt_ir_op op, dt_vreg a, int64_t imm, dt_label to)
{
	struct dt_ir_insn *i;

	if (!dt_ir_fits32(imm)) {
		dt_ir_jcc(b, op, a, dt_ir_const(b, imm), to);
		return;
	}
	assert(dt_ir_is_jcc(op));
	i = append_jump(b, op, to);
	i->a = a;
	i->imm = imm;
}

static dt_vreg append_call(struct dt_ir *b, struct dt_ir_insn insn, unsigned nargs,
			   const dt_vreg *args)
{
	assert(nargs <= 5);
	insn.nargs = (uint8_t)nargs;
	for (unsigned i = 0; i < nargs; i++) {
		assert(args[i]);
		insn.args[i] = args[i];
	}
	return append_def(b, insn);
}

dt_vreg dt_ir_helper(struct dt_ir *b, int helper, unsigned nargs, const dt_vreg *args)
{
	return append_call(b, (struct dt_ir_insn){ .op = DT_IR_HELPER, .imm = helper }, nargs,
			   args);
}

dt_vreg dt_ir_helper_pure(struct dt_ir *b, int helper, unsigned nargs, const dt_vreg *args)
{
	return append_call(b,
			   (struct dt_ir_insn){ .op = DT_IR_HELPER, .imm = helper, .pure = true },
			   nargs, args);
}

dt_vreg dt_ir_call(struct dt_ir *b, uint32_t func, unsigned nargs, const dt_vreg *args)
{
	return append_call(b, (struct dt_ir_insn){ .op = DT_IR_CALL, .imm = func }, nargs, args);
}

dt_vreg dt_ir_runtime(struct dt_ir *b, int runtime, unsigned nargs, const dt_vreg *args)
{
	return append_call(b, (struct dt_ir_insn){ .op = DT_IR_RUNTIME, .imm = runtime }, nargs,
			   args);
}

void dt_ir_ret(struct dt_ir *b, dt_vreg value)
{
	append(b, DT_IR_RET)->a = value;
}

void dt_ir_reti(struct dt_ir *b, int64_t value)
{
	dt_ir_ret(b, dt_ir_const(b, value));
}
