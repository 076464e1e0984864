/* SPDX-License-Identifier: MIT */
/*
 * Programs that the consumer starts, and no event: BEGIN, END and ERROR.  They are raw tracepoint
 * programs that are attached nowhere.  dt_bpf_test_run(prog_fd) runs one in the caller's thread,
 * with a context of 16 bytes or more (5.10).
 */
#include "attach/attach.h"
#include "attach/test_run.h"

static int prepare_test_run(struct dt_attach *att DT_UNUSED, struct dt_bpf_prog_spec *spec,
			    struct dt_strbuf *why DT_UNUSED)
{
	spec->type = BPF_PROG_TYPE_RAW_TRACEPOINT;
	return 0;
}

const struct dt_mech_ops dt_mech_test_run = {
	.name = "test_run",
	.has_stack = true,
	.stack_above = 1,
	.prepare = prepare_test_run,
};
