/* SPDX-License-Identifier: MIT */
/*
 * What is said when the kernel's verifier refuses a program.  Programs that it refuses are written
 * here by hand, since the library makes none, and loaded as those of a script are.  Where bpf(2) is
 * not permitted, the kernel's logs that the messages are made of stand here as text.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "attach/test_run.h"
#include "base/errno.h"
#include "ir/build.h"
#include "run/internal.h"
#include "test.h"

static const struct dt_ir_origin read_clause = { "clause 2 (syscall::read:entry)",
						 { "x.d", 14, 3 } };
static const struct dt_ir_origin begin_clause = { "clause 1 (:::BEGIN)", { NULL, 3, 1 } };
static const struct dt_ir_origin own = { 0 };

static uint32_t count_lines(const char *text)
{
	uint32_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

/* ---- as a run loads them ---- */

static struct dt_bpf *bpf;

/* Loads CODE as the program of a plan with one point.  The result is the message. */
static char *load(struct dt_code *code, bool whole_log)
{
	static const struct dt_target target = { &dt_mech_test_run };
	struct dt_run_settings settings = { .whole_log = whole_log };
	struct dt_map_plan state = { .spec = { .type = BPF_MAP_TYPE_ARRAY,
					       .key_size = 4,
					       .value_size = 4096,
					       .max_entries = 1,
					       .flags = BPF_F_MMAPABLE,
					       .name = "state" } };
	struct dt_point point = { .target = &target, .name = "sys_enter", .code = *code };
	struct dt_point *points[] = { &point };
	struct dt_plan plan = { .maps = { .data = &state, .n = 1 },
				.points = { .data = points, .n = 1 } };
	struct dt_run *run = dt_run_new(bpf);
	char *why;

	dt_run_configure(run, &settings);
	CHECK_INT(dt_run_load(run, &plan), -EDT_VERIFIER);
	why = strdup(dt_run_why(run));
	dt_run_free(run);
	return why;
}

/* A load through a number, in the second of two origins. */
static void write_wild_load(struct dt_compile *compile, void *arg)
{
	struct dt_ir_unit *unit = dt_ir_unit_new(compile);
	struct dt_ir b = { unit, dt_ir_func_new(unit, "main", 256) };
	dt_vreg base;

	b.func->origin = &own;
	base = dt_ir_ld(&b, dt_ir_ctx(&b), 0, 8);
	b.func->origin = &begin_clause;
	base = dt_ir_bini(&b, DT_IR_MUL, base, 3);
	b.func->origin = &read_clause;
	dt_ir_ret(&b, dt_ir_ld(&b, base, 0, 8));
	dt_ir_compile(unit, arg);
}

static void a_defect_names_the_clause(void)
{
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct dt_code code;
	char *why;

	CHECK(dt_compile_run(&compile, write_wild_load, &code));
	why = load(&code, false);
	CHECK(strstr(why, "refused the program of sys_enter in clause 2 (syscall::read:entry), "
			  "line 14 of x.d: Permission denied (R"));
	CHECK(strstr(why, "invalid mem access"));
	CHECK(strstr(why, "this is a defect of libdtrace"));
	free(why);
	dt_arena_free(compile.arena);
}

/* A loop of more steps than the verifier follows: a million instructions. */
static struct dt_code endless(struct bpf_insn *insns, const struct dt_code_origin *origins)
{
	insns[0] = dt_insn_movi(BPF_REG_0, 0);
	insns[1] = dt_insn_alui(BPF_ADD, BPF_REG_0, 1);
	insns[2] = dt_insn_jmpi(BPF_JLT, BPF_REG_0, 2000000, -2);
	insns[3] = dt_insn_exit();
	return (struct dt_code){ .insns = insns, .ninsns = 4, .origins = origins, .norigins = 2 };
}

