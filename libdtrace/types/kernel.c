/* SPDX-License-Identifier: MIT */
/*
 * From BTF to dt_type, on demand.  A type is converted when it is first asked for, and the members
 * of a structure when those are asked for, so that looking at one member of task_struct does not
 * convert the whole kernel.  The questions that providers have about BTF are answered here too.  A
 * unit is one opened BTF; it belongs to the context.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "base/strbuf.h"
#include "types/internal.h"

static const struct dt_btf_unit no_unit; /* in the table: this module has no BTF */

static void close_unit(struct dt_btf_unit *unit)
{
	if (!unit || unit == &no_unit)
		return;
	dt_btf_close(unit->btf);
	free(unit->memo);
	free(unit);
}

void dt_types_close_units(struct dt_types *types)
{
	for (size_t i = 0; i < types->units.nslots; i++) {
		if (types->units.slots[i].key)
			close_unit(types->units.slots[i].value);
	}
}

static struct dt_btf_unit *open_unit(struct dt_types *types, const char *name,
				     struct dt_btf_unit *base)
{
	const char *own_name = dt_arena_strdup(types->arena, name);
	struct dt_btf_unit *unit = calloc(1, sizeof(*unit));

	if (!unit || dt_btf_open(name, base ? base->btf : NULL, &unit->btf) != 0)
		goto fail;
	unit->base = base;
	unit->name = own_name;
	unit->memo = calloc(unit->btf->max_types, sizeof(*unit->memo));
	if (unit->name && unit->memo)
		return unit;
fail:
	close_unit(unit);
	return NULL;
}

static const char *canonical(const char *module)
{
	static const char *const kernels[] = { "vmlinux", "kernel", "genunix", "unix",
					       "mach_kernel" };

	if (!module || !*module)
		return kernels[0];
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		if (!strcmp(module, kernels[i]))
			return kernels[0];
	}
	return module;
}

bool dt_types_is_module(const char *module)
{
	char path[128];
	int len = snprintf(path, sizeof(path), "/sys/module/%s", module);

	return (size_t)len < sizeof(path) && !strchr(module, '/') && !access(path, F_OK);
}

struct dt_btf_unit *dt_types_unit(struct dt_types *types, const char *module)
{
	const char *name = canonical(module);
	struct dt_btf_unit *unit = dt_table_gets(&types->units, name), *base = NULL;

	if (unit)
		return unit == &no_unit ? NULL : unit;
	if (strcmp(name, "vmlinux") != 0) {
		base = dt_types_unit(types, NULL);
		if (!base)
			return NULL;
	}
	unit = open_unit(types, name, base);
	/* The types of a driver that is built in are the core kernel's. */
	if (!unit && base && dt_types_is_module(name))
		return base;
	if (!dt_table_puts(&types->units, name, unit ? unit : (void *)&no_unit)) {
		close_unit(unit);
		dt_types_nomem(types);
		return NULL;
	}
	return unit;
}

/* The names of modules with BTF, each with its NUL. The directory is closed before any of them
 * is opened, since that may fail a compile. */
static void module_names(struct dt_strbuf *names)
{
	DIR *dir = opendir("/sys/kernel/btf");
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.' && strcmp(entry->d_name, "vmlinux") != 0)
			dt_strbuf_add(names, entry->d_name, strlen(entry->d_name) + 1);
	if (dir)
		closedir(dir);
}

int dt_types_each_module(dt_types_module_fn *fn, void *arg)
{
	struct dt_strbuf names = { 0 };
	int stop = 0;

	module_names(&names);
	if (names.nomem)
		stop = -ENOMEM;
	for (const char *name = names.s; !stop && name && name < names.s + names.len;
	     name += strlen(name) + 1)
		stop = fn(name, arg);
	dt_strbuf_free(&names);
	return stop;
}

struct unit_query {
	struct dt_types *types;
	bool (*fn)(struct dt_types *types, struct dt_btf_unit *unit, void *arg);
	void *arg;
};

static int ask_unit(const char *module, void *arg)
{
	struct unit_query *q = arg;
	struct dt_btf_unit *unit = dt_types_unit(q->types, module);

	return unit && q->fn(q->types, unit, q->arg);
}

/* Calls FN for each module that has BTF until FN returns true. */
static bool each_module(struct dt_types *types,
			bool (*fn)(struct dt_types *, struct dt_btf_unit *, void *arg), void *arg)
{
	struct unit_query q = { types, fn, arg };

	return dt_types_each_module(ask_unit, &q) > 0;
}

