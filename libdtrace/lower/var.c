/* SPDX-License-Identifier: MIT */
/*
 * Variables: loads and assignments, wherever layout_var.c has put them.  Global ones live in the
 * mapped state area, thread-local ones in the thread's task storage, clause-local ones in a
 * register or the scratch slot, elements of associative arrays in a hash.  What was never assigned
 * is zero, or the empty string.
 */
#include <linux/bpf.h>
#include <sys/dtrace.h>
#include "base/fail.h"
#include "base/util.h"
#include "check/tree.h"
#include "contract/record.h"
#include "ir/build.h"
#include "lower/context.h"
#include "lower/expr.h"
#include "lower/fault.h"
#include "lower/firing.h"
#include "lower/keys.h"
#include "lower/layout.h"
#include "lower/memory.h"
#include "lower/part.h"
#include "lower/pids.h"
#include "lower/piece.h"
#include "lower/plan.h"
#include "lower/str.h"
#include "lower/var.h"
#include "types/types.h"

/* ---- thread-locals: one look-up per clause ---- */

static const char tls_key, tls_made_key;

static dt_vreg storage_get(struct dt_cg *cg, bool create)
{
	/* bpf_task_storage_get (tracing programs: 5.13) */
	return dt_ir_helper(&cg->ir, BPF_FUNC_task_storage_get,
			    DT_ARGS(dt_ir_map(&cg->ir, DT_MAP_TLS), dt_cg_task(cg),
				    dt_ir_const(&cg->ir, 0),
				    dt_ir_const(&cg->ir,
						create ? BPF_LOCAL_STORAGE_GET_F_CREATE : 0)));
}

static dt_vreg get_function(struct dt_cg *cg, const void *arg)
{
	(void)arg;
	return storage_get(cg, false);
}

static dt_vreg create_function(struct dt_cg *cg, const void *arg)
{
	(void)arg;
	return storage_get(cg, true);
}

static dt_vreg storage(struct dt_cg *cg, bool create)
{
	if (!cg->cut)
		return storage_get(cg, create);
	return create ? dt_piece_call(cg, &tls_made_key, create_function, NULL, 0)
		      : dt_piece_call(cg, &tls_key, get_function, NULL, 0);
}

/* The thread's storage, possibly NULL; with CREATE it is NULL only when the kernel has no memory.
 */
static dt_vreg tls_ptr(struct dt_cg *cg, bool create)
{
	dt_vreg p = dt_cg_cached(cg, &tls_made_key), made;
	dt_label have;

	if (p)
		return p;
	p = dt_cg_cached(cg, &tls_key);
	if (!p) {
		p = storage(cg, create);
		dt_cg_cache(cg, create ? &tls_made_key : &tls_key, p);
		return p;
	}
	if (!create)
		return p;
	made = dt_ir_new(&cg->ir);
	have = dt_ir_label(&cg->ir);
	dt_ir_set(&cg->ir, made, p);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, made, 0, have);
	dt_ir_set(&cg->ir, made, storage(cg, true));
	dt_ir_place(&cg->ir, have);
	dt_cg_cache(cg, &tls_made_key, made);
	return made;
}

/* ---- elements ---- */

static struct dt_mem element_key(struct dt_cg *cg, const struct dt_expr *e,
				 const struct dt_var_rep *rep)
{
	struct dt_mem key = dt_cg_keys(cg, rep->keys, e->kids, rep->nkeys, rep->store->key_size,
				       rep->per_thread ? 8 : 0, rep->tag ? 8 : 0);

	if (rep->per_thread)
		dt_ir_st(&cg->ir, key.base, key.off, 8, dt_cg_pid_tgid(cg));
	if (rep->tag)
		dt_ir_sti(&cg->ir, key.base, key.off + (int32_t)rep->store->key_size - 8, 8,
			  rep->tag);
	return key;
}

static dt_vreg look_up(struct dt_cg *cg, const struct dt_array_store *store, dt_vreg key)
{
	return dt_ir_helper(&cg->ir, BPF_FUNC_map_lookup_elem,
			    DT_ARGS(dt_ir_map(&cg->ir, store->map), key));
}

