/* SPDX-License-Identifier: MIT */
/*
 * The firing: the program's context, which of the point's probes it is, its arguments, the current
 * task.  What depends on the probe comes out of tables in the read-only data, a row per probe of
 * the point.
 */
#include <errno.h>
#include <linux/bpf.h>
#include <stddef.h>
#include "base/errno.h"
#include "base/fail.h"
#include "contract/mechanism.h"
#include "contract/provider.h"
#include "ir/build.h"
#include "lower/context.h"
#include "lower/fault.h"
#include "lower/firing.h"
#include "lower/memory.h"
#include "lower/piece.h"
#include "lower/plan.h"
#include "probe/probe.h"
#include "types/types.h"

static const char ctx_key, probe_key, task_key, leader_key;

/* ---- context and probe ---- */

dt_vreg dt_cg_ctx(struct dt_cg *cg)
{
	dt_vreg r;

	if (cg->is_piece) { /* the statement will be taken back */
		cg->wants_ctx = true;
		return dt_ir_const(&cg->ir, 0);
	}
	if (cg->clause)
		return dt_cg_mctx_word(cg, &ctx_key, DT_MCTX_CTX);
	r = dt_cg_cached(cg, &ctx_key);
	if (!r) {
		r = dt_ir_ctx(&cg->ir);
		dt_cg_cache(cg, &ctx_key, r);
	}
	return r;
}

uint32_t dt_cg_probe_table_size(const struct dt_point *pt)
{
	uint32_t p = 1;

	while (p < pt->nprobes)
		p *= 2;
	return p;
}

dt_vreg dt_cg_probe(struct dt_cg *cg)
{
	dt_vreg r = dt_cg_cached(cg, &probe_key);

	if (r)
		return r;
	if (cg->point->only)
		return dt_ir_const(&cg->ir, cg->point->only_place);
	/* In range by construction; the mask shows it to the verifier.  Tables are padded to a
	 * power of two. */
	r = dt_ir_bini(&cg->ir, DT_IR_AND, dt_ir_ld(&cg->ir, cg->mctx, DT_MCTX_PROBE, 8),
		       dt_cg_probe_table_size(cg->point) - 1);
	dt_cg_cache(cg, &probe_key, r);
	return r;
}

/* A row of the point's table in rodata, which has one per probe. */
struct probe_row {
	uint32_t field[6]; /* enum dt_probe_field; strings by their numbers */
	uint64_t ndx;
};

static void fill_row(struct dt_cg *cg, const struct dt_probe *p, struct probe_row *row)
{
	*row = (struct probe_row){
		{ p->id, dt_plan_string(cg->plan, p->prov), dt_plan_string(cg->plan, p->mod),
		  dt_plan_string(cg->plan, p->func), dt_plan_string(cg->plan, p->name), 0 },
		p->ndx
	};
}

static dt_vreg probe_row(struct dt_cg *cg)
{
	struct dt_point *pt = cg->point;
	uint32_t n = dt_cg_probe_table_size(pt);
	struct probe_row *rows;

	if (!cg->point_table) {
		rows = dt_arena_new_array(cg->arena, struct probe_row, n);
		for (uint32_t i = 0; i < pt->nprobes; i++)
			fill_row(cg, pt->probes[i], &rows[i]);
		cg->point_table = dt_cg_rodata(cg, rows, n * (uint32_t)sizeof(*rows), 8) + 1;
	}
	return dt_ir_bin(&cg->ir, DT_IR_ADD, dt_cg_rodata_ptr(cg, cg->point_table - 1),
			 dt_ir_bini(&cg->ir, DT_IR_MUL, dt_cg_probe(cg), sizeof(*rows)));
}

struct dt_str dt_cg_probe_text(struct dt_cg *cg, enum dt_probe_field f)
{
	struct probe_row row;

