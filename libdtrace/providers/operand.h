/* SPDX-License-Identifier: MIT */
/*
 * Operands: where the arguments of a probe in a note (dt_object_notes()) are, in the words of the
 * processor's assembler: "-4@%eax", "8@16(%rsp)", "4@$5".  Before the "@" is the argument's size in
 * bytes, negative if it is signed, with an "f" behind it if it is a floating-point number.
 */
#ifndef DT_PROVIDERS_OPERAND_H
#define DT_PROVIDERS_OPERAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dt_operand {
	enum {
		DT_OPERAND_UNKNOWN, /* floating point, or not understood: it cannot be read */
		DT_OPERAND_CONSTANT,
		DT_OPERAND_REGISTER,
		DT_OPERAND_MEMORY, /* at base + index * scale + disp */
	} kind;
	uint8_t size; /* 1, 2, 4 or 8 bytes */
	bool is_signed;
	int8_t base, index; /* the processor's numbers of registers (arch.h); -1: none */
	uint8_t scale;
	uint8_t shift;      /* REGISTER: the value begins at this bit (%ah) */
	int64_t disp;       /* the value of a CONSTANT */
	const char *symbol; /* MEMORY: whose address is to be added; NULL: none */
	size_t symbol_len;
};

#define DT_MAX_OPERANDS 12 /* of a note, as <sys/sdt.h> has it */

/* All operands of TEXT, whose strings OUT then points into.  The number. */
size_t dt_operands_parse(const char *text, struct dt_operand out[DT_MAX_OPERANDS]);

/* One operand behind the "@", up to END, in the assembler of x86-64 ("-8(%rbp,%rax,4)",
 * "counter+4(%rip)") and of arm64 ("[sp, 16]", "x3").  False: not understood. */
bool dt_operand_x86_64(const char *text, const char *end, struct dt_operand *out);
bool dt_operand_arm64(const char *text, const char *end, struct dt_operand *out);

bool dt_operand_equal(const struct dt_operand *a, const struct dt_operand *b);

#endif
