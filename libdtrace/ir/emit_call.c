/* SPDX-License-Identifier: MIT */
/*
 * Calls of helpers, of functions of the unit and of runtime functions: arguments to r1..r5, the
 * result from r0.
 */
#include <assert.h>
#include <string.h>
#include "ir/emitter.h"
#include "runtime/runtime.h"

/* A parallel move to r1..r5, r0 breaking cycles; then what comes from memory or is rematerialised.
 */
static void move_args(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	int from[6]; /* by argument register; -1: nothing to move */
	bool moved, left;

	for (int k = 1; k <= 5; k++) {
		from[k] = k <= i->nargs ? dt_operand_place(e, i->args[k - 1])->reg : -1;
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
			dt_put_mov(e, k, from[k]);
			from[k] = -1;
			moved = true;
		}
		for (int k = 1; left && !moved && k <= 5; k++) {
			int old = from[k];

			if (old < 0)
				continue;
			dt_put_mov(e, 0, old);
			for (int j = 1; j <= 5; j++)
				from[j] = from[j] == old ? 0 : from[j];
			break;
		}
	} while (left);
	for (int k = 1; k <= i->nargs; k++)
		if (dt_operand_in_memory(e, i->args[k - 1]))
			dt_operand_load(e, i->args[k - 1], k);
}

/* The constant that a runtime function is specialised for, or 0. */
static uint32_t cap_of(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;
	const char *cap;
	int32_t def;

	if (i->op != DT_IR_RUNTIME)
		return 0;
	cap = strchr(dt_rt_params((enum dt_rt)i->imm), 'c');
	if (!cap)
		return 0;
	def = dt_operand_place(e, i->args[cap - dt_rt_params((enum dt_rt)i->imm)])->remat;
	assert(def >= 0 && e->f->code.data[def].op == DT_IR_CONST);
	return (uint32_t)e->f->code.data[def].imm;
}

void dt_emit_call(struct dt_emit *e)
{
	const struct dt_ir_insn *i = e->insn;

	move_args(e);
	if (i->op == DT_IR_HELPER) {
		dt_put(e, dt_insn_call((int32_t)i->imm));
	} else {
		dt_put_fnref(e, (struct dt_ir_fnref){ .runtime = i->op == DT_IR_RUNTIME,
						      .func = (uint32_t)i->imm,
						      .cap = cap_of(e) });
		dt_put(e, dt_insn_call_fn(0));
	}
	if (i->dst && dt_operand_place(e, i->dst)->nuses)
		dt_operand_store(e, 0);
}
