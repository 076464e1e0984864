/* SPDX-License-Identifier: MIT */
/*
 * Stability attributes: how far a name and the meaning of its data may be relied on, and which
 * machines have it.  What uses several names has the least of each.
 */
#ifndef DT_BASE_ATTR_H
#define DT_BASE_ATTR_H

#include <stdbool.h>
#include <stdint.h>

/* DTRACE_STABILITY_ and DTRACE_CLASS_ values. */
struct dt_attr {
	uint8_t name, data, class;
};

struct dt_attr dt_attr_min(struct dt_attr a, struct dt_attr b);
/* Is a part of A less than that of LEAST? */
bool dt_attr_is_below(struct dt_attr a, struct dt_attr least);
/* "Stable/Evolving/Common", in any case.  What is missing is the highest. */
bool dt_attr_parse(const char *text, struct dt_attr *out);
/* NULL: there is no such number. */
const char *dt_attr_stability_name(unsigned stability);
const char *dt_attr_class_name(unsigned class);

#endif
