/* SPDX-License-Identifier: MIT */
/* Texts of error numbers; the rows are in errno.h. */
#include <string.h>
#include "base/errno.h"

const char *dt_strerror(int err)
{
	switch (err) {
#define X(name, number, text) \
	case number: return text;
		DT_ERRORS(X)
#undef X
	}
	return strerror(err < 0 ? -err : err);
}
