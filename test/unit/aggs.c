/* SPDX-License-Identifier: MIT */
/*
 * Aggregations whose words and keys are made by hand: drawings of distributions to the byte, words
 * of illumos' functions against plain C, walks, sorting, printa().  Every function, in the kernel,
 * is tested against its model in test/model/aggfuncs/.
 */
#include "consume.h"
#include "consume/aggprint.h"
#include "builtin/builtins.h"
#include "consume/aggvalue.h"

/* ---- distributions ---- */

static const struct dt_aggfunc *func(const char *name)
{
	const struct dt_builtin *row = dt_builtin_find(dt_all_builtins, name, DT_BI_AGGFUNC);

	return row ? row->agg : NULL;
}

static const char *draw(const char *name, uint64_t param, const int64_t *counts, uint64_t normal)
{
	const struct dt_aggfunc *f = func(name);
	_cleanup_free_ void *value = calloc(1, dt_aggfunc_value_size(f, param));

	dt_aggval_decode(f, param, (const uint64_t *)counts, value);
	begin();
	dt_aggval_print(f, param, &con->out, value, normal);
	printed();
	end();
	return text;
}

#define HEAD "\n           value  ------------- Distribution ------------- count    \n"
#define LQ(base, levels, step) \
	((uint64_t)(step) << 48 | (uint64_t)(levels) << 32 | (uint32_t)(base))
#define LLQ(f, low, high, n) \
	((uint64_t)(f) << 48 | (uint64_t)(low) << 32 | (uint64_t)(high) << 16 | (n))

static void test_quantize(void)
{
	int64_t counts[DTRACE_QUANTIZE_NBUCKETS] = { 0 };

	CHECK_STR(draw("quantize", 0, counts, 1),
		  HEAD "              -1 |                                         0        \n"
		       "               0 |                                         0        \n"
		       "               1 |                                         0        \n");
	counts[66] = 3; /* 4 */
	counts[67] = 5;
	CHECK_STR(draw("quantize", 0, counts, 1),
		  HEAD "               2 |                                         0        \n"
		       "               4 |@@@@@@@@@@@@@@@                          3        \n"
		       "               8 |@@@@@@@@@@@@@@@@@@@@@@@@@                5        \n"
		       "              16 |                                         0        \n");
	CHECK_STR(draw("quantize", 0, counts, 2), HEAD /* counts are divided, bars are not */
		  "               2 |                                         0        \n"
		  "               4 |@@@@@@@@@@@@@@@                          1        \n"
		  "               8 |@@@@@@@@@@@@@@@@@@@@@@@@@                2        \n"
		  "              16 |                                         0        \n");
	memset(counts, 0, sizeof(counts));
	counts[0] = counts[126] = 1; /* the ends have no neighbour */
	draw("quantize", 0, counts, 1);
	CHECK(!strncmp(text,
		       HEAD
		       "-4611686018427387904 |@@@@@@@@@@@@@@@@@@@@                     1        \n",
		       130));
	CHECK(strstr(
		text,
		"\n4611686018427387904 |@@@@@@@@@@@@@@@@@@@@                     1        \n"));
}

static void test_lquantize(void)
{
	int64_t counts[12] = { 0 };

	CHECK_STR(draw("lquantize", LQ(0, 10, 10), counts, 1),
		  HEAD "             < 0 |                                         0        \n"
		       "               0 |                                         0        \n"
		       "              10 |                                         0        \n");
	counts[0] = 1;
	counts[11] = 3;
	draw("lquantize", LQ(0, 10, 10), counts, 1);
	CHECK(!strncmp(text,
		       HEAD
		       "             < 0 |@@@@@@@@@@                               1        \n",
		       130));
	CHECK(strstr(text,
		     "\n          >= 100 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@           3        \n"));
	/* Weights below zero: only those, and both signs. */
	memset(counts, 0, sizeof(counts));
	counts[1] = -2;
	CHECK_STR(draw("lquantize", LQ(0, 10, 10), counts, 1),
		  HEAD "             < 0                                         | 0        \n"
		       "               0 @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@| -2       \n"
		       "              10                                         | 0        \n");
	counts[2] = 1;
	CHECK_STR(draw("lquantize", LQ(0, 10, 10), counts, 1),
		  HEAD "             < 0                     |                     0        \n"
		       "               0        @@@@@@@@@@@@@|                     -2       \n"
		       "              10                     |@@@@@@@              1        \n"
		       "              20                     |                     0        \n");
	memset(counts, 0, sizeof(counts));
	counts[1] = 1;
	CHECK_STR(draw("lquantize", LQ(-5, 3, 4), counts, 1),
		  HEAD "            < -5 |                                         0        \n"
		       "              -5 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@ 1        \n"
		       "              -1 |                                         0        \n");
}

