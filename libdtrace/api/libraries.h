/* SPDX-License-Identifier: MIT */
/*
 * The D libraries of a handle.  A built-in one (dlib/) is compiled when a program first uses a name
 * that it defines, inside that program's compile.  Programs that use none pay nothing.  The files
 * of directories (-L) are compiled before the next program, each behind those that it depends on.
 */
#ifndef DT_API_LIBRARIES_H
#define DT_API_LIBRARIES_H

#include <dtrace.h>
#include <stdbool.h>
#include "base/fail.h"
#include "base/vec.h"

struct dt_type;

/* A compiled library. */
struct dt_library {
	int number; /* dlib/'s */
	struct dt_arena *arena;
};

/* DIR/NAME.d.  The handle's arena has it. */
struct dt_libfile {
	const char *name, *path; /* "NAME.d", "DIR/NAME.d" */
	struct dt_arena *arena;  /* of its compile; NULL: not compiled, or it failed */
	bool begun;              /* has been compiled, or is being */
};

struct dt_libraries {
	DT_VEC(struct dt_library) loaded;
	uint64_t begun; /* bit n: library n has been compiled, or is being */
	/* libfiles.c's; all strings are in the handle's arena */
	DT_VEC(const char *) dirs; /* syslibdir's and libdir's that have not been read yet */
	DT_VEC(struct dt_libfile *) files;
	DT_VEC(const char *) failures; /* a sentence for each library that was left out */
};

/* What a library says. */
struct dt_library_text {
	const char *name, *text; /* the name is for messages */
	bool is_built_in;
};

/* Compiles a library in COMPILE, whose arena has to live on.  false: as dt_compile_text(). */
bool dt_library_compile(dtrace_hdl_t *dtp, struct dt_compile *compile,
			const struct dt_library_text *text);
/* Sees to it that the library that defines NAME is compiled.  true: it was, in this call.  A
 * library that does not compile fails COMPILE. */
bool dt_libraries_use(dtrace_hdl_t *dtp, struct dt_compile *compile, const char *name);
/* The type of TEXT, such as "psinfo_t *".  Its library is compiled first.  NULL: there is none.
 * Not inside a compile. */
const struct dt_type *dt_libraries_type(dtrace_hdl_t *dtp, const char *text);
/* After a failed compile has been rolled back: only the first N libraries are left. */
void dt_libraries_rollback(dtrace_hdl_t *dtp, size_t n);
void dt_libraries_free(dtrace_hdl_t *dtp);

/* libfiles.c: compiles the files of directories that were added since the last call.  One that
 * fails is left out.  Not inside a compile. */
void dt_libfiles_load(dtrace_hdl_t *dtp);
/* NULL: there is none of this name. */
struct dt_libfile *dt_libfiles_find(const dtrace_hdl_t *dtp, const char *name);
void dt_libfiles_free(dtrace_hdl_t *dtp);

/* For #pragma D depends_on (struct dt_check_opts): whether there is a library, a module of the
 * kernel or a provider of this name.  A library is compiled then.  ARG: the handle. */
bool dt_libraries_depends(void *arg, struct dt_compile *compile, const char *kind,
			  const char *name);

#endif
