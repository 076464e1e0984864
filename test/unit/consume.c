/* SPDX-License-Identifier: MIT */
/*
 * The consumer on records made by hand: default printing, stacks, the layout of records, flow,
 * order of CPUs and time, speculations, drops and faults.  Nothing here needs a kernel; what one
 * gives is tested in test/d.
 */
#include "consume.h"
#include "bpf/bpf.h"
#include "consume/expand.h"
#include "consume/stack.h"
#include "contract/provider.h"

/* ---- default printing ---- */

static const char *show(const struct dt_type *t, const void *data, uint32_t size, bool key,
			bool quiet, bool raw)
{
	struct dt_datum d = { DTRACEACT_DIFEXPR, 0, t, data, size };

	begin();
	options[DTRACEOPT_QUIET] = quiet ? 1 : DTRACEOPT_UNSET;
	options[DTRACEOPT_RAWBYTES] = raw ? 1 : DTRACEOPT_UNSET;
	dt_show_datum(&con->out, &d, key);
	printed();
	end();
	return text;
}

static void test_show_integers(void)
{
	int64_t v8 = -1, big = 123456;
	int8_t v1 = -1;
	int16_t v2 = -1;
	int32_t v4 = -1;

	CHECK_STR(show(type(DT_B_LONG), &v8, 8, false, false, false), "               -1");
	CHECK_STR(show(type(DT_B_UINT64), &v8, 8, false, false, false), " 18446744073709551615");
	CHECK_STR(show(type(DT_B_INT), &v4, 4, false, false, false), "       -1");
	CHECK_STR(show(type(DT_B_SHORT), &v2, 2, false, false, false), "    -1");
	CHECK_STR(show(type(DT_B_CHAR), &v1, 1, false, false, false), "  -1");
	CHECK_STR(show(type(DT_B_LONG), &big, 8, false, true, false), "123456");
	CHECK_STR(show(type(DT_B_INT), &v4, 4, false, true, false), "-1");
	CHECK_STR(show(dt_type_ptr(types, type(DT_B_INT)), &big, 8, true, false, false),
		  "           123456");
	CHECK_STR(show(type(DT_B_INT), &v4, 4, true, true, true),
		  "       -1"); /* keys know neither quiet nor rawbytes */
	CHECK_STR(show(NULL, &v4, 4, false, false, false), "       -1");
}

#define DUMP_HEAD \
	"\n             0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f  0123456789abcdef\n"

static void test_show_text(void)
{
	const struct dt_type *s = type(DT_B_STRING),
			     *chars3 = dt_type_array(types, type(DT_B_CHAR), 3);
	const struct dt_type *ints3 = dt_type_array(types, type(DT_B_UCHAR), 3);
	char hi[8] = "hi";

	CHECK_STR(show(s, hi, 8, false, false, false), "  hi                               ");
	CHECK_STR(show(s, hi, 8, false, true, false), "hi");
	CHECK_STR(show(s, "", 1, false, false, false), "                                   ");
	CHECK_STR(show(s, hi, 8, true, true, false),
		  "  hi                                                ");
	CHECK_STR(show(chars3, "hi\0", 3, false, true, false), "hi");
	CHECK_STR(show(chars3, "hi!", 3, false, true, false),
		  "  hi!                              ");
	CHECK_STR(show(chars3, "hi\n", 3, true, true, false),
		  "  hi\n                                               ");
	CHECK_STR(show(chars3, "h\001i", 3, false, true, false),
		  DUMP_HEAD "         0: 68 01 69                                         h.i\n");
	CHECK_STR(show(ints3, "hi\n", 3, false, false, false),
		  DUMP_HEAD "         0: 68 69 0a                                         hi.\n");
	CHECK_STR(show(s, "hi\n", 3, false, true, true),
		  DUMP_HEAD "         0: 68 69 0a                                         hi.\n");
	CHECK_STR(show(ints3, "hi", 0, false, false, false), "");
}

