/* SPDX-License-Identifier: MIT */
/* Leaving a compile with one diagnostic; see fail.h. */
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include "base/arena.h"
#include "base/errno.h"
#include "base/fail.h"

static _Noreturn void leave(struct dt_try *try, const struct dt_diag *diag, const char *fmt,
			    va_list ap)
{
	struct dt_diag d = *diag;

	/* Out of memory while telling of an error must not come back here. */
	dt_arena_guard(try->arena, NULL);
	if (fmt)
		d.msg = dt_arena_vprintf(try->arena, fmt, ap);
	if (fmt && !d.msg)
		d = (struct dt_diag){ .err = EDT_NOMEM };
	try->diag = d;
	longjmp(try->env, 1);
}

void dt_fail(struct dt_try *try, const struct dt_loc *loc, const char *tag, const char *fmt, ...)
{
	struct dt_diag d = { .err = EDT_COMPILER, .tag = tag };
	va_list ap;

	if (loc)
		d.loc = *loc;
	va_start(ap, fmt);
	leave(try, &d, fmt, ap);
}

void dt_fail_hint(struct dt_try *try, const struct dt_loc *loc, const char *tag, const char *hint,
		  const char *fmt, ...)
{
	struct dt_diag d = { .err = EDT_COMPILER, .tag = tag, .hint = hint };
	va_list ap;

	if (loc)
		d.loc = *loc;
	va_start(ap, fmt);
	leave(try, &d, fmt, ap);
}

void dt_fail_err(struct dt_try *try, int err, const char *fmt, ...)
{
	struct dt_diag d = { .err = err };
	va_list ap;

	va_start(ap, fmt);
	leave(try, &d, fmt, ap);
}

void dt_fail_nomem(struct dt_try *try)
{
	dt_arena_guard(try->arena, NULL);
	try->diag = (struct dt_diag){ .err = EDT_NOMEM };
	longjmp(try->env, 1);
}
