/* SPDX-License-Identifier: MIT */
/*
 * The life of a run.  dtrace_go: generate, make maps and rings, load everything, attach everything
 * with the activity word closed, run BEGIN by a test run, open.  Stop: close the word, wait one
 * grace period, run END, detach.  Whatever fails on the way up is taken down again.
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "api/hdl.h"
#include "attach/attach.h"
#include "bpf/feature.h"
#include "consume/consume.h"
#include "types/types.h"

#define SMALL_RING (64 * 1024)

struct dt_state *dt_run_state(dtrace_hdl_t *dtp)
{
	return dtp->state.mem;
}

static void set_activity(dtrace_hdl_t *dtp, enum dt_activity to)
{
	__atomic_store_n(&dt_run_state(dtp)->activity, (uint32_t)to, __ATOMIC_SEQ_CST);
}

/* ---- generating ---- */

static struct dt_plan_opts plan_opts(dtrace_hdl_t *dtp)
{
	dtrace_optval_t *o = dtp->options;

	return (struct dt_plan_opts){
		.strsize = (uint64_t)o[DTRACEOPT_STRSIZE],
		.bufsize = (uint64_t)o[DTRACEOPT_BUFSIZE],
		.aggsize = (uint64_t)o[DTRACEOPT_AGGSIZE],
		.dynvarsize = (uint64_t)o[DTRACEOPT_DYNVARSIZE],
		.stackframes = (uint32_t)o[DTRACEOPT_STACKFRAMES],
		.ustackframes = (uint32_t)o[DTRACEOPT_USTACKFRAMES],
		.jstackframes = (uint32_t)o[DTRACEOPT_JSTACKFRAMES],
		.jstackstrsize = (uint32_t)o[DTRACEOPT_JSTACKSTRSIZE],
		.nspec = (uint32_t)DT_MIN(o[DTRACEOPT_NSPEC], DT_SPEC_MAX),
		.timestamps = dtp->rec_timestamps || DT_OPT_SET(dtp, DTRACEOPT_TEMPORAL),
		.fill = o[DTRACEOPT_BUFPOLICY] == DTRACEOPT_BUFPOLICY_FILL,
		.cpu = (int)o[DTRACEOPT_CPU],
	};
}

int dt_run_generate(dtrace_hdl_t *dtp)
{
	struct dt_plan_opts opts = plan_opts(dtp);
	struct dt_compile compile = { 0 };

	dtp->plan_arena = dt_arena_new();
	if (!dtp->plan_arena)
		return dt_set_errno(dtp, EDT_NOMEM);
	compile.arena = dtp->plan_arena;
	dt_arena_guard(compile.arena, &compile);
	dt_types_guard(dtp->env.types, &compile);
	if (setjmp(compile.env)) {
		dt_types_guard(dtp->env.types, NULL);
		return dt_set_diag(dtp, &compile.diag, NULL, NULL, 0);
	}
	dtp->plan = dt_plan_new(&compile, &dtp->env, &opts);
	dt_plan_generate(dtp->plan, dtp->enabled.data, dtp->enabled.n);
	dt_types_guard(dtp->env.types, NULL);
	dt_arena_guard(compile.arena, NULL);
	dtp->plan->compile = NULL;
	return 0;
}

/* ---- maps and rings ---- */

static int refused_map(dtrace_hdl_t *dtp, const char *name, int err)
{
	char why[256];

	if ((err == -EPERM || err == -EACCES) && dt_bpf_privilege(dtp->bpf, why, sizeof(why)) < 0)
		return dt_set_error(dtp, EDT_ACCESS, "DTrace requires additional privileges: %s",
				    why);
	return dt_set_error(dtp, -err, "cannot make the kernel's map \"%s\": %s", name ? name : "",
			    strerror(-err));
}

