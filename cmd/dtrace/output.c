/* SPDX-License-Identifier: MIT */
/*
 * The text format: header, prefix and newline of the trace's lines.  Also the handlers of both
 * formats, for drops, faults, setopt() and processes.
 */
#include <string.h>
#include <sys/wait.h>
#include "cmd.h"

bool option_set(struct cmd *cmd, const char *name)
{
	dtrace_optval_t value;

	return !dtrace_getopt(cmd->dtp, name, &value) && value != DTRACEOPT_UNSET;
}

void output_read_options(struct cmd *cmd)
{
	cmd->quiet = option_set(cmd, "quiet");
	cmd->flowindent = option_set(cmd, "flowindent");
}

/* Printed once per run, before the first record; with -q never. */
static void header(struct cmd *cmd)
{
	if (cmd->flowindent)
		fprintf(cmd->out, "%3s %-41s\n", "CPU", "FUNCTION");
	else if (!cmd->quiet)
		fprintf(cmd->out, "%3s %6s %32s\n", "CPU", "ID", "FUNCTION:NAME");
}

static void flow_prefix(struct cmd *cmd, const dtrace_probedata_t *data)
{
	const dtrace_probedesc_t *pd = data->dtpda_pdesc;
	char name[DTRACE_FUNCNAMELEN + DTRACE_NAMELEN + 2];
	bool named = data->dtpda_flow == DTRACEFLOW_NONE;
	int used;

	snprintf(name, sizeof(name), "%s%s%s", pd->dtpd_func, named ? ":" : "",
		 named ? pd->dtpd_name : "");
	stdio_name(cmd->out, name);
	used = fprintf(cmd->out, "%3d %*s%s%s", data->dtpda_cpu, data->dtpda_indent, "",
		       data->dtpda_prefix ? data->dtpda_prefix : "", name);
	/* The name's field is 41 columns wide and follows the CPU's of at least four. */
	used -= data->dtpda_cpu > 999 ? 5 : 4;
	fprintf(cmd->out, "%*s ", used < 41 ? 41 - used : 0, "");
}

int output_chew(const dtrace_probedata_t *data, void *arg)
{
	struct cmd *cmd = arg;
	const dtrace_probedesc_t *pd = data->dtpda_pdesc;
	char name[DTRACE_FUNCNAMELEN + DTRACE_NAMELEN + 2];

	if (interrupted_again()) {
		newline_due = 0;
		return DTRACE_CONSUME_ABORT;
	}
	if (!cmd->header_printed)
		header(cmd);
	cmd->header_printed = true;
	if (cmd->flowindent) {
		flow_prefix(cmd, data);
	} else if (!cmd->quiet) {
		snprintf(name, sizeof(name), "%s:%s", pd->dtpd_func, pd->dtpd_name);
		stdio_name(cmd->out, name);
		fprintf(cmd->out, "%3d %6u %32s ", data->dtpda_cpu, pd->dtpd_id, name);
	}
	return DTRACE_CONSUME_THIS;
}

int output_chewrec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	struct cmd *cmd = arg;
	uint32_t status;

	if (!rec) {
		if (!cmd->quiet)
			fputc('\n', cmd->out);
		return DTRACE_CONSUME_NEXT;
	}
	if (rec->dtrd_action != DTRACEACT_EXIT)
		return DTRACE_CONSUME_THIS;
	memcpy(&status, data->dtpda_data, sizeof(status));
	cmd->status = (int)status;
	return DTRACE_CONSUME_NEXT;
}

/* ---- handlers ---- */

/* The message has the probe's names. */
static int on_error(const dtrace_errdata_t *data, void *arg)
{
	struct cmd *cmd = arg;
	char msg[DTRACE_FULLNAMELEN + 256];

	fflush(cmd->out);
	snprintf(msg, sizeof(msg), "%s", data->dteda_msg);
	stdio_name(stderr, msg);
	fprintf(stderr, "%s: %s", cmd->name, msg);
	return DTRACE_HANDLE_OK;
}

static int on_drop(const dtrace_dropdata_t *data, void *arg)
{
	struct cmd *cmd = arg;

	if (cmd->format != FORMAT_TEXT)
		structured_drop(data);
	fflush(cmd->out);
	fprintf(stderr, "%s: %s", cmd->name, data->dtdda_msg);
	return DTRACE_HANDLE_OK;
}

