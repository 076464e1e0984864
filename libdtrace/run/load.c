/* SPDX-License-Identifier: MIT */
/*
 * What a run has in the kernel: maps, rings, loaded programs and their attachments.  All of it is
 * made by dt_run_load() and dt_run_attach() as the plan says, with the activity word closed, so
 * that nothing fires until run.c opens it; dt_run_unload() takes down whatever there is.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/errno.h"
#include "bpf/feature.h"
#include "run/internal.h"

#define SMALL_RING_BYTES (64 * 1024)
#define RING_SPARE       4 /* of bufpolicy=ring: its size is this much larger than what is kept, */
#define LEAST_RING_BYTES (1024 * 1024) /* and at least this */

/* ---- maps and rings ---- */

static bool is_refusal(int err)
{
	return err == -EPERM || err == -EACCES;
}

/* BY: the option that says how large the map is. */
static int map_error(struct dt_run *run, const char *name, int err, enum dt_sized by)
{
	if (err == -ENOMEM || err == -E2BIG)
		run->short_of = by;
	if (is_refusal(err) && dt_run_privileged(run))
		return -EDT_ACCESS;
	return dt_run_fail(run, err, "cannot make the kernel's map \"%s\": %s", name ? name : "",
			   strerror(-err));
}

/* BEGIN, END and ERROR alone need no more than a small ring, or four times what all clauses
 * send.  With bufpolicy=ring there is room for what comes while the consumer makes room. */
static uint64_t ring_size(const struct dt_run *run)
{
	uint64_t bufsize = run->plan->opts.bufsize, size = 0;

	dt_vec_each(&run->plan->clauses, it)
		size += 4 * (uint64_t)((*it)->layout.kfixed + (*it)->layout.ktail_max);
	dt_vec_each(&run->plan->points, it)
	{
		if ((*it)->role == DT_ROLE_NONE)
			return run->bufpolicy == DTRACEOPT_BUFPOLICY_RING
				       ? DT_MAX(RING_SPARE * bufsize, (uint64_t)LEAST_RING_BYTES)
				       : bufsize;
	}
	return DT_MIN(bufsize, DT_MAX(size, (uint64_t)SMALL_RING_BYTES));
}

static int make_ring(struct dt_run *run)
{
	struct dt_ring ring = { .fd = -1 };
	int err = dt_ring_create(run->bpf, ring_size(run), "ring", &ring);

	if (err)
		return map_error(run, "ring", err, DT_SIZED_BUFSIZE);
	return dt_vec_push(&run->rings, ring) ? 0 : dt_run_fail(run, -EDT_NOMEM, NULL);
}

/* END's records find room even where the other rings are full (bufpolicy=fill stops for that). */
static int make_end_ring(struct dt_run *run)
{
	uint64_t size = SMALL_RING_BYTES;
	int err;

	dt_vec_each(&run->plan->clauses, it)
		size = DT_MAX(size, 4 * (uint64_t)((*it)->layout.kfixed + (*it)->layout.ktail_max));
	err = dt_ring_create(run->bpf, size, "end", &run->end_ring);
	return err ? map_error(run, "end", err, DT_SIZED_FIXED) : 0;
}

/* Where there are many CPUs: an array of rings. */
static int make_ring_array(struct dt_run *run, const struct dt_map_plan *mp)
{
	struct dt_bpf_map_spec spec = mp->spec;
	int ncpus = run->plan->layout.ncpus, fd, err = 0;

	for (int cpu = 0; cpu < ncpus && !err; cpu++)
		err = make_ring(run);
	if (err)
		return err;
	spec.inner_fd = run->rings.data[0].fd;
	fd = dt_bpf_map_create(run->bpf, &spec);
	if (fd < 0)
		return map_error(run, spec.name, fd, DT_SIZED_FIXED);
	run->map_fds.data[DT_MAP_RINGS] = fd;
	for (int cpu = 0; cpu < ncpus && !err; cpu++)
		err = dt_bpf_map_update(fd, &cpu, &run->rings.data[cpu].fd, BPF_ANY);
	return err ? map_error(run, spec.name, err, DT_SIZED_FIXED) : 0;
}