static void test_llquantize(void)
{
	int64_t counts[200] = { 0 };
	uint64_t param = LLQ(10, 0, 2, 10);
	int64_t low, high;

	CHECK_INT(func("llquantize")->nbuckets(LLQ(10, 0, 6, 20)), 119);
	CHECK_INT(func("llquantize")->nbuckets(LLQ(10, 0, 3, 10)), 38);
	CHECK_INT(func("llquantize")->nbuckets(LLQ(2, 0, 4, 2)), 7);
	CHECK_INT(dt_aggfunc_value_size(func("llquantize"), LLQ(10, 0, 6, 20)), 960);
	CHECK_STR(draw("llquantize", param, counts, 1),
		  HEAD "             < 1 |                                         0        \n"
		       "               1 |                                         0        \n");
	counts[5] = 1;
	CHECK_STR(draw("llquantize", param, counts, 1),
		  HEAD "               4 |                                         0        \n"
		       "               5 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@ 1        \n"
		       "               6 |                                         0        \n");
	memset(counts, 0, sizeof(counts));
	counts[func("llquantize")->nbuckets(param) - 1] = 2;
	CHECK_STR(draw("llquantize", param, counts, 1),
		  HEAD "             900 |                                         0        \n"
		       "         >= 1000 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@ 2        \n");
	func("llquantize")->bucket(param, 10, &low, &high);
	CHECK_INT(low, 10);
	CHECK_INT(high, 19);
}

/* Buckets of every distribution follow each other without gap, from INT64_MIN to INT64_MAX. */
static void test_buckets(void)
{
	static const struct {
		const char *name;
		uint64_t param;
	} cases[] = {
		{ "quantize", 0 },
		{ "lquantize", LQ(0, 10, 10) },
		{ "lquantize", LQ(-100, 7, 3) },
		{ "llquantize", LLQ(10, 0, 6, 20) },
		{ "llquantize", LLQ(2, 0, 4, 2) },
		{ "llquantize", LLQ(10, 3, 5, 10) },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct dt_aggfunc *f = func(cases[i].name);
		uint32_t n = f->nbuckets(cases[i].param);
		int64_t low, high, next = INT64_MIN;

		for (uint32_t b = 0; b < n; b++) {
			f->bucket(cases[i].param, b, &low, &high);
			CHECK_INT(low, next);
			CHECK(high >= low);
			next = (int64_t)((uint64_t)high + 1);
		}
		CHECK_INT(high, INT64_MAX);
	}
}

static void test_encodings(void)
{
	int64_t counts[12] = { 0 };
	_cleanup_free_ void *value =
		calloc(1, dt_aggfunc_value_size(func("lquantize"), LQ(0, 10, 10)));

	counts[1] = 3;
	counts[2] = 1;
	dt_aggval_decode(func("lquantize"), LQ(0, 10, 10), (const uint64_t *)counts, value);
	begin();
	options[DTRACEOPT_AGGZOOM] = 1; /* the longest bar is 38 */
	dt_aggval_print(func("lquantize"), LQ(0, 10, 10), &con->out, value, 1);
	CHECK_STR(printed(),
		  HEAD "             < 0 |                                         0        \n"
		       "               0 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@   3        \n"
		       "              10 |@@@@@@@@@@@@@                            1        \n"
		       "              20 |                                         0        \n");
	end();
	counts[1] = 7;
	counts[2] =
		2; /* 40 * 7 / 9 = 31.1, 40 * 2 / 9 = 8.9: seven eighths behind the eighth block */
	dt_aggval_decode(func("lquantize"), LQ(0, 10, 10), (const uint64_t *)counts, value);
	begin();
	con->con.flags.utf8 = true;
	dt_aggval_print(func("lquantize"), LQ(0, 10, 10), &con->out, value, 1);
	printed();
	CHECK(strstr(text,
		     "              10 |\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2589"
		     "                                2        \n"));
	end();
}

