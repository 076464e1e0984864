/* SPDX-License-Identifier: MIT */
/*
 * Machine instructions, as far as probing them asks: how long they are, whether they leave the code
 * that follows, and what the kernel's uprobes look at when they decide whether to take them.  One
 * file per processor, insn_ARCH.c.  The pid provider decodes functions to find where they return;
 * uprobe.c asks what the kernel refuses.
 */
#ifndef DT_ATTACH_INSN_H
#define DT_ATTACH_INSN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DT_CPU_INSN_MAX 16 /* no instruction has more bytes */

enum dt_cpu_kind {
	DT_CPU_PLAIN,       /* goes on to the next instruction; calls do, too */
	DT_CPU_RETURN,      /* back to the caller */
	DT_CPU_JUMP,        /* to target */
	DT_CPU_JUMP_IF,     /* to target if cond holds, else on */
	DT_CPU_JUMP_COUNT,  /* the same, by a counter in a register (loop, jrcxz) */
	DT_CPU_JUMP_VALUE,  /* to an address in a register or in memory (operand) */
	DT_CPU_JUMP_SWITCH, /* the same, by a table of the function's own: never out of it */
	DT_CPU_STOP,        /* a trap: does not go on */
};

#define DT_CPU_NO_REG 0xff
#define DT_CPU_REG_IP 0xfe /* the address of the next instruction */

/* A value: a register's, or what memory holds at base + index * scale + disp. */
struct dt_cpu_operand {
	bool is_memory;
	bool is_segment;            /* memory relative to FS or GS: where, is not known */
	uint8_t base, index, scale; /* registers by the processor's own number */
	int32_t disp;
};

struct dt_cpu_insn {
	uint8_t length;
	enum dt_cpu_kind kind;
	uint8_t cond;   /* JUMP_IF: the processor's code of the condition */
	int64_t target; /* JUMP, JUMP_IF, JUMP_COUNT: relative to the instruction's first byte */
	struct dt_cpu_operand operand; /* JUMP_VALUE */
	/* Of x86: the opcode's map (0, 0x0f, 0x38, 0x3a), how it is encoded (0, or the first byte
	 * of a VEX, EVEX or XOP prefix), and the byte that selects within a group. */
	uint8_t map, encoding, opcode, modrm;
	bool has_odd_prefix; /* LOCK, ES, CS, SS, DS */
};

/* Decodes the instruction at the start of the N bytes.  False: not a known one, or more bytes are
 * needed; on processors without a decoder always. */
bool dt_cpu_decode(const uint8_t *bytes, size_t n, struct dt_cpu_insn *insn);

/* What a function's first instructions do to the top of the stack, where the return address is. */
enum dt_cpu_stack_use { DT_CPU_STACK_NONE, DT_CPU_STACK_TOP, DT_CPU_STACK_MOVES };

/* TOP: reads, writes or pops it.  MOVES: the stack pointer points elsewhere afterwards. */
enum dt_cpu_stack_use dt_cpu_stack_use(const struct dt_cpu_insn *insn);

/* Whether the kernel can probe the instruction that begins with these bytes; true when in doubt. */
bool dt_cpu_can_probe(const uint8_t *bytes, size_t n);

#endif