	if (cg->probe) {
		fill_row(cg, cg->probe, &row);
		return (struct dt_str){ .kind = DT_STR_ID, .id = row.field[f] };
	}
	return (struct dt_str){ .kind = DT_STR_ID,
				.is_reg = true,
				.reg = dt_ir_ld(&cg->ir, probe_row(cg), (int32_t)(f * 4), 4) };
}

dt_vreg dt_cg_probe_number(struct dt_cg *cg, enum dt_probe_field f)
{
	if (cg->probe)
		return dt_ir_const(&cg->ir, f == DT_PF_ID ? (int64_t)cg->probe->id
							  : (int64_t)cg->probe->ndx);
	if (f == DT_PF_ID)
		return dt_ir_ld(&cg->ir, probe_row(cg), 0, 4);
	return dt_ir_ld(&cg->ir, probe_row(cg), offsetof(struct probe_row, ndx), 8);
}

/* Searches from FROM on and then from the start: mostly the probes come in the same order. */
static uint32_t place_in_clause(const struct dt_clause_plan *cp, const struct dt_probe *probe,
				uint32_t from)
{
	const struct dt_tclause *c = cp->clause;

	for (uint32_t i = from; i < c->nprobes; i++)
		if (c->probes[i] == probe)
			return i;
	for (uint32_t i = 0; i < from && i < c->nprobes; i++)
		if (c->probes[i] == probe)
			return i;
	return 0;
}

dt_vreg dt_cg_epid(struct dt_cg *cg, struct dt_clause_plan *cp)
{
	struct dt_point *pt = cg->point;
	uint32_t n = dt_cg_probe_table_size(pt), off, *table;
	dt_vreg at;

	if (cg->is_error)
		return dt_ir_const(&cg->ir,
				   cp->layout.epid_first + place_in_clause(cp, cg->probe, 0));
	if (pt->only)
		return dt_ir_const(&cg->ir,
				   cp->layout.epid_first + place_in_clause(cp, pt->only, 0));
	table = dt_arena_new_array(cg->arena, uint32_t, n);
	for (uint32_t i = 0, place = 0; i < pt->nprobes; i++) {
		place = place_in_clause(cp, pt->probes[i], place);
		table[i] = cp->layout.epid_first + place++;
	}
	off = dt_cg_rodata(cg, table, n * 4, 4);
	at = dt_ir_bin(&cg->ir, DT_IR_ADD, dt_cg_rodata_ptr(cg, off),
		       dt_ir_bini(&cg->ir, DT_IR_MUL, dt_cg_probe(cg), sizeof(*table)));
	return dt_ir_ld(&cg->ir, at, 0, 4);
}

dt_vreg dt_cg_arg(struct dt_cg *cg, uint32_t n)
{
	if (!cg->provider->ops->emit_arg)
		return dt_ir_const(&cg->ir, 0);
	if (cg->is_piece)
		return dt_piece_arg(cg, n);
	if (!cg->point->key.mech->is_typed)
		return cg->provider->ops->emit_arg(cg, n);
	return dt_ir_un(&cg->ir, DT_IR_NUM, cg->provider->ops->emit_arg(cg, n));
}

/* What a piece would be handed is a number. */
dt_vreg dt_cg_trusted_arg(struct dt_cg *cg, uint32_t n)
{
	return cg->provider->ops->emit_arg(cg, n);
}

/* ---- the current task ---- */

dt_vreg dt_cg_task(struct dt_cg *cg)
{
	dt_vreg r = dt_cg_cached(cg, &task_key);

	if (r)
		return r;
	if (dt_cg_is_current(cg)) /* bpf_get_current_task_btf (5.11) */
		r = dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_current_task_btf, 0, NULL);
	else
		r = cg->provider->ops->emit_task(cg);
	dt_cg_cache(cg, &task_key, r);
	return r;
}

bool dt_cg_is_current(const struct dt_cg *cg)
{
	const struct dt_provider_ops *ops = cg->provider->ops;

	return !ops->is_elsewhere || !ops->is_elsewhere(cg->point->probes[0]);
}