/* ---- words against plain C ---- */

static uint64_t random_state = 88172645463325252u;

static int64_t random_value(int bits)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (int64_t)random_state >> (64 - bits);
}

/* What the programs do to one CPU's words for a value V. */
static void update_count(uint64_t *w, int64_t v)
{
	(void)v;
	w[0]++;
}

static void update_sum(uint64_t *w, int64_t v)
{
	w[0] += (uint64_t)v;
}

static void update_min(uint64_t *w, int64_t v)
{
	w[0] = DT_MAX(w[0], (uint64_t)INT64_MAX - (uint64_t)v);
}

static void update_max(uint64_t *w, int64_t v)
{
	w[0] = DT_MAX(w[0], (uint64_t)v ^ UINT64_C(1) << 63);
}

static void update_avg(uint64_t *w, int64_t v)
{
	update_count(w, v);
	update_sum(w + 1, v);
}

static void update_stddev(uint64_t *w, int64_t v)
{
	unsigned __int128 squares = (unsigned __int128)w[3] << 64 | w[2];

	update_avg(w, v);
	squares += (unsigned __int128)((__int128)v * v);
	w[2] = (uint64_t)squares;
	w[3] = (uint64_t)(squares >> 64);
}

/* The number for N values. */
static int64_t model_count(const int64_t *v, size_t n)
{
	(void)v;
	return (int64_t)n;
}

static int64_t model_sum(const int64_t *v, size_t n)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (uint64_t)v[i];
	return (int64_t)sum;
}

static int64_t model_min(const int64_t *v, size_t n)
{
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < n; i++)
		least = DT_MIN(least, v[i]);
	return least;
}

static int64_t model_max(const int64_t *v, size_t n)
{
	int64_t most = INT64_MIN;

	for (size_t i = 0; i < n; i++)
		most = DT_MAX(most, v[i]);
	return most;
}

static int64_t model_avg(const int64_t *v, size_t n)
{
	return model_sum(v, n) / (int64_t)n;
}

static int64_t model_stddev(const int64_t *v, size_t n)
{
	__int128 mean = model_avg(v, n);
	unsigned __int128 squares = 0;
	int64_t result = 0;

	for (size_t i = 0; i < n; i++)
		squares += (unsigned __int128)((__int128)v[i] * v[i]);
	squares = squares / n - (unsigned __int128)(mean * mean);
	for (int bit = 62; bit >= 0; bit--) { /* the largest whose square is not more */
		unsigned __int128 root = (unsigned __int128)(result | INT64_C(1) << bit);

		if (root * root <= squares)
			result = (int64_t)root;
	}
	return result;
}

#define WORDS(name)                                \
	{                                          \
#name, update_##name, model_##name \
	}
static const struct {
	const char *name;
	void (*update)(uint64_t *w, int64_t v);
	int64_t (*model)(const int64_t *v, size_t n);
} words[] = { WORDS(count), WORDS(sum), WORDS(min), WORDS(max), WORDS(avg), WORDS(stddev) };

