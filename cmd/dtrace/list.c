/* SPDX-License-Identifier: MIT */
/*
 * Listings: for -l the probes that descriptions match, with -v also their stability and arguments;
 * for -v alone the stability of programs; for --features what the kernel offers.  Called by
 * main.c.
 */
#include <string.h>
#include "cmd.h"

static void print_attributes(struct cmd *cmd, const char *what, dtrace_attribute_t attr)
{
	fprintf(cmd->out, "\n\t%s\n", what);
	fprintf(cmd->out, "\t\tIdentifier Names: %s\n", dtrace_stability_name(attr.dtat_name));
	fprintf(cmd->out, "\t\tData Semantics:   %s\n", dtrace_stability_name(attr.dtat_data));
	fprintf(cmd->out, "\t\tDependency Class: %s\n", dtrace_class_name(attr.dtat_class));
}

/* By themselves: who reads listings takes all of an argument's line for its type. */
static void print_names(struct cmd *cmd, const dtrace_probedesc_t *pd, int n)
{
	bool has_title = false;

	for (int i = 0; i < n; i++) {
		const char *name = dtrace_arg_name(cmd->dtp, pd, i);

		if (!name || !*name)
			continue;
		if (!has_title)
			fprintf(cmd->out, "\n\tArgument Names\n");
		has_title = true;
		fprintf(cmd->out, "\t\targ%d: %s\n", i, name);
	}
}

static void print_details(struct cmd *cmd, const dtrace_probedesc_t *pd)
{
	dtrace_probeinfo_t info;
	char type[DTRACE_ARGTYPELEN];

	if (dtrace_probe_info(cmd->dtp, pd, &info))
		return;
	print_attributes(cmd, "Probe Description Attributes", info.dtp_attr);
	print_attributes(cmd, "Argument Attributes", info.dtp_arga);
	fprintf(cmd->out, "\n\tArgument Types\n");
	for (int i = 0; i < info.dtp_argc; i++)
		fprintf(cmd->out, "\t\targs[%d]: %s\n", i,
			dtrace_type2str(cmd->dtp, &info.dtp_argv[i], type, sizeof(type)) < 0
				? "(unknown)"
				: type);
	if (!info.dtp_argc)
		fprintf(cmd->out, "\t\tNone\n");
	print_names(cmd, pd, info.dtp_argc);
	fputc('\n', cmd->out);
}

static int list_probe(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd, void *arg)
{
	struct cmd *cmd = arg;
	char line[sizeof(*pd) + 64];

	(void)dtp;
	snprintf(line, sizeof(line), "%5u %10s %17s %33s %s", pd->dtpd_id, pd->dtpd_provider,
		 pd->dtpd_mod, pd->dtpd_func, pd->dtpd_name);
	stdio_name(cmd->out, line);
	fprintf(cmd->out, "%s\n", line);
	if (cmd->verbose)
		print_details(cmd, pd);
	return interrupts || ferror(cmd->out);
}

struct statements {
	struct cmd *cmd;
	const dtrace_ecbdesc_t *last; /* the clause listed last; its statements share it */
};

static int list_stmt(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmtdesc_t *stmt, void *arg)
{
	struct statements *list = arg;
	const dtrace_ecbdesc_t *ecb = stmt->dtsd_ecbdesc;
	dtrace_probedesc_t pd;

	(void)prog;
	if (ecb == list->last)
		return 0;
	list->last = ecb;
	pd = ecb->dted_probe;
	if (pd.dtpd_id != DTRACE_IDNONE && !dtrace_id2desc(dtp, pd.dtpd_id, &pd))
		return list_probe(dtp, &pd, list->cmd);
	if (dtrace_probe_iter(dtp, &pd, list_probe, list->cmd) < 0)
		error(list->cmd, "failed to match %s:%s:%s:%s: %s\n", pd.dtpd_provider, pd.dtpd_mod,
		      pd.dtpd_func, pd.dtpd_name, dtrace_errmsg(dtp, dtrace_errno(dtp)));
	return 0;
}

void list_probes(struct cmd *cmd)
{
	struct statements list = { .cmd = cmd };

	fprintf(cmd->out, "%5s %10s %17s %33s %s\n", "ID", "PROVIDER", "MODULE", "FUNCTION",
		"NAME");
	if (!cmd->nspecs && dtrace_probe_iter(cmd->dtp, NULL, list_probe, cmd) < 0)
		fatal(cmd, "failed to list probes");
	for (int i = 0; i < cmd->nspecs; i++)
		dtrace_stmt_iter(cmd->dtp, cmd->specs[i].prog, list_stmt, &list);
}

static int explain_stmt(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmtdesc_t *stmt, void *arg)
{
	struct statements *list = arg;
	const dtrace_probedesc_t *pd = &stmt->dtsd_ecbdesc->dted_probe;

	(void)dtp;
	(void)prog;
	if (stmt->dtsd_ecbdesc == list->last)
		return 0;
	list->last = stmt->dtsd_ecbdesc;
	fprintf(list->cmd->out, "\n%s:%s:%s:%s\n", pd->dtpd_provider, pd->dtpd_mod, pd->dtpd_func,
		pd->dtpd_name);
	print_details(list->cmd, pd);
	return 0;
}

/* With -e the probes follow, else an empty line. */
void list_stability(struct cmd *cmd, const struct spec *spec)
{
	struct statements list = { .cmd = cmd };

	fprintf(cmd->out, "\nStability attributes for %s %s:\n",
		spec->script ? "script" : "description", spec->script ? spec->arg : spec->desc);
	print_attributes(cmd, "Minimum Probe Description Attributes", spec->info.dpi_descattr);
	print_attributes(cmd, "Minimum Statement Attributes", spec->info.dpi_stmtattr);
	if (cmd->exec)
		fputc('\n', cmd->out);
	else
		dtrace_stmt_iter(cmd->dtp, spec->prog, explain_stmt, &list);
}

/* ---- --features ---- */

static int list_feature(dtrace_hdl_t *dtp, const dtrace_feature_t *f, void *arg)
{
	static const char *const states[] = { "", "yes", "partly", "no" };
	struct cmd *cmd = arg;

	(void)dtp;
	if (f->dtf_kind == DTRACE_FEATURE_PROVIDER && *f->dtf_lacks)
		fprintf(cmd->out, "%-6s  %s: this kernel lacks %s\n", states[f->dtf_state],
			f->dtf_name, f->dtf_lacks);
	else if (f->dtf_kind == DTRACE_FEATURE_PROVIDER)
		fprintf(cmd->out, "%-6s  %s\n", states[f->dtf_state], f->dtf_name);
	else
		fprintf(cmd->out, "%-6s  %s: %s (Linux %s)\n", states[f->dtf_state], f->dtf_use,
			f->dtf_name, f->dtf_since);
	return interrupts || ferror(cmd->out);
}

struct features {
	struct cmd *cmd;
	dtrace_feature_kind_t last;
};

static int list_in_parts(dtrace_hdl_t *dtp, const dtrace_feature_t *f, void *arg)
{
	struct features *list = arg;

	if (f->dtf_kind != list->last)
		fprintf(list->cmd->out, "%s\n",
			f->dtf_kind == DTRACE_FEATURE_PROVIDER
				? "Providers"
				: "\nWhat providers and the language use of the kernel");
	list->last = f->dtf_kind;
	return list_feature(dtp, f, list->cmd);
}

void list_features(struct cmd *cmd)
{
	struct features list = { .cmd = cmd };

	if (dtrace_feature_iter(cmd->dtp, list_in_parts, &list) < 0)
		fatal(cmd, "failed to list features");
}
