/* SPDX-License-Identifier: MIT */
/*
 * Strings: places, copies and comparisons of struct dt_str.  Nothing is copied before its bytes are
 * needed: two constants are compared as numbers, a short padded string and a constant word by word.
 */
#include <linux/bpf.h>
#include <string.h>
#include <sys/dtrace.h>
#include "base/util.h"
#include "ir/build.h"
#include "lower/context.h"
#include "lower/fault.h"
#include "lower/memory.h"
#include "lower/plan.h"
#include "lower/str.h"
#include "runtime/runtime.h"

static bool same_place(const struct dt_str *a, const struct dt_str *b)
{
	return a->kind == DT_STR_MEM && a->mem.base == b->mem.base && a->mem.off == b->mem.off;
}

uint32_t dt_cg_text_cap(const struct dt_cg *cg)
{
	return (uint32_t)DT_MAX(DT_ALIGN(cg->plan->opts.strsize, 8), (uint64_t)16);
}

struct dt_str dt_cg_str_const(struct dt_cg *cg, const char *text)
{
	return (struct dt_str){ .kind = DT_STR_ID,
				.id = dt_plan_string(cg->plan, text),
				.cap = (uint32_t)strlen(text) + 1 };
}

struct dt_str dt_cg_str_place(struct dt_cg *cg, uint32_t cap)
{
	if (cg->dest && cg->dest->cap >= cap)
		return *cg->dest;
	return (struct dt_str){ .kind = DT_STR_MEM,
				.mem = dt_cg_scratch(cg, (uint32_t)DT_ALIGN(cap, 8)),
				.cap = cap };
}

/* Address of a constant's bytes in the strings map. */
static dt_vreg id_ptr(struct dt_cg *cg, const struct dt_str *s)
{
	dt_vreg base, off;

	if (!s->is_reg)
		return dt_ir_mapval(&cg->ir, DT_MAP_STRINGS, s->id);
	/* The number comes from the plan's own tables; the mask is for the verifier, which bounds
	 * pointer arithmetic. */
	base = dt_ir_mapval(&cg->ir, DT_MAP_STRINGS, 0);
	off = dt_ir_bini(&cg->ir, DT_IR_AND, s->reg, 0xffffff);
	return dt_ir_bin(&cg->ir, DT_IR_ADD, base, off);
}

static dt_vreg source_ptr(struct dt_cg *cg, const struct dt_str *s)
{
	switch (s->kind) {
	case DT_STR_ID: return id_ptr(cg, s);
	case DT_STR_MEM: return dt_cg_mem_ptr(cg, s->mem);
	default: return s->reg;
	}
}

struct dt_str dt_cg_str_copy(struct dt_cg *cg, struct dt_str s, const struct dt_str *dest)
{
	struct dt_str out = *dest;
	uint32_t cap = DT_MIN(dest->cap, s.kind == DT_STR_ID ? dest->cap
					 : s.cap             ? s.cap
							     : dest->cap);
	dt_vreg size;

	if (same_place(&s, dest)) {
		out.size = s.size;
		out.padded = s.padded;
		return out;
	}
	out.padded = false;
	if (s.kind == DT_STR_MEM && s.padded && s.cap <= 32 && s.cap % 8 == 0 &&
	    s.cap <= dest->cap) {
		for (uint32_t i = 0; i < s.cap; i += 8)
			dt_ir_st(&cg->ir, dest->mem.base, dest->mem.off + (int32_t)i, 8,
				 dt_ir_ld(&cg->ir, s.mem.base, s.mem.off + (int32_t)i, 8));
		out.size = s.size;
		out.padded = s.cap == dest->cap;
		return out;
	}
	/* bpf_probe_read_kernel_str (5.5): bytes with the NUL, or -EFAULT */
	size = dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_kernel_str,
			    DT_ARGS(dt_cg_mem_ptr(cg, dest->mem), dt_ir_const(&cg->ir, cap),
				    source_ptr(cg, &s)));
	if (s.kind == DT_STR_ADDR)
		dt_cg_fault_if_neg(cg, size, DTRACEFLT_BADADDR, s.reg);
	out.size = size;
	return out;
}

struct dt_str dt_cg_str_mem(struct dt_cg *cg, struct dt_str s)
{
	struct dt_str place;

