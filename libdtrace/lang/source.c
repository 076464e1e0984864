/* SPDX-License-Identifier: MIT */
/*
 * The AST as D text again: what the parser has understood, with macro variables replaced and probe
 * descriptions in full.  For dtrace -d.  Parentheses are those of the text, which is all that the
 * grammar needs to read it in the same way.
 */
#include <ctype.h>
#include <string.h>
#include "base/strbuf.h"
#include "lang/ast.h"

static void put_expr(struct dt_strbuf *out, const struct dt_ast_expr *e);
static void put_decl(struct dt_strbuf *out, const struct dt_ast_decl *decl);

static void indent(struct dt_strbuf *out, unsigned depth)
{
	dt_strbuf_pad(out, '\t', depth);
}

/* ---- types ---- */

static void put_enumerators(struct dt_strbuf *out, const struct dt_ast_spec *spec)
{
	for (size_t i = 0; i < spec->nmembers; i++) {
		dt_strbuf_printf(out, "%s%s", i ? ", " : "", spec->enumerators[i].name);
		if (!spec->enumerators[i].value)
			continue;
		dt_strbuf_puts(out, " = ");
		put_expr(out, spec->enumerators[i].value);
	}
}

static void put_body(struct dt_strbuf *out, const struct dt_ast_spec *spec)
{
	dt_strbuf_puts(out, " {");
	if (spec->base == DT_BASE_ENUM) {
		dt_strbuf_putc(out, ' ');
		put_enumerators(out, spec);
	} else {
		for (size_t i = 0; i < spec->nmembers; i++) {
			dt_strbuf_putc(out, ' ');
			put_decl(out, spec->members[i]);
		}
	}
	dt_strbuf_puts(out, " }");
	if (spec->packed)
		dt_strbuf_puts(out, " __attribute__((__packed__))");
}

static void put_spec(struct dt_strbuf *out, const struct dt_ast_spec *spec)
{
	dt_ast_print_spec(out, spec);
	if (spec->has_body)
		put_body(out, spec);
}

static void put_declared(struct dt_strbuf *out, const struct dt_ast_spec *spec,
			 const struct dt_ast_deriv *derivs, const char *name);

static void put_params(struct dt_strbuf *out, const struct dt_ast_param *params, size_t n,
		       bool variadic)
{
	for (size_t i = 0; i < n; i++) {
		dt_strbuf_puts(out, i ? ", " : "");
		put_declared(out, params[i].type.spec, params[i].type.derivs, params[i].name);
	}
	dt_strbuf_puts(out, !variadic ? "" : n ? ", ..." : "...");
}

/* What stands behind the name for this step. */
static void put_suffix(struct dt_strbuf *out, const struct dt_ast_deriv *d)
{
	dt_strbuf_putc(out, d->kind == DT_DERIV_FUNC ? '(' : '[');
	if (d->kind == DT_DERIV_ARRAY && d->size)
		put_expr(out, d->size);
	if (d->kind != DT_DERIV_ARRAY)
		put_params(out, d->params, d->nparams, d->variadic);
	dt_strbuf_putc(out, d->kind == DT_DERIV_FUNC ? ')' : ']');
}

/*
 * The declarator of NAME.  The steps lead from the specifiers to the name; the text grows around
 * the name, from the last step on.  A pointer between the name and an array or a function that it
 * points to needs parentheses.
 */
static void put_declarator(struct dt_strbuf *text, const struct dt_ast_deriv *d, bool is_pointed_to)
{
	struct dt_strbuf inner = { 0 };

	if (!d)
		return;
	put_declarator(text, d->next, d->kind != DT_DERIV_POINTER);
	if (d->kind != DT_DERIV_POINTER) {
		put_suffix(text, d);
		return;
	}
	dt_strbuf_puts(&inner, is_pointed_to ? "(*" : "*");
	dt_ast_print_quals(&inner, d->quals);
	dt_strbuf_puts(&inner, dt_strbuf_str(text));
	dt_strbuf_puts(&inner, is_pointed_to ? ")" : "");
	dt_strbuf_clear(text);
	dt_strbuf_puts(text, dt_strbuf_str(&inner));
	dt_strbuf_free(&inner);
}

static void put_declared(struct dt_strbuf *out, const struct dt_ast_spec *spec,
			 const struct dt_ast_deriv *derivs, const char *name)
{
	struct dt_strbuf text = { 0 };

	put_spec(out, spec);
	dt_strbuf_puts(&text, name ? name : "");
	put_declarator(&text, derivs, false);
	if (text.len)
		dt_strbuf_printf(out, " %s", text.s);
	dt_strbuf_free(&text);
}

