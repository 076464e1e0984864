/* SPDX-License-Identifier: MIT */
/*
 * Generating a plan: runs the stages in their order and keeps the maps that every plan has.  api/
 * calls it once per run, in dtrace_go(), or for the dump of -S before one.
 */
#include <linux/bpf.h>
#include "base/fail.h"
#include "base/util.h"
#include "bpf/insn.h"
#include "check/tree.h"
#include "contract/record.h"
#include "ir/compile.h"
#include "lower/generate.h"
#include "lower/intern.h"
#include "lower/layout.h"
#include "lower/plan.h"
#include "lower/point.h"
#include "lower/points.h"
#include "lower/share.h"
#include "lower/segments.h"

/* All that a program may refer to: besides these and rings, keyed aggregations (three maps each),
 * keyless ones, arrays, and the table of a point that is cut. */
#define MAX_MAPS 64 /* of one program: the kernel's MAX_USED_MAPS */
_Static_assert(DT_MAP_FIXED_COUNT + 1 + DT_DIRECT_RINGS + 5 * DT_MAPS_PER_KIND + 1 <= MAX_MAPS,
	       "no script may need more maps than the kernel allows a program");

static void fixed_maps(struct dt_plan *plan)
{
	struct dt_bpf_map_spec specs[DT_MAP_FIXED_COUNT] = {
		[DT_MAP_STATE] = { .type = BPF_MAP_TYPE_ARRAY,
				   .key_size = 4,
				   .max_entries = 1,
				   .flags = BPF_F_MMAPABLE,
				   .name = "state" },
		[DT_MAP_RINGS] = { .type = BPF_MAP_TYPE_ARRAY_OF_MAPS,
				   .key_size = 4,
				   .value_size = 4,
				   .max_entries = (uint32_t)plan->layout.ncpus,
				   .name = "rings" },
		[DT_MAP_SCRATCH] = { .type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .name = "scratch" },
		[DT_MAP_LEVEL] = { .type = BPF_MAP_TYPE_PERCPU_ARRAY,
				   .key_size = 4,
				   .value_size = 8,
				   .max_entries = 1,
				   .name = "level" },
		[DT_MAP_TLS] = { .type = BPF_MAP_TYPE_TASK_STORAGE,
				 .key_size = 4,
				 .flags = BPF_F_NO_PREALLOC,
				 .btf = DT_BPF_MAP_BTF_BYTES,
				 .name = "self" },
		[DT_MAP_RODATA] = { .type = BPF_MAP_TYPE_ARRAY,
				    .key_size = 4,
				    .max_entries = 1,
				    .flags = BPF_F_RDONLY_PROG,
				    .name = "rodata" },
		[DT_MAP_STRINGS] = { .type = BPF_MAP_TYPE_ARRAY,
				     .key_size = 4,
				     .max_entries = 1,
				     .flags = BPF_F_RDONLY_PROG,
				     .name = "strings" },
	};
	static const struct dt_bpf_map_spec ring = { .type = BPF_MAP_TYPE_RINGBUF, .name = "ring" };

	for (size_t i = 0; i < DT_MAP_FIXED_COUNT; i++)
		dt_plan_map(plan, &specs[i], DT_SIZED_FIXED);
	plan->end_ring = dt_plan_map(plan, &ring, DT_SIZED_FIXED);
	if (plan->layout.ncpus > DT_DIRECT_RINGS)
		return;
	plan->first_ring = plan->end_ring + 1;
	for (int cpu = 0; cpu < plan->layout.ncpus; cpu++)
		dt_plan_map(plan, &ring, DT_SIZED_BUFSIZE);
}

/* The two ways of claiming slots do not see each other's, so each has slots of its own. */
static void count_slots(struct dt_plan *plan)
{
	bool has_kind[2] = { false, false };

	dt_vec_each(&plan->points, it) has_kind[(*it)->key.mech->preemptible] = true;
	plan->slots_per_cpu = has_kind[0] && has_kind[1] ? 2 * DT_NSLOTS : DT_NSLOTS;
}

