/* SPDX-License-Identifier: MIT */
/*
 * What emit hooks ask for: the context, the scratch slot, the firing probe, the state area, reads
 * of memory with their faults, counted drops, and what was read once already.  See cg.h.
 */
#include <linux/bpf.h>
#include <string.h>
#include "base/errno.h"
#include "lower/cg.h"

/* ---- once a clause ---- */

dt_vreg dt_cg_cached(struct dt_cg *cg, const void *key)
{
	dt_vec_each(&cg->cache, it) if (it->key == key) return it->reg;
	return 0;
}

void dt_cg_cache(struct dt_cg *cg, const void *key, dt_vreg reg)
{
	struct dt_cached c = { key, reg };

	dt_vec_push_arena(cg->arena, &cg->cache, c);
}

size_t dt_cg_enter(struct dt_cg *cg)
{
	return cg->cache.n;
}

void dt_cg_leave(struct dt_cg *cg, size_t mark)
{
	cg->cache.n = mark;
}

/* ---- memory ---- */

static const char slot_key, state_key, task_key, ctx_key, probe_key;

/* The clause's own copy of something in mctx. */
static dt_vreg mctx_word(struct dt_cg *cg, const void *key, enum dt_mctx off)
{
	dt_vreg r = dt_cg_cached(cg, key);

	if (!r) {
		r = dt_ir_ld(&cg->ir, cg->mctx, off, 8);
		dt_cg_cache(cg, key, r);
	}
	return r;
}

/* The clause's own frame, main's, and what the kernel calls main through. */
int64_t dt_cg_stack_flags(struct dt_cg *cg, bool user)
{
	uint8_t above = cg->point->key.mech->stack_above;

	if (user)
		return BPF_F_USER_STACK;
	cg->ir.func->keeps_frame = true;
	return above ? above + 1 : 0;
}

dt_vreg dt_cg_slot(struct dt_cg *cg)
{
	cg->uses_slot = true;
	return mctx_word(cg, &slot_key, DT_MCTX_SLOT);
}

struct dt_mem dt_cg_scratch(struct dt_cg *cg, uint32_t bytes)
{
	struct dt_mem m = { dt_cg_slot(cg), (int32_t)cg->slot_top };

	cg->slot_top += (uint32_t)DT_ALIGN(bytes, 8);
	cg->slot_max = DT_MAX(cg->slot_max, cg->slot_top);
	return m;
}

void dt_cg_keep_scratch(struct dt_cg *cg)
{
	cg->slot_keep = DT_MAX(cg->slot_keep, cg->slot_top);
}

struct dt_mem dt_cg_stack(struct dt_cg *cg, uint32_t bytes)
{
	return (struct dt_mem){
		dt_ir_stack(&cg->ir, dt_ir_object(&cg->ir, bytes, bytes >= 8 ? 8 : 4)), 0
	};
}

dt_vreg dt_cg_state(struct dt_cg *cg)
{
	dt_vreg r = dt_cg_cached(cg, &state_key);

	if (!r) {
		r = dt_ir_mapval(&cg->ir, DT_MAP_STATE, 0);
		dt_cg_cache(cg, &state_key, r);
	}
	return r;
}

uint32_t dt_cg_rodata(struct dt_cg *cg, const void *data, uint32_t size, uint32_t align)
{
	struct dt_strbuf *b = &cg->plan->rodata;
	uint32_t off;

	dt_strbuf_pad(b, '\0', DT_ALIGN(b->len, align) - b->len);
	off = (uint32_t)b->len;
	dt_strbuf_add(b, data, size);
	if (b->nomem)
		dt_fail_nomem(cg->compile);
	return off;
}

dt_vreg dt_cg_rodata_ptr(struct dt_cg *cg, uint32_t off)
{
	return dt_ir_mapval(&cg->ir, DT_MAP_RODATA, off);
}

/* ---- context and probe ---- */

dt_vreg dt_cg_ctx(struct dt_cg *cg)
{
	dt_vreg r;

	if (cg->clause)
		return mctx_word(cg, &ctx_key, DT_MCTX_CTX);
	r = dt_cg_cached(cg, &ctx_key);
	if (!r) {
		r = dt_ir_ctx(&cg->ir);
		dt_cg_cache(cg, &ctx_key, r);
	}
	return r;
}

static uint32_t pow2(uint32_t n)
{
	uint32_t p = 1;

	while (p < n)
		p *= 2;
	return p;
}

dt_vreg dt_cg_probe(struct dt_cg *cg)
{
	dt_vreg r = dt_cg_cached(cg, &probe_key);

	if (r)
		return r;
	if (cg->point->nprobes == 1)
		return dt_ir_const(&cg->ir, 0);
	/* In range by construction; the mask says so to the verifier. Tables are padded to a power
	 * of two. */
	r = dt_ir_bini(&cg->ir, DT_IR_AND, dt_ir_ld(&cg->ir, cg->mctx, DT_MCTX_PROBE, 8),
		       pow2(cg->point->nprobes) - 1);
	dt_cg_cache(cg, &probe_key, r);
	return r;
}

/* One row a probe of the point's table in rodata. */
struct probe_row {
	uint32_t field[6]; /* enum dt_probe_field; texts as numbers of strings */
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
	uint32_t n = pow2(pt->nprobes);
	struct probe_row *rows;

