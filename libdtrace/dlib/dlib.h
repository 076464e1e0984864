/* SPDX-License-Identifier: MIT */
/*
 * The D libraries: what D programs expect to be declared for them, as D text that is built in.  A
 * library costs nothing until a program uses a name of it.  So there is an index of the names that
 * the libraries define, made from their text when this library is built (tools/dlib2c.py).
 *
 * To add a library, write dlib/NAME.d and add its name to the list in meson.build.  Members of the
 * kernel's structures are found by BTF, so that one text serves every kernel.
 */
#ifndef DT_DLIB_DLIB_H
#define DT_DLIB_DLIB_H

#include <stddef.h>

struct dt_dlib {
	const char *name; /* "procfs.d" */
	const char *text;
};

/* NULL behind the last. */
const struct dt_dlib *dt_dlib_at(size_t i);
/* The number of the library that defines an inline, a type or a tag of this name; -1: none does. */
int dt_dlib_defining(const char *name);
/* Name I of those that the libraries define; NULL behind the last. */
const char *dt_dlib_name_at(size_t i);

#endif
