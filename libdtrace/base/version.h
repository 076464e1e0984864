/* SPDX-License-Identifier: MIT */
/* Versions of the D language, as "1.2" or "1.2.3": numbers that are compared as they are. */
#ifndef DT_BASE_VERSION_H
#define DT_BASE_VERSION_H

#include <stdbool.h>
#include <stdint.h>

#define DT_VERSION(major, minor) ((uint32_t)(major) << 24 | (uint32_t)(minor) << 12)
#define DT_VERSION_NEWEST        DT_VERSION(1, 13) /* what this library understands */

/* False: it is not of that form, or a part of it is too large (255, 4095, 4095). */
bool dt_version_parse(const char *text, uint32_t *out);

#endif
