/* SPDX-License-Identifier: MIT */
/*
 * Types by name and from text, and what is in a type: members, enumerators, parameters, size.  D's
 * own names come first; the kernel's BTF (kernel.c) is searched only for names that D does not
 * have.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include "types/internal.h"

static enum dt_tag tag_of(const struct dt_type *t)
{
	static const enum dt_tag tags[] = {
		[DT_K_STRUCT] = DT_TAG_STRUCT,
		[DT_K_UNION] = DT_TAG_UNION,
		[DT_K_ENUM] = DT_TAG_ENUM,
	};

	return t->kind < ARRAY_SIZE(tags) ? tags[t->kind] : DT_TAG_NONE;
}

static int log_decl(struct dt_types *types, struct dt_types_decl decl)
{
	if (dt_vec_push(&types->decls, decl))
		return 0;
	dt_types_nomem(types);
	return -ENOMEM;
}

static int declare_enumerators(struct dt_types *types, const struct dt_type *t)
{
	for (uint32_t i = 0; i < t->nenumerators; i++) {
		const struct dt_enumerator *e = &t->enumerators[i];
		struct dt_types_enumerator *entry;
		int err;

		if (dt_table_gets(&types->enumerators, e->name))
			return -EEXIST;
		entry = dt_arena_new_obj(types->arena, struct dt_types_enumerator);
		if (!entry)
			return -ENOMEM;
		*entry = (struct dt_types_enumerator){ t, e->value };
		err = log_decl(types, (struct dt_types_decl){ DT_UNDO_ENUMERATOR, DT_TAG_NONE,
							      e->name, NULL });
		if (err)
			return err;
		if (!dt_table_puts(&types->enumerators, e->name, entry)) {
			dt_types_nomem(types);
			return -ENOMEM;
		}
	}
	return 0;
}

int dt_types_declare(struct dt_types *types, const struct dt_type *type,
		     const struct dt_type **previous)
{
	enum dt_tag tag = tag_of(type);
	struct dt_type *was;
	int err;

	if (!*type->name)
		return type->kind == DT_K_ENUM ? declare_enumerators(types, type) : 0;
	was = dt_table_gets(&types->names[tag], type->name);
	if (was && was != type) {
		if (previous)
			*previous = was;
		return type->kind == DT_K_TYPEDEF && dt_type_equal(was, type) ? 0 : -EEXIST;
	}
	if (!was) {
		err = log_decl(types,
			       (struct dt_types_decl){ DT_UNDO_TYPE, tag, type->name, NULL });
		if (err)
			return err;
		if (!dt_table_puts(&types->names[tag], type->name, (void *)type)) {
			dt_types_nomem(types);
			return -ENOMEM;
		}
	}
	/* an enum is named before its enumerators are known, and again when it is complete */
	return type->kind == DT_K_ENUM ? declare_enumerators(types, type) : 0;
}

const struct dt_type *dt_types_lookup_d(struct dt_types *types, enum dt_tag tag, const char *name)
{
	const struct dt_type *t = dt_table_gets(&types->names[tag], name);
	enum dt_base which;

	if (t || tag != DT_TAG_NONE)
		return t;
	which = dt_type_spelled(name);
	return which == DT_B_COUNT ? NULL : types->base[which];
}

const struct dt_type *dt_types_lookup(struct dt_types *types, const char *module, enum dt_tag tag,
				      const char *name)
{
	const struct dt_type *t;
	struct dt_btf_unit *unit;

	if (!module || !strcmp(module, "D") || !strcmp(module, "C")) {
		t = dt_types_lookup_d(types, tag, name);
		if (module || (t && !t->incomplete))
			return t;
		return t ? dt_type_complete(types, t)
			 : dt_types_lookup_btf(types, NULL, tag, name, false);
	}
	unit = dt_types_unit(types, module);
	t = unit ? dt_types_lookup_btf(types, unit, tag, name, false) : NULL;
	if (!t && unit && tag == DT_TAG_NONE && dt_type_spelled(name) != DT_B_COUNT)
		t = types->base[dt_type_spelled(name)];
	return t;
}

