/* SPDX-License-Identifier: MIT */
/*
 * The AST as S-expressions (tests); the table of operators; which part of a clause a place
 * is in.
 */
#include <string.h>
#include "base/strbuf.h"
#include "lang/ast.h"

const struct dt_op_info dt_op_info[DT_NOPS] = {
#define X(name_, spelling_, prec_, kind_, base_)    \
	[DT_OP_##name_] = { .spelling = spelling_,  \
			    .name = #name_,         \
			    .prec = prec_,          \
			    .kind = DT_OPK_##kind_, \
			    .base = DT_OP_##base_ },
	DT_OPS(X)
#undef X
};

static bool before(const struct dt_loc *a, const struct dt_loc *b)
{
	return a->line != b->line ? a->line < b->line : a->col < b->col;
}

enum dt_ast_region dt_ast_region(const struct dt_ast_program *prog, const struct dt_loc *loc)
{
	for (size_t i = 0; i < prog->n; i++) {
		const struct dt_ast_clause *clause = prog->items[i].clause;
		const struct dt_loc *last;

		if (prog->items[i].kind != DT_ITEM_CLAUSE || before(loc, &clause->loc) ||
		    before(&clause->end_loc, loc))
			continue;
		last = &clause->pdescs[clause->npdescs - 1].loc;
		if (!before(loc, &clause->body_loc))
			return DT_REGION_ACTIONS;
		return clause->predicate && before(last, loc) ? DT_REGION_PREDICATE
							      : DT_REGION_NONE;
	}
	return DT_REGION_NONE;
}

/* ---- S-expressions ---- */

static void quoted(struct dt_strbuf *out, const char *s, size_t len)
{
	dt_strbuf_putc(out, '"');
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '"' || c == '\\')
			dt_strbuf_printf(out, "\\%c", c);
		else if (c == '\n')
			dt_strbuf_puts(out, "\\n");
		else if (c < 0x20 || c >= 0x7f)
			dt_strbuf_printf(out, "\\%03o", c);
		else
			dt_strbuf_putc(out, (char)c);
	}
	dt_strbuf_putc(out, '"');
}

static void list(struct dt_strbuf *out, const struct dt_ast_expr *const *exprs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		dt_strbuf_putc(out, ' ');
		dt_ast_dump_expr(out, exprs[i]);
	}
}

static void dump_params(struct dt_strbuf *out, const struct dt_ast_param *params, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		dt_strbuf_puts(out, " ");
		if (params[i].name)
			dt_strbuf_printf(out, "(%s ", params[i].name);
		dt_ast_dump_type(out, &params[i].type);
		if (params[i].name)
			dt_strbuf_putc(out, ')');
	}
}

static void dump_decl(struct dt_strbuf *out, const struct dt_ast_decl *decl);

void dt_ast_print_quals(struct dt_strbuf *out, uint8_t q)
{
	if (q & DT_QUAL_CONST)
		dt_strbuf_puts(out, "const ");
	if (q & DT_QUAL_VOLATILE)
		dt_strbuf_puts(out, "volatile ");
	if (q & DT_QUAL_RESTRICT)
		dt_strbuf_puts(out, "restrict ");
}

static void words(struct dt_strbuf *out, const char *word, unsigned int n)
{
	while (n--)
		dt_strbuf_printf(out, "%s ", word);
}

static void spec_body(struct dt_strbuf *out, const struct dt_ast_spec *spec)
{
	dt_strbuf_puts(out, " {");
	for (size_t i = 0; i < spec->nmembers; i++) {
		if (i)
			dt_strbuf_putc(out, ' ');
		if (spec->base != DT_BASE_ENUM) {
			dump_decl(out, spec->members[i]);
			continue;
		}
		dt_strbuf_puts(out, spec->enumerators[i].name);
		if (spec->enumerators[i].value) {
			dt_strbuf_putc(out, '=');
			dt_ast_dump_expr(out, spec->enumerators[i].value);
		}
	}
	dt_strbuf_putc(out, '}');
}

