/* SPDX-License-Identifier: MIT */
/*
 * A run: from the plan of a script to its last record.  A `struct dt_run` belongs to a handle and
 * is made with it; api/ calls these functions behind dtrace_go(), dtrace_work() and their kin.  The
 * room knows neither the handle nor the table of options: what it needs of them comes in a `struct
 * dt_run_settings` and a `struct dt_consume_init`.
 *
 * Its states, and who moves it from one to the next:
 *
 *	SETUP       nothing is loaded; programs may be enabled
 *	  |             dt_run_go() makes maps and rings, loads and attaches every program
 *	  v
 *	WARMUP      BEGIN runs, and nothing else
 *	  |   |         dt_run_go(), when BEGIN has returned
 *	  |   v
 *	  | ACTIVE    everything but BEGIN and END runs
 *	  |   |         a program, by exit(); from WARMUP: BEGIN's own.  Or dt_run_stop()
 *	  v   v
 *	DRAINING    nothing new runs; what is running ends
 *	  |             dt_run_stop(), after an RCU grace period
 *	  v
 *	COOLDOWN    END runs, and nothing else
 *	  |             dt_run_stop(), when END has returned; everything is detached
 *	  v
 *	STOPPED     the records and aggregations that are left can be read
 *
 * Programs see the state as the activity word of the state area (contract/record.h).  exit() stores
 * DRAINING there and cannot do more; dt_run_status() finds it, and calls dt_run_stop() for the rest
 * of the way.  A dt_run_go() that fails leaves the run in SETUP, or in WARMUP if BEGIN could not be
 * run.
 *
 * Between calls the consumer sleeps in dt_run_sleep().  Three clocks say when work is due again:
 * statusrate (drops are reported), switchrate (rings are read), aggrate (aggregations are read).
 * A ring that fills, exit(), dt_run_wake() and the descriptors of dt_run_watch() end the sleep
 * sooner.
 *
 * Functions return 0 or a negative errno or EDT_ number, unless they say otherwise; dt_run_why() is
 * then a sentence that says more, or "".  One thread at a time, but for dt_run_wake().
 *
 * load.c makes, loads and attaches; progress.c says how far that is; run.c moves the run through
 * its states; clock.c has the clocks, sleep.c the sleep, work.c what is done between two sleeps.
 */
#ifndef DT_RUN_RUN_H
#define DT_RUN_RUN_H

#include <stdint.h>
#include "consume/consume.h"

struct dt_bpf;
struct dt_plan;
struct dt_probe;
struct dt_run;
struct dt_strbuf;

enum dt_run_state {
	DT_RUN_SETUP,
	DT_RUN_WARMUP,
	DT_RUN_ACTIVE,
	DT_RUN_DRAINING,
	DT_RUN_COOLDOWN,
	DT_RUN_STOPPED,
};

/* The options that a run works by, as the handle has them now. */
struct dt_run_settings {
	uint64_t statusrate_ns, switchrate_ns, aggrate_ns;
	int bufpolicy;    /* DTRACEOPT_BUFPOLICY_* */
	bool whole_log;   /* of a refused program; else its last lines */
	uint32_t log_max; /* bytes of a log; 0: as the kernel makes it */
};

/* The client's functions for dtrace_consume(), and where the library prints. */
struct dt_run_client {
	FILE *fp;
	dtrace_consume_probe_f *probef;
	dtrace_consume_rec_f *recf;
	void *arg;
};

/* ---- life ---- */

/* BPF is lent until dt_run_free().  NULL: out of memory or of descriptors (errno). */
struct dt_run *dt_run_new(struct dt_bpf *bpf);
void dt_run_free(struct dt_run *run); /* detaches and frees all; NULL is fine */

/* Called at open and whenever an option changes, also while running. */
void dt_run_configure(struct dt_run *run, const struct dt_run_settings *settings);

/*
 * Loads PLAN, attaches it and runs BEGIN.  CONSUMER is filled in but for what the run itself makes:
 * layout, maps, rings and the state area.  The plan and what CONSUMER points at are lent until
 * dt_run_free().
 */
int dt_run_go(struct dt_run *run, const struct dt_plan *plan,
	      const struct dt_consume_init *consumer);

/* Where dt_run_go() has failed for want of memory: the option that asked for it (enum dt_sized);
 * otherwise DT_SIZED_FIXED. */
int dt_run_short_of(const struct dt_run *run);

/* Runs END and detaches, with a report of drops before and after.  Stopped already: 0. */
int dt_run_stop(struct dt_run *run);

enum dt_run_state dt_run_state(const struct dt_run *run);
const char *dt_run_why(const struct dt_run *run);

/* print.c: what a started run has in the kernel, for -x debug. */
void dt_run_print(const struct dt_run *run, struct dt_strbuf *out);

/* FN, which may be NULL, is called while many probes are attached (ENABLING) or detached, a few
 * times a second.  A result other than 0 ends attaching, and dt_run_go() fails. */
typedef int dt_run_progress_f(void *arg, bool enabling, size_t done, size_t total);
void dt_run_on_progress(struct dt_run *run, dt_run_progress_f *fn, void *arg);

/* May this process trace? 0 or -EDT_ACCESS. */
int dt_run_privileged(struct dt_run *run);

/* The enabled probes that the kernel cannot attach, *N of them. */
struct dt_probe *const *dt_run_left_out(const struct dt_run *run, size_t *n);

/* What reads records and keeps aggregations.  NULL before go. */
struct dt_consume *dt_run_consumer(const struct dt_run *run);

/* ---- work: what is due ---- */

/* A DTRACE_STATUS_*.  Stops the run where exit() was called or, with bufpolicy=fill, a ring is
 * full. */
int dt_run_status(struct dt_run *run);
/* Takes a snapshot of the aggregations: when aggrate says so, or whatever it says. */
int dt_run_snapshot(struct dt_run *run);
int dt_run_snapshot_now(struct dt_run *run);
/* Reads the rings when switchrate says so, a ring fills or the run has stopped. */
int dt_run_consume(struct dt_run *run, const struct dt_run_client *client);
/* All of these, as dtrace_work() has them.  1: the run has stopped and all of it has been read. */
int dt_run_work(struct dt_run *run, const struct dt_run_client *client);

/* ---- sleep ---- */

/*
 * Sleeps until work is due, TIMEOUT_NS at most (negative: no such limit).  1: dt_run_wake() was
 * called, and dt_run_wake_clear() not since; otherwise 0.
 */
int dt_run_sleep(struct dt_run *run, int64_t timeout_ns);
/* From any thread and from signal handlers: ends this sleep and those after it. */
int dt_run_wake(struct dt_run *run);
int dt_run_wake_clear(struct dt_run *run);
/* FD, when readable, ends a sleep too. It stays the caller's. */
int dt_run_watch(struct dt_run *run, int fd);
/* Readable when a sleep would end before its time. */
int dt_run_fd(const struct dt_run *run);

#endif