/* ---- conversion ---- */

static const char *name_of(struct dt_btf_unit *unit, const struct btf_type *b)
{
	return dt_btf_str(unit->btf, b->name_off);
}

/* Names stay in the mapping, which lives as long as the context. */
static struct dt_type *new_type(struct dt_types *types, struct dt_btf_unit *unit, enum dt_kind kind,
				const struct btf_type *b)
{
	struct dt_type *t = dt_type_alloc(types, kind, NULL);

	if (!t)
		return NULL;
	t->name = name_of(unit, b);
	t->unit = unit;
	t->module = unit->name;
	return t;
}

/* The kernel's "long unsigned int" is D's "unsigned long": one object, one name. char is D's,
 * signed. */
static struct dt_type *convert_int(struct dt_types *types, struct dt_btf_unit *unit,
				   const struct btf_type *b)
{
	uint32_t encoding = BTF_INT_ENCODING(*(const uint32_t *)(b + 1));
	enum dt_base which = dt_type_spelled(name_of(unit, b));
	struct dt_type *t;

	if (which != DT_B_COUNT && types->base[which]->size == b->size)
		return types->base[which];
	t = new_type(types, unit, DT_K_INT, b);
	if (!t)
		return NULL;
	t->size = t->align = b->size;
	t->is_signed = encoding & BTF_INT_SIGNED;
	t->is_bool = encoding & BTF_INT_BOOL;
	t->rank = dt_type_int(types, b->size, t->is_signed)->rank;
	return t;
}

static struct dt_type *convert_float(struct dt_types *types, struct dt_btf_unit *unit,
				     const struct btf_type *b)
{
	(void)unit;
	return types->base[b->size == 4 ? DT_B_FLOAT : b->size == 8 ? DT_B_DOUBLE : DT_B_LDOUBLE];
}

static struct dt_type *convert_ptr(struct dt_types *types, struct dt_btf_unit *unit,
				   const struct btf_type *b)
{
	const struct dt_type *base = dt_types_convert(types, unit, b->type);

	return base ? (struct dt_type *)dt_type_ptr(types, base) : NULL;
}

static struct dt_type *convert_array(struct dt_types *types, struct dt_btf_unit *unit,
				     const struct btf_type *b)
{
	const struct btf_array *a = (const struct btf_array *)(b + 1);
	const struct dt_type *elem = dt_types_convert(types, unit, a->type);

	return elem ? (struct dt_type *)dt_type_array(types, elem, a->nelems) : NULL;
}

static struct dt_type *convert_sou(struct dt_types *types, struct dt_btf_unit *unit,
				   const struct btf_type *b)
{
	struct dt_type *t =
		new_type(types, unit,
			 BTF_INFO_KIND(b->info) == BTF_KIND_UNION ? DT_K_UNION : DT_K_STRUCT, b);

	if (!t)
		return NULL;
	t->size = b->size;
	t->filled = false;
	return t;
}

static struct dt_type *convert_fwd(struct dt_types *types, struct dt_btf_unit *unit,
				   const struct btf_type *b)
{
	struct dt_type *t = new_type(types, unit,
				     BTF_INFO_KFLAG(b->info) ? DT_K_UNION : DT_K_STRUCT, b);

	if (!t)
		return NULL;
	t->incomplete = true;
	t->align = 1;
	return t;
}

static struct dt_type *convert_enum(struct dt_types *types, struct dt_btf_unit *unit,
				    const struct btf_type *b)
{
	struct dt_type *t = new_type(types, unit, DT_K_ENUM, b);

	if (!t)
		return NULL;
	t->incomplete = !BTF_INFO_VLEN(b->info);
	t->size = t->align = b->size ? b->size : 4;
	t->is_signed = BTF_INFO_KFLAG(b->info);
	t->base = dt_type_int(types, t->size, t->is_signed);
	t->filled = false;
	return t;
}

static struct dt_type *convert_typedef(struct dt_types *types, struct dt_btf_unit *unit,
				       const struct btf_type *b)
{
	const struct dt_type *base = dt_types_convert(types, unit, b->type);
	struct dt_type *t = base ? new_type(types, unit, DT_K_TYPEDEF, b) : NULL;

	if (!t)
		return NULL;
	t->base = base;
	t->size = base->size;
	t->align = base->align;
	return t;
}

