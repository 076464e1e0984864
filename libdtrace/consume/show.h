/* SPDX-License-Identifier: MIT */
/*
 * How a datum looks when no format says so: for records, for keys of aggregations, and for the show
 * hooks of built-ins.
 */
#ifndef DT_CONSUME_SHOW_H
#define DT_CONSUME_SHOW_H

#include <stdbool.h>
#include <stddef.h>
#include "consume/datum.h"

struct dt_out;

/* KEY: as in a row of an aggregation, else as trace() shows it (quiet and rawbytes hold). */
void dt_show_datum(struct dt_out *out, const struct dt_datum *datum, bool key);
void dt_show_hexdump(struct dt_out *out, const void *data, size_t size);

#endif
