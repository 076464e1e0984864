/* SPDX-License-Identifier: MIT */
/*
 * The error of a handle: what dtrace_errno(), dtrace_errmsg() and dtrace_errplace() show.  The
 * rooms below return a number with a sentence, or a compiler's diagnostic; the functions of api/
 * hand these over here.  All setters return -1, so that callers end with `return
 * dt_set_errno(...)`.
 */
#ifndef DT_API_ERROR_H
#define DT_API_ERROR_H

#include <dtrace.h>
#include <dtrace_linux.h>
#include "base/errno.h"
#include "base/fail.h"
#include "base/strbuf.h"

/* The last failure; a call that succeeds leaves it alone, but for a compile, which resets it. */
struct dt_hdl_error {
	int number;              /* an errno or EDT_ number; 0: none yet */
	struct dt_strbuf text;   /* says more than the number's own text, when has_text */
	bool has_text;           /* text belongs to number */
	dtrace_errplace_t place; /* its strings are in `strings` */
	struct dt_strbuf strings;
};

int dt_set_errno(dtrace_hdl_t *dtp, int err);
int dt_set_error(dtrace_hdl_t *dtp, int err, const char *fmt, ...) DT_PRINTF(3, 4);
/* Adds a sentence to the error that is set: what to do, or the name that was meant. */
void dt_set_hint(dtrace_hdl_t *dtp, const char *hint);
/* Another error of the same compile, as dt_set_diag(). */
void dt_add_diag(dtrace_hdl_t *dtp, const struct dt_diag *diag, const char *context,
		 const char *source, size_t len);
void dt_errors_free(dtrace_hdl_t *dtp);
/* From a diagnostic.  CONTEXT: what precedes the message ("in predicate: "), or the file compiled,
 * or NULL.  SOURCE (may be NULL) is the program's text, for the line under the caret. */
int dt_set_diag(dtrace_hdl_t *dtp, const struct dt_diag *diag, const char *context,
		const char *source, size_t len);
/* From a room that returns negative numbers: ERR is one, WHY its sentence or "". */
int dt_set_failure(dtrace_hdl_t *dtp, int err, const char *why);
/* From a function of run/: ERR is its negative result. */
int dt_set_run_error(dtrace_hdl_t *dtp, int err);

#endif
