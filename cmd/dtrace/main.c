/* SPDX-License-Identifier: MIT */
/*
 * dtrace(1): the phases of a run.  They are: modes, handle, settings, processes, compiling all
 * programs, enabling them, dtrace_go(), the loop of sleep and work, a final newline, aggregations.
 * Messages and their order are those of dtrace(1) on other systems.
 */
#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include "cmd.h"

static void open_handle(struct cmd *cmd)
{
	static const char *const defaults[][2] = { { "bufsize", "4m" },
						   { "aggsize", "4m" },
						   { "temporal", "yes" } };
	int err = 0;

	cmd->dtp = dtrace_open(DTRACE_VERSION, cmd->open_flags, &err);
	if (!cmd->dtp)
		fatal(cmd, "failed to initialize dtrace: %s\n", dtrace_errmsg(NULL, err));
	for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++)
		if (dtrace_setopt(cmd->dtp, defaults[i][0], defaults[i][1]))
			fatal(cmd, "failed to set default %s", defaults[i][0]);
}

/* ---- processes ---- */

/* The handle's last error without the library's words around it. */
static const char *reason(struct cmd *cmd)
{
	return dtrace_errmsg(NULL, dtrace_errno(cmd->dtp));
}

static void create(struct cmd *cmd, struct process *process)
{
	const char *command = process->command;
	char **words;

	if (!words_split(command, &words))
		fatal(cmd, "failed to execute %s: a quote is not closed\n", command);
	if (!words || !words[0])
		fatal(cmd, "failed to execute %s: %s\n", command,
		      strerror(words ? ENOENT : ENOMEM));
	process->P = dtrace_proc_create(cmd->dtp, words[0], words);
	if (!process->P)
		fatal(cmd, "failed to execute %s: %s\n", command, reason(cmd));
	free(words);
}

static void grab(struct cmd *cmd, struct process *process, long pid)
{
	process->P = dtrace_proc_grab(cmd->dtp, (pid_t)pid, 0);
	if (!process->P && dtrace_errno(cmd->dtp) == ESRCH)
		fatal(cmd, "failed to grab pid %ld: no such process\n", pid);
	if (!process->P)
		fatal(cmd, "failed to grab pid %ld: %s\n", pid, reason(cmd));
}

static long parse_pid(struct cmd *cmd, const char *text)
{
	char *end;
	long pid;

	errno = 0;
	pid = strtol(text, &end, 0);
	if (errno || end == text || *end || pid <= 0 || pid > INT_MAX)
		fatal(cmd, "invalid pid: %s\n", text);
	return pid;
}

static void await(struct cmd *cmd, struct process *process)
{
	process->stopped = await_program(cmd, process->awaited);
	if (!process->stopped)
		quit(cmd);
	grab(cmd, process, process->stopped);
}

static void start_processes(struct cmd *cmd)
{
	for (int i = 0; i < cmd->nprocesses; i++) {
		struct process *process = &cmd->processes[i];

		if (process->command)
			create(cmd, process);
		else if (process->awaited)
			await(cmd, process);
		else
			grab(cmd, process, parse_pid(cmd, process->pid));
	}
	cmd->alive = cmd->nprocesses;
}

void processes_resume(struct cmd *cmd)
{
	for (int i = 0; i < cmd->nprocesses; i++) {
		if (cmd->processes[i].stopped)
			kill(cmd->processes[i].stopped, SIGCONT);
		cmd->processes[i].stopped = 0;
	}
}

/* ---- programs ---- */

/* The first compile has read them. */
static void warn_of_libraries(struct cmd *cmd)
{
	const char *why;

	while ((why = dtrace_library_error(cmd->dtp, cmd->nlibrary_errors))) {
		error(cmd, "warning: %s\n", why);
		cmd->nlibrary_errors++;
	}
}

static void compile(struct cmd *cmd, struct spec *spec)
{
	FILE *file;

	cmd->args[0] = spec->script ? (char *)spec->arg : (char *)cmd->name;
	if (!spec->script) {
		spec->prog = dtrace_program_strcompile(cmd->dtp, spec->arg, spec->probespec,
						       cmd->cflags & ~DTRACE_C_CPP, cmd->nargs,
						       cmd->args);
		warn_of_libraries(cmd);
		if (!spec->prog)
			fatal(cmd, "invalid probe specifier %s", spec->arg);
		return;
	}
	file = strcmp(spec->arg, "-") ? fopen(spec->arg, "re") : stdin;
	if (!file)
		fatal(cmd, "failed to open %s: %s\n", spec->arg, strerror(errno));
	spec->prog = dtrace_program_fcompile(cmd->dtp, file, cmd->cflags, cmd->nargs, cmd->args);
	warn_of_libraries(cmd);
	if (!spec->prog)
		fatal(cmd, "failed to compile script %s", spec->arg);
	if (file != stdin)
		fclose(file);
}