static void test_words(void)
{
	for (size_t f = 0; f < ARRAY_SIZE(words); f++) {
		const struct dt_aggfunc *af = func(words[f].name);

		for (int round = 0; round < 300; round++) {
			uint64_t cpus[NCPUS][4] = { 0 }, all[4] = { 0 };
			int64_t v[40], value[4];
			size_t n = 1 + (size_t)(round % 40);

			for (size_t i = 0; i < n; i++) {
				v[i] = random_value(1 + round % 40);
				words[f].update(cpus[i % NCPUS], v[i]);
			}
			for (int cpu = 0; cpu < NCPUS; cpu++)
				dt_aggval_merge(af, all, cpus[cpu], af->nwords);
			dt_aggval_decode(af, 0, all, value);
			CHECK_INT(af->number(value, 1), words[f].model(v, n));
		}
	}
	/* The neutral words, and the ends of the range. */
	int64_t value;

	func("min")->decode((uint64_t[]){ 0 }, 0, &value);
	CHECK_INT(value, INT64_MAX);
	func("max")->decode((uint64_t[]){ 0 }, 0, &value);
	CHECK_INT(value, INT64_MIN);
	func("min")->decode((uint64_t[]){ UINT64_MAX }, 0, &value);
	CHECK_INT(value, INT64_MIN);
	CHECK_INT(func("sum")->number(&(int64_t){ -10 }, 2), -5);
	CHECK_INT(func("avg")->number((int64_t[]){ 2, -7 }, 1), -3); /* towards zero */
	CHECK_INT(func("avg")->number((int64_t[]){ 0, 0 }, 1), 0);
	CHECK_INT(func("stddev")->number((int64_t[]){ 2, 200, 200 * 100 + 800, 0 }, 10),
		  2); /* 20 by 10 */
}

/* ---- aggregations ---- */

static struct dt_agg_layout agg_layouts[3],
	*agg_ptrs[3] = { &agg_layouts[0], &agg_layouts[1], &agg_layouts[2] };
static struct dt_key_layout key_layouts[2];

/* Variables of these functions, keyed by (int, string of 8 bytes). */
static void begin_aggs(const char *const *funcs, uint32_t n, uint32_t nkeys)
{
	static const char *const names[] = { "a", "b", "c" };

	key_layouts[0] = (struct dt_key_layout){ .type = type(DT_B_INT),
						 .action = DTRACEACT_DIFEXPR,
						 .enc = DT_ENC_BYTES,
						 .ksize = 4,
						 .offset = 16,
						 .size = 4 };
	key_layouts[1] = (struct dt_key_layout){ .type = type(DT_B_STRING),
						 .action = DTRACEACT_DIFEXPR,
						 .enc = DT_ENC_FIXSTR,
						 .koff = 4,
						 .ksize = 8,
						 .offset = 24,
						 .size = 16 };
	for (uint32_t i = 0; i < n; i++) {
		const struct dt_aggfunc *f = func(funcs[i]);

		agg_layouts[i] = (struct dt_agg_layout){ .name = names[i],
							 .id = i + 1,
							 .func = f,
							 .keys = key_layouts,
							 .nkeys = nkeys,
							 .nwords = dt_aggfunc_nwords(f, 0),
							 .value_size = dt_aggfunc_value_size(f, 0),
							 .value_offset = nkeys == 2   ? 40
									 : nkeys == 1 ? 24
										      : 16 };
		agg_layouts[i].size = agg_layouts[i].value_offset + agg_layouts[i].value_size;
	}
	layout.aggs.data = agg_ptrs;
	layout.aggs.n = n;
	begin();
}

static void add(int var, int32_t key, const char *key2, uint64_t word)
{
	struct dt_agg_entry *dirty = NULL;
	char kkey[12] = { 0 };

	memcpy(kkey, &key, 4);
	if (key2)
		memcpy(kkey + 4, key2, strnlen(key2, 8));
	CHECK_INT(dt_snapshot_fold(&con->snapshots, &con->aggs.vars[var], 0, kkey, &word, &dirty),
		  0);
	dt_snapshot_settle(&con->snapshots, dirty);
}

static int note(const dtrace_aggdata_t *agg, void *arg)
{
	int32_t key = 0;
	int64_t value;

	(void)arg;
	if (agg->dtada_desc->dtagd_nrecs > 2)
		memcpy(&key, agg->dtada_data + agg->dtada_desc->dtagd_rec[1].dtrd_offset, 4);
	memcpy(&value,
	       agg->dtada_data +
		       agg->dtada_desc->dtagd_rec[agg->dtada_desc->dtagd_nrecs - 1].dtrd_offset,
	       8);
	dt_strbuf_printf(&seen, "%s%d=%d ", agg->dtada_desc->dtagd_name, key, (int)value);
	return DTRACE_AGGWALK_NEXT;
}