static void test_hexdump(void)
{
	unsigned char bytes[18];

	for (int i = 0; i < 18; i++)
		bytes[i] = (unsigned char)(i + 0x70);
	begin();
	dt_show_hexdump(&con->out, bytes, sizeof(bytes));
	CHECK_STR(printed(), DUMP_HEAD
		  "         0: 70 71 72 73 74 75 76 77 78 79 7a 7b 7c 7d 7e 7f  pqrstuvwxyz{|}~.\n"
		  "        10: 80 81                                            ..\n");
	end();
}

static void test_stacks(void)
{
	uint64_t pcs[] = { 0x1000, 0x2000, 0, 0x3000 }, user[8] = { 42, 0x10, 0x20, 0 }, pc = 0xabc,
		 upc[] = { 42, 0xdef };
	struct dt_datum kernel = { DTRACEACT_STACK, 4, NULL, pcs, sizeof(pcs) };
	struct dt_datum jstack = { DTRACEACT_JSTACK, DTRACE_USTACK_ARG(3, 32), NULL, user,
				   sizeof(user) };
	struct dt_datum sym = { DTRACEACT_SYM, 0, NULL, &pc, 8 },
			usym = { DTRACEACT_USYM, 0, NULL, upc, 16 };

	begin();
	dt_show_datum(&con->out, &kernel, false);
	CHECK_STR(printed(), "\n              0x1000\n              0x2000\n");
	end();
	begin();
	options[DTRACEOPT_STACKINDENT] = 2;
	memcpy(&user[4], "frame\0@note", 12); /* strings of an interpreter, one a frame */
	dt_show_datum(&con->out, &jstack, false);
	CHECK_STR(printed(), "\n  frame\n  0x20\n    [ note ]\n");
	end();
	begin();
	dt_show_datum(&con->out, &sym, false);
	dt_show_datum(&con->out, &usym, true);
	CHECK_STR(printed(), "  0xabc                                             "
			     "  0xdef                                             ");
	end();

	kernel.size = jstack.size = 0; /* no words, no frames */
	begin();
	dt_show_stack(&con->out, &kernel, 0);
	dt_show_stack(&con->out, &jstack, 0);
	CHECK_STR(printed(), "\n\n");
	end();
}

/* ---- records ---- */

/* One provider with arrows of its own, one without. */
static const struct dt_provider_ops plain_ops = { .name = "plain" };
static const struct dt_provider_ops arrow_ops = { .name = "arrows",
						  .entry_arrow = " => ",
						  .return_arrow = " <= " };
static struct dt_provider plain = { .ops = &plain_ops }, arrows = { .ops = &arrow_ops };

#define PROBE(n, p, r, prv, m, f, na)                                                           \
	{                                                                                       \
		.id = n, .provider = p, .role = r, .prov = prv, .mod = m, .func = f, .name = na \
	}
static struct dt_probe begin_probe = PROBE(1, &plain, DT_ROLE_BEGIN, "dtrace", "", "", "BEGIN");
static struct dt_probe end_probe = PROBE(2, &plain, DT_ROLE_END, "dtrace", "", "", "END");
static struct dt_probe entry_probe = PROBE(10, &arrows, DT_ROLE_NONE, "syscall", "vmlinux", "read",
					   "entry");
static struct dt_probe return_probe = PROBE(11, &plain, DT_ROLE_NONE, "fbt", "vmlinux", "f",
					    "x-return");
static struct dt_probe *probes[] = { &begin_probe, &end_probe, &entry_probe, &return_probe };
enum { P_BEGIN, P_END, P_ENTRY, P_RETURN, NPROBES };

static struct dt_clause_layout clauses[4],
	*clause_ptrs[4] = { &clauses[0], &clauses[1], &clauses[2], &clauses[3] };
static struct dt_ring rings[NCPUS];
static uint64_t produced[NCPUS], consumed[NCPUS];
#define RING_SIZE 65536

