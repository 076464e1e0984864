/* SPDX-License-Identifier: MIT */
/*
 * Names in expressions: variables and their elements, built-in variables, enumerators, symbols of
 * the kernel.
 *
 * A plain name is looked up, in this order, among the parameters of the inline or translator that
 * is being expanded, the variables and inlines of the program, the built-in variables, the
 * enumerators of D and of the kernel.
 */
#include <string.h>
#include "check/context.h"
#include "check/convert.h"
#include "check/fold.h"
#include "check/lookup.h"
#include "check/member.h"
#include "check/names.h"
#include "check/node.h"
#include "check/ops.h"
#include "check/stability.h"
#include "check/symtab.h"
#include "check/type.h"
#include "check/xlate.h"

/* The type of a variable whose first value is VALUE. */
static const struct dt_type *var_type(struct dt_check *c, const struct dt_expr *value)
{
	const struct dt_type *t = value->type;

	if (dt_type_is_chararray(t))
		return dt_type_base(c->types, DT_B_STRING);
	switch (dt_type_strip(t)->kind) {
	case DT_K_VOID:
		dt_fail(c->compile, &value->loc, "D_DECL_VOIDOBJ",
			"a variable cannot have the type void");
	case DT_K_STACK:
	case DT_K_SYMADDR:
	case DT_K_USYMADDR:
		dt_fail_hint(c->compile, &value->loc, "D_OP_ACT",
			     "it may be recorded, or be the key of an aggregation",
			     "%s( ) may not be assigned to a variable",
			     value->op == DT_E_CALL ? value->row->name : "action");
	case DT_K_DYN:
		dt_fail(c->compile, &value->loc, "D_OP_DYN",
			"a value whose type is not known may not be assigned");
	default: return dt_type_decay(c->types, t);
	}
}

static struct dt_expr *var_node(struct dt_check *c, struct dt_var *v, const struct dt_loc *loc)
{
	struct dt_expr *e = dt_check_node(c, DT_E_VAR, v->type, loc, 0);

	e->var = v;
	return e;
}

static struct dt_expr *scalar(struct dt_check *c, struct dt_var *v, const struct dt_loc *loc)
{
	if (v->is_assoc)
		dt_fail(c->compile, loc, "D_IDENT_BADREF",
			"associative array %s may not be referenced as a scalar variable",
			dt_check_var_name(c, v->scope, v->name));
	return var_node(c, v, loc);
}

bool dt_check_names_var(const struct dt_ast_expr *ast, enum dt_scope *scope)
{
	switch (ast->kind) {
	case DT_EXPR_IDENT: *scope = DT_SCOPE_GLOBAL; return true;
	case DT_EXPR_SELF: *scope = DT_SCOPE_THREAD; return ast->id.name != NULL;
	case DT_EXPR_THIS: *scope = DT_SCOPE_CLAUSE; return ast->id.name != NULL;
	default: return false;
	}
}

struct dt_expr *dt_check_scoped(struct dt_check *c, const struct dt_ast_expr *ast)
{
	enum dt_scope scope = ast->kind == DT_EXPR_SELF ? DT_SCOPE_THREAD : DT_SCOPE_CLAUSE;
	struct dt_var *v;

	if (!ast->id.name)
		dt_fail(c->compile, &ast->loc, "D_IDENT_BADREF",
			"%s must be followed by -> and the name of a variable",
			scope == DT_SCOPE_THREAD ? "self" : "this");
	v = dt_check_var(c, scope, ast->id.name);
	if (!v)
		dt_fail_hint(c->compile, &ast->loc, "D_VAR_UNDEF",
			     dt_check_hint_var(c, scope, ast->id.name),
			     "%s has not yet been declared or assigned",
			     dt_check_var_name(c, scope, ast->id.name));
	return scalar(c, v, &ast->loc);
}

/* ---- built-in variables ---- */

static struct dt_expr *builtin_node(struct dt_check *c, const struct dt_builtin *row,
				    const struct dt_loc *loc)
{
	const struct dt_type *t;
	struct dt_expr *e;

	dt_check_available(c, row, loc);
	t = row->flags & DT_BF_INDEXED && !dt_check_typetext(c, row->proto)
		    ? dt_type_base(c->types, DT_B_DYN)
		    : dt_check_typetext(c, row->proto);
	if (!t)
		dt_fail(c->compile, loc, "D_SYM_NOTYPES",
			"%s cannot be used: this kernel has no type information (BTF) for %s",
			row->name, row->proto);
	e = dt_check_node(c, DT_E_BUILTIN, t, loc, 0);
	e->row = row;
	return e;
}

