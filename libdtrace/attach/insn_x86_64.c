/* SPDX-License-Identifier: MIT */
/*
 * x86-64 instructions: their length and where they jump (Intel's and AMD's manuals, the opcode
 * maps), and which of them the kernel's uprobes refuse.  test/unit/insn.c compares the lengths with
 * those of objdump over whole libraries.
 *
 * The length follows from the prefixes, the opcode, and the operands that the opcode's entry in a
 * table names.  What compilers do not emit is left unknown: APX, 16-bit jumps, far jumps.
 */
#include <string.h>
#include "attach/insn.h"
#include "base/util.h"

/*
 * The operands of an opcode:
 *
 *	.  none                            r  a jump of 8 bits
 *	M  ModRM                           R  a jump of 32 bits
 *	b  8 bits      B  ModRM, 8 bits    w  16 bits
 *	z  32 bits, 16 with an operand     Z  ModRM, as z
 *	   size prefix                     v  as z, 64 bits with REX.W
 *	g  ModRM, 8 bits if reg is 0 or 1  G  ModRM, as z if reg is 0 or 1
 *	e  24 bits                         o  an address
 *	C  ModRM that names registers whatever its mod says
 *	x  not an instruction; a prefix or an escape, which are handled before
 */
static const char one_byte[] = "MMMMbzxxMMMMbzxx"
			       "MMMMbzxxMMMMbzxx"
			       "MMMMbzxxMMMMbzxx"
			       "MMMMbzxxMMMMbzxx"
			       "xxxxxxxxxxxxxxxx"
			       "................"
			       "xxxMxxxxzZbB...."
			       "rrrrrrrrrrrrrrrr"
			       "BZxBMMMMMMMMMMMM"
			       "..........x....."
			       "oooo....bz......"
			       "bbbbbbbbvvvvvvvv"
			       "BBw.xxBZe.w..bx."
			       "MMMMxxx.MMMMMMMM"
			       "rrrrbbbbRRxr...."
			       "x.xx..gG......MM";

static const char two_bytes[] = "MMMMx.....x.xM.B" /* 0f 0f: 3DNow!, its opcode comes last */
				"MMMMMMMMMMMMMMMM"
				"CCCCxxxxMMMMMMMM"
				"......x.xxxxxxxx"
				"MMMMMMMMMMMMMMMM"
				"MMMMMMMMMMMMMMMM"
				"MMMMMMMMMMMMMMMM"
				"BBBBMMM.MMxxMMMM"
				"RRRRRRRRRRRRRRRR"
				"MMMMMMMMMMMMMMMM"
				"...MBMMM...MBMMM"
				"MMMMMMMMMMBMMMMM"
				"MMBMBBBM........"
				"MMMMMMMMMMMMMMMM"
				"MMMMMMMMMMMMMMMM"
				"MMMMMMMMMMMMMMMM";

#define REX_W 0x08
#define REX_X 0x02
#define REX_B 0x01

struct decoder {
	const uint8_t *bytes;
	size_t n, at;
	uint8_t rex, segment, repeat;
	bool operand_size, address_size;
	struct dt_cpu_insn *insn;
};

/* The next byte; 0 past the end, which the caller sees in the end. */
static uint8_t next_byte(struct decoder *d)
{
	uint8_t byte = d->at < d->n ? d->bytes[d->at] : 0;

	d->at++;
	return byte;
}

static int32_t read_signed(struct decoder *d, size_t size)
{
	uint32_t value = 0;

	for (size_t i = 0; i < size; i++)
		value |= (uint32_t)next_byte(d) << (8 * i);
	return size == 1 ? (int8_t)value : (int32_t)value;
}

static uint8_t read_prefixes(struct decoder *d)
{
	for (;;) {
		uint8_t byte = next_byte(d);

		switch (byte) {
		case 0x26:
		case 0x2e:
		case 0x36:
		case 0x3e: d->insn->has_odd_prefix = true; /* fall through */
		case 0x64:
		case 0x65: d->segment = byte; break;
		case 0x66: d->operand_size = true; break;
		case 0x67: d->address_size = true; break;
		case 0xf0: d->insn->has_odd_prefix = true; break;
		case 0xf2:
		case 0xf3: d->repeat = byte; break;
		default:
			if ((byte & 0xf0) != 0x40)
				return byte;
			d->rex = byte;
			continue;
		}
		d->rex = 0; /* counts only right before the opcode */
	}
}

