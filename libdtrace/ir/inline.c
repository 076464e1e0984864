/* SPDX-License-Identifier: MIT */
/*
 * Inlining: where main calls one function, once, and that function calls none of the unit, its code
 * replaces the call.  So a point with one clause has no call.  No code is duplicated, and the call
 * and its return are saved; where the kernel guards returns they cost as much as a look-up in a
 * map. dt_ir_compile() calls it before the other passes.
 */
#include <string.h>
#include "ir/opt.h"

/* How the callee's numbers are shifted in main. */
struct renumber {
	dt_vreg vreg;
	dt_label label, end; /* end: follows the inlined code; its returns go there */
	uint32_t object;
	const struct dt_ir_insn *call;
};

/* The place of main's only call, or SIZE_MAX: none, several, or an address taken. */
static size_t only_call(const struct dt_ir_func *main_func)
{
	size_t found = SIZE_MAX;

	for (size_t n = 0; n < main_func->code.n; n++) {
		enum dt_ir_op op = main_func->code.data[n].op;

		if (op == DT_IR_FUNC || (op == DT_IR_CALL && found != SIZE_MAX))
			return SIZE_MAX;
		if (op == DT_IR_CALL)
			found = n;
	}
	return found;
}

static bool is_leaf(const struct dt_ir_func *func)
{
	for (size_t n = 0; n < func->code.n; n++) {
		enum dt_ir_op op = func->code.data[n].op;

		if (op == DT_IR_CALL || op == DT_IR_FUNC)
			return false;
	}
	return true;
}

static void push(struct dt_ir_unit *u, struct dt_ir_func *to, struct dt_ir_insn insn)
{
	dt_vec_push_arena(u->arena, &to->code, insn);
}

static dt_vreg moved(dt_vreg v, const struct renumber *by)
{
	return v ? v + by->vreg : 0;
}

static void push_inlined(struct dt_ir_unit *u, struct dt_ir_func *to, struct dt_ir_insn insn,
			 const struct renumber *by)
{
	insn.dst = moved(insn.dst, by);
	insn.a = moved(insn.a, by);
	insn.b = moved(insn.b, by);
	insn.c = moved(insn.c, by);
	for (unsigned k = 0; k < insn.nargs; k++)
		insn.args[k] = moved(insn.args[k], by);
	if (insn.label)
		insn.label += by->label;
	if (insn.op == DT_IR_STACK)
		insn.imm += by->object;
	if (insn.op == DT_IR_CTX) {
		/* the callee's r1 is the call's first argument */
		insn.op = DT_IR_MOV;
		insn.a = by->call->args[0];
	}
	if (insn.op != DT_IR_RET) {
		push(u, to, insn);
		return;
	}
	if (by->call->dst)
		push(u, to,
		     (struct dt_ir_insn){ .op = DT_IR_MOV, .dst = by->call->dst, .a = insn.a });
	push(u, to, (struct dt_ir_insn){ .op = DT_IR_JMP, .label = by->end });
}

static void inline_only_call(struct dt_ir_unit *u)
{
	struct dt_ir_func *main_func = u->funcs.data[0], *callee;
	size_t at = only_call(main_func);
	struct dt_ir_func to = *main_func;
	struct dt_ir_insn call;
	struct renumber by;

	if (at == SIZE_MAX)
		return;
	call = main_func->code.data[at];
	if ((uint64_t)call.imm >= u->funcs.n || call.nargs != 1 ||
	    !is_leaf(u->funcs.data[call.imm]))
		return;
	callee = u->funcs.data[call.imm];
	by = (struct renumber){ .vreg = to.nvregs,
				.label = to.nlabels,
				.object = (uint32_t)to.objects.n,
				.call = &call };
	to.nvregs += callee->nvregs;
	to.nlabels += callee->nlabels + 1;
	by.end = to.nlabels;
	to.stack_max += callee->stack_max;
	memset(&to.code, 0, sizeof(to.code));
	for (size_t n = 0; n < at; n++)
		push(u, &to, main_func->code.data[n]);
	for (size_t n = 0; n < callee->code.n; n++)
		push_inlined(u, &to, callee->code.data[n], &by);
	push(u, &to, (struct dt_ir_insn){ .op = DT_IR_LABEL, .label = by.end });
	for (size_t n = at + 1; n < main_func->code.n; n++)
		push(u, &to, main_func->code.data[n]);
	for (size_t n = 0; n < callee->objects.n; n++)
		dt_vec_push_arena(u->arena, &to.objects, callee->objects.data[n]);
	*main_func = to;
}

/* What is left of main's calls has a frame of its own. */
static void count_frames(struct dt_ir_unit *u)
{
	for (size_t n = 0; n < u->funcs.n; n++)
		dt_vec_each(&u->funcs.data[n]->code, insn)
		{
			insn->imm += insn->counts_frame && n > 0;
			insn->counts_frame = false;
		}
}

void dt_ir_inline(struct dt_ir_unit *u)
{
	inline_only_call(u);
	count_frames(u);
}
