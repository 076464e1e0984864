/* SPDX-License-Identifier: MIT */
/*
 * BPF instructions: constructors, so that code that emits code reads like assembler, and the
 * disassembler.  Every constructor returns one struct bpf_insn, except the 64-bit immediates, which
 * are two slots written by a macro (usable in array initialisers).  Register numbers are
 * BPF_REG_0..BPF_REG_10, operation codes the kernel's BPF_ADD, BPF_JNE...; sizes are BPF_B, BPF_H,
 * BPF_W, BPF_DW.  Jump and call distances count from the next instruction; sequences written by
 * hand use labels instead (below).  No ISA v4 here: Linux 6.1 refuses it.
 */
#ifndef DT_BPF_INSN_H
#define DT_BPF_INSN_H

#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>

struct dt_strbuf;

/* What Debian 12's <linux/bpf.h> (6.1) lacks, in all of bpf/ and attach/. */
#define DT_BPF_TRACE_UPROBE_MULTI    48 /* 6.6 */
#define DT_BPF_F_UPROBE_MULTI_RETURN 1U

/* bpf_attr.link_create for uprobe.multi. */
struct dt_bpf_uprobe_multi {
	uint32_t prog_fd, target_fd, attach_type, link_flags;
	uint64_t path, offsets, ref_ctr_offsets, cookies; /* pointers */
	uint32_t cnt, flags, pid, unused;
};

#define DT_INSN(code_, dst_, src_, off_, imm_)      \
	((struct bpf_insn){ .code = (code_),        \
			    .dst_reg = (dst_),      \
			    .src_reg = (src_),      \
			    .off = (int16_t)(off_), \
			    .imm = (int32_t)(imm_) })

/* dst = dst OP src; BPF_MOV, BPF_ADD, BPF_NEG (src ignored) ... */
static inline struct bpf_insn dt_insn_alu(uint8_t op, uint8_t dst, uint8_t src)
{
	return DT_INSN(BPF_ALU64 | op | BPF_X, dst, src, 0, 0);
}

static inline struct bpf_insn dt_insn_alui(uint8_t op, uint8_t dst, int32_t imm)
{
	return DT_INSN(BPF_ALU64 | op | BPF_K, dst, 0, 0, imm);
}

static inline struct bpf_insn dt_insn_alu32(uint8_t op, uint8_t dst, uint8_t src)
{
	return DT_INSN(BPF_ALU | op | BPF_X, dst, src, 0, 0);
}

static inline struct bpf_insn dt_insn_alu32i(uint8_t op, uint8_t dst, int32_t imm)
{
	return DT_INSN(BPF_ALU | op | BPF_K, dst, 0, 0, imm);
}

static inline struct bpf_insn dt_insn_mov(uint8_t dst, uint8_t src)
{
	return dt_insn_alu(BPF_MOV, dst, src);
}

static inline struct bpf_insn dt_insn_movi(uint8_t dst, int32_t imm) /* sign-extended to 64 bits */
{
	return dt_insn_alui(BPF_MOV, dst, imm);
}

static inline struct bpf_insn dt_insn_mov32(uint8_t dst, uint8_t src) /* zero-extends */
{
	return dt_insn_alu32(BPF_MOV, dst, src);
}

static inline struct bpf_insn dt_insn_neg(uint8_t dst)
{
	return DT_INSN(BPF_ALU64 | BPF_NEG, dst, 0, 0, 0);
}

/* dst = the low BITS (16, 32, 64) of dst in big-endian order (BPF_TO_BE) or cut to them
 * (BPF_TO_LE). */
static inline struct bpf_insn dt_insn_endian(uint8_t to, uint8_t dst, int32_t bits)
{
	return DT_INSN(BPF_ALU | BPF_END | to, dst, 0, 0, bits);
}

static inline struct bpf_insn dt_insn_ldx(uint8_t size, uint8_t dst, uint8_t src,
					  int16_t off) /* dst = *(src+off) */
{
	return DT_INSN(BPF_LDX | BPF_MEM | size, dst, src, off, 0);
}

static inline struct bpf_insn dt_insn_stx(uint8_t size, uint8_t dst, int16_t off,
					  uint8_t src) /* *(dst+off) = src */
{
	return DT_INSN(BPF_STX | BPF_MEM | size, dst, src, off, 0);
}

static inline struct bpf_insn dt_insn_st(uint8_t size, uint8_t dst, int16_t off,
					 int32_t imm) /* *(dst+off) = imm */
{
	return DT_INSN(BPF_ST | BPF_MEM | size, dst, 0, off, imm);
}