static struct dt_type *convert_qual(struct dt_types *types, struct dt_btf_unit *unit,
				    const struct btf_type *b)
{
	static const uint8_t quals[] = {
		[BTF_KIND_CONST] = DT_Q_CONST,
		[BTF_KIND_VOLATILE] = DT_Q_VOLATILE,
		[BTF_KIND_RESTRICT] = DT_Q_RESTRICT,
	};
	const struct dt_type *base = dt_types_convert(types, unit, b->type);

	return base ? (struct dt_type *)dt_type_qual(types, base, quals[BTF_INFO_KIND(b->info)])
		    : NULL;
}

/* Type tags mark __user, __rcu and the like, which D ignores.  A function counts as its prototype,
 * a variable as its type. */
static struct dt_type *convert_through(struct dt_types *types, struct dt_btf_unit *unit,
				       const struct btf_type *b)
{
	return dt_types_convert(types, unit, b->type);
}

static struct dt_type *convert_proto(struct dt_types *types, struct dt_btf_unit *unit,
				     const struct btf_type *b)
{
	const struct btf_param *in = (const struct btf_param *)(b + 1);
	uint32_t n = BTF_INFO_VLEN(b->info);
	struct dt_type *t = new_type(types, unit, DT_K_FUNC, b);
	struct dt_param *params = t ? dt_arena_new_array(types->arena, struct dt_param, n ? n : 1)
				    : NULL;

	if (!params)
		return NULL;
	t->align = 1;
	t->base = dt_types_convert(types, unit, b->type);
	t->variadic = n && !in[n - 1].type && !in[n - 1].name_off;
	t->nparams = n - t->variadic;
	for (uint32_t i = 0; i < t->nparams; i++) {
		params[i].name = dt_btf_str(unit->btf, in[i].name_off);
		params[i].type = dt_types_convert(types, unit, in[i].type);
		if (!params[i].type)
			return NULL;
	}
	t->params = params;
	return t->base ? t : NULL;
}

struct dt_type *dt_types_convert(struct dt_types *types, struct dt_btf_unit *unit, uint32_t id)
{
	static struct dt_type *(*const converters[])(struct dt_types *, struct dt_btf_unit *,
						     const struct btf_type *) = {
		[BTF_KIND_INT] = convert_int,          [BTF_KIND_PTR] = convert_ptr,
		[BTF_KIND_ARRAY] = convert_array,      [BTF_KIND_STRUCT] = convert_sou,
		[BTF_KIND_UNION] = convert_sou,        [BTF_KIND_ENUM] = convert_enum,
		[BTF_KIND_FWD] = convert_fwd,          [BTF_KIND_TYPEDEF] = convert_typedef,
		[BTF_KIND_VOLATILE] = convert_qual,    [BTF_KIND_CONST] = convert_qual,
		[BTF_KIND_RESTRICT] = convert_qual,    [BTF_KIND_FUNC] = convert_through,
		[BTF_KIND_FUNC_PROTO] = convert_proto, [BTF_KIND_VAR] = convert_through,
		[BTF_KIND_FLOAT] = convert_float,      [BTF_KIND_TYPE_TAG] = convert_through,
		[BTF_KIND_ENUM64] = convert_enum,
	};
	const struct btf_type *b;
	struct dt_type **place;
	uint32_t kind;

	if (!id)
		return types->base[DT_B_VOID];
	while (unit && id < unit->btf->first_id)
		unit = unit->base;
	b = unit ? dt_btf_type(unit->btf, id) : NULL;
	if (!b)
		return NULL;
	place = &unit->memo[id - unit->btf->first_id];
	if (*place)
		return *place;
	kind = BTF_INFO_KIND(b->info);
	if (kind >= ARRAY_SIZE(converters) || !converters[kind])
		return NULL;
	*place = converters[kind](types, unit, b);
	if (*place && (*place)->unit == unit && !(*place)->btf_id)
		(*place)->btf_id = id;
	return *place;
}

/* ---- members and enumerators ---- */

