/* SPDX-License-Identifier: MIT */
/*
 * The caller of a function at whose entry a site (site.h) is.  No frame pointer leads to it before
 * the function has set up its frame: the return address is read from the stack, at the distance
 * from the stack pointer that the function's first instructions tell.
 */
#include <linux/bpf.h>
#include "bpf/bpf.h"
#include "providers/arch.h"
#include "providers/site.h"
#include "types/types.h"

#define WORD 8 /* bytes of an address */

/* What the kernel does about it. */
struct walk {
	bool adds_caller; /* at an entry, for which it remembers the probed instruction */
	bool ibt;         /* ... among which is endbr64 */
};

static struct walk kernel_walk(struct dt_types *types)
{
	const struct dt_type *t = dt_types_lookup(types, NULL, DT_TAG_STRUCT, "uprobe_task");
	struct dt_btf_target f;
	struct dt_member m;

	return (struct walk){
		.adds_caller = t && dt_type_member(types, t, "auprobe", &m),
		.ibt = dt_types_function(types, NULL, "ibt_save", &f) ||
		       dt_types_function(types, NULL, "is_endbr", &f),
	};
}

static int64_t return_distance(const struct walk *walk, const struct dt_object *obj,
			       const struct dt_probe *probe)
{
	uint8_t start[DT_INSN_BYTES] = { 0 }, insn[DT_INSN_BYTES] = { 0 };
	const struct dt_site *site = probe->data;
	uint64_t at = site->offset;

	if (site->exits)
		return 0; /* where a function leaves, the return address is on top */
	if (dt_object_read(obj, at - probe->ndx, start, sizeof(start)) < 0 ||
	    dt_object_read(obj, at, insn, sizeof(insn)) < 0 ||
	    (walk->adds_caller && dt_arch.kernel_sees_entry(insn, walk->ibt)))
		return -1;
	return dt_arch.return_distance(start, insn, probe->ndx);
}

/* The distances of the point's probes.  *ALL: they are the same. */
static int64_t *return_distances(struct dt_cg *cg, struct dt_objects *objects, bool *all)
{
	const struct dt_point *pt = cg->point;
	const struct dt_site *first = pt->probes[0]->data;
	struct walk walk = kernel_walk(cg->plan->env->types);
	int64_t *distances = dt_arena_new_array(cg->arena, int64_t, dt_cg_probe_table_size(pt));
	struct dt_object *obj;

	*all = true;
	if (dt_object_open(objects, first->path, &obj))
		obj = NULL;
	for (uint32_t i = 0; i < pt->nprobes; i++) {
		distances[i] = obj ? return_distance(&walk, obj, pt->probes[i]) : -1;
		*all &= distances[i] == distances[0];
	}
	return distances;
}

/* The firing probe's distance. */
static dt_vreg load_distance(struct dt_cg *cg, const int64_t *distances)
{
	uint32_t n = dt_cg_probe_table_size(cg->point);
	uint32_t off = dt_cg_rodata(cg, distances, n * WORD, WORD);
	dt_vreg row = dt_ir_bini(&cg->ir, DT_IR_MUL, dt_cg_probe(cg), WORD);

	return dt_ir_ld(&cg->ir, dt_ir_bin(&cg->ir, DT_IR_ADD, dt_cg_rodata_ptr(cg, off), row), 0,
			WORD);
}

/* The word MEMBER of the kernel's STRUCTURE, to which BASE points; 0: there is no such member. */
static dt_vreg follow(struct dt_cg *cg, dt_vreg base, const char *structure, const char *member)
{
	struct dt_types *types = cg->plan->env->types;
	const struct dt_type *t = dt_types_lookup(types, NULL, DT_TAG_STRUCT, structure);
	struct dt_member m;

	if (!base || !t || !dt_type_member(types, t, member, &m))
		return 0;
	return dt_ir_ld(&cg->ir, base, (int32_t)(m.offset_bits / 8), WORD);
}

#define PAGE_OFFSET_BITS 0xfff

/*
 * While a function has a return probe, the kernel's trampoline is in the place of its return
 * address:
 *
 *	r = current->utask->return_instances;
 *	if (r->stack == at)
 *		caller = r->orig_ret_vaddr;
 *
 * Where a pointer is NULL, the kernel makes its load give 0.
 */
static void see_through_trampoline(struct dt_cg *cg, dt_vreg caller, dt_vreg at)
{
	dt_label end = dt_ir_label(&cg->ir);
	size_t mark = dt_cg_enter(cg);
	dt_vreg utask, instance, stack, original;

	/* The trampoline is at the beginning of a page, a return address seldom is. */
	dt_ir_jcci(&cg->ir, DT_IR_JSET, caller, PAGE_OFFSET_BITS, end);
	utask = follow(cg, dt_cg_task(cg), "task_struct", "utask");
	instance = follow(cg, utask, "uprobe_task", "return_instances");
	stack = follow(cg, instance, "return_instance", "stack");
	original = follow(cg, instance, "return_instance", "orig_ret_vaddr");
	if (stack && original) {
		dt_ir_jcc(&cg->ir, DT_IR_JNE, stack, at, end);
		dt_ir_set(&cg->ir, caller, original);
	}
	dt_ir_place(&cg->ir, end);
	dt_cg_leave(cg, mark);
}

#define LOWEST_CODE 4096 /* what is below is not a return address: _start finds argc there */

/*
 *	caller = distance >= 0 && read_user(&word, sp + distance) == 0 ? word : 0;
 *	if (caller < LOWEST_CODE)
 *		caller = 0;
 */
dt_vreg dt_site_emit_caller(struct dt_cg *cg, struct dt_objects *objects)
{
	const struct dt_site *site = cg->point->probes[0]->data;
	dt_label none = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);
	dt_vreg ctx = dt_cg_ctx(cg), caller = dt_ir_new(&cg->ir), distance, at;
	struct dt_mem word = dt_cg_stack(cg, WORD);
	int64_t *distances;
	bool all;

	if ((site->is_return && !site->exits) || !dt_arch.return_distance)
		return 0;
	distances = return_distances(cg, objects, &all);
	if (all && distances[0] < 0)
		return 0;
	distance = all ? dt_ir_const(&cg->ir, distances[0]) : load_distance(cg, distances);
	if (!all)
		dt_ir_jcci(&cg->ir, DT_IR_JLT, distance, 0, none);
	at = dt_ir_bin(&cg->ir, DT_IR_ADD, dt_ir_ld(&cg->ir, ctx, dt_arch.sp, WORD), distance);
	dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_user, /* 5.5; zeroes what it cannot read */
		     DT_ARGS(dt_cg_mem_ptr(cg, word), dt_ir_const(&cg->ir, WORD), at));
	dt_ir_set(&cg->ir, caller, dt_ir_ld(&cg->ir, word.base, word.off, WORD));
	see_through_trampoline(cg, caller, at);
	dt_ir_jcci(&cg->ir, DT_IR_JUGE, caller, LOWEST_CODE, end);
	dt_ir_place(&cg->ir, none);
	dt_ir_seti(&cg->ir, caller, 0);
	dt_ir_place(&cg->ir, end);
	return caller;
}
