/* SPDX-License-Identifier: MIT */
/*
 * Types as written (specifiers and derivations, lang/ast.h) become types of types/.  The body of a
 * structure is defined once per specifier, however many declarators and checks there are.
 */
#include <errno.h>
#include <string.h>
#include "check/context.h"
#include "check/convert.h"
#include "check/lookup.h"
#include "base/near.h"
#include "check/node.h"
#include "check/symtab.h"
#include "check/type.h"

/* ---- near misses ---- */

/* Including members of anonymous members. */
static void offer_members(struct dt_check *c, struct dt_near *n, const struct dt_type *sou,
			  unsigned depth)
{
	size_t count;
	const struct dt_member *m = dt_type_members(c->types, sou, &count);

	for (size_t i = 0; i < count; i++) {
		if (m[i].name[0])
			dt_near_offer(n, m[i].name);
		else if (depth < 8 && dt_type_is_sou(m[i].type))
			offer_members(c, n, m[i].type, depth + 1);
	}
}

const char *dt_check_hint_member(struct dt_check *c, const struct dt_type *sou, const char *name)
{
	struct dt_near n;

	dt_near_init(&n, name);
	offer_members(c, &n, sou, 0);
	return dt_near_hint(c->arena, &n);
}

/* Tags of this name: their word may be missing. */
const char *dt_check_hint_tagged(struct dt_check *c, const char *name)
{
	static const struct {
		enum dt_tag tag;
		const char *word;
	} tags[] = { { DT_TAG_STRUCT, "struct" },
		     { DT_TAG_UNION, "union" },
		     { DT_TAG_ENUM, "enum" } };

	for (size_t i = 0; i < ARRAY_SIZE(tags); i++) {
		const struct dt_type *t = dt_types_lookup(c->types, NULL, tags[i].tag, name);

		if (t && !t->incomplete)
			return dt_arena_printf(c->arena, "did you mean \"%s %s\"?", tags[i].word,
					       name);
	}
	return NULL;
}

static const char *hint_type(struct dt_check *c, const char *name)
{
	const char *tagged = dt_check_hint_tagged(c, name);
	struct dt_near n;

	if (tagged)
		return tagged;
	dt_near_init(&n, name);
	for (int which = 0; which < DT_B_COUNT; which++)
		dt_near_offer(&n, dt_type_base(c->types, which)->name);
	if (c->opts->names)
		c->opts->names(c->opts->arg, DT_NAMES_LIBRARY, &n);
	dt_types_each_name(c->types, DT_TAG_NONE, dt_check_offer, &n);
	return dt_near_hint(c->arena, &n);
}

static const char *hint_tag(struct dt_check *c, enum dt_tag tag, const char *name)
{
	static const char *const prefixes[] = {
		[DT_TAG_STRUCT] = "struct ",
		[DT_TAG_UNION] = "union ",
		[DT_TAG_ENUM] = "enum ",
	};
	struct dt_near n;

	if (dt_types_lookup(c->types, NULL, DT_TAG_NONE, name))
		return dt_arena_printf(c->arena, "did you mean \"%s\"?", name);
	if (dt_check_hint_tagged(c, name))
		return dt_check_hint_tagged(c, name);
	dt_near_init(&n, name);
	dt_types_each_name(c->types, tag, dt_check_offer, &n);
	return dt_near_hint_as(c->arena, &n, prefixes[tag]);
}

const char *dt_check_hint_incomplete(struct dt_check *c, const struct dt_type *t)
{
	t = dt_type_complete(c->types, t);
	if (!t->incomplete || !t->name[0])
		return NULL;
	return hint_tag(c,
			t->kind == DT_K_STRUCT  ? DT_TAG_STRUCT
			: t->kind == DT_K_UNION ? DT_TAG_UNION
						: DT_TAG_ENUM,
			t->name);
}

/* ---- arithmetic types ---- */

