/* SPDX-License-Identifier: MIT */
/* Versions of D from text (version.h). */
#include <ctype.h>
#include <stdlib.h>
#include "base/version.h"

static bool take_part(const char **text, unsigned long most, uint32_t *out)
{
	char *end;
	unsigned long part;

	if (!isdigit((unsigned char)**text))
		return false;
	part = strtoul(*text, &end, 10);
	*text = end;
	*out = (uint32_t)part;
	return part <= most;
}

bool dt_version_parse(const char *text, uint32_t *out)
{
	uint32_t major, minor, micro = 0;

	if (!take_part(&text, 255, &major) || *text++ != '.' || !take_part(&text, 4095, &minor))
		return false;
	if (*text == '.') {
		text++;
		if (!take_part(&text, 4095, &micro))
			return false;
	}
	*out = DT_VERSION(major, minor) | micro;
	return !*text;
}
