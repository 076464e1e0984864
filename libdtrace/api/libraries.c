/* SPDX-License-Identifier: MIT */
/* Compiling D libraries; libraries.h says when.  Each has a compile of its own, whose arena lives
 * as long as the handle, since inlines and translators point into it. */
#include <string.h>
#include "api/hdl.h"
#include "dlib/dlib.h"
#include "lang/lang.h"
#include "types/types.h"

struct job {
	dtrace_hdl_t *dtp;
	const struct dt_library_text *lib;
};

static void parse_and_check(struct dt_compile *compile, void *arg)
{
	const struct job *job = arg;
	struct dt_asker asker = { job->dtp, compile };
	struct dt_check_opts check = dt_check_opts_of(job->dtp, 0);
	struct dt_parse_opts parse = dt_parse_opts_of(&asker);

	parse.text = job->lib->text;
	parse.len = strlen(job->lib->text);
	parse.file = job->lib->name;
	/* a file may hold anything; as everywhere, its clauses are not enabled */
	parse.empty = check.decls_only = !job->lib->is_built_in;
	check.is_library = job->lib->is_built_in;
	dt_check_program(compile, &check, dt_parse(compile, &parse));
}

bool dt_library_compile(dtrace_hdl_t *dtp, struct dt_compile *compile,
			const struct dt_library_text *text)
{
	return dt_compile_text(dtp, compile, parse_and_check, &(struct job){ dtp, text });
}

/* Says in OUTER what was wrong in the library's compile. */
static _Noreturn void fail(struct dt_compile *outer, const struct dt_library *lib,
			   const struct dt_diag *diag)
{
	const char *msg = dt_arena_strdup(outer->arena, diag->msg ? diag->msg : "");

	dt_arena_free(lib->arena);
	dt_fail_err(outer, EDT_COMPILER, "D library %s, line %u: %s", dt_dlib_at(lib->number)->name,
		    diag->loc.line, msg);
}

static void load(dtrace_hdl_t *dtp, struct dt_compile *outer, int number)
{
	const struct dt_dlib *dlib = dt_dlib_at((size_t)number);
	struct dt_library_text text = { dlib->name, dlib->text, true };
	struct dt_library lib = { number, dt_arena_new() };
	struct dt_compile compile = { .arena = lib.arena };

	if (!lib.arena || !dt_vec_push(&dtp->libraries.loaded, lib)) {
		dt_arena_free(lib.arena);
		dt_fail_nomem(outer);
	}
	if (!dt_library_compile(dtp, &compile, &text)) {
		dtp->libraries.loaded.n--;
		fail(outer, &lib, &compile.diag);
	}
}

static bool use(dtrace_hdl_t *dtp, struct dt_compile *compile, int number)
{
	if (dtp->libraries.begun & 1ULL << number)
		return false;
	dtp->libraries.begun |= 1ULL << number;
	load(dtp, compile, number);
	return true;
}

bool dt_libraries_use(dtrace_hdl_t *dtp, struct dt_compile *compile, const char *name)
{
	int number = dtp->copts.nolibs ? -1 : dt_dlib_defining(name);

	return number >= 0 && use(dtp, compile, number);
}

struct type_job {
	dtrace_hdl_t *dtp;
	const char *text;
};

static void use_for_type(struct dt_compile *compile, void *arg)
{
	const struct type_job *job = arg;

	dt_libraries_use(job->dtp, compile,
			 dt_arena_strndup(compile->arena, job->text, strcspn(job->text, " *")));
}

const struct dt_type *dt_libraries_type(dtrace_hdl_t *dtp, const char *text)
{
	struct type_job job = { dtp, text };
	struct dt_compile compile = { .arena = dt_arena_new() };
	const struct dt_type *t = dt_types_parse(dtp->env.types, text);

	if (!t && compile.arena && dt_compile_text(dtp, &compile, use_for_type, &job))
		t = dt_types_parse(dtp->env.types, text);
	dt_arena_free(compile.arena);
	return t;
}

static bool use_named(dtrace_hdl_t *dtp, struct dt_compile *compile, const char *name)
{
	const struct dt_libfile *file = dt_libfiles_find(dtp, name);
	const struct dt_dlib *lib;

	if (file)
		return file->arena != NULL;
	for (int i = 0; (lib = dt_dlib_at((size_t)i)) != NULL; i++) {
		if (!strcmp(lib->name, name) && !dtp->copts.nolibs) {
			use(dtp, compile, i);
			return true;
		}
	}
	return false;
}

static bool has_provider(const dtrace_hdl_t *dtp, const char *name)
{
	dt_vec_each(&dtp->probes.providers, it)
	{
		if (!strcmp((*it)->ops->name, name))
			return true;
	}
	return false;
}

bool dt_libraries_depends(void *arg, struct dt_compile *compile, const char *kind, const char *name)
{
	dtrace_hdl_t *dtp = arg;

	if (!strcmp(kind, "library"))
		return use_named(dtp, compile, name);
	if (!strcmp(kind, "provider"))
		return has_provider(dtp, name);
	return dt_types_has_btf(dtp->env.types, name) || dt_types_is_module(name);
}

void dt_libraries_rollback(dtrace_hdl_t *dtp, size_t n)
{
	dtp->libraries.begun = 0;
	while (dtp->libraries.loaded.n > n)
		dt_arena_free(dtp->libraries.loaded.data[--dtp->libraries.loaded.n].arena);
	dt_vec_each(&dtp->libraries.loaded, it) dtp->libraries.begun |= 1ULL << it->number;
}

void dt_libraries_free(dtrace_hdl_t *dtp)
{
	dt_libraries_rollback(dtp, 0);
	dt_vec_free(&dtp->libraries.loaded);
	dt_libfiles_free(dtp);
}
