/* SPDX-License-Identifier: MIT */
/*
 * D's longer subroutines as BPF functions: compiled by clang when the project is built (*.bpf.c, rt.h), kept as
 * tables of instructions (tools/bpf2c.py), linked into each program that calls them (codegen/link.c).
 *
 * To add one: the function in a .bpf.c file, declared DT_RT, and its row here.
 *
 * Common to all: strings are D's, NUL-terminated within `cap` bytes, in memory that the verifier knows (a map
 * value, the stack).  CAP must be a constant, a multiple of 8 and at most 4096; scans read 8 bytes at a time, so
 * that up to CAP bytes from a string's start have to belong to the same map value.  A destination of CAP bytes
 * never overlaps a source.  Where SLACK is said, the map value must go on for another CAP bytes after the
 * destination: they are never written, but the verifier, which adds up maxima, has to see them.
 */
#ifndef DT_RUNTIME_RUNTIME_H
#define DT_RUNTIME_RUNTIME_H

#include <linux/bpf.h>
#include <stdint.h>

/* X(enumerator, function, prototype) */
#define DT_RT_FUNCS(X)                                                     \
	/* length without the NUL, at most cap - 1 */                          \
	X(STRLEN, dt_rt_strlen, "u64 (const char *s, u32 cap)")

enum dt_rt {
#define X(name, function, prototype) DT_RT_##name,
	DT_RT_FUNCS(X)
#undef X
	DT_RT_NFUNCS
};

/* As bpf2c.py writes them. */
struct dt_rt_code {
	const char *name;
	const struct bpf_insn *insns;
	uint32_t ninsns, nrelocs, stack; /* stack: bytes of its own frame */
	const struct dt_rt_reloc {
		uint32_t insn; /* the call */
		const struct dt_rt_code *target;
	} *relocs;
};

const struct dt_rt_code *dt_rt_code(enum dt_rt fn);
const char *dt_rt_name(enum dt_rt fn);

#endif