static void put_type(struct dt_strbuf *out, const struct dt_ast_type *type)
{
	put_declared(out, type->spec, type->derivs, NULL);
}

/* ---- expressions ---- */

static void put_char(struct dt_strbuf *out, unsigned char c)
{
	if (isprint(c) && !strchr("\"'\\", c))
		dt_strbuf_putc(out, (char)c);
	else
		dt_strbuf_printf(out, "\\%03o", c);
}

static void put_string(struct dt_strbuf *out, const char *s, size_t len)
{
	dt_strbuf_putc(out, '"');
	for (size_t i = 0; i < len; i++)
		put_char(out, (unsigned char)s[i]);
	dt_strbuf_putc(out, '"');
}

/* The highest byte is the first character; a character NUL is the only one that can lead. */
static void put_character(struct dt_strbuf *out, uint64_t value)
{
	int shift = 56;

	while (shift && !(value >> shift & 0xff))
		shift -= 8;
	dt_strbuf_putc(out, '\'');
	for (; shift >= 0; shift -= 8)
		put_char(out, value >> shift & 0xff);
	dt_strbuf_putc(out, '\'');
}

static void put_number(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	static const char *const suffixes[] = { "", "l", "ll" };
	unsigned long long value = e->num.value;

	if (e->num.is_char) {
		put_character(out, value);
		return;
	}
	switch (e->num.base) {
	case 16: dt_strbuf_printf(out, "0x%llx", value); break;
	case 8: dt_strbuf_printf(out, "0%llo", value); break;
	default: dt_strbuf_printf(out, "%llu", value);
	}
	dt_strbuf_printf(out, "%s%s", e->num.is_unsigned ? "u" : "", suffixes[e->num.nlong]);
}

static void put_list(struct dt_strbuf *out, const struct dt_ast_expr *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		dt_strbuf_puts(out, i ? ", " : "");
		put_expr(out, list[i]);
	}
}

static void put_agg(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	dt_strbuf_printf(out, "@%s", strcmp(e->agg.name, "_") ? e->agg.name : "");
	if (!e->agg.has_keys)
		return;
	dt_strbuf_putc(out, '[');
	put_list(out, e->agg.keys, e->agg.nkeys);
	dt_strbuf_putc(out, ']');
}

/* A blank keeps the signs of "- -x" and "+ ++x" apart. */
static void put_unary(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	const struct dt_op_info *op = &dt_op_info[e->unary.op];

	if (op->kind == DT_OPK_POSTFIX) {
		put_expr(out, e->unary.operand);
		dt_strbuf_puts(out, op->spelling);
		return;
	}
	dt_strbuf_puts(out, op->spelling);
	if (isalpha((unsigned char)*op->spelling) || e->unary.operand->kind == DT_EXPR_UNARY)
		dt_strbuf_putc(out, ' ');
	put_expr(out, e->unary.operand);
}

static void put_binary(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	put_expr(out, e->binary.left);
	dt_strbuf_printf(out, e->binary.op == DT_OP_COMMA ? "%s " : " %s ",
			 dt_op_info[e->binary.op].spelling);
	put_expr(out, e->binary.right);
}

static void put_cond(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	put_expr(out, e->cond.cond);
	dt_strbuf_puts(out, " ? ");
	put_expr(out, e->cond.yes);
	dt_strbuf_puts(out, " : ");
	put_expr(out, e->cond.no);
}

/* "(TYPE)operand", "xlate <TYPE> (operand)": the operand's parentheses are its own. */
static void put_cast(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	dt_strbuf_puts(out, e->kind == DT_EXPR_XLATE ? "xlate <" : "(");
	put_type(out, e->cast.type);
	dt_strbuf_puts(out, e->kind == DT_EXPR_XLATE ? "> " : ")");
	if (e->kind == DT_EXPR_XLATE && !e->cast.operand->parens) {
		dt_strbuf_putc(out, '(');
		put_expr(out, e->cast.operand);
		dt_strbuf_putc(out, ')');
	} else {
		put_expr(out, e->cast.operand);
	}
}

static void put_named(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	static const char *const scopes[] = { [DT_EXPR_SELF] = "self", [DT_EXPR_THIS] = "this" };

	if (e->kind == DT_EXPR_SYM)
		dt_strbuf_printf(out, "%s`", e->id.object ? e->id.object : "");
	else if (e->kind != DT_EXPR_IDENT)
		dt_strbuf_printf(out, "%s%s", scopes[e->kind], e->id.name ? "->" : "");
	dt_strbuf_puts(out, e->id.name ? e->id.name : "");
}

