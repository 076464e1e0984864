/* SPDX-License-Identifier: MIT */
/* Sizes and times as people write them, in the words of DTrace's options: "64k", "10ms", "97hz". */
#ifndef DT_BASE_QUANTITY_H
#define DT_BASE_QUANTITY_H

#include <stdbool.h>
#include <stdint.h>

/* Both return false, and may have changed *OUT, where the text is not such a quantity or does not
 * fit.  Suffixes in either case. */

/* Bytes: a number, or one with k, m, g or t. */
bool dt_parse_size(const char *text, int64_t *out);
/* Nanoseconds between two events: a number of them, one with a unit from ns to day, or a rate in
 * hz. */
bool dt_parse_interval(const char *text, int64_t *out);

#endif