void dt_ast_print_spec(struct dt_strbuf *out, const struct dt_ast_spec *spec)
{
	static const char *const names[] = { "int",    "void",   "char",   "int",
					     "float",  "double", "string", "struct ",
					     "union ", "enum ",  "" };

	dt_ast_print_quals(out, spec->quals);
	words(out, "userland", spec->userland);
	words(out, "signed", spec->nsigned);
	words(out, "unsigned", spec->nunsigned);
	words(out, "short", spec->nshort);
	words(out, "long", spec->nlong);
	dt_strbuf_puts(out, names[spec->base]);
	if (spec->object)
		dt_strbuf_printf(out, "%s`", spec->object);
	if (spec->name)
		dt_strbuf_puts(out, spec->name);
}

static void dump_spec(struct dt_strbuf *out, const struct dt_ast_spec *spec)
{
	dt_ast_print_spec(out, spec);
	if (spec->has_body)
		spec_body(out, spec);
}

/* Derivations read from the outside in: (ptr (array 3 int)) is a pointer to an array; an inner one
 * came earlier. */
static void dump_derivs(struct dt_strbuf *out, const struct dt_ast_spec *spec,
			const struct dt_ast_deriv *deriv)
{
	dump_spec(out, spec);
	for (; deriv; deriv = deriv->next) {
		switch (deriv->kind) {
		case DT_DERIV_POINTER:
			dt_strbuf_puts(out, " *");
			if (deriv->quals)
				dt_ast_print_quals(out, deriv->quals);
			break;
		case DT_DERIV_ARRAY:
			dt_strbuf_puts(out, " [");
			if (deriv->size)
				dt_ast_dump_expr(out, deriv->size);
			dt_strbuf_putc(out, ']');
			break;
		case DT_DERIV_ASSOC:
			dt_strbuf_puts(out, " [assoc");
			dump_params(out, deriv->params, deriv->nparams);
			dt_strbuf_putc(out, ']');
			break;
		case DT_DERIV_FUNC:
			dt_strbuf_puts(out, " (func");
			dump_params(out, deriv->params, deriv->nparams);
			dt_strbuf_puts(out, deriv->variadic ? " ...)" : ")");
			break;
		}
	}
}

void dt_ast_dump_type(struct dt_strbuf *out, const struct dt_ast_type *type)
{
	dt_strbuf_putc(out, '<');
	dump_derivs(out, type->spec, type->derivs);
	dt_strbuf_putc(out, '>');
}

static void dump_num(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	static const char *const suffixes[] = { "", "l", "ll" };

	if (e->num.is_char)
		dt_strbuf_puts(out, "'");
	dt_strbuf_printf(out, e->num.base == 16 ? "0x%llx" : "%llu",
			 (unsigned long long)e->num.value);
	dt_strbuf_printf(out, "%s%s", e->num.is_unsigned ? "u" : "", suffixes[e->num.nlong]);
}

static void dump_named(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	switch (e->kind) {
	case DT_EXPR_SELF: dt_strbuf_printf(out, "self->%s", e->id.name ? e->id.name : ""); break;
	case DT_EXPR_THIS: dt_strbuf_printf(out, "this->%s", e->id.name ? e->id.name : ""); break;
	case DT_EXPR_SYM:
		dt_strbuf_printf(out, "%s`%s", e->id.object ? e->id.object : "", e->id.name);
		break;
	case DT_EXPR_AGG:
		if (e->agg.has_keys)
			dt_strbuf_putc(out, '(');
		dt_strbuf_printf(out, "@%s", e->agg.name);
		list(out, e->agg.keys, e->agg.nkeys);
		if (e->agg.has_keys)
			dt_strbuf_putc(out, ')');
		break;
	default: dt_strbuf_puts(out, e->id.name);
	}
}

static void dump_list(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	switch (e->kind) {
	case DT_EXPR_INDEX:
		dt_strbuf_puts(out, "(index ");
		dt_ast_dump_expr(out, e->index.base);
		list(out, e->index.keys, e->index.nkeys);
		break;
	case DT_EXPR_CALL:
		dt_strbuf_printf(out, "(call %s", e->call.name);
		list(out, e->call.args, e->call.nargs);
		break;
	case DT_EXPR_COND:
		dt_strbuf_puts(out, "(?");
		list(out,
		     (const struct dt_ast_expr *const[]){ e->cond.cond, e->cond.yes, e->cond.no },
		     3);
		break;
	case DT_EXPR_UNARY:
		dt_strbuf_printf(out, "(%s%s",
				 dt_op_info[e->unary.op].kind == DT_OPK_POSTFIX ? "post" : "",
				 dt_op_info[e->unary.op].spelling);
		list(out, &e->unary.operand, 1);
		break;
	default:
		dt_strbuf_printf(out, "(%s", dt_op_info[e->binary.op].spelling);
		list(out, (const struct dt_ast_expr *const[]){ e->binary.left, e->binary.right },
		     2);
	}
	dt_strbuf_putc(out, ')');
}

