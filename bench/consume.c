/* SPDX-License-Identifier: MIT */
/*
 * Measures how fast records are consumed in C: `consume libdtrace.so [RECORDS]`.
 *
 * A getppid() loop in this process fills the rings.  Then dtrace_work() is timed with a chew and a
 * chewrec callback that count.  Prints `NAME RECORDS SECONDS DROPS` for a record of one integer and
 * for a record of timestamp, pid and execname.  Called by bench/run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <sys/syscall.h>

#include "engine.h"

static const struct {
	const char *name, *script;
} jobs[] = {
	{ "pid", "syscall::getppid:entry /pid == $pid/ { trace(pid); }" },
	{ "timestamp-pid-execname", "syscall::getppid:entry /pid == $pid/ { trace(timestamp); "
				    "trace(pid); trace(execname); }" },
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int measure(const struct engine *engine, const char *name, const char *script,
		   uint64_t records)
{
	struct engine_run run;
	double began, ended;

	if (engine_start(&run, engine, script, "64m"))
		return 1;
	for (uint64_t i = 0; i < records; i++)
		syscall(SYS_getppid);
	began = ended = now();
	while (run.firings < records && ended - began < 5) {
		if (engine_work(&run) != DTRACE_WORKSTATUS_OKAY)
			break;
		ended = now();
	}
	printf("%s %llu %.6f %llu\n", name, (unsigned long long)run.firings, ended - began,
	       (unsigned long long)run.drops);
	engine_end(&run);
	return 0;
}

int main(int argc, char **argv)
{
	uint64_t records = argc > 2 ? (uint64_t)atoll(argv[2]) : 500000;
	struct engine engine;
	int status = 0;

	if (argc < 2 || engine_load(&engine, argv[1]))
		return 2;
	for (size_t i = 0; i < sizeof(jobs) / sizeof(jobs[0]); i++)
		status |= measure(&engine, jobs[i].name, jobs[i].script, records);
	return status;
}
