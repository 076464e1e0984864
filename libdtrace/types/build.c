/* SPDX-License-Identifier: MIT */
/*
 * The context of types/, and how types are made: pointers, arrays and qualified types (one object
 * for each, which the base remembers), typedefs, functions, and structures, laid out as gcc does on
 * LP64.  Called for the declarations of D programs, by the conversion from BTF (kernel.c), and by
 * every rule that needs a new pointer type.
 */
#include <errno.h>
#include <string.h>
#include "base/fail.h"
#include "types/internal.h"

struct dt_types *dt_types_new(void)
{
	struct dt_types *types = calloc(1, sizeof(*types));

	if (!types)
		return NULL;
	types->arena = dt_arena_new();
	if (!types->arena || !dt_types_add_builtin(types)) {
		dt_types_free(types);
		return NULL;
	}
	types->decls.n = 0; /* the built-in ones cannot be taken back */
	dt_types_set_strsize(types, 256);
	return types;
}

void dt_types_free(struct dt_types *types)
{
	if (!types)
		return;
	dt_types_close_units(types);
	for (size_t i = 0; i < ARRAY_SIZE(types->names); i++)
		dt_table_free(&types->names[i]);
	dt_table_free(&types->enumerators);
	dt_table_free(&types->units);
	dt_vec_free(&types->decls);
	dt_arena_free(types->arena);
	free(types);
}

struct dt_compile *dt_types_guard(struct dt_types *types, struct dt_compile *compile)
{
	types->guard = compile;
	return dt_arena_guard(types->arena, compile);
}

void dt_types_nomem(struct dt_types *types)
{
	if (types->guard)
		dt_fail_nomem(types->guard);
}

void dt_types_set_strsize(struct dt_types *types, uint64_t size_bytes)
{
	types->base[DT_B_STRING]->size = size_bytes;
	types->base[DT_B_STRING]->nelems = size_bytes;
}

struct dt_type *dt_type_alloc(struct dt_types *types, enum dt_kind kind, const char *name)
{
	struct dt_type *t = dt_arena_new_obj(types->arena, struct dt_type);

	if (!t)
		return NULL;
	t->kind = kind;
	t->name = name && *name ? dt_arena_strdup(types->arena, name) : "";
	t->filled = true;
	return t->name ? t : NULL;
}

const struct dt_type *dt_type_ptr(struct dt_types *types, const struct dt_type *base)
{
	struct dt_type *t = base->ptr_to;

	if (t)
		return t;
	t = dt_type_alloc(types, DT_K_PTR, NULL);
	if (!t)
		return NULL;
	t->base = base;
	t->size = t->align = sizeof(void *);
	((struct dt_type *)base)->ptr_to = t;
	return t;
}

const struct dt_type *dt_type_array(struct dt_types *types, const struct dt_type *elem,
				    uint64_t nelems)
{
	struct dt_type *t = dt_type_alloc(types, DT_K_ARRAY, NULL);

	if (!t)
		return NULL;
	t->base = elem;
	t->nelems = nelems;
	t->index = types->base[DT_B_LONG];
	t->size = dt_type_strip(elem)->size * nelems;
	t->align = dt_type_strip(elem)->align;
	return t;
}

const struct dt_type *dt_type_qual(struct dt_types *types, const struct dt_type *base,
				   uint32_t quals)
{
	struct dt_type *t;

	quals &= DT_Q_CONST | DT_Q_VOLATILE | DT_Q_RESTRICT;
	if (base->kind == DT_K_QUAL) {
		quals |= base->quals;
		base = base->base;
	}
	if (!quals)
		return base;
	t = base->qualified[quals];
	if (t)
		return t;
	t = dt_type_alloc(types, DT_K_QUAL, NULL);
	if (!t)
		return NULL;
	t->quals = quals;
	t->base = base;
	t->size = base->size;
	t->align = base->align;
	((struct dt_type *)base)->qualified[quals] = t;
	return t;
}

const struct dt_type *dt_type_typedef(struct dt_types *types, const char *name,
				      const struct dt_type *base)
{
	struct dt_type *t = base ? dt_type_alloc(types, DT_K_TYPEDEF, name) : NULL;

	if (!t)
		return NULL;
	t->base = base;
	t->size = base->size;
	t->align = base->align;
	return t;
}