/* Kernels since 6.2 search all their types by name, for half a millisecond, whenever the verifier
 * meets a load of a pointer from a trusted structure.  So many clauses share one such load. */
dt_vreg dt_cg_leader(struct dt_cg *cg)
{
	dt_vreg r = dt_cg_cached(cg, &leader_key);

	if (r)
		return r;
	if (cg->has_many && cg->clause) {
		cg->uses_leader = true;
		return dt_cg_mctx_word(cg, &leader_key, DT_MCTX_LEADER);
	}
	r = dt_cg_load_field(cg, dt_cg_task(cg), "task_struct", DT_MEMBERS("group_leader"));
	dt_cg_cache(cg, &leader_key, r);
	return r;
}

/*
 *	fdt = curthread->files->fdt;
 *	return fd < fdt->max_fds ? fdt->fd[fd] : NULL;
 * A thread without files, one of the kernel or one that ends, has a max_fds of 0 here.
 */
dt_vreg dt_cg_file(struct dt_cg *cg, dt_vreg fd)
{
	dt_vreg number = dt_ir_ext(&cg->ir, fd, 4, false), file = dt_ir_new(&cg->ir), at;
	dt_vreg files = dt_cg_load_field(cg, dt_cg_task(cg), "task_struct", DT_MEMBERS("files"));
	dt_vreg fdt = dt_cg_load_field(cg, files, "files_struct", DT_MEMBERS("fdt"));
	dt_label none = dt_ir_label(&cg->ir);

	dt_ir_seti(&cg->ir, file, 0);
	dt_ir_jcc(&cg->ir, DT_IR_JUGE, number,
		  dt_cg_load_field(cg, fdt, "fdtable", DT_MEMBERS("max_fds")), none);
	at = dt_ir_bin(&cg->ir, DT_IR_ADD, dt_cg_load_field(cg, fdt, "fdtable", DT_MEMBERS("fd")),
		       dt_ir_bini(&cg->ir, DT_IR_SHL, number, 3));
	dt_ir_set(&cg->ir, file, dt_cg_peek(cg, at, 8));
	dt_ir_place(&cg->ir, none);
	return file;
}

uint32_t dt_cg_field(struct dt_cg *cg, const char *structure, const char *const *path,
		     uint32_t *size)
{
	struct dt_types *types = cg->plan->env->types;
	const struct dt_type *t = dt_types_lookup(types, NULL, DT_TAG_STRUCT, structure);
	uint64_t bits = 0;

	for (const char *const *name = path; *name; name++) {
		struct dt_member m;

		if (!t || !dt_type_member(types, t, *name, &m))
			dt_fail_err(cg->compile, EDT_KERNEL,
				    "this kernel's struct %s has no member %s%s", structure, *name,
				    dt_types_has_btf(types, NULL)
					    ? ""
					    : " (the kernel has no BTF: /sys/kernel/btf/vmlinux)");
		bits += m.offset_bits;
		t = m.type;
	}
	if (size)
		*size = (uint32_t)dt_type_size(types, t);
	return (uint32_t)(bits / 8);
}

dt_vreg dt_cg_load_field(struct dt_cg *cg, dt_vreg base, const char *structure,
			 const char *const *path)
{
	uint32_t size, off = dt_cg_field(cg, structure, path, &size);

	return dt_ir_ld(&cg->ir, base, (int32_t)off, dt_cg_width(size));
}

dt_vreg dt_cg_stack_flags(struct dt_cg *cg, bool user)
{
	uint8_t above = dt_cg_is_current(cg) ? cg->point->key.mech->stack_above : 0;

	if (user)
		return dt_ir_const(&cg->ir, BPF_F_USER_STACK);
	return above ? dt_ir_frames(&cg->ir, above) : dt_ir_const(&cg->ir, 0);
}