static int make_area(struct dt_run *run, const struct dt_map_plan *mp)
{
	int err = dt_bpf_area_create(run->bpf, mp->spec.value_size, mp->spec.name, &run->area);

	if (err)
		return map_error(run, mp->spec.name, err, mp->by);
	run->map_fds.data[DT_MAP_STATE] = run->area.fd;
	return 0;
}

static int make_plain_map(struct dt_run *run, size_t number)
{
	const struct dt_map_plan *mp = &run->plan->maps.data[number];
	int fd = dt_bpf_map_create(run->bpf, &mp->spec), err = 0;
	uint32_t zero = 0;

	if (fd < 0)
		return map_error(run, mp->spec.name, fd, mp->by);
	run->map_fds.data[number] = fd;
	if (mp->init) {
		err = dt_bpf_map_update(fd, &zero, mp->init, BPF_ANY);
		if (!err)
			err = dt_bpf_map_freeze(fd);
	}
	return err ? map_error(run, mp->spec.name, err, mp->by) : 0;
}

static int make_map(struct dt_run *run, size_t number)
{
	const struct dt_map_plan *mp = &run->plan->maps.data[number];
	int err;

	if (number == DT_MAP_STATE)
		return make_area(run, mp);
	if (!mp->used)
		return 0;
	if (number == DT_MAP_RINGS)
		return make_ring_array(run, mp);
	if (number == run->plan->end_ring) {
		err = make_end_ring(run);
		if (!err)
			run->map_fds.data[number] = run->end_ring.fd;
		return err;
	}
	/* The rings of all CPUs are used together, and come in their order. */
	if (mp->spec.type == BPF_MAP_TYPE_RINGBUF) {
		err = make_ring(run);
		if (!err)
			run->map_fds.data[number] = run->rings.data[run->rings.n - 1].fd;
		return err;
	}
	return make_plain_map(run, number);
}

static int make_maps(struct dt_run *run)
{
	struct timespec now;
	int err = 0;

	for (size_t i = 0; i < run->plan->maps.n; i++)
		if (!dt_vec_push(&run->map_fds, -1))
			return dt_run_fail(run, -EDT_NOMEM, NULL);
	for (size_t i = 0; i < run->plan->maps.n && !err; i++)
		err = make_map(run, i);
	if (err)
		return err;
	clock_gettime(CLOCK_REALTIME, &now);
	dt_run_area(run)->wall_offset = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec -
					(int64_t)dt_now_ns();
	return 0;
}

/* ---- programs ---- */

static struct dt_bpf_prog_spec prog_spec(const struct dt_run *run, const struct dt_point *pt)
{
	return (struct dt_bpf_prog_spec){
		.insns = pt->code.insns,
		.ninsns = pt->code.ninsns,
		.relocs = pt->code.relocs,
		.nrelocs = pt->code.nrelocs,
		.map_fds = run->map_fds.data,
		.nmap_fds = run->map_fds.n,
		.subprogs = pt->code.func_start,
		.func_types = pt->code.func_type,
		.nsubprogs = pt->code.nfuncs,
		.name = pt->name,
		.tail_calls = pt->segments.n != 0,
		.whole_log = run->whole_log,
		.log_max = run->log_max,
	};
}

/* Helpers that came after 5.15 or that a kernel may forbid: it refuses a program that calls one,
 * which is no defect of ours. */
static const struct {
	int32_t helper;
	enum dt_bpf_feature feature;
} newer_helpers[] = {
	{ BPF_FUNC_loop, DT_BPF_HAS_BPF_LOOP },
	{ BPF_FUNC_probe_write_user, DT_BPF_HAS_WRITE_USER },
};

static const struct dt_bpf_feature_info *lacking_helper(struct dt_run *run,
							const struct dt_point *pt)
{
	for (size_t i = 0; i < pt->code.ninsns; i++) {
		const struct bpf_insn *insn = &pt->code.insns[i];

		if (insn->code != (BPF_JMP | BPF_CALL) || insn->src_reg)
			continue;
		for (size_t j = 0; j < ARRAY_SIZE(newer_helpers); j++) {
			if (insn->imm == newer_helpers[j].helper &&
			    !dt_bpf_has(run->bpf, newer_helpers[j].feature))
				return dt_bpf_feature_info(newer_helpers[j].feature);
		}
	}
	return NULL;
}

