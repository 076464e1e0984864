/* SPDX-License-Identifier: MIT */
/*
 * Aggregating functions whose value is one number: avg, count, max, min, stddev, sum.
 *
 * Their words in the kernel are neutral at zero.  Sums are that by themselves.  min() keeps
 * INT64_MAX - value and max() keeps the value with its sign bit inverted, so that for both the
 * larger unsigned word is the one to keep, and merging is an unsigned maximum.
 */
#include <sys/dtrace.h>
#include <inttypes.h>
#include <string.h>
#include "base/util.h"
#include "builtin/agg.h"
#include "builtin/builtins.h"
#include "check/call.h"
#include "check/context.h"
#include "check/convert.h"
#include "check/node.h"
#include "consume/distribution.h"
#include "consume/output.h"
#include "lower/hooks.h"
#include "runtime/runtime.h"

/* ---- checking ---- */

void dt_agg_check_value(struct dt_check *c, struct dt_stmt *s, struct dt_expr *arg)
{
	if (!dt_type_is_scalar(arg->type))
		dt_fail(c->compile, &arg->loc, "D_AGG_SCALAR",
			"%s( ) argument #1 must be of scalar type", s->row->name);
	s->value = dt_check_cast(c, arg, dt_type_base(c->types, DT_B_INT64));
}

void dt_agg_check_weight(struct dt_check *c, struct dt_stmt *s, struct dt_expr *arg, uint32_t n)
{
	if (!dt_type_is_integer(arg->type))
		dt_fail(c->compile, &arg->loc, "D_PROTO_ARG",
			"%s( ) argument #%u is incompatible with prototype:\n\tprototype: "
			"int64_t\n\t argument: %s",
			s->row->name, n, dt_check_tname(c, arg->type));
	s->incr = dt_check_cast(c, arg, dt_type_base(c->types, DT_B_INT64));
}

void dt_agg_check_one(struct dt_check *c, struct dt_stmt *s, struct dt_expr **args, uint32_t nargs)
{
	dt_check_nargs(c, &s->loc, s->row->name, nargs, 1, 1);
	dt_agg_check_value(c, s, args[0]);
}

static void check_none(struct dt_check *c, struct dt_stmt *s, struct dt_expr **args DT_UNUSED,
		       uint32_t nargs)
{
	dt_check_nargs(c, &s->loc, s->row->name, nargs, 0, 0);
}

/* ---- words ---- */

#define SIGN (UINT64_C(1) << 63)

void dt_agg_merge_larger(uint64_t *into, const uint64_t *from, uint32_t nwords)
{
	for (uint32_t i = 0; i < nwords; i++)
		into[i] = DT_MAX(into[i], from[i]);
}

/* Count and sum add; the squares are one number of 128 bits. */
static void merge_stddev(uint64_t *into, const uint64_t *from, uint32_t nwords DT_UNUSED)
{
	unsigned __int128 a = (unsigned __int128)into[3] << 64 | into[2];
	unsigned __int128 b = (unsigned __int128)from[3] << 64 | from[2];

	a += b;
	into[0] += from[0];
	into[1] += from[1];
	into[2] = (uint64_t)a;
	into[3] = (uint64_t)(a >> 64);
}

static void decode_min(const uint64_t *words, uint64_t param DT_UNUSED, void *value)
{
	uint64_t v = (uint64_t)INT64_MAX - words[0];

	memcpy(value, &v, sizeof(v));
}

static void decode_max(const uint64_t *words, uint64_t param DT_UNUSED, void *value)
{
	uint64_t v = words[0] ^ SIGN;

	memcpy(value, &v, sizeof(v));
}

/* ---- numbers ---- */

static int64_t number_word(const void *value, uint64_t normal)
{
	int64_t v;

	memcpy(&v, value, sizeof(v));
	return dt_normalize(v, normal);
}

static int64_t number_avg(const void *value, uint64_t normal)
{
	int64_t v[2];

	memcpy(v, value, sizeof(v));
	return v[0] ? dt_normalize(v[1], normal) / v[0] : 0;
}

/* Floor of the square root, bit by bit. */
static uint64_t root(unsigned __int128 n)
{
	unsigned __int128 result = 0, bit = (unsigned __int128)1 << 126;

	while (bit > n)
		bit >>= 2;
	for (; bit; bit >>= 2) {
		if (n >= result + bit) {
			n -= result + bit;
			result = (result >> 1) + bit;
		} else {
			result >>= 1;
		}
	}
	return (uint64_t)result;
}

/* sqrt(mean of squares - square of the mean), the mean cut to an integer first. */
static int64_t number_stddev(const void *value, uint64_t normal)
{
	uint64_t v[4], n = normal ? normal : 1;
	unsigned __int128 squares, square;
	int64_t mean;

	memcpy(v, value, sizeof(v));
	if (!v[0])
		return 0;
	squares = ((unsigned __int128)v[3] << 64 | v[2]) / n / n / v[0];
	mean = dt_normalize((int64_t)v[1], n) / (int64_t)v[0];
	square = (unsigned __int128)((__int128)mean * mean);
	return squares > square ? (int64_t)root(squares - square) : 0;
}

static int compare_stddev(const void *a, const void *b, uint64_t param DT_UNUSED)
{
	uint64_t x = (uint64_t)number_stddev(a, 1), y = (uint64_t)number_stddev(b, 1);

	return (x > y) - (x < y);
}