static struct dt_expr *builtin_var(struct dt_check *c, const struct dt_builtin *row,
				   const struct dt_loc *loc)
{
	struct dt_expr *e;

	dt_check_available(c, row, loc);
	if (row->flags & DT_BF_INDEXED)
		dt_fail(c->compile, loc, "D_IDENT_BADREF",
			"%s[ ] may not be referenced as a scalar variable", row->name);
	e = builtin_node(c, row, loc);
	if (row->check)
		row->check(c, e);
	return e;
}

/* ---- plain names ---- */

static struct dt_expr *enumerator(struct dt_check *c, const char *module, const char *name,
				  const struct dt_loc *loc)
{
	const struct dt_type *type;
	int64_t value;

	if (c->open_enum && dt_type_enum_value(c->open_enum, name, &value))
		return dt_check_int(c, value, c->open_enum, loc);
	if (!dt_types_enumerator(c->types, module, name, &type, &value))
		return NULL;
	return dt_check_int(c, value, type, loc);
}

static _Noreturn void no_such_name(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const char *name = ast->id.name, *hint;
	static const enum dt_builtin_kind kinds[] = { DT_BI_SUBR, DT_BI_ACTION, DT_BI_AGGFUNC };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (dt_check_builtin(c, name, kinds[i]))
			dt_fail(c->compile, &ast->loc, "D_IDENT_BADREF",
				"function %s( ) may not be referenced as a scalar variable", name);
	}
	hint = dt_check_hint_var(c, DT_SCOPE_GLOBAL, name);
	dt_fail_hint(c->compile, &ast->loc, "D_IDENT_UNDEF",
		     hint ? hint : dt_check_hint_tagged(c, name),
		     "failed to resolve %s: Unknown variable name", name);
}

struct dt_expr *dt_check_ident(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const char *name = ast->id.name;
	const struct dt_builtin *row;
	struct dt_inline *in;
	struct dt_expr *e;
	struct dt_var *v;

	if ((e = dt_check_param(c, name)))
		return e;
	if ((v = dt_check_var(c, DT_SCOPE_GLOBAL, name)))
		return scalar(c, v, &ast->loc);
	if ((in = dt_check_inline(c, name)))
		return dt_check_expand(c, in, NULL, 0, &ast->loc);
	if ((row = dt_check_builtin(c, name, DT_BI_VAR)))
		return builtin_var(c, row, &ast->loc);
	if ((e = enumerator(c, NULL, name, &ast->loc)))
		return e;
	no_such_name(c, ast);
}

/* Would an assignment create it? An enumerator of the kernel does not prevent that. */
static bool would_create(struct dt_check *c, const struct dt_ast_expr *ast, enum dt_scope scope)
{
	const struct dt_type *type;
	const char *name = ast->id.name;
	int64_t value;

	if (dt_check_var(c, scope, name))
		return false;
	if (scope != DT_SCOPE_GLOBAL)
		return true;
	return !dt_check_param(c, name) && !dt_symtab_inline(c->tab, name) &&
	       !dt_check_builtin(c, name, DT_BI_VAR) &&
	       !dt_types_enumerator(c->types, "D", name, &type, &value);
}

/* ---- arrays ---- */

static struct dt_expr *array_key(struct dt_check *c, const struct dt_ast_expr *ast, uint32_t n)
{
	struct dt_expr *e = dt_check_key(c, ast, "associative array", n);

	if (dt_type_strip(e->type)->kind >= DT_K_SYMADDR)
		dt_fail(c->compile, &e->loc, "D_KEY_TYPE",
			"action expression may not be used as associative array index: key #%u", n);
	return e;
}

/* An element of an associative array; the keys are converted to their types. */
static struct dt_expr *element(struct dt_check *c, struct dt_var *v,
			       const struct dt_ast_expr *const *keys, size_t n,
			       const struct dt_loc *loc)
{
	const char *name = dt_check_var_name(c, v->scope, v->name);
	struct dt_expr *e;

	if (n != v->nkeys)
		dt_fail(c->compile, loc, "D_PROTO_LEN",
			"%s[ ] prototype mismatch: %zu key%s passed, %u expected", name, n,
			n == 1 ? "" : "s", v->nkeys);
	e = dt_check_node(c, DT_E_ELEM, v->type, loc, 0);
	e->var = v;
	e->nkids = v->nkeys;
	e->kids = dt_arena_new_array(c->arena, struct dt_expr *, n);
	for (uint32_t i = 0; i < n; i++) {
		struct dt_expr *key = array_key(c, keys[i], i + 1);

		e->kids[i] = dt_check_convert(c, key, v->keys[i]);
		if (!e->kids[i])
			dt_fail(c->compile, &key->loc, "D_PROTO_ARG",
				"%s[ ] key #%u is incompatible with prototype:\n\tprototype: "
				"%s\n\t argument: %s",
				name, i + 1, dt_check_tname(c, v->keys[i]),
				dt_check_tname(c, key->type));
	}
	return e;
}

