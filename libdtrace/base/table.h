/* SPDX-License-Identifier: MIT */
/*
 * A hash table from byte strings to pointers.  Zero-filled is empty and grows on the heap; a table
 * with an arena grows there, and need not be freed.  Keys are copied; values belong to the caller.
 */
#ifndef DT_BASE_TABLE_H
#define DT_BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dt_arena;

struct dt_table_slot {
	void *key; /* NULL: free */
	uint32_t key_len;
	uint32_t hash;
	void *value;
};

struct dt_table {
	struct dt_table_slot *slots;
	size_t nslots;          /* a power of two */
	size_t n;               /* in use */
	struct dt_arena *arena; /* NULL: the heap */
};

/* The place of the value, which is valid until the next add. ADD: inserts the key with NULL.
 * NULL: there is no such key, or out of memory. */
void **dt_table_at(struct dt_table *t, const void *key, size_t key_len, bool add);
/* NULL: there is no such key */
void *dt_table_get(const struct dt_table *t, const void *key, size_t key_len);
void *dt_table_gets(const struct dt_table *t, const char *key);
bool dt_table_puts(struct dt_table *t, const char *key, void *value); /* false: out of memory */
bool dt_table_remove(struct dt_table *t, const void *key, size_t key_len);
void dt_table_free(struct dt_table *t);
uint32_t dt_hash(const void *p, size_t len);

#endif