/* N clauses that all probes have, each with one u32 item holding its number of the firing. */
static void begin_records(uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		static struct dt_rec_item items[4];

		items[i] = (struct dt_rec_item){ .action = DTRACEACT_DIFEXPR,
						 .size = 4,
						 .offset = 12,
						 .align = 4,
						 .type = type(DT_B_INT),
						 .enc = DT_ENC_BYTES,
						 .ksize = 4,
						 .koff = layout.timestamps ? 16 : 8 };
		clauses[i] = (struct dt_clause_layout){ .probes = probes,
							.nprobes = NPROBES,
							.size = 16,
							.kfixed = layout.timestamps ? 20 : 12,
							.epid_first = 1 + i * NPROBES };
		clauses[i].items.data = &items[i];
		clauses[i].items.n = 1;
	}
	layout.clauses.data = clause_ptrs;
	layout.clauses.n = n;
	layout.nepids = n * NPROBES;
	layout.probes.data = probes;
	layout.probes.n = NPROBES;
	begin();
	for (int cpu = 0; cpu < NCPUS; cpu++) {
		produced[cpu] = consumed[cpu] = 0;
		rings[cpu] = (struct dt_ring){ .fd = -1,
					       .size = RING_SIZE,
					       .consumer_pos = &consumed[cpu],
					       .producer_pos = &produced[cpu],
					       .data = calloc(1, RING_SIZE) };
	}
	con->rings.by_cpu = rings;
	con->rings.n = NCPUS;
	free(con->rings.ends);
	con->rings.ends = calloc(NCPUS, sizeof(*con->rings.ends));
}

static void end_records(void)
{
	for (int cpu = 0; cpu < NCPUS; cpu++)
		free((void *)rings[cpu].data);
	end();
}

static void emit(int cpu, const void *rec, uint32_t len)
{
	uint8_t *at = (uint8_t *)rings[cpu].data + produced[cpu];

	memcpy(at, &len, sizeof(len));
	memcpy(at + 8, rec, len);
	produced[cpu] += (len + 8 + 7) & ~7u;
}

static void fire_at(int cpu, uint32_t clause, uint32_t probe, uint32_t number, uint64_t time)
{
	struct {
		struct dt_krec head;
		uint32_t data[3];
	} rec = { .head = { clause, probe } };
	uint32_t at = 0;

	if (layout.timestamps) {
		memcpy(rec.data, &time, sizeof(time));
		at = 2;
	}
	rec.data[at] = number;
	emit(cpu, &rec, 8 + (at + 1) * 4);
}

static void fire(int cpu, uint32_t clause, uint32_t probe, uint32_t number)
{
	fire_at(cpu, clause, probe, number, 0);
}

static int chew_answer, rec_answer;

static int chew(const dtrace_probedata_t *data, void *arg)
{
	CHECK(arg == &seen);
	dt_strbuf_printf(&seen, "<%u/%u@%d", data->dtpda_edesc->dtepd_epid,
			 data->dtpda_pdesc->dtpd_id, data->dtpda_cpu);
	if (data->dtpda_prefix)
		dt_strbuf_printf(&seen, " %d %d\"%s\"", (int)data->dtpda_flow, data->dtpda_indent,
				 data->dtpda_prefix);
	return chew_answer;
}

static int chewrec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	uint32_t v;

	(void)arg;
	if (!rec) {
		dt_strbuf_puts(&seen, ">");
		return 0;
	}
	memcpy(&v, data->dtpda_data, sizeof(v));
	dt_strbuf_printf(&seen, " %u", v);
	return rec_answer;
}

static int consume(bool stopped)
{
	dt_strbuf_clear(&seen);
	return dt_consume_records(con, fp, chew, chewrec, &seen, stopped);
}

