/* SPDX-License-Identifier: MIT */
/*
 * flowindent: which records are a function's entry and return, and how far they are indented.  The
 * rules are DTrace's: a second clause of one firing is neither, so that an entry indents once and
 * only the last clause of a return takes it back.
 */
#include <string.h>
#include "consume/internal.h"

/* The arrows; a provider of its own style is a row. The last one is for all others. */
static const struct {
	const char *provider, *entry, *ret;
} arrows[] = {
	{ "syscall", " => ", " <= " },
	{ NULL, " -> ", " <- " },
};

#define INDENT 2

static bool ends_in(const char *name, const char *word)
{
	size_t len = strlen(name), wlen = strlen(word);

	if (len < wlen || strcmp(name + len - wlen, word))
		return false;
	return len == wlen || name[len - wlen - 1] == '-';
}

void dt_flow_classify(struct dt_con_epid *epid)
{
	size_t i = 0;

	while (arrows[i].provider && strcmp(arrows[i].provider, epid->pdesc.dtpd_provider))
		i++;
	epid->prefix = "| ";
	if (ends_in(epid->pdesc.dtpd_name, "entry")) {
		epid->flow = DT_FLOW_ENTRY;
		epid->prefix = arrows[i].entry;
	} else if (ends_in(epid->pdesc.dtpd_name, "return")) {
		epid->flow = DT_FLOW_RETURN;
		epid->prefix = arrows[i].ret;
	}
}

void dt_flow_reset(struct dt_consume *con)
{
	con->flow = (struct dt_flow_state){ 0 };
}

static bool is_other_clause(const struct dt_con_epid *a, const struct dt_con_epid *b)
{
	return b && a != b && a->desc.dtepd_probeid == b->desc.dtepd_probeid;
}

void dt_flow_before(struct dt_consume *con, const struct dt_con_epid *epid,
		    const struct dt_con_epid *next)
{
	static const dtrace_flowkind_t kinds[] = { [DT_FLOW_NONE] = DTRACEFLOW_NONE,
						   [DT_FLOW_ENTRY] = DTRACEFLOW_ENTRY,
						   [DT_FLOW_RETURN] = DTRACEFLOW_RETURN };
	enum dt_flow flow = epid->flow;

	if ((flow == DT_FLOW_ENTRY && is_other_clause(epid, con->flow.last)) ||
	    (flow == DT_FLOW_RETURN && is_other_clause(epid, next)))
		flow = DT_FLOW_NONE;
	if (flow == DT_FLOW_RETURN)
		con->flow.indent = DT_MAX(con->flow.indent - INDENT, 0);
	con->data.dtpda_flow = kinds[flow];
	con->data.dtpda_prefix = flow == DT_FLOW_NONE ? "| " : epid->prefix;
	con->data.dtpda_indent = con->flow.indent;
}

void dt_flow_after(struct dt_consume *con, const struct dt_con_epid *epid)
{
	if (con->data.dtpda_flow == DTRACEFLOW_ENTRY)
		con->flow.indent += INDENT;
	con->flow.last = epid;
}