static dt_vreg look_up_function(struct dt_cg *cg, const void *store)
{
	return look_up(cg, store, dt_ir_ctx(&cg->ir));
}

static dt_vreg element_ptr(struct dt_cg *cg, const struct dt_array_store *store, struct dt_mem key)
{
	dt_vreg ptr = dt_cg_mem_ptr(cg, key);

	return cg->cut ? dt_piece_call(cg, store, look_up_function, store, ptr)
		       : look_up(cg, store, ptr);
}

/* ---- where a variable's bytes are ---- */

struct place {
	bool may_be_null; /* mem.base: test it */
	bool is_reg;
	dt_vreg reg;
	struct dt_mem mem;
	struct dt_mem key; /* of an element */
};

dt_vreg dt_cg_var_reg(struct dt_cg *cg, struct dt_var_rep *rep)
{
	if (rep->reg_owner != cg->ir.func) {
		rep->reg_owner = cg->ir.func;
		rep->reg = dt_ir_new(&cg->ir);
		dt_ir_seti(&cg->ir, rep->reg, 0);
	}
	return rep->reg;
}

static struct place var_place(struct dt_cg *cg, const struct dt_expr *e, bool create)
{
	struct dt_var_rep *rep = e->var->rep;
	struct place p = { 0 };

	switch (rep->where) {
	case DT_IN_GLOBALS: p.mem.base = dt_ir_mapval(&cg->ir, DT_MAP_STATE, rep->off); break;
	case DT_IN_TLS:
		p.may_be_null = true;
		p.mem = (struct dt_mem){ tls_ptr(cg, create), (int32_t)rep->off };
		break;
	case DT_IN_SLOT: p.mem = (struct dt_mem){ dt_cg_slot(cg), (int32_t)rep->off }; break;
	case DT_IN_REG:
		p.is_reg = true;
		p.reg = dt_cg_var_reg(cg, rep);
		break;
	case DT_IN_HASH:
		p.may_be_null = true;
		p.key = element_key(cg, e, rep);
		p.mem.base = element_ptr(cg, rep->store, p.key);
		break;
	}
	return p;
}

static void element_insert(struct dt_cg *cg, const struct dt_var_rep *rep, struct dt_mem key,
			   struct dt_mem value)
{
	dt_label ok = dt_ir_label(&cg->ir);
	dt_vreg err = dt_ir_helper(&cg->ir, BPF_FUNC_map_update_elem,
				   DT_ARGS(dt_ir_map(&cg->ir, rep->store->map),
					   dt_cg_mem_ptr(cg, key), dt_cg_mem_ptr(cg, value),
					   dt_ir_const(&cg->ir, BPF_ANY)));

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, err, 0, ok);
	dt_cg_drop(cg, DT_DROP_DYNAMIC);
	dt_ir_place(&cg->ir, ok);
}

/* Inserts an element that is missing, all zero. */
static dt_vreg element_made(struct dt_cg *cg, const struct dt_var_rep *rep, const struct place *p)
{
	struct dt_mem zero = dt_cg_scratch(cg, rep->store->value_size);
	dt_vreg made = dt_ir_new(&cg->ir);
	dt_label have = dt_ir_label(&cg->ir);

	dt_ir_set(&cg->ir, made, p->mem.base);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, made, 0, have);
	dt_cg_zero(cg, zero, (uint32_t)DT_ALIGN(rep->size, 8));
	element_insert(cg, rep, p->key, zero);
	dt_ir_set(&cg->ir, made, element_ptr(cg, rep->store, p->key));
	dt_ir_place(&cg->ir, have);
	return made;
}

struct dt_mem dt_cg_var_storage(struct dt_cg *cg, const struct dt_expr *e)
{
	const struct dt_var_rep *rep = e->var->rep;
	struct place p = var_place(cg, e, true);
	dt_label ok;

