/* SPDX-License-Identifier: MIT */
/*
 * flowindent (flow.h): which records are a function's entry and return.  The rules are DTrace's: a
 * second clause of one firing is neither, so that an entry indents once and only the last clause of
 * a return takes it back.
 */
#include <string.h>
#include "base/util.h"
#include "consume/flow.h"
#include "contract/provider.h"

#define INDENT 2

static bool ends_in(const char *name, const char *word)
{
	size_t len = strlen(name), wlen = strlen(word);

	if (len < wlen || strcmp(name + len - wlen, word))
		return false;
	return len == wlen || name[len - wlen - 1] == '-';
}

void dt_flow_classify(struct dt_flow_probe *probe, const dtrace_probedesc_t *pdesc,
		      const struct dt_provider_ops *ops)
{
	probe->probe_id = pdesc->dtpd_id;
	probe->prefix = "| ";
	if (ends_in(pdesc->dtpd_name, "entry")) {
		probe->flow = DT_FLOW_ENTRY;
		probe->prefix = ops->entry_arrow ? ops->entry_arrow : " -> ";
	} else if (ends_in(pdesc->dtpd_name, "return")) {
		probe->flow = DT_FLOW_RETURN;
		probe->prefix = ops->return_arrow ? ops->return_arrow : " <- ";
	}
}

static bool is_other_clause(const struct dt_flow_probe *a, const struct dt_flow_probe *b)
{
	return b && a != b && a->probe_id == b->probe_id;
}

void dt_flow_before(struct dt_flow_state *state, dtrace_probedata_t *data,
		    const struct dt_flow_probe *probe, const struct dt_flow_probe *next)
{
	static const dtrace_flowkind_t kinds[] = { [DT_FLOW_NONE] = DTRACEFLOW_NONE,
						   [DT_FLOW_ENTRY] = DTRACEFLOW_ENTRY,
						   [DT_FLOW_RETURN] = DTRACEFLOW_RETURN };
	enum dt_flow flow = probe->flow;

	if ((flow == DT_FLOW_ENTRY && is_other_clause(probe, state->last)) ||
	    (flow == DT_FLOW_RETURN && is_other_clause(probe, next)))
		flow = DT_FLOW_NONE;
	if (flow == DT_FLOW_RETURN)
		state->indent = DT_MAX(state->indent - INDENT, 0);
	data->dtpda_flow = kinds[flow];
	data->dtpda_prefix = flow == DT_FLOW_NONE ? "| " : probe->prefix;
	data->dtpda_indent = state->indent;
}

void dt_flow_after(struct dt_flow_state *state, const dtrace_probedata_t *data,
		   const struct dt_flow_probe *probe)
{
	if (data->dtpda_flow == DTRACEFLOW_ENTRY)
		state->indent += INDENT;
	state->last = probe;
}