const struct dt_type *dt_type_complete(struct dt_types *types, const struct dt_type *t)
{
	const struct dt_type *full;
	enum dt_tag tag;

	t = dt_type_strip(t);
	if (!t->incomplete || !*t->name)
		return t;
	tag = tag_of(t);
	full = dt_table_gets(&types->names[tag], t->name);
	if (full && !full->incomplete)
		return full;
	full = t->unit ? dt_types_lookup_btf(types, t->unit, tag, t->name, true) : NULL;
	if (!full)
		full = dt_types_lookup_btf(types, NULL, tag, t->name, true);
	return full ? full : t;
}

static const struct dt_type *filled(struct dt_types *types, const struct dt_type *t)
{
	t = dt_type_complete(types, t);
	dt_type_fill(types, (struct dt_type *)t);
	return t;
}

const struct dt_member *dt_type_members(struct dt_types *types, const struct dt_type *sou,
					size_t *n)
{
	sou = filled(types, sou);
	*n = sou->nmembers;
	return sou->members;
}

const struct dt_enumerator *dt_type_enumerators(struct dt_types *types, const struct dt_type *en,
						size_t *n)
{
	en = filled(types, en);
	*n = en->nenumerators;
	return en->enumerators;
}

const struct dt_param *dt_type_params(struct dt_types *types, const struct dt_type *func, size_t *n)
{
	(void)types;
	func = dt_type_strip(func);
	*n = func->nparams;
	return func->params;
}

/* The place + 1 of the member that T itself has, 0: none. */
static uint32_t own_member(const struct dt_type *t, const char *name)
{
	if (t->places)
		return (uint32_t)(uintptr_t)dt_table_gets(t->places, name);
	for (uint32_t i = 0; i < t->nmembers; i++)
		if (!strcmp(t->members[i].name, name) && *name)
			return i + 1;
	return 0;
}

bool dt_type_member(struct dt_types *types, const struct dt_type *sou, const char *name,
		    struct dt_member *out)
{
	const struct dt_type *t = filled(types, sou);

	uint32_t place = own_member(t, name);

	if (place) {
		*out = t->members[place - 1];
		return true;
	}
	for (uint32_t i = 0; i < t->nmembers; i++) {
		const struct dt_member *m = &t->members[i];

		if (!*m->name && dt_type_is_sou(m->type) &&
		    dt_type_member(types, m->type, name, out)) {
			out->offset_bits += m->offset_bits;
			return true;
		}
	}
	return false;
}

const char *dt_type_enum_name(struct dt_types *types, const struct dt_type *en, int64_t value)
{
	const struct dt_type *t = filled(types, en);

	for (uint32_t i = 0; i < t->nenumerators; i++) {
		if (t->enumerators[i].value == value)
			return t->enumerators[i].name;
	}
	return NULL;
}

uint64_t dt_type_size(struct dt_types *types, const struct dt_type *t)
{
	t = dt_type_strip(t);
	if (t->kind == DT_K_ARRAY)
		return t->nelems * dt_type_size(types, t->base);
	return dt_type_complete(types, t)->size;
}

/* BTF does not record alignment.  It is the largest of the members', unless their offsets or the
 * size show that the structure is packed. */
static uint32_t sou_align(struct dt_types *types, const struct dt_type *t)
{
	uint32_t align = 1;

	for (uint32_t i = 0; i < t->nmembers; i++) {
		const struct dt_member *m = &t->members[i];
		uint32_t own = dt_type_align(types, m->type);

		if (!m->bits && m->offset_bits % (own * 8ULL))
			return 1;
		align = DT_MAX(align, own);
	}
	return t->size % align ? 1 : align;
}