static void test_sequence(void)
{
	begin_records(1);
	chew_answer = DTRACE_CONSUME_THIS;
	rec_answer = DTRACE_CONSUME_NEXT;
	fire(0, 0, P_ENTRY, 7);
	fire(0, 0, P_RETURN, 8);
	CHECK_INT(consume(false), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<3/10@0 7><4/11@0 8>");
	CHECK_INT(consumed[0], produced[0]);
	CHECK_INT(dt_consume_nrecords(con), 2);
	CHECK_INT(consume(false), 0);
	CHECK_STR(dt_strbuf_str(&seen), "");

	chew_answer = DTRACE_CONSUME_NEXT; /* the record is passed over */
	fire(1, 0, P_ENTRY, 9);
	CHECK_INT(consume(false), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<3/10@1");

	chew_answer = rec_answer = DTRACE_CONSUME_THIS; /* the library prints */
	fire(1, 0, P_ENTRY, 9);
	CHECK_INT(consume(false), 0);
	chew_answer = DTRACE_CONSUME_ABORT;
	fire(1, 0, P_ENTRY, 9);
	CHECK_INT(consume(false), -1);
	CHECK_INT(dt_consume_err(con), EDT_DIRABORT);
	chew_answer = 17;
	fire(1, 0, P_ENTRY, 9);
	CHECK_INT(consume(false), -1);
	CHECK_INT(dt_consume_err(con), EDT_BADRVAL);
	CHECK_STR(printed(), "        9");
	chew_answer = 0;
	end_records();
}

static void test_damaged(void)
{
	struct dt_krec unknown = { 77, 0 }, no_probe = { 0, 77 };

	begin_records(1);
	emit(0, &unknown,
	     sizeof(unknown)); /* no such clause, no such probe, too short, nothing at all */
	emit(0, &no_probe, sizeof(no_probe));
	emit(0, &(struct dt_krec){ 0, P_ENTRY }, 8);
	emit(0, &unknown, 3);
	fire(0, 0, P_ENTRY, 1);
	rec_answer = DTRACE_CONSUME_NEXT;
	CHECK_INT(consume(false), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<3/10@0 1>");
	end_records();
}

/* BEGIN's CPU first, then CPUs ascending, END's own ring last, once stopped. */
static void test_order(void)
{
	struct dt_ring *end_ring = &rings[2];

	begin_records(1);
	dt_consume_set_cpus(con, 1, 0);
	con->rings.n = 2;
	con->rings.end_ring = end_ring;
	fire(0, 0, P_ENTRY, 1);
	fire(1, 0, P_BEGIN, 2);
	fire(1, 0, P_ENTRY, 3);
	fire(2, 0, P_END, 4);
	CHECK_INT(consume(false), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<1/1@1 2><3/10@1 3><3/10@0 1>");
	fire(1, 0, P_ENTRY, 5);
	fire(0, 0, P_ENTRY, 6);
	CHECK_INT(consume(true), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<3/10@0 6><3/10@1 5><2/2@0 4>");
	con->rings.n = 0; /* END alone */
	fire(2, 0, P_END, 7);
	CHECK_INT(consume(true), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<2/2@0 7>");
	end_records();
}

static void test_temporal(void)
{
	layout.timestamps = true;
	begin_records(1);
	options[DTRACEOPT_TEMPORAL] = 1;
	fire_at(0, 0, P_ENTRY, 1, 100);
	fire_at(0, 0, P_ENTRY, 4, 400);
	fire_at(1, 0, P_ENTRY, 2, 200);
	fire_at(2, 0, P_ENTRY, 3, 300);
	fire_at(2, 0, P_ENTRY, 5, UINT64_C(1) << 62); /* younger than the pass: for the next one */
	CHECK_INT(consume(false), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<3/10@0 1><3/10@1 2><3/10@2 3><3/10@0 4>");
	CHECK_INT(consume(true), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<3/10@2 5>");
	end_records();
}

/* A record comes when its firing ends, so those of interrupts within it are before it. */
static void test_temporal_nested(void)
{
	layout.timestamps = true;
	begin_records(1);
	options[DTRACEOPT_TEMPORAL] = 1;
	fire_at(0, 0, P_ENTRY, 3, 300);
	fire_at(0, 0, P_ENTRY, 4, 400);
	fire_at(0, 0, P_ENTRY, 1, 100);
	fire_at(1, 0, P_ENTRY, 2, 200);
	CHECK_INT(consume(false), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<3/10@0 1><3/10@1 2><3/10@0 3><3/10@0 4>");
	CHECK_INT((int)consumed[0], (int)produced[0]);
	fire_at(0, 0, P_ENTRY, 7, 700);
	fire_at(1, 0, P_ENTRY, 5, 500);
	fire_at(1, 0, P_ENTRY, 8, UINT64_C(1) << 62); /* the next pass's, and so are those behind */
	fire_at(1, 0, P_ENTRY, 6, 600);
	CHECK_INT(consume(false), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<3/10@1 5>");
	CHECK_INT(consume(true), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<3/10@1 6><3/10@0 7><3/10@1 8>");
	end_records();
}

/* The word of a speculation's fate may be read before records of it that lie in another CPU's ring.
 */
static void decide(int cpu, uint64_t tag, bool commit)
{
	struct {
		struct dt_krec head;
		struct dt_krec_spec spec;
	} rec = { { DT_KREC_SPEC, commit }, { tag } };

	emit(cpu, &rec, sizeof(rec));
}

static void speculate(int cpu, uint32_t number, uint64_t tag)
{
	struct {
		struct dt_krec head;
		uint32_t number, pad;
		uint64_t tag;
	} rec = { { 0, P_ENTRY }, number, 0, tag };

	emit(cpu, &rec, sizeof(rec));
}

static void test_speculation(void)
{
	static struct dt_rec_item items[2];

	begin_records(1);
	items[0] = (struct dt_rec_item){ .action = DTRACEACT_SPECULATE,
					 .offset = 12,
					 .enc = DT_ENC_NONE,
					 .koff = 16,
					 .ksize = 8 };
	items[1] = clauses[0].items.data[0];
	clauses[0].items.data = items;
	clauses[0].items.n = 2;
	clauses[0].kfixed = 24;
	speculate(0, 1, 100);
	speculate(0, 2, 200);
	speculate(0, 3, 300);
	decide(1, 100, true);
	decide(1, 200, false);
	speculate(2, 4, 100);
	speculate(2, 5, 200);
	CHECK_INT(consume(false), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<3/10@1 1 1><3/10@1 4 4>"); /* on the CPU that committed */
	speculate(0, 6, 100); /* as late as a record can be */
	CHECK_INT(consume(false), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<3/10@1 6 6>");
	CHECK_INT(consume(false), 0);
	CHECK_INT(con->records.specs.by_tag.n, 1); /* 300 is undecided, the others are forgotten */
	options[DTRACEOPT_SPECSIZE] = 100;
	for (uint32_t i = 0; i < 4; i++)
		speculate(0, 10 + i, 300); /* 24 bytes each, and 24 are there */
	decide(0, 300, true);
	CHECK_INT(consume(false), 0);
	CHECK_STR(dt_strbuf_str(&seen), "<3/10@0 3 3><3/10@0 10 10><3/10@0 11 11><3/10@0 12 12>");
	CHECK_INT(dt_consume_drop_total(con, DTRACEDROP_SPEC), 1);
	speculate(0, 20, 400); /* undecided at the end */
	CHECK_INT(consume(true), 0);
	end_records();
}

static void test_flow(void)
{
	begin_records(2);
	options[DTRACEOPT_FLOWINDENT] = 1;
	fire(0, 0, P_BEGIN, 1);
	fire(0, 0, P_ENTRY, 2);
	fire(0, 1, P_ENTRY, 3);  /* a second clause of the same firing: neither */
	fire(0, 0, P_ENTRY, 4);  /* after another clause of the same probe: neither */
	fire(0, 0, P_RETURN, 5); /* not the last one */
	fire(0, 1, P_RETURN, 6);
	fire(0, 0, P_BEGIN, 7);
	fire(0, 0, P_RETURN, 8); /* does not go below 0 */
	CHECK_INT(consume(false), 0);
	CHECK_STR(
		dt_strbuf_str(&seen),
		"<1/1@0 2 0\"| \" 1><3/10@0 0 0\" => \" 2><7/10@0 2 2\"| \" 3><3/10@0 2 2\"| \" 4>"
		"<4/11@0 2 2\"| \" 5><8/11@0 1 0\" <- \" 6><1/1@0 2 0\"| \" 7><4/11@0 1 0\" <- \" "
		"8>");
	end_records();
}

/* Every encoding, twice, so that what a long one leaves behind a short one would show. */
static void test_expand(void)
{
	static struct dt_rec_item items[] = {
		{ .action = DTRACEACT_DIFEXPR,
		  .size = 1,
		  .offset = 12,
		  .enc = DT_ENC_BYTES,
		  .koff = 8,
		  .ksize = 1 },
		{ .action = DTRACEACT_DIFEXPR,
		  .size = 8,
		  .offset = 16,
		  .enc = DT_ENC_CONST,
		  .cvalue = -5 },
		{ .action = DTRACEACT_DIFEXPR,
		  .size = 16,
		  .offset = 24,
		  .enc = DT_ENC_STRID,
		  .koff = 12,
		  .ksize = 4 },
		{ .action = DTRACEACT_DIFEXPR,
		  .size = 16,
		  .offset = 40,
		  .enc = DT_ENC_FIXSTR,
		  .koff = 16,
		  .ksize = 8 },
		{ .action = DTRACEACT_DIFEXPR,
		  .size = 16,
		  .offset = 56,
		  .enc = DT_ENC_STR,
		  .koff = 24,
		  .ksize = 4 },
		{ .action = DTRACEACT_STACK,
		  .arg = 3,
		  .size = 24,
		  .offset = 72,
		  .enc = DT_ENC_STACK,
		  .koff = 28,
		  .ksize = 4 },
		{ .action = DTRACEACT_USTACK,
		  .arg = 2,
		  .size = 24,
		  .offset = 96,
		  .enc = DT_ENC_USTACK,
		  .koff = 32,
		  .ksize = 8 },
		{ .action = DTRACEACT_TRACEMEM,
		  .size = 8,
		  .offset = 120,
		  .enc = DT_ENC_MEM,
		  .koff = 40,
		  .ksize = 8 },
		{ .action = DTRACEACT_DIFEXPR, .size = 0, .offset = 128, .enc = DT_ENC_NONE },
	};
	char rec[128] = { 0 }, *tail = rec + 48;
	uint32_t u4[] = { 0, 4, 0, 0 };
	uint64_t pcs[] = { 0x11, 0x22, 0x33 }, word;
	struct dt_expansion exp = { 0 };

	begin_records(1);
	dt_strbuf_add(&layout.strings, "\0one\0four", 10);
	clauses[0].items.data = items;
	clauses[0].items.n = ARRAY_SIZE(items);
	clauses[0].size = 128;
	clauses[0].kfixed = 44;
	CHECK_INT(dt_expansion_prepare(&exp, &con->con, &clauses[0]), 0);

	rec[8] = 'x';
	u4[0] = 5; /* "four" */
	memcpy(rec + 12, u4, 4);
	memcpy(rec + 16, "fixed678", 8);
	u4[0] = 3; /* a tail of 3 bytes, then one that has to be aligned */
	memcpy(rec + 24, u4, 4);
	memcpy(rec + 44, "abc", 3);
	u4[0] = 24;
	memcpy(rec + 28, u4, 4);
	memcpy(tail, pcs, 24);
	u4[0] = 16;
	u4[1] = 4321;
	memcpy(rec + 32, u4, 8);
	memcpy(tail + 24, pcs, 16);
	u4[0] = 8;
	memcpy(rec + 40, u4, 4);
	memcpy(tail + 40, "MEMORY!!", 8);
	CHECK(dt_expand(&exp, &con->con, rec, 96));
	CHECK_INT(exp.buf[12], 'x');
	CHECK_INT(*(int64_t *)(exp.buf + 16), -5);
	CHECK_STR(exp.buf + 24, "four");
	CHECK_STR(exp.buf + 40, "fixed678");
	CHECK_STR(exp.buf + 56, "abc");
	CHECK(!memcmp(exp.buf + 72, pcs, 24));
	memcpy(&word, exp.buf + 96, 8);
	CHECK_INT(word, 4321);
	CHECK(!memcmp(exp.buf + 104, pcs, 16));
	CHECK(!memcmp(exp.buf + 120, "MEMORY!!", 8));
	CHECK(!dt_expand(&exp, &con->con, rec, 95)); /* a tail that is not there */
	CHECK(!dt_expand(&exp, &con->con, rec, 40));

	memset(rec + 8, 0, sizeof(rec) - 8);
	u4[0] = 1; /* "one" */
	memcpy(rec + 12, u4, 4);
	memcpy(rec + 16, "f", 1);
	CHECK(dt_expand(&exp, &con->con, rec, 48));
	CHECK_STR(exp.buf + 24, "one");
	CHECK_STR(exp.buf + 40, "f");
	for (int i = 0; i < 12; i++)
		CHECK_INT(exp.buf[42 + i] | exp.buf[28 + i], 0);
	for (int i = 0; i < 72 - 56 + 24; i++)
		CHECK_INT(exp.buf[56 + i], 0);
	dt_expansion_free(&exp);
	dt_strbuf_free(&layout.strings);
	end_records();
}

static void test_valtypes(void)
{
	const dtrace_eprobedesc_t *desc;
	dtrace_valtype_t v;
	dtrace_recdesc_t foreign = { 0 };

	begin_records(1);
	desc = dt_consume_eprobe(con, 3, NULL);
	CHECK_INT(dt_consume_rec_valtype(con, desc, &desc->dtepd_rec[0], &v), 0);
	CHECK_INT(v.dtvt_kind, DTRACE_VAL_INT);
	CHECK_INT(v.dtvt_signed, 1);
	CHECK_STR(v.dtvt_type, "int");
	CHECK_INT(dt_consume_rec_valtype(con, desc, &foreign, &v), -1);
	CHECK(!dt_consume_eprobe(con, 0, NULL));
	CHECK(!dt_consume_eprobe(con, 99, NULL));
	dt_valtype_fill(DTRACEACT_USTACK, DTRACE_USTACK_ARG(20, 0), NULL, 168, &v);
	CHECK_INT(v.dtvt_kind, DTRACE_VAL_USTACK);
	CHECK_INT(v.dtvt_count, 20);
	dt_valtype_fill(DTRACEACT_DIFEXPR, 0, type(DT_B_STRING), 256, &v);
	CHECK_INT(v.dtvt_kind, DTRACE_VAL_STRING);
	dt_valtype_fill(DTRACEACT_DIFEXPR, 0, dt_type_ptr(types, type(DT_B_INT)), 8, &v);
	CHECK_INT(v.dtvt_kind * 2 + v.dtvt_signed, DTRACE_VAL_INT * 2);
	end_records();
}

/* ---- drops and faults ---- */

static int drop(const dtrace_dropdata_t *d, void *arg)
{
	(void)arg;
	dt_strbuf_printf(&seen, "%d/%d/%d/%d %s", d->dtdda_cpu, (int)d->dtdda_kind,
			 (int)d->dtdda_drops, (int)d->dtdda_total, d->dtdda_msg);
	return DTRACE_HANDLE_OK;
}

static uint64_t *counters(int cpu)
{
	return (uint64_t *)((char *)state + layout.counters_off + cpu * DT_COUNTER_STRIDE);
}

static void test_drops(void)
{
	struct dt_consume_handlers h = { .drop = drop };

	begin();
	dt_strbuf_clear(&seen);
	CHECK_INT(dt_consume_drops(con), 0);
	counters(1)[DT_DROP_PRINCIPAL] = 1;
	CHECK_INT(dt_consume_drops(con), -1); /* nobody to tell */
	CHECK_INT(dt_consume_err(con), EDT_DROPABORT);
	counters(0)[DT_DROP_STRCUT] = 3; /* ours do not end the consuming */
	CHECK_INT(dt_consume_drops(con), 0);
	dt_consume_set_handlers(con, &h);
	counters(1)[DT_DROP_PRINCIPAL] = 3;
	counters(2)[DT_DROP_AGG] = 1;
	counters(0)[DT_DROP_DYNAMIC] = 1;
	counters(1)[DT_DROP_DYNAMIC] = 1;
	counters(1)[DT_DROP_SPEC_BUSY] = 1;
	CHECK_INT(dt_consume_drops(con), 0);
	CHECK_STR(dt_strbuf_str(&seen),
		  "1/0/2/3 2 drops on CPU 1\n2/1/1/1 1 aggregation drop on CPU 2\n"
		  "-1/2/2/2 2 dynamic variable drops\n"
		  "-1/6/1/1 1 failed speculation (available buffer still busy)\n");
	dt_strbuf_clear(&seen);
	con->con.flags.droptags = true;
	counters(0)[DT_DROP_DBLERROR] = 2;
	CHECK_INT(dt_consume_drops(con), 0);
	CHECK_INT(dt_consume_drop_external(con, DTRACEDROP_LINUX_RECURSION, 5), 0);
	CHECK_INT(dt_consume_drop_external(con, DTRACEDROP_LINUX_RECURSION, 5), 0);
	CHECK_STR(dt_strbuf_str(&seen),
		  "-1/9/2/2 [DTRACEDROP_DBLERROR] 2 errors in ERROR probe enabling\n"
		  "-1/17/5/5 [DTRACEDROP_RECURSION] 5 firings skipped by the kernel (a program was "
		  "running)\n");
	CHECK_INT(dt_consume_drop_total(con, DTRACEDROP_DYNAMIC), 2);
	CHECK_INT(dt_consume_drop_total(con, DTRACEDROP_LINUX_RECURSION), 5);
	CHECK_STR(dt_consume_dropkind_name(DTRACEDROP_SPECUNAVAIL), "SPECUNAVAIL");
	CHECK(!dt_consume_dropkind_name((dtrace_dropkind_t)77));
	end();
}

static int fault(const dtrace_errdata_t *e, void *arg)
{
	(void)arg;
	dt_strbuf_printf(&seen, "%d %s", e->dteda_cpu, e->dteda_msg);
	return DTRACE_HANDLE_OK;
}

static void test_faults(void)
{
	struct dt_consume_handlers h = { .err = fault };
	struct {
		struct dt_krec head;
		struct dt_krec_error error;
	} rec = { { DT_KREC_ERROR, P_ENTRY }, { 0, 2, DTRACEFLT_BADADDR, 0, 0x10 } };

	begin_records(1);
	emit(1, &rec, sizeof(rec)); /* nobody to tell */
	CHECK_INT(consume(false), 0);
	dt_consume_set_handlers(con, &h);
	emit(1, &rec, sizeof(rec));
	rec.error = (struct dt_krec_error){ 0, 0, DTRACEFLT_DIVZERO, 0, 0x10 };
	emit(1, &rec, sizeof(rec));
	CHECK_INT(consume(false), 0);
	CHECK_STR(dt_strbuf_str(&seen),
		  "1 error on enabled probe ID 3 (ID 10: syscall:vmlinux:read:entry): invalid "
		  "address (0x10) in action #2\n"
		  "1 error on enabled probe ID 3 (ID 10: syscall:vmlinux:read:entry): "
		  "divide-by-zero in predicate\n");
	CHECK_STR(dt_consume_fault_text(12345), "unknown fault");
	end_records();
}

int main(void)
{
	types = dt_types_new();
	test_show_integers();
	test_show_text();
	test_hexdump();
	test_stacks();
	test_sequence();
	test_damaged();
	test_order();
	test_temporal();
	test_temporal_nested();
	test_speculation();
	test_flow();
	test_expand();
	test_valtypes();
	test_drops();
	test_faults();
	dt_strbuf_free(&seen);
	dt_types_free(types);
	free(text);
	return test_end();
}