/* What the points of a provider share begins at OFF.  Returns where it ends. */
static uint32_t place_notes(struct dt_plan *plan, uint32_t off)
{
	dt_vec_each(&plan->points, it)
	{
		const struct dt_provider *prov = (*it)->provider;
		struct dt_point **first = plan->points.data;

		while ((*first)->provider != prov)
			first++;
		(*it)->notes_off = first == it ? off : (*first)->notes_off;
		if (first == it)
			off += (uint32_t)DT_ALIGN(prov->ops->notes_bytes, 64);
	}
	return off;
}

/* Globals follow the fixed words, then come the counters of drops, the words of speculations, those
 * of interned stacks, and the notes of providers. */
static void layout_state(struct dt_plan *plan)
{
	struct dt_run_layout *layout = &plan->layout;

	layout->counters_off = (uint32_t)DT_ALIGN(DT_STATE_GLOBALS + plan->globals_size, 128);
	layout->spec_off = layout->counters_off + (uint32_t)layout->ncpus * DT_COUNTER_STRIDE;
	layout->chill_off = layout->spec_off + DT_SPEC_MAX * 8;
	layout->state_size = dt_intern_place(plan, layout->chill_off + (uint32_t)layout->ncpus *
									       DT_CHILL_STRIDE);
	layout->state_size = place_notes(plan, (uint32_t)DT_ALIGN(layout->state_size, 64));
}

static void note_maps(struct dt_plan *plan, const struct dt_point *pt)
{
	for (uint32_t i = 0; i < pt->code.nrelocs; i++)
		plan->maps.data[pt->code.relocs[i].map].used = true;
	dt_vec_each(&pt->segments, seg) note_maps(plan, *seg);
}

/* Which maps the code refers to; their sizes and contents. */
static void finish_maps(struct dt_plan *plan)
{
	struct dt_map_plan *maps = plan->maps.data;

	dt_vec_each(&plan->points, it) note_maps(plan, *it);
	maps[DT_MAP_STATE].used = true;
	maps[DT_MAP_STATE].spec.value_size = plan->layout.state_size;
	maps[DT_MAP_SCRATCH].spec.value_size = (uint32_t)DT_ALIGN(plan->slot_size, 8);
	maps[DT_MAP_SCRATCH].spec.max_entries = (uint32_t)plan->layout.ncpus * plan->slots_per_cpu;
	maps[DT_MAP_RODATA].spec.value_size = (uint32_t)DT_ALIGN(plan->rodata.len, 8);
	maps[DT_MAP_STRINGS].spec.value_size = (uint32_t)DT_ALIGN(plan->layout.strings.len, 8);
	/* Contents are copied as whole values. */
	dt_strbuf_pad(&plan->rodata, '\0', 8);
	dt_strbuf_pad(&plan->layout.strings, '\0', 8);
	if (plan->rodata.nomem || plan->layout.strings.nomem)
		dt_fail_nomem(plan->compile);
	maps[DT_MAP_RODATA].init = plan->rodata.s;
	maps[DT_MAP_STRINGS].init = plan->layout.strings.s;
}

void dt_plan_generate(struct dt_plan *plan, struct dt_tprog *const *progs, size_t nprogs)
{
	dt_plan_string(plan, ""); /* number 0 */
	fixed_maps(plan);
	dt_plan_points(plan, progs, nprogs);
	count_slots(plan);
	dt_plan_segments(plan);
	dt_layout_variables(plan);
	dt_layout_aggs(plan);
	dt_layout_records(plan);
	layout_state(plan);
	dt_vec_each(&plan->points, it) dt_cg_point(plan, *it);
	finish_maps(plan);
}

static void print_point(const struct dt_point *pt, uint32_t listings, struct dt_strbuf *out)
{
	struct dt_strbuf text = { 0 };

	dt_strbuf_printf(out, "\n%s: %u probes, %zu clauses\n", pt->name, pt->nprobes,
			 pt->clauses.n);
	if (listings & DT_LISTING_IR)
		dt_ir_print(pt->unit, out);
	if (listings & DT_LISTING_BPF)
		dt_bpf_disasm(&text, pt->code.insns, pt->code.ninsns);
	dt_strbuf_puts(out, dt_strbuf_str(&text));
	dt_strbuf_free(&text);
	dt_vec_each(&pt->segments, seg) print_point(*seg, listings, out);
}

void dt_plan_print(const struct dt_plan *plan, uint32_t listings, struct dt_strbuf *out)
{
	dt_vec_each(&plan->points, it) print_point(*it, listings, out);
}