	if (!cg->point_table) {
		rows = dt_arena_new_array(cg->arena, struct probe_row, n);
		for (uint32_t i = 0; i < pt->nprobes; i++)
			fill_row(cg, pt->probes[i], &rows[i]);
		cg->point_table = dt_cg_rodata(cg, rows, n * (uint32_t)sizeof(*rows), 8) + 1;
	}
	return dt_ir_bin(&cg->ir, DT_IR_ADD, dt_cg_rodata_ptr(cg, cg->point_table - 1),
			 dt_ir_bini(&cg->ir, DT_IR_SHL, dt_cg_probe(cg), 5));
}

_Static_assert(sizeof(struct probe_row) == 32, "probe_row() shifts by 5");

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

static uint32_t place_in_clause(const struct dt_clause_plan *cp, const struct dt_probe *probe)
{
	for (uint32_t i = 0; i < cp->clause->nprobes; i++)
		if (cp->clause->probes[i] == probe)
			return i;
	return 0;
}

dt_vreg dt_cg_epid(struct dt_cg *cg, struct dt_clause_plan *cp)
{
	struct dt_point *pt = cg->point;
	uint32_t n = pow2(pt->nprobes), off, *table;
	dt_vreg at;

	if (cg->is_error)
		return dt_ir_const(&cg->ir, cp->layout.epid_first + place_in_clause(cp, cg->probe));
	if (pt->nprobes == 1)
		return dt_ir_const(&cg->ir,
				   cp->layout.epid_first + place_in_clause(cp, pt->probes[0]));
	table = dt_arena_new_array(cg->arena, uint32_t, n);
	for (uint32_t i = 0; i < pt->nprobes; i++)
		table[i] = cp->layout.epid_first + place_in_clause(cp, pt->probes[i]);
	off = dt_cg_rodata(cg, table, n * 4, 4);
	at = dt_ir_bin(&cg->ir, DT_IR_ADD, dt_cg_rodata_ptr(cg, off),
		       dt_ir_bini(&cg->ir, DT_IR_SHL, dt_cg_probe(cg), 2));
	return dt_ir_ld(&cg->ir, at, 0, 4);
}

dt_vreg dt_cg_arg(struct dt_cg *cg, uint32_t n)
{
	if (!cg->provider->ops->emit_arg)
		return dt_ir_const(&cg->ir, 0);
	return cg->provider->ops->emit_arg(cg, n);
}

/* ---- the current task ---- */

dt_vreg dt_cg_task(struct dt_cg *cg)
{
	dt_vreg r = dt_cg_cached(cg, &task_key);

	if (!r) {
		/* bpf_get_current_task_btf (5.11) */
		r = dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_current_task_btf, 0, NULL);
		dt_cg_cache(cg, &task_key, r);
	}
	return r;
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

/* ---- faults and drops ---- */

void dt_cg_fault(struct dt_cg *cg, uint32_t fault, dt_vreg addr)
{
	cg->may_fault = true;
	dt_ir_sti(&cg->ir, cg->mctx, DT_MCTX_FAULT, 8, fault);
	dt_ir_sti(&cg->ir, cg->mctx, DT_MCTX_ACTION, 8, cg->action);
	if (addr)
		dt_ir_st(&cg->ir, cg->mctx, DT_MCTX_ADDR, 8, addr);
	else
		dt_ir_sti(&cg->ir, cg->mctx, DT_MCTX_ADDR, 8, 0);
	dt_ir_jmp(&cg->ir, cg->fail);
}

void dt_cg_fault_if_neg(struct dt_cg *cg, dt_vreg result, uint32_t fault, dt_vreg addr)
{
	dt_label ok = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JGE, result, 0, ok);
	dt_cg_fault(cg, fault, addr);
	dt_ir_place(&cg->ir, ok);
}

void dt_cg_fault_if_zero(struct dt_cg *cg, dt_vreg value, uint32_t fault, dt_vreg addr)
{
	dt_label ok = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JNE, value, 0, ok);
	dt_cg_fault(cg, fault, addr);
	dt_ir_place(&cg->ir, ok);
}

void dt_cg_drop(struct dt_cg *cg, enum dt_drop cause)
{
	dt_label none = dt_ir_label(&cg->ir);
	dt_vreg cpu = dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_smp_processor_id, 0, NULL), at;

	dt_ir_jcci(&cg->ir, DT_IR_JUGE, cpu, cg->plan->layout.ncpus, none);
	at = dt_ir_bin(&cg->ir, DT_IR_ADD,
		       dt_ir_mapval(&cg->ir, DT_MAP_STATE,
				    cg->plan->layout.counters_off + (uint32_t)cause * 8),
		       dt_ir_bini(&cg->ir, DT_IR_MUL, cpu, DT_COUNTER_STRIDE));
	dt_ir_xadd(&cg->ir, at, 0, 8, dt_ir_const(&cg->ir, 1));
	dt_ir_place(&cg->ir, none);
}

/* ---- reading memory ---- */

void dt_cg_read_into(struct dt_cg *cg, struct dt_mem to, uint32_t size, dt_vreg addr, bool user)
{
	/* bpf_probe_read_kernel, bpf_probe_read_user (5.5) */
	dt_vreg err =
		dt_ir_helper(&cg->ir, user ? BPF_FUNC_probe_read_user : BPF_FUNC_probe_read_kernel,
			     DT_ARGS(dt_cg_mem_ptr(cg, to), dt_ir_const(&cg->ir, size), addr));

	dt_cg_fault_if_neg(cg, err, DTRACEFLT_BADADDR, addr);
}

dt_vreg dt_cg_read(struct dt_cg *cg, dt_vreg addr, uint32_t width, bool user)
{
	struct dt_mem m = dt_cg_stack(cg, 8);

	dt_cg_read_into(cg, m, width, addr, user);
	return dt_ir_ld(&cg->ir, m.base, m.off, width);
}