static void enable(struct cmd *cmd, struct spec *spec)
{
	const char *name = spec->script ? spec->arg : spec->desc;

	if (dtrace_program_exec(cmd->dtp, spec->prog, &spec->info))
		fatal(cmd, "failed to enable '%s'", name);
	notice(cmd, "%s '%s' matched %u probe%s\n", spec->script ? "script" : "description", name,
	       spec->info.dpi_matches, spec->info.dpi_matches == 1 ? "" : "s");
	if (cmd->verbose)
		list_stability(cmd, spec);
}

static void enable_all(struct cmd *cmd)
{
	unsigned long long matches = 0;

	for (int i = 0; i < cmd->nspecs; i++) {
		enable(cmd, &cmd->specs[i]);
		matches += cmd->specs[i].info.dpi_matches;
	}
	if (!cmd->nspecs)
		fatal(cmd, "no probes specified\n");
	if (!matches && !(cmd->cflags & DTRACE_C_ZDEFS))
		fatal(cmd, "no probes matched\n");
}

/* -G and -h, which the library carries out. */
static int make_file(struct cmd *cmd)
{
	char flag = cmd->mode == MODE_LINK ? 'G' : 'h';
	int err = 0;

	if (cmd->mode == MODE_HEADER)
		err = dtrace_program_header(cmd->dtp, cmd->out, cmd->output);
	else
		err = dtrace_program_link(cmd->dtp, cmd->specs[0].prog, 0, cmd->output,
					  cmd->nargs - 1, cmd->args + 1);
	if (!err)
		return 0;
	if (dtrace_errno(cmd->dtp) == ENOTSUP) {
		error(cmd, "-%c is not available\n", flag);
		return EXIT_USAGE;
	}
	fatal(cmd, "failed to carry out -%c", flag);
}

/* ---- sizes and rates that dtrace_go() changed ---- */

static struct {
	const char *option, *what;
	bool rate;
	dtrace_optval_t asked;
} limits[] = {
	{ .option = "bufsize", .what = "buffer" },
	{ .option = "aggsize", .what = "aggregation" },
	{ .option = "specsize", .what = "speculation" },
	{ .option = "dynvarsize", .what = "dynamic variable" },
	{ .option = "cleanrate", .what = "cleaning", .rate = true },
	{ .option = "statusrate", .what = "status", .rate = true },
};

static void remember_limits(struct cmd *cmd)
{
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		if (dtrace_getopt(cmd->dtp, limits[i].option, &limits[i].asked))
			limits[i].asked = DTRACEOPT_UNSET;
}

static void report_size(struct cmd *cmd, const char *what, dtrace_optval_t size)
{
	static const char units[] = "kmgtpe";
	int unit = -1;

	while (units[unit + 1] && !(size & 1023)) {
		size >>= 10;
		unit++;
	}
	if (unit < 0)
		error(cmd, "%s size lowered to %lld bytes\n", what, (long long)size);
	else
		error(cmd, "%s size lowered to %lld%c\n", what, (long long)size, units[unit]);
}

static void report_rate(struct cmd *cmd, const char *what, dtrace_optval_t asked,
			dtrace_optval_t interval_ns)
{
	static const dtrace_optval_t second_ns = 1000000000;
	const char *change = interval_ns > asked ? "reduced" : "increased";

	if (interval_ns < second_ns && second_ns % interval_ns == 0)
		error(cmd, "%s rate %s to %lld hz\n", what, change,
		      (long long)(second_ns / interval_ns));
	else if (interval_ns % second_ns == 0)
		error(cmd, "%s rate %s to once every %lld seconds\n", what, change,
		      (long long)(interval_ns / second_ns));
	else
		error(cmd, "%s rate %s to once every %lld nanoseconds\n", what, change,
		      (long long)interval_ns);
}