/* OP: BPF_ADD, BPF_OR, ... maybe | BPF_FETCH (src gets the old value), BPF_XCHG, BPF_CMPXCHG (r0:
 * expected, old). SIZE: BPF_W or BPF_DW. All but BPF_ADD without FETCH came in 5.12. */
static inline struct bpf_insn dt_insn_atomic(uint8_t size, int32_t op, uint8_t dst, int16_t off,
					     uint8_t src)
{
	return DT_INSN(BPF_STX | BPF_ATOMIC | size, dst, src, off, op);
}

static inline struct bpf_insn dt_insn_jmp(uint8_t op, uint8_t dst, uint8_t src, int16_t off)
{
	return DT_INSN(BPF_JMP | op | BPF_X, dst, src, off, 0);
}

static inline struct bpf_insn dt_insn_jmpi(uint8_t op, uint8_t dst, int32_t imm, int16_t off)
{
	return DT_INSN(BPF_JMP | op | BPF_K, dst, 0, off, imm);
}

static inline struct bpf_insn dt_insn_jmp32(uint8_t op, uint8_t dst, uint8_t src, int16_t off)
{
	return DT_INSN(BPF_JMP32 | op | BPF_X, dst, src, off, 0);
}

static inline struct bpf_insn dt_insn_jmp32i(uint8_t op, uint8_t dst, int32_t imm, int16_t off)
{
	return DT_INSN(BPF_JMP32 | op | BPF_K, dst, 0, off, imm);
}

static inline struct bpf_insn dt_insn_ja(int16_t off)
{
	return DT_INSN(BPF_JMP | BPF_JA, 0, 0, off, 0);
}

static inline struct bpf_insn dt_insn_call(int32_t helper) /* BPF_FUNC_* */
{
	return DT_INSN(BPF_JMP | BPF_CALL, 0, 0, 0, helper);
}

static inline struct bpf_insn dt_insn_call_fn(int32_t distance) /* a static subprogram */
{
	return DT_INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, distance);
}

static inline struct bpf_insn dt_insn_call_kfunc(int32_t btf_id) /* of vmlinux' BTF */
{
	return DT_INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_KFUNC_CALL, 0, btf_id);
}

static inline struct bpf_insn dt_insn_exit(void)
{
	return DT_INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
}

/* Two slots. SRC: 0 a plain number; BPF_PSEUDO_MAP_FD / _MAP_VALUE with a relocation (bpf.h) that
 * fills it in; BPF_PSEUDO_FUNC with the distance to a subprogram in the low half (counted from the
 * slot after the first). */
#define DT_INSN_IMM64(dst, src, imm64)                                                    \
	DT_INSN(BPF_LD | BPF_IMM | BPF_DW, (dst), (src), 0, (uint32_t)(uint64_t)(imm64)), \
		DT_INSN(0, 0, 0, 0, (uint32_t)((uint64_t)(imm64) >> 32))

/*
 * Labels for sequences that are written by hand.  Where a sequence is to be resolved, every jump,
 * call of a subprogram and address of a function carries the number of a label in place of its
 * distance, and dt_insn_label() marks where the label is:
 *
 *	enum { FOUND };
 *	struct bpf_insn code[] = {
 *		...
 *		dt_insn_jmpi(BPF_JNE, BPF_REG_0, 0, FOUND),
 *		dt_insn_movi(BPF_REG_0, ENOENT),
 *		dt_insn_exit(),
 *		dt_insn_label(FOUND),
 *		...
 *	};
 *	uint32_t ninsns = dt_insn_link(code, ARRAY_SIZE(code));
 *
 * A sequence of several pieces is appended to a struct dt_insn_seq and resolved at the end.
 */
#define DT_INSN_NLABELS    8    /* of one sequence: 0..7 */
#define DT_INSN_LABEL_CODE 0xff /* not an operation of BPF */

static inline struct bpf_insn dt_insn_label(int32_t label)
{
	return DT_INSN(DT_INSN_LABEL_CODE, 0, 0, 0, label);
}

struct dt_insn_seq {
	struct bpf_insn *insns;       /* the caller's, room for max */
	uint32_t n, max;              /* marks do not count */
	uint32_t at[DT_INSN_NLABELS]; /* by label: its position + 1; 0: not yet marked */
};

void dt_insn_append(struct dt_insn_seq *seq, const struct bpf_insn *insns, size_t n);
void dt_insn_resolve(struct dt_insn_seq *seq);
/* The whole in place: returns how many instructions are left without the marks. */
uint32_t dt_insn_link(struct bpf_insn *insns, size_t n);

/* The text of N instructions in the manner of the kernel's verifier, one per line with its number.
 */
void dt_bpf_disasm(struct dt_strbuf *out, const struct bpf_insn *insns, size_t n);

#endif
