/* SPDX-License-Identifier: MIT */
/*
 * Interned stacks (intern.h).  The usual case costs one call of the kernel, which walks the stack,
 * compares it with the one in the map, and returns the number:
 *
 *	inside[cpu]++;
 *	number = bpf_get_stackid(ctx, stacks[generation], flags);
 *	if (number >= 0 && settled[number]) {
 *		inside[cpu]--;
 *		return number;
 *	}
 *	inside[cpu]--;
 *	if (number >= 0 && nobody is inside &&
 *	    bpf_get_stackid(ctx, stacks[generation], flags) == number) {
 *		settled[number] = 1;
 *		return number;
 *	}
 *	the frames are read and looked up in rest[generation], inserted when they are new
 *
 * Without BPF_F_FAST_STACK_CMP the kernel compares whole stacks.  A settled number never changes
 * its stack: who saw its bucket empty had left before, and others do not replace what they find.
 */
#include <linux/bpf.h>
#include <stddef.h>
#include "base/util.h"
#include "bpf/feature.h"
#include "contract/mechanism.h"
#include "contract/provider.h"
#include "contract/record.h"
#include "ir/build.h"
#include "lower/aggregate.h"
#include "lower/fault.h"
#include "lower/firing.h"
#include "lower/intern.h"
#include "lower/layout_key.h"
#include "lower/memory.h"
#include "lower/plan.h"

#define MAX_FRAMES  127 /* of a stack map: the default of kernel.perf_event_max_stack */
#define MIN_ENTRIES 16
#define MAX_ENTRIES 16384 /* of a stack map, which has all its memory at once */
/* Of a hash, which takes 16 bytes per entry at once. */
#define MAX_REST_ENTRIES ((uint64_t)1 << 19)
#define ENTRY_OVERHEAD   64
#define MAX_CPUS         256 /* whose counters a program reads; with more, the hash has all */
#define NUMBER_SIZE      4

/* ---- layout ---- */

static struct dt_intern_layout *find(const struct dt_plan *plan, uint32_t bytes)
{
	dt_vec_each(&plan->layout.interns, it)
	{
		if ((*it)->bytes == bytes)
			return *it;
	}
	return NULL;
}

const struct dt_intern_layout *dt_intern_find(const struct dt_plan *plan, uint32_t bytes)
{
	return find(plan, bytes);
}

/* The map has a power of two.  The hash alone has room for what aggsize says, from each CPU. */
static void set_entries(const struct dt_plan *plan, struct dt_intern_layout *table)
{
	uint64_t wanted = plan->opts.aggsize / (table->bytes + ENTRY_OVERHEAD),
		 all = wanted * (uint64_t)dt_bpf_nonline(plan->env->bpf);

	table->entries = MIN_ENTRIES;
	while (table->entries < wanted && table->entries < MAX_ENTRIES)
		table->entries *= 2;
	table->rest_entries = (uint32_t)DT_MIN(DT_MAX(all, (uint64_t)MIN_ENTRIES),
					       MAX_REST_ENTRIES);
}

static void add_table(struct dt_plan *plan, uint32_t bytes)
{
	struct dt_intern_layout *table = dt_arena_new_obj(plan->arena, struct dt_intern_layout);
	struct dt_bpf_map_spec spec = { .key_size = 4, .value_size = bytes };

	table->bytes = bytes;
	set_entries(plan, table);
	spec.max_entries = table->entries;
	for (int generation = 0; generation < 2; generation++) {
		spec.type = BPF_MAP_TYPE_STACK_TRACE;
		spec.name = "stacks";
		table->stacks[generation] = dt_plan_map(plan, &spec, DT_SIZED_AGGSIZE);
	}
	spec = (struct dt_bpf_map_spec){ .type = BPF_MAP_TYPE_HASH,
					 .key_size = bytes,
					 .value_size = NUMBER_SIZE,
					 .max_entries = table->rest_entries,
					 .flags = dt_layout_map_flags(plan),
					 .name = "stacks_rest" };
	for (int generation = 0; generation < 2; generation++)
		table->rest[generation] = dt_plan_map(plan, &spec, DT_SIZED_AGGSIZE);
	dt_vec_push_arena(plan->arena, &plan->layout.interns, table);
}

void dt_intern_key(struct dt_plan *plan, struct dt_key_layout *k)
{
	uint32_t tgid = k->enc == DT_ENC_USTACK ? 8 : 0, bytes = k->ksize - tgid;

	if ((k->enc != DT_ENC_STACK && k->enc != DT_ENC_USTACK) || bytes > MAX_FRAMES * 8 ||
	    !dt_bpf_has(plan->env->bpf, DT_BPF_HAS_STACK_MAP))
		return;
	if (!find(plan, bytes))
		add_table(plan, bytes);
	dt_vec_each(&plan->layout.interns, it)
	{
		k->intern++;
		if ((*it)->bytes == bytes)
			break;
	}
	k->ksize = NUMBER_SIZE + tgid / 2;
}