static void report_limits(struct cmd *cmd)
{
	bool sizes = !option_set(cmd, "quietresize");

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		dtrace_optval_t asked = limits[i].asked, now;

		if (asked == DTRACEOPT_UNSET || dtrace_getopt(cmd->dtp, limits[i].option, &now) ||
		    now <= 0)
			continue;
		if (limits[i].rate && now != asked)
			report_rate(cmd, limits[i].what, asked, now);
		else if (sizes && !limits[i].rate && now < asked)
			report_size(cmd, limits[i].what, now);
	}
}

/* ---- the run ---- */

static void dump(struct cmd *cmd, dtrace_dump_t what)
{
	stdio_check(cmd);
	if (dtrace_dump(cmd->dtp, what, what == DTRACE_DUMP_SOURCE ? cmd->out : stderr))
		fatal(cmd, "failed to show the program");
}

/* -q silences what the user has asked for by -w, but not what a script has allowed itself. */
static void report_destructive(struct cmd *cmd)
{
	if (cmd->destructive)
		notice(cmd, "allowing destructive actions\n");
	else if (option_set(cmd, "destructive"))
		error(cmd, "allowing destructive actions\n");
}

#define LEFT_OUT_NAMED 3

struct left_out {
	uint32_t n;
	char names[LEFT_OUT_NAMED * (DTRACE_FULLNAMELEN + 2)];
};

static int count_left_out(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pdesc, void *arg)
{
	struct left_out *left = arg;
	size_t len = strlen(left->names);

	(void)dtp;
	if (left->n++ < LEFT_OUT_NAMED)
		snprintf(left->names + len, sizeof(left->names) - len, "%s%s:%s:%s:%s",
			 len ? ", " : "", pdesc->dtpd_provider, pdesc->dtpd_mod, pdesc->dtpd_func,
			 pdesc->dtpd_name);
	return 0;
}

static void report_left_out(struct cmd *cmd)
{
	struct left_out left = { 0 };

	dtrace_left_out_iter(cmd->dtp, count_left_out, &left);
	if (left.n)
		error(cmd, "%u probe%s left out, whose instruction the kernel cannot probe: %s%s\n",
		      left.n, left.n > 1 ? "s" : "", left.names,
		      left.n > LEFT_OUT_NAMED ? ", ..." : "");
}

static void go(struct cmd *cmd)
{
	remember_limits(cmd);
	if (dtrace_go(cmd->dtp))
		fatal(cmd, "could not enable tracing");
	if (cmd->code)
		dump(cmd, DTRACE_DUMP_CODE);
	if (option_set(cmd, "debug"))
		dump(cmd, DTRACE_DUMP_RUN);
	report_limits(cmd);
	report_destructive(cmd);
	report_left_out(cmd);
	for (int i = 0; i < cmd->nprocesses; i++)
		dtrace_proc_continue(cmd->dtp, cmd->processes[i].P);
	processes_resume(cmd);
}

static void work(struct cmd *cmd, bool *done)
{
	bool text = cmd->format == FORMAT_TEXT;
	FILE *fp = cmd->buffered || !text ? NULL : cmd->out;

	switch (dtrace_work(cmd->dtp, fp, text ? output_chew : structured_chew,
			    text ? output_chewrec : structured_chewrec, cmd)) {
	case DTRACE_WORKSTATUS_DONE: *done = true; break;
	case DTRACE_WORKSTATUS_OKAY: break;
	default:
		if (interrupted_again() || dtrace_errno(cmd->dtp) == EINTR)
			break;
		stdio_check(cmd);
		fatal(cmd, "processing aborted");
	}
	stdio_check(cmd);
}

static void loop(struct cmd *cmd)
{
	bool done = false;

	do {
		if (!interrupts && !done)
			dtrace_sleep(cmd->dtp);
		if (newline_due) {
			fputc('\n', cmd->format == FORMAT_TEXT ? cmd->out : stderr);
			newline_due = 0;
		}
		if (interrupts || (cmd->nprocesses && cmd->alive <= 0)) {
			done = true;
			if (dtrace_stop(cmd->dtp))
				fatal(cmd, "couldn't stop tracing");
		}
		work(cmd, &done);
	} while (!done);
}

