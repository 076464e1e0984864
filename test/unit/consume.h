/* SPDX-License-Identifier: MIT */
/*
 * A consumer without a kernel, for consume.c and aggs.c: a layout made by hand, options and
 * counters in plain memory, output that is looked at as text.
 */
#ifndef TEST_CONSUME_H
#define TEST_CONSUME_H

#include <dtrace.h>
#include <dtrace_linux.h>
#include <errno.h>
#include <setjmp.h>
#include <stdlib.h>
#include "base/errno.h"
#include "check/format.h"
#include "consume/consumer.h"
#include "consume/printf.h"
#include "consume/show.h"
#include "probe/probe.h"
#include "test.h"
#include "types/types.h"

static struct dt_types *types;
static struct dt_run_layout layout;
static struct dt_consume *con;
static dtrace_optval_t options[DTRACEOPT_MAX];
static struct dt_state *state;
static char *text; /* what was printed */
static size_t text_len;
static FILE *fp;

#define NCPUS 3

static const struct dt_type *type(enum dt_base which)
{
	return dt_type_base(types, which);
}

static void begin(void)
{
	struct dt_consume_init init = { .layout = &layout,
					.types = types,
					.options = options,
					.hdl = (dtrace_hdl_t *)&layout };

	layout.ncpus = NCPUS;
	layout.header_size = layout.timestamps ? 16 : 8;
	layout.strsize = 256;
	layout.counters_off = sizeof(struct dt_state);
	state = calloc(1, sizeof(*state) + NCPUS * DT_COUNTER_STRIDE);
	init.state = state;
	for (int i = 0; i < DTRACEOPT_MAX; i++)
		options[i] = DTRACEOPT_UNSET;
	con = dt_consume_new(&init);
	free(text);
	text = NULL;
	fp = open_memstream(&text, &text_len);
	con->out.fp = fp;
}

static const char *printed(void)
{
	dt_out_flush(&con->out, NULL, NULL, 0);
	fclose(fp);
	fp = NULL;
	return text;
}

static void end(void)
{
	if (fp)
		fclose(fp);
	dt_consume_free(con);
	free(state);
	layout = (struct dt_run_layout){ 0 };
}

static struct dt_strbuf seen; /* what the client's functions saw */

#endif
