/* SPDX-License-Identifier: MIT */
/*
 * The driver of the back end (compile.h) and its linker.  dt_ir_compile() takes a unit through the
 * stages and leaves out functions that are never called, since the verifier refuses unreachable
 * code.  Then it appends the runtime functions that are called and fills in the distances of calls.
 */
#include <errno.h>
#include <string.h>
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
	const char *params;          /* rt: its row's letters; "": static */
	uint32_t cap;                /* rt: what it is specialised for */
	const char *name;
	bool is_global; /* of the unit's */
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
	uint32_t nunit;    /* the unit's come first in funcs */
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

static uint32_t add_runtime(struct link *l, const struct dt_rt_code *rt, const char *params,
			    uint32_t cap)
{
	struct linked fn = { .rt = rt,
			     .params = params,
			     .cap = cap,
			     .name = rt->name,
			     .frame = rt->stack,
			     .start = NONE };

	for (uint32_t n = l->nunit; n < l->funcs.n; n++)
		if (l->funcs.data[n].rt == rt && l->funcs.data[n].cap == cap)
			return n;
	dt_vec_push_arena(l->u->arena, &l->funcs, fn);
	return (uint32_t)l->funcs.n - 1;
}

static uint32_t add_called(struct link *l, const struct dt_ir_fnref *r)
{
	if (!r->runtime)
		return l->of_unit[r->func];
	return add_runtime(l, dt_rt_code((enum dt_rt)r->func), dt_rt_params((enum dt_rt)r->func),
			   r->cap);
}

static void emit_unit(struct link *l, const bool *called)
{
	struct dt_ir_unit *u = l->u;

	l->of_unit = dt_arena_new_array(u->arena, uint32_t, u->funcs.n);
	for (uint32_t n = 0; n < u->funcs.n; n++) {
		struct dt_ir_func *f = u->funcs.data[n];
		struct linked fn = { .name = f->name,
				     .is_global = f->is_global,
				     .start = (uint32_t)l->out.insns.n };
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
	l->nunit = (uint32_t)l->funcs.n;
	dt_vec_each(&l->out.fnrefs, r) add_ref(l, r->insn, add_called(l, r));
}

/* Bytes behind a pointer (runtime.h); 0: a number. */
static uint32_t param_bytes(char letter, uint32_t cap)
{
	switch (letter) {
	case 'm': return cap;
	case 's': return 2 * cap;
	case 't': return 16;
	case 'a': return 64;
	default: return 0;
	}
}

static void put(struct link *l, struct bpf_insn insn)
{
	dt_vec_push_arena(l->u->arena, &l->out.insns, insn);
}

/*
 * The verifier gives a global function pointers that may be NULL, and unknown numbers:
 *	if (a == NULL || b == NULL) return 0;
 *	cap = CAP;
 */
static bool put_prologue(struct link *l, const struct linked *fn)
{
	struct bpf_insn insns[5];
	bool tests = false;
	uint32_t n = 0;

	for (uint32_t k = 0; fn->params[k]; k++) {
		uint8_t reg = (uint8_t)(BPF_REG_1 + k);

		if (fn->params[k] == 'c')
			insns[n++] = dt_insn_movi(reg, (int32_t)fn->cap);
		else if (param_bytes(fn->params[k], fn->cap))
			insns[n++] = dt_insn_jmpi(BPF_JEQ, reg, 0, 0);
	}
	for (uint32_t k = 0; k < n; k++) {
		if (BPF_CLASS(insns[k].code) == BPF_JMP) /* behind the function */
			insns[k].off = (int16_t)(n - k - 1 + fn->rt->ninsns);
		tests |= BPF_CLASS(insns[k].code) == BPF_JMP;
		put(l, insns[k]);
	}
	return tests;
}

static void append_one(struct link *l, uint32_t n)
{
	struct linked *fn = &l->funcs.data[n];
	const struct dt_rt_code *rt = fn->rt;
	uint32_t body;
	bool tests;

	fn->start = (uint32_t)l->out.insns.n;
	dt_emit_origin(l->u->arena, &l->out, NULL);
	tests = put_prologue(l, fn);
	body = (uint32_t)l->out.insns.n;
	for (uint32_t k = 0; k < rt->ninsns; k++)
		put(l, rt->insns[k]);
	if (tests) {
		put(l, dt_insn_movi(BPF_REG_0, 0));
		put(l, dt_insn_exit());
	}
	fn->ref_start = (uint32_t)l->refs.n;
	fn->ref_end = fn->ref_start + rt->nrelocs;
	for (uint32_t k = 0; k < rt->nrelocs; k++)
		add_ref(l, body + rt->relocs[k].insn, add_runtime(l, rt->relocs[k].target, "", 0));
}

/* Grows while it runs: runtime functions call others. */
static void append_runtime(struct link *l)
{
	for (uint32_t n = l->nunit; n < l->funcs.n; n++)
		append_one(l, n);
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

static struct dt_bpf_func_type type_of(const struct linked *fn)
{
	struct dt_bpf_func_type type = { .is_global = fn->is_global, .nparams = fn->is_global };

	for (const char *p = fn->params; fn->rt && *p; p++) {
		type.is_global = true;
		type.bytes[type.nparams++] = param_bytes(*p, fn->cap);
	}
	return type;
}

static void fill_in(struct link *l)
{
	struct dt_code *code = l->code;
	struct dt_arena *arena = l->u->arena;

	code->insns = l->out.insns.data;
	code->ninsns = (uint32_t)l->out.insns.n;
	code->relocs = l->out.relocs.data;
	code->nrelocs = (uint32_t)l->out.relocs.n;
	code->origins = l->out.origins.data;
	code->norigins = (uint32_t)l->out.origins.n;
	code->nfuncs = (uint32_t)l->funcs.n;
	code->func_start = dt_arena_new_array(arena, uint32_t, l->funcs.n);
	code->func_name = dt_arena_new_array(arena, const char *, l->funcs.n);
	code->func_type = dt_arena_new_array(arena, struct dt_bpf_func_type, l->funcs.n);
	for (uint32_t n = 0; n < l->funcs.n; n++) {
		code->func_start[n] = l->funcs.data[n].start;
		code->func_name[n] = l->funcs.data[n].name;
		code->func_type[n] = type_of(&l->funcs.data[n]);
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