static void read_modrm(struct decoder *d, bool registers_only)
{
	struct dt_cpu_insn *insn = d->insn;
	uint8_t modrm = next_byte(d), mod = modrm >> 6, rm = modrm & 7;
	struct dt_cpu_operand *op = &insn->operand;

	insn->modrm = modrm;
	op->base = rm | (d->rex & REX_B ? 8 : 0);
	op->index = DT_CPU_NO_REG;
	if (mod == 3 || registers_only)
		return;
	op->is_memory = true;
	op->is_segment = d->segment == 0x64 || d->segment == 0x65;
	if (rm == 4) {
		uint8_t sib = next_byte(d), index = (sib >> 3 & 7) | (d->rex & REX_X ? 8 : 0);

		rm = sib & 7;
		op->base = rm | (d->rex & REX_B ? 8 : 0);
		if (index != 4)
			op->index = index;
		op->scale = (uint8_t)(1 << (sib >> 6));
		if (rm == 5 && mod == 0)
			op->base = DT_CPU_NO_REG;
	} else if (rm == 5 && mod == 0) {
		op->base = DT_CPU_REG_IP;
	}
	if (mod == 1)
		op->disp = read_signed(d, 1);
	else if (mod == 2 || (mod == 0 && rm == 5))
		op->disp = read_signed(d, 4);
}

static size_t immediate_size(const struct decoder *d, char operands)
{
	bool is_wide = d->rex & REX_W;
	size_t word = d->operand_size && !is_wide ? 2 : 4;
	uint8_t reg = d->insn->modrm >> 3 & 7;

	switch (operands) {
	case 'b':
	case 'B':
	case 'r': return 1;
	case 'w': return 2;
	case 'e': return 3;
	case 'R': return 4;
	case 'z':
	case 'Z': return word;
	case 'g': return reg < 2 ? 1 : 0;
	case 'G': return reg < 2 ? word : 0;
	case 'v': return is_wide ? 8 : word;
	case 'o': return d->address_size ? 4 : 8;
	default: return 0;
	}
}

/* ---- VEX, EVEX, XOP ---- */

/* Opcodes of the map 0f that keep their immediate byte in these encodings. */
static bool has_vector_immediate(uint8_t opcode)
{
	return (opcode >= 0x70 && opcode <= 0x73) || opcode == 0xc2 ||
	       (opcode >= 0xc4 && opcode <= 0xc6);
}

/* After the prefix's own bytes: opcode, ModRM, immediate. */
static bool read_vector(struct decoder *d, uint8_t map)
{
	struct dt_cpu_insn *insn = d->insn;

	insn->opcode = next_byte(d);
	if (insn->encoding != 0x62 && map == 1 && insn->opcode == 0x77)
		return true; /* vzeroupper */
	read_modrm(d, false);
	switch (map) {
	case 1:
		insn->map = 0x0f;
		d->at += has_vector_immediate(insn->opcode);
		return true;
	case 2: insn->map = 0x38; return true;
	case 3:
		insn->map = 0x3a;
		d->at++;
		return true;
	case 5:
	case 6: return insn->encoding == 0x62; /* half precision */
	case 8: d->at++; return insn->encoding == 0x8f;
	case 9: return insn->encoding == 0x8f;
	case 10: d->at += 4; return insn->encoding == 0x8f;
	default: return false;
	}
}

/* These prefixes have the bits of REX inverted in their first byte. */
static bool decode_vector(struct decoder *d, uint8_t first)
{
	uint8_t byte;

	if (d->rex || d->operand_size || d->repeat)
		return false;
	d->insn->encoding = first;
	byte = next_byte(d);
	if (first == 0xc5)
		return read_vector(d, 1);
	d->rex = 0x40 | (~byte >> 5 & (REX_X | REX_B));
	d->at += first == 0x62 ? 2 : 1;
	return read_vector(d, byte & (first == 0x62 ? 0x07 : 0x1f));
}

