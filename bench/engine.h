/* SPDX-License-Identifier: MIT */
/*
 * libdtrace as a client uses it: opened by name, called through the public header.  A `struct
 * engine_run` is one script, from compiling to the last record; the programs of this directory keep
 * it on their stacks.
 */
#ifndef BENCH_ENGINE_H
#define BENCH_ENGINE_H

#include <stdbool.h>
#include <stdint.h>
#include <dtrace.h>

/* The functions that these programs call, by their public names. */
/* clang-format off */
#define ENGINE_FUNCTIONS(F) \
	F(dtrace_open) \
	F(dtrace_close) \
	F(dtrace_errno) \
	F(dtrace_errmsg) \
	F(dtrace_setopt) \
	F(dtrace_program_strcompile) \
	F(dtrace_program_exec) \
	F(dtrace_go) \
	F(dtrace_stop) \
	F(dtrace_work) \
	F(dtrace_handle_drop) \
	F(dtrace_handle_buffered) \
	F(dtrace_aggregate_snap) \
	F(dtrace_aggregate_walk)
/* clang-format on */

#define ENGINE_MEMBER(name) __typeof__(name) *name;
struct engine {
	ENGINE_FUNCTIONS(ENGINE_MEMBER)
};
#undef ENGINE_MEMBER

struct engine_run {
	const struct engine *engine;
	dtrace_hdl_t *dtp;
	uint64_t drops;   /* of every kind */
	uint64_t firings; /* chew calls */
	uint64_t data;    /* chewrec calls */
	uint64_t total;   /* sum over the words of all values of the aggregations */
};

/* 0, or -1 with a message on stderr: no such library, or it lacks one of the functions. */
int engine_load(struct engine *engine, const char *path);

/* Compile and start `script` with CPU buffers of `bufsize` (as "4m"). 0, or -1 with a message on
 * stderr. */
int engine_start(struct engine_run *run, const struct engine *engine, const char *script,
		 const char *bufsize);

/* Calls dtrace_work() once and counts what it delivers. */
dtrace_workstatus_t engine_work(struct engine_run *run);

/* Stops the run, reads all remaining data, closes the handle. */
void engine_end(struct engine_run *run);

#endif
