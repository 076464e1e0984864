/* SPDX-License-Identifier: MIT */
/* Functions on numbers: byte order, text and numbers, and the text of network addresses. */
#include <linux/bpf.h>
#include <sys/socket.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "lower/hooks.h"
#include "runtime/runtime.h"

static struct dt_val swapped(struct dt_cg *cg, const struct dt_expr *e, unsigned width)
{
	return dt_val_num(dt_ir_bswap(&cg->ir, dt_cg_num(cg, e->kids[0]), width));
}

static struct dt_val emit_swap16(struct dt_cg *cg, const struct dt_expr *e)
{
	return swapped(cg, e, 2);
}

static struct dt_val emit_swap32(struct dt_cg *cg, const struct dt_expr *e)
{
	return swapped(cg, e, 4);
}

static struct dt_val emit_swap64(struct dt_cg *cg, const struct dt_expr *e)
{
	return swapped(cg, e, 8);
}

static struct dt_val emit_rand(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg r = dt_ir_helper(&cg->ir, BPF_FUNC_get_prandom_u32, 0, NULL);

	(void)e;
	return dt_val_num(dt_ir_bini(&cg->ir, DT_IR_AND, r, INT32_MAX));
}

#define NUMBER_TEXT 72 /* a sign, 64 binary digits, the NUL */

static struct dt_val emit_lltostr(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg v = dt_cg_num(cg, e->kids[0]), size;
	dt_vreg base = e->nkids > 1 ? dt_cg_num(cg, e->kids[1]) : dt_ir_const(&cg->ir, 10);
	struct dt_str s = { .kind = DT_STR_MEM,
			    .cap = NUMBER_TEXT,
			    .mem = dt_cg_scratch(cg, NUMBER_TEXT) };

	size = dt_ir_runtime(&cg->ir, DT_RT_LLTOSTR,
			     DT_ARGS(dt_cg_mem_ptr(cg, s.mem), v, base,
				     dt_ir_const(&cg->ir, NUMBER_TEXT)));
	dt_cg_fault_if_neg(cg, size, DTRACEFLT_ILLOP, 0);
	s.size = size;
	return dt_val_str(s);
}

static struct dt_val emit_strtoll(struct dt_cg *cg, const struct dt_expr *e)
{
	uint32_t cap = dt_cg_text_cap(cg);
	struct dt_str s = { .kind = DT_STR_MEM, .cap = cap, .mem = dt_cg_scratch(cg, cap) };
	dt_vreg base = e->nkids > 1 ? dt_cg_num(cg, e->kids[1]) : dt_ir_const(&cg->ir, 10);
	dt_label bad = dt_ir_label(&cg->ir), good = dt_ir_label(&cg->ir);

	dt_cg_str_into(cg, e->kids[0], &s);
	dt_ir_jcci(&cg->ir, DT_IR_JULT, base, 2, bad);
	dt_ir_jcci(&cg->ir, DT_IR_JULE, base, 36, good);
	dt_ir_place(&cg->ir, bad);
	dt_cg_fault(cg, DTRACEFLT_ILLOP, 0);
	dt_ir_place(&cg->ir, good);
	return dt_val_num(
		dt_ir_runtime(&cg->ir, DT_RT_STRTOLL,
			      DT_ARGS(dt_cg_mem_ptr(cg, s.mem), base, dt_ir_const(&cg->ir, cap))));
}

/* ---- network addresses ---- */

#define ADDRESS_TEXT 64 /* what the runtime functions may write */

static struct dt_str address_place(struct dt_cg *cg)
{
	return (struct dt_str){ .kind = DT_STR_MEM,
				.cap = ADDRESS_TEXT,
				.mem = dt_cg_scratch(cg, ADDRESS_TEXT) };
}

static dt_vreg put_ipv4(struct dt_cg *cg, const struct dt_str *s, dt_vreg addr)
{
	dt_vreg word = dt_cg_read(cg, addr, 4, false);

	return dt_ir_runtime(&cg->ir, DT_RT_INET_NTOA, DT_ARGS(dt_cg_mem_ptr(cg, s->mem), word));
}

static dt_vreg put_ipv6(struct dt_cg *cg, const struct dt_str *s, dt_vreg addr)
{
	struct dt_mem m = dt_cg_scratch(cg, 16);

	dt_cg_read_into(cg, m, 16, addr, false);
	return dt_ir_runtime(&cg->ir, DT_RT_INET_NTOA6,
			     DT_ARGS(dt_cg_mem_ptr(cg, s->mem), dt_ir_ld(&cg->ir, m.base, m.off, 8),
				     dt_ir_ld(&cg->ir, m.base, m.off + 8, 8)));
}

static struct dt_val emit_inet_ntoa(struct dt_cg *cg, const struct dt_expr *e)
{
	struct dt_str s = address_place(cg);

