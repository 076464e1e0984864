/* SPDX-License-Identifier: MIT */
/* Types as text, the way C writes declarations: "int *", "struct foo [4]", "int (*)(char)".  Used
 * by error messages, `dtrace -lv` and print(). */
#include <stdio.h>
#include <string.h>
#include "types/internal.h"

enum { TEXT_MAX = 512 }; /* longer texts are cut: they are for people */

static const char *const tag_words[] = {
	[DT_K_STRUCT] = "struct",
	[DT_K_UNION] = "union",
	[DT_K_ENUM] = "enum",
};

/* A declarator grows outwards from the name: text is put before it and behind it. */
static void put_before(char *text, const char *s)
{
	size_t add = DT_MIN(strlen(s), (size_t)TEXT_MAX - 1);
	size_t keep = DT_MIN(strlen(text), TEXT_MAX - 1 - add);

	memmove(text + add, text, keep);
	memcpy(text, s, add);
	text[add + keep] = '\0';
}

static void put_behind(char *text, const char *s)
{
	size_t len = strlen(text);

	snprintf(text + len, TEXT_MAX - len, "%s", s);
}

static void write_quals(uint32_t quals, char *out, size_t size)
{
	snprintf(out, size, "%s%s%s", quals & DT_Q_CONST ? "const " : "",
		 quals & DT_Q_VOLATILE ? "volatile " : "",
		 quals & DT_Q_RESTRICT ? "restrict " : "");
}

static void write_params(const struct dt_type *func, char *text)
{
	char param[TEXT_MAX];

	put_behind(text, "(");
	for (uint32_t i = 0; i < func->nparams; i++) {
		put_behind(text, i ? ", " : "");
		put_behind(text, dt_type_name(func->params[i].type, param, sizeof(param)));
	}
	if (func->variadic)
		put_behind(text, func->nparams ? ", ..." : "...");
	else if (!func->nparams)
		put_behind(text, "void");
	put_behind(text, ")");
}

static void write_pointer(const struct dt_type *ptr, char *text)
{
	enum dt_kind inner = dt_type_unqual(ptr->base)->kind;

	put_before(text, "*");
	if (inner == DT_K_ARRAY || inner == DT_K_FUNC) {
		put_before(text, "(");
		put_behind(text, ")");
	}
}

static void write_leaf(const struct dt_type *t, const char *quals, char *text)
{
	const char *tag = t->kind < ARRAY_SIZE(tag_words) && tag_words[t->kind] ? tag_words[t->kind]
										: NULL;
	char leaf[TEXT_MAX];

	snprintf(leaf, sizeof(leaf), "%s%s%s%s%s", quals, tag ? tag : "", tag ? " " : "",
		 tag && !*t->name ? "{...}" : t->name, *text ? " " : "");
	put_before(text, leaf);
}

/* TEXT: the declarator so far. */
static void write_type(const struct dt_type *t, char *text)
{
	char quals[32] = "";
	char dim[32];

	for (;;) {
		switch (t->kind) {
		case DT_K_PTR: write_pointer(t, text); break;
		case DT_K_ARRAY:
			snprintf(dim, sizeof(dim), t->nelems ? "[%llu]" : "[]",
				 (unsigned long long)t->nelems);
			put_behind(text, dim);
			break;
		case DT_K_FUNC: write_params(t, text); break;
		case DT_K_QUAL:
			write_quals(t->quals, quals, sizeof(quals));
			if (t->base->kind != DT_K_PTR)
				break;
			/* these go behind the star: char *const p */
			if (!*text)
				quals[strlen(quals) - 1] = '\0';
			put_before(text, quals);
			quals[0] = '\0';
			break;
		default: write_leaf(t, quals, text); return;
		}
		t = t->base;
	}
}

const char *dt_type_decl(const struct dt_type *t, const char *name, char *buf, size_t size)
{
	char text[TEXT_MAX];

	snprintf(text, sizeof(text), "%s", name ? name : "");
	write_type(t, text);
	if (size) {
		size_t len = DT_MIN(strlen(text), size - 1);

		memcpy(buf, text, len);
		buf[len] = '\0';
	}
	return buf;
}

const char *dt_type_name(const struct dt_type *t, char *buf, size_t size)
{
	return dt_type_decl(t, "", buf, size);
}
