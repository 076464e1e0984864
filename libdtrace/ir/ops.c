/* SPDX-License-Identifier: MIT */
/*
 * What operations compute: the arithmetic by which the optimiser folds constants and the tests
 * check the kernel's results, and the families of comparisons.
 */
#include "ir/ops.h"

static int64_t low_bytes(int64_t a, unsigned width, bool is_signed)
{
	unsigned shift = 64 - 8 * width;

	if (width >= 8)
		return a;
	return is_signed ? (int64_t)((uint64_t)a << shift) >> shift
			 : (int64_t)((uint64_t)a << shift >> shift);
}

static int64_t eval_div(enum dt_ir_op op, int64_t a, int64_t b)
{
	if (!b) /* as BPF does it; the lowering has tested for it */
		return op == DT_IR_UDIV || op == DT_IR_SDIV ? 0 : a;
	switch (op) {
	case DT_IR_UDIV: return (int64_t)((uint64_t)a / (uint64_t)b);
	case DT_IR_UMOD: return (int64_t)((uint64_t)a % (uint64_t)b);
	case DT_IR_SDIV: return b == -1 ? (int64_t)(0 - (uint64_t)a) : a / b;
	case DT_IR_SMOD: return b == -1 ? 0 : a % b;
	default: DT_IR_BAD_OP();
	}
}

static bool compares(enum dt_ir_op op, int64_t a, int64_t b)
{
	switch (op) {
	case DT_IR_SETEQ:
	case DT_IR_JEQ: return a == b;
	case DT_IR_SETNE:
	case DT_IR_JNE: return a != b;
	case DT_IR_SETLT:
	case DT_IR_JLT: return a < b;
	case DT_IR_SETLE:
	case DT_IR_JLE: return a <= b;
	case DT_IR_SETGT:
	case DT_IR_JGT: return a > b;
	case DT_IR_SETGE:
	case DT_IR_JGE: return a >= b;
	case DT_IR_SETULT:
	case DT_IR_JULT: return (uint64_t)a < (uint64_t)b;
	case DT_IR_SETULE:
	case DT_IR_JULE: return (uint64_t)a <= (uint64_t)b;
	case DT_IR_SETUGT:
	case DT_IR_JUGT: return (uint64_t)a > (uint64_t)b;
	case DT_IR_SETUGE:
	case DT_IR_JUGE: return (uint64_t)a >= (uint64_t)b;
	case DT_IR_JSET: return (a & b) != 0;
	default: DT_IR_BAD_OP();
	}
}

int64_t dt_ir_eval(enum dt_ir_op op, unsigned width, int64_t a, int64_t b)
{
	uint64_t ua = (uint64_t)a, ub = (uint64_t)b;

	switch (op) {
	case DT_IR_MOV:
	case DT_IR_NUM: return a;
	case DT_IR_EXT_S: return low_bytes(a, width, true);
	case DT_IR_EXT_U: return low_bytes(a, width, false);
	case DT_IR_BSWAP: return (int64_t)(__builtin_bswap64(ua) >> (64 - 8 * width));
	case DT_IR_NEG: return (int64_t)(0 - ua);
	case DT_IR_NOT: return ~a;
	case DT_IR_ADD: return (int64_t)(ua + ub);
	case DT_IR_SUB: return (int64_t)(ua - ub);
	case DT_IR_MUL: return (int64_t)(ua * ub);
	case DT_IR_AND: return a & b;
	case DT_IR_OR: return a | b;
	case DT_IR_XOR: return a ^ b;
	case DT_IR_SHL: return (int64_t)(ua << (ub & 63));
	case DT_IR_SHR: return (int64_t)(ua >> (ub & 63));
	case DT_IR_SAR: return a >> (ub & 63);
	case DT_IR_ADD32: return (int64_t)(uint32_t)(ua + ub);
	case DT_IR_SUB32: return (int64_t)(uint32_t)(ua - ub);
	case DT_IR_MUL32: return (int64_t)(uint32_t)(ua * ub);
	case DT_IR_UDIV:
	case DT_IR_UMOD:
	case DT_IR_SDIV:
	case DT_IR_SMOD: return eval_div(op, a, b);
	default:
		if (dt_ir_is_setcc(op) || dt_ir_is_jcc(op))
			return compares(op, a, b);
		DT_IR_BAD_OP();
	}
}

/* X(suffix of J.. and SET.., with operands exchanged, the opposite) */
/* clang-format off */
#define COMPARISONS(X) \
	X(EQ, EQ, NE) X(NE, NE, EQ) X(LT, GT, GE) X(LE, GE, GT) X(GT, LT, LE) X(GE, LE, LT) \
	X(ULT, UGT, UGE) X(ULE, UGE, UGT) X(UGT, ULT, ULE) X(UGE, ULE, ULT)
/* clang-format on */

enum dt_ir_op dt_ir_swapped(enum dt_ir_op op)
{
	switch (op) {
#define X(name, swapped, inverted)                   \
	case DT_IR_J##name: return DT_IR_J##swapped; \
	case DT_IR_SET##name: return DT_IR_SET##swapped;
		COMPARISONS(X)
#undef X
	case DT_IR_JSET: return op;
	default: DT_IR_BAD_OP();
	}
}

enum dt_ir_op dt_ir_inverted(enum dt_ir_op op)
{
	switch (op) {
#define X(name, swapped, inverted)                    \
	case DT_IR_J##name: return DT_IR_J##inverted; \
	case DT_IR_SET##name: return DT_IR_SET##inverted;
		COMPARISONS(X)
#undef X
	case DT_IR_JSET: return DT_IR_NOPS;
	default: DT_IR_BAD_OP();
	}
}

enum dt_ir_op dt_ir_set_to_jump(enum dt_ir_op set)
{
	switch (set) {
#define X(name, swapped, inverted) \
	case DT_IR_SET##name: return DT_IR_J##name;
		COMPARISONS(X)
#undef X
	default: DT_IR_BAD_OP();
	}
}

const char *dt_ir_mnemonic(enum dt_ir_op op)
{
	static const char *const names[] = {
#define X(name, mnemonic, shape, emitter) [DT_IR_##name] = mnemonic,
		DT_IR_OPS(X)
#undef X
	};

	return op < DT_IR_NOPS ? names[op] : "?";
}
