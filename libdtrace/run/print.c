/* SPDX-License-Identifier: MIT */
/*
 * What a run has in the kernel, as text for -x debug: its maps, buffers and programs.  api/dump.c
 * calls this.
 */
#include "run/internal.h"

static void print_map(const struct dt_map_plan *mp, struct dt_strbuf *out)
{
	const struct dt_bpf_map_spec *spec = &mp->spec;

	dt_strbuf_printf(out, "map %s: type %u, key %u bytes, value %u bytes, %u entries\n",
			 spec->name ? spec->name : "", (unsigned int)spec->type, spec->key_size,
			 spec->value_size, spec->max_entries);
}

static void print_program(const struct dt_run_program *prog, struct dt_strbuf *out)
{
	const struct dt_point *pt = prog->point;

	dt_strbuf_printf(out, "program %s: %u instructions, %u probes, attached by %s\n", pt->name,
			 (unsigned int)pt->code.ninsns, pt->nprobes,
			 prog->attach ? prog->attach->mech->name : "nothing");
}

void dt_run_print(const struct dt_run *run, struct dt_strbuf *out)
{
	for (size_t i = 0; i < run->map_fds.n; i++)
		if (run->map_fds.data[i] >= 0 &&
		    run->plan->maps.data[i].spec.type != BPF_MAP_TYPE_RINGBUF)
			print_map(&run->plan->maps.data[i], out);
	dt_vec_each(&run->rings, it) dt_strbuf_printf(out, "buffer of CPU %td: %u bytes\n",
						      it - run->rings.data, it->size);
	if (run->end_ring.size)
		dt_strbuf_printf(out, "buffer of END: %u bytes\n", run->end_ring.size);
	dt_vec_each(&run->programs, it) print_program(it, out);
}
