/* SPDX-License-Identifier: MIT */
/*
 * The back end's door: a unit of IR becomes one BPF program.  dt_ir_compile() (link.c) runs the
 * stages in this order:
 *
 *	dt_ir_inline    inline.c        the unit: main's only clause into main
 *	dt_ir_optimise  opt.c, local.c  each function: less code
 *	dt_ir_allocate  regalloc.c      each function: a place for each virtual register
 *	dt_ir_emit      emit*.c         each function: BPF
 *	the rest        link.c          the runtime functions that are called, distances of calls
 *
 * Each stage has a header of its own; all know only the IR (ir.h) and its operations (ops.h).
 */
#ifndef DT_IR_COMPILE_H
#define DT_IR_COMPILE_H

#include <stdbool.h>
#include <stdint.h>

struct bpf_insn;
struct dt_bpf_func_type;
struct dt_bpf_reloc;
struct dt_ir_insn;
struct dt_ir_origin;
struct dt_ir_unit;
struct dt_strbuf;

/* From this instruction on, up to the next of these, the code stands for ORIGIN (ir.h). */
struct dt_code_origin {
	uint32_t insn;
	const struct dt_ir_origin *origin; /* NULL: not known, as in runtime functions */
};

/* One finished program, in the compile's arena: all that bpf/ needs to load it, but descriptors. */
struct dt_code {
	struct bpf_insn *insns;
	uint32_t ninsns;
	struct dt_bpf_reloc *relocs; /* bpf/bpf.h; .map is the unit's number */
	uint32_t nrelocs;
	uint32_t *func_start; /* first instruction of each subprogram, main first */
	const char **func_name;
	struct dt_bpf_func_type *func_type;
	uint32_t nfuncs;
	const struct dt_code_origin *origins; /* ascending */
	uint32_t norigins;
	bool needs_func_info; /* a function's address is taken */
	uint32_t stack_bytes; /* of the deepest call chain */
};

/*
 * Fails with D_CG_EXPR ("expression is too complex ...") where a function does not fit its stack.
 * The code is ISA v3.
 */
void dt_ir_compile(struct dt_ir_unit *u, struct dt_code *code);

/* The text of a unit, for -S (print.c). */
void dt_ir_print(const struct dt_ir_unit *u, struct dt_strbuf *out);
void dt_ir_print_insn(const struct dt_ir_insn *insn, struct dt_strbuf *out);

#endif