static void check_words(struct dt_check *c, const struct dt_ast_spec *s)
{
	bool sign = s->nsigned || s->nunsigned, size = s->nshort || s->nlong;

	if ((s->nsigned && s->nunsigned) || s->nsigned > 1 || s->nunsigned > 1 || s->nshort > 1 ||
	    s->nlong > 2 || (s->nshort && s->nlong))
		dt_fail(c->compile, &s->loc, "D_DECL_COMBO", "invalid type combination");
	if (s->base == DT_BASE_NONE || s->base == DT_BASE_INT || (!sign && !size))
		return;
	if (s->base == DT_BASE_VOID)
		dt_fail(c->compile, &s->loc, "D_DECL_VOIDATTR", "invalid attribute for type void");
	if (s->base == DT_BASE_CHAR) {
		if (size)
			dt_fail(c->compile, &s->loc, "D_DECL_CHARATTR",
				"short and long may not be used with char type");
		return;
	}
	if (sign)
		dt_fail(c->compile, &s->loc, "D_DECL_SIGNINT",
			"signed and unsigned may only be used with integer types");
	if (s->base != DT_BASE_DOUBLE || s->nshort || s->nlong != 1)
		dt_fail(c->compile, &s->loc, "D_DECL_LONGINT",
			"short and long may only be used with integer types");
}

static const struct dt_type *arithmetic(struct dt_check *c, const struct dt_ast_spec *s)
{
	static const enum dt_base ints[4][2] = {
		/* short, int, long, long long; signed, unsigned */
		{ DT_B_SHORT, DT_B_USHORT },
		{ DT_B_INT, DT_B_UINT },
		{ DT_B_LONG, DT_B_ULONG },
		{ DT_B_LLONG, DT_B_ULLONG },
	};
	enum dt_base which;

	switch (s->base) {
	case DT_BASE_VOID: which = DT_B_VOID; break;
	case DT_BASE_STRING: which = DT_B_STRING; break;
	case DT_BASE_FLOAT: which = DT_B_FLOAT; break;
	case DT_BASE_DOUBLE: which = s->nlong ? DT_B_LDOUBLE : DT_B_DOUBLE; break;
	case DT_BASE_CHAR:
		which = s->nunsigned ? DT_B_UCHAR : s->nsigned ? DT_B_SCHAR : DT_B_CHAR;
		break;
	default: which = ints[s->nshort ? 0 : 1 + s->nlong][s->nunsigned > 0]; break;
	}
	return dt_type_base(c->types, which);
}

/* ---- structures, unions, enumerations ---- */

static const char *tag_word(enum dt_kind kind)
{
	return kind == DT_K_STRUCT ? "struct" : kind == DT_K_UNION ? "union" : "enum";
}

static void add_member(struct dt_check *c, struct dt_type *sou, const char *name,
		       const struct dt_type *type, int bits, const struct dt_loc *loc)
{
	const char *shown = name ? name : "(anonymous)";
	int err;

	if (dt_type_is_void(type))
		dt_fail(c->compile, loc, "D_DECL_VOIDOBJ", "cannot have void member: %s", shown);
	if (dt_type_strip(type)->kind >= DT_K_SYMADDR)
		dt_fail(c->compile, loc, "D_DECL_DYNOBJ", "cannot have dynamic member: %s", shown);
	err = dt_type_add_member(c->types, sou, name, type, bits);
	switch (err) {
	case 0: return;
	case -EEXIST:
		dt_fail(c->compile, loc, "D_DECL_MNAME",
			"failed to define member '%s': it exists already", shown);
	case -EINVAL:
		dt_fail(c->compile, loc, "D_DECL_BFTYPE", "invalid type for bit-field: %s", shown);
	case -ERANGE:
		dt_fail(c->compile, loc, "D_DECL_BFSIZE", "bit-field too big for type: %s", shown);
	case -ENODATA:
		dt_fail_hint(c->compile, loc, "D_DECL_INCOMPLETE",
			     dt_check_hint_incomplete(c, type),
			     "incomplete struct/union/enum %s: %s", dt_check_tname(c, type), shown);
	default: dt_fail_err(c->compile, -err, NULL);
	}
}

