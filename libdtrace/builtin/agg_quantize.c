/* SPDX-License-Identifier: MIT */
/*
 * Aggregating functions whose value is a distribution: quantize (powers of two), lquantize (linear
 * steps) and llquantize (linear steps within powers of a factor).
 *
 * A bucket is one word in the kernel.  The parameters of lquantize and llquantize are packed into
 * one word (DTRACE_LQUANTIZE_*, DTRACE_LLQUANTIZE_* in sys/dtrace.h), which is the aggregation's
 * `param` and the first word of illumos' record.
 */
#include <sys/dtrace.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/util.h"
#include "builtin/agg.h"
#include "builtin/builtins.h"
#include "check/call.h"
#include "check/context.h"
#include "check/fold.h"
#include "lower/hooks.h"
#include "runtime/runtime.h"

static int64_t count_at(const void *value, uint32_t off, uint32_t bucket)
{
	int64_t v;

	memcpy(&v, (const char *)value + off + 8 * (size_t)bucket, sizeof(v));
	return v;
}

static int compare_sums(long double a, long double b, int64_t zero_a, int64_t zero_b)
{
	if (a != b)
		return a < b ? -1 : 1;
	return (zero_a > zero_b) - (zero_a < zero_b);
}

static void label_number(char *buf, size_t size, int64_t value)
{
	snprintf(buf, size, "%" PRId64, value);
}

/* A constant argument that has to lie within LOW..HIGH. */
static int64_t constant(struct dt_check *c, const struct dt_expr *e, const char *func, uint32_t n,
			const char *type_tag, const char *value_tag, int64_t low, int64_t high,
			const char *what)
{
	int64_t v;

	if (!dt_check_const_arg(e, &v))
		dt_fail(c->compile, &e->loc, type_tag,
			"%s( ) argument #%u must be an integer constant", func, n);
	if (v < low || v > high)
		dt_fail(c->compile, &e->loc, value_tag, "%s( ) argument #%u must be %s", func, n,
			what);
	return v;
}

static void match(struct dt_check *c, const struct dt_stmt *s, const char *func, const char *tag,
		  const char *name, uint32_t n, int64_t want, int64_t got)
{
	if (want != got)
		dt_fail(c->compile, &s->loc, tag,
			"%s( ) %s (argument #%u) doesn't match previous declaration: expected "
			"%" PRId64 ", found %" PRId64,
			func, name, n, want, got);
}

/* ---- quantize ---- */

static void check_quantize(struct dt_check *c, struct dt_stmt *s, struct dt_expr **args,
			   uint32_t nargs)
{
	dt_check_nargs(c, &s->loc, "quantize", nargs, 1, 2);
	dt_agg_check_value(c, s, args[0]);
	if (nargs > 1)
		dt_agg_check_weight(c, s, args[1], 2);
}

static uint32_t quantize_nbuckets(uint64_t param DT_UNUSED)
{
	return DTRACE_QUANTIZE_NBUCKETS;
}

static void quantize_bucket(uint64_t param DT_UNUSED, uint32_t b, int64_t *low, int64_t *high)
{
	int64_t label = DTRACE_QUANTIZE_BUCKETVAL((int)b);

	*low = *high = label;
	if (b < DTRACE_QUANTIZE_ZEROBUCKET)
		*low = b ? 2 * label + 1 : INT64_MIN;
	else if (b > DTRACE_QUANTIZE_ZEROBUCKET)
		*high = b < DTRACE_QUANTIZE_NBUCKETS - 1 ? 2 * label - 1 : INT64_MAX;
}

static void quantize_label(uint64_t param DT_UNUSED, uint32_t b, char *buf, size_t size)
{
	label_number(buf, size, DTRACE_QUANTIZE_BUCKETVAL((int)b));
}

static long double quantize_sum(const void *value)
{
	long double sum = 0;

	for (int i = 0; i < DTRACE_QUANTIZE_NBUCKETS; i++)
		sum += (long double)DTRACE_QUANTIZE_BUCKETVAL(i) * count_at(value, 0, (uint32_t)i);
	return sum;
}