/* BEGIN, END and ERROR alone need no more than a small ring. */
static uint64_t ring_size(const dtrace_hdl_t *dtp)
{
	bool others = false;

	dt_vec_each(&dtp->plan->points, it) others |= (*it)->role == DT_ROLE_NONE;
	return others ? dtp->plan->opts.bufsize
		      : DT_MIN(dtp->plan->opts.bufsize, (uint64_t)SMALL_RING);
}

static int make_ring(dtrace_hdl_t *dtp)
{
	struct dt_ring ring = { .fd = -1 };
	int err = dt_ring_create(dtp->bpf, ring_size(dtp), "ring", &ring);

	if (err)
		return refused_map(dtp, "ring", err);
	return dt_vec_push(&dtp->rings, ring) ? 0 : dt_set_errno(dtp, EDT_NOMEM);
}

/* What END records finds room even where the others have filled up (bufpolicy=fill stops for that).
 */
static int make_end_ring(dtrace_hdl_t *dtp)
{
	uint64_t size = SMALL_RING;
	int err;

	dt_vec_each(&dtp->plan->clauses, it)
		size = DT_MAX(size, 4 * (uint64_t)((*it)->layout.kfixed + (*it)->layout.ktail_max));
	err = dt_ring_create(dtp->bpf, size, "end", &dtp->end_ring);
	return err ? refused_map(dtp, "end", err) : 0;
}

/* Where there are many CPUs: an array of rings. */
static int make_ring_array(dtrace_hdl_t *dtp, struct dt_map_plan *mp)
{
	struct dt_bpf_map_spec spec = mp->spec;
	int fd, err;

	for (int cpu = 0; cpu < dtp->plan->layout.ncpus; cpu++)
		if (make_ring(dtp))
			return -1;
	spec.inner_fd = dtp->rings.data[0].fd;
	fd = dt_bpf_map_create(dtp->bpf, &spec);
	if (fd < 0)
		return refused_map(dtp, spec.name, fd);
	dtp->map_fds.data[DT_MAP_RINGS] = fd;
	for (int cpu = 0; cpu < dtp->plan->layout.ncpus; cpu++) {
		err = dt_bpf_map_update(fd, &cpu, &dtp->rings.data[cpu].fd, BPF_ANY);
		if (err)
			return refused_map(dtp, spec.name, err);
	}
	return 0;
}

static int make_map(dtrace_hdl_t *dtp, size_t number)
{
	struct dt_map_plan *mp = &dtp->plan->maps.data[number];
	uint32_t zero = 0;
	int fd, err;

	if (number == DT_MAP_STATE) {
		err = dt_bpf_area_create(dtp->bpf, mp->spec.value_size, mp->spec.name, &dtp->state);
		if (err)
			return refused_map(dtp, mp->spec.name, err);
		dtp->map_fds.data[number] = dtp->state.fd;
		return 0;
	}
	if (!mp->used)
		return 0;
	if (number == DT_MAP_RINGS)
		return make_ring_array(dtp, mp);
	if (number == dtp->plan->end_ring) {
		if (make_end_ring(dtp))
			return -1;
		dtp->map_fds.data[number] = dtp->end_ring.fd;
		return 0;
	}
	if (mp->spec.type ==
	    BPF_MAP_TYPE_RINGBUF) { /* those of all CPUs are used together, in order */
		if (make_ring(dtp))
			return -1;
		dtp->map_fds.data[number] = dtp->rings.data[dtp->rings.n - 1].fd;
		return 0;
	}
	fd = dt_bpf_map_create(dtp->bpf, &mp->spec);
	if (fd < 0)
		return refused_map(dtp, mp->spec.name, fd);
	dtp->map_fds.data[number] = fd;
	if (!mp->init)
		return 0;
	err = dt_bpf_map_update(fd, &zero, mp->init, BPF_ANY);
	if (!err)
		err = dt_bpf_map_freeze(fd);
	return err ? refused_map(dtp, mp->spec.name, err) : 0;
}

