/* SPDX-License-Identifier: MIT */
/*
 * -W NAME: waits until somebody runs a program of that name.  A script of ours stops the process
 * when it is executed, so that nothing of it is missed; it goes on when tracing has begun, or when
 * this command ends before that.
 */
#include <string.h>
#include "cmd.h"

static const char script[] = "#pragma D option destructive\n"
			     "#pragma D option quiet\n"
			     "sdt:::sched_process_exec /execname == $$1/"
			     "{ stop(); trace(pid); exit(0); }\n";

#define NAME_MAX_BYTES 15 /* of execname: the kernel keeps no more */

static int take_pid(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	if (rec && rec->dtrd_action == DTRACEACT_DIFEXPR && rec->dtrd_size == sizeof(pid_t))
		memcpy(arg, data->dtpda_data, sizeof(pid_t));
	return rec ? DTRACE_CONSUME_NEXT : DTRACE_CONSUME_THIS;
}

static int take_probe(const dtrace_probedata_t *data, void *arg)
{
	(void)data;
	(void)arg;
	return DTRACE_CONSUME_THIS;
}

static dtrace_hdl_t *start(struct cmd *cmd, const char *name)
{
	char cut[NAME_MAX_BYTES + 1] = "", *args[] = { (char *)cmd->name, cut };
	dtrace_prog_t *prog = NULL;
	dtrace_hdl_t *dtp;
	int err;

	strncpy(cut, name, NAME_MAX_BYTES);
	dtp = dtrace_open(DTRACE_VERSION, 0, &err);
	if (dtp)
		prog = dtrace_program_strcompile(dtp, script, DTRACE_PROBESPEC_NAME, 0, 2, args);
	if (dtp)
		signals_install(dtp);
	if (!prog || dtrace_program_exec(dtp, prog, NULL) || dtrace_go(dtp))
		fatal(cmd, "cannot wait for %s: %s\n", name,
		      dtrace_errmsg(dtp, dtp ? dtrace_errno(dtp) : err));
	return dtp;
}

pid_t await_program(struct cmd *cmd, const char *name)
{
	dtrace_workstatus_t status = DTRACE_WORKSTATUS_OKAY;
	dtrace_hdl_t *dtp;
	pid_t pid = 0;
	FILE *null;

	dtp = start(cmd, name);
	null = fopen("/dev/null", "we");
	while (null && status == DTRACE_WORKSTATUS_OKAY && !interrupts) {
		dtrace_sleep(dtp);
		status = dtrace_work(dtp, null, take_probe, take_pid, &pid);
	}
	if (null)
		fclose(null);
	signals_install(cmd->dtp);
	dtrace_close(dtp);
	return pid;
}