static int refused(struct dt_run *run, const struct dt_point *pt, uint32_t ninsns, int err,
		   const char *log)
{
	struct dt_refusal refusal = { .program = pt->name,
				      .code = &pt->code,
				      .nprefix = ninsns - pt->code.ninsns,
				      .log = log,
				      .err = err,
				      .whole_log = run->whole_log };

	dt_strbuf_clear(&run->why);
	dt_run_diagnose(&refusal, &run->why);
	return -EDT_VERIFIER;
}

/* NINSNS is how many were loaded, WHY the mechanism's sentence or "", LOG the verifier's log or
 * NULL. */
static int program_error(struct dt_run *run, const struct dt_point *pt, uint32_t ninsns, int err,
			 const char *why, const char *log)
{
	const struct dt_bpf_feature_info *lack;

	if (is_refusal(err) && !log && dt_run_privileged(run))
		return -EDT_ACCESS;
	if (*why)
		return dt_run_fail(run, -EDT_KERNEL, "%s: %s", pt->name, why);
	lack = lacking_helper(run, pt);
	if (lack)
		return dt_run_fail(run, -EDT_KERNEL,
				   "%s: this kernel has no %s (Linux %s), needed for %s", pt->name,
				   lack->words, lack->since, lack->used_for);
	if ((log && *log) || err == -E2BIG)
		return refused(run, pt, ninsns, err, log ? log : "");
	return dt_run_fail(run, -EDT_ENABLING_ERR, "cannot load the program of %s: %s", pt->name,
			   strerror(-err));
}

/* The programs of a point's segments are of the kind that SPEC, the point's own, says.  Their map
 * holds them: their descriptors are not needed. */
static int load_segment(struct dt_run *run, const struct dt_bpf_prog_spec *whole,
			const struct dt_point *seg, uint32_t number)
{
	struct dt_bpf_prog_spec spec = prog_spec(run, seg);
	char *log = NULL;
	int fd, err;

	spec.type = whole->type;
	spec.expected_attach_type = whole->expected_attach_type;
	spec.attach_btf_id = whole->attach_btf_id;
	spec.attach_btf_fd = whole->attach_btf_fd;
	spec.flags = whole->flags;
	fd = dt_bpf_prog_load(run->bpf, &spec, &log);
	if (fd < 0) {
		err = program_error(run, seg, (uint32_t)spec.ninsns, fd, "", log);
	} else {
		err = dt_bpf_map_update(run->map_fds.data[seg->segments_map], &number, &fd,
					BPF_ANY);
		if (err)
			err = program_error(run, seg, (uint32_t)spec.ninsns, err, "", NULL);
		dt_bpf_close(run->bpf, fd);
	}
	free(log);
	return err;
}

static int load_segments(struct dt_run *run, const struct dt_bpf_prog_spec *spec,
			 const struct dt_point *pt)
{
	int err = 0;

	for (uint32_t i = 0; i < pt->segments.n && !err; i++)
		err = load_segment(run, spec, pt->segments.data[i], i);
	return err;
}

static int load_point(struct dt_run *run, struct dt_point *pt)
{
	struct dt_bpf_prog_spec spec = prog_spec(run, pt);
	struct dt_run_program prog = { .point = pt };
	struct dt_strbuf why = { 0 };
	char *log = NULL;
	int err;

	err = dt_attach_prepare(run->bpf, pt->target, &spec, &why, &prog.attach);
	if (!err) {
		prog.fd = dt_bpf_prog_load(run->bpf, &spec, &log);
		err = DT_MIN(prog.fd, 0);
	}
	if (err)
		err = program_error(run, pt, (uint32_t)spec.ninsns, err, dt_strbuf_str(&why), log);
	else if (!dt_vec_push(&run->programs, prog))
		err = dt_run_fail(run, -EDT_NOMEM, NULL);
	if (err)
		dt_attach_close(&prog.attach, 1, NULL);
	else
		err = load_segments(run, &spec, pt);
	free(log);
	dt_strbuf_free(&why);
	return err;
}

