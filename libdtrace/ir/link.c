/* SPDX-License-Identifier: MIT */
/*
 * The driver of the back end (compile.h) and its linker.  dt_ir_compile() takes a unit through the
 * stages and leaves out functions that are never called, since the verifier refuses unreachable
 * code.  Then it appends the runtime functions that are called and fills in the distances of calls.
 */
#include <errno.h>
#include "bpf/insn.h"
#include "ir/compile.h"
#include "ir/emit.h"
#include "ir/opt.h"
#include "ir/regalloc.h"
#include "runtime/runtime.h"

#define NONE        UINT32_MAX
#define FRAME_ROUND 32 /* how the verifier rounds a frame when it adds up a call chain */

struct linked {
	const struct dt_rt_code *rt; /* or NULL: a function of the unit */
	const char *name;
	uint32_t start; /* first instruction */
	uint32_t frame;
	uint32_t ref_start, ref_end; /* its calls in struct link's refs */
	uint32_t depth;              /* bytes of the deepest chain from here; 0: not known yet */
};

struct ref {
	uint32_t insn, func; /* func: in struct link */
};

struct link {
	struct dt_ir_unit *u;
	struct dt_code *code;
	struct dt_emit_out out;
	DT_VEC(struct linked) funcs;
	DT_VEC(struct ref) refs;
	uint32_t *of_unit; /* by number in the unit: number in funcs, or NONE */
};

/* ---- which functions ---- */

static void mark_called(struct dt_ir_unit *u, const struct dt_ir_func *f, bool *called)
{
	for (size_t n = 0; n < f->code.n; n++) {
		const struct dt_ir_insn *i = &f->code.data[n];

		if (i->op != DT_IR_CALL && i->op != DT_IR_FUNC)
			continue;
		if ((uint64_t)i->imm >= u->funcs.n || i->imm == 0)
			dt_fail_err(u->compile, EINVAL, "code generator: %s calls function %lld",
				    f->name, (long long)i->imm);
		called[i->imm] = true;
	}
}

/* Optimises main and what it calls, directly or not.  The others are left out. */
static bool *find_called(struct dt_ir_unit *u)
{
	bool *called = dt_arena_new_array(u->arena, bool, u->funcs.n);
	bool *done = dt_arena_new_array(u->arena, bool, u->funcs.n);
	bool more = true;

	called[0] = true;
	while (more) {
		more = false;
		for (size_t n = 0; n < u->funcs.n; n++) {
			if (!called[n] || done[n])
				continue;
			dt_ir_optimise(u, u->funcs.data[n]);
			mark_called(u, u->funcs.data[n], called);
			done[n] = more = true;
		}
	}
	return called;
}

/* ---- linking ---- */

static void add_ref(struct link *l, uint32_t insn, uint32_t func)
{
	struct ref ref = { .insn = insn, .func = func };

	dt_vec_push_arena(l->u->arena, &l->refs, ref);
}

static uint32_t add_runtime(struct link *l, const struct dt_rt_code *rt)
{
	struct linked fn = { .rt = rt, .name = rt->name, .frame = rt->stack, .start = NONE };

	for (uint32_t n = 0; n < l->funcs.n; n++)
		if (l->funcs.data[n].rt == rt)
			return n;
	dt_vec_push_arena(l->u->arena, &l->funcs, fn);
	return (uint32_t)l->funcs.n - 1;
}

static void emit_unit(struct link *l, const bool *called)
{
	struct dt_ir_unit *u = l->u;

	l->of_unit = dt_arena_new_array(u->arena, uint32_t, u->funcs.n);
	for (uint32_t n = 0; n < u->funcs.n; n++) {
		struct dt_ir_func *f = u->funcs.data[n];
		struct linked fn = { .name = f->name, .start = (uint32_t)l->out.insns.n };
		struct dt_ra ra;

		l->of_unit[n] = NONE;
		if (!called[n])
			continue;
		l->of_unit[n] = (uint32_t)l->funcs.n;
		fn.ref_start = (uint32_t)l->out.fnrefs.n;
		dt_ir_allocate(u, f, &ra);
		dt_ir_emit(u, f, &ra, &l->out);
		fn.frame = f->frame;
		fn.ref_end = (uint32_t)l->out.fnrefs.n;
		dt_vec_push_arena(u->arena, &l->funcs, fn);
	}
	/* only now are all the unit's functions numbered */
	dt_vec_each(&l->out.fnrefs, r)
		add_ref(l, r->insn,
			r->runtime ? add_runtime(l, dt_rt_code((enum dt_rt)r->func))
				   : l->of_unit[r->func]);
}

/* Grows while it runs: runtime functions call others. */
static void append_runtime(struct link *l)
{
	for (uint32_t n = 0; n < l->funcs.n; n++) {
		const struct dt_rt_code *rt = l->funcs.data[n].rt;
		uint32_t start = (uint32_t)l->out.insns.n;

		if (!rt)
			continue;
		l->funcs.data[n].start = start;
		for (uint32_t k = 0; k < rt->ninsns; k++)
			dt_vec_push_arena(l->u->arena, &l->out.insns, rt->insns[k]);
		l->funcs.data[n].ref_start = (uint32_t)l->refs.n;
		for (uint32_t k = 0; k < rt->nrelocs; k++)
			add_ref(l, start + rt->relocs[k].insn,
				add_runtime(l, rt->relocs[k].target));
		l->funcs.data[n].ref_end = (uint32_t)l->refs.n;
	}
}

static uint32_t chain(struct link *l, uint32_t n)
{
	uint32_t deepest = 0;

	if (l->funcs.data[n].depth)
		return l->funcs.data[n].depth;
	for (uint32_t k = l->funcs.data[n].ref_start; k < l->funcs.data[n].ref_end; k++)
		deepest = DT_MAX(deepest, chain(l, l->refs.data[k].func));
	l->funcs.data[n].depth = deepest +
				 DT_ALIGN(DT_MAX(l->funcs.data[n].frame, 1u), FRAME_ROUND);
	return l->funcs.data[n].depth;
}

static void resolve(struct link *l)
{
	struct bpf_insn *insns = l->out.insns.data;

	dt_vec_each(&l->refs, r)
	{
		insns[r->insn].imm = (int32_t)(l->funcs.data[r->func].start - r->insn - 1);
		if (insns[r->insn].code == (BPF_LD | BPF_IMM | BPF_DW))
			l->code->needs_func_info = true;
	}
}

static void fill_in(struct link *l)
{
	struct dt_code *code = l->code;
	struct dt_arena *arena = l->u->arena;

	code->insns = l->out.insns.data;
	code->ninsns = (uint32_t)l->out.insns.n;
	code->relocs = l->out.relocs.data;
	code->nrelocs = (uint32_t)l->out.relocs.n;
	code->nfuncs = (uint32_t)l->funcs.n;
	code->func_start = dt_arena_new_array(arena, uint32_t, l->funcs.n);
	code->func_name = dt_arena_new_array(arena, const char *, l->funcs.n);
	for (uint32_t n = 0; n < l->funcs.n; n++) {
		code->func_start[n] = l->funcs.data[n].start;
		code->func_name[n] = l->funcs.data[n].name;
	}
	code->stack_bytes = chain(l, 0);
}

void dt_ir_compile(struct dt_ir_unit *u, struct dt_code *code)
{
	struct link l = { .u = u, .code = code };

	*code = (struct dt_code){ 0 };
	dt_ir_inline(u);
	emit_unit(&l, find_called(u));
	append_runtime(&l);
	resolve(&l);
	fill_in(&l);
}