const struct dt_type *dt_type_func(struct dt_types *types, const struct dt_type *ret,
				   const struct dt_param *params, size_t nparams, bool variadic)
{
	struct dt_type *t = dt_type_alloc(types, DT_K_FUNC, NULL);
	struct dt_param *copy;

	if (!t)
		return NULL;
	t->base = ret;
	t->align = 1;
	t->variadic = variadic;
	copy = dt_arena_new_array(types->arena, struct dt_param, nparams ? nparams : 1);
	if (!copy)
		return NULL;
	for (size_t i = 0; i < nparams; i++) {
		copy[i].type = params[i].type;
		copy[i].name = params[i].name ? dt_arena_strdup(types->arena, params[i].name) : "";
	}
	t->params = copy;
	t->nparams = (uint32_t)nparams;
	return t;
}

struct dt_type *dt_type_new_tagged(struct dt_types *types, enum dt_kind kind, const char *name)
{
	struct dt_type *t = dt_type_alloc(types, kind, name);

	if (!t)
		return NULL;
	t->incomplete = true;
	t->align = 1;
	if (kind == DT_K_ENUM)
		t->base = types->base[DT_B_INT];
	return t;
}

/* Lists grow by doubling in the arena, which keeps the old copy. */
static void *grow_list(struct dt_types *types, const void *list, size_t n, size_t elem_size)
{
	void *copy;

	if (n & (n - 1)) /* there is room up to the next power of two */
		return (void *)list;
	copy = dt_arena_alloc(types->arena, (n ? 2 * n : 1) * elem_size);
	if (copy && n)
		memcpy(copy, list, n * elem_size);
	return copy;
}

/* gcc's rule: a bit-field that would cross a boundary of its type moves to the next one. */
static int place_bitfield(struct dt_type *sou, const struct dt_type *type, int bits, uint64_t *at)
{
	const struct dt_type *plain = dt_type_strip(type);
	uint64_t unit = plain->size * 8;

	if (!dt_type_is_integer(plain))
		return -EINVAL;
	if ((uint64_t)bits > unit)
		return -ERANGE;
	if (sou->kind == DT_K_STRUCT && !sou->packed &&
	    *at / unit != (*at + (uint64_t)bits - 1) / unit)
		*at = DT_ALIGN(*at, unit);
	return 0;
}

/* Arrays without elements ([] at the end) and structures without members have no size, and may be
 * members. */
static bool may_be_member(const struct dt_type *type, uint64_t size)
{
	const struct dt_type *plain = dt_type_strip(type);

	return size || plain->kind == DT_K_ARRAY || (dt_type_is_sou(plain) && !plain->incomplete);
}

/* Lists of more than this many names, of members or enumerators, are searched by a table. */
#define SHORT_LIST 16

static const char *list_name(const struct dt_type *tagged, uint32_t place)
{
	return tagged->kind == DT_K_ENUM ? tagged->enumerators[place].name
					 : tagged->members[place].name;
}

/* Place + 1; 0: not in the list. */
static uint32_t find_name(const struct dt_type *tagged, uint32_t n, const char *name)
{
	if (!*name)
		return 0;
	if (tagged->places)
		return (uint32_t)(uintptr_t)dt_table_gets(tagged->places, name);
	for (uint32_t i = 0; i < n; i++) {
		if (!strcmp(list_name(tagged, i), name))
			return i + 1;
	}
	return 0;
}

bool dt_type_enum_value(const struct dt_type *enumeration, const char *name, int64_t *value)
{
	uint32_t place = find_name(enumeration, enumeration->nenumerators, name);

	if (place)
		*value = enumeration->enumerators[place - 1].value;
	return place;
}

/* The list of TAGGED has got its Nth name. */
static bool note_name(struct dt_types *types, struct dt_type *tagged, uint32_t n)
{
	uint32_t first = n - 1;

	if (n <= SHORT_LIST)
		return true;
	if (!tagged->places) {
		tagged->places = dt_arena_new_obj(types->arena, struct dt_table);
		if (!tagged->places)
			return false;
		tagged->places->arena = types->arena;
		first = 0;
	}
	for (uint32_t i = first; i < n; i++) {
		const char *name = list_name(tagged, i);

		if (*name && !dt_table_puts(tagged->places, name, (void *)(uintptr_t)(i + 1)))
			return false;
	}
	return true;
}

