/* SPDX-License-Identifier: MIT */
/*
 * Labels in hand-written BPF (insn.h): attach/ wraps programs in such sequences, bpf/ tries
 * features with them.  A mark is an instruction with a code that BPF does not have.  It is recorded
 * and left out when the sequence is appended, so that positions count real instructions.
 */
#include <assert.h>
#include "bpf/insn.h"

void dt_insn_append(struct dt_insn_seq *seq, const struct bpf_insn *insns, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct bpf_insn insn = insns[i];

		if (insn.code == DT_INSN_LABEL_CODE) {
			assert(insn.imm >= 0 && insn.imm < DT_INSN_NLABELS && !seq->at[insn.imm]);
			seq->at[insn.imm] = seq->n + 1;
			continue;
		}
		assert(seq->n < seq->max);
		seq->insns[seq->n++] = insn;
	}
}

static int32_t distance(const struct dt_insn_seq *seq, int32_t label, uint32_t from)
{
	assert(label >= 0 && label < DT_INSN_NLABELS && seq->at[label]);
	return (int32_t)(seq->at[label] - 1 - (from + 1));
}

void dt_insn_resolve(struct dt_insn_seq *seq)
{
	for (uint32_t i = 0; i < seq->n; i++) {
		struct bpf_insn *insn = &seq->insns[i];
		uint8_t class = BPF_CLASS(insn->code), op = BPF_OP(insn->code);

		if (insn->code == (BPF_LD | BPF_IMM | BPF_DW)) {
			if (insn->src_reg == BPF_PSEUDO_FUNC)
				insn->imm = distance(seq, insn->imm, i);
			i++; /* its second slot */
		} else if (class != BPF_JMP && class != BPF_JMP32) {
			continue;
		} else if (op == BPF_CALL) {
			if (insn->src_reg == BPF_PSEUDO_CALL)
				insn->imm = distance(seq, insn->imm, i);
		} else if (op != BPF_EXIT) {
			insn->off = (int16_t)distance(seq, insn->off, i);
		}
	}
}

uint32_t dt_insn_link(struct bpf_insn *insns, size_t n)
{
	struct dt_insn_seq seq = { .insns = insns, .max = (uint32_t)n };

	dt_insn_append(&seq, insns, n); /* onto itself: it never writes ahead of what it reads */
	dt_insn_resolve(&seq);
	return seq.n;
}