uint32_t dt_type_align(struct dt_types *types, const struct dt_type *t)
{
	t = dt_type_strip(t);
	if (t->kind == DT_K_ARRAY)
		return dt_type_align(types, t->base);
	t = filled(types, t);
	if (!t->align)
		((struct dt_type *)t)->align = sou_align(types, t);
	return t->align;
}

/* ---- from text ---- */

struct type_text {
	struct dt_types *types;
	const char *at;
	char word[128]; /* the one just read */
};

static bool next_word(struct type_text *in)
{
	size_t len = 0;

	in->at += strspn(in->at, " \t");
	while (isalnum((unsigned char)in->at[len]) || in->at[len] == '_' || in->at[len] == '`')
		len++;
	if (!len || len >= sizeof(in->word))
		return false;
	memcpy(in->word, in->at, len);
	in->word[len] = '\0';
	in->at += len;
	return true;
}

static uint32_t qual_word(const char *word)
{
	return !strcmp(word, "const")      ? DT_Q_CONST
	       : !strcmp(word, "volatile") ? DT_Q_VOLATILE
	       : !strcmp(word, "restrict") ? DT_Q_RESTRICT
					   : 0;
}

static const struct dt_type *scoped(struct type_text *in, enum dt_tag tag, char *word)
{
	char *tick = strchr(word, '`');

	if (!tick)
		return dt_types_lookup(in->types, NULL, tag, word);
	*tick = '\0';
	return dt_types_lookup(in->types, *word ? word : NULL, tag, tick + 1);
}

/* Qualifiers, "struct x" or words, up to a star or bracket. */
static const struct dt_type *parse_base(struct type_text *in)
{
	static const char *const tags[] = {
		[DT_TAG_STRUCT] = "struct",
		[DT_TAG_UNION] = "union",
		[DT_TAG_ENUM] = "enum",
	};
	enum dt_tag tag = DT_TAG_NONE;
	char text[256] = "";
	const struct dt_type *t;
	uint32_t quals = 0;

	while (next_word(in)) {
		enum dt_tag word_tag = DT_TAG_NONE;

		for (size_t i = DT_TAG_STRUCT; i < ARRAY_SIZE(tags); i++)
			word_tag = !strcmp(in->word, tags[i]) ? (enum dt_tag)i : word_tag;
		if (word_tag != DT_TAG_NONE) {
			tag = word_tag;
		} else if (qual_word(in->word)) {
			quals |= qual_word(in->word);
		} else {
			if (strlen(text) + strlen(in->word) + 2 > sizeof(text))
				return NULL;
			strcat(text, *text ? " " : "");
			strcat(text, in->word);
		}
	}
	t = *text ? scoped(in, tag, text) : NULL;
	return t && quals ? dt_type_qual(in->types, t, quals) : t;
}

/* [2][3] is an array of 2 arrays of 3: the last one first. */
static const struct dt_type *parse_dims(struct type_text *in, const struct dt_type *t)
{
	char *end;
	uint64_t n;

	in->at += strspn(in->at, " \t");
	if (*in->at != '[')
		return *in->at ? NULL : t;
	n = strtoull(in->at + 1, &end, 0);
	if (*end != ']')
		return NULL;
	in->at = end + 1;
	t = parse_dims(in, t);
	return t ? dt_type_array(in->types, t, n) : NULL;
}

const struct dt_type *dt_types_parse(struct dt_types *types, const char *text)
{
	struct type_text in = { .types = types, .at = text };
	const struct dt_type *t = parse_base(&in);

	while (t) {
		in.at += strspn(in.at, " \t");
		if (*in.at == '*') {
			in.at++;
			t = dt_type_ptr(types, t);
		} else if (next_word(&in)) {
			t = qual_word(in.word) ? dt_type_qual(types, t, qual_word(in.word)) : NULL;
		} else {
			return parse_dims(&in, t);
		}
	}
	return NULL;
}
