/* SPDX-License-Identifier: MIT */
/*
 * The typed tree as text, (op:type operands...), one statement per line. For -xtree and the tests.
 */
#include <inttypes.h>
#include "check/context.h"

static const char *const op_names[] = {
	[DT_E_INT] = "int",     [DT_E_STR] = "str",         [DT_E_VAR] = "var",
	[DT_E_ELEM] = "elem",   [DT_E_BUILTIN] = "builtin", [DT_E_CALL] = "call",
	[DT_E_NEG] = "neg",     [DT_E_BITNOT] = "~",        [DT_E_NOT] = "!",
	[DT_E_ADD] = "+",       [DT_E_SUB] = "-",           [DT_E_MUL] = "*",
	[DT_E_DIV] = "/",       [DT_E_MOD] = "%",           [DT_E_AND] = "&",
	[DT_E_OR] = "|",        [DT_E_XOR] = "^",           [DT_E_SHL] = "<<",
	[DT_E_SHR] = ">>",      [DT_E_EQ] = "==",           [DT_E_NE] = "!=",
	[DT_E_LT] = "<",        [DT_E_LE] = "<=",           [DT_E_GT] = ">",
	[DT_E_GE] = ">=",       [DT_E_LAND] = "&&",         [DT_E_LOR] = "||",
	[DT_E_LXOR] = "^^",     [DT_E_COND] = "?:",         [DT_E_COMMA] = ",",
	[DT_E_CAST] = "cast",   [DT_E_DEREF] = "deref",     [DT_E_BITFIELD] = "bits",
	[DT_E_ADDROF] = "addr", [DT_E_ASSIGN] = "=",        [DT_E_OPASSIGN] = "op=",
	[DT_E_INCDEC] = "+=",   [DT_E_XLATE] = "xlate",     [DT_E_BOUND] = "below",
};

static void type(struct dt_strbuf *out, const struct dt_type *t)
{
	char buf[256];

	dt_strbuf_printf(out, ":%s", dt_type_name(t, buf, sizeof(buf)));
}

static void quoted(struct dt_strbuf *out, const char *s)
{
	dt_strbuf_putc(out, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			dt_strbuf_putc(out, '\\');
		if (*s == '\n')
			dt_strbuf_puts(out, "\\n");
		else
			dt_strbuf_putc(out, *s);
	}
	dt_strbuf_putc(out, '"');
}

static void var(struct dt_strbuf *out, const struct dt_var *v)
{
	static const char *const prefix[] = { "", "self->", "this->" };

	dt_strbuf_printf(out, "%s%s", prefix[v->scope], v->name);
}

static void detail(struct dt_strbuf *out, const struct dt_expr *e)
{
	switch (e->op) {
	case DT_E_VAR:
	case DT_E_ELEM:
		dt_strbuf_putc(out, ' ');
		var(out, e->var);
		break;
	case DT_E_BUILTIN:
	case DT_E_CALL: dt_strbuf_printf(out, " %s", e->row->name); break;
	case DT_E_DEREF:
	case DT_E_ADDROF: dt_strbuf_printf(out, " +%" PRId64, e->offset); break;
	case DT_E_BITFIELD:
		dt_strbuf_printf(out, " +%" PRId64 " %u:%u", e->offset, e->bit_off, e->bit_size);
		break;
	case DT_E_BOUND: dt_strbuf_printf(out, " %" PRIu64, e->nelems); break;
	case DT_E_OPASSIGN:
		dt_strbuf_printf(out, " %s", op_names[e->aop]);
		type(out, e->optype);
		break;
	case DT_E_INCDEC:
		dt_strbuf_printf(out, " %" PRId64 "%s", e->delta, e->is_post ? " post" : "");
		break;
	default: break;
	}
	if (e->is_user)
		dt_strbuf_puts(out, " user");
	if (e->is_trusted)
		dt_strbuf_puts(out, " trusted");
}

