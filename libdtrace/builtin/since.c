/* SPDX-License-Identifier: MIT */
/*
 * Which version of D has brought a built-in, for the option version: names that came later are not
 * known then.  What is not here has been there from the first version on.
 */
#include <string.h>
#include "base/util.h"
#include "base/version.h"
#include "builtin/builtins.h"

static const struct {
	uint32_t version;
	const char *names; /* with a blank before and behind each */
} brought[] = {
	{ DT_VERSION(1, 1), " freopen index rindex strchr strrchr strstr strtok substr " },
	{ DT_VERSION(1, 2), " func mod setopt sym uaddr ucaller ufunc umod ustackdepth usym " },
	{ DT_VERSION(1, 3), " htonl htonll htons ntohl ntohll ntohs " },
	{ DT_VERSION(1, 5), " inet_ntoa inet_ntoa6 inet_ntop " },
	{ DT_VERSION(1, 6), " stddev " },
	{ DT_VERSION(1, 7), " llquantize " },
	{ DT_VERSION(1, 8), " tolower toupper " },
	{ DT_VERSION(1, 9), " print " },
	{ DT_VERSION(1, 10), " getf " },
	{ DT_VERSION(1, 11), " json strtoll " },
	{ DT_VERSION(1, 13), " threadname " },
};

uint32_t dt_builtin_since(const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < ARRAY_SIZE(brought); i++)
		for (const char *p = brought[i].names; (p = strstr(p, name)); p++)
			if (p[-1] == ' ' && p[len] == ' ')
				return brought[i].version;
	return 0;
}
