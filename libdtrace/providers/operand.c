/* SPDX-License-Identifier: MIT */
/* Reading operands (operand.h): the list, and the two assemblers. */
#include <ctype.h>
#include <string.h>
#include "base/util.h"
#include "providers/arch.h"
#include "providers/operand.h"

/* What is left to read. */
struct text {
	const char *at, *end;
};

static bool take(struct text *t, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(t->end - t->at) < len || memcmp(t->at, word, len) != 0)
		return false;
	t->at += len;
	return true;
}

static void skip_blanks(struct text *t)
{
	while (t->at < t->end && *t->at == ' ')
		t->at++;
}

/* A decimal or hexadecimal number with a sign. */
static bool take_number(struct text *t, int64_t *out)
{
	struct text was = *t;
	bool negative = take(t, "-"), hex;
	uint64_t value = 0;
	const char *first;

	if (!negative)
		take(t, "+");
	hex = take(t, "0x");
	for (first = t->at; t->at < t->end && (hex ? isxdigit((unsigned char)*t->at)
						   : isdigit((unsigned char)*t->at));
	     t->at++) {
		int digit = isdigit((unsigned char)*t->at) ? *t->at - '0'
							   : (*t->at | 0x20) - 'a' + 10;

		value = value * (hex ? 16 : 10) + (uint64_t)digit;
	}
	if (t->at == first) {
		*t = was;
		return false;
	}
	*out = (int64_t)(negative ? -value : value);
	return true;
}

static bool is_symbol_char(char c)
{
	return isalnum((unsigned char)c) || strchr("_.$@", c);
}

static bool take_symbol(struct text *t, struct dt_operand *out)
{
	const char *first = t->at;

	if (t->at < t->end && (isalpha((unsigned char)*t->at) || *t->at == '_' || *t->at == '.'))
		while (t->at < t->end && *t->at && is_symbol_char(*t->at))
			t->at++;
	out->symbol = t->at > first ? first : NULL;
	out->symbol_len = (size_t)(t->at - first);
	return out->symbol != NULL;
}

static bool is_at_end(const struct text *t)
{
	return t->at == t->end;
}

/* ---- x86-64 ---- */

/* The name behind "%".  *SHIFT: the value's first bit. */
static bool take_x86_register(struct text *t, int8_t *number, uint8_t *shift)
{
	static const char *const names[][4] = {
		{ "rax", "eax", "ax", "al" },  { "rcx", "ecx", "cx", "cl" },
		{ "rdx", "edx", "dx", "dl" },  { "rbx", "ebx", "bx", "bl" },
		{ "rsp", "esp", "spl", "sp" }, { "rbp", "ebp", "bpl", "bp" },
		{ "rsi", "esi", "sil", "si" }, { "rdi", "edi", "dil", "di" },
	};
	static const char *const high[] = { "ah", "ch", "dh", "bh" };
	int64_t n;

	*shift = 0;
	if (!take(t, "%"))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		for (size_t k = 0; k < ARRAY_SIZE(names[i]); k++)
			if (take(t, names[i][k])) {
				*number = (int8_t)i;
				return true;
			}
	for (size_t i = 0; i < ARRAY_SIZE(high); i++)
		if (take(t, high[i])) {
			*number = (int8_t)i;
			*shift = 8;
			return true;
		}
	if (!take(t, "r") || !take_number(t, &n) || n < 8 || n > 15)
		return false;
	*number = (int8_t)n;
	if (!take(t, "d") && !take(t, "w"))
		take(t, "b");
	return true;
}

/* "(base,index,scale)", of which base or index may be left out; "(%rip)" after a symbol. */
static bool take_x86_address(struct text *t, struct dt_operand *out)
{
	uint8_t shift;
	int64_t scale;

	if (!take(t, "("))
		return is_at_end(t);
	if (take(t, "%rip"))
		return out->symbol && take(t, ")") && is_at_end(t);
	if (take_x86_register(t, &out->base, &shift) && shift)
		return false;
	if (take(t, ",")) {
		if (!take_x86_register(t, &out->index, &shift) || shift)
			return false;
		if (take(t, ",")) {
			if (!take_number(t, &scale) || scale < 1 || scale > 8)
				return false;
			out->scale = (uint8_t)scale;
		}
	}
	return take(t, ")") && is_at_end(t);
}

