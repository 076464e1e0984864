/* SPDX-License-Identifier: MIT */
/*
 * Faults become calls of the client's error handler: those of clauses, which the kernel reports in
 * records of their own, and those of the library while it performs an action.  Called by records.c
 * and by actions.
 */
#ifndef DT_CONSUME_FAULTS_H
#define DT_CONSUME_FAULTS_H

#include <dtrace.h>
#include "base/table.h"

struct dt_con;
struct dt_epids;
struct dt_krec;
struct dt_krec_error;

/* Faults of one kind at one place may come by the thousand: after the first few of a second they
 * are counted, and their number is reported as an error of its own.  Zero-filled but for EPIDS. */
struct dt_faults {
	struct dt_epids *epids;
	struct dt_table seen; /* struct fault_place -> struct fault_run */
};

void dt_faults_fini(struct dt_faults *faults);
/* A clause failed in the kernel. */
int dt_fault_report(struct dt_faults *faults, int cpu, const struct dt_krec *krec,
		    const struct dt_krec_error *error);
/* A pass ends: reports what was counted, by now or, if ALL, so far. */
int dt_faults_pass(struct dt_faults *faults, bool all);
/* The library failed to do what the record at DATA asked for (setopt(), freopen()). */
int dt_fault_library(struct dt_con *con, const dtrace_probedata_t *data, const char *text);
const char *dt_fault_text(int fault); /* of a DTRACEFLT_* */

#endif