static void put_plain(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	switch (e->kind) {
	case DT_EXPR_INT: put_number(out, e); break;
	case DT_EXPR_STRING: put_string(out, e->str.s, e->str.len); break;
	case DT_EXPR_IDENT:
	case DT_EXPR_SELF:
	case DT_EXPR_THIS:
	case DT_EXPR_SYM: put_named(out, e); break;
	case DT_EXPR_AGG: put_agg(out, e); break;
	case DT_EXPR_INDEX:
		put_expr(out, e->index.base);
		dt_strbuf_putc(out, '[');
		put_list(out, e->index.keys, e->index.nkeys);
		dt_strbuf_putc(out, ']');
		break;
	case DT_EXPR_CALL:
		dt_strbuf_printf(out, "%s(", e->call.name);
		put_list(out, e->call.args, e->call.nargs);
		dt_strbuf_putc(out, ')');
		break;
	case DT_EXPR_MEMBER:
		put_expr(out, e->member.base);
		dt_strbuf_printf(out, "%s%s", e->member.arrow ? "->" : ".", e->member.name);
		break;
	case DT_EXPR_UNARY: put_unary(out, e); break;
	case DT_EXPR_BINARY: put_binary(out, e); break;
	case DT_EXPR_COND: put_cond(out, e); break;
	case DT_EXPR_CAST:
	case DT_EXPR_XLATE: put_cast(out, e); break;
	case DT_EXPR_SIZEOF:
		dt_strbuf_puts(out, "sizeof (");
		put_type(out, e->sizeof_type.type);
		dt_strbuf_putc(out, ')');
		break;
	case DT_EXPR_OFFSETOF:
		dt_strbuf_puts(out, "offsetof(");
		put_type(out, e->offsetof_.type);
		dt_strbuf_printf(out, ", %s)", e->offsetof_.member);
		break;
	}
}

static void put_expr(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	dt_strbuf_puts(out, e->parens ? "(" : "");
	put_plain(out, e);
	dt_strbuf_puts(out, e->parens ? ")" : "");
}

/* ---- declarations ---- */

static void put_decl(struct dt_strbuf *out, const struct dt_ast_decl *decl)
{
	static const char *const classes[] = {
		[DT_CLASS_NONE] = "",
		[DT_CLASS_AUTO] = "auto ",
		[DT_CLASS_REGISTER] = "register ",
		[DT_CLASS_STATIC] = "static ",
		[DT_CLASS_EXTERN] = "extern ",
		[DT_CLASS_TYPEDEF] = "typedef ",
		[DT_CLASS_SELF] = "self ",
		[DT_CLASS_THIS] = "this ",
	};

	for (size_t i = 0; i < decl->n; i++) {
		const struct dt_ast_declarator *d = &decl->declarators[i];
		struct dt_strbuf text = { 0 };

		dt_strbuf_puts(out, i ? "," : classes[decl->class]);
		if (!i)
			put_spec(out, decl->spec);
		dt_strbuf_puts(&text, d->name ? d->name : "");
		put_declarator(&text, d->derivs, false);
		dt_strbuf_printf(out, " %s", dt_strbuf_str(&text));
		dt_strbuf_free(&text);
		if (d->bits) {
			dt_strbuf_puts(out, " : ");
			put_expr(out, d->bits);
		}
	}
	if (!decl->n) {
		dt_strbuf_puts(out, classes[decl->class]);
		put_spec(out, decl->spec);
	}
	dt_strbuf_putc(out, ';');
}

static void put_inline(struct dt_strbuf *out, const struct dt_ast_inline *in)
{
	struct dt_strbuf name = { 0 };

	dt_strbuf_puts(&name, in->name);
	if (in->nkeys) {
		dt_strbuf_putc(&name, '[');
		put_params(&name, in->keys, in->nkeys, false);
		dt_strbuf_putc(&name, ']');
	}
	dt_strbuf_puts(out, "inline ");
	put_declared(out, in->type.spec, in->type.derivs, dt_strbuf_str(&name));
	dt_strbuf_puts(out, " = ");
	put_expr(out, in->value);
	dt_strbuf_putc(out, ';');
	dt_strbuf_free(&name);
}

static void put_xlator(struct dt_strbuf *out, const struct dt_ast_xlator *x)
{
	dt_strbuf_puts(out, "translator ");
	put_type(out, &x->out);
	dt_strbuf_puts(out, " < ");
	put_declared(out, x->in.spec, x->in.derivs, x->name);
	dt_strbuf_puts(out, " > {\n");
	for (size_t i = 0; i < x->nmembers; i++) {
		dt_strbuf_printf(out, "\t%s = ", x->members[i].name);
		put_expr(out, x->members[i].value);
		dt_strbuf_puts(out, ";\n");
	}
	dt_strbuf_puts(out, "};");
}