static void dump_typed(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	dt_strbuf_puts(out, e->kind == DT_EXPR_CAST     ? "(cast "
			    : e->kind == DT_EXPR_XLATE  ? "(xlate "
			    : e->kind == DT_EXPR_SIZEOF ? "(sizeof "
							: "(offsetof ");
	dt_ast_dump_type(out, e->kind == DT_EXPR_SIZEOF     ? e->sizeof_type.type
			      : e->kind == DT_EXPR_OFFSETOF ? e->offsetof_.type
							    : e->cast.type);
	if (e->kind == DT_EXPR_CAST || e->kind == DT_EXPR_XLATE)
		list(out, &e->cast.operand, 1);
	else if (e->kind == DT_EXPR_OFFSETOF)
		dt_strbuf_printf(out, " %s", e->offsetof_.member);
	dt_strbuf_putc(out, ')');
}

void dt_ast_dump_expr(struct dt_strbuf *out, const struct dt_ast_expr *e)
{
	switch (e->kind) {
	case DT_EXPR_INT: dump_num(out, e); break;
	case DT_EXPR_STRING: quoted(out, e->str.s, e->str.len); break;
	case DT_EXPR_MEMBER:
		dt_strbuf_printf(out, "(%s ", e->member.arrow ? "->" : ".");
		dt_ast_dump_expr(out, e->member.base);
		dt_strbuf_printf(out, " %s)", e->member.name);
		break;
	case DT_EXPR_CAST:
	case DT_EXPR_XLATE:
	case DT_EXPR_SIZEOF:
	case DT_EXPR_OFFSETOF: dump_typed(out, e); break;
	case DT_EXPR_INDEX:
	case DT_EXPR_CALL:
	case DT_EXPR_COND:
	case DT_EXPR_UNARY:
	case DT_EXPR_BINARY: dump_list(out, e); break;
	default: dump_named(out, e);
	}
}

static void dump_decl(struct dt_strbuf *out, const struct dt_ast_decl *decl)
{
	static const char *const names[] = { "",        "auto ",    "register ", "static ",
					     "extern ", "typedef ", "self ",     "this " };

	dt_strbuf_printf(out, "(%s", names[decl->class]);
	if (!decl->n)
		dump_spec(out, decl->spec);
	for (size_t i = 0; i < decl->n; i++) {
		const struct dt_ast_declarator *one = &decl->declarators[i];

		dt_strbuf_printf(out, "%s%s ", i ? ", " : "", one->name ? one->name : "_");
		if (i)
			dump_derivs(out,
				    &(struct dt_ast_spec){ .base = DT_BASE_NAME, .name = "same" },
				    one->derivs);
		else
			dump_derivs(out, decl->spec, one->derivs);
		if (one->bits) {
			dt_strbuf_puts(out, " :");
			dt_ast_dump_expr(out, one->bits);
		}
	}
	dt_strbuf_putc(out, ')');
}

static void dump_block(struct dt_strbuf *out, const struct dt_ast_block *block)
{
	for (size_t i = 0; i < block->n; i++) {
		const struct dt_ast_stmt *stmt = block->stmts[i];

		dt_strbuf_putc(out, ' ');
		if (stmt->kind == DT_STMT_EXPR) {
			dt_ast_dump_expr(out, stmt->expr);
			continue;
		}
		dt_strbuf_puts(out, stmt->kind == DT_STMT_IF ? "(if" : "(do");
		if (stmt->expr)
			list(out, &stmt->expr, 1);
		dt_strbuf_puts(out, stmt->kind == DT_STMT_IF ? " (then" : "");
		dump_block(out, &stmt->yes);
		dt_strbuf_putc(out, ')');
		if (stmt->no.n) {
			dt_strbuf_puts(out, " (else");
			dump_block(out, &stmt->no);
			dt_strbuf_putc(out, ')');
		}
		if (stmt->kind == DT_STMT_IF)
			dt_strbuf_putc(out, ')');
	}
}