uint32_t dt_intern_place(struct dt_plan *plan, uint32_t top)
{
	struct dt_run_layout *layout = &plan->layout;

	if (!layout->interns.n)
		return top;
	layout->inside_off = (uint32_t)DT_ALIGN(top, DT_INSIDE_STRIDE);
	top = layout->inside_off + (uint32_t)layout->ncpus * DT_INSIDE_STRIDE;
	dt_vec_each(&layout->interns, it)
	{
		for (int generation = 0; generation < 2; generation++) {
			(*it)->off[generation] = (uint32_t)DT_ALIGN(top, 8);
			top = (*it)->off[generation] + (uint32_t)sizeof(struct dt_intern_half) +
			      (*it)->entries;
		}
	}
	return top;
}

/* ---- code ---- */

/* What the code of one stack shares. */
struct intern {
	const struct dt_intern_layout *table;
	bool user;
	dt_vreg number; /* the result */
	dt_label done;
};

/* Something of the half that the generation says. */
static dt_vreg map_of(struct dt_cg *cg, const uint32_t numbers[2])
{
	dt_vreg map = dt_ir_new(&cg->ir);
	dt_label second = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_cg_generation(cg), 0, second);
	dt_ir_set(&cg->ir, map, dt_ir_map(&cg->ir, numbers[0]));
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, second);
	dt_ir_set(&cg->ir, map, dt_ir_map(&cg->ir, numbers[1]));
	dt_ir_place(&cg->ir, end);
	return map;
}

/* Address of the half's words in the state area. */
static dt_vreg half(struct dt_cg *cg, const struct dt_intern_layout *table)
{
	dt_vreg second = dt_ir_bini(&cg->ir, DT_IR_AND, dt_cg_generation(cg), 1);

	return dt_ir_bin(&cg->ir, DT_IR_ADD, dt_ir_mapval(&cg->ir, DT_MAP_STATE, table->off[0]),
			 dt_ir_bini(&cg->ir, DT_IR_MUL, second, table->off[1] - table->off[0]));
}

static dt_vreg stackid(struct dt_cg *cg, const struct intern *in)
{
	/* bpf_get_stackid (4.6) */
	return dt_ir_helper(&cg->ir, BPF_FUNC_get_stackid,
			    DT_ARGS(dt_cg_ctx(cg), map_of(cg, in->table->stacks),
				    dt_cg_stack_flags(cg, in->user)));
}

/* Address of a number's byte, which is bounded for the verifier. */
static dt_vreg settled_byte(struct dt_cg *cg, const struct intern *in, dt_vreg number)
{
	return dt_ir_bin(&cg->ir, DT_IR_ADD, half(cg, in->table),
			 dt_ir_bini(&cg->ir, DT_IR_AND, number, in->table->entries - 1));
}

/* The number is new: settle it, or go on at REST. */
static void settle(struct dt_cg *cg, const struct intern *in, dt_label rest)
{
	int32_t settled = (int32_t)offsetof(struct dt_intern_half, settled);
	dt_vreg inside = dt_ir_mapval(&cg->ir, DT_MAP_STATE, cg->plan->layout.inside_off), busy;

	busy = dt_ir_ld(&cg->ir, inside, 0, 8);
	for (int cpu = 1; cpu < cg->plan->layout.ncpus; cpu++)
		busy = dt_ir_bin(&cg->ir, DT_IR_OR, busy,
				 dt_ir_ld(&cg->ir, inside, cpu * DT_INSIDE_STRIDE, 8));
	dt_ir_jcci(&cg->ir, DT_IR_JNE, busy, 0, rest);
	dt_ir_jcc(&cg->ir, DT_IR_JNE, stackid(cg, in), in->number, rest);
	dt_ir_sti(&cg->ir, settled_byte(cg, in, in->number), settled, 1, 1);
	dt_ir_xadd(&cg->ir, half(cg, in->table), offsetof(struct dt_intern_half, nsettled), 8,
		   dt_ir_const(&cg->ir, 1));
	dt_ir_jmp(&cg->ir, in->done);
}