static int trace(struct cmd *cmd)
{
	go(cmd);
	if (cmd->format != FORMAT_TEXT)
		structured_begin(cmd);
	loop(cmd);
	if (cmd->format != FORMAT_TEXT) {
		structured_end(cmd, !interrupted_again());
		return cmd->status;
	}
	fputc('\n', cmd->out);
	if (!interrupted_again() &&
	    dtrace_aggregate_print(cmd->dtp, cmd->buffered ? NULL : cmd->out, NULL) &&
	    dtrace_errno(cmd->dtp) != EINTR) {
		stdio_check(cmd);
		fatal(cmd, "failed to print aggregations");
	}
	return cmd->status;
}

/* Without -o the output of -h and -G is named after the script: probes.d gives probes.h,
 * probes.o. */
static void default_output(struct cmd *cmd)
{
	const char *suffix = cmd->mode == MODE_HEADER ? ".h" : ".o", *script = cmd->specs[0].arg;
	size_t len = strlen(script);
	char *name;

	if (cmd->nspecs != 1 || !cmd->specs[0].script)
		fatal(cmd, "-%c requires an output file (-o) unless it has one script alone\n",
		      suffix[1] == 'h' ? 'h' : 'G');
	if (len > 2 && !strcmp(script + len - 2, ".d"))
		len -= 2;
	if (asprintf(&name, "%.*s%s", (int)len, script, suffix) < 0)
		fatal(cmd, "failed to open output file: %s\n", strerror(ENOMEM));
	cmd->output = name;
}

static void open_output(struct cmd *cmd)
{
	const char *how = cmd->mode == MODE_HEADER ? "we" : "ae";

	cmd->out = stdout;
	if (!cmd->output && (cmd->mode == MODE_HEADER || cmd->mode == MODE_LINK))
		default_output(cmd);
	if (!cmd->output || cmd->mode == MODE_LINK)
		return;
	cmd->out = fopen(cmd->output, how);
	if (cmd->out)
		return;
	cmd->out = stdout;
	fatal(cmd, "failed to open output file '%s': %s\n", cmd->output, strerror(errno));
}

static int run(struct cmd *cmd)
{
	cmd->destructive = option_set(cmd, "destructive");
	output_handlers(cmd);
	start_processes(cmd);
	for (int i = 0; i < cmd->nspecs; i++)
		compile(cmd, &cmd->specs[i]);
	if (cmd->source)
		dump(cmd, DTRACE_DUMP_SOURCE);
	if (option_set(cmd, "tree"))
		dump(cmd, DTRACE_DUMP_TREE);
	cmd->code |= option_set(cmd, "verbose");
	output_read_options(cmd); /* pragmas may have changed them */
	open_output(cmd);
	signals_install(cmd->dtp);
	if (cmd->mode == MODE_LINK || cmd->mode == MODE_HEADER)
		return make_file(cmd);
	if (cmd->mode == MODE_LIST) {
		list_probes(cmd);
		return EXIT_SUCCESS;
	}
	if (cmd->mode == MODE_FEATURES) {
		list_features(cmd);
		return EXIT_SUCCESS;
	}
	if (cmd->exec) {
		enable_all(cmd);
		return trace(cmd);
	}
	for (int i = 0; i < cmd->nspecs; i++) {
		dtrace_program_info(cmd->dtp, cmd->specs[i].prog, &cmd->specs[i].info);
		if (cmd->verbose)
			list_stability(cmd, &cmd->specs[i]);
		if (cmd->code && dtrace_program_exec(cmd->dtp, cmd->specs[i].prog, NULL))
			fatal(cmd, "failed to enable '%s'", cmd->specs[i].arg);
	}
	if (cmd->code)
		dump(cmd, DTRACE_DUMP_CODE);
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	/* Static, so that a leak checker finds what it owns until the process ends. */
	static struct cmd cmd;
	int status;

	stdio_reserve();
	cmd.name = basename(strdup(argv[0]));
	cmd.exec = true;
	cmd.out = stdout;
	argv = cmd.words = options_split_interpreter(&argc, argv);
	options_libxo(&argc, argv);
	options_modes(&cmd, argc, argv);
	if (cmd.mode == MODE_VERSION) {
		printf("%s: %s\n", cmd.name, _dtrace_version);
		stdio_close(&cmd);
		return EXIT_SUCCESS;
	}
	open_handle(&cmd);
	options_settings(&cmd, argc, argv);
	status = run(&cmd);
	stdio_close(&cmd);
	dtrace_close(cmd.dtp);
	return status & 0xff;
}