static void dump_clause(struct dt_strbuf *out, const struct dt_ast_clause *clause)
{
	dt_strbuf_puts(out, "(clause");
	for (size_t i = 0; i < clause->npdescs; i++) {
		const struct dt_pdesc *desc = &clause->pdescs[i].desc;

		if (desc->id)
			dt_strbuf_printf(out, " %u", desc->id);
		else
			dt_strbuf_printf(out, " %s:%s:%s:%s", desc->provider, desc->mod, desc->func,
					 desc->name);
	}
	if (clause->predicate) {
		dt_strbuf_puts(out, " /");
		dt_ast_dump_expr(out, clause->predicate);
		dt_strbuf_puts(out, "/");
	}
	if (clause->has_body) {
		dt_strbuf_puts(out, " {");
		dump_block(out, &clause->body);
		dt_strbuf_puts(out, " }");
	}
	dt_strbuf_putc(out, ')');
}

static void dump_inline(struct dt_strbuf *out, const struct dt_ast_inline *in)
{
	dt_strbuf_printf(out, "(inline %s ", in->name);
	dt_ast_dump_type(out, &in->type);
	if (in->nkeys) {
		dt_strbuf_puts(out, " [");
		dump_params(out, in->keys, in->nkeys);
		dt_strbuf_puts(out, " ]");
	}
	list(out, &in->value, 1);
	dt_strbuf_putc(out, ')');
}

static void dump_xlator(struct dt_strbuf *out, const struct dt_ast_xlator *x)
{
	dt_strbuf_puts(out, "(translator ");
	dt_ast_dump_type(out, &x->out);
	dt_strbuf_printf(out, " (%s ", x->name);
	dt_ast_dump_type(out, &x->in);
	dt_strbuf_putc(out, ')');
	for (size_t i = 0; i < x->nmembers; i++) {
		dt_strbuf_printf(out, " (%s ", x->members[i].name);
		dt_ast_dump_expr(out, x->members[i].value);
		dt_strbuf_putc(out, ')');
	}
	dt_strbuf_putc(out, ')');
}

static void dump_provider(struct dt_strbuf *out, const struct dt_ast_provider *prov)
{
	dt_strbuf_printf(out, "(provider %s", prov->name);
	for (size_t i = 0; i < prov->nprobes; i++) {
		const struct dt_ast_probe *probe = &prov->probes[i];

		dt_strbuf_printf(out, " (probe %s (", probe->name);
		dump_params(out, probe->args, probe->nargs);
		dt_strbuf_putc(out, ')');
		if (probe->has_xargs) {
			dt_strbuf_puts(out, " : (");
			dump_params(out, probe->xargs, probe->nxargs);
			dt_strbuf_putc(out, ')');
		}
		dt_strbuf_putc(out, ')');
	}
	dt_strbuf_putc(out, ')');
}

static void dump_pragma(struct dt_strbuf *out, const struct dt_ast_pragma *pragma)
{
	static const char *const names[] = { "attributes", "binding", "depends_on" };

	dt_strbuf_printf(out, "(pragma %s %s %s", names[pragma->kind], pragma->value, pragma->name);
	if (pragma->part)
		dt_strbuf_printf(out, " %s", pragma->part);
	dt_strbuf_putc(out, ')');
}

static void dump_item(struct dt_strbuf *out, const struct dt_ast_item *item)
{
	switch (item->kind) {
	case DT_ITEM_CLAUSE: dump_clause(out, item->clause); break;
	case DT_ITEM_DECL: dump_decl(out, item->decl); break;
	case DT_ITEM_INLINE: dump_inline(out, item->inline_); break;
	case DT_ITEM_XLATOR: dump_xlator(out, item->xlator); break;
	case DT_ITEM_PROVIDER: dump_provider(out, item->provider); break;
	case DT_ITEM_PRAGMA: dump_pragma(out, item->pragma); break;
	}
}

void dt_ast_dump(struct dt_strbuf *out, const struct dt_ast_program *prog)
{
	for (size_t i = 0; i < prog->n; i++) {
		dump_item(out, &prog->items[i]);
		dt_strbuf_putc(out, '\n');
	}
}