static void fill_members(struct dt_types *types, struct dt_type *t, const struct btf_type *b)
{
	const struct btf_member *in = (const struct btf_member *)(b + 1);
	uint32_t n = BTF_INFO_VLEN(b->info);
	bool packed_offsets = BTF_INFO_KFLAG(b->info);
	struct dt_member *list = dt_arena_new_array(types->arena, struct dt_member, n ? n : 1);

	for (uint32_t i = 0; list && i < n; i++) {
		list[i].name = dt_btf_str(t->unit->btf, in[i].name_off);
		list[i].type = dt_types_convert(types, t->unit, in[i].type);
		list[i].offset_bits = packed_offsets ? BTF_MEMBER_BIT_OFFSET(in[i].offset)
						     : in[i].offset;
		list[i].bits = packed_offsets ? BTF_MEMBER_BITFIELD_SIZE(in[i].offset) : 0;
		if (!list[i].type)
			list[i].type = types->base[DT_B_VOID];
	}
	t->members = list;
	t->nmembers = list ? n : 0;
}

static void fill_enumerators(struct dt_types *types, struct dt_type *t, const struct btf_type *b)
{
	uint32_t n = BTF_INFO_VLEN(b->info);
	struct dt_enumerator *list = dt_arena_new_array(types->arena, struct dt_enumerator,
							n ? n : 1);

	for (uint32_t i = 0; list && i < n; i++) {
		if (BTF_INFO_KIND(b->info) == BTF_KIND_ENUM64) {
			const struct btf_enum64 *e = (const struct btf_enum64 *)(b + 1) + i;

			list[i].name = dt_btf_str(t->unit->btf, e->name_off);
			list[i].value = (int64_t)((uint64_t)e->val_hi32 << 32 | e->val_lo32);
		} else {
			const struct btf_enum *e = (const struct btf_enum *)(b + 1) + i;

			list[i].name = dt_btf_str(t->unit->btf, e->name_off);
			list[i].value = t->is_signed ? e->val : (int64_t)(uint32_t)e->val;
		}
	}
	t->enumerators = list;
	t->nenumerators = list ? n : 0;
}

void dt_type_fill(struct dt_types *types, struct dt_type *t)
{
	const struct btf_type *b;

	if (t->filled)
		return;
	b = dt_btf_type(t->unit->btf, t->btf_id);
	if (t->kind == DT_K_ENUM)
		fill_enumerators(types, t, b);
	else
		fill_members(types, t, b);
	t->filled = true;
}

/* ---- by name ---- */

#define B(kind) (1u << BTF_KIND_##kind)

static const struct {
	uint32_t complete, forward;
} kinds_of_tag[] = {
	[DT_TAG_NONE] = { B(TYPEDEF) | B(INT) | B(FLOAT), 0 },
	[DT_TAG_STRUCT] = { B(STRUCT), B(FWD) },
	[DT_TAG_UNION] = { B(UNION), B(FWD) },
	[DT_TAG_ENUM] = { B(ENUM) | B(ENUM64), 0 },
};

/* Looks in the unit and in its base; *AT is where it was found. */
static uint32_t find_in(struct dt_btf_unit *unit, const char *name, uint32_t kinds,
			struct dt_btf_unit **at)
{
	uint32_t id = 0;

	for (; unit && !id; unit = unit->base) {
		id = dt_btf_find(unit->btf, name, kinds, 0);
		*at = unit;
	}
	return id;
}

static uint32_t find_tag(struct dt_btf_unit *unit, enum dt_tag tag, const char *name,
			 bool complete_only, struct dt_btf_unit **at)
{
	uint32_t id = find_in(unit, name, kinds_of_tag[tag].complete, at);

	if (!id && !complete_only && kinds_of_tag[tag].forward) {
		id = find_in(unit, name, kinds_of_tag[tag].forward, at);
		if (id &&
		    BTF_INFO_KFLAG(dt_btf_type((*at)->btf, id)->info) != (tag == DT_TAG_UNION))
			return 0;
	}
	return id;
}

struct tag_query {
	enum dt_tag tag;
	const char *name;
	const struct dt_type *found;
};

static bool lookup_in_module(struct dt_types *types, struct dt_btf_unit *unit, void *arg)
{
	struct tag_query *q = arg;
	uint32_t id = dt_btf_find(unit->btf, q->name, kinds_of_tag[q->tag].complete, 0);

	q->found = id ? dt_types_convert(types, unit, id) : NULL;
	return id != 0;
}