static int on_setopt(const dtrace_setoptdata_t *data, void *arg)
{
	struct cmd *cmd = arg;

	if (!strcmp(data->dtsda_option, "quiet"))
		cmd->quiet = data->dtsda_newval != DTRACEOPT_UNSET;
	if (!strcmp(data->dtsda_option, "flowindent"))
		cmd->flowindent = data->dtsda_newval != DTRACEOPT_UNSET;
	return DTRACE_HANDLE_OK;
}

/* -B: the library passes the text instead of writing it. */
static int on_buffered(const dtrace_bufdata_t *data, void *arg)
{
	struct cmd *cmd = arg;

	fputs(data->dtbda_buffered, cmd->out);
	return DTRACE_HANDLE_OK;
}

static bool created(const struct cmd *cmd, const struct ps_prochandle *P)
{
	for (int i = 0; i < cmd->nprocesses; i++)
		if (cmd->processes[i].P == P)
			return cmd->processes[i].command;
	return false;
}

static void process_ended(struct cmd *cmd, const struct ps_prochandle *P)
{
	int pid = (int)dtrace_proc_pid(P), status = dtrace_proc_status(P);

	const char *name;

	if (status != -1 && WIFSIGNALED(status) && (name = sigabbrev_np(WTERMSIG(status))) != NULL)
		notice(cmd, "pid %d terminated by SIG%s\n", pid, name);
	else if (status != -1 && WIFSIGNALED(status))
		notice(cmd, "pid %d terminated by signal %d\n", pid, WTERMSIG(status));
	else if (status != -1 && WEXITSTATUS(status) && created(cmd, P))
		notice(cmd, "pid %d exited with status %d\n", pid, WEXITSTATUS(status));
	else
		notice(cmd, "pid %d has exited\n", pid);
}

static void on_process(struct ps_prochandle *P, const char *msg, void *arg)
{
	struct cmd *cmd = arg;

	if (msg) {
		error(cmd, "%s\n", msg);
		return;
	}
	switch (dtrace_proc_state(P)) {
	case DTRACE_PROC_EXITED:
		process_ended(cmd, P);
		cmd->alive--;
		break;
	case DTRACE_PROC_LOST:
		notice(cmd, "pid %d exec'd a set-id or unobservable program\n",
		       (int)dtrace_proc_pid(P));
		cmd->alive--;
		break;
	default: break;
	}
}

/* One line, written over and in the end removed.  Ctrl-C while probes are enabled ends that. */
static int on_progress(const dtrace_progressdata_t *data, void *arg)
{
	struct cmd *cmd = arg;

	if (data->dtpgd_done == data->dtpgd_total)
		fputs("\r\33[K", stderr);
	else
		fprintf(stderr, "\r%s: %s probes: %d%%\33[K", cmd->name,
			data->dtpgd_enabling ? "enabling" : "disabling",
			(int)(data->dtpgd_done * 100 / data->dtpgd_total));
	fflush(stderr);
	return data->dtpgd_enabling && interrupts ? DTRACE_HANDLE_ABORT : DTRACE_HANDLE_OK;
}

void output_handlers(struct cmd *cmd)
{
	if (dtrace_handle_err(cmd->dtp, on_error, cmd))
		fatal(cmd, "failed to establish error handler");
	if (dtrace_handle_drop(cmd->dtp, on_drop, cmd))
		fatal(cmd, "failed to establish drop handler");
	if (isatty(STDERR_FILENO) && dtrace_handle_progress(cmd->dtp, on_progress, cmd))
		fatal(cmd, "failed to establish progress handler");
	if (dtrace_handle_proc(cmd->dtp, on_process, cmd))
		fatal(cmd, "failed to establish proc handler");
	if (dtrace_handle_setopt(cmd->dtp, on_setopt, cmd))
		fatal(cmd, "failed to establish setopt handler");
	if ((cmd->buffered || cmd->format != FORMAT_TEXT) &&
	    dtrace_handle_buffered(cmd->dtp,
				   cmd->format != FORMAT_TEXT ? structured_buffered : on_buffered,
				   cmd))
		fatal(cmd, "failed to establish buffered handler");
}