static int make_maps(dtrace_hdl_t *dtp)
{
	struct timespec now;

	for (size_t i = 0; i < dtp->plan->maps.n; i++)
		if (!dt_vec_push(&dtp->map_fds, -1))
			return dt_set_errno(dtp, EDT_NOMEM);
	for (size_t i = 0; i < dtp->plan->maps.n; i++)
		if (make_map(dtp, i))
			return -1;
	clock_gettime(CLOCK_REALTIME, &now);
	dt_run_state(dtp)->wall_offset = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec -
					 (int64_t)dt_now_ns();
	return 0;
}

/* ---- loading and attaching ---- */

static struct dt_bpf_prog_spec prog_spec(dtrace_hdl_t *dtp, const struct dt_point *pt)
{
	return (struct dt_bpf_prog_spec){
		.insns = pt->code.insns,
		.ninsns = pt->code.ninsns,
		.relocs = pt->code.relocs,
		.nrelocs = pt->code.nrelocs,
		.map_fds = dtp->map_fds.data,
		.nmap_fds = dtp->map_fds.n,
		.subprogs = pt->code.func_start,
		.nsubprogs = pt->code.nfuncs,
		.name = pt->name,
	};
}

/* Helpers that came after 5.15: a program that calls one is refused by an older kernel, which is no
 * defect of ours. */
static const struct {
	int32_t helper;
	enum dt_bpf_feature feature;
} newer_helpers[] = {
	{ BPF_FUNC_loop, DT_BPF_HAS_BPF_LOOP },
};

static const struct dt_bpf_feature_info *lacking_helper(dtrace_hdl_t *dtp,
							const struct dt_point *pt)
{
	for (size_t i = 0; i < pt->code.ninsns; i++) {
		const struct bpf_insn *insn = &pt->code.insns[i];

		for (size_t j = 0; j < ARRAY_SIZE(newer_helpers); j++) {
			if (insn->code == (BPF_JMP | BPF_CALL) && !insn->src_reg &&
			    insn->imm == newer_helpers[j].helper &&
			    !dt_bpf_has(dtp->bpf, newer_helpers[j].feature))
				return dt_bpf_feature_info(newer_helpers[j].feature);
		}
	}
	return NULL;
}

static int refused_program(dtrace_hdl_t *dtp, const struct dt_point *pt, int err, const char *why,
			   const char *log)
{
	const struct dt_bpf_feature_info *lack;
	char missing[256];

	if ((err == -EPERM || err == -EACCES) && !log &&
	    dt_bpf_privilege(dtp->bpf, missing, sizeof(missing)))
		return dt_set_error(dtp, EDT_ACCESS, "DTrace requires additional privileges: %s",
				    missing);
	if (why && *why)
		return dt_set_error(dtp, EDT_KERNEL, "%s: %s", pt->name, why);
	lack = lacking_helper(dtp, pt);
	if (lack)
		return dt_set_error(dtp, EDT_KERNEL,
				    "%s: this kernel has no %s (Linux %s), needed for %s", pt->name,
				    lack->words, lack->since, lack->used_for);
	if (log && *log)
		return dt_set_error(dtp, EDT_VERIFIER,
				    "the kernel's verifier refused the program of %s (%s): this is "
				    "a defect of libdtrace, "
				    "please report it with this log:\n%s",
				    pt->name, strerror(-err), log);
	return dt_set_error(dtp, EDT_ENABLING_ERR, "cannot load the program of %s: %s", pt->name,
			    strerror(-err));
}

