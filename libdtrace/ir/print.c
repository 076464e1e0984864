/* SPDX-License-Identifier: MIT */
/*
 * IR as text, for dtrace -S and for debugging the compiler:
 *
 *	main:
 *	        ; stack object 0: 56 bytes
 *	        v3 = ld8 [v1 + 16]              ; pid
 *	        jne v3, 42, L1
 *
 * Registers are v1, v2...  A comment says what the code stands for, where that changes.
 */
#include <inttypes.h>
#include <string.h>
#include "base/strbuf.h"
#include "ir/compile.h"
#include "ir/ir.h"
#include "ir/ops.h"
#include "runtime/runtime.h"

static void print_args(const struct dt_ir_insn *i, struct dt_strbuf *out)
{
	dt_strbuf_putc(out, '(');
	for (unsigned n = 0; n < i->nargs; n++)
		dt_strbuf_printf(out, "%sv%u", n ? ", " : "", i->args[n]);
	dt_strbuf_putc(out, ')');
}

static void print_imm(struct dt_strbuf *out, int64_t imm)
{
	if (imm > -4096 && imm < 4096)
		dt_strbuf_printf(out, "%" PRId64, imm);
	else
		dt_strbuf_printf(out, "0x%" PRIx64, (uint64_t)imm);
}

static void print_b(const struct dt_ir_insn *i, struct dt_strbuf *out)
{
	dt_strbuf_puts(out, ", ");
	if (i->b)
		dt_strbuf_printf(out, "v%u", i->b);
	else
		print_imm(out, i->imm);
}

/* [v1 + 16] and what is done with it */
static void print_memory(const struct dt_ir_insn *i, unsigned shape, struct dt_strbuf *out)
{
	dt_strbuf_printf(out, "%s%u [v%u", dt_ir_mnemonic(i->op), i->width, i->a);
	if (i->off)
		dt_strbuf_printf(out, " %c %d", i->off < 0 ? '-' : '+',
				 i->off < 0 ? -i->off : i->off);
	dt_strbuf_putc(out, ']');
	if (shape & DT_IRS_B)
		print_b(i, out);
	if (shape & DT_IRS_C)
		dt_strbuf_printf(out, ", if v%u", i->c);
}

void dt_ir_print_insn(const struct dt_ir_insn *i, struct dt_strbuf *out)
{
	unsigned shape = dt_ir_shape(i->op);

	if ((shape & DT_IRS_D) && i->dst)
		dt_strbuf_printf(out, "v%u = ", i->dst);
	if ((shape & DT_IRS_O) && (shape & DT_IRS_A)) {
		print_memory(i, shape, out);
		return;
	}
	dt_strbuf_puts(out, dt_ir_mnemonic(i->op));
	if (shape & DT_IRS_W)
		dt_strbuf_printf(out, "%u", i->width);
	if (i->op == DT_IR_RUNTIME)
		dt_strbuf_printf(out, " %s", dt_rt_name((enum dt_rt)i->imm));
	else if (shape & DT_IRS_I) {
		dt_strbuf_putc(out, ' ');
		print_imm(out, i->imm);
	}
	if ((shape & DT_IRS_O) && i->off)
		dt_strbuf_printf(out, " + %d", i->off);
	if (shape & DT_IRS_N)
		print_args(i, out);
	if (shape & DT_IRS_A)
		dt_strbuf_printf(out, " v%u", i->a);
	if (shape & DT_IRS_B)
		print_b(i, out);
	if (shape & DT_IRS_L)
		dt_strbuf_printf(out, "%s L%u", shape & DT_IRS_A ? "," : "", i->label);
}

static void print_origin(const struct dt_ir_origin *origin, size_t len, struct dt_strbuf *out)
{
	if (!origin->what)
		return;
	dt_strbuf_pad(out, ' ', len < 40 ? 40 - len : 1);
	dt_strbuf_printf(out, "; %s, line %u", origin->what, origin->loc.line);
}

static void print_func(const struct dt_ir_func *f, struct dt_strbuf *out)
{
	const struct dt_ir_origin *origin = NULL;

	dt_strbuf_printf(out, "%s:\n", f->name);
	for (size_t n = 0; n < f->objects.n; n++)
		dt_strbuf_printf(out, "\t; stack object %zu: %u bytes\n", n,
				 f->objects.data[n].size);
	for (size_t n = 0; n < f->code.n; n++) {
		const struct dt_ir_insn *i = &f->code.data[n];
		size_t start = out->len;

		if (i->op == DT_IR_LABEL) {
			dt_strbuf_printf(out, "    L%u:\n", i->label);
			continue;
		}
		dt_strbuf_puts(out, "\t");
		dt_ir_print_insn(i, out);
		if (i->origin && i->origin != origin) {
			origin = i->origin;
			print_origin(origin, out->len - start, out);
		}
		dt_strbuf_putc(out, '\n');
	}
}

void dt_ir_print(const struct dt_ir_unit *u, struct dt_strbuf *out)
{
	for (size_t n = 0; n < u->funcs.n; n++) {
		if (n)
			dt_strbuf_putc(out, '\n');
		print_func(u->funcs.data[n], out);
	}
}