static int bit_width(struct dt_check *c, const struct dt_ast_declarator *d)
{
	int64_t bits;

	if (!d->bits)
		return -1;
	if (!dt_check_const(c, d->bits, &bits) || bits < 0 || (bits == 0 && d->name))
		dt_fail(c->compile, &d->loc, "D_DECL_BFCONST",
			"positive integral constant expression expected as bit-field size");
	if (bits > 64)
		dt_fail(c->compile, &d->loc, "D_DECL_BFSIZE", "bit-field too big for type: %s",
			d->name ? d->name : "(anonymous)");
	return (int)bits;
}

static void add_members(struct dt_check *c, struct dt_type *sou, const struct dt_ast_decl *decl)
{
	const struct dt_type *base = dt_check_spec(c, decl->spec);

	if (decl->class != DT_CLASS_NONE)
		dt_fail(c->compile, &decl->loc, "D_DECL_CLASS",
			"specified storage class not appropriate in a structure");
	if (decl->n == 0) {
		if (!dt_type_is_sou(base) || decl->spec->name)
			dt_fail(c->compile, &decl->loc, "D_DECL_USELESS", "useless declaration");
		add_member(c, sou, NULL, base, -1, &decl->loc);
	}
	for (size_t i = 0; i < decl->n; i++) {
		const struct dt_ast_declarator *d = &decl->declarators[i];

		add_member(c, sou, d->name, dt_check_derive(c, base, d->derivs), bit_width(c, d),
			   &d->loc);
	}
}

static void add_enumerators(struct dt_check *c, struct dt_type *en, const struct dt_ast_spec *s)
{
	int64_t next = 0;

	for (size_t i = 0; i < s->nmembers; i++) {
		const struct dt_ast_enumerator *e = &s->enumerators[i];
		const struct dt_type *other;
		int64_t had;
		int err;

		if (e->value && !dt_check_const(c, e->value, &next))
			dt_fail(c->compile, &e->loc, "D_DECL_ENCONST",
				"enumerator '%s' must be assigned to an integral constant "
				"expression",
				e->name);
		/* GNU C has wider ones: perf_event.h uses them. */
		if ((next < INT32_MIN || next > UINT32_MAX) && !s->in_system)
			dt_fail(c->compile, &e->loc, "D_DECL_ENOFLOW",
				"enumerator '%s' value overflows a 32-bit integer", e->name);
		if (dt_check_var(c, DT_SCOPE_GLOBAL, e->name) ||
		    dt_symtab_inline(c->tab, e->name) || dt_check_builtin(c, e->name, DT_BI_VAR) ||
		    dt_types_enumerator(c->types, "D", e->name, &other, &had))
			dt_fail(c->compile, &e->loc, "D_DECL_IDRED", "identifier redeclared: %s",
				e->name);
		err = dt_type_add_enumerator(c->types, en, e->name, next++);
		if (err)
			dt_fail(c->compile, &e->loc, "D_DECL_IDRED", "enumerator redeclared: %s",
				e->name);
	}
}

static struct dt_type *new_tagged(struct dt_check *c, const struct dt_ast_spec *s,
				  enum dt_kind kind, enum dt_tag tag)
{
	const struct dt_type *was = s->name ? dt_types_lookup_d(c->types, tag, s->name) : NULL;
	struct dt_type *t;

	if (was && was->incomplete)
		return (struct dt_type *)was; /* it was declared; now it is defined */
	if (was)
		dt_fail(c->compile, &s->loc, "D_DECL_TYPERED", "type redeclared: %s %s",
			tag_word(kind), s->name);
	t = dt_type_new_tagged(c->types, kind, s->name);
	if (s->name && dt_types_declare(c->types, t, NULL))
		dt_fail(c->compile, &s->loc, "D_DECL_TYPERED", "type redeclared: %s %s",
			tag_word(kind), s->name);
	return t;
}

static const struct dt_type *with_body(struct dt_check *c, const struct dt_ast_spec *s,
				       enum dt_kind kind, enum dt_tag tag)
{
	struct dt_type *t = new_tagged(c, s, kind, tag);