static int quantize_compare(const void *a, const void *b, uint64_t param DT_UNUSED)
{
	return compare_sums(quantize_sum(a), quantize_sum(b),
			    count_at(a, 0, DTRACE_QUANTIZE_ZEROBUCKET),
			    count_at(b, 0, DTRACE_QUANTIZE_ZEROBUCKET));
}

#define COUNTS 8 /* of lquantize and llquantize: behind the parameter word */

/* ---- lquantize ---- */

static uint64_t lquantize_param(int64_t base, int64_t levels, int64_t step)
{
	return (uint64_t)step << DTRACE_LQUANTIZE_STEPSHIFT |
	       (uint64_t)levels << DTRACE_LQUANTIZE_LEVELSHIFT | (uint32_t)base;
}

static int64_t check_step(struct dt_check *c, const struct dt_expr *e)
{
	int64_t step;

	if (!dt_check_const_arg(e, &step) || step <= 0)
		dt_fail(c->compile, &e->loc, "D_LQUANT_STEPTYPE",
			"lquantize( ) argument #3 must be a non-zero positive integer constant");
	if (step > UINT16_MAX)
		dt_fail(c->compile, &e->loc, "D_LQUANT_STEPVAL",
			"lquantize( ) argument #3 must be a 16-bit quantity");
	return step;
}

static void check_lquantize(struct dt_check *c, struct dt_stmt *s, struct dt_expr **args,
			    uint32_t nargs)
{
	uint64_t old = s->agg->param;
	int64_t base, limit, levels, step = 1;

	dt_check_nargs(c, &s->loc, "lquantize", nargs, 3, 5);
	dt_agg_check_value(c, s, args[0]);
	base = constant(c, args[1], "lquantize", 1, "D_LQUANT_BASETYPE", "D_LQUANT_BASEVAL",
			INT32_MIN, INT32_MAX, "a 32-bit quantity");
	limit = constant(c, args[2], "lquantize", 2, "D_LQUANT_LIMTYPE", "D_LQUANT_LIMVAL",
			 INT32_MIN, INT32_MAX, "a 32-bit quantity");
	if (limit < base)
		dt_fail(c->compile, &args[1]->loc, "D_LQUANT_MISMATCH",
			"lquantize( ) base (argument #1) must be less than limit (argument #2)");
	if (nargs > 3)
		step = check_step(c, args[3]);
	levels = (limit - base) / step;
	if (levels == 0)
		dt_fail(c->compile, &s->loc, "D_LQUANT_STEPLARGE",
			"lquantize( ) step (argument #3) too large: must have at least one "
			"quantization level");
	if (levels > UINT16_MAX)
		dt_fail(c->compile, &s->loc, "D_LQUANT_STEPSMALL",
			"lquantize( ) step (argument #3) too small: number of quantization levels "
			"must be a 16-bit quantity");
	if (old) {
		int64_t old_step = DTRACE_LQUANTIZE_STEP(old),
			old_base = DTRACE_LQUANTIZE_BASE(old);

		match(c, s, "lquantize", "D_LQUANT_MATCHBASE", "base", 1, old_base, base);
		match(c, s, "lquantize", "D_LQUANT_MATCHLIM", "limit", 2,
		      old_base + DTRACE_LQUANTIZE_LEVELS(old) * old_step, base + levels * step);
		match(c, s, "lquantize", "D_LQUANT_MATCHSTEP", "step", 3, old_step, step);
	}
	s->agg->param = lquantize_param(base, levels, step);
	if (nargs > 4)
		dt_agg_check_weight(c, s, args[4], 5);
}

static uint32_t lquantize_nbuckets(uint64_t param)
{
	return DTRACE_LQUANTIZE_LEVELS(param) + 2u;
}

/* Where bucket B begins; that below the base has no such place. */
static int64_t lquantize_start(uint64_t param, uint32_t b)
{
	return DTRACE_LQUANTIZE_BASE(param) + ((int64_t)b - 1) * DTRACE_LQUANTIZE_STEP(param);
}