/* bpf_get_stack (4.18) or bpf_get_task_stack (5.9). */
static dt_vreg walk_stack(struct dt_cg *cg, struct dt_mem at, uint32_t frames, bool user)
{
	const struct dt_mech_ops *mech = cg->point->key.mech;
	bool by_context;

	if (!mech->has_stack && !mech->has_task_stack)
		dt_fail(cg->compile, NULL, "D_STACK_PROTO", "there is no stack to walk in %s:::%s",
			cg->point->probes[0]->prov, cg->point->probes[0]->name);
	if (user && !dt_cg_is_current(cg)) /* the kernel walks only the running task's */
		return dt_ir_const(&cg->ir, 0);
	by_context = mech->has_stack && dt_cg_is_current(cg);
	return dt_ir_helper(&cg->ir, by_context ? BPF_FUNC_get_stack : BPF_FUNC_get_task_stack,
			    DT_ARGS(by_context ? dt_cg_ctx(cg) : dt_cg_task(cg),
				    dt_cg_mem_ptr(cg, at), dt_ir_const(&cg->ir, frames * 8),
				    dt_cg_stack_flags(cg, user)));
}

dt_vreg dt_cg_read_stack(struct dt_cg *cg, struct dt_mem at, uint32_t frames, bool user)
{
	dt_vreg r = dt_ir_new(&cg->ir);
	dt_label ok = dt_ir_label(&cg->ir), none = dt_ir_label(&cg->ir);

	dt_ir_set(&cg->ir, r, dt_cg_get_stack(cg, at, frames, user));
	dt_ir_jcci(&cg->ir, DT_IR_JGE, r, 0, ok);
	if (cg->point->key.mech->has_task_stack)
		dt_ir_jcci(&cg->ir, DT_IR_JEQ, r, -EFAULT, none);
	dt_cg_drop(cg, DT_DROP_STACK);
	dt_ir_place(&cg->ir, none);
	dt_ir_seti(&cg->ir, r, 0);
	dt_ir_place(&cg->ir, ok);
	return r;
}

/*
 * The walk with CALLER as second frame:
 *
 *	if (caller && (n = walk(at + 1, frames - 1)) > 0)
 *		at[0] = at[1], at[1] = caller, n += 8;
 *	else if (!caller)
 *		n = walk(at, frames);
 */
static dt_vreg walk_with_caller(struct dt_cg *cg, struct dt_mem at, uint32_t frames, dt_vreg caller)
{
	dt_label plain = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);
	struct dt_mem above = { at.base, at.off + 8 };
	dt_vreg n = dt_ir_new(&cg->ir);
	size_t mark;

	dt_cg_ctx(cg); /* read on both ways */
	mark = dt_cg_enter(cg);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, caller, 0, plain);
	dt_ir_set(&cg->ir, n, walk_stack(cg, above, frames - 1, true));
	dt_ir_jcci(&cg->ir, DT_IR_JLE, n, 0, end);
	dt_ir_st(&cg->ir, at.base, at.off, 8, dt_ir_ld(&cg->ir, above.base, above.off, 8));
	dt_ir_st(&cg->ir, above.base, above.off, 8, caller);
	dt_ir_set(&cg->ir, n, dt_ir_bini(&cg->ir, DT_IR_ADD, n, 8));
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, plain);
	dt_cg_leave(cg, mark);
	mark = dt_cg_enter(cg);
	dt_ir_set(&cg->ir, n, walk_stack(cg, at, frames, true));
	dt_ir_place(&cg->ir, end);
	dt_cg_leave(cg, mark);
	return n;
}

dt_vreg dt_cg_get_stack(struct dt_cg *cg, struct dt_mem at, uint32_t frames, bool user)
{
	const struct dt_provider_ops *ops = cg->point->provider->ops;
	dt_vreg caller = user && frames > 1 && ops->emit_caller ? ops->emit_caller(cg) : 0;

	return caller ? walk_with_caller(cg, at, frames, caller) : walk_stack(cg, at, frames, user);
}