int dt_run_load(struct dt_run *run, const struct dt_plan *plan)
{
	int err;

	run->plan = plan;
	err = make_maps(run);
	for (size_t i = 0; i < plan->points.n && !err; i++)
		err = load_point(run, plan->points.data[i]);
	return err;
}

/* ---- attaching ---- */

/* A probe with several sites is left out once. */
static int note_left_out(struct dt_run *run, const struct dt_run_program *prog)
{
	const struct dt_attach *att = prog->attach;

	for (size_t i = 0; i < att->nleft_out; i++) {
		struct dt_probe *probe =
			prog->point->probes[att->left_out[i].cookie & DT_COOKIE_PROBE];

		if (run->left_out.n && run->left_out.data[run->left_out.n - 1] == probe)
			continue;
		if (!dt_vec_push(&run->left_out, probe))
			return dt_run_fail(run, -EDT_NOMEM, NULL);
	}
	return 0;
}

static int attach_program(struct dt_run *run, const struct dt_run_program *prog)
{
	struct dt_strbuf why = { 0 };
	int err;

	prog->attach->progress = &run->phase.steps;
	err = dt_attach_open(prog->attach, prog->fd, &why);
	prog->attach->progress = NULL;
	if (!err && dt_run_phase_step(run, prog->point->nprobes))
		err = -ECANCELED;

	if (err == -ECANCELED)
		err = dt_run_fail(run, -EDT_DIRABORT, NULL);
	else if (err)
		err = dt_run_fail(run, -EDT_ENABLING_ERR, "Failed to enable probe %s: %s%s%s",
				  prog->point->name, strerror(-err), why.len ? ": " : "",
				  dt_strbuf_str(&why));
	dt_strbuf_free(&why);
	return err ? err : note_left_out(run, prog);
}

int dt_run_attach(struct dt_run *run)
{
	size_t nprobes = 0;
	int err = 0;

	dt_vec_each(&run->programs, it) nprobes += it->point->nprobes;
	dt_run_phase_begin(run, true, nprobes);
	for (size_t i = 0; i < run->programs.n && !err; i++)
		err = attach_program(run, &run->programs.data[i]);
	dt_run_phase_end(run);
	return err;
}

void dt_run_detach(struct dt_run *run)
{
	DT_VEC(struct dt_attach *) all = { 0 };

	dt_vec_each(&run->programs, it)
	{
		if (!dt_vec_push(&all, it->attach))
			dt_attach_close(&it->attach, 1, NULL);
		it->attach = NULL;
	}
	dt_run_phase_begin(run, false, 0);
	dt_attach_close(all.data, all.n, &run->phase.steps);
	dt_run_phase_end(run);
	dt_vec_free(&all);
}

/* ---- taking down ---- */

/* Rings are closed by themselves. */
static void close_maps(struct dt_run *run)
{
	for (size_t i = 0; i < run->map_fds.n; i++) {
		if (run->map_fds.data[i] >= 0 &&
		    run->plan->maps.data[i].spec.type != BPF_MAP_TYPE_RINGBUF)
			dt_bpf_close(run->bpf, run->map_fds.data[i]);
	}
	dt_vec_free(&run->map_fds);
	if (run->area.mem)
		dt_bpf_unmap(run->bpf, run->area.mem);
	run->area = (struct dt_bpf_area){ .fd = -1 };
}

void dt_run_unload(struct dt_run *run)
{
	if (run->area.mem)
		dt_run_enter(run, DT_RUN_SETUP);
	dt_run_detach(run);
	dt_consume_free(run->consumer);
	run->consumer = NULL;
	dt_vec_each(&run->programs, it) dt_bpf_close(run->bpf, it->fd);
	dt_vec_free(&run->programs);
	dt_vec_free(&run->left_out);
	dt_vec_each(&run->rings, it) dt_ring_close(run->bpf, it);
	dt_vec_free(&run->rings);
	if (run->end_ring.size)
		dt_ring_close(run->bpf, &run->end_ring);
	run->end_ring = (struct dt_ring){ .fd = -1 };
	close_maps(run);
	run->plan = NULL;
}
