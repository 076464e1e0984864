/* SPDX-License-Identifier: MIT */
/*
 * An arena: memory that is handed out piece by piece and freed all at once.  A compile lives in one
 * arena that dies with its program, so that neither lexer, parser, checker nor code generator frees
 * anything.
 *
 * An arena may carry a dt_compile (fail.h): then running out of memory leaves the operation through it,
 * and no caller tests for NULL.  Without one, NULL comes back.
 */
#ifndef DT_BASE_ARENA_H
#define DT_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include "base/util.h"

struct dt_arena;
struct dt_compile;

struct dt_arena *dt_arena_new(void);
void dt_arena_free(struct dt_arena *arena); /* NULL is fine */
/* From now on out-of-memory in ARENA leaves through TRY; NULL takes that back. Returns the previous
 * one. */
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