static int load_point(dtrace_hdl_t *dtp, struct dt_point *pt)
{
	struct dt_bpf_prog_spec spec = prog_spec(dtp, pt);
	struct dt_strbuf why = { 0 };
	struct dt_live live = { .point = pt };
	char *log = NULL;
	int err;

	err = dt_attach_prepare(dtp->bpf, pt->target, &spec, &why, &live.attach);
	if (!err) {
		live.prog_fd = dt_bpf_prog_load(dtp->bpf, &spec, &log);
		err = live.prog_fd < 0 ? live.prog_fd : 0;
	}
	if (err)
		refused_program(dtp, pt, err, dt_strbuf_str(&why), log);
	else if (!dt_vec_push(&dtp->live, live))
		err = dt_set_errno(dtp, EDT_NOMEM);
	if (err)
		dt_attach_close(live.attach);
	free(log);
	dt_strbuf_free(&why);
	return err ? -1 : 0;
}

static int attach_point(dtrace_hdl_t *dtp, struct dt_live *live)
{
	struct dt_strbuf why = { 0 };
	int err = dt_attach_open(live->attach, live->prog_fd, &why);

	if (err)
		dt_set_error(dtp, EDT_ENABLING_ERR, "Failed to enable probe %s: %s%s%s",
			     live->point->name, strerror(-err), why.len ? ": " : "",
			     dt_strbuf_str(&why));
	dt_strbuf_free(&why);
	return err ? -1 : 0;
}

static int load_and_attach(dtrace_hdl_t *dtp)
{
	dt_vec_each(&dtp->plan->points, it) if (load_point(dtp, *it)) return -1;
	dt_vec_each(&dtp->live, it) if (attach_point(dtp, it)) return -1;
	return 0;
}

/* ---- BEGIN and END ---- */

/* Runs the program of a role in this task; which CPU it was on tells where its records are. */
static int run_role(dtrace_hdl_t *dtp, enum dt_role role, int *cpu)
{
	uint64_t args[8] = { 0 };

	dt_vec_each(&dtp->live, it)
	{
		cpu_set_t before, one;
		int err;

		if (it->point->role != role)
			continue;
		/* Stay on one CPU for the moment, so that the answer is right. */
		sched_getaffinity(0, sizeof(before), &before);
		*cpu = sched_getcpu();
		CPU_ZERO(&one);
		CPU_SET(*cpu, &one);
		sched_setaffinity(0, sizeof(one), &one);
		err = dt_bpf_test_run(it->prog_fd, args, sizeof(args), NULL);
		sched_setaffinity(0, sizeof(before), &before);
		if (err)
			return dt_set_error(dtp, EDT_ENABLING_ERR,
					    "cannot run the program of %s: %s", it->point->name,
					    strerror(-err));
	}
	return 0;
}

/* ---- go ---- */

static int make_consumer(dtrace_hdl_t *dtp)
{
	struct dt_consume_init init = {
		.hdl = dtp,
		.layout = &dtp->plan->layout,
		.bpf = dtp->bpf,
		.types = dtp->env.types,
		.ksyms = dtp->env.ksyms,
		.usyms = dtp->env.usyms,
		.target = dtp->target,
		.state = dt_run_state(dtp),
		.rings = dtp->rings.data,
		.nrings = (int)dtp->rings.n,
		.end_ring = &dtp->end_ring,
		.map_fds = dtp->map_fds.data,
		.options = dtp->options,
		.flags = { dtp->copts.droptags, dtp->copts.aggpercpu, dtp->copts.utf8,
			   dtp->copts.ascii },
		.setopt = dt_option_setopt,
	};

	dtp->consume = dt_consume_new(&init);
	if (!dtp->consume)
		return dt_set_errno(dtp, EDT_NOMEM);
	dt_handlers_pass(dtp);
	return 0;
}

static int check_before_go(dtrace_hdl_t *dtp)
{
	char why[256];

	if (dtp->phase != DT_PHASE_SETUP)
		return dt_set_errno(dtp, EINVAL);
	if (dtp->destructive && !DT_OPT_SET(dtp, DTRACEOPT_DESTRUCTIVE))
		return dt_set_errno(dtp, EDT_DESTRUCTIVE);
	if (dt_bpf_privilege(dtp->bpf, why, sizeof(why)))
		return dt_set_error(dtp, EDT_ACCESS, "DTrace requires additional privileges: %s",
				    why);
	return 0;
}