static const char *walked(enum dt_agg_order order, bool reverse)
{
	dt_strbuf_clear(&seen);
	CHECK_INT(dt_consume_walk(con, order, reverse, note, NULL), 0);
	return dt_strbuf_str(&seen);
}

static void test_walks(void)
{
	begin_aggs((const char *const[]){ "count", "count" }, 2, 1);
	add(0, 2, NULL, 5);
	add(0, -1, NULL, 7);
	add(1, 1, NULL, 6);
	add(0, 1, NULL, 5);
	add(0, 2, NULL, 4); /* added to the first: 9 */
	CHECK_STR(walked(DT_ORDER_NONE, false), "a1=5 b1=6 a-1=7 a2=9 ");
	CHECK_STR(walked(DT_ORDER_VALUE, false), "a1=5 a-1=7 a2=9 b1=6 ");
	CHECK_STR(walked(DT_ORDER_VALUE, true), "b1=6 a2=9 a-1=7 a1=5 ");
	CHECK_STR(walked(DT_ORDER_KEY, false), "a-1=7 a1=5 a2=9 b1=6 "); /* by the key's sign */
	CHECK_STR(walked(DT_ORDER_KEYVAR, false), "a-1=7 a1=5 b1=6 a2=9 ");
	CHECK_STR(walked(DT_ORDER_VALVAR, false), "a1=5 b1=6 a-1=7 a2=9 ");
	CHECK_STR(walked(DT_ORDER_OPTIONS, false), "a1=5 a-1=7 a2=9 b1=6 ");
	options[DTRACEOPT_AGGSORTREV] = 1;
	CHECK_STR(walked(DT_ORDER_OPTIONS, false), "b1=6 a2=9 a-1=7 a1=5 ");
	options[DTRACEOPT_AGGSORTREV] = DTRACEOPT_UNSET;
	options[DTRACEOPT_AGGSORTKEY] = 1;
	CHECK_STR(walked(DT_ORDER_OPTIONS, false), "a-1=7 a1=5 a2=9 b1=6 ");
	CHECK_INT(con->aggs.nentries, 4);
	end();
}

static int answer;
static int give_answer(const dtrace_aggdata_t *agg, void *arg)
{
	(void)arg;
	if (answer == DTRACE_AGGWALK_NORMALIZE)
		((dtrace_aggdata_t *)agg)->dtada_normal = 5;
	errno = EDOM;
	return answer;
}

static int walk_with(int what)
{
	answer = what;
	return dt_consume_walk(con, DT_ORDER_NONE, false, give_answer, NULL);
}

static void test_walk_answers(void)
{
	begin_aggs((const char *const[]){ "min" }, 1, 1);
	add(0, 1, NULL, (uint64_t)INT64_MAX - 30);
	add(0, 2, NULL, (uint64_t)INT64_MAX - 10);
	CHECK_STR(walked(DT_ORDER_KEY, false), "a1=30 a2=10 ");
	CHECK_INT(walk_with(DTRACE_AGGWALK_NORMALIZE), 0);
	CHECK_INT(dt_consume_agg_print(con, fp, NULL), 0);
	CHECK_STR(printed(), "        2                2\n        1                6\n");
	CHECK_INT(walk_with(DTRACE_AGGWALK_DENORMALIZE), 0);
	CHECK_INT(con->aggs.newest->data.dtada_normal, 1);
	CHECK_INT(walk_with(DTRACE_AGGWALK_ABORT), -1);
	CHECK_INT(dt_consume_err(con), EDT_DIRABORT);
	CHECK_INT(walk_with(DTRACE_AGGWALK_ERROR), -1);
	CHECK_INT(dt_consume_err(con), EDOM);
	CHECK_INT(walk_with(99), -1);
	CHECK_INT(dt_consume_err(con), EDT_BADRVAL);
	CHECK_INT(walk_with(DTRACE_AGGWALK_CLEAR), 0);
	CHECK_STR(walked(DT_ORDER_KEY, false), "a1=0 a2=0 ");
	add(0, 1, NULL, (uint64_t)INT64_MAX - 44); /* begins anew, not from 0 */
	CHECK_STR(walked(DT_ORDER_KEY, false), "a1=44 a2=0 ");
	CHECK_INT(walk_with(DTRACE_AGGWALK_REMOVE), 0);
	CHECK_INT(con->aggs.nentries, 0);
	CHECK_STR(walked(DT_ORDER_NONE, false), "");
	add(0, 7, NULL, (uint64_t)INT64_MAX - 1);
	CHECK_STR(walked(DT_ORDER_NONE, false), "a7=1 ");
	end();
}

