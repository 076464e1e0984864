/* SPDX-License-Identifier: MIT */
/* The name of a type that the library handed out (dtt_ctfp holds it); what dtrace -lv prints. */
#include <errno.h>
#include <stdio.h>
#include "api/hdl.h"
#include "types/types.h"

int dtrace_type2str(dtrace_hdl_t *dtp, const dtrace_typeinfo_t *type, char *buf, int n)
{
	const struct dt_type *t = type ? (const struct dt_type *)type->dtt_ctfp : NULL;
	char text[512];

	if (!t || n < 0)
		return dt_set_errno(dtp, EINVAL);
	return snprintf(buf, (size_t)n, "%s", dt_type_name(t, text, sizeof(text)));
}
