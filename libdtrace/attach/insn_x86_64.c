/* SPDX-License-Identifier: MIT */
/*
 * Which x86 instructions the kernel's uprobes refuse.  It looks at the prefixes and at one byte of
 * opcode: of VEX and EVEX instructions the one behind their prefix, which it looks up among the
 * opcodes of one byte all the same.  So "vmovd %esi,%xmm0" (VEX 6e) is refused as "outs" (6e) is.
 * AMD's FMA4 is refused because the kernel's decoder does not know it.  Whatever else the decoder
 * does not know, compilers do not use; the kernel refuses it at attach.  uprobe.c asks before it
 * attaches.
 */
#include <string.h>
#include "attach/attach.h"

enum {
	ESCAPE = 0x0f,
	VEX2 = 0xc5,
	VEX3 = 0xc4,
	EVEX = 0x62,
	VEX_MAP_BITS = 0x1f,
	MAP_0F3A = 3,
};

/* A bit per opcode of one byte, 32 per word. */
static const uint32_t bad_opcodes[8] = {
	0xc0c040c0, /* 06 07 0e 16 17 1e 1f */
	0x80808080, /* 27 2f 37 3f */
	0x00000000, /* */
	0x0000f007, /* 60 61 62, 6c to 6f: ins, outs */
	0x04000004, /* 82 9a */
	0x00000000, /* */
	0x0070f000, /* cc to cf: int3, int, into, iret; d4 d5 d6 */
	0x0c12f4f0, /* in, out, ea, int1, hlt, cli, sti */
};

static bool is_bad(uint8_t opcode)
{
	return bad_opcodes[opcode / 32] >> opcode % 32 & 1;
}

/* In the map 0F3A of VEX. */
static bool is_fma4(uint8_t opcode)
{
	return (opcode >= 0x5c && opcode <= 0x5f) || (opcode >= 0x68 && opcode <= 0x6f) ||
	       opcode >> 4 == 7 || opcode == 0x48 || opcode == 0x49;
}

bool dt_attach_insn_ok(const uint8_t *bytes, size_t n)
{
	static const uint8_t bad_prefixes[] = { 0xf0, 0x26, 0x2e, 0x36,
						0x3e }; /* LOCK, ES, CS, SS, DS */
	static const uint8_t other_prefixes[] = { 0x66, 0x67, 0xf2, 0xf3, 0x64, 0x65 };
	static const uint8_t vex_bytes[256] = { [VEX2] = 2, [VEX3] = 3, [EVEX] = 4 };
	uint8_t first;
	size_t i = 0;

	while (i < n && memchr(other_prefixes, bytes[i], sizeof(other_prefixes)))
		i++;
	if (i < n && memchr(bad_prefixes, bytes[i], sizeof(bad_prefixes)))
		return false;
	if (i < n && bytes[i] >> 4 == 4) /* REX */
		i++;
	first = i < n ? bytes[i] : 0;
	i += vex_bytes[first];
	if (i >= n || first == ESCAPE)
		return true;
	if (first == VEX3 && (bytes[i - 2] & VEX_MAP_BITS) == MAP_0F3A && is_fma4(bytes[i]))
		return false;
	return !is_bad(bytes[i]);
}