/* Until dt_type_finish(), nelems holds where the members so far end, in bits. */
int dt_type_add_member(struct dt_types *types, struct dt_type *sou, const char *name,
		       const struct dt_type *type, int bits)
{
	uint64_t end = sou->kind == DT_K_STRUCT ? sou->nelems : 0;
	uint64_t size = dt_type_size(types, type), width = bits < 0 ? size * 8 : (uint64_t)bits;
	uint32_t align = sou->packed ? 1 : dt_type_align(types, type);
	struct dt_member m = { .type = type };
	struct dt_member *list;
	int err = 0;

	name = name ? name : "";
	if (find_name(sou, sou->nmembers, name))
		return -EEXIST;
	if (!may_be_member(type, size))
		return -ENODATA;
	if (bits < 0) {
		m.offset_bits = DT_ALIGN(end, align * 8ULL);
	} else if (!bits) {
		sou->nelems = DT_ALIGN(end, size * 8);
		return *name || !dt_type_is_integer(type) ? -EINVAL : 0;
	} else {
		err = place_bitfield(sou, type, bits, &end);
		m.offset_bits = end;
		m.bits = (uint32_t)bits;
	}
	if (err)
		return err;
	if (bits < 0 || *name) /* a nameless bit-field does not align its structure */
		sou->align = DT_MAX(sou->align, align);
	sou->nelems = DT_MAX(sou->nelems, m.offset_bits + width);
	if (bits > 0 && !*name)
		return 0; /* padding */
	list = grow_list(types, sou->members, sou->nmembers, sizeof(*list));
	m.name = dt_arena_strdup(types->arena, name);
	if (!list || !m.name)
		return -ENOMEM;
	list[sou->nmembers] = m;
	sou->members = list;
	sou->nmembers++;
	return note_name(types, sou, sou->nmembers) ? 0 : -ENOMEM;
}

int dt_type_add_enumerator(struct dt_types *types, struct dt_type *enumeration, const char *name,
			   int64_t value)
{
	struct dt_enumerator *list;
	char *copy;

	if (find_name(enumeration, enumeration->nenumerators, name))
		return -EEXIST;
	list = grow_list(types, enumeration->enumerators, enumeration->nenumerators, sizeof(*list));
	copy = dt_arena_strdup(types->arena, name);
	if (!list || !copy)
		return -ENOMEM;
	list[enumeration->nenumerators++] = (struct dt_enumerator){ copy, value };
	enumeration->enumerators = list;
	return note_name(types, enumeration, enumeration->nenumerators) ? 0 : -ENOMEM;
}

/* GNU C: an enumeration is as wide as its values need. */
static bool is_wide(const struct dt_type *enumeration)
{
	for (uint32_t i = 0; i < enumeration->nenumerators; i++)
		if (enumeration->enumerators[i].value < INT32_MIN ||
		    enumeration->enumerators[i].value > UINT32_MAX)
			return true;
	return false;
}

void dt_type_finish(struct dt_types *types, struct dt_type *tagged)
{
	struct dt_types_decl undo = { .what = DT_UNDO_COMPLETION, .type = tagged };

	if (!dt_vec_push(&types->decls, undo)) {
		dt_types_nomem(types);
		return;
	}
	tagged->incomplete = false;
	if (tagged->kind == DT_K_ENUM) {
		tagged->size = tagged->align = is_wide(tagged) ? 8 : 4;
		tagged->is_signed = true;
		return;
	}
	tagged->size = DT_ALIGN(tagged->nelems, tagged->align * 8ULL) / 8;
	tagged->nelems = 0;
}

size_t dt_types_mark(struct dt_types *types)
{
	return types->decls.n;
}

void dt_types_rollback(struct dt_types *types, size_t mark)
{
	while (types->decls.n > mark) {
		struct dt_types_decl *d = &types->decls.data[--types->decls.n];

		switch (d->what) {
		case DT_UNDO_TYPE:
			dt_table_remove(&types->names[d->tag], d->name, strlen(d->name));
			break;
		case DT_UNDO_ENUMERATOR:
			dt_table_remove(&types->enumerators, d->name, strlen(d->name));
			break;
		case DT_UNDO_COMPLETION:
			d->type->incomplete = true;
			d->type->size = d->type->nmembers = d->type->nenumerators = 0;
			d->type->align = 1;
			break;
		}
	}
}