/* ---- jumps ---- */

static bool is_jump(const struct dt_cpu_insn *insn)
{
	if (insn->map == 0x0f)
		return (insn->opcode & 0xf0) == 0x80;
	return insn->map == 0 && ((insn->opcode & 0xf0) == 0x70 || insn->opcode == 0xe9 ||
				  insn->opcode == 0xeb || (insn->opcode & 0xfc) == 0xe0);
}

static void classify_jump(struct dt_cpu_insn *insn)
{
	if (insn->map == 0 && (insn->opcode == 0xe9 || insn->opcode == 0xeb))
		insn->kind = DT_CPU_JUMP;
	else if (insn->map == 0 && (insn->opcode & 0xfc) == 0xe0)
		insn->kind = DT_CPU_JUMP_COUNT;
	else
		insn->kind = DT_CPU_JUMP_IF;
	insn->cond = insn->opcode & 0x0f;
}

/* Compilers mark the jumps of a switch with "notrack" (3e) where indirect jumps are tracked. */
static void classify(const struct decoder *d)
{
	struct dt_cpu_insn *insn = d->insn;

	if (insn->map == 0x0f) {
		if (insn->opcode == 0x0b || insn->opcode == 0xb9 || insn->opcode == 0xff)
			insn->kind = DT_CPU_STOP; /* ud2, ud1, ud0 */
		return;
	}
	switch (insn->opcode) {
	case 0xc2:
	case 0xc3:
	case 0xca:
	case 0xcb:
	case 0xcf: insn->kind = DT_CPU_RETURN; break;
	case 0xcc:
	case 0xf4: insn->kind = DT_CPU_STOP; break;
	case 0xff:
		if ((insn->modrm >> 3 & 7) == 4)
			insn->kind = d->segment == 0x3e ? DT_CPU_JUMP_SWITCH : DT_CPU_JUMP_VALUE;
		break;
	default: break;
	}
}

/* ---- the whole instruction ---- */

static bool read_operands(struct decoder *d, char operands)
{
	struct dt_cpu_insn *insn = d->insn;

	switch (operands) {
	case 'x': return false;
	case 'C':
	case 'M':
	case 'B':
	case 'Z':
	case 'g':
	case 'G': read_modrm(d, operands == 'C'); break;
	default: break;
	}
	if (!is_jump(insn)) {
		d->at += immediate_size(d, operands);
		classify(d);
		return true;
	}
	if (d->operand_size)
		return false; /* processors disagree on its length */
	insn->target = read_signed(d, immediate_size(d, operands));
	insn->target += (int64_t)d->at;
	classify_jump(insn);
	return true;
}

/* After 0f. */
static bool decode_two_bytes(struct decoder *d)
{
	struct dt_cpu_insn *insn = d->insn;

	insn->map = 0x0f;
	insn->opcode = next_byte(d);
	if (insn->opcode == 0x38 || insn->opcode == 0x3a) {
		insn->map = insn->opcode;
		insn->opcode = next_byte(d);
		read_modrm(d, false);
		d->at += insn->map == 0x3a;
		return true;
	}
	if (insn->opcode == 0x78 && (d->operand_size || d->repeat == 0xf2))
		d->at += 2; /* extrq, insertq: two bytes after ModRM, which names registers */
	return read_operands(d, two_bytes[insn->opcode]);
}

static bool decode_opcode(struct decoder *d, uint8_t opcode)
{
	switch (opcode) {
	case 0x0f: return decode_two_bytes(d);
	case 0x62:
	case 0xc4:
	case 0xc5: return decode_vector(d, opcode);
	case 0x8f:
		if (d->at < d->n && (d->bytes[d->at] & 0x1f) >= 8)
			return decode_vector(d, opcode);
		break;
	case 0xe8:
		if (d->operand_size && !(d->rex & REX_W))
			return false;
		break;
	default: break;
	}
	d->insn->opcode = opcode;
	return read_operands(d, one_byte[opcode]);
}