	t->packed = s->packed;
	if (kind == DT_K_ENUM) {
		c->open_enum = t;
		add_enumerators(c, t, s);
		c->open_enum = NULL;
	} else
		for (size_t i = 0; i < s->nmembers; i++)
			add_members(c, t, s->members[i]);
	dt_type_finish(c->types, t);
	if (kind == DT_K_ENUM && dt_types_declare(c->types, t, NULL))
		dt_fail(c->compile, &s->loc, "D_DECL_IDRED",
			"an enumerator of enum %s is declared already", s->name ? s->name : "");
	return t;
}

static const struct dt_type *tagged(struct dt_check *c, const struct dt_ast_spec *s)
{
	static const struct {
		enum dt_kind kind;
		enum dt_tag tag;
	} kinds[] = {
		[DT_BASE_STRUCT] = { DT_K_STRUCT, DT_TAG_STRUCT },
		[DT_BASE_UNION] = { DT_K_UNION, DT_TAG_UNION },
		[DT_BASE_ENUM] = { DT_K_ENUM, DT_TAG_ENUM },
	};
	enum dt_kind kind = kinds[s->base].kind;
	enum dt_tag tag = kinds[s->base].tag;
	const struct dt_type *t;
	struct dt_type *forward;

	if (s->has_body)
		return with_body(c, s, kind, tag);
	t = s->object ? dt_types_lookup(c->types, s->object, tag, s->name)
		      : dt_types_lookup_d(c->types, tag, s->name);
	if (!t && !s->object && dt_check_use_library(c, s->name))
		t = dt_types_lookup_d(c->types, tag, s->name);
	if (s->object && !t)
		dt_fail_hint(c->compile, &s->loc, "D_TYPE_ERR", hint_tag(c, tag, s->name),
			     "failed to resolve type %s %s`%s: Unknown type name", tag_word(kind),
			     s->object, s->name);
	if (!t && !c->opts->is_library)
		t = dt_types_lookup(c->types, NULL, tag, s->name);
	if (t)
		return t;
	/* A declaration without a body. A library's is not entered: the type is the kernel's,
	 * looked up when it must be complete. */
	forward = dt_type_new_tagged(c->types, kind, s->name);
	if (!c->opts->is_library && dt_types_declare(c->types, forward, NULL))
		dt_fail(c->compile, &s->loc, "D_DECL_TYPERED", "type redeclared: %s %s",
			tag_word(kind), s->name);
	return forward;
}

/* ---- all of them ---- */

static uint32_t quals(uint8_t ast)
{
	return (ast & DT_QUAL_CONST ? DT_Q_CONST : 0) |
	       (ast & DT_QUAL_VOLATILE ? DT_Q_VOLATILE : 0) |
	       (ast & DT_QUAL_RESTRICT ? DT_Q_RESTRICT : 0);
}

static const struct dt_type *qualified(struct dt_check *c, const struct dt_type *t, uint8_t ast)
{
	return ast ? dt_type_qual(c->types, t, quals(ast)) : t;
}

static const struct dt_type *resolve(struct dt_check *c, const struct dt_ast_spec *s)
{
	const struct dt_type *t;

	check_words(c, s);
	if (s->userland)
		dt_fail_hint(c->compile, &s->loc, "D_TYPE_ERR", "copyin() reads user memory",
			     "userland types are not available in this "
			     "version");
	switch (s->base) {
	case DT_BASE_STRUCT:
	case DT_BASE_UNION:
	case DT_BASE_ENUM: return tagged(c, s);
	case DT_BASE_NAME:
		if (!s->object && !dt_types_lookup_d(c->types, DT_TAG_NONE, s->name))
			dt_check_use_library(c, s->name);
		t = dt_types_lookup(c->types, s->object, DT_TAG_NONE, s->name);
		if (!t)
			dt_fail_hint(c->compile, &s->loc, "D_TYPE_ERR", hint_type(c, s->name),
				     "failed to resolve type %s%s%s: Unknown type name",
				     s->object ? s->object : "", s->object ? "`" : "", s->name);
		return t;
	default: return arithmetic(c, s);
	}
}