/* UNIT NULL: the kernel, and for tagged types then every module's BTF. */
const struct dt_type *dt_types_lookup_btf(struct dt_types *types, struct dt_btf_unit *unit,
					  enum dt_tag tag, const char *name, bool complete_only)
{
	struct tag_query q = { tag, name, NULL };
	struct dt_btf_unit *in = unit ? unit : dt_types_unit(types, NULL), *at = NULL;
	uint32_t id;

	if (!in)
		return NULL;
	id = find_tag(in, tag, name, true, &at);
	if (!id && !unit && tag != DT_TAG_NONE && each_module(types, lookup_in_module, &q))
		return q.found;
	if (!id && !complete_only)
		id = find_tag(in, tag, name, false, &at);
	return id ? dt_types_convert(types, at, id) : NULL;
}

uint32_t dt_types_btf_id(struct dt_types *types, const char *module, enum dt_tag tag,
			 const char *name)
{
	struct dt_btf_unit *unit = dt_types_unit(types, module), *at;

	return unit ? find_tag(unit, tag, name, true, &at) : 0;
}

const struct dt_type *dt_types_by_btf_id(struct dt_types *types, const char *module,
					 uint32_t btf_id)
{
	struct dt_btf_unit *unit = dt_types_unit(types, module);

	return unit ? dt_types_convert(types, unit, btf_id) : NULL;
}

bool dt_types_has_btf(struct dt_types *types, const char *module)
{
	return dt_types_unit(types, module) != NULL;
}

/* ---- for probes ---- */

static const char trace_prefix[] = "btf_trace_";

/* typedef void (*btf_trace_NAME)(void *__data, args...) */
static const struct dt_type *tracepoint_proto(struct dt_types *types, const struct dt_type *t)
{
	t = dt_type_strip(t);
	t = t->kind == DT_K_PTR ? dt_type_strip(t->base) : t;
	if (t->kind != DT_K_FUNC)
		return NULL;
	if (!t->nparams)
		return t;
	return dt_type_func(types, t->base, t->params + 1, t->nparams - 1, t->variadic);
}

static bool tracepoint_in(struct dt_types *types, struct dt_btf_unit *unit, const char *name,
			  struct dt_btf_target *out)
{
	char full[192];
	uint32_t id;

	if ((size_t)snprintf(full, sizeof(full), "%s%s", trace_prefix, name) >= sizeof(full))
		return false;
	id = dt_btf_find(unit->btf, full, B(TYPEDEF), 0);
	if (!id)
		return false;
	out->module = unit->name;
	out->btf_id = id;
	out->proto = tracepoint_proto(types, dt_types_convert(types, unit, id));
	return out->proto != NULL;
}

struct tracepoint_query {
	const char *name;
	struct dt_btf_target *out;
};

static bool tracepoint_in_module(struct dt_types *types, struct dt_btf_unit *unit, void *arg)
{
	struct tracepoint_query *q = arg;

	return tracepoint_in(types, unit, q->name, q->out);
}

bool dt_types_tracepoint(struct dt_types *types, const char *module, const char *name,
			 struct dt_btf_target *out)
{
	struct tracepoint_query q = { name, out };
	struct dt_btf_unit *unit = dt_types_unit(types, module);

	if (unit && tracepoint_in(types, unit, name, out))
		return true;
	return !module && unit && each_module(types, tracepoint_in_module, &q);
}

bool dt_types_function(struct dt_types *types, const char *module, const char *name,
		       struct dt_btf_target *out)
{
	struct dt_btf_unit *unit = dt_types_unit(types, module), *at = NULL;
	uint32_t id = unit ? find_in(unit, name, B(FUNC), &at) : 0;

	if (!id)
		return false;
	out->module = at->name;
	out->btf_id = id;
	out->proto = dt_types_convert(types, at, id);
	return out->proto != NULL;
}

static int each_named(struct dt_types *types, const char *module, uint32_t kind, const char *prefix,
		      dt_types_each_fn *fn, void *arg)
{
	struct dt_btf_unit *unit = dt_types_unit(types, module);
	size_t skip = strlen(prefix);
	int stop = 0;

	if (!unit)
		return -ENOENT;
	for (uint32_t id = 0; !stop && (id = dt_btf_next(unit->btf, kind, id)) != 0;) {
		const char *name = name_of(unit, dt_btf_type(unit->btf, id));

		if (!strncmp(name, prefix, skip))
			stop = fn(name + skip, id, arg);
	}
	return stop;
}

int dt_types_each_function(struct dt_types *types, const char *module, dt_types_each_fn *fn,
			   void *arg)
{
	return each_named(types, module, B(FUNC), "", fn, arg);
}

