/* SPDX-License-Identifier: MIT */
/*
 * The entry of the room: the items of a program in their order, and the probes of each clause.  A
 * clause is checked once for all its probes, or, if it uses args[], once per distinct tuple of the
 * types that it uses.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "base/errno.h"
#include "check/args.h"
#include "check/context.h"
#include "check/decl.h"
#include "check/expr.h"
#include "check/lookup.h"
#include "check/names.h"
#include "check/stability.h"
#include "check/stmt.h"
#include "check/symtab.h"
#include "check/unmatched.h"
#include "check/xlate.h"

/* The probes of one clause, in the order of matching. */
struct found {
	struct dt_probe *probe; /* NULL: belongs to a checked clause already */
	const struct dt_ast_pdesc *pdesc;
	uint32_t round; /* how many descriptions before this one matched it, too */
};
struct finder {
	struct dt_check *c;
	const struct dt_ast_pdesc *pdesc;
	DT_VEC(struct found) list;
};

/* ---- matching ---- */

/* dt_probes_match() holds a list of its own: out of memory is reported when it has returned. */
static int on_match(struct dt_probe *probe, void *arg)
{
	struct finder *f = arg;
	struct found one = { probe, f->pdesc, 0 };
	struct dt_compile *before = dt_arena_guard(f->c->arena, NULL);
	bool ok = dt_vec_push_arena(f->c->arena, &f->list, one);

	dt_arena_guard(f->c->arena, before);
	return ok ? 0 : -ENOMEM;
}

static const char *desc_text(struct dt_check *c, const struct dt_pdesc *d)
{
	return dt_arena_printf(c->arena, "%s:%s:%s:%s", d->provider, d->mod, d->func, d->name);
}

static _Noreturn void no_match(struct dt_check *c, const struct dt_ast_pdesc *p)
{
	struct dt_strbuf why = { 0 };
	const char *hint = NULL;

	if (p->desc.id)
		dt_fail(c->compile, &p->loc, "D_PDESC_INVAL", "invalid probe identifier %u: %s",
			p->desc.id, dt_strerror(EDT_BADID));
	if (c->opts->probes->why_tag)
		dt_fail(c->compile, &p->loc, c->opts->probes->why_tag, "%s",
			dt_strbuf_str(&c->opts->probes->why));
	dt_probes_explain(c->opts->probes, &p->desc, &why);
	if (why.len)
		hint = dt_arena_strdup(c->arena, dt_strbuf_str(&why));
	dt_strbuf_free(&why);
	dt_fail_hint(c->compile, &p->loc, "D_PDESC_ZERO", hint,
		     "probe description %s does not match any probes", desc_text(c, &p->desc));
}

static _Noreturn void match_failed(struct dt_check *c, const struct dt_ast_pdesc *p, int err)
{
	struct dt_probes *probes = c->opts->probes;
	const char *why = probes->why.len ? dt_strbuf_str(&probes->why) : dt_strerror(-err);

	if (err == -ENOMEM)
		dt_fail_nomem(c->compile);
	if (probes->why_tag)
		dt_fail(c->compile, &p->loc, probes->why_tag, "%s", why);
	dt_fail(c->compile, &p->loc, "D_PDESC_INVAL", "invalid probe description \"%s\": %s",
		p->text, why);
}

static void find_probes(struct finder *f, const struct dt_ast_clause *clause)
{
	struct dt_check *c = f->c;

	for (size_t i = 0; i < clause->npdescs; i++) {
		const struct dt_ast_pdesc *p = &clause->pdescs[i];
		size_t before = f->list.n;
		int err;

		f->pdesc = p;
		c->opts->probes->why_tag = NULL;
		dt_strbuf_clear(&c->opts->probes->why);
		err = dt_probes_match(c->opts->probes, &p->desc, on_match, f, NULL);
		if (err)
			match_failed(c, p, err);
		if (f->list.n == before && !c->opts->zdefs)
			no_match(c, p);
	}
}

