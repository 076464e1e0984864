/* SPDX-License-Identifier: MIT */
/*
 * Where a function returns: its return instructions, and the jumps by which it leaves for another
 * function (a tail call).  Found by decoding it.  The pid provider probes them where the kernel's
 * return trampoline would be in an unwinder's way (unwinding.h).
 *
 * Some jumps leave only sometimes: conditional ones, and those whose target is a value.  The
 * program at the probe decides for those, with dt_exit_emit().
 */
#ifndef DT_PROVIDERS_EXITS_H
#define DT_PROVIDERS_EXITS_H

#include "attach/insn.h"
#include "base/arena.h"
#include "lower/hooks.h"
#include "symbols/symbols.h"

/* A piece of the function: it may have cold parts elsewhere. */
struct dt_code_range {
	uint64_t addr, size;
};

#define DT_MAX_PARTS 4

struct dt_exit {
	uint64_t addr;           /* in the object */
	uint64_t offset;         /* in the file */
	struct dt_cpu_insn insn; /* RETURN, JUMP, JUMP_IF or JUMP_VALUE */
};

struct dt_exits {
	struct dt_code_range parts[DT_MAX_PARTS]; /* the first is the function itself */
	uint32_t nparts;
	const struct dt_exit *list;
	uint32_t n;
};

/* 0; -ENOEXEC: the function cannot be decoded without doubt; -ENOMEM.  No exits: it never
 * returns. */
int dt_exits_find(struct dt_object *obj, const struct dt_osym *func, struct dt_arena *arena,
		  struct dt_exits *out);

/* Whether the kernel can probe the function's first instruction, where it puts its trampoline in
 * place, and the function does not look at its return address then, as setjmp() does.  False when
 * in doubt. */
bool dt_exits_fit_trampoline(struct dt_object *obj, const struct dt_osym *func);

/* A cold part of a function, which has a symbol but is not called. */
bool dt_exits_is_part(const char *symbol);

/* Does it leave at every firing? */
static inline bool dt_exit_is_certain(const struct dt_exit *exit)
{
	return exit->insn.kind == DT_CPU_RETURN || exit->insn.kind == DT_CPU_JUMP;
}

/* Code in a point's program: jumps to NONE if the probed instruction does not leave the function
 * this time.  WORD is eight bytes on the stack. */
void dt_exit_emit(struct dt_cg *cg, const struct dt_exits *exits, const struct dt_exit *exit,
		  struct dt_mem word, dt_label none);

#endif