	if (rep->where == DT_IN_HASH)
		p.mem.base = element_made(cg, rep, &p);
	if (p.may_be_null) {
		ok = dt_ir_label(&cg->ir);
		dt_ir_jcci(&cg->ir, DT_IR_JNE, p.mem.base, 0, ok);
		if (rep->where != DT_IN_HASH)
			dt_cg_drop(cg, DT_DROP_DYNAMIC);
		dt_cg_fault(cg, DTRACEFLT_BADADDR, 0);
		dt_ir_place(&cg->ir, ok);
	}
	return p.mem;
}

/* ---- loading ---- */

static dt_vreg load_mem(struct dt_cg *cg, const struct dt_expr *e, const struct dt_var_rep *rep,
			struct dt_mem m)
{
	unsigned width = dt_cg_width(rep->size);
	dt_vreg r = dt_ir_ld(&cg->ir, m.base, m.off, width);

	return dt_type_is_signed(e->type) ? dt_ir_ext(&cg->ir, r, width, true) : r;
}

static struct dt_val load_number(struct dt_cg *cg, const struct dt_expr *e,
				 const struct dt_var_rep *rep, const struct place *p)
{
	dt_vreg r;
	dt_label end;

	if (p->is_reg) { /* a copy: the register may be assigned before the value is used */
		r = dt_ir_new(&cg->ir);
		dt_ir_set(&cg->ir, r, p->reg);
		return dt_val_num(r);
	}
	if (!p->may_be_null)
		return dt_val_num(load_mem(cg, e, rep, p->mem));
	r = dt_ir_new(&cg->ir);
	end = dt_ir_label(&cg->ir);
	dt_ir_seti(&cg->ir, r, 0);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, p->mem.base, 0, end);
	dt_ir_set(&cg->ir, r, load_mem(cg, e, rep, p->mem));
	dt_ir_place(&cg->ir, end);
	return dt_val_num(r);
}

static struct dt_val load_string(struct dt_cg *cg, const struct dt_var_rep *rep,
				 const struct place *p)
{
	struct dt_str s = { .kind = DT_STR_MEM,
			    .mem = p->mem,
			    .cap = rep->size,
			    .volatile_ = true },
		      place;
	dt_label null, end;

	s.cap = DT_MIN(s.cap, (uint32_t)cg->plan->opts.strsize);
	if (!p->may_be_null)
		return dt_val_str(s);
	/* Copied, so that the string is in one place whether the variable exists or not. */
	place = dt_cg_str_place(cg, s.cap);
	null = dt_ir_label(&cg->ir);
	end = dt_ir_label(&cg->ir);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, p->mem.base, 0, null);
	dt_cg_str_copy(cg, s, &place);
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, null);
	dt_ir_sti(&cg->ir, place.mem.base, place.mem.off, 1, 0);
	dt_ir_place(&cg->ir, end);
	place.size = 0;
	place.padded = false;
	return dt_val_str(place);
}

struct dt_val dt_cg_var_load(struct dt_cg *cg, const struct dt_expr *e)
{
	const struct dt_var_rep *rep = e->var->rep;
	struct place p = var_place(cg, e, false);
	dt_label ok;

	if (dt_type_is_string(e->type))
		return load_string(cg, rep, &p);
	if (dt_type_is_scalar(e->type))
		return load_number(cg, e, rep, &p);
	/* A structure: its address.  One that was never assigned cannot be read. */
	if (p.may_be_null) {
		ok = dt_ir_label(&cg->ir);
		dt_ir_jcci(&cg->ir, DT_IR_JNE, p.mem.base, 0, ok);
		dt_cg_fault(cg, DTRACEFLT_BADADDR, dt_ir_const(&cg->ir, 0));
		dt_ir_place(&cg->ir, ok);
	}
	return (struct dt_val){ .kind = DT_VAL_OBJ,
				.reg = dt_ir_un(&cg->ir, DT_IR_NUM, dt_cg_mem_ptr(cg, p.mem)) };
}

/* ---- storing ---- */

static void store_mem(struct dt_cg *cg, const struct dt_var_rep *rep, struct dt_mem m, dt_vreg v)
{
	dt_ir_st(&cg->ir, m.base, m.off, dt_cg_width(rep->size), v);
}

