/* SPDX-License-Identifier: MIT */
/* Stability attributes: their names and their order. */
#include <string.h>
#include <strings.h>
#include "base/attr.h"
#include "base/util.h"

static const char *const stabilities[] = { "Internal", "Private",  "Obsolete", "External",
					   "Unstable", "Evolving", "Stable",   "Standard" };
static const char *const classes[] = { "Unknown", "CPU", "Platform", "Group", "ISA", "Common" };

struct dt_attr dt_attr_min(struct dt_attr a, struct dt_attr b)
{
	return (struct dt_attr){ DT_MIN(a.name, b.name), DT_MIN(a.data, b.data),
				 DT_MIN(a.class, b.class) };
}

bool dt_attr_is_below(struct dt_attr a, struct dt_attr least)
{
	return a.name < least.name || a.data < least.data || a.class < least.class;
}

const char *dt_attr_stability_name(unsigned stability)
{
	return stability < ARRAY_SIZE(stabilities) ? stabilities[stability] : NULL;
}

const char *dt_attr_class_name(unsigned class)
{
	return class < ARRAY_SIZE(classes) ? classes[class] : NULL;
}

static int find_name(const char *const *names, size_t n, const char *text, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(names[i]) == len && !strncasecmp(names[i], text, len))
			return (int)i;
	return -1;
}

bool dt_attr_parse(const char *text, struct dt_attr *out)
{
	int part[3] = { ARRAY_SIZE(stabilities) - 1, ARRAY_SIZE(stabilities) - 1,
			ARRAY_SIZE(classes) - 1 };

	for (int i = 0; i < 3 && *text; i++) {
		size_t len = strcspn(text, "/");

		if (len)
			part[i] = i < 2 ? find_name(stabilities, ARRAY_SIZE(stabilities), text, len)
					: find_name(classes, ARRAY_SIZE(classes), text, len);
		if (part[i] < 0)
			return false;
		text += len + (text[len] == '/');
	}
	*out = (struct dt_attr){ (uint8_t)part[0], (uint8_t)part[1], (uint8_t)part[2] };
	return !*text;
}