static void test_many_entries(void)
{
	begin_aggs((const char *const[]){ "count" }, 1, 1);
	for (int i = 0; i < 30000; i++)
		add(0, i % 10000, NULL, 1);
	CHECK_INT(con->aggs.nentries, 10000);
	for (struct dt_agg_entry *e = con->aggs.newest; e; e = e->older)
		if (e->words[0] != 3)
			CHECK(!"an entry is not 3");
	end();
}

static void test_keysort_position(void)
{
	begin_aggs((const char *const[]){ "count" }, 1, 2);
	add(0, 1, "b", 1);
	add(0, 2, "a", 1);
	add(0, 3, "c", 1);
	options[DTRACEOPT_AGGSORTKEYPOS] = 1;
	CHECK_STR(walked(DT_ORDER_OPTIONS, false), "a2=1 a1=1 a3=1 ");
	options[DTRACEOPT_AGGSORTKEYPOS] = 9; /* there is no such key: the first */
	CHECK_STR(walked(DT_ORDER_OPTIONS, false), "a1=1 a2=1 a3=1 ");
	end();
}

/* ---- printa ---- */

static const char *printa(const char *fmt, int n)
{
	struct dt_arena *arena = dt_arena_new();
	struct dt_compile compile = { .arena = arena };
	struct dt_loc loc = { 0 };
	dtrace_aggvarid_t ids[] = { 1, 2, 3 };
	struct dt_fmt *f = NULL;

	dt_arena_guard(arena, &compile);
	if (fmt && !setjmp(compile.env))
		f = dt_fmt_parse(&compile, &loc, fmt);
	CHECK(dt_agg_printa(&con->aggs, &con->out, f, ids, n, NULL) >= 0);
	dt_arena_free(arena);
	fflush(fp);
	return text + 0;
}

static int pieces(const dtrace_bufdata_t *b, void *arg)
{
	(void)arg;
	CHECK(b->dtbda_handle == con->con.hdl);
	dt_strbuf_printf(&seen, "(%s)%d%s", b->dtbda_buffered, (int)b->dtbda_flags,
			 b->dtbda_recdesc ? "r" : "");
	return DTRACE_HANDLE_OK;
}

static void test_printa(void)
{
	begin_aggs((const char *const[]){ "count", "sum" }, 2, 1);
	add(0, 1, NULL, 3);
	add(0, 2, NULL, 1);
	add(1, 1, NULL, 30);
	CHECK_STR(printa(NULL, 1), "\n        2                1\n        1                3\n");
	CHECK_INT(con->aggs.vars[0].desc->desc.dtagd_flags, DTRACE_AGD_PRINTED);
	CHECK_INT(dt_consume_agg_print(con, fp, NULL), 0); /* only what no printa() has shown */
	fflush(fp);
	CHECK_STR(text, "\n        2                1\n        1                3\n        1       "
			"        30\n");
	CHECK(strstr(printa("%d: %@d\n", 1), "               30\n2: 1\n1: 3\n"));
	end();

	begin_aggs((const char *const[]){ "count", "sum" }, 2, 1);
	add(0, 1, NULL, 3);
	add(0, 2, NULL, 1);
	add(1, 1, NULL, 30);
	CHECK_STR(printa(NULL, 2), "\n        2                1                0\n        1       "
				   "         3               30\n");
	end();
	begin_aggs((const char *const[]){ "count", "sum" }, 2, 1);
	add(0, 1, NULL, 3);
	add(1, 2, NULL, 30);
	options[DTRACEOPT_AGGSORTPOS] = 1;
	CHECK_STR(printa("%-3d|%5@d|%@x|%@d\n", 2),
		  "1  |    3|0|0\n2  |    0|1e|30\n"); /* the last one again */
	end();
}

