/* SPDX-License-Identifier: MIT */
/*
 * Printing by a format (contract/format.h): whole records for printf() and its kin, conversion by
 * conversion for printa().  Called by actions.c, aggprint.c and the show hook of printf().
 */
#ifndef DT_CONSUME_PRINTF_H
#define DT_CONSUME_PRINTF_H

#include <dtrace.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "consume/datum.h"
#include "contract/format.h"

struct dt_out;

/* What a format takes its arguments from: RECS describe data in the LEN bytes at BUF. */
struct dt_fmt_input {
	const dtrace_recdesc_t *recs;
	uint32_t nrecs;
	const void *buf;
	size_t len;
};

/* One conversion with its argument. */
struct dt_fmt_arg {
	const struct dt_conv *conv;
	uint32_t flags;
	int width, prec;
	struct dt_datum datum;
};

void dt_fmt_put(struct dt_out *out, const struct dt_fmt_arg *arg);
/* Takes width and precision where they are arguments, from INPUT at *NEXT. False: there is none. */
bool dt_fmt_dynamic(struct dt_fmt_arg *arg, const struct dt_fmt_part *part,
		    const struct dt_fmt_input *input, uint32_t *next);
/* The whole format; returns how many records of INPUT it has used (1 at least), or -1. */
int dt_fmt_run(struct dt_out *out, const struct dt_fmt *fmt, const struct dt_fmt_input *input);

#endif
