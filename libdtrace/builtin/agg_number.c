/* SPDX-License-Identifier: MIT */
/*
 * Aggregating functions whose value is a number: count, sum, min, max, avg, stddev; and the list of
 * all of them. Words in the kernel are neutral at zero: min is kept as INT64_MAX - v and max with
 * its sign turned over, so that both merge by the unsigned maximum.
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
#include "lower/cg.h"
#include "consume/distribution.h"
#include "consume/output.h"
#include "runtime/runtime.h"

/* ---- checking
 * --------------------------------------------------------------------------------------- */

void dt_agg_check_value(struct dt_check *c, struct dt_stmt *s, const char *func,
			struct dt_expr *arg)
{
	if (!dt_type_is_scalar(arg->type))
		dt_fail(c->compile, &arg->loc, "D_AGG_SCALAR",
			"%s( ) argument #1 must be of scalar type", func);
	s->value = dt_check_cast(c, arg, dt_type_base(c->types, DT_B_INT64));
}

void dt_agg_check_weight(struct dt_check *c, struct dt_stmt *s, const char *func,
			 struct dt_expr *arg, uint32_t n)
{
	if (!dt_type_is_integer(arg->type))
		dt_fail(c->compile, &arg->loc, "D_PROTO_ARG",
			"%s( ) argument #%u is incompatible with prototype:\n\tprototype: "
			"int64_t\n\t argument: %s",
			func, n, dt_check_tname(c, arg->type));
	s->incr = dt_check_cast(c, arg, dt_type_base(c->types, DT_B_INT64));
}

static void check_count(struct dt_check *c, struct dt_stmt *s, struct dt_expr **args DT_UNUSED,
			uint32_t nargs)
{
	dt_check_nargs(c, &s->loc, "count", nargs, 0, 0);
}