/*
 * Brings the list into rounds, in each of which a probe stands once.  A probe that several
 * descriptions of a clause match fires once for each of them.
 */
static void sort_rounds(struct finder *f)
{
	struct dt_table counts = { .arena = f->c->arena };
	struct found *sorted = dt_arena_new_array(f->c->arena, struct found, f->list.n);
	size_t *starts = dt_arena_new_array(f->c->arena, size_t, f->list.n + 2);
	uint32_t nrounds = 0;

	for (size_t i = 0; i < f->list.n; i++) {
		struct found *found = &f->list.data[i];
		void **at = dt_table_at(&counts, &found->probe, sizeof(found->probe), true);
		uintptr_t count = (uintptr_t)*at;

		found->round = (uint32_t)count;
		*at = (void *)(count + 1);
		nrounds = DT_MAX(nrounds, found->round + 1);
		starts[found->round + 1]++;
	}
	for (uint32_t round = 1; round < nrounds; round++)
		starts[round] += starts[round - 1];
	for (size_t i = 0; i < f->list.n; i++)
		sorted[starts[f->list.data[i].round]++] = f->list.data[i];
	f->list.data = sorted;
}

/* ---- clauses ---- */

/* A name that has not been declared or assigned so far? */
static bool is_new_name(const struct dt_ast_expr *e, void *arg)
{
	struct dt_check *c = arg;

	switch (e->kind) {
	case DT_EXPR_SELF: return e->id.name && !dt_check_var(c, DT_SCOPE_THREAD, e->id.name);
	case DT_EXPR_THIS: return e->id.name && !dt_check_var(c, DT_SCOPE_CLAUSE, e->id.name);
	case DT_EXPR_IDENT:
		return !dt_check_var(c, DT_SCOPE_GLOBAL, e->id.name) &&
		       !dt_check_inline(c, e->id.name) &&
		       !dt_check_builtin(c, e->id.name, DT_BI_VAR);
	default: return false;
	}
}

static struct dt_tclause *check_clause(struct dt_check *c, const struct dt_ast_clause *ast,
				       const struct found *first, uint32_t index)
{
	struct dt_tclause *t = dt_arena_new_obj(c->arena, struct dt_tclause);
	bool late;

	t->index = index;
	t->loc = ast->loc;
	t->desc = &ast->pdescs[0].desc;
	t->descs = ast->pdescs;
	t->ndescs = ast->npdescs;
	c->clause = t;
	c->probe = first ? first->probe : NULL;
	c->pdesc = first ? first->pdesc : &ast->pdescs[0];
	c->attr = dt_check_stable;
	dt_check_clause_attr(c, t);
	c->sig_known = false;
	c->args_used = 0;
	c->ordinal = 0;
	c->seen_drec = c->seen_commit = c->seen_spec = false;
	/* A predicate may name what only the clause's own assignments declare. */
	late = dt_ast_any(ast->predicate, is_new_name, c);
	if (ast->predicate && !late)
		t->pred = dt_check_predicate(c, ast->predicate);
	dt_check_stmts(c, &ast->body, &t->stmts, &t->nstmts);
	if (late)
		t->pred = dt_check_predicate(c, ast->predicate);
	if (!t->nstmts)
		t->records = true; /* the default action: a line for the probe */
	t->stmtattr = c->attr;
	c->clause = NULL;
	return t;
}

/* Moves the probes that T was checked for from their round of the list to T. */
static void assign_probes(struct dt_check *c, struct dt_tclause *t, struct finder *f, size_t from)
{
	const struct dt_args sig = c->sig;
	const uint32_t used = c->args_used;
	size_t to = from, n = 0;

	while (to < f->list.n && f->list.data[to].round == f->list.data[from].round)
		to++;
	t->probes = dt_arena_new_array(c->arena, struct dt_probe *, to - from);
	for (size_t i = from; i < to; i++) {
		struct dt_probe *p = f->list.data[i].probe;
		struct dt_args other;

		if (!p)
			continue;
		if (used && p != c->probe) {
			dt_check_probe_args(p, &other);
			if (!dt_check_same_args(&sig, &other, used))
				continue;
		}
		t->probes[n++] = p;
		f->list.data[i].probe = NULL;
	}
	t->nprobes = (uint32_t)n;
}

