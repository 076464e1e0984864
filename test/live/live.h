/* SPDX-License-Identifier: MIT */
/*
 * What the live tests share: they are clients of libdtrace.so, public header alone, and trace this
 * machine as root.  A run is opened, started and ended with these functions; its counters tell what
 * reached the callbacks.
 */
#ifndef LIVE_H
#define LIVE_H

#include <dirent.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <sys/syscall.h>
#include <bpf/bpf.h>
#include <dtrace.h>
#include <dtrace_linux.h>

#include "../unit/test.h"

struct live {
	dtrace_hdl_t *dtp;
	uint64_t firings;
	uint64_t drops; /* DTRACEDROP_PRINCIPAL */
	uint64_t aggdrops;
	uint64_t otherdrops;
	int64_t sum; /* of the first word of all aggregations */
	uint64_t entries;
};

static inline double live_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static inline int live_drop(const dtrace_dropdata_t *drop, void *arg)
{
	struct live *live = arg;

	if (drop->dtdda_kind == DTRACEDROP_PRINCIPAL)
		live->drops += drop->dtdda_drops;
	else if (drop->dtdda_kind == DTRACEDROP_AGGREGATION)
		live->aggdrops += drop->dtdda_drops;
	else
		live->otherdrops += drop->dtdda_drops;
	return DTRACE_HANDLE_OK;
}

static inline int live_text(const dtrace_bufdata_t *text, void *arg)
{
	(void)text;
	(void)arg;
	return DTRACE_HANDLE_OK;
}

static inline int live_chew(const dtrace_probedata_t *data, void *arg)
{
	(void)data;
	((struct live *)arg)->firings++;
	return DTRACE_CONSUME_THIS;
}

static inline int live_chewrec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec,
			       void *arg)
{
	(void)data;
	(void)rec;
	(void)arg;
	return DTRACE_CONSUME_NEXT;
}

static inline int live_entry(const dtrace_aggdata_t *agg, void *arg)
{
	const dtrace_recdesc_t *value =
		&agg->dtada_desc->dtagd_rec[agg->dtada_desc->dtagd_nrecs - 1];
	int64_t word;

	memcpy(&word, agg->dtada_data + value->dtrd_offset, sizeof(word));
	((struct live *)arg)->sum += word;
	((struct live *)arg)->entries++;
	return DTRACE_AGGWALK_NEXT;
}

/* Open and set options "name=value" until NULL; 0 or -1. */
static inline int live_open(struct live *live, const char *const *options)
{
	int error = 0;

	memset(live, 0, sizeof(*live));
	live->dtp = dtrace_open(DTRACE_VERSION, 0, &error);
	if (!live->dtp) {
		fprintf(stderr, "dtrace_open: %s\n", dtrace_errmsg(NULL, error));
		return -1;
	}
	dtrace_handle_drop(live->dtp, live_drop, live);
	dtrace_handle_buffered(live->dtp, live_text, live);
	for (; options && options[0]; options += 2)
		dtrace_setopt(live->dtp, options[0], options[1]);
	return 0;
}

static inline int live_enable(struct live *live, const char *script)
{
	dtrace_prog_t *program = dtrace_program_strcompile(live->dtp, script, DTRACE_PROBESPEC_NAME,
							   0, 0, NULL);

	if (program && dtrace_program_exec(live->dtp, program, NULL) == 0)
		return 0;
	fprintf(stderr, "%s: %s\n", script, dtrace_errmsg(live->dtp, dtrace_errno(live->dtp)));
	return -1;
}

static inline int live_go(struct live *live)
{
	int error = dtrace_go(live->dtp);

	if (error)
		fprintf(stderr, "dtrace_go: %s\n",
			dtrace_errmsg(live->dtp, dtrace_errno(live->dtp)));
	return error;
}

static inline int live_start(struct live *live, const char *script, const char *const *options)
{
	return live_open(live, options) || live_enable(live, script) || live_go(live);
}

static inline dtrace_workstatus_t live_work(struct live *live)
{
	return dtrace_work(live->dtp, NULL, live_chew, live_chewrec, live);
}

/* Stop, read what is left, add up the aggregations; the handle stays open. */
static inline void live_finish(struct live *live)
{
	dtrace_stop(live->dtp);
	while (live_work(live) == DTRACE_WORKSTATUS_OKAY)
		;
	dtrace_aggregate_snap_now(live->dtp);
	dtrace_aggregate_walk(live->dtp, live_entry, live);
}

static inline void live_close(struct live *live)
{
	if (live->dtp)
		dtrace_close(live->dtp);
	live->dtp = NULL;
}

static inline void live_calls(uint64_t n)
{
	for (uint64_t i = 0; i < n; i++)
		syscall(SYS_getppid, i);
}

static inline int live_nfds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int count = -3; /* . and .. and the directory itself */

	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

/* Programs and maps of the whole system. */
static inline int live_nobjects(void)
{
	unsigned int id = 0;
	int count = 0;

	while (bpf_prog_get_next_id(id, &id) == 0)
		count++;
	id = 0;
	while (bpf_map_get_next_id(id, &id) == 0)
		count++;
	return count;
}

/* The kernel frees in the background: until the count is back, or two seconds have passed. */
static inline int live_nobjects_settled(int wanted)
{
	double until = live_now() + 2;

	while (live_nobjects() > wanted && live_now() < until)
		usleep(10000);
	return live_nobjects();
}

#endif
