/* SPDX-License-Identifier: MIT */
/*
 * An arena: memory that is allocated in pieces and freed as a whole.  A compile has one, which its
 * program owns afterwards, so that the rooms of the compiler free nothing.
 *
 * While an arena has a guard (dt_arena_guard, normally set by dt_compile_run), running out of
 * memory fails the guarding compile, and no caller tests for NULL.  Without a guard, NULL is
 * returned.
 */
#ifndef DT_BASE_ARENA_H
#define DT_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include "base/util.h"

struct dt_arena;
struct dt_compile;

struct dt_arena *dt_arena_new(void);
void dt_arena_free(struct dt_arena *arena); /* NULL is allowed */
/* From now on running out of memory in ARENA fails COMPILE; NULL ends that. Returns the previous
 * guard. */
struct dt_compile *dt_arena_guard(struct dt_arena *arena, struct dt_compile *compile);

void *dt_arena_alloc(struct dt_arena *arena, size_t size); /* zeroed, aligned to 16 */
char *dt_arena_strdup(struct dt_arena *arena, const char *s);
char *dt_arena_strndup(struct dt_arena *arena, const char *s, size_t len);
void *dt_arena_memdup(struct dt_arena *arena, const void *p, size_t len);
char *dt_arena_printf(struct dt_arena *arena, const char *fmt, ...) DT_PRINTF(2, 3);
char *dt_arena_vprintf(struct dt_arena *arena, const char *fmt, va_list ap);

#define dt_arena_new_obj(arena, type)      ((type *)dt_arena_alloc((arena), sizeof(type)))
#define dt_arena_new_array(arena, type, n) ((type *)dt_arena_alloc((arena), (n) * sizeof(type)))

#endif
