/* SPDX-License-Identifier: MIT */
/* BPF instructions as text, for -S and for reports of refused programs.  The notation is the
 * verifier's own, so that its log and our listing read alike. */
#include "base/strbuf.h"
#include "base/util.h"
#include "bpf/insn.h"

/* From 6.2 on the header's list separates its entries itself. */
#ifdef ___BPF_FUNC_MAPPER
#define HELPER(name, ...) [BPF_FUNC_##name] = "bpf_" #name,
#else
#define HELPER(name) [BPF_FUNC_##name] = "bpf_" #name
#endif

static const char *const helpers[] = { __BPF_FUNC_MAPPER(HELPER) };

static const char *const alu_ops[] = { "+=",  "-=",  "*=", "/=", "|=", "&=",  "<<=",
				       ">>=", "neg", "%=", "^=", "=",  "s>>=" };
static const char *const jmp_ops[] = { NULL,  "==", ">",  ">=", "&",  "!=", "s>",
				       "s>=", NULL, NULL, "<",  "<=", "s<", "s<=" };

static const char *size_name(uint8_t code)
{
	static const char *const names[] = { "u32", "u16", "u8", "u64" };

	return names[BPF_SIZE(code) >> 3];
}

static void put_alu(struct dt_strbuf *out, const struct bpf_insn *in)
{
	char w = BPF_CLASS(in->code) == BPF_ALU64 ? 'r' : 'w';
	uint8_t op = BPF_OP(in->code);

	if (op == BPF_END) {
		dt_strbuf_printf(out, "r%d = %s%d r%d", in->dst_reg,
				 BPF_SRC(in->code) == BPF_TO_BE ? "be" : "le", in->imm,
				 in->dst_reg);
	} else if (op == BPF_NEG) {
		dt_strbuf_printf(out, "%c%d = -%c%d", w, in->dst_reg, w, in->dst_reg);
	} else if (op >> 4 >= ARRAY_SIZE(alu_ops)) {
		dt_strbuf_printf(out, "bad alu %02x", in->code);
	} else if (BPF_SRC(in->code) == BPF_X) {
		dt_strbuf_printf(out, "%c%d %s %c%d", w, in->dst_reg, alu_ops[op >> 4], w,
				 in->src_reg);
	} else {
		dt_strbuf_printf(out, "%c%d %s %d", w, in->dst_reg, alu_ops[op >> 4], in->imm);
	}
}

static void put_place(struct dt_strbuf *out, const struct bpf_insn *in, uint8_t reg)
{
	dt_strbuf_printf(out, "(%s *)(r%d %+d)", size_name(in->code), reg, in->off);
}

static void put_atomic(struct dt_strbuf *out, const struct bpf_insn *in)
{
	const char *wide = BPF_SIZE(in->code) == BPF_DW ? "64" : "";

	if (in->imm == BPF_CMPXCHG) {
		dt_strbuf_printf(out, "r0 = atomic%s_cmpxchg(", wide);
		put_place(out, in, in->dst_reg);
		dt_strbuf_printf(out, ", r0, r%d)", in->src_reg);
	} else if (in->imm == BPF_XCHG || in->imm & BPF_FETCH) {
		uint8_t op = BPF_OP(in->imm);

		dt_strbuf_printf(out, "r%d = atomic%s_%s(", in->src_reg, wide,
				 in->imm == BPF_XCHG ? "xchg"
				 : op == BPF_ADD     ? "fetch_add"
				 : op == BPF_OR      ? "fetch_or"
				 : op == BPF_AND     ? "fetch_and"
						     : "fetch_xor");
		put_place(out, in, in->dst_reg);
		dt_strbuf_printf(out, ", r%d)", in->src_reg);
	} else {
		dt_strbuf_puts(out, "lock *");
		put_place(out, in, in->dst_reg);
		dt_strbuf_printf(out, " %s r%d",
				 BPF_OP(in->imm) >> 4 < ARRAY_SIZE(alu_ops)
					 ? alu_ops[BPF_OP(in->imm) >> 4]
					 : "?",
				 in->src_reg);
	}
}