static void lquantize_bucket(uint64_t param, uint32_t b, int64_t *low, int64_t *high)
{
	*low = b ? lquantize_start(param, b) : INT64_MIN;
	*high = b + 1 < lquantize_nbuckets(param) ? lquantize_start(param, b + 1) - 1 : INT64_MAX;
}

static void lquantize_label(uint64_t param, uint32_t b, char *buf, size_t size)
{
	if (b == 0)
		snprintf(buf, size, "< %d", DTRACE_LQUANTIZE_BASE(param));
	else if (b + 1 == lquantize_nbuckets(param))
		snprintf(buf, size, ">= %" PRId64, lquantize_start(param, b));
	else
		label_number(buf, size, lquantize_start(param, b));
}

/* Buckets outside of the range weigh as the numbers next to it. */
static long double lquantize_sum(const void *value, uint64_t param, int64_t *zero)
{
	uint32_t last = lquantize_nbuckets(param) - 1;
	long double sum = 0;

	*zero = 0;
	for (uint32_t b = 0; b <= last; b++) {
		int64_t label = b ? lquantize_start(param, b) + (b == last)
				  : (int64_t)DTRACE_LQUANTIZE_BASE(param) - 1;

		if (label == 0)
			*zero = count_at(value, COUNTS, b);
		sum += (long double)label * count_at(value, COUNTS, b);
	}
	return sum;
}

static int lquantize_compare(const void *a, const void *b, uint64_t param)
{
	int64_t zero_a, zero_b;
	long double x = lquantize_sum(a, param, &zero_a), y = lquantize_sum(b, param, &zero_b);

	return compare_sums(x, y, zero_a, zero_b);
}

/* ---- llquantize ---- */

/* A walk over the buckets between the outer two: magnitude by magnitude, step by step. */
struct ll {
	int64_t factor, nsteps;
	uint32_t magnitude, high;
	int64_t value; /* where the bucket begins */
	int64_t next;  /* where the next magnitude does */
	int64_t step;
};

static int64_t power(int64_t factor, uint32_t exponent)
{
	int64_t value = 1;

	while (exponent--)
		value *= factor;
	return value;
}

static void ll_enter(struct ll *w)
{
	w->next = w->value * w->factor;
	w->step = w->next > w->nsteps ? w->next / w->nsteps : 1;
}

static void ll_begin(struct ll *w, uint64_t param)
{
	w->factor = DTRACE_LLQUANTIZE_FACTOR(param);
	w->nsteps = DTRACE_LLQUANTIZE_NSTEP(param);
	w->magnitude = DTRACE_LLQUANTIZE_LOW(param);
	w->high = DTRACE_LLQUANTIZE_HIGH(param);
	w->value = power(w->factor, w->magnitude);
	ll_enter(w);
}

static bool ll_at_end(const struct ll *w)
{
	return w->magnitude > w->high;
}

static void ll_step(struct ll *w)
{
	w->value += w->step;
	if (w->value < w->next)
		return;
	w->value = w->next;
	if (++w->magnitude <= w->high)
		ll_enter(w);
}

/* Does FACTOR to the power of EXPONENT fit in 63 bits? */
static bool power_fits(int64_t factor, int64_t exponent)
{
	for (int64_t value = 1; exponent; exponent--)
		if (__builtin_mul_overflow(value, factor, &value))
			return false;
	return true;
}

static void check_ranges(struct dt_check *c, const struct dt_stmt *s, int64_t factor, int64_t low,
			 int64_t high, int64_t nsteps)
{
	if (factor < 2)
		dt_fail(c->compile, &s->loc, "D_LLQUANT_FACTORVAL",
			"llquantize( ) factor (argument #1) must be two or more");
	if (low >= high)
		dt_fail(c->compile, &s->loc, "D_LLQUANT_HMAGVAL",
			"llquantize( ) high magnitude (argument #3) must be greater than low "
			"magnitude (argument #2)");
	if (!power_fits(factor, high + 1))
		dt_fail(c->compile, &s->loc, "D_LLQUANT_HMAGVAL",
			"llquantize( ) factor (argument #1) raised to power of high magnitude "
			"(argument #3) overflows 64-bits");
	for (int64_t m = low; m <= high; m++) {
		int64_t next = power(factor, (uint32_t)m + 1);

		if (!nsteps || (next > nsteps && next % nsteps))
			dt_fail(c->compile, &s->loc, "D_LLQUANT_STEPVAL",
				"llquantize( ) number of steps (argument #4) must evenly divide "
				"the powers of the factor "
				"(argument #1)");
	}
}

