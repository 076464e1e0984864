/* SPDX-License-Identifier: MIT */
/*
 * D's longer subroutines as BPF functions: compiled by clang when the project is built (*.bpf.c,
 * rt.h), kept as tables of instructions (tools/bpf2c.py), linked into each program that calls them
 * (ir/link.c).
 *
 * How to add one: the function in a .bpf.c file, declared DT_RT; its row here; a test in
 * test/unit/runtime.c.
 *
 * Common to all:
 * - A string is NUL-terminated within `cap` bytes.  CAP is a constant, a multiple of 8, 16 to 4096.
 * - `const char *` is a pointer that the verifier knows (map value, stack), from which CAP bytes
 *   can be read: scans read 8 bytes at a time and may go beyond the NUL.  With SLACK, 2 * CAP bytes
 *   have to belong to it, since the verifier adds up the largest index and the largest length; what
 *   follows CAP does not count.
 * - `addr` is any kernel address, number or pointer.  Only such an address can be bad, and then the
 *   result is negative (-EFAULT).
 * - `char *dst` has CAP bytes and overlaps no source.  With SLACK it has 2 * CAP, of which the
 *   second half is never written.
 * - A function that writes a string returns its size with the NUL, 1 to CAP.
 */
#ifndef DT_RUNTIME_RUNTIME_H
#define DT_RUNTIME_RUNTIME_H

#include <linux/bpf.h>
#include <stdint.h>

/*
 * X(enumerator, function, prototype, parameters).  Parameters, for the linker: a letter each.
 *	n: any number;  c: CAP;  m: memory of CAP bytes;  s: of 2 * CAP (SLACK);
 *	t: of 16 bytes;  a: of 64 bytes.
 * A function that has them is linked as a global one: the verifier checks it once, whatever it is
 * called with, and once for each CAP.  It knows nothing of the result, so callers bound it.
 */