	if (s.kind == DT_STR_MEM)
		return s;
	place = (struct dt_str){ .kind = DT_STR_MEM, .cap = (uint32_t)cg->plan->opts.strsize };
	if (s.kind == DT_STR_ID && !s.is_reg && s.cap)
		place.cap = DT_MIN(place.cap, (uint32_t)DT_ALIGN(s.cap, 8));
	place.mem = dt_cg_scratch(cg, (uint32_t)DT_ALIGN(place.cap, 8));
	return dt_cg_str_copy(cg, s, &place);
}

uint32_t dt_cg_str_slot(struct dt_cg *cg, struct dt_str s, uint32_t *cap)
{
	struct dt_str place;

	if (s.kind != DT_STR_MEM || s.mem.base != dt_cg_slot(cg)) {
		uint32_t bytes = (uint32_t)cg->plan->opts.strsize;

		if (s.kind == DT_STR_MEM && s.cap)
			bytes = DT_MIN(bytes, s.cap);
		place = (struct dt_str){ .kind = DT_STR_MEM, .cap = bytes };
		place.mem = dt_cg_scratch(cg, (uint32_t)DT_ALIGN(bytes, 8));
		s = dt_cg_str_copy(cg, s, &place);
	}
	*cap = s.cap;
	return (uint32_t)s.mem.off;
}

/* ---- comparison ---- */

/* A short padded string against a constant, word by word, without a call.  Non-zero when they
 * differ. */
static dt_vreg compare_words(struct dt_cg *cg, const struct dt_str *mem, const char *text)
{
	char padded[32] = { 0 };
	dt_vreg diff = 0;

	memcpy(padded, text, strlen(text));
	for (uint32_t i = 0; i < mem->cap; i += 8) {
		uint64_t word;
		dt_vreg d;

		memcpy(&word, padded + i, 8);
		d = dt_ir_ld(&cg->ir, mem->mem.base, mem->mem.off + (int32_t)i, 8);
		d = dt_ir_bin(&cg->ir, DT_IR_XOR, d, dt_ir_const(&cg->ir, (int64_t)word));
		diff = diff ? dt_ir_bin(&cg->ir, DT_IR_OR, diff, d) : d;
	}
	return diff;
}

static bool words_fit(const struct dt_str *mem, const struct dt_str *id)
{
	return mem->kind == DT_STR_MEM && mem->padded && mem->cap <= 32 && mem->cap % 8 == 0 &&
	       id->kind == DT_STR_ID && !id->is_reg;
}

static dt_vreg id_reg(struct dt_cg *cg, const struct dt_str *s)
{
	return s->is_reg ? s->reg : dt_ir_const(&cg->ir, s->id);
}

/* The shorter string ends within its own bytes: no need to look further.  Powers of two, since the
 * function is linked once for each number. */
static uint32_t compared_bytes(uint32_t cap_a, uint32_t cap_b)
{
	uint32_t bytes = 16;

	while (bytes < DT_MIN(cap_a, cap_b))
		bytes *= 2;
	return bytes;
}

dt_vreg dt_cg_str_compare(struct dt_cg *cg, struct dt_str a, struct dt_str b, bool only_eq)
{
	uint32_t off_a, off_b, cap_a, cap_b, cap;

	if (only_eq && a.kind == DT_STR_ID && b.kind == DT_STR_ID)
		return dt_ir_bin(&cg->ir, DT_IR_SUB, id_reg(cg, &a), id_reg(cg, &b));
	if (only_eq && words_fit(&b, &a)) {
		struct dt_str t = a;

		a = b;
		b = t;
	}
	if (only_eq && words_fit(&a, &b)) {
		const char *text = cg->plan->layout.strings.s + b.id;

		if (strlen(text) >= a.cap)
			return dt_ir_const(&cg->ir, 1);
		return compare_words(cg, &a, text);
	}
	off_a = dt_cg_str_slot(cg, a, &cap_a);
	off_b = dt_cg_str_slot(cg, b, &cap_b);
	cap = compared_bytes(cap_a, cap_b);
	cg->slot_max = DT_MAX(cg->slot_max, DT_MAX(off_a, off_b) + cap);
	return dt_ir_runtime(&cg->ir, DT_RT_STRCMP,
			     DT_ARGS(dt_ir_bini(&cg->ir, DT_IR_ADD, dt_cg_slot(cg), off_a),
				     dt_ir_bini(&cg->ir, DT_IR_ADD, dt_cg_slot(cg), off_b),
				     dt_ir_const(&cg->ir, cap)));
}
