/* SPDX-License-Identifier: MIT */
/* Running a compile, and leaving it with a diagnostic; see fail.h. */
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include "base/arena.h"
#include "base/errno.h"
#include "base/fail.h"

bool dt_compile_run(struct dt_compile *compile, void (*body)(struct dt_compile *compile, void *arg),
		    void *arg)
{
	struct dt_compile *before = dt_arena_guard(compile->arena, compile);

	if (setjmp(compile->env)) {
		dt_arena_guard(compile->arena, before);
		return false;
	}
	body(compile, arg);
	dt_arena_guard(compile->arena, before);
	return true;
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
