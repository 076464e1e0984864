/* SPDX-License-Identifier: MIT */
/* dtrace -h and dtrace -G: the header and the object file for the probes that D text declares.
 * providers/declared.c does the work. */
#include <errno.h>
#include "api/hdl.h"
#include "providers/declared.h"

int dtrace_program_header(dtrace_hdl_t *dtp, FILE *out, const char *fname)
{
	struct dt_strbuf why = { 0 };
	int err;

	if (!out)
		return dt_set_errno(dtp, EINVAL);
	err = dt_declared_header(dtp->symtab, out, fname, &why);
	if (err)
		dt_set_failure(dtp, err, dt_strbuf_str(&why));
	dt_strbuf_free(&why);
	return err ? -1 : 0;
}

/* The objects (OBJC, OBJV) are left as they are.  illumos patches the probe calls in them; the
 * header of ours makes notes instead of calls. */
int dtrace_program_link(dtrace_hdl_t *dtp, dtrace_prog_t *prog, uint_t dflags, const char *file,
			int objc, char *const objv[])
{
	int err;

	(void)objc;
	(void)objv;
	if (!prog || !file || (dflags & ~(uint_t)DTRACE_D_MASK))
		return dt_set_errno(dtp, EINVAL);
	err = dt_declared_object(dtp->symtab, file);
	return err ? dt_set_errno(dtp, -err) : 0;
}