void dt_tree_dump_expr(struct dt_strbuf *out, const struct dt_expr *e)
{
	if (e->op == DT_E_INT) {
		dt_strbuf_printf(out, "%" PRId64, e->ival);
		type(out, e->type);
		return;
	}
	if (e->op == DT_E_STR) {
		quoted(out, e->str);
		return;
	}
	if (e->op == DT_E_VAR) {
		var(out, e->var);
		type(out, e->type);
		return;
	}
	dt_strbuf_printf(out, "(%s", op_names[e->op]);
	type(out, e->type);
	detail(out, e);
	for (uint32_t i = 0; i < e->nkids; i++) {
		dt_strbuf_putc(out, ' ');
		dt_tree_dump_expr(out, e->kids[i]);
	}
	dt_strbuf_putc(out, ')');
}

static void exprs(struct dt_strbuf *out, struct dt_expr *const *list, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		dt_strbuf_puts(out, i ? ", " : "");
		dt_tree_dump_expr(out, list[i]);
	}
}

static void stmts(struct dt_strbuf *out, struct dt_stmt *const *list, uint32_t n, unsigned depth);

static void agg_stmt(struct dt_strbuf *out, const struct dt_stmt *s)
{
	dt_strbuf_printf(out, "@%s[", s->agg->name);
	exprs(out, s->keys, s->nkeys);
	dt_strbuf_printf(out, "] = %s(", s->agg->func->name);
	if (s->value)
		dt_tree_dump_expr(out, s->value);
	if (s->incr) {
		dt_strbuf_puts(out, ", ");
		dt_tree_dump_expr(out, s->incr);
	}
	dt_strbuf_puts(out, ")");
	if (s->agg->param)
		dt_strbuf_printf(out, " param %#" PRIx64, s->agg->param);
}

static void action(struct dt_strbuf *out, const struct dt_stmt *s)
{
	dt_strbuf_printf(out, "%s(", s->row->name);
	for (uint32_t i = 0; i < s->naggs; i++)
		dt_strbuf_printf(out, "%s@%s", i ? ", " : "", s->aggs[i]->name);
	dt_strbuf_puts(out, s->naggs && s->nargs ? ", " : "");
	exprs(out, s->args, s->nargs);
	dt_strbuf_putc(out, ')');
	if (s->fmt)
		dt_strbuf_puts(out, " by format");
	if (s->nframes)
		dt_strbuf_printf(out, " frames %u", s->nframes);
}

static void stmt(struct dt_strbuf *out, const struct dt_stmt *s, unsigned depth)
{
	dt_strbuf_pad(out, '\t', depth);
	switch (s->kind) {
	case DT_S_EXPR: dt_tree_dump_expr(out, s->expr); break;
	case DT_S_ACTION: action(out, s); break;
	case DT_S_AGG: agg_stmt(out, s); break;
	case DT_S_IF:
		dt_strbuf_puts(out, "if ");
		dt_tree_dump_expr(out, s->expr);
		dt_strbuf_putc(out, '\n');
		stmts(out, s->then_body, s->nthen, depth + 1);
		if (!s->nelse)
			return;
		dt_strbuf_pad(out, '\t', depth);
		dt_strbuf_puts(out, "else\n");
		stmts(out, s->else_body, s->nelse, depth + 1);
		return;
	}
	dt_strbuf_putc(out, '\n');
}

static void stmts(struct dt_strbuf *out, struct dt_stmt *const *list, uint32_t n, unsigned depth)
{
	for (uint32_t i = 0; i < n; i++)
		stmt(out, list[i], depth);
}

void dt_tree_dump_clause(struct dt_strbuf *out, const struct dt_tclause *t)
{
	dt_strbuf_printf(out, "clause %u probes %u%s%s%s\n", t->index, t->nprobes,
			 t->records ? " records" : "", t->has_exit ? " exits" : "",
			 t->is_destructive ? " destructive" : "");
	if (t->pred) {
		dt_strbuf_puts(out, "\tif not ");
		dt_tree_dump_expr(out, t->pred);
		dt_strbuf_puts(out, " leave\n");
	}
	stmts(out, t->stmts, t->nstmts, 1);
}

void dt_tree_dump(struct dt_strbuf *out, const struct dt_tprog *prog)
{
	for (size_t i = 0; i < prog->clauses.n; i++)
		dt_tree_dump_clause(out, prog->clauses.data[i]);
}