const struct dt_type *dt_check_spec(struct dt_check *c, const struct dt_ast_spec *spec)
{
	const struct dt_type *t = dt_table_get(&c->specs, &spec, sizeof(spec));
	void **at;

	if (t)
		return t;
	t = qualified(c, resolve(c, spec), spec->quals);
	if (spec->has_body) {
		at = dt_table_at(&c->specs, &spec, sizeof(spec), true);
		*at = (void *)t;
	}
	return t;
}

static const struct dt_type *array_of(struct dt_check *c, const struct dt_type *t,
				      const struct dt_ast_deriv *d)
{
	int64_t n = 0;

	if (d->size && (!dt_check_const(c, d->size, &n) || n < 0))
		dt_fail(c->compile, &d->loc, "D_DECL_ARRSUB",
			"positive integral constant expression or tuple signature expected as "
			"array declaration subscript");
	if (n > UINT32_MAX)
		dt_fail(c->compile, &d->loc, "D_DECL_ARRBIG", "dimension of array is too big: %lld",
			(long long)n);
	if (dt_type_is_void(t) || dt_type_strip(t)->kind == DT_K_FUNC)
		dt_fail(c->compile, &d->loc, "D_DECL_VOIDOBJ", "cannot have an array of %s",
			dt_check_tname(c, t));
	return dt_type_array(c->types, t, (uint64_t)n);
}

static const struct dt_type *func_of(struct dt_check *c, const struct dt_type *ret,
				     const struct dt_ast_deriv *d)
{
	struct dt_param *params = dt_arena_new_array(c->arena, struct dt_param, d->nparams + 1);
	size_t n = d->nparams;

	for (size_t i = 0; i < n; i++) {
		const struct dt_ast_param *p = &d->params[i];
		const struct dt_type *t = dt_check_typename(c, &p->type);

		if (dt_type_is_void(t)) {
			if (n > 1 || p->name || d->variadic)
				dt_fail(c->compile, &p->loc, "D_DECL_PROTO_VOID",
					"void must be the sole parameter of a function");
			n = 0;
			break;
		}
		params[i].name = p->name ? p->name : "";
		params[i].type = dt_type_decay(c->types, t);
	}
	return dt_type_func(c->types, ret, params, n, d->variadic);
}

const struct dt_type *dt_check_derive(struct dt_check *c, const struct dt_type *base,
				      const struct dt_ast_deriv *d)
{
	for (; d; d = d->next) {
		switch (d->kind) {
		case DT_DERIV_POINTER:
			base = qualified(c, dt_type_ptr(c->types, base), d->quals);
			break;
		case DT_DERIV_ARRAY: base = array_of(c, base, d); break;
		case DT_DERIV_FUNC: base = func_of(c, base, d); break;
		case DT_DERIV_ASSOC:
			dt_fail(c->compile, &d->loc, "D_DECL_DYNOBJ",
				"an associative array may only be declared as a variable");
		}
	}
	return base;
}

const struct dt_type *dt_check_typename(struct dt_check *c, const struct dt_ast_type *type)
{
	return dt_check_derive(c, dt_check_spec(c, type->spec), type->derivs);
}

const struct dt_type *dt_check_typetext(struct dt_check *c, const char *text)
{
	/* D's own types have names that cannot be written in a program. */
	for (int which = DT_B_STRING; which <= DT_B_DYN; which++)
		if (strcmp(dt_type_base(c->types, (enum dt_base)which)->name, text) == 0)
			return dt_type_base(c->types, (enum dt_base)which);
	return dt_types_parse(c->types, text);
}

const struct dt_type *dt_check_library_type(struct dt_check *c, const char *text)
{
	const char *name = dt_arena_strndup(c->arena, text, strcspn(text, " *"));

	if (!dt_types_lookup_d(c->types, DT_TAG_NONE, name))
		dt_check_use_library(c, name);
	return dt_types_parse(c->types, text);
}