static void put_provider(struct dt_strbuf *out, const struct dt_ast_provider *p)
{
	dt_strbuf_printf(out, "provider %s {\n", p->name);
	for (size_t i = 0; i < p->nprobes; i++) {
		const struct dt_ast_probe *probe = &p->probes[i];

		dt_strbuf_printf(out, "\tprobe %s(", probe->name);
		put_params(out, probe->args, probe->nargs, false);
		dt_strbuf_putc(out, ')');
		if (probe->has_xargs) {
			dt_strbuf_puts(out, " : (");
			put_params(out, probe->xargs, probe->nxargs, false);
			dt_strbuf_putc(out, ')');
		}
		dt_strbuf_puts(out, ";\n");
	}
	dt_strbuf_puts(out, "};");
}

static void put_pragma(struct dt_strbuf *out, const struct dt_ast_pragma *p)
{
	switch (p->kind) {
	case DT_PRAGMA_ATTRIBUTES:
		dt_strbuf_printf(out, "#pragma D attributes %s %s%s%s%s", p->value,
				 p->part ? "provider " : "", p->name, p->part ? " " : "",
				 p->part ? p->part : "");
		break;
	case DT_PRAGMA_BINDING:
		dt_strbuf_printf(out, "#pragma D binding \"%s\" %s", p->value, p->name);
		break;
	case DT_PRAGMA_DEPENDS_ON:
		dt_strbuf_printf(out, "#pragma D depends_on %s %s", p->value, p->name);
	}
}

/* ---- clauses ---- */

static void put_block(struct dt_strbuf *out, const struct dt_ast_block *block, unsigned depth);

static void put_stmt(struct dt_strbuf *out, const struct dt_ast_stmt *s, unsigned depth)
{
	indent(out, depth);
	switch (s->kind) {
	case DT_STMT_EXPR:
		put_expr(out, s->expr);
		dt_strbuf_putc(out, ';');
		break;
	case DT_STMT_IF:
		dt_strbuf_puts(out, "if (");
		put_expr(out, s->expr);
		dt_strbuf_puts(out, ") ");
		put_block(out, &s->yes, depth);
		if (s->no.n) {
			dt_strbuf_puts(out, " else ");
			put_block(out, &s->no, depth);
		}
		break;
	case DT_STMT_BLOCK: put_block(out, &s->yes, depth); break;
	}
	dt_strbuf_putc(out, '\n');
}

static void put_block(struct dt_strbuf *out, const struct dt_ast_block *block, unsigned depth)
{
	dt_strbuf_puts(out, "{\n");
	for (size_t i = 0; i < block->n; i++)
		put_stmt(out, block->stmts[i], depth + 1);
	indent(out, depth);
	dt_strbuf_putc(out, '}');
}

static void put_clause(struct dt_strbuf *out, const struct dt_ast_clause *c)
{
	for (size_t i = 0; i < c->npdescs; i++) {
		const struct dt_pdesc *d = &c->pdescs[i].desc;

		dt_strbuf_puts(out, i ? ",\n" : "");
		if (d->id)
			dt_strbuf_printf(out, "%u", d->id);
		else
			dt_strbuf_printf(out, "%s:%s:%s:%s", d->provider, d->mod, d->func, d->name);
	}
	if (c->predicate) {
		dt_strbuf_puts(out, "\n/ "); /* a star behind the slash would begin a comment */
		put_expr(out, c->predicate);
		dt_strbuf_puts(out, " /");
	}
	if (c->has_body) {
		dt_strbuf_putc(out, '\n');
		put_block(out, &c->body, 0);
	} else {
		dt_strbuf_putc(out, ';');
	}
}

void dt_ast_print(struct dt_strbuf *out, const struct dt_ast_program *prog)
{
	for (size_t i = 0; i < prog->n; i++) {
		const struct dt_ast_item *it = &prog->items[i];

		switch (it->kind) {
		case DT_ITEM_CLAUSE: put_clause(out, it->clause); break;
		case DT_ITEM_DECL: put_decl(out, it->decl); break;
		case DT_ITEM_INLINE: put_inline(out, it->inline_); break;
		case DT_ITEM_XLATOR: put_xlator(out, it->xlator); break;
		case DT_ITEM_PROVIDER: put_provider(out, it->provider); break;
		case DT_ITEM_PRAGMA: put_pragma(out, it->pragma); break;
		}
		dt_strbuf_puts(out, "\n");
	}
}