static struct dt_var *new_array(struct dt_check *c, const struct dt_ast_expr *ast,
				enum dt_scope scope, const struct dt_type *type)
{
	size_t n = ast->index.nkeys;
	const struct dt_type **keys;
	struct dt_var *v;

	if (scope == DT_SCOPE_CLAUSE)
		dt_fail(c->compile, &ast->loc, "D_ARR_LOCAL",
			"this->%s cannot be an associative array: clause-local ones do not exist",
			ast->index.base->id.name);
	/* The keys first: they may fail, or create variables. */
	keys = dt_arena_new_array(c->tab->arena, const struct dt_type *, n);
	if (!keys)
		dt_fail_nomem(c->compile);
	for (size_t i = 0; i < n; i++)
		keys[i] = dt_type_unqual(array_key(c, ast->index.keys[i], (uint32_t)i + 1)->type);
	v = dt_check_new_var(c, scope, ast->index.base->id.name, type, &ast->loc);
	v->is_assoc = true;
	v->keys = keys;
	v->nkeys = (uint32_t)n;
	return v;
}

/* Is it a part of a variable, and not what a pointer points to? */
static bool is_in_variable(const struct dt_expr *e)
{
	while (e->op == DT_E_DEREF || e->op == DT_E_ADDROF || e->op == DT_E_ADD ||
	       e->op == DT_E_CAST) {
		if (e->op == DT_E_DEREF && dt_type_is_ptr(e->type))
			return false;
		e = e->kids[0];
	}
	return (e->op == DT_E_VAR || e->op == DT_E_ELEM) && !dt_type_is_ptr(e->type);
}

/* INDEX of an array of NELEMS elements, or UINT64_MAX.  An array of none or one at the end of a
 * structure may stand for one of any length, except in a variable. */
static struct dt_expr *bounded(struct dt_check *c, const struct dt_expr *base,
			       struct dt_expr *index, uint64_t nelems)
{
	const struct dt_type *t = dt_type_strip(base->type);
	struct dt_expr *e;
	int64_t i;

	if (nelems == UINT64_MAX || (nelems <= 1 && !is_in_variable(base)))
		return index;
	if (!dt_check_const_arg(index, &i)) {
		e = dt_check_node(c, DT_E_BOUND, index->type, &index->loc, 1, index);
		e->nelems = nelems;
		e->step = dt_type_size(c->types, t->base);
		return e;
	}
	if (i < 0 || (uint64_t)i >= nelems)
		dt_fail(c->compile, &index->loc, "D_ARR_BOUNDS",
			"index outside array bounds: %lld, array size is %llu", (long long)i,
			(unsigned long long)nelems);
	return index;
}

/* base[index] of a pointer or a C array. */
static struct dt_expr *subscript(struct dt_check *c, struct dt_expr *base,
				 const struct dt_ast_expr *ast)
{
	const struct dt_type *t = dt_type_strip(base->type), *elem;
	uint64_t nelems = t->kind == DT_K_ARRAY ? t->nelems : UINT64_MAX;
	struct dt_expr *index, *addr;
	int64_t i;

	if (ast->index.nkeys != 1)
		dt_fail(c->compile, &ast->loc, "D_PROTO_LEN",
			"[ ] prototype mismatch: %zu keys passed, 1 expected by type \"%s\"",
			ast->index.nkeys, dt_check_tname(c, base->type));
	if (t->kind == DT_K_STRING) {
		nelems = dt_type_size(c->types, t);
		base = dt_check_chars(c, base);
		t = dt_type_strip(base->type);
	}
	if (base->op == DT_E_XLATE || (t->kind != DT_K_PTR && t->kind != DT_K_ARRAY))
		dt_fail(c->compile, &ast->loc, "D_ARR_BADREF",
			"operator [ ] may not be applied to an operand of type \"%s\"",
			dt_check_tname(c, base->type));
	index = dt_check_expr(c, ast->index.keys[0]);
	if (!dt_type_is_integer(index->type))
		dt_fail(c->compile, &index->loc, "D_KEY_TYPE",
			"%s expression may not be used as array index: key #1",
			dt_check_tname(c, index->type));
	index = bounded(c, base, index, nelems);
	elem = t->base;
	base = dt_check_value(c, base);
	if (dt_type_is_void(elem))
		dt_fail(c->compile, &ast->loc, "D_DEREF_VOID",
			"cannot dereference pointer to void");
	if (dt_check_const_arg(index, &i) && dt_type_size(c->types, elem))
		return dt_check_deref(c, base,
				      (int64_t)((uint64_t)i * dt_type_size(c->types, elem)), elem,
				      &ast->loc);
	addr = dt_check_binary(c, DT_OP_ADD, base, index, &ast->loc);
	return dt_check_deref(c, addr, 0, elem, &ast->loc);
}

