/* SPDX-License-Identifier: MIT */
/* The operands of notes (providers/operand.h), of both assemblers. */
#include <string.h>
#include "base/util.h"
#include "providers/arch.h"
#include "providers/operand.h"
#include "test.h"

typedef bool parse_fn(const char *text, const char *end, struct dt_operand *out);

#define X86 dt_operand_x86_64
#define ARM dt_operand_arm64

#define CONSTANT(n)           DT_OPERAND_CONSTANT, -1, -1, 1, 0, n, NULL
#define REGISTER(r, shift)    DT_OPERAND_REGISTER, r, -1, 1, shift, 0, NULL
#define AT(base, i, s, d)     DT_OPERAND_MEMORY, base, i, s, 0, d, NULL
#define SYMBOL(name, i, s, d) DT_OPERAND_MEMORY, -1, i, s, 0, d, name

static const struct {
	parse_fn *parse;
	const char *text;
	int kind, base, index, scale, shift;
	int64_t disp;
	const char *symbol;
} good[] = {
	{ X86, "$5", CONSTANT(5) },
	{ X86, "$-0x10", CONSTANT(-16) },
	{ X86, "%rax", REGISTER(0, 0) },
	{ X86, "%ebx", REGISTER(3, 0) },
	{ X86, "%sp", REGISTER(4, 0) },
	{ X86, "%dil", REGISTER(7, 0) },
	{ X86, "%bh", REGISTER(3, 8) },
	{ X86, "%r8", REGISTER(8, 0) },
	{ X86, "%r15b", REGISTER(15, 0) },
	{ X86, "(%rdi)", AT(7, -1, 1, 0) },
	{ X86, "-8(%rbp)", AT(5, -1, 1, -8) },
	{ X86, "0x20(%r12,%rcx,8)", AT(12, 1, 8, 0x20) },
	{ X86, "(,%rdx,4)", AT(-1, 2, 4, 0) },
	{ X86, "(%rax,%rdx)", AT(0, 2, 1, 0) },
	{ X86, "counter(%rip)", SYMBOL("counter", -1, 1, 0) },
	{ X86, "_ZN1a1bE+12(%rip)", SYMBOL("_ZN1a1bE", -1, 1, 12) },
	{ X86, "counter.0-4(%rip)", SYMBOL("counter.0", -1, 1, -4) },
	{ X86, "table(,%rax,8)", SYMBOL("table", 0, 8, 0) },
	{ X86, "counter", SYMBOL("counter", -1, 1, 0) },
	{ ARM, "7", CONSTANT(7) },
	{ ARM, "x0", REGISTER(0, 0) },
	{ ARM, "w30", REGISTER(30, 0) },
	{ ARM, "sp", REGISTER(31, 0) },
	{ ARM, "[x19]", AT(19, -1, 1, 0) },
	{ ARM, "[sp, 16]", AT(31, -1, 1, 16) },
	{ ARM, "[x1,#-8]", AT(1, -1, 1, -8) },
	{ ARM, "[x1, x2]", AT(1, 2, 1, 0) },
};

static const struct {
	parse_fn *parse;
	const char *text;
} bad[] = {
	{ X86, "" },
	{ X86, "$" },
	{ X86, "%xmm0" },
	{ X86, "%rax " },
	{ X86, "%r16" },
	{ X86, "%fs:0x28" },
	{ X86, "8" },
	{ X86, "8(%rip)" },
	{ X86, "(%rax" },
	{ X86, "(%ah)" },
	{ X86, "(%rax,%rcx,9)" },
	{ X86, "(%rax)x" },
	{ X86, "()" },
	{ ARM, "" },
	{ ARM, "x31" },
	{ ARM, "d0" },
	{ ARM, "[x0" },
	{ ARM, "[x0, ]" },
	{ ARM, "[16]" },
};

static void test_assemblers(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		struct dt_operand op = { 0 };
		const char *text = good[i].text;

		CHECK(good[i].parse(text, text + strlen(text), &op));
		CHECK_INT(op.kind, good[i].kind);
		CHECK_INT(op.base, good[i].base);
		CHECK_INT(op.index, good[i].index);
		CHECK_INT(op.scale, good[i].scale);
		CHECK_INT(op.shift, good[i].shift);
		CHECK_INT(op.disp, good[i].disp);
		CHECK(!op.symbol == !good[i].symbol);
		CHECK(!op.symbol || (op.symbol_len == strlen(good[i].symbol) &&
				     !memcmp(op.symbol, good[i].symbol, op.symbol_len)));
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct dt_operand op = { 0 };

		CHECK(!bad[i].parse(bad[i].text, bad[i].text + strlen(bad[i].text), &op));
	}
}

#ifdef __x86_64__
static void test_lists(void)
{
	struct dt_operand ops[DT_MAX_OPERANDS];

	CHECK_INT(dt_operands_parse("", ops), 0);
	CHECK_INT(dt_operands_parse("-4@%edi 8@16(%rsp)  1@$3 8f@%xmm0", ops), 4);
	CHECK(ops[0].size == 4 && ops[0].is_signed && ops[0].kind == DT_OPERAND_REGISTER);
	CHECK(ops[1].size == 8 && !ops[1].is_signed && ops[1].disp == 16);
	CHECK(ops[2].size == 1 && ops[2].kind == DT_OPERAND_CONSTANT);
	CHECK_INT(ops[3].kind, DT_OPERAND_UNKNOWN);
	CHECK_INT(dt_operands_parse("1@$1 1@$1 1@$1 1@$1 1@$1 1@$1 1@$1 1@$1 1@$1 1@$1 1@$1 "
				    "1@$1 1@$1 1@$1",
				    ops),
		  DT_MAX_OPERANDS);
	CHECK_INT(dt_operands_parse("8@?? -8@%rax", ops), 2);
	CHECK(ops[0].kind == DT_OPERAND_UNKNOWN && ops[1].kind == DT_OPERAND_REGISTER);
}
#endif

int main(void)
{
	test_assemblers();
#ifdef __x86_64__
	test_lists();
#endif
	return test_end();
}