/* A value that has to be in memory for bpf_map_update_elem.  Where the map's is longer, since it is
 * shared, what follows does not matter. */
static struct dt_mem number_in_memory(struct dt_cg *cg, const struct dt_var_rep *rep, dt_vreg v)
{
	struct dt_mem m = rep->store->value_size > 8 ? dt_cg_scratch(cg, rep->store->value_size)
						     : dt_cg_stack(cg, 8);

	dt_ir_st(&cg->ir, m.base, m.off, 8, v);
	return m;
}

static void element_delete(struct dt_cg *cg, const struct dt_var_rep *rep, struct dt_mem key)
{
	dt_ir_helper(&cg->ir, BPF_FUNC_map_delete_elem,
		     DT_ARGS(dt_ir_map(&cg->ir, rep->store->map), dt_cg_mem_ptr(cg, key)));
}

/* Assigning zero to an element deletes it. */
static void store_element(struct dt_cg *cg, const struct dt_var_rep *rep, const struct place *p,
			  dt_vreg v)
{
	dt_label zero = dt_ir_label(&cg->ir), insert = dt_ir_label(&cg->ir),
		 end = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, v, 0, zero);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, p->mem.base, 0, insert);
	store_mem(cg, rep, p->mem, v);
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, insert);
	element_insert(cg, rep, p->key, number_in_memory(cg, rep, v));
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, zero);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, p->mem.base, 0, end);
	element_delete(cg, rep, p->key);
	dt_ir_place(&cg->ir, end);
}

static void store_number(struct dt_cg *cg, const struct dt_var_rep *rep, const struct place *p,
			 dt_vreg v)
{
	dt_label missing, end;

	if (p->is_reg) {
		dt_ir_set(&cg->ir, p->reg, v);
	} else if (rep->where == DT_IN_HASH) {
		store_element(cg, rep, p, v);
	} else if (p->may_be_null) {
		missing = dt_ir_label(&cg->ir);
		end = dt_ir_label(&cg->ir);
		dt_ir_jcci(&cg->ir, DT_IR_JEQ, p->mem.base, 0, missing);
		store_mem(cg, rep, p->mem, v);
		dt_ir_jmp(&cg->ir, end);
		dt_ir_place(&cg->ir, missing);
		dt_cg_drop(cg, DT_DROP_DYNAMIC);
		dt_ir_place(&cg->ir, end);
	} else {
		store_mem(cg, rep, p->mem, v);
	}
}

/* A store through a variable's pointer that may be NULL: then it is skipped, and a drop is counted.
 */
struct guard {
	dt_label missing, end;
	bool used;
};

static struct guard guard_begin(struct dt_cg *cg, const struct place *p)
{
	struct guard g = { .used = p->may_be_null };

	if (g.used) {
		g.missing = dt_ir_label(&cg->ir);
		g.end = dt_ir_label(&cg->ir);
		dt_ir_jcci(&cg->ir, DT_IR_JEQ, p->mem.base, 0, g.missing);
	}
	return g;
}

static void guard_end(struct dt_cg *cg, const struct guard *g)
{
	if (!g->used)
		return;
	dt_ir_jmp(&cg->ir, g->end);
	dt_ir_place(&cg->ir, g->missing);
	dt_cg_drop(cg, DT_DROP_DYNAMIC);
	dt_ir_place(&cg->ir, g->end);
}

/* 0 or "", which the checker makes of a 0 that is assigned to a string.  An element that is not
 * there reads as either. */
static bool is_null_const(const struct dt_expr *e)
{
	while (e->op == DT_E_CAST)
		e = e->kids[0];
	return e->op == DT_E_STR ? !e->str[0] : e->op == DT_E_INT && e->ival == 0;
}

