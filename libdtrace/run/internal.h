/* SPDX-License-Identifier: MIT */
/* What the files of run/ share: the context of a run.  Only they and test/unit/run.c include it. */
#ifndef DT_RUN_INTERNAL_H
#define DT_RUN_INTERNAL_H

#include "attach/attach.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "bpf/bpf.h"
#include "lower/plan.h"
#include "run/clock.h"
#include "run/run.h"

/* The loaded program of one attach point. */
struct dt_run_program {
	struct dt_point *point;
	int fd;
	struct dt_attach *attach; /* NULL once detached */
};

/* A time of attaching or detaching (progress.c). */
struct dt_run_phase {
	struct dt_progress steps; /* for those who do them */
	bool enabling, shown;     /* shown: the client has been called */
	size_t before, total;     /* steps: of what is finished, of all; total 0: not known yet */
	uint64_t next_ns;         /* when to call the client */
};

struct dt_run {
	struct dt_bpf *bpf;      /* lent */
	struct dt_strbuf why;    /* about the last failure */
	enum dt_run_state state; /* as far as we moved it; see dt_run_state() */
	int bufpolicy;           /* DTRACEOPT_BUFPOLICY_* */
	bool whole_log;          /* of a refused program */
	uint32_t log_max;        /* bytes of a log; 0: no limit of ours */
	struct dt_clock status_clock, switch_clock, agg_clock;

	enum dt_sized short_of; /* the memory that dt_run_go() did not get */

	/* Made by load.c in dt_run_go(). */
	const struct dt_plan *plan;   /* lent; NULL: nothing is loaded */
	struct dt_bpf_area area;      /* struct dt_state and globals, mapped */
	DT_VEC(int) map_fds;          /* by the plan's map numbers; -1: not made */
	DT_VEC(struct dt_ring) rings; /* by CPU id */
	struct dt_ring end_ring;      /* END's own; size 0: none */
	DT_VEC(struct dt_run_program) programs;
	DT_VEC(struct dt_probe *) left_out; /* enabled, but the kernel cannot attach them */

	dt_run_progress_f *on_progress; /* NULL: the client does not ask */
	void *progress_arg;
	struct dt_run_phase phase;

	int begin_cpu, end_cpu; /* where BEGIN and END ran; -1: not yet */
	struct dt_consume *consumer;

	int wake_fd;  /* eventfd of dt_run_wake() */
	int epoll_fd; /* wake_fd, rings (edge-triggered), descriptors of dt_run_watch() */
};

static inline struct dt_state *dt_run_area(const struct dt_run *run)
{
	return run->area.mem;
}

/* Leaves a message (FMT may be NULL: none) and returns ERR, which is negative. */
int dt_run_fail(struct dt_run *run, int err, const char *fmt, ...) DT_PRINTF(3, 4);

/* run.c: moves the run to a state, and the programs' activity word with it. */
void dt_run_enter(struct dt_run *run, enum dt_run_state to);
/* WARMUP to ACTIVE, unless BEGIN has called exit(). */
void dt_run_activate(struct dt_run *run);

/* load.c */
int dt_run_load(struct dt_run *run, const struct dt_plan *plan); /* maps, rings, programs */
int dt_run_attach(struct dt_run *run);
void dt_run_detach(struct dt_run *run);
void dt_run_unload(struct dt_run *run); /* takes down whatever has been made */

/* diagnose.c */
struct dt_refusal {
	const char *program; /* its name */
	const struct dt_code *code;
	uint32_t nprefix; /* instructions that its mechanism put in front of the code */
	const char *log;  /* the end of the verifier's log, or all of it */
	int err;
	bool whole_log; /* show all that there is */
};
/* Writes a message to OUT: the limit or defect, the clause and its line, the log. */
void dt_run_diagnose(const struct dt_refusal *refusal, struct dt_strbuf *out);

/* progress.c: a phase of TOTAL steps (0: as the first report says), of which N more are finished.
 * Not 0: the client wants it to end. */
void dt_run_phase_begin(struct dt_run *run, bool enabling, size_t total);
int dt_run_phase_step(struct dt_run *run, size_t n);
void dt_run_phase_end(struct dt_run *run);

/* sleep.c */
int dt_run_sleep_init(struct dt_run *run);
void dt_run_sleep_fini(struct dt_run *run);
int dt_run_watch_rings(struct dt_run *run);

/* work.c */
int dt_run_report_drops(struct dt_run *run);
uint64_t dt_run_next_work(const struct dt_run *run); /* when the next clock is due */

#endif