static void put_store(struct dt_strbuf *out, const struct bpf_insn *in)
{
	if (BPF_CLASS(in->code) == BPF_STX && BPF_MODE(in->code) == BPF_ATOMIC) {
		put_atomic(out, in);
		return;
	}
	dt_strbuf_putc(out, '*');
	put_place(out, in, in->dst_reg);
	if (BPF_CLASS(in->code) == BPF_STX)
		dt_strbuf_printf(out, " = r%d", in->src_reg);
	else
		dt_strbuf_printf(out, " = %d", in->imm);
}

static void put_call(struct dt_strbuf *out, const struct bpf_insn *in)
{
	if (in->src_reg == BPF_PSEUDO_CALL)
		dt_strbuf_printf(out, "call pc%+d", in->imm);
	else if (in->src_reg == BPF_PSEUDO_KFUNC_CALL)
		dt_strbuf_printf(out, "call kernel-function#%d", in->imm);
	else if (in->imm >= 0 && (size_t)in->imm < ARRAY_SIZE(helpers) && helpers[in->imm])
		dt_strbuf_printf(out, "call %s#%d", helpers[in->imm], in->imm);
	else
		dt_strbuf_printf(out, "call unknown#%d", in->imm);
}

static void put_jmp(struct dt_strbuf *out, const struct bpf_insn *in)
{
	char w = BPF_CLASS(in->code) == BPF_JMP ? 'r' : 'w';
	uint8_t op = BPF_OP(in->code);

	if (op == BPF_CALL) {
		put_call(out, in);
	} else if (op == BPF_EXIT) {
		dt_strbuf_puts(out, "exit");
	} else if (op == BPF_JA) {
		dt_strbuf_printf(out, "goto pc%+d", in->off);
	} else if (op >> 4 >= ARRAY_SIZE(jmp_ops)) {
		dt_strbuf_printf(out, "bad jmp %02x", in->code);
	} else {
		dt_strbuf_printf(out, "if %c%d %s ", w, in->dst_reg, jmp_ops[op >> 4]);
		if (BPF_SRC(in->code) == BPF_X)
			dt_strbuf_printf(out, "%c%d", w, in->src_reg);
		else
			dt_strbuf_printf(out, "0x%x", (uint32_t)in->imm);
		dt_strbuf_printf(out, " goto pc%+d", in->off);
	}
}

static void put_imm64(struct dt_strbuf *out, const struct bpf_insn *in)
{
	uint64_t imm = (uint32_t)in[0].imm | (uint64_t)(uint32_t)in[1].imm << 32;

	dt_strbuf_printf(out, "r%d = ", in->dst_reg);
	switch (in->src_reg) {
	case BPF_PSEUDO_MAP_FD: dt_strbuf_printf(out, "map[fd:%d]", in->imm); break;
	case BPF_PSEUDO_MAP_VALUE:
		dt_strbuf_printf(out, "map[fd:%d][0]+%u", in->imm, (uint32_t)in[1].imm);
		break;
	case BPF_PSEUDO_FUNC: dt_strbuf_printf(out, "func[pc%+d]", in->imm); break;
	default: dt_strbuf_printf(out, "0x%llx ll", (unsigned long long)imm);
	}
}

static void put_load(struct dt_strbuf *out, const struct bpf_insn *in)
{
	dt_strbuf_printf(out, "r%d = *", in->dst_reg);
	put_place(out, in, in->src_reg);
}

static void put_bad(struct dt_strbuf *out, const struct bpf_insn *in)
{
	dt_strbuf_printf(out, "bad insn %02x", in->code);
}

void dt_bpf_disasm(struct dt_strbuf *out, const struct bpf_insn *insns, size_t n)
{
	static void (*const put[8])(struct dt_strbuf *, const struct bpf_insn *) = {
		[BPF_LD] = put_bad,    [BPF_LDX] = put_load,  [BPF_ST] = put_store,
		[BPF_STX] = put_store, [BPF_ALU] = put_alu,   [BPF_JMP] = put_jmp,
		[BPF_JMP32] = put_jmp, [BPF_ALU64] = put_alu,
	};

	for (size_t i = 0; i < n; i++) {
		const struct bpf_insn *in = &insns[i];
		bool wide = in->code == (BPF_LD | BPF_IMM | BPF_DW) && i + 1 < n;

		dt_strbuf_printf(out, "%4zu: (%02x) ", i, in->code);
		if (wide) {
			put_imm64(out, in);
			i++;
		} else {
			put[BPF_CLASS(in->code)](out, in);
		}
		dt_strbuf_putc(out, '\n');
	}
}
