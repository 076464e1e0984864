/* SPDX-License-Identifier: MIT */
/* dtrace_dump(): typed trees, generated code, and what a run has in the kernel, as text. */
#include <errno.h>
#include "api/hdl.h"
#include "lower/generate.h"

static void print_trees(dtrace_hdl_t *dtp, struct dt_strbuf *text)
{
	dt_vec_each(&dtp->progs, it) dt_tree_dump(text, (*it)->tree);
}

/* Before go code is generated for the dump only, since options may still change. */
static int print_code(dtrace_hdl_t *dtp, struct dt_strbuf *text)
{
	dtrace_optval_t as_set[DTRACEOPT_MAX];
	struct dt_plan *plan;

	if (dtp->plan) {
		dt_plan_print(dtp->plan, dtp->copts.listings, text);
		return 0;
	}
	dt_options_settle(dtp, as_set);
	plan = dt_generate(dtp);
	if (plan)
		dt_plan_print(plan, dtp->copts.listings, text);
	dt_generated_free(plan);
	dt_options_restore(dtp, as_set);
	return plan ? 0 : -1;
}

int dtrace_dump(dtrace_hdl_t *dtp, dtrace_dump_t what, FILE *out)
{
	struct dt_strbuf text = { 0 };
	int err = 0;

	if (!out || what > DTRACE_DUMP_RUN || (what == DTRACE_DUMP_RUN && !dt_is_started(dtp)))
		return dt_set_errno(dtp, EINVAL);
	if (what == DTRACE_DUMP_TREE)
		print_trees(dtp, &text);
	else if (what == DTRACE_DUMP_SOURCE)
		dt_vec_each(&dtp->progs, it) dt_ast_print(&text, (*it)->ast);
	else if (what == DTRACE_DUMP_RUN)
		dt_run_print(dtp->run, &text);
	else
		err = print_code(dtp, &text);
	if (!err && text.nomem)
		err = dt_set_errno(dtp, EDT_NOMEM);
	if (!err && fwrite(dt_strbuf_str(&text), 1, text.len, out) != text.len)
		err = dt_set_errno(dtp, EDT_FIO);
	dt_strbuf_free(&text);
	return err;
}