bool dt_cpu_decode(const uint8_t *bytes, size_t n, struct dt_cpu_insn *insn)
{
	struct decoder d = { .bytes = bytes, .n = DT_MIN(n, (size_t)15), .insn = insn };

	memset(insn, 0, sizeof(*insn));
	insn->operand.base = insn->operand.index = DT_CPU_NO_REG;
	if (!decode_opcode(&d, read_prefixes(&d)) || d.at > d.n)
		return false;
	insn->length = (uint8_t)d.at;
	return true;
}

/* ---- the stack ---- */

#define RSP 4

enum dt_cpu_stack_use dt_cpu_stack_use(const struct dt_cpu_insn *insn)
{
	const struct dt_cpu_operand *op = &insn->operand;
	uint8_t opcode = insn->opcode, reg = insn->modrm >> 3 & 7;
	bool is_top = op->is_memory && op->base == RSP && op->index == DT_CPU_NO_REG && !op->disp;

	if (insn->map || insn->encoding)
		return is_top ? DT_CPU_STACK_TOP : DT_CPU_STACK_NONE;
	if ((opcode & 0xf8) == 0x58 || opcode == 0x8f || (is_top && opcode != 0x8d))
		return DT_CPU_STACK_TOP; /* pop; any but lea */
	if ((opcode & 0xf8) == 0x50 || opcode == 0x68 || opcode == 0x6a || opcode == 0xe8 ||
	    opcode == 0xc8 || opcode == 0xc9 || (opcode == 0xff && (reg == 2 || reg == 6)))
		return DT_CPU_STACK_MOVES; /* push, call, enter, leave */
	if ((opcode == 0x8b || opcode == 0x8d) && reg == RSP)
		return DT_CPU_STACK_MOVES;
	return !op->is_memory && op->base == RSP ? DT_CPU_STACK_MOVES : DT_CPU_STACK_NONE;
}

/* ---- what uprobes refuse ---- */

/*
 * The kernel looks at the prefixes and at one byte of opcode: of VEX and EVEX instructions the one
 * behind their prefix, which it looks up among the opcodes of one byte all the same.  So "vmovd
 * %esi,%xmm0" (VEX 6e) is refused as "outs" (6e) is.  AMD's FMA4 is refused because the kernel's
 * decoder does not know it.  Whatever else that decoder does not know, compilers do not use; the
 * kernel refuses it at attach.
 */

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

/* In the map 0f3a of VEX. */
static bool is_fma4(uint8_t opcode)
{
	return (opcode >= 0x5c && opcode <= 0x5f) || (opcode >= 0x68 && opcode <= 0x6f) ||
	       opcode >> 4 == 7 || opcode == 0x48 || opcode == 0x49;
}

/*
 * Opcodes of one byte that the kernel does not run as they stand: it emulates jumps, calls, pushes
 * and nops, and treats returns in another way.  A vector instruction with such a byte it takes, and
 * takes for the other: "vpshufd" (VEX 70) becomes a jump on overflow.
 */
static bool is_misread(uint8_t opcode)
{
	static const uint8_t others[] = { 0x90, 0x9d, 0xc2, 0xc3, 0xca, 0xcb,
					  0xe8, 0xe9, 0xea, 0xeb, 0xff };

	return opcode >> 4 == 7 || (opcode & 0xf8) == 0x50 ||
	       memchr(others, opcode, sizeof(others)) != NULL;
}

bool dt_cpu_can_probe(const uint8_t *bytes, size_t n)
{
	struct dt_cpu_insn insn;

	if (!dt_cpu_decode(bytes, n, &insn))
		return true;
	if (insn.has_odd_prefix)
		return false;
	if (insn.encoding == 0)
		return insn.map != 0 || !is_bad(insn.opcode);
	if (insn.encoding == 0xc4 && insn.map == 0x3a && is_fma4(insn.opcode))
		return false;
	return insn.encoding == 0x8f || (!is_bad(insn.opcode) && !is_misread(insn.opcode));
}