static void add_clause(struct dt_check *c, struct dt_tprog *prog, const struct dt_ast_clause *ast)
{
	struct finder f = { .c = c };
	uint32_t index = prog->nclauses++;
	struct dt_tclause *t;

	c->later_group = false;
	find_probes(&f, ast);
	prog->nprobes_matched += (uint32_t)f.list.n;
	if (!f.list.n) { /* -Z: what does not depend on a probe is checked, and declares */
		t = check_clause(c, dt_check_without_args(c, ast), NULL, index);
		dt_check_split(c, prog, t);
		return;
	}
	if (ast->npdescs > 1)
		sort_rounds(&f);
	for (size_t i = 0; i < f.list.n; i++) {
		if (!f.list.data[i].probe)
			continue;
		c->later_group = i > 0;
		t = check_clause(c, ast, &f.list.data[i], index);
		assign_probes(c, t, &f, i);
		dt_check_split(c, prog, t);
	}
}

/* ---- errors ---- */

/* The name of a variable or aggregation, with a letter that says which; NULL: neither. */
static const char *doubtful_name(struct dt_check *c, const struct dt_ast_expr *e)
{
	static const char letters[] = {
		[DT_SCOPE_GLOBAL] = 'g', [DT_SCOPE_THREAD] = 's', [DT_SCOPE_CLAUSE] = 't'
	};
	enum dt_scope scope;

	if (e->kind == DT_EXPR_AGG)
		return dt_arena_printf(c->arena, "@%s", e->agg.name);
	if (!dt_check_names_var(e, &scope))
		return NULL;
	return dt_arena_printf(c->arena, "%c%s", letters[scope], e->id.name);
}

/* Does the name mean something that was there before the clause that failed? */
static bool is_settled(struct dt_check *c, const struct dt_ast_expr *e,
		       const struct dt_check_mark *mark)
{
	const struct dt_type *type;
	const struct dt_agg *agg;
	const struct dt_var *var;
	enum dt_scope scope;
	int64_t value;

	if (e->kind == DT_EXPR_AGG) {
		agg = dt_symtab_agg_by_name(c->tab, e->agg.name);
		return agg && (size_t)agg->id <= mark->naggs;
	}
	if (!dt_check_names_var(e, &scope))
		return true;
	var = dt_check_var(c, scope, e->id.name);
	if (var || scope != DT_SCOPE_GLOBAL)
		return var && var->id < mark->nvars[scope];
	return dt_check_inline(c, e->id.name) || dt_check_builtin(c, e->id.name, DT_BI_VAR) ||
	       dt_types_enumerator(c->types, NULL, e->id.name, &type, &value);
}

static bool is_doubtful(const struct dt_ast_expr *e, void *arg)
{
	struct dt_check *c = arg;
	const char *name = doubtful_name(c, e);

	return name && dt_table_at(&c->doubtful, name, strlen(name), false);
}

struct doubt {
	struct dt_check *c;
	const struct dt_check_mark *mark;
};

static bool add_doubt(const struct dt_ast_expr *e, void *arg)
{
	const struct doubt *d = arg;
	const char *name = doubtful_name(d->c, e);

	if (name && !is_settled(d->c, e, d->mark) &&
	    !dt_table_at(&d->c->doubtful, name, strlen(name), true))
		dt_fail_nomem(d->c->compile);
	return false;
}

struct attempt {
	struct dt_check *c;
	struct dt_tprog *prog;
	const struct dt_ast_clause *ast;
};

static void attempt(struct dt_compile *compile, void *arg)
{
	const struct attempt *a = arg;

	(void)compile;
	add_clause(a->c, a->prog, a->ast);
}

/* Behind a clause that fails, the next one is checked.  An error in it counts if it has no name in
 * common with those that failed: a variable may have no type, or another one, for want of its first
 * assignment. */