static struct dt_val assign_string(struct dt_cg *cg, const struct dt_expr *lhs,
				   const struct dt_expr *rhs)
{
	const struct dt_var_rep *rep = lhs->var->rep;
	struct dt_str value = { 0 },
		      dest = { .kind = DT_STR_MEM, .cap = (uint32_t)cg->plan->opts.strsize };
	bool null = is_null_const(rhs);
	struct place p;
	struct guard g;

	if (null)
		value = dt_cg_str_const(cg, "");
	else if (rep->where == DT_IN_HASH) { /* the whole value goes through memory, padded */
		dest.mem = dt_cg_scratch(cg, rep->store->value_size);
		dt_cg_zero(cg, dest.mem, rep->size);
		value = dt_cg_str_into(cg, rhs, &dest);
	} else {
		value = dt_cg_str(cg, rhs);
	}
	p = var_place(cg, lhs, true);
	if (rep->where == DT_IN_HASH) {
		if (null)
			element_delete(cg, rep, p.key);
		else
			element_insert(cg, rep, p.key, value.mem);
		return dt_val_str(value);
	}
	dest.mem = p.mem;
	g = guard_begin(cg, &p);
	dt_cg_str_copy(cg, value, &dest);
	guard_end(cg, &g);
	return dt_val_str(value);
}

static struct dt_val assign_object(struct dt_cg *cg, const struct dt_expr *lhs,
				   const struct dt_expr *rhs)
{
	const struct dt_var_rep *rep = lhs->var->rep;
	struct dt_val from = dt_cg_expr(cg, rhs);
	struct place p = var_place(cg, lhs, true);
	struct dt_mem m = p.mem;
	struct guard g = { 0 };

	if (rep->where == DT_IN_HASH) {
		m = dt_cg_scratch(cg, rep->store->value_size);
		dt_cg_read_object(cg, m, rep->size, from);
		element_insert(cg, rep, p.key, m);
	} else {
		g = guard_begin(cg, &p);
		dt_cg_read_object(cg, m, rep->size, from);
		guard_end(cg, &g);
	}
	return from;
}

/* Whether a part of a variable or other memory is assigned to, not a whole variable. */
static bool assigns_part(const struct dt_expr *e)
{
	return e->kids[0]->op != DT_E_VAR && e->kids[0]->op != DT_E_ELEM;
}

struct dt_val dt_cg_assign(struct dt_cg *cg, const struct dt_expr *e)
{
	const struct dt_expr *lhs = e->kids[0], *rhs = e->kids[1];
	struct place p;
	dt_vreg v;

	if (assigns_part(e))
		return dt_cg_part_assign(cg, e);
	if (dt_type_is_string(lhs->type))
		return assign_string(cg, lhs, rhs);
	if (!dt_type_is_scalar(lhs->type))
		return assign_object(cg, lhs, rhs);
	v = dt_cg_num(cg, rhs);
	p = var_place(cg, lhs, true);
	store_number(cg, lhs->var->rep, &p, v);
	return dt_val_num(v);
}

struct dt_val dt_cg_opassign(struct dt_cg *cg, const struct dt_expr *e)
{
	const struct dt_expr *lhs = e->kids[0];
	struct place p;
	dt_vreg old, rhs, v;

	if (assigns_part(e))
		return dt_cg_part_opassign(cg, e);
	rhs = dt_cg_num(cg, e->kids[1]);
	p = var_place(cg, lhs, true);
	old = load_number(cg, lhs, lhs->var->rep, &p).reg;
	v = dt_cg_arith(cg, e->aop, e->optype, old, rhs);
	v = dt_cg_cut(cg, v, lhs->type);
	store_number(cg, lhs->var->rep, &p, v);
	return dt_val_num(v);
}

struct dt_val dt_cg_incdec(struct dt_cg *cg, const struct dt_expr *e)
{
	const struct dt_expr *lhs = e->kids[0];
	const struct dt_var_rep *rep;
	struct place p;
	dt_vreg old, v;

	if (assigns_part(e))
		return dt_cg_part_incdec(cg, e);
	rep = lhs->var->rep;
	p = var_place(cg, lhs, true);
	old = load_number(cg, lhs, rep, &p).reg;
	v = dt_ir_bini(&cg->ir, DT_IR_ADD, old, e->delta);
	v = dt_ir_ext(&cg->ir, v, dt_cg_width(rep->size), dt_type_is_signed(lhs->type));
	store_number(cg, rep, &p, v);
	return dt_val_num(e->is_post ? old : v);
}