/* clang-format off */
#define DT_RT_FUNCS(X) \
	/* length without the NUL, at most cap - 1 */ \
	X(STRLEN, dt_rt_strlen, "u64 (const char *s, u32 cap)", "mc") \
	/* <0, 0, >0; CAP: the smaller of both */ \
	X(STRCMP, dt_rt_strcmp, "s64 (const char *a, const char *b, u32 cap)", "mmc") \
	/* place of the first, of the last byte C (a NUL is found at the end); -1 */ \
	X(STRCHR, dt_rt_strchr, "s64 (const char *s, u8 c, u32 cap)", "mnc") \
	X(STRRCHR, dt_rt_strrchr, "s64 (const char *s, u8 c, u32 cap)", "mnc") \
	/* place of SUB in S; -1; s and sub with SLACK (bpf_loop, 5.17) */ \
	X(STRSTR, dt_rt_strstr, "s64 (const char *s, const char *sub, u32 cap)", "ssc") \
	/* D's index() and rindex(): POS as given, or 0 and INT64_MAX without the argument. \
	   As STRSTR */ \
	X(INDEX, dt_rt_index, "s64 (const char *s, const char *sub, s64 pos, u32 cap)", "ssnc") \
	X(RINDEX, dt_rt_rindex, "s64 (const char *s, const char *sub, s64 pos, u32 cap)", \
		"ssnc") \
	/* the text of ADDR from its byte AT on: what strchr() and strstr() return */ \
	X(TAIL, dt_rt_tail, "s64 (char *dst, addr, u64 at, u32 cap)", "mmnc") \
	/* A and B behind each other, cut at cap; dst with SLACK */ \
	X(STRJOIN, dt_rt_strjoin, "s64 (char *dst, addr a, addr b, u32 cap)", "smmc") \
	/* D's substr(); LEN: INT64_MAX without the argument */ \
	X(SUBSTR, dt_rt_substr, "s64 (char *dst, addr, s64 index, s64 len, u32 cap)", "mmnnc") \
	X(TOUPPER, dt_rt_toupper, "u64 (char *dst, const char *s, u32 cap)", "mmc") \
	X(TOLOWER, dt_rt_tolower, "u64 (char *dst, const char *s, u32 cap)", "mmc") \
	/* in place: LEN bytes of words that end in NULs, joined by blanks */ \
	X(JOIN_WORDS, dt_rt_join_words, "u64 (char *dst, u64 len, u32 cap)", "mnc") \
	X(BASENAME, dt_rt_basename, "u64 (char *dst, const char *s, u32 cap)", "mmc") \
	X(DIRNAME, dt_rt_dirname, "u64 (char *dst, const char *s, u32 cap)", "mmc") \
	/* s and dst with SLACK (bpf_loop, 5.17) */ \
	X(CLEANPATH, dt_rt_cleanpath, "u64 (char *dst, const char *s, u32 cap)", "ssc") \
	/* the token of ADDR from its byte POS on: the place behind it, to go on from; -1: \
	   none left (bpf_loop, 5.17) */ \
	X(STRTOK, dt_rt_strtok, "s64 (char *dst, addr, const char *delimiters, u32 cap, u64 pos)", \
		"mmmcn") \
	/* the value at PATH of the JSON text S; -1: none (bpf_loop, 5.17) */ \
	X(JSON, dt_rt_json, "s64 (char *dst, const char *s, const char *path, u32 cap)", "mmmc") \
	/* BASE 2..36; -1 for another; CAP at least 72 holds all */ \
	X(LLTOSTR, dt_rt_lltostr, "s64 (char *dst, s64 value, u64 base, u32 cap)", "mnnc") \
	/* BASE 2..36, tested before; at most 79 bytes of text count behind the white space */ \
	X(STRTOLL, dt_rt_strtoll, "s64 (const char *s, u64 base, u32 cap)", "mnc") \
	/* ADDRESS: as a u32 loaded from memory; dst: 16 bytes */ \
	X(INET_NTOA, dt_rt_inet_ntoa, "u64 (char *dst, u32 address)", "tn") \
	/* FIRST, SECOND: the address's halves as u64s loaded from memory; dst: 64 bytes */ \
	X(INET_NTOA6, dt_rt_inet_ntoa6, "u64 (char *dst, u64 first, u64 second)", "ann") \
	/* what the IP header at ADDR says: enum dt_ip_header; 0: no such header */ \
	X(IP_HEADER, dt_rt_ip_header, "u64 (addr)", "n") \
	/* buckets: 0..126; 0..levels + 1; 0..all */ \
	X(QUANTIZE, dt_rt_quantize, "u64 (s64 value)", "n") \
	X(LQUANTIZE, dt_rt_lquantize, "u64 (s64 value, s32 base, u32 step, u32 levels)", "nnnn") \
	X(LLQUANTIZE, dt_rt_llquantize, \
		"u64 (s64 value, u32 factor, u32 low, u32 high, u32 nsteps)", "nnnnn") \
	/* sum[0], sum[1] (low, high) += value * value; ATOMIC: where others may cut in */ \
	X(SQUARE, dt_rt_square, "u64 (u64 *sum, s64 value)", "tn") \
	X(SQUARE_ATOMIC, dt_rt_square_atomic, "u64 (u64 *sum, s64 value)", "tn") \
	/* the number in the PID namespace with this inode of the struct pid at PID; 0: none. \
	   Offsets: pid->level, pid->numbers, pid_namespace->ns.inum */ \
	X(NS_PID, dt_rt_ns_pid, \
		"s64 (addr pid, u64 inode, u64 level, u64 numbers, u64 ns_inode)", "nnnnn") \
	/* 1: the process that A begins with, or one of its ancestors, is the one; else 0 */ \
	X(PROGENYOF, dt_rt_progenyof, "u64 (struct dt_ancestry *a)", "a") \
	/* 1: the task at TASK is in the cgroup with this id, or below it.  WAY, 16 bits each, \
	   from the lowest: the offsets of task_struct->cgroups, css_set->dfl_cgrp, cgroup->kn, \
	   kernfs_node->id; PARENT: of cgroup->self.parent, a cgroup's first member */ \
	X(IN_CGROUP, dt_rt_in_cgroup, "u64 (addr task, u64 id, u64 way, u64 parent)", "nnnn") \
	/* spins NS nanoseconds; -1: more than half a second of the last one; SPENT: two words of \
	   this CPU (bpf_loop, 5.17) */ \
	X(CHILL, dt_rt_chill, "s64 (u64 *spent, u64 ns)", "tn") \
	/* the path name of what WALK says, at the end of WORK's first CAP (DT_PATH_MAX) bytes: \
	   its size with the NUL; 0: not known, or longer.  Work with SLACK (bpf_loop, 5.17) */ \
	X(PATH, dt_rt_path, "u64 (char *work, struct dt_path_walk *walk, u32 cap)", "sac") \
	/* where a wait of TASK for LOCK is kept: below DT_WAITS (wait.h) */ \
	X(WAIT_PLACE, dt_rt_wait_place, "u64 (u64 task, u64 lock)", "nn") \
	/* it begins, or goes on in another way; 1: in the place of another that was not over */ \
	X(WAIT_BEGIN, dt_rt_wait_begin, \
		"u64 (struct dt_wait *w, u64 task, u64 lock, u64 flags, u64 now)", "annnn") \
	/* it is over, by an ERROR if that is not 0: its kinds; 0: it is not known, or in vain */ \
	X(WAIT_END, dt_rt_wait_end, \
		"u64 (struct dt_wait *w, u64 task, u64 lock, u64 error, u64 now)", "annnn") \
	/* SIZE: a constant, a multiple of 8 */ \
	X(ZERO, dt_rt_zero, "u64 (void *p, u32 size)", "")
/* clang-format on */

/* The result of dt_rt_ip_header(). */
enum dt_ip_header {
	DT_IP_PROTOCOL = 0xff,    /* what follows; of a fragment other than the first DT_IP_NONE */
	DT_IP_DISTANCE_SHIFT = 8, /* 16 bits: how far behind ADDR that is */
	DT_IP_VERSION_SHIFT = 24,
	DT_IP_NONE = 255,
};

enum dt_rt {
#define X(name, function, prototype, params) DT_RT_##name,
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
		uint32_t insn; /* a call, or the first slot of a function's address */
		const struct dt_rt_code *target;
	} * relocs;
};

const struct dt_rt_code *dt_rt_code(enum dt_rt fn);
const char *dt_rt_name(enum dt_rt fn);
const char *dt_rt_params(enum dt_rt fn); /* letters, see DT_RT_FUNCS; "": a static function */

#endif