/* The number in the kernel's map, if it is settled or can be; else on at REST. */
static void by_map(struct dt_cg *cg, const struct intern *in, dt_label rest)
{
	int32_t settled = (int32_t)offsetof(struct dt_intern_half, settled);
	dt_label leave = dt_ir_label(&cg->ir), fresh = dt_ir_label(&cg->ir);
	dt_vreg cpu = dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_smp_processor_id, 0, NULL), inside;
	dt_vreg is_settled, before;

	dt_ir_jcci(&cg->ir, DT_IR_JUGE, cpu, cg->plan->layout.ncpus, rest);
	inside = dt_ir_bin(&cg->ir, DT_IR_ADD,
			   dt_ir_mapval(&cg->ir, DT_MAP_STATE, cg->plan->layout.inside_off),
			   dt_ir_bini(&cg->ir, DT_IR_MUL, cpu, DT_INSIDE_STRIDE));
	/* A fetching add orders what follows; a plain one need not.  So its result is used. */
	before = dt_ir_fadd(&cg->ir, inside, 0, 8, dt_ir_const(&cg->ir, 1));
	dt_ir_set(&cg->ir, in->number, stackid(cg, in));
	dt_ir_jcci(&cg->ir, DT_IR_JLT, in->number, 0, leave);
	dt_ir_jcci(&cg->ir, DT_IR_JLT, before, 0, leave);
	is_settled = dt_ir_ld(&cg->ir, settled_byte(cg, in, in->number), settled, 1);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, is_settled, 0, fresh);
	dt_ir_xadd(&cg->ir, inside, 0, 8, dt_ir_const(&cg->ir, -1));
	dt_ir_jmp(&cg->ir, in->done);
	dt_ir_place(&cg->ir, fresh);
	dt_ir_xadd(&cg->ir, inside, 0, 8, dt_ir_const(&cg->ir, -1));
	settle(cg, in, rest);
	dt_ir_place(&cg->ir, leave);
	dt_ir_xadd(&cg->ir, inside, 0, 8, dt_ir_const(&cg->ir, -1));
}

static dt_vreg look_up(struct dt_cg *cg, dt_vreg map, struct dt_mem frames)
{
	return dt_ir_helper(&cg->ir, BPF_FUNC_map_lookup_elem,
			    DT_ARGS(map, dt_cg_mem_ptr(cg, frames)));
}

/* The number in the hash, from the frames. */
static void by_hash(struct dt_cg *cg, const struct intern *in)
{
	const struct dt_intern_layout *table = in->table;
	struct dt_mem frames = dt_cg_scratch(cg, table->bytes), value = dt_cg_stack(cg, 8);
	dt_vreg map, at = dt_ir_new(&cg->ir), next;
	dt_label found = dt_ir_label(&cg->ir);

	dt_cg_zero(cg, frames, table->bytes);
	dt_cg_read_stack(cg, frames, table->bytes / 8, in->user);
	map = map_of(cg, table->rest);
	dt_ir_set(&cg->ir, at, look_up(cg, map, frames));
	dt_ir_jcci(&cg->ir, DT_IR_JNE, at, 0, found);
	/* Some are lost where programs insert the same stack; so there are more than entries. */
	next = dt_ir_ld(&cg->ir, half(cg, table), offsetof(struct dt_intern_half, nrest), 8);
	dt_ir_jcci(&cg->ir, DT_IR_JUGE, next, 2 * (int64_t)table->rest_entries, cg->no_room);
	next = dt_ir_fadd(&cg->ir, half(cg, table), offsetof(struct dt_intern_half, nrest), 8,
			  dt_ir_const(&cg->ir, 1));
	dt_ir_st(&cg->ir, value.base, value.off, 4,
		 dt_ir_bini(&cg->ir, DT_IR_ADD, next, table->entries));
	dt_ir_helper(&cg->ir, BPF_FUNC_map_update_elem,
		     DT_ARGS(map, dt_cg_mem_ptr(cg, frames), dt_cg_mem_ptr(cg, value),
			     dt_ir_const(&cg->ir, BPF_NOEXIST)));
	dt_ir_set(&cg->ir, at, look_up(cg, map, frames));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, at, 0, cg->no_room);
	dt_ir_place(&cg->ir, found);
	dt_ir_set(&cg->ir, in->number, dt_ir_ld(&cg->ir, at, 0, NUMBER_SIZE));
}

/* Does bpf_get_stackid() see the whole stack?  Where the caller's frame is put in, it does not. */
static bool kernel_knows(const struct dt_cg *cg, bool user)
{
	return cg->point->key.mech->has_stack && dt_cg_is_current(cg) &&
	       cg->plan->layout.ncpus <= MAX_CPUS &&
	       !(user && cg->point->provider->ops->emit_caller);
}

dt_vreg dt_cg_intern_stack(struct dt_cg *cg, const struct dt_intern_layout *table, bool user)
{
	struct intern in = { table, user, dt_ir_new(&cg->ir), dt_ir_label(&cg->ir) };
	dt_label rest = dt_ir_label(&cg->ir);
	size_t mark;

	dt_cg_generation(cg); /* read before the branches: the key goes to the same one */
	mark = dt_cg_enter(cg);
	if (kernel_knows(cg, user))
		by_map(cg, &in, rest);
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, rest);
	by_hash(cg, &in);
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, in.done);
	return in.number;
}