bool dt_operand_x86_64(const char *text, const char *end, struct dt_operand *out)
{
	struct text t = { text, end };

	out->base = out->index = -1;
	out->scale = 1;
	if (take(&t, "$")) {
		out->kind = DT_OPERAND_CONSTANT;
		return take_number(&t, &out->disp) && is_at_end(&t);
	}
	if (*text == '%') {
		out->kind = DT_OPERAND_REGISTER;
		return take_x86_register(&t, &out->base, &out->shift) && is_at_end(&t);
	}
	out->kind = DT_OPERAND_MEMORY;
	if (!take_number(&t, &out->disp) && take_symbol(&t, out))
		take_number(&t, &out->disp);
	return take_x86_address(&t, out) && (out->symbol || out->base >= 0 || out->index >= 0);
}

/* ---- arm64 ---- */

#define ARM64_SP 31

static bool take_arm64_register(struct text *t, int8_t *number)
{
	int64_t n = ARM64_SP;

	if (!take(t, "sp") &&
	    !((take(t, "x") || take(t, "w")) && take_number(t, &n) && n >= 0 && n < ARM64_SP))
		return false;
	*number = (int8_t)n;
	return true;
}

/* "[base]", "[base, number]" or "[base, index]". */
static bool take_arm64_address(struct text *t, struct dt_operand *out)
{
	if (!take(t, "[") || !take_arm64_register(t, &out->base))
		return false;
	if (take(t, ",")) {
		skip_blanks(t);
		take(t, "#");
		if (!take_number(t, &out->disp) && !take_arm64_register(t, &out->index))
			return false;
	}
	return take(t, "]") && is_at_end(t);
}

bool dt_operand_arm64(const char *text, const char *end, struct dt_operand *out)
{
	struct text t = { text, end };

	out->base = out->index = -1;
	out->scale = 1;
	if (take_number(&t, &out->disp)) {
		out->kind = DT_OPERAND_CONSTANT;
		return is_at_end(&t);
	}
	if (take_arm64_register(&t, &out->base)) {
		out->kind = DT_OPERAND_REGISTER;
		return is_at_end(&t);
	}
	out->kind = DT_OPERAND_MEMORY;
	return take_arm64_address(&t, out);
}

/* ---- the list ---- */

/* "-4@" or "8f@". */
static bool take_size(struct text *t, struct dt_operand *out, bool *is_float)
{
	struct text was = *t;
	int64_t size;

	*is_float = false;
	if (!take_number(t, &size))
		return false;
	*is_float = take(t, "f");
	if (!take(t, "@")) {
		*t = was;
		return false;
	}
	out->is_signed = size < 0;
	size = size < 0 ? -size : size;
	out->size = size == 1 || size == 2 || size == 4 ? (uint8_t)size : 8;
	return true;
}

/* Behind the blank that the next operand's size follows: arm64's addresses have blanks, too. */
static const char *end_of_operand(const struct text *t)
{
	struct dt_operand next;
	bool is_float;

	for (const char *p = t->at; p < t->end; p++) {
		struct text rest = { p + 1, t->end };

		if (*p == ' ' && take_size(&rest, &next, &is_float))
			return p;
	}
	return t->end;
}

size_t dt_operands_parse(const char *text, struct dt_operand out[DT_MAX_OPERANDS])
{
	struct text t = { text, text + strlen(text) };
	size_t n = 0;

	while (n < DT_MAX_OPERANDS) {
		struct dt_operand *op = &out[n];
		const char *end;
		bool is_float;

		*op = (struct dt_operand){ .size = 8 };
		skip_blanks(&t);
		if (is_at_end(&t))
			break;
		if (!take_size(&t, op, &is_float))
			op->size = 8; /* older notes have no sizes */
		end = end_of_operand(&t);
		if (is_float || !dt_arch.parse_operand || !dt_arch.parse_operand(t.at, end, op))
			op->kind = DT_OPERAND_UNKNOWN;
		t.at = end;
		n++;
	}
	return n;
}

bool dt_operand_equal(const struct dt_operand *a, const struct dt_operand *b)
{
	return a->kind == b->kind && a->size == b->size && a->is_signed == b->is_signed &&
	       a->base == b->base && a->index == b->index && a->scale == b->scale &&
	       a->shift == b->shift && a->disp == b->disp && a->symbol_len == b->symbol_len &&
	       (!a->symbol_len || !memcmp(a->symbol, b->symbol, a->symbol_len));
}