/* Clients of the buffered handler get keys, values and literal text one by one. */
static void test_pieces(void)
{
	struct dt_consume_handlers h = { .buffered = pieces };

	begin_aggs((const char *const[]){ "count" }, 1, 1);
	con->out.fp = NULL;
	add(0, 7, NULL, 3);
	CHECK_INT(dt_consume_agg_print(con, NULL, NULL), -1);
	CHECK_INT(dt_consume_err(con), EDT_NOBUFFERED);
	dt_strbuf_clear(&con->out.text);
	dt_consume_set_handlers(con, &h);
	dt_strbuf_clear(&seen);
	CHECK_INT(dt_consume_agg_print(con, NULL, NULL), 0);
	CHECK_STR(dt_strbuf_str(&seen), "(        7)1r(                3)2r(\n)12");
	dt_strbuf_clear(&seen);
	printa("<%d> 100%% %@d!", 1);
	CHECK_STR(dt_strbuf_str(&seen), "(<)4(7)1r(> 100% )4(3)2r(!)12");
	dt_strbuf_clear(&seen);
	printa("%@d", 1);
	CHECK_STR(dt_strbuf_str(&seen), "(3)10r");
	dt_strbuf_clear(&seen);
	printa(NULL, 1);
	CHECK_STR(dt_strbuf_str(&seen), "(\n        7)1r(                3)2r(\n)12");
	dt_agg_remove(&con->aggs, con->aggs.newest);
	dt_strbuf_clear(&seen);
	printa(NULL, 1);
	CHECK_STR(dt_strbuf_str(&seen), "(\n)0");
	con->out.fp = fp;
	end();
}

static void test_bars(void)
{
	begin_aggs((const char *const[]){ "count" }, 1, 2);
	options[DTRACEOPT_AGGHIST] = 1;
	add(0, 1, "cat", 3);
	add(0, 2, "bash", 9);
	CHECK_INT(dt_consume_agg_print(con, fp, NULL), 0);
	CHECK_STR(
		printed(),
		"\n                       key  ------------- Distribution ------------- count    \n"
		"        1              cat |@@@@@@@@@@                               3        \n"
		"        2             bash |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@           9        \n");
	end();
}

static void test_pack(void)
{
	uint64_t counts[DTRACE_QUANTIZE_NBUCKETS] = { 0 };
	struct dt_agg_entry *dirty = NULL;
	int32_t key = 5;

	begin_aggs((const char *const[]){ "quantize" }, 1, 1);
	options[DTRACEOPT_AGGPACK] = 1;
	con->con.flags.ascii = true;
	counts[64] = 1;
	counts[66] = 7;
	CHECK_INT(dt_snapshot_fold(&con->snapshots, &con->aggs.vars[0], 0, &key, counts, &dirty),
		  0);
	dt_snapshot_settle(&con->snapshots, dirty);
	CHECK_INT(dt_consume_agg_print(con, fp, NULL), 0);
	CHECK_STR(printed(), "\n      key  min .-----. max  | count\n"
			     "        5    0 : _ X : 8    | 8\n");
	end();
}

int main(void)
{
	types = dt_types_new();
	test_quantize();
	test_lquantize();
	test_llquantize();
	test_buckets();
	test_encodings();
	test_words();
	test_walks();
	test_walk_answers();
	test_many_entries();
	test_keysort_position();
	test_printa();
	test_pieces();
	test_bars();
	test_pack();
	dt_strbuf_free(&seen);
	dt_types_free(types);
	free(text);
	return test_end();
}