static void print_stddev(struct dt_out *out, const void *value, uint64_t param DT_UNUSED,
			 uint64_t normal)
{
	dt_out_printf(out, " %16" PRIu64, (uint64_t)number_stddev(value, normal));
}

/* ---- code ---- */

static void emit_count(struct dt_cg *cg, uint32_t ptr, uint32_t value, uint64_t param, bool atomic)
{
	(void)value, (void)param;
	dt_cg_add_word(cg, ptr, 0, dt_ir_const(&cg->ir, 1), atomic);
}

static void emit_sum(struct dt_cg *cg, uint32_t ptr, uint32_t value, uint64_t param, bool atomic)
{
	(void)param;
	dt_cg_add_word(cg, ptr, 0, value, atomic);
}

static void emit_avg(struct dt_cg *cg, uint32_t ptr, uint32_t value, uint64_t param, bool atomic)
{
	emit_count(cg, ptr, value, param, atomic);
	dt_cg_add_word(cg, ptr, 8, value, atomic);
}

static void emit_stddev(struct dt_cg *cg, uint32_t ptr, uint32_t value, uint64_t param, bool atomic)
{
	emit_avg(cg, ptr, value, param, atomic);
	dt_ir_runtime(&cg->ir, atomic ? DT_RT_SQUARE_ATOMIC : DT_RT_SQUARE,
		      DT_ARGS(dt_ir_bini(&cg->ir, DT_IR_ADD, ptr, 16), value));
}

/*
 * If a program that interrupted this one changes the
 * word in between, the exchange fails.  That program has then ended, since interrupts nest, so the
 * second attempt sees its final value, and a third cannot be needed.
 */
#define CAS_ATTEMPTS 3

void dt_agg_keep_larger(struct dt_cg *cg, uint32_t ptr, int32_t off, uint32_t v, bool atomic)
{
	dt_label done = dt_ir_label(&cg->ir);
	dt_vreg old, seen;

	for (int i = 0; i < (atomic ? CAS_ATTEMPTS : 1); i++) {
		old = dt_ir_ld(&cg->ir, ptr, off, 8);
		dt_ir_jcc(&cg->ir, DT_IR_JULE, v, old, done);
		if (!atomic) {
			dt_ir_st(&cg->ir, ptr, off, 8, v);
			break;
		}
		seen = dt_ir_cas(&cg->ir, ptr, off, 8, old, v);
		dt_ir_jcc(&cg->ir, DT_IR_JEQ, seen, old, done);
	}
	dt_ir_place(&cg->ir, done);
}

static void emit_min(struct dt_cg *cg, uint32_t ptr, uint32_t value, uint64_t param, bool atomic)
{
	(void)param;
	dt_agg_keep_larger(cg, ptr, 0,
			   dt_ir_bin(&cg->ir, DT_IR_SUB, dt_ir_const(&cg->ir, INT64_MAX), value),
			   atomic);
}

static void emit_max(struct dt_cg *cg, uint32_t ptr, uint32_t value, uint64_t param, bool atomic)
{
	(void)param;
	dt_agg_keep_larger(cg, ptr, 0,
			   dt_ir_bin(&cg->ir, DT_IR_XOR, value, dt_ir_const(&cg->ir, INT64_MIN)),
			   atomic);
}

static const struct dt_builtin rows[] = {
	DT_AGGFUNC("avg", "void(@)", DTRACEAGG_AVG, "Mean of the values, truncated to an integer.",
		   "@ = avg(timestamp % 10)", .nwords = 2, .check = dt_agg_check_one,
		   .emit = emit_avg, .number = number_avg),
	DT_AGGFUNC("count", "void()", DTRACEAGG_COUNT, "Number of calls.", "@[execname] = count()",
		   .nwords = 1, .check = check_none, .emit = emit_count, .number = number_word,
		   .is_unsigned = true, .as_bars = true),
	DT_AGGFUNC("max", "void(@)", DTRACEAGG_MAX, "Largest value.", "@ = max(pid)", .nwords = 1,
		   .check = dt_agg_check_one, .emit = emit_max, .merge = dt_agg_merge_larger,
		   .decode = decode_max, .number = number_word),
	DT_AGGFUNC("min", "void(@)", DTRACEAGG_MIN, "Smallest value.", "@ = min(pid)", .nwords = 1,
		   .check = dt_agg_check_one, .emit = emit_min, .merge = dt_agg_merge_larger,
		   .decode = decode_min, .number = number_word),
	DT_AGGFUNC("stddev", "void(@)", DTRACEAGG_STDDEV, "Standard deviation of the values.",
		   "@ = stddev(pid)", .nwords = 4, .check = dt_agg_check_one, .emit = emit_stddev,
		   .merge = merge_stddev, .number = number_stddev, .compare = compare_stddev,
		   .print = print_stddev),
	DT_AGGFUNC("sum", "void(@)", DTRACEAGG_SUM, "Sum of the values.", "@ = sum(pid)",
		   .nwords = 1, .check = dt_agg_check_one, .emit = emit_sum, .number = number_word,
		   .as_bars = true),
};

const struct dt_builtin_family dt_builtins_agg_number = { "agg_number", rows, ARRAY_SIZE(rows) };