#define CHECK_ONE(func)                                                                        \
	static void check_##func(struct dt_check *c, struct dt_stmt *s, struct dt_expr **args, \
				 uint32_t nargs)                                               \
	{                                                                                      \
		dt_check_nargs(c, &s->loc, #func, nargs, 1, 1);                                \
		dt_agg_check_value(c, s, #func, args[0]);                                      \
	}
CHECK_ONE(sum)
CHECK_ONE(min)
CHECK_ONE(max)
CHECK_ONE(avg)
CHECK_ONE(stddev)

/* ---- sizes
 * ------------------------------------------------------------------------------------------ */

static uint32_t one_word(uint64_t param DT_UNUSED)
{
	return 1;
}

static uint32_t two_words(uint64_t param DT_UNUSED)
{
	return 2;
}

static uint32_t four_words(uint64_t param DT_UNUSED)
{
	return 4;
}

static uint32_t size_1(uint64_t param DT_UNUSED)
{
	return 8;
}

static uint32_t size_2(uint64_t param DT_UNUSED)
{
	return 16;
}

static uint32_t size_4(uint64_t param DT_UNUSED)
{
	return 32;
}

/* ---- words
 * ------------------------------------------------------------------------------------------ */

#define SIGN (UINT64_C(1) << 63)

static void merge_max(uint64_t *into, const uint64_t *from, uint32_t nwords)
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

static void decode_1(const uint64_t *words, uint64_t param DT_UNUSED, void *value)
{
	memcpy(value, words, 8);
}

static void decode_2(const uint64_t *words, uint64_t param DT_UNUSED, void *value)
{
	memcpy(value, words, 16);
}

static void decode_4(const uint64_t *words, uint64_t param DT_UNUSED, void *value)
{
	memcpy(value, words, 32);
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

static void clear_1(void *value, uint64_t param DT_UNUSED)
{
	memset(value, 0, 8);
}

static void clear_2(void *value, uint64_t param DT_UNUSED)
{
	memset(value, 0, 16);
}

static void clear_4(void *value, uint64_t param DT_UNUSED)
{
	memset(value, 0, 32);
}

/* ---- numbers
 * ---------------------------------------------------------------------------------------- */

static int64_t number_1(const void *value, uint64_t normal)
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

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_1(const void *a, const void *b, uint64_t param DT_UNUSED)
{
	return compare(number_1(a, 1), number_1(b, 1));
}

static int compare_avg(const void *a, const void *b, uint64_t param DT_UNUSED)
{
	return compare(number_avg(a, 1), number_avg(b, 1));
}

static int compare_stddev(const void *a, const void *b, uint64_t param DT_UNUSED)
{
	uint64_t x = (uint64_t)number_stddev(a, 1), y = (uint64_t)number_stddev(b, 1);

	return (x > y) - (x < y);
}

static void print_1(struct dt_out *out, const void *value, uint64_t param DT_UNUSED,
		    uint64_t normal)
{
	dt_out_printf(out, " %16" PRId64, number_1(value, normal));
}

static void print_avg(struct dt_out *out, const void *value, uint64_t param DT_UNUSED,
		      uint64_t normal)
{
	dt_out_printf(out, " %16" PRId64, number_avg(value, normal));
}

static void print_stddev(struct dt_out *out, const void *value, uint64_t param DT_UNUSED,
			 uint64_t normal)
{
	dt_out_printf(out, " %16" PRIu64, (uint64_t)number_stddev(value, normal));
}

/* ---- rows
 * ------------------------------------------------------------------------------------------- */

/* ---- code: how a value is folded into the words ---- */

static void add_word(struct dt_cg *cg, uint32_t ptr, int32_t off, uint32_t v, bool atomic)
{
	if (atomic)
		dt_ir_xadd(&cg->ir, ptr, off, 8, v);
	else
		dt_ir_st(&cg->ir, ptr, off, 8,
			 dt_ir_bin(&cg->ir, DT_IR_ADD, dt_ir_ld(&cg->ir, ptr, off, 8), v));
}

static void emit_count(struct dt_cg *cg, const struct dt_stmt *s, uint32_t ptr, uint32_t value,
		       uint32_t incr, bool atomic)
{
	(void)s, (void)value, (void)incr;
	add_word(cg, ptr, 0, dt_ir_const(&cg->ir, 1), atomic);
}

static void emit_sum(struct dt_cg *cg, const struct dt_stmt *s, uint32_t ptr, uint32_t value,
		     uint32_t incr, bool atomic)
{
	(void)s, (void)incr;
	add_word(cg, ptr, 0, value, atomic);
}

static void emit_avg(struct dt_cg *cg, const struct dt_stmt *s, uint32_t ptr, uint32_t value,
		     uint32_t incr, bool atomic)
{
	emit_count(cg, s, ptr, value, incr, atomic);
	add_word(cg, ptr, 8, value, atomic);
}

static void emit_stddev(struct dt_cg *cg, const struct dt_stmt *s, uint32_t ptr, uint32_t value,
			uint32_t incr, bool atomic)
{
	emit_avg(cg, s, ptr, value, incr, atomic);
	dt_ir_runtime(&cg->ir, atomic ? DT_RT_SQUARE_ATOMIC : DT_RT_SQUARE,
		      DT_ARGS(dt_ir_bini(&cg->ir, DT_IR_ADD, ptr, 16), value));
}

/*
 * Keep the larger of word and V, unsigned.  Where others may cut in: if the word has changed
 * meanwhile, whoever changed it has ended (interrupts nest), so a second try sees the last value;
 * the third cannot be needed.
 */
#define CAS_TRIES 3

static void keep_larger(struct dt_cg *cg, uint32_t ptr, uint32_t v, bool atomic)
{
	dt_label done = dt_ir_label(&cg->ir);
	dt_vreg old, seen;

	for (int i = 0; i < (atomic ? CAS_TRIES : 1); i++) {
		old = dt_ir_ld(&cg->ir, ptr, 0, 8);
		dt_ir_jcc(&cg->ir, DT_IR_JULE, v, old, done);
		if (!atomic) {
			dt_ir_st(&cg->ir, ptr, 0, 8, v);
			break;
		}
		seen = dt_ir_cas(&cg->ir, ptr, 0, 8, old, v);
		dt_ir_jcc(&cg->ir, DT_IR_JEQ, seen, old, done);
	}
	dt_ir_place(&cg->ir, done);
}

static void emit_min(struct dt_cg *cg, const struct dt_stmt *s, uint32_t ptr, uint32_t value,
		     uint32_t incr, bool atomic)
{
	(void)s, (void)incr;
	keep_larger(cg, ptr, dt_ir_bin(&cg->ir, DT_IR_SUB, dt_ir_const(&cg->ir, INT64_MAX), value),
		    atomic);
}

static void emit_max(struct dt_cg *cg, const struct dt_stmt *s, uint32_t ptr, uint32_t value,
		     uint32_t incr, bool atomic)
{
	(void)s, (void)incr;
	keep_larger(cg, ptr, dt_ir_bin(&cg->ir, DT_IR_XOR, value, dt_ir_const(&cg->ir, INT64_MIN)),
		    atomic);
}

static const struct dt_aggfunc count = {
	.name = "count",
	.action = DTRACEAGG_COUNT,
	.nwords = one_word,
	.value_size = size_1,
	.check = check_count,
	.emit = emit_count,
	.decode = decode_1,
	.compare = compare_1,
	.clear = clear_1,
	.print = print_1,
	.number = number_1,
	.is_unsigned = true,
	.as_bars = true,
};

static const struct dt_aggfunc sum = {
	.name = "sum",
	.action = DTRACEAGG_SUM,
	.nwords = one_word,
	.value_size = size_1,
	.check = check_sum,
	.emit = emit_sum,
	.decode = decode_1,
	.compare = compare_1,
	.clear = clear_1,
	.print = print_1,
	.number = number_1,
	.as_bars = true,
};

static const struct dt_aggfunc min = {
	.name = "min",
	.action = DTRACEAGG_MIN,
	.nwords = one_word,
	.value_size = size_1,
	.check = check_min,
	.emit = emit_min,
	.merge = merge_max,
	.decode = decode_min,
	.compare = compare_1,
	.clear = clear_1,
	.print = print_1,
	.number = number_1,
};

static const struct dt_aggfunc max = {
	.name = "max",
	.action = DTRACEAGG_MAX,
	.nwords = one_word,
	.value_size = size_1,
	.check = check_max,
	.emit = emit_max,
	.merge = merge_max,
	.decode = decode_max,
	.compare = compare_1,
	.clear = clear_1,
	.print = print_1,
	.number = number_1,
};

static const struct dt_aggfunc avg = {
	.name = "avg",
	.action = DTRACEAGG_AVG,
	.nwords = two_words,
	.value_size = size_2,
	.check = check_avg,
	.emit = emit_avg,
	.decode = decode_2,
	.compare = compare_avg,
	.clear = clear_2,
	.print = print_avg,
	.number = number_avg,
};

static const struct dt_aggfunc stddev = {
	.name = "stddev",
	.action = DTRACEAGG_STDDEV,
	.nwords = four_words,
	.value_size = size_4,
	.check = check_stddev,
	.emit = emit_stddev,
	.merge = merge_stddev,
	.decode = decode_4,
	.compare = compare_stddev,
	.clear = clear_4,
	.print = print_stddev,
	.number = number_stddev,
};

#define ROW(func, proto_, act, doc_, ex)                                                           \
	{                                                                                          \
		.name = #func, .kind = DT_BI_AGGFUNC, .proto = proto_, .action = act, .doc = doc_, \
		.example = ex, .agg = &func                                                        \
	}
#define DIST(func, proto_, act, doc_, ex)                                                          \
	{                                                                                          \
		.name = #func, .kind = DT_BI_AGGFUNC, .proto = proto_, .action = act, .doc = doc_, \
		.example = ex, .agg = &dt_aggfunc_##func                                           \
	}

static const struct dt_builtin rows[] = {
	ROW(avg, "void(@)", DTRACEAGG_AVG, "Mean of the values, truncated to an integer.",
	    "@ = avg(timestamp % 10)"),
	ROW(count, "void()", DTRACEAGG_COUNT, "Number of calls.", "@[execname] = count()"),
	DIST(llquantize, "void(@, int32_t, int32_t, int32_t, int32_t, ...)", DTRACEAGG_LLQUANTIZE,
	     "Distribution by powers of a factor, from a low to a high exponent, each power "
	     "divided into linear steps.",
	     "@ = llquantize(timestamp, 10, 0, 9, 10)"),
	DIST(lquantize, "void(@, int32_t, int32_t, ...)", DTRACEAGG_LQUANTIZE,
	     "Linear distribution from a base to a limit, in steps.",
	     "@ = lquantize(pid, 0, 1000, 100)"),
	ROW(max, "void(@)", DTRACEAGG_MAX, "Largest value.", "@ = max(pid)"),
	ROW(min, "void(@)", DTRACEAGG_MIN, "Smallest value.", "@ = min(pid)"),
	DIST(quantize, "void(@, ...)", DTRACEAGG_QUANTIZE, "Distribution by powers of two.",
	     "@ = quantize(pid)"),
	ROW(stddev, "void(@)", DTRACEAGG_STDDEV, "Standard deviation of the values.",
	    "@ = stddev(pid)"),
	ROW(sum, "void(@)", DTRACEAGG_SUM, "Sum of the values.", "@ = sum(pid)"),
};

const struct dt_builtin_family dt_builtins_agg_number = { "agg_number", rows, ARRAY_SIZE(rows) };