static void a_limit_is_no_defect(void)
{
	static const struct dt_code_origin origins[] = { { 0, &own }, { 1, &begin_clause } };
	struct bpf_insn insns[4];
	struct dt_code code = endless(insns, origins);
	char *why = load(&code, false);

	CHECK(strstr(why, "in clause 1 (:::BEGIN), line 3: too many instructions to verify "
			  "(BPF program is too large. Processed 1000001 insn); split the clause"));
	CHECK(!strstr(why, "defect"));
	CHECK_INT(count_lines(why), 21);
	free(why);
}

static void the_whole_log_is_an_option(void)
{
	struct bpf_insn insns[3000];
	struct dt_code_origin origin = { 0, &read_clause };
	struct dt_code code = { .insns = insns, .origins = &origin, .norigins = 1 };
	char *why;

	for (; code.ninsns < ARRAY_SIZE(insns) - 2; code.ninsns++)
		insns[code.ninsns] = dt_insn_movi(BPF_REG_0, (int32_t)code.ninsns);
	insns[code.ninsns++] = dt_insn_mov(BPF_REG_0, BPF_REG_5);
	insns[code.ninsns++] = dt_insn_exit();
	why = load(&code, true);
	CHECK(count_lines(why) >= ARRAY_SIZE(insns));
	CHECK(strstr(why, "line 14 of x.d: Permission denied (R5 !read_ok)"));
	free(why);
	why = load(&code, false);
	CHECK_INT(count_lines(why), 21);
	CHECK(strstr(why, "-x bpflog shows all"));
	free(why);
}

/* ---- logs of several kernels, as text ---- */

static const struct dt_code_origin two[] = { { 0, &begin_clause }, { 8, &read_clause } };
static uint32_t func_starts[] = { 0, 12 };
static const char *func_names[] = { "main", "dt_json" };
static const struct dt_code_origin three[] = { { 0, &begin_clause },
					       { 8, &read_clause },
					       { 12, NULL } };

static void check_text(const char *log, uint32_t nprefix, const char *wanted)
{
	struct dt_code code = { .ninsns = 20,
				.origins = nprefix ? two : three,
				.norigins = nprefix ? 2 : 3,
				.func_start = func_starts,
				.func_name = func_names,
				.nfuncs = 2 };
	struct dt_refusal refusal = {
		.program = "p", .code = &code, .nprefix = nprefix, .log = log, .err = -EACCES
	};
	struct dt_strbuf out = { 0 };

	dt_run_diagnose(&refusal, &out);
	CHECK(strstr(dt_strbuf_str(&out), wanted));
	dt_strbuf_free(&out);
}

static void logs_are_understood(void)
{
	/* The states in front of an instruction, of Linux 5.15, are not the sentence. */
	check_text("7: R0=inv(id=0) R10=fp0\n8: (79) r1 = *(u64 *)(r0 +0)\n"
		   "R0 invalid mem access 'inv'\nprocessed 9 insns (limit 1000000)\n",
		   0,
		   "in clause 2 (syscall::read:entry), line 14 of x.d: Permission denied "
		   "(R0 invalid mem access 'inv'); this is a defect");
	/* What its mechanism put in front of a program counts in the log, not in the code. */
	check_text("17: (95) exit\nR0 !read_ok\nprocessed 9 insns\n", 10,
		   "in clause 1 (:::BEGIN), line 3: ");
	check_text("5: (95) exit\nR0 !read_ok\nprocessed 9 insns\n", 10,
		   "the program of p: Permission denied (R0 !read_ok)");
	check_text("14: (95) exit\nR0 !read_ok\nprocessed 9 insns\n", 0,
		   "in the subroutine dt_json: ");
	/* Not met at an instruction. */
	check_text("9: (95) exit\ncombined stack size of 3 calls is 544. Too large\n", 0,
		   "the program of p: too much memory for temporaries (combined stack size of 3 "
		   "calls is 544. Too large); simplify the expressions");
	/* No log at all. */
	check_text("", 0, "the program of p: Permission denied; this is a defect");
}

int main(void)
{
	bpf = dt_bpf_new();
	if (geteuid() == 0) {
		a_defect_names_the_clause();
		a_limit_is_no_defect();
		the_whole_log_is_an_option();
	}
	logs_are_understood();
	dt_bpf_free(bpf);
	return test_end();
}
