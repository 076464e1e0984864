/* SPDX-License-Identifier: MIT */
/* A hash table with open addressing and linear probing; see table.h. */
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "base/table.h"

/* FNV-1a: keys are short, and nobody attacks the table. */
uint32_t dt_hash(const void *p, size_t len)
{
	const unsigned char *s = p;
	uint32_t h = 2166136261u;

	while (len--)
		h = (h ^ *s++) * 16777619u;
	return h;
}

static struct dt_table_slot *find(const struct dt_table *t, const void *key, size_t len,
				  uint32_t hash)
{
	size_t i;

	for (i = hash & (t->nslots - 1);; i = (i + 1) & (t->nslots - 1)) {
		struct dt_table_slot *s = &t->slots[i];

		if (!s->key || (s->hash == hash && s->key_len == len && !memcmp(s->key, key, len)))
			return s;
	}
}

static void *alloc(const struct dt_table *t, size_t size)
{
	return t->arena ? dt_arena_alloc(t->arena, size) : calloc(1, size);
}

static void release(const struct dt_table *t, void *p)
{
	if (!t->arena)
		free(p);
}

static bool grow(struct dt_table *t)
{
	struct dt_table bigger = { .nslots = t->nslots ? t->nslots * 2 : 16,
				   .n = t->n,
				   .arena = t->arena };
	size_t i;

	bigger.slots = alloc(t, bigger.nslots * sizeof(*bigger.slots));
	if (!bigger.slots)
		return false;
	for (i = 0; i < t->nslots; i++) {
		struct dt_table_slot *s = &t->slots[i];

		if (s->key)
			*find(&bigger, s->key, s->key_len, s->hash) = *s;
	}
	release(t, t->slots);
	*t = bigger;
	return true;
}

void **dt_table_at(struct dt_table *t, const void *key, size_t key_len, bool add)
{
	uint32_t hash = dt_hash(key, key_len);
	struct dt_table_slot *s;

	if (add && t->n * 4 >= t->nslots * 3 && !grow(t))
		return NULL;
	if (!t->nslots)
		return NULL;
	s = find(t, key, key_len, hash);
	if (s->key)
		return &s->value;
	if (!add)
		return NULL;
	s->key = alloc(t, key_len ? key_len : 1);
	if (!s->key)
		return NULL;
	if (key_len)
		memcpy(s->key, key, key_len);
	s->key_len = (uint32_t)key_len;
	s->hash = hash;
	s->value = NULL;
	t->n++;
	return &s->value;
}

void *dt_table_get(const struct dt_table *t, const void *key, size_t key_len)
{
	struct dt_table_slot *s;

	if (!t->nslots)
		return NULL;
	s = find(t, key, key_len, dt_hash(key, key_len));
	return s->key ? s->value : NULL;
}

void *dt_table_gets(const struct dt_table *t, const char *key)
{
	return dt_table_get(t, key, strlen(key));
}

bool dt_table_puts(struct dt_table *t, const char *key, void *value)
{
	void **at = dt_table_at(t, key, strlen(key), true);

	if (at)
		*at = value;
	return at != NULL;
}

bool dt_table_remove(struct dt_table *t, const void *key, size_t key_len)
{
	struct dt_table_slot *s;
	size_t hole, i;

	if (!t->nslots)
		return false;
	s = find(t, key, key_len, dt_hash(key, key_len));
	if (!s->key)
		return false;
	release(t, s->key);
	s->key = NULL;
	t->n--;
	/* Close the gap, so that later slots of the same run are found. */
	hole = (size_t)(s - t->slots);
	for (i = (hole + 1) & (t->nslots - 1); t->slots[i].key; i = (i + 1) & (t->nslots - 1)) {
		size_t home = t->slots[i].hash & (t->nslots - 1);

		if (((i - home) & (t->nslots - 1)) >= ((i - hole) & (t->nslots - 1))) {
			t->slots[hole] = t->slots[i];
			t->slots[i].key = NULL;
			hole = i;
		}
	}
	return true;
}

void dt_table_free(struct dt_table *t)
{
	size_t i;

	for (i = 0; i < t->nslots; i++)
		release(t, t->slots[i].key);
	release(t, t->slots);
	*t = (struct dt_table){ .arena = t->arena };
}