int dtrace_go(dtrace_hdl_t *dtp)
{
	dtrace_optval_t unset[DTRACEOPT_MAX];
	uint32_t warm = DT_ACT_WARMUP;

	if (check_before_go(dtp))
		return -1;
	memcpy(unset, dtp->options, sizeof(unset));
	dt_options_settle(dtp);
	if (dt_run_generate(dtp) || make_maps(dtp) || load_and_attach(dtp) || make_consumer(dtp)) {
		int err = dtp->err;

		dt_run_free(dtp);
		memcpy(dtp->options, unset, sizeof(unset));
		dtp->err = err;
		return -1;
	}
	dtp->phase = DT_PHASE_RUNNING;
	set_activity(dtp, DT_ACT_WARMUP);
	if (run_role(dtp, DT_ROLE_BEGIN, &dtp->begin_cpu))
		return -1;
	dt_consume_set_cpus(dtp->consume, dtp->begin_cpu, -1);
	/* Unless BEGIN has called exit(). */
	__atomic_compare_exchange_n(&dt_run_state(dtp)->activity, &warm, DT_ACT_ACTIVE, false,
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	return 0;
}

/* ---- stop ---- */

static void detach_all(dtrace_hdl_t *dtp)
{
	dt_vec_each(&dtp->live, it)
	{
		dt_attach_close(it->attach);
		it->attach = NULL;
	}
}

int dt_run_stop(dtrace_hdl_t *dtp)
{
	int err = 0;

	if (dtp->phase == DT_PHASE_SETUP)
		return dt_set_errno(dtp, EINVAL);
	if (dtp->phase == DT_PHASE_STOPPED)
		return 0;
	dtp->phase = DT_PHASE_STOPPED;
	set_activity(dtp, DT_ACT_DRAINING);
	/* Programs that are still running end before END sees what they did. BEGIN and END alone
	 * run in this task. */
	if (dtp->live.n > (dtp->plan->begin != NULL) + (size_t)(dtp->plan->end != NULL))
		dt_bpf_grace_period();
	set_activity(dtp, DT_ACT_COOLDOWN);
	err = run_role(dtp, DT_ROLE_END, &dtp->end_cpu);
	set_activity(dtp, DT_ACT_CLOSED);
	dt_consume_set_cpus(dtp->consume, dtp->begin_cpu, dtp->end_cpu);
	detach_all(dtp);
	return err;
}

void dt_run_free(dtrace_hdl_t *dtp)
{
	if (dtp->state.mem)
		set_activity(dtp, DT_ACT_CLOSED);
	detach_all(dtp);
	dt_consume_free(dtp->consume);
	dtp->consume = NULL;
	dt_vec_each(&dtp->live, it) dt_bpf_close(dtp->bpf, it->prog_fd);
	dt_vec_free(&dtp->live);
	dt_vec_each(&dtp->rings, it) dt_ring_close(dtp->bpf, it);
	dt_vec_free(&dtp->rings);
	if (dtp->end_ring.size)
		dt_ring_close(dtp->bpf, &dtp->end_ring);
	dtp->end_ring = (struct dt_ring){ .fd = -1 };
	for (size_t i = 0; i < dtp->map_fds.n; i++)
		if (dtp->map_fds.data[i] >= 0 &&
		    dtp->plan->maps.data[i].spec.type != BPF_MAP_TYPE_RINGBUF)
			dt_bpf_close(dtp->bpf, dtp->map_fds.data[i]);
	dt_vec_free(&dtp->map_fds);
	if (dtp->state.mem)
		dt_bpf_unmap(dtp->bpf, dtp->state.mem);
	dtp->state = (struct dt_bpf_area){ .fd = -1 };
	dt_plan_free(dtp->plan);
	dtp->plan = NULL;
	dt_arena_free(dtp->plan_arena);
	dtp->plan_arena = NULL;
}