static void check_llquantize(struct dt_check *c, struct dt_stmt *s, struct dt_expr **args,
			     uint32_t nargs)
{
	static const struct {
		const char *name, *type_tag, *value_tag, *match_tag;
		uint32_t shift;
	} params[] = {
		{ "factor", "D_LLQUANT_FACTORTYPE", "D_LLQUANT_FACTORVAL", "D_LLQUANT_MATCHFACTOR",
		  DTRACE_LLQUANTIZE_FACTORSHIFT },
		{ "low magnitude", "D_LLQUANT_LMAGTYPE", "D_LLQUANT_LMAGVAL", "D_LLQUANT_MATCHLMAG",
		  DTRACE_LLQUANTIZE_LOWSHIFT },
		{ "high magnitude", "D_LLQUANT_HMAGTYPE", "D_LLQUANT_HMAGVAL",
		  "D_LLQUANT_MATCHHMAG", DTRACE_LLQUANTIZE_HIGHSHIFT },
		{ "linear steps", "D_LLQUANT_STEPTYPE", "D_LLQUANT_STEPVAL", "D_LLQUANT_MATCHSTEPS",
		  DTRACE_LLQUANTIZE_NSTEPSHIFT },
	};
	int64_t v[ARRAY_SIZE(params)];
	uint64_t param = 0;

	dt_check_nargs(c, &s->loc, "llquantize", nargs, 5, 6);
	dt_agg_check_value(c, s, args[0]);
	for (uint32_t i = 0; i < ARRAY_SIZE(params); i++) {
		v[i] = constant(c, args[i + 1], "llquantize", i + 1, params[i].type_tag,
				params[i].value_tag, 0, UINT16_MAX, "an unsigned 16-bit quantity");
		param |= (uint64_t)v[i] << params[i].shift;
	}
	check_ranges(c, s, v[0], v[1], v[2], v[3]);
	for (uint32_t i = 0; i < ARRAY_SIZE(params) && s->agg->param; i++)
		match(c, s, "llquantize", params[i].match_tag, params[i].name, i + 1,
		      (uint16_t)(s->agg->param >> params[i].shift), v[i]);
	s->agg->param = param;
	if (nargs > 5)
		dt_agg_check_weight(c, s, args[5], 6);
}

static uint32_t llquantize_nbuckets(uint64_t param)
{
	struct ll w;
	uint32_t n = 2;

	for (ll_begin(&w, param); !ll_at_end(&w); ll_step(&w))
		n++;
	return n;
}

static void llquantize_bucket(uint64_t param, uint32_t b, int64_t *low, int64_t *high)
{
	struct ll w;
	uint32_t at = 1;

	ll_begin(&w, param);
	*low = INT64_MIN;
	*high = w.value - 1;
	if (!b)
		return;
	for (; at < b && !ll_at_end(&w); at++)
		ll_step(&w);
	*low = w.value;
	*high = INT64_MAX;
	if (ll_at_end(&w))
		return;
	ll_step(&w);
	*high = w.value - 1;
}

static void llquantize_label(uint64_t param, uint32_t b, char *buf, size_t size)
{
	int64_t low, high;

	llquantize_bucket(param, b, &low, &high);
	if (b == 0)
		snprintf(buf, size, "< %" PRId64, high + 1);
	else if (high == INT64_MAX)
		snprintf(buf, size, ">= %" PRId64, low);
	else
		label_number(buf, size, low);
}