	s.size = put_ipv4(cg, &s, dt_cg_num(cg, e->kids[0]));
	return dt_val_str(s);
}

static struct dt_val emit_inet_ntoa6(struct dt_cg *cg, const struct dt_expr *e)
{
	struct dt_str s = address_place(cg);

	s.size = put_ipv6(cg, &s, dt_cg_num(cg, e->kids[0]));
	return dt_val_str(s);
}

/* The family is known only at run time.  Any but these two is an illegal operation, a fault. */
static struct dt_val emit_inet_ntop(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg family = dt_cg_num(cg, e->kids[0]), addr = dt_cg_num(cg, e->kids[1]),
		size = dt_ir_new(&cg->ir);
	dt_label six = dt_ir_label(&cg->ir), neither = dt_ir_label(&cg->ir),
		 done = dt_ir_label(&cg->ir);
	struct dt_str s = address_place(cg);

	dt_ir_jcci(&cg->ir, DT_IR_JNE, family, AF_INET, six);
	dt_ir_set(&cg->ir, size, put_ipv4(cg, &s, addr));
	dt_ir_jmp(&cg->ir, done);
	dt_ir_place(&cg->ir, six);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, family, AF_INET6, neither);
	dt_ir_set(&cg->ir, size, put_ipv6(cg, &s, addr));
	dt_ir_jmp(&cg->ir, done);
	dt_ir_place(&cg->ir, neither);
	dt_cg_fault(cg, DTRACEFLT_ILLOP, 0);
	dt_ir_place(&cg->ir, done);
	s.size = size;
	return dt_val_str(s);
}

static const struct dt_builtin rows[] = {
	{ "htonl", DT_BI_SUBR, "uint32_t(uint32_t)", .emit = emit_swap32,
	  .doc = "Converts 32 bits from host to network byte order.",
	  .example = "trace(htonl(1))" },
	{ "htonll", DT_BI_SUBR, "uint64_t(uint64_t)", .emit = emit_swap64,
	  .doc = "Converts 64 bits from host to network byte order.",
	  .example = "trace(htonll(1))" },
	{ "htons", DT_BI_SUBR, "uint16_t(uint16_t)", .emit = emit_swap16,
	  .doc = "Converts 16 bits from host to network byte order.",
	  .example = "trace(htons(80))" },
	{ "inet_ntoa", DT_BI_SUBR, "string(ipaddr_t *)", .emit = emit_inet_ntoa,
	  .doc = "Dotted text of the IPv4 address at a kernel address.",
	  .example = "trace(inet_ntoa((ipaddr_t *)curthread))" },
	{ "inet_ntoa6", DT_BI_SUBR, "string(struct in6_addr *)", .emit = emit_inet_ntoa6,
	  .doc = "Text of the IPv6 address at a kernel address.",
	  .example = "trace(inet_ntoa6((struct in6_addr *)curthread))" },
	{ "inet_ntop", DT_BI_SUBR, "string(int, void *)", .emit = emit_inet_ntop,
	  .doc = "Text of the address of family AF_INET or AF_INET6 at a kernel address.",
	  .example = "trace(inet_ntop(2, curthread))" },
	{ "link_ntop", DT_BI_SUBR, "string(int, void *)",
	  .doc = "Text of the link-layer address at a kernel address." },
	{ "lltostr", DT_BI_SUBR, "string(int64_t, [int])", .emit = emit_lltostr,
	  .doc = "A number as text, in a base from 2 to 36.",
	  .example = "trace(lltostr(255, 16))" },
	{ "ntohl", DT_BI_SUBR, "uint32_t(uint32_t)", .emit = emit_swap32,
	  .doc = "Converts 32 bits from network to host byte order.",
	  .example = "trace(ntohl(1))" },
	{ "ntohll", DT_BI_SUBR, "uint64_t(uint64_t)", .emit = emit_swap64,
	  .doc = "Converts 64 bits from network to host byte order.",
	  .example = "trace(ntohll(1))" },
	{ "ntohs", DT_BI_SUBR, "uint16_t(uint16_t)", .emit = emit_swap16,
	  .doc = "Converts 16 bits from network to host byte order.",
	  .example = "trace(ntohs(80))" },
	{ "rand", DT_BI_SUBR, "int()", .emit = emit_rand, .doc = "A pseudo-random number.",
	  .example = "trace(rand() % 6)" },
	{ "strtoll", DT_BI_SUBR, "int64_t(const char *, [int])", .emit = emit_strtoll,
	  .doc = "Number at the start of a string, in a base from 2 to 36.",
	  .example = "trace(strtoll(\"0x1f\", 16))" },
};

const struct dt_builtin_family dt_builtins_subr_num = { "subr_num", rows, ARRAY_SIZE(rows) };
