/* SPDX-License-Identifier: MIT */
/*
 * How a compile fails.  The rooms of the compiler (lang/, check/, lower/, ir/, builtin/) work
 * inside a dt_compile: the first error fills its diagnostic and leaves, by longjmp(), the function
 * that was passed to dt_compile_run().  Everything that a compile allocates lies in its arena, so
 * that nothing leaks.  Rooms that hold descriptors or talk to the kernel return negative errno
 * values instead.
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
 * A program may have several errors.  Where the rest of it can be understood in spite of one,
 * dt_compile_try() goes on; the compile fails when dt_compile_end() is called, or with an error
 * that ends it at once.
 *
 * The library is loaded into other people's processes and never jumps across their frames.  The
 * only setjmp()s are in dt_compile_run() and dt_compile_try().  Between them and dt_fail() there
 * are functions of this library only: no callback, handler or stream of a client is called during a
 * compile.  A callback that a function with resources of its own calls (dt_probes_match(), qsort())
 * returns its error, and dt_fail() is called after that function has returned.
 */
#ifndef DT_BASE_FAIL_H
#define DT_BASE_FAIL_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include "base/util.h"

struct dt_arena;

/* A place in a D program. file NULL: a command line or a string; line 0: no place. */
struct dt_loc {
	const char *file;
	uint32_t line, col; /* from 1 */
};

/* A diagnostic, made where the cause is known. Its strings are in the arena of the compile. */
struct dt_diag {
	int err;         /* EDT_* or errno; EDT_COMPILER for errors in the program */
	const char *tag; /* "D_SYNTAX"; NULL: not an error in the program */
	struct dt_loc loc;
	const char *msg;  /* without place or tag */
	const char *hint; /* another sentence: what to do, or the closest name; or NULL */
};

#define DT_ERRORS_MAX 10 /* more of them do not help */

/* A compile: where its memory is, where errors leave to, and the errors. */
struct dt_compile {
	jmp_buf env; /* of dt_compile_run() or _try() */
	struct dt_arena *arena;
	struct dt_diag diag;                  /* of a compile that failed: the first error */
	struct dt_diag errors[DT_ERRORS_MAX]; /* all of them, if they are errors in the program */
	uint32_t nerrors;
};

/* Calls BODY. false: it failed, and COMPILE->diag says why. While BODY runs, running out of
 * memory in the arena fails it, too. A body may run another compile, but not its own. */
bool dt_compile_run(struct dt_compile *compile, void (*body)(struct dt_compile *compile, void *arg),
		    void *arg);

/*
 * Calls BODY inside BODY of dt_compile_run().  false: there is an error in the program, which
 * COMPILE->diag has.  Whoever goes on cleans up, and either keeps the error, which ends the compile
 * if it has too many, or knows that it follows from one that is kept already.  Errors that are not
 * the program's leave the compile.
 */
bool dt_compile_try(struct dt_compile *compile, void (*body)(struct dt_compile *compile, void *arg),
		    void *arg);
void dt_compile_keep(struct dt_compile *compile);
/* Fails if errors were kept. */
void dt_compile_end(struct dt_compile *compile);

/* An error in the D program, with errno EDT_COMPILER (1005). LOC may be NULL. */
_Noreturn void dt_fail(struct dt_compile *compile, const struct dt_loc *loc, const char *tag,
		       const char *fmt, ...) DT_PRINTF(4, 5);
/* With a hint, which is in the arena or static, or NULL. */
_Noreturn void dt_fail_hint(struct dt_compile *compile, const struct dt_loc *loc, const char *tag,
			    const char *hint, const char *fmt, ...) DT_PRINTF(5, 6);
/* Another error: ERR is an errno or EDT_*; FMT NULL: its text is the message. */
_Noreturn void dt_fail_err(struct dt_compile *compile, int err, const char *fmt, ...)
	DT_PRINTF(3, 4);
_Noreturn void dt_fail_nomem(struct dt_compile *compile);

#endif
