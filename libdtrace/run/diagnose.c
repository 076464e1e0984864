/* SPDX-License-Identifier: MIT */
/*
 * What a refusal of the kernel's verifier means for the script: which clause and line the refused
 * instruction belongs to, by the origins that the back end kept (ir/compile.h), and whether a limit
 * was met, which the script can avoid, or the library has a defect.  load.c calls it with the log.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "ir/ir.h"
#include "run/internal.h"

#define LOG_LINES 20
#define MAX_INSNS 1000000 /* the kernel's BPF_COMPLEXITY_LIMIT_INSNS */

/* Limits, by what the kernel's sentence about each begins with. */
static const struct limit {
	const char *sentence, *words, *remedy;
	bool placed; /* met at the log's last instruction */
} limits[] = {
	{ "BPF program is too large.", "too many instructions to verify", "split the clause",
	  true },
	{ "The sequence of ", "too many branches to verify", "split the clause", true },
	{ "combined stack size of ", "too much memory for temporaries", "simplify the expressions",
	  false },
	{ "the call stack of ", "calls nested too deeply", "simplify the expressions", false },
	{ "too many subprograms", "too many functions", "split the script", false },
	{ "The total number of maps per program ", "too many arrays and aggregations",
	  "split the script", false },
};
static const struct limit too_long = { "", "too many instructions", "split the script", false };

/* ---- the log ---- */

/* What the log says of the refusal.  Lines are not terminated. */
struct verdict {
	const char *sentence; /* the kernel's; NULL: none */
	int len;
	int64_t insn; /* the last that it looked at; -1: none */
};

static const char *next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end ? end + 1 : line + strlen(line);
}

/* "12: (85) call ..." */
static bool is_insn(const char *line, int64_t *number)
{
	char *end;
	long n = strtol(line, &end, 10);

	if (!isdigit((unsigned char)*line) || strncmp(end, ": (", 3))
		return false;
	*number = n;
	return true;
}

/* A line that comes between the last instruction and the sentence, or after it: a state, a line of
 * source, the count of instructions. */
static bool is_filler(const char *line)
{
	static const char *const starts[] = { "\n",
					      ";",
					      "from ",
					      "processed ",
					      "verification ",
					      "stack depth ",
					      "mark_precise",
					      "Func#",
					      "Validating " };

	for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
		if (!strncmp(line, starts[i], strlen(starts[i])))
			return true;
	/* "12: R0=..." */
	return isdigit((unsigned char)*line) && strstr(line, ": R") &&
	       strstr(line, ": R") < next_line(line);
}

static struct verdict read_log(const char *log)
{
	struct verdict verdict = { .insn = -1 };

	for (const char *line = log; *line; line = next_line(line)) {
		if (is_insn(line, &verdict.insn)) {
			verdict.sentence = NULL;
		} else if (!verdict.sentence && !is_filler(line)) {
			verdict.sentence = line;
			verdict.len = (int)strcspn(line, "\n");
		}
	}
	return verdict;
}

static const char *last_lines(const char *log, int n)
{
	const char *at = log + strlen(log);

	for (int newlines = 0; at > log; at--) {
		/* the one at the very end begins no line */
		if (at[-1] == '\n' && *at && ++newlines == n)
			break;
	}
	return at;
}

/* ---- the message ---- */

static const struct limit *find_limit(const struct dt_refusal *refusal,
				      const struct verdict *verdict)
{
	if (refusal->code->ninsns + refusal->nprefix > MAX_INSNS)
		return &too_long;
	for (size_t i = 0; verdict->sentence && i < ARRAY_SIZE(limits); i++)
		if (!strncmp(verdict->sentence, limits[i].sentence, strlen(limits[i].sentence)))
			return &limits[i];
	return NULL;
}

static const struct dt_ir_origin *origin_of(const struct dt_code *code, uint32_t insn)
{
	const struct dt_ir_origin *found = NULL;

	for (uint32_t i = 0; i < code->norigins && code->origins[i].insn <= insn; i++)
		found = code->origins[i].origin;
	return found;
}

static const char *function_of(const struct dt_code *code, uint32_t insn)
{
	const char *found = "";

	for (uint32_t i = 0; i < code->nfuncs && code->func_start[i] <= insn; i++)
		found = code->func_name[i];
	return found;
}

/* " in clause 2 (syscall::read:entry), line 14 of x.d" */
static void add_place(const struct dt_refusal *refusal, int64_t insn, struct dt_strbuf *out)
{
	int64_t at = insn - refusal->nprefix;
	const struct dt_ir_origin *origin;

	if (at < 0 || at >= refusal->code->ninsns)
		return;
	origin = origin_of(refusal->code, (uint32_t)at);
	if (!origin) {
		dt_strbuf_printf(out, " in the subroutine %s",
				 function_of(refusal->code, (uint32_t)at));
		return;
	}
	if (!origin->what)
		return;
	dt_strbuf_printf(out, " in %s, line %u", origin->what, origin->loc.line);
	if (origin->loc.file)
		dt_strbuf_printf(out, " of %s", origin->loc.file);
}

void dt_run_diagnose(const struct dt_refusal *refusal, struct dt_strbuf *out)
{
	struct verdict verdict = read_log(refusal->log);
	const struct limit *limit = find_limit(refusal, &verdict);

	dt_strbuf_printf(out, "the kernel's verifier refused the program of %s", refusal->program);
	if (!limit || limit->placed)
		add_place(refusal, verdict.insn, out);
	dt_strbuf_printf(out, ": %s", limit ? limit->words : strerror(-refusal->err));
	if (verdict.sentence)
		dt_strbuf_printf(out, " (%.*s)", verdict.len, verdict.sentence);
	if (limit)
		dt_strbuf_printf(out, "; %s", limit->remedy);
	else
		dt_strbuf_puts(out, "; this is a defect of libdtrace, please report it");
	if (!*refusal->log)
		return;
	if (refusal->whole_log)
		dt_strbuf_printf(out, "; the log:\n%s", refusal->log);
	else
		dt_strbuf_printf(out, "; the log's last lines (-x bpflog shows all):\n%s",
				 last_lines(refusal->log, LOG_LINES));
}
