/* SPDX-License-Identifier: MIT */
/* The arena: a list of blocks, the newest first; see arena.h. */
#include <stdio.h>
#include <string.h>
#include "base/arena.h"
#include "base/fail.h"

#define BLOCK_BYTES 16384
#define ALIGN_BYTES 16

struct block {
	struct block *next;
	size_t used, size;
	_Alignas(ALIGN_BYTES) char data[];
};

struct dt_arena {
	struct block *head;
	struct dt_compile *guard;
};

struct dt_arena *dt_arena_new(void)
{
	return calloc(1, sizeof(struct dt_arena));
}

void dt_arena_free(struct dt_arena *arena)
{
	struct block *b, *next;

	if (!arena)
		return;
	for (b = arena->head; b; b = next) {
		next = b->next;
		free(b);
	}
	free(arena);
}

struct dt_compile *dt_arena_guard(struct dt_arena *arena, struct dt_compile *compile)
{
	struct dt_compile *old = arena->guard;

	arena->guard = compile;
	return old;
}

static struct block *add_block(struct dt_arena *arena, size_t size)
{
	size_t payload = DT_MAX(size, (size_t)BLOCK_BYTES);
	struct block *b;

	if (size > SIZE_MAX - sizeof(*b) - ALIGN_BYTES)
		return NULL;
	b = calloc(1, sizeof(*b) + payload);
	if (!b)
		return NULL;
	b->size = payload;
	/* A large piece gets a block behind the head, so that the rest of the head stays in use. */
	if (size > BLOCK_BYTES / 2 && arena->head) {
		b->next = arena->head->next;
		arena->head->next = b;
	} else {
		b->next = arena->head;
		arena->head = b;
	}
	return b;
}

void *dt_arena_alloc(struct dt_arena *arena, size_t size)
{
	struct block *b = arena->head;
	void *p;

	if (size <= SIZE_MAX - ALIGN_BYTES)
		size = DT_ALIGN(size, ALIGN_BYTES);
	if (!b || b->size - b->used < size)
		b = add_block(arena, size);
	if (!b) {
		if (arena->guard)
			dt_fail_nomem(arena->guard);
		return NULL;
	}
	p = b->data + b->used;
	b->used += size;
	return p;
}

void *dt_arena_memdup(struct dt_arena *arena, const void *p, size_t len)
{
	void *copy = dt_arena_alloc(arena, len);

	if (copy && len)
		memcpy(copy, p, len);
	return copy;
}

char *dt_arena_strndup(struct dt_arena *arena, const char *s, size_t len)
{
	char *copy = dt_arena_alloc(arena, len + 1);

	if (copy)
		memcpy(copy, s, len);
	return copy;
}

char *dt_arena_strdup(struct dt_arena *arena, const char *s)
{
	return dt_arena_strndup(arena, s, strlen(s));
}

char *dt_arena_vprintf(struct dt_arena *arena, const char *fmt, va_list ap)
{
	va_list again;
	char *s;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0)
		len = 0;
	s = dt_arena_alloc(arena, (size_t)len + 1);
	if (s)
		vsnprintf(s, (size_t)len + 1, fmt, ap);
	return s;
}

char *dt_arena_printf(struct dt_arena *arena, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = dt_arena_vprintf(arena, fmt, ap);
	va_end(ap);
	return s;
}
