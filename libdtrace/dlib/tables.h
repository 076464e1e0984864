/* SPDX-License-Identifier: MIT */
/* The tables that tools/dlib2c.py writes: the texts, and whose names they define, sorted. */
#ifndef DT_DLIB_TABLES_H
#define DT_DLIB_TABLES_H

#include <stdint.h>
#include "dlib/dlib.h"

struct dt_dlib_name {
	const char *name;
	uint16_t library;
};

extern const struct dt_dlib dt_dlib_texts[];
extern const size_t dt_dlib_ntexts;
extern const struct dt_dlib_name dt_dlib_names[];
extern const size_t dt_dlib_nnames;

#endif