static void try_clause(struct dt_check *c, struct dt_tprog *prog, const struct dt_ast_clause *ast)
{
	struct dt_check_mark mark = dt_check_mark(c->opts);
	struct attempt a = { c, prog, ast };
	struct doubt doubt = { c, &mark };
	struct dt_check before = *c;

	if (dt_compile_try(c->compile, attempt, &a))
		return;
	before.specs = c->specs;
	*c = before;
	dt_symtab_settle(c->tab);
	if (!dt_ast_any_of_clause(ast, is_doubtful, c))
		dt_compile_keep(c->compile);
	dt_ast_any_of_clause(ast, add_doubt, &doubt);
}

/* ---- programs ---- */

static void pragma(struct dt_check *c, const struct dt_ast_pragma *p)
{
	enum dt_names which;
	bool library;

	if (p->kind == DT_PRAGMA_ATTRIBUTES)
		dt_check_attr_pragma(c, p);
	if (p->kind == DT_PRAGMA_BINDING)
		dt_check_binding_pragma(c, p);
	if (p->kind != DT_PRAGMA_DEPENDS_ON || !c->opts->depends ||
	    c->opts->depends(c->opts->arg, c->compile, p->value, p->name))
		return;
	library = strcmp(p->value, "library") == 0;
	which = library                             ? DT_NAMES_LIBRARY_FILE
		: strcmp(p->value, "provider") == 0 ? DT_NAMES_PROVIDER
						    : DT_NAMES_MODULE;
	dt_fail_hint(c->compile, &p->loc, "D_PRAGMA_DEPEND",
		     dt_check_hint_other(c, which, p->name, ""),
		     library ? "program requires %s \"%s\" which failed to load"
			     : "program requires %s \"%s\", which does not exist",
		     p->value, p->name);
}

static void item(struct dt_check *c, struct dt_tprog *prog, const struct dt_ast_item *it)
{
	switch (it->kind) {
	case DT_ITEM_CLAUSE:
		if (!c->opts->decls_only)
			try_clause(c, prog, it->clause);
		break;
	case DT_ITEM_DECL: dt_check_decl(c, it->decl); break;
	case DT_ITEM_INLINE: dt_check_inline_decl(c, it->inline_); break;
	case DT_ITEM_XLATOR: dt_check_xlator_decl(c, it->xlator); break;
	case DT_ITEM_PROVIDER: dt_check_provider_decl(c, it->provider); break;
	case DT_ITEM_PRAGMA: pragma(c, it->pragma); break;
	}
}

static struct dt_check begin(struct dt_compile *compile, const struct dt_check_opts *opts)
{
	return (struct dt_check){
		.compile = compile,
		.arena = compile->arena,
		.opts = opts,
		.types = opts->types,
		.tab = opts->symtab,
		.expr = dt_expr_check,
		.specs = { .arena = compile->arena },
		.doubtful = { .arena = compile->arena },
	};
}

struct dt_tprog *dt_check_program(struct dt_compile *compile, const struct dt_check_opts *opts,
				  const struct dt_ast_program *ast)
{
	struct dt_check c = begin(compile, opts);
	struct dt_tprog *prog = dt_arena_new_obj(compile->arena, struct dt_tprog);

	prog->arena = compile->arena;
	for (size_t i = 0; i < ast->n; i++)
		item(&c, prog, &ast->items[i]);
	dt_compile_end(compile);
	for (size_t i = 0; i < ast->n; i++)
		if (ast->items[i].kind == DT_ITEM_PRAGMA &&
		    ast->items[i].pragma->kind != DT_PRAGMA_DEPENDS_ON)
			dt_check_pragma_unused(&c, ast->items[i].pragma);
	return prog;
}

struct dt_expr *dt_check_expression(struct dt_compile *compile, const struct dt_check_opts *opts,
				    const struct dt_ast_expr *expr)
{
	struct dt_check c = begin(compile, opts);

	return dt_check_any(&c, expr);
}
