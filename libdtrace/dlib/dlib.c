/* SPDX-License-Identifier: MIT */
/* Look-ups in the tables of D libraries, which tools/dlib2c.py writes. */
#include <stdlib.h>
#include <string.h>
#include "dlib/dlib.h"
#include "dlib/tables.h"

const struct dt_dlib *dt_dlib_at(size_t i)
{
	return i < dt_dlib_ntexts ? &dt_dlib_texts[i] : NULL;
}

static int by_name(const void *key, const void *entry)
{
	return strcmp(key, ((const struct dt_dlib_name *)entry)->name);
}

int dt_dlib_defining(const char *name)
{
	const struct dt_dlib_name *found = bsearch(name, dt_dlib_names, dt_dlib_nnames,
						   sizeof(*found), by_name);

	return found ? found->library : -1;
}

const char *dt_dlib_name_at(size_t i)
{
	return i < dt_dlib_nnames ? dt_dlib_names[i].name : NULL;
}
