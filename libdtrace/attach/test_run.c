/* SPDX-License-Identifier: MIT */
/*
 * Programs that no event starts but the consumer (BEGIN, END, ERROR's own): raw tracepoint programs
 * attached nowhere, run in the caller's thread by dt_bpf_test_run(prog_fd) with a context of 16
 * bytes or more (5.10).
 */
#include <errno.h>
#include "attach/attach.h"

static int prepare_test_run(struct dt_attach *att DT_UNUSED, struct dt_bpf_prog_spec *spec,
			    struct dt_strbuf *why DT_UNUSED)
{
	spec->type = BPF_PROG_TYPE_RAW_TRACEPOINT;
	return 0;
}

const struct dt_mech_ops dt_mech_test_run = {
	.name = "test_run",
	.test_run = true,
	.has_stack = true,
	.stack_above = 1,
	.prepare = prepare_test_run,
};