static struct dt_expr *builtin_array(struct dt_check *c, const struct dt_builtin *row,
				     const struct dt_ast_expr *ast)
{
	struct dt_expr *e;

	if (ast->index.nkeys != 1)
		dt_fail(c->compile, &ast->loc, "D_PROTO_LEN",
			"%s[ ] prototype mismatch: %zu keys passed, 1 expected", row->name,
			ast->index.nkeys);
	e = builtin_node(c, row, &ast->loc);
	e->nkids = 1;
	e->kids = dt_arena_new_array(c->arena, struct dt_expr *, 1);
	e->kids[0] = dt_check_expr(c, ast->index.keys[0]);
	if (row->check)
		row->check(c, e);
	return e;
}

struct dt_expr *dt_check_index(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const struct dt_ast_expr *base = ast->index.base;
	const struct dt_builtin *row;
	struct dt_inline *in;
	enum dt_scope scope;
	struct dt_var *v;

	if (!dt_check_names_var(base, &scope))
		return subscript(c, dt_check_any(c, base), ast);
	if (scope == DT_SCOPE_GLOBAL && dt_check_param(c, base->id.name))
		return subscript(c, dt_check_param(c, base->id.name), ast);
	v = dt_check_var(c, scope, base->id.name);
	if (v)
		return v->is_assoc ? element(c, v, ast->index.keys, ast->index.nkeys, &ast->loc)
				   : subscript(c, var_node(c, v, &base->loc), ast);
	if (scope == DT_SCOPE_GLOBAL && (in = dt_check_inline(c, base->id.name)) && in->ast->nkeys)
		return dt_check_expand(c, in, ast->index.keys, ast->index.nkeys, &ast->loc);
	row = scope == DT_SCOPE_GLOBAL ? dt_check_builtin(c, base->id.name, DT_BI_VAR) : NULL;
	if (row && row->flags & DT_BF_INDEXED)
		return builtin_array(c, row, ast);
	return subscript(c, dt_check_any(c, base), ast);
}

struct dt_expr *dt_check_target(struct dt_check *c, const struct dt_ast_expr *ast,
				const struct dt_expr *value)
{
	const struct dt_ast_expr *base = ast->kind == DT_EXPR_INDEX ? ast->index.base : ast;
	const struct dt_type *type;
	enum dt_scope scope;

	if (ast->kind == DT_EXPR_IDENT &&
	    (dt_check_param(c, ast->id.name) || dt_symtab_inline(c->tab, ast->id.name)))
		dt_fail(c->compile, &ast->loc, "D_OP_WRITE",
			"operator can only be applied to a writable variable; %s is %s",
			ast->id.name,
			dt_check_param(c, ast->id.name) ? "a parameter" : "an inline");
	if (!c->unevaluated && dt_check_names_var(base, &scope) && would_create(c, base, scope)) {
		type = value ? var_type(c, value) : dt_type_base(c->types, DT_B_INT64);
		if (ast->kind == DT_EXPR_INDEX)
			new_array(c, ast, scope, type);
		else
			return var_node(c,
					dt_check_new_var(c, scope, base->id.name, type, &base->loc),
					&ast->loc);
	}
	if (ast->kind == DT_EXPR_MEMBER) {
		struct dt_expr *sou = dt_check_any(c, ast->member.base);

		if (sou->op == DT_E_XLATE)
			dt_fail(c->compile, &ast->loc, "D_OP_LVAL",
				"member %s of a translated object may not be assigned to",
				ast->member.name);
		return dt_check_member(c, sou, ast->member.name, ast->member.arrow, &ast->loc);
	}
	return dt_check_any(c, ast);
}

