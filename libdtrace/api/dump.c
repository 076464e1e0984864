/* SPDX-License-Identifier: MIT */
/* What the compiler made, as text: for dtrace -S and -x tree. */
#include <errno.h>
#include <string.h>
#include "api/hdl.h"

static void trees(dtrace_hdl_t *dtp, struct dt_strbuf *text)
{
	dt_vec_each(&dtp->progs, it) dt_tree_dump(text, (*it)->tree);
}

/* Before go the code is made for the dump alone: options may still change. */
static int code(dtrace_hdl_t *dtp, struct dt_strbuf *text)
{
	dtrace_optval_t unset[DTRACEOPT_MAX];
	int err;

	if (dtp->plan) {
		dt_plan_print(dtp->plan, text);
		return 0;
	}
	memcpy(unset, dtp->options, sizeof(unset));
	dt_options_settle(dtp);
	err = dt_run_generate(dtp);
	if (!err)
		dt_plan_print(dtp->plan, text);
	memcpy(dtp->options, unset, sizeof(unset));
	err = err ? dtp->err : 0;
	dt_run_free(dtp);
	if (err)
		dtp->err = err;
	return err ? -1 : 0;
}

int dtrace_dump(dtrace_hdl_t *dtp, dtrace_dump_t what, FILE *out)
{
	struct dt_strbuf text = { 0 };
	int err = 0;

	if (!out || (what != DTRACE_DUMP_TREE && what != DTRACE_DUMP_CODE))
		return dt_set_errno(dtp, EINVAL);
	if (what == DTRACE_DUMP_TREE)
		trees(dtp, &text);
	else
		err = code(dtp, &text);
	if (!err && text.nomem)
		err = dt_set_errno(dtp, EDT_NOMEM);
	if (!err && fwrite(dt_strbuf_str(&text), 1, text.len, out) != text.len)
		err = dt_set_errno(dtp, EDT_FIO);
	dt_strbuf_free(&text);
	return err;
}
