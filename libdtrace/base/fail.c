/* SPDX-License-Identifier: MIT */
/* Running a compile, and leaving it with a diagnostic; see fail.h. */
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include "base/arena.h"
#include "base/errno.h"
#include "base/fail.h"

/* A compile failed: by its last error, or in dt_compile_end(), which leaves none.  What is no error
 * in the program counts for itself. */
static void settle(struct dt_compile *compile)
{
	if (compile->diag.err == EDT_COMPILER)
		compile->errors[compile->nerrors++] = compile->diag;
	else if (compile->diag.err)
		compile->nerrors = 0;
	if (compile->nerrors)
		compile->diag = compile->errors[0];
}

bool dt_compile_run(struct dt_compile *compile, void (*body)(struct dt_compile *compile, void *arg),
		    void *arg)
{
	struct dt_compile *before = dt_arena_guard(compile->arena, compile);

	compile->nerrors = 0;
	if (setjmp(compile->env)) {
		dt_arena_guard(compile->arena, before);
		settle(compile);
		return false;
	}
	body(compile, arg);
	dt_arena_guard(compile->arena, before);
	return true;
}

bool dt_compile_try(struct dt_compile *compile, void (*body)(struct dt_compile *compile, void *arg),
		    void *arg)
{
	jmp_buf outer;

	memcpy(&outer, &compile->env, sizeof(outer));
	if (setjmp(compile->env)) {
		memcpy(&compile->env, &outer, sizeof(outer));
		dt_arena_guard(compile->arena, compile);
		if (compile->diag.err != EDT_COMPILER)
			longjmp(compile->env, 1);
		return false;
	}
	body(compile, arg);
	memcpy(&compile->env, &outer, sizeof(outer));
	return true;
}

void dt_compile_keep(struct dt_compile *compile)
{
	compile->errors[compile->nerrors++] = compile->diag;
	if (compile->nerrors == DT_ERRORS_MAX)
		dt_compile_end(compile);
}

void dt_compile_end(struct dt_compile *compile)
{
	if (!compile->nerrors)
		return;
	compile->diag = (struct dt_diag){ 0 };
	longjmp(compile->env, 1);
}

static _Noreturn void leave(struct dt_compile *compile, const struct dt_diag *diag, const char *fmt,
			    va_list ap)
{
	struct dt_diag d = *diag;

	/* Running out of memory for the message must not fail again. */
	dt_arena_guard(compile->arena, NULL);
	if (fmt)
		d.msg = dt_arena_vprintf(compile->arena, fmt, ap);
	if (fmt && !d.msg)
		d = (struct dt_diag){ .err = EDT_NOMEM };
	compile->diag = d;
	longjmp(compile->env, 1);
}

void dt_fail(struct dt_compile *compile, const struct dt_loc *loc, const char *tag, const char *fmt,
	     ...)
{
	struct dt_diag d = { .err = EDT_COMPILER, .tag = tag };
	va_list ap;

	if (loc)
		d.loc = *loc;
	va_start(ap, fmt);
	leave(compile, &d, fmt, ap);
}

void dt_fail_hint(struct dt_compile *compile, const struct dt_loc *loc, const char *tag,
		  const char *hint, const char *fmt, ...)
{
	struct dt_diag d = { .err = EDT_COMPILER, .tag = tag, .hint = hint };
	va_list ap;

	if (loc)
		d.loc = *loc;
	va_start(ap, fmt);
	leave(compile, &d, fmt, ap);
}

void dt_fail_err(struct dt_compile *compile, int err, const char *fmt, ...)
{
	struct dt_diag d = { .err = err };
	va_list ap;

	va_start(ap, fmt);
	leave(compile, &d, fmt, ap);
}

void dt_fail_nomem(struct dt_compile *compile)
{
	dt_arena_guard(compile->arena, NULL);
	compile->diag = (struct dt_diag){ .err = EDT_NOMEM };
	longjmp(compile->env, 1);
}
