/* SPDX-License-Identifier: MIT */
/*
 * range(): the largest value less the smallest.  A toy, for test/recipes/run.
 *
 * Its words are those of max() and min(): the value with its sign bit inverted, and INT64_MAX less
 * the value.
 */
#include <sys/dtrace.h>
#include <string.h>
#include "base/util.h"
#include "builtin/agg.h"
#include "builtin/builtins.h"
#include "consume/distribution.h"
#include "lower/hooks.h"

#define SIGN (UINT64_C(1) << 63)

static void emit_range(struct dt_cg *cg, uint32_t ptr, uint32_t value, uint64_t param, bool atomic)
{
	(void)param;
	dt_agg_keep_larger(cg, ptr, 0,
			   dt_ir_bin(&cg->ir, DT_IR_XOR, value, dt_ir_const(&cg->ir, INT64_MIN)),
			   atomic);
	dt_agg_keep_larger(cg, ptr, 8,
			   dt_ir_bin(&cg->ir, DT_IR_SUB, dt_ir_const(&cg->ir, INT64_MAX), value),
			   atomic);
}

static int64_t number_range(const void *value, uint64_t normal)
{
	uint64_t words[2], max, min;

	memcpy(words, value, sizeof(words));
	if (!words[0] && !words[1]) /* cleared */
		return 0;
	max = words[0] ^ SIGN;
	min = (uint64_t)INT64_MAX - words[1];
	return dt_normalize((int64_t)(max - min), normal);
}

static const struct dt_builtin rows[] = {
	DT_AGGFUNC("range", "void(@)", DT_AGG_LINUX(1), "Largest value less the smallest.",
		   "@ = range(pid)", .nwords = 2, .check = dt_agg_check_one, .emit = emit_range,
		   .merge = dt_agg_merge_larger, .number = number_range, .as_bars = true),
};

const struct dt_builtin_family dt_builtins_agg_range = { "agg_range", rows, ARRAY_SIZE(rows) };