static long double llquantize_sum(const void *value, uint64_t param)
{
	long double sum;
	struct ll w;
	uint32_t b = 1;

	ll_begin(&w, param);
	sum = (long double)(w.value - 1) * count_at(value, COUNTS, 0);
	for (; !ll_at_end(&w); ll_step(&w))
		sum += (long double)w.value * count_at(value, COUNTS, b++);
	return sum + (long double)w.value * count_at(value, COUNTS, b);
}

static int llquantize_compare(const void *a, const void *b, uint64_t param)
{
	return compare_sums(llquantize_sum(a, param), llquantize_sum(b, param),
			    count_at(a, COUNTS, 0), count_at(b, COUNTS, 0));
}

/* ---- code: the number of the bucket ---- */

static uint32_t quantize_emit(struct dt_cg *cg, uint32_t value, uint64_t param)
{
	(void)param;
	return dt_ir_runtime(&cg->ir, DT_RT_QUANTIZE, DT_ARGS(value));
}

/* Values are cut to 32 bits, as illumos does. */
static uint32_t lquantize_emit(struct dt_cg *cg, uint32_t value, uint64_t param)
{
	return dt_ir_runtime(&cg->ir, DT_RT_LQUANTIZE,
			     DT_ARGS(dt_ir_ext(&cg->ir, value, 4, true),
				     dt_ir_const(&cg->ir, DTRACE_LQUANTIZE_BASE(param)),
				     dt_ir_const(&cg->ir, DTRACE_LQUANTIZE_STEP(param)),
				     dt_ir_const(&cg->ir, DTRACE_LQUANTIZE_LEVELS(param))));
}

static uint32_t llquantize_emit(struct dt_cg *cg, uint32_t value, uint64_t param)
{
	return dt_ir_runtime(&cg->ir, DT_RT_LLQUANTIZE,
			     DT_ARGS(value, dt_ir_const(&cg->ir, DTRACE_LLQUANTIZE_FACTOR(param)),
				     dt_ir_const(&cg->ir, DTRACE_LLQUANTIZE_LOW(param)),
				     dt_ir_const(&cg->ir, DTRACE_LLQUANTIZE_HIGH(param)),
				     dt_ir_const(&cg->ir, DTRACE_LLQUANTIZE_NSTEP(param))));
}

static const struct dt_builtin rows[] = {
	DT_AGGFUNC("llquantize", "void(@, int32_t, int32_t, int32_t, int32_t, ...)",
		   DTRACEAGG_LLQUANTIZE,
		   "Distribution by powers of a factor, from a low to a high exponent, each power "
		   "divided into linear steps.",
		   "@ = llquantize(timestamp, 10, 0, 9, 10)", .check = check_llquantize,
		   .emit_bucket = llquantize_emit, .compare = llquantize_compare,
		   .nbuckets = llquantize_nbuckets, .bucket = llquantize_bucket,
		   .label = llquantize_label, .has_param = true, .empty_last = 1),
	DT_AGGFUNC("lquantize", "void(@, int32_t, int32_t, ...)", DTRACEAGG_LQUANTIZE,
		   "Linear distribution from a base to a limit, in steps.",
		   "@ = lquantize(pid, 0, 1000, 100)", .check = check_lquantize,
		   .emit_bucket = lquantize_emit, .compare = lquantize_compare,
		   .nbuckets = lquantize_nbuckets, .bucket = lquantize_bucket,
		   .label = lquantize_label, .has_param = true, .empty_last = 2, .as_line = true,
		   .whole_line = true),
	DT_AGGFUNC("quantize", "void(@, ...)", DTRACEAGG_QUANTIZE, "Distribution by powers of two.",
		   "@ = quantize(pid)", .check = check_quantize, .emit_bucket = quantize_emit,
		   .compare = quantize_compare, .nbuckets = quantize_nbuckets,
		   .bucket = quantize_bucket, .label = quantize_label,
		   .empty_first = DTRACE_QUANTIZE_ZEROBUCKET - 1,
		   .empty_last = DTRACE_QUANTIZE_ZEROBUCKET + 1, .as_line = true),
};

const struct dt_builtin_family dt_builtins_agg_quantize = { "agg_quantize", rows,
							    ARRAY_SIZE(rows) };
