/* SPDX-License-Identifier: MIT */
/*
 * Near misses: for a name that nobody knows, the closest one that exists.  Distance is
 * Levenshtein's with neighbours that changed places as one step; what differs in more than a third
 * is no suggestion.
 */
#include <ctype.h>
#include <string.h>
#include "check/checker.h"

#define MAX_LEN 64

void dt_near_init(struct dt_near *n, const char *wanted)
{
	*n = (struct dt_near){ .wanted = wanted,
			       .distance = (unsigned)DT_MIN(strlen(wanted), (size_t)MAX_LEN) / 3 +
					   1 };
	if (strlen(wanted) < 3)
		n->distance = 2;
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
	return DT_MIN(DT_MIN(a, b), c);
}

static unsigned distance(const char *a, size_t na, const char *b, size_t nb)
{
	unsigned rows[3][MAX_LEN + 1], *before = rows[0], *prev = rows[1], *cur = rows[2], *spare;

	for (size_t j = 0; j <= nb; j++)
		prev[j] = (unsigned)j;
	for (size_t i = 1; i <= na; i++) {
		cur[0] = (unsigned)i;
		for (size_t j = 1; j <= nb; j++) {
			bool same = tolower((unsigned char)a[i - 1]) ==
				    tolower((unsigned char)b[j - 1]);

			cur[j] = min3(prev[j] + 1, cur[j - 1] + 1, prev[j - 1] + !same);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				cur[j] = DT_MIN(cur[j], before[j - 2] + 1);
		}
		spare = before;
		before = prev;
		prev = cur;
		cur = spare;
	}
	return prev[nb];
}

void dt_near_offer(struct dt_near *n, const char *candidate)
{
	size_t na = strlen(n->wanted), nb = strlen(candidate);
	unsigned d;

	if (na > MAX_LEN || nb > MAX_LEN || nb == 0 || (na > nb ? na - nb : nb - na) >= n->distance)
		return;
	d = distance(n->wanted, na, candidate, nb);
	if (d < n->distance && d > 0) {
		n->distance = d;
		n->best = candidate;
	}
}

const char *dt_near_hint(struct dt_check *c, const struct dt_near *n)
{
	return n->best ? dt_arena_printf(c->arena, "did you mean \"%s\"?", n->best) : NULL;
}

static void offer_rows(struct dt_check *c, struct dt_near *n, uint32_t kinds)
{
	const struct dt_builtin *row;

	for (size_t i = 0; (row = dt_builtin_at(c->opts->builtins, i)); i++)
		if ((kinds & 1u << row->kind) && !row->refusal)
			dt_near_offer(n, row->name);
}

static void offer_vars(struct dt_check *c, struct dt_near *n, enum dt_scope scope)
{
	for (size_t i = 0; i < c->tab->var_list[scope].n; i++)
		dt_near_offer(n, c->tab->var_list[scope].data[i]->name);
}

const char *dt_check_hint_var(struct dt_check *c, enum dt_scope scope, const char *name)
{
	static const enum dt_scope others[] = { DT_SCOPE_THREAD, DT_SCOPE_CLAUSE, DT_SCOPE_GLOBAL };
	struct dt_near n;

	/* The same name in another scope is the likelier mistake. */
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		if (others[i] != scope && dt_check_var(c, others[i], name))
			return dt_arena_printf(c->arena, "did you mean %s?",
					       dt_check_var_name(c, others[i], name));
	}
	dt_near_init(&n, name);
	offer_vars(c, &n, scope);
	if (scope == DT_SCOPE_GLOBAL) {
		offer_rows(c, &n, 1u << DT_BI_VAR);
		for (size_t i = 0; i < c->tab->inline_list.n; i++)
			dt_near_offer(&n, c->tab->inline_list.data[i]->name);
		for (uint32_t i = 0; c->frame && i < c->frame->n; i++)
			dt_near_offer(&n, c->frame->names[i]);
	}
	return dt_near_hint(c, &n);
}

const char *dt_check_hint_func(struct dt_check *c, const char *name)
{
	struct dt_near n;

	dt_near_init(&n, name);
	offer_rows(c, &n, 1u << DT_BI_SUBR | 1u << DT_BI_ACTION | 1u << DT_BI_AGGFUNC);
	return dt_near_hint(c, &n);
}

/* Members of anonymous members count as members. */
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
	return dt_near_hint(c, &n);
}

/* Of the types that are there before any program; a tag's name without its word is another mistake.
 */
const char *dt_check_hint_type(struct dt_check *c, const char *name)
{
	static const struct {
		enum dt_tag tag;
		const char *word;
	} tags[] = { { DT_TAG_STRUCT, "struct" },
		     { DT_TAG_UNION, "union" },
		     { DT_TAG_ENUM, "enum" } };
	struct dt_near n;

	for (size_t i = 0; i < ARRAY_SIZE(tags); i++) {
		if (dt_types_lookup(c->types, NULL, tags[i].tag, name))
			return dt_arena_printf(c->arena, "did you mean \"%s %s\"?", tags[i].word,
					       name);
	}
	dt_near_init(&n, name);
	for (int which = 0; which < DT_B_COUNT; which++)
		dt_near_offer(&n, dt_type_base(c->types, which)->name);
	return dt_near_hint(c, &n);
}

const char *dt_check_hint_agg(struct dt_check *c, const char *name)
{
	struct dt_near n;

	dt_near_init(&n, name);
	for (size_t i = 0; i < c->tab->agg_list.n; i++)
		dt_near_offer(&n, c->tab->agg_list.data[i]->name);
	return n.best ? dt_arena_printf(c->arena, "did you mean \"@%s\"?", n.best) : NULL;
}