int dt_types_each_tracepoint(struct dt_types *types, const char *module, dt_types_each_fn *fn,
			     void *arg)
{
	return each_named(types, module, B(TYPEDEF), trace_prefix, fn, arg);
}

void dt_types_each_name(struct dt_types *types, enum dt_tag tag, dt_types_name_fn *fn, void *arg)
{
	static const uint32_t kinds[] = {
		[DT_TAG_NONE] = B(TYPEDEF),
		[DT_TAG_STRUCT] = B(STRUCT),
		[DT_TAG_UNION] = B(UNION),
		[DT_TAG_ENUM] = B(ENUM) | B(ENUM64),
	};
	struct dt_btf_unit *unit = dt_types_unit(types, NULL);

	dt_vec_each(&types->decls, it)
	{
		const struct dt_type *t;

		if (it->what != DT_UNDO_TYPE || it->tag != tag)
			continue;
		t = dt_table_gets(&types->names[tag], it->name);
		if (t && !t->incomplete)
			fn(it->name, arg);
	}
	for (uint32_t id = 0; unit && (id = dt_btf_next(unit->btf, kinds[tag], id)) != 0;)
		fn(name_of(unit, dt_btf_type(unit->btf, id)), arg);
}

void dt_types_each_enumerator(struct dt_types *types, dt_types_name_fn *fn, void *arg)
{
	struct dt_btf_unit *unit = dt_types_unit(types, NULL);

	dt_vec_each(&types->decls, it)
	{
		if (it->what == DT_UNDO_ENUMERATOR)
			fn(it->name, arg);
	}
	if (unit)
		dt_btf_each_enumerator(unit->btf, fn, arg);
}

/* A variable that is in this section has a copy per CPU. */
static bool is_percpu(struct dt_btf *btf, uint32_t var)
{
	for (uint32_t id = 0; (id = dt_btf_next(btf, B(DATASEC), id)) != 0;) {
		const struct btf_type *sec = dt_btf_type(btf, id);
		const struct btf_var_secinfo *info = (const struct btf_var_secinfo *)(sec + 1);

		if (strcmp(dt_btf_str(btf, sec->name_off), ".data..percpu") != 0)
			continue;
		for (uint32_t i = 0; i < BTF_INFO_VLEN(sec->info); i++) {
			if (info[i].type == var)
				return true;
		}
	}
	return false;
}

const struct dt_type *dt_types_symbol(struct dt_types *types, const char *module, const char *name,
				      bool *percpu)
{
	struct dt_btf_unit *unit = dt_types_unit(types, module), *at = NULL;
	uint32_t id = unit ? find_in(unit, name, B(VAR) | B(FUNC), &at) : 0;

	if (!id)
		return NULL;
	if (percpu)
		*percpu = BTF_INFO_KIND(dt_btf_type(at->btf, id)->info) == BTF_KIND_VAR &&
			  is_percpu(at->btf, id);
	return dt_types_convert(types, at, id);
}

struct enumerator_query {
	const char *name;
	const struct dt_type **type;
	int64_t *value;
};

static bool enumerator_in(struct dt_types *types, struct dt_btf_unit *unit, void *arg)
{
	struct enumerator_query *q = arg;
	uint32_t place, id = dt_btf_find_enumerator(unit->btf, q->name, &place);
	const struct dt_enumerator *list;
	size_t n;

	*q->type = id ? dt_types_convert(types, unit, id) : NULL;
	if (!*q->type)
		return false;
	list = dt_type_enumerators(types, *q->type, &n);
	if (place >= n)
		return false;
	*q->value = list[place].value;
	return true;
}

bool dt_types_enumerator(struct dt_types *types, const char *module, const char *name,
			 const struct dt_type **type, int64_t *value)
{
	const struct dt_types_enumerator *own = dt_table_gets(&types->enumerators, name);
	const struct dt_type *found_type;
	struct enumerator_query q = { name, type ? type : &found_type, value };

	if (own && (!module || !strcmp(module, "D") || !strcmp(module, "C"))) {
		*q.type = own->type;
		*value = own->value;
		return true;
	}
	for (struct dt_btf_unit *unit = dt_types_unit(types, module); unit; unit = unit->base) {
		if (enumerator_in(types, unit, &q))
			return true;
	}
	return false;
}