/* ---- the kernel's symbols ---- */

/* A variable on this CPU: its address plus the CPU's offset. */
static struct dt_expr *percpu(struct dt_check *c, uint64_t addr, const struct dt_type *type,
			      const struct dt_loc *loc)
{
	const struct dt_type *ulong = dt_type_base(c->types, DT_B_ULONG);
	const struct dt_builtin *cpu = dt_check_builtin(c, "cpu", DT_BI_VAR);
	struct dt_expr *offset;
	uint64_t table;

	if (!cpu || !c->opts->symbol(c->opts->arg, NULL, "__per_cpu_offset", &table))
		dt_fail(c->compile, loc, "D_SYM_BADREF",
			"the per-CPU variables of this kernel cannot be found");
	offset = dt_check_binary(c, DT_OP_ADD,
				 dt_check_int(c, (int64_t)table, dt_type_ptr(c->types, ulong), loc),
				 builtin_var(c, cpu, loc), loc);
	offset = dt_check_deref(c, offset, 0, ulong, loc);
	offset = dt_check_binary(c, DT_OP_ADD, dt_check_int(c, (int64_t)addr, ulong, loc), offset,
				 loc);
	return dt_check_deref(c, dt_check_cast(c, offset, dt_type_ptr(c->types, type)), 0, type,
			      loc);
}

/* BTF has the types of functions and per-CPU variables, since Linux 6.15 of all variables.  The
 * others' are what the program says.  NULL: nobody has. */
static const struct dt_type *symbol_type(struct dt_check *c, const char *module, const char *name,
					 bool *is_percpu)
{
	const struct dt_type *type = dt_types_symbol(c->types, module, name, is_percpu);
	const struct dt_extern *e = type ? NULL : dt_table_gets(&c->tab->externs, name);

	return e ? e->type : type;
}

static _Noreturn void no_symbol(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const char *module = ast->id.object ? ast->id.object : "", *hint;
	bool has_data;
	uint64_t addr;

	has_data = !c->opts->symbol || c->opts->symbol(c->opts->arg, NULL, "init_task", &addr);
	hint = dt_check_hint_other(c, DT_NAMES_SYMBOL, ast->id.name, "`");
	if (!hint && !has_data)
		hint = "this kernel's table of symbols has functions only: it was built without "
		       "CONFIG_KALLSYMS_ALL";
	dt_fail_hint(c->compile, &ast->loc, "D_IDENT_UNDEF", hint,
		     "failed to resolve %s`%s: Unknown symbol name", module, ast->id.name);
}

static _Noreturn void no_type(struct dt_check *c, const struct dt_ast_expr *ast)
{
	const char *module = ast->id.object ? ast->id.object : "", *name = ast->id.name;

	dt_fail_hint(c->compile, &ast->loc, "D_SYM_NOTYPES",
		     dt_arena_printf(c->arena,
				     "declare it (extern unsigned long %s;) or write "
				     "*(TYPE *)&%s`%s",
				     name, module, name),
		     "no type information is available for %s`%s", module, name);
}

struct dt_expr *dt_check_sym(struct dt_check *c, const struct dt_ast_expr *ast, bool for_address)
{
	const char *module = ast->id.object, *name = ast->id.name;
	const struct dt_type *type;
	struct dt_expr *e;
	bool is_percpu = false;
	uint64_t addr;

	if ((e = enumerator(c, module, name, &ast->loc)))
		return e;
	if (module && strspn(module, "0123456789") == strlen(module))
		dt_fail(c->compile, &ast->loc, "D_SYM_BADREF",
			"symbols of processes (%s`%s) are not available in this version; "
			"copyin() reads their memory",
			module, name);
	if (!c->opts->symbol || !c->opts->symbol(c->opts->arg, module, name, &addr))
		no_symbol(c, ast);
	dt_check_use_symbol(c, name, &ast->loc);
	type = symbol_type(c, module, name, &is_percpu);
	if (type && is_percpu)
		return percpu(c, addr, type, &ast->loc);
	if (!type && !for_address)
		no_type(c, ast);
	if (!type)
		type = dt_type_base(c->types, DT_B_VOID);
	e = dt_check_int(c, (int64_t)addr, dt_type_ptr(c->types, type), &ast->loc);
	return dt_check_deref(c, e, 0, type, &ast->loc);
}
