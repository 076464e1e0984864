/* SPDX-License-Identifier: MIT */
/*
 * How a compile fails.  The rooms of the compiler (lang/, check/, lower/, ir/, builtin/) work inside
 * a dt_compile: the first error fills its diagnostic and leaves, by longjmp, the function that
 * dt_compile_run() was given.  Everything that a compile allocates lies in its arena, so nothing
 * leaks on that way.  Rooms that hold descriptors or talk to the kernel do not use this; they return
 * negative errno values.
 *
 *	static void body(struct dt_compile *compile, void *arg)
 *	{
 *		... dt_fail(compile, &loc, "D_SYNTAX", "syntax error near \"%s\"", token) ...
 *	}
 *
 *	struct dt_compile compile = { .arena = arena };
 *	if (!dt_compile_run(&compile, body, arg))
 *		return report(&compile.diag);
 *
 * The library lives in other people's processes and never jumps across their frames.  The only
 * setjmp() is dt_compile_run()'s.  Between it and dt_fail() lie functions of this library alone: a
 * client's callbacks, streams and handlers are called outside of a compile.  What a compiler room
 * calls back through a function that holds something (dt_probes_match(), qsort(), libelf) returns an
 * error and fails after that function has returned.
 */
#ifndef DT_BASE_FAIL_H
#define DT_BASE_FAIL_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include "base/util.h"

struct dt_arena;

/* A place in a D program. file: NULL for text from a command line or a string; line 0: no place. */
struct dt_loc {
	const char *file;
	uint32_t line, col; /* from 1 */
};

/* One diagnostic, made where the cause is known; strings live in the compile's arena. */
struct dt_diag {
	int err;         /* EDT_* or errno; EDT_COMPILER for errors in the program */
	const char *tag; /* "D_SYNTAX"; NULL when not a compiler error */
	struct dt_loc loc;
	const char *msg;  /* without place or tag */
	const char *hint; /* one more sentence: what to do, the near match; or NULL */
};

/* One compile: where its memory lies, where an error leaves to, and what the error was. */
struct dt_compile {
	jmp_buf env; /* dt_compile_run()'s */
	struct dt_arena *arena;
	struct dt_diag diag;
};

/*
 * Calls BODY.  false: an error has left it, and COMPILE->diag says which.  While BODY runs, an arena
 * that is out of memory leaves it too.  A body may run another compile, but not its own again.
 */
bool dt_compile_run(struct dt_compile *compile, void (*body)(struct dt_compile *compile, void *arg),
		    void *arg);

/* An error in the D program: err becomes EDT_COMPILER (1005). LOC may be NULL. */
_Noreturn void dt_fail(struct dt_compile *compile, const struct dt_loc *loc, const char *tag,
		       const char *fmt, ...) DT_PRINTF(4, 5);
/* The same with a hint (an arena or static string, or NULL). */
_Noreturn void dt_fail_hint(struct dt_compile *compile, const struct dt_loc *loc, const char *tag,
			    const char *hint, const char *fmt, ...) DT_PRINTF(5, 6);
/* An error that is not the program's: ERR is an errno or EDT_*, the message is optional (NULL: the
 * code's text). */
_Noreturn void dt_fail_err(struct dt_compile *compile, int err, const char *fmt, ...)
	DT_PRINTF(3, 4);
_Noreturn void dt_fail_nomem(struct dt_compile *compile);

#endif
