/* SPDX-License-Identifier: MIT */
/*
 * One datum of a record or of a tuple, as the files that print it pass it around: its bytes, and
 * what is known about them.  It points into the record and is valid as long as that.
 */
#ifndef DT_CONSUME_DATUM_H
#define DT_CONSUME_DATUM_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "base/util.h"

struct dt_type;

struct dt_datum {
	uint16_t action;            /* DTRACEACT_* */
	uint64_t arg;               /* dtrd_arg */
	const struct dt_type *type; /* NULL: not known */
	const void *data;
	uint32_t size;
};

/* An integer of 1, 2, 4 or 8 bytes; of another size its first 8 bytes, unsigned. */
static inline int64_t dt_datum_int(const void *data, uint32_t size, bool is_signed)
{
	union {
		uint8_t u1;
		uint16_t u2;
		uint32_t u4;
		uint64_t u8;
	} v = { 0 };

	memcpy(&v, data, DT_MIN(size, sizeof(v)));
	switch (size) {
	case 1: return is_signed ? (int8_t)v.u1 : (int64_t)v.u1;
	case 2: return is_signed ? (int16_t)v.u2 : (int64_t)v.u2;
	case 4: return is_signed ? (int32_t)v.u4 : (int64_t)v.u4;
	default: return (int64_t)v.u8;
	}
}

#endif
