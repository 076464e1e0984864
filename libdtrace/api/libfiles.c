/* SPDX-License-Identifier: MIT */
/*
 * D libraries in directories (-L, libdir): each file *.d is compiled once, in the order of the
 * names, but behind the libraries that it depends on.  One that fails leaves nothing but a sentence
 * for dtrace_library_error().
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "api/hdl.h"
#include "base/file.h"
#include "types/types.h"

#define LARGEST_FILE (16 * 1024 * 1024)

struct job {
	dtrace_hdl_t *dtp;
	const struct dt_libfile *file;
	const char *text;
};

static void parse_and_check(struct dt_compile *compile, void *arg)
{
	const struct job *job = arg;
	struct dt_asker asker = { job->dtp, compile };
	struct dt_check_opts check = dt_check_opts_of(job->dtp, 0);
	struct dt_parse_opts parse = dt_parse_opts_of(&asker);

	parse.text = job->text;
	parse.len = strlen(job->text);
	parse.file = job->file->path;
	parse.empty = true;
	check.decls_only = true; /* as everywhere, the clauses of a library are not enabled */
	dt_check_program(compile, &check, dt_parse(compile, &parse));
}

static void left_out(dtrace_hdl_t *dtp, const char *path, uint32_t line, const char *why)
{
	const char *text = line ? dt_arena_printf(dtp->arena, "D library %s, line %u: %s", path,
						  line, why)
				: dt_arena_printf(dtp->arena, "D library %s: %s", path, why);

	if (text)
		(void)dt_vec_push(&dtp->libraries.failures, text);
}

static void compile_text(dtrace_hdl_t *dtp, struct dt_libfile *file, const char *text)
{
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct dt_check_opts opts = dt_check_opts_of(dtp, 0);
	struct dt_check_mark mark = dt_check_mark(&opts);
	size_t nlibraries = dtp->libraries.loaded.n;
	struct job job = { dtp, file, text };
	bool ok;

	if (!compile.arena)
		return;
	dt_types_guard(dtp->env.types, &compile);
	ok = dt_compile_run(&compile, parse_and_check, &job);
	dt_types_guard(dtp->env.types, NULL);
	if (ok) {
		file->arena = compile.arena;
		return;
	}
	dt_check_rollback(&opts, &mark);
	dt_libraries_rollback(dtp, nlibraries);
	left_out(dtp, file->path, compile.diag.loc.line,
		 compile.diag.msg ? compile.diag.msg : dt_strerror(compile.diag.err));
	dt_arena_free(compile.arena);
}

static void load(dtrace_hdl_t *dtp, struct dt_libfile *file);

/* What a library depends on comes first: the parser has to know the types. */
static void load_needed(dtrace_hdl_t *dtp, const char *text)
{
	char name[256];

	for (const char *line = text; line; line = strchr(line, '\n')) {
		struct dt_libfile *needed;

		line += *line == '\n';
		if (line[strspn(line, " \t")] != '#' ||
		    sscanf(line, " # pragma D depends_on library %255s", name) != 1)
			continue;
		needed = dt_libfiles_find(dtp, name);
		if (needed)
			load(dtp, needed);
	}
}

static void load(dtrace_hdl_t *dtp, struct dt_libfile *file)
{
	char *text = NULL;
	ssize_t len;
	int fd;

	if (file->begun)
		return;
	file->begun = true;
	fd = dt_open_regular(file->path, 0);
	len = fd < 0 ? fd : dt_read_all(fd, LARGEST_FILE, &text);
	if (fd >= 0)
		close(fd);
	if (len < 0) {
		left_out(dtp, file->path, 0, dt_strerror((int)-len));
		return;
	}
	load_needed(dtp, text);
	compile_text(dtp, file, text);
	free(text);
}

struct dt_libfile *dt_libfiles_find(const dtrace_hdl_t *dtp, const char *name)
{
	dt_vec_each(&dtp->libraries.files, it)
	{
		if (!strcmp((*it)->name, name))
			return *it;
	}
	return NULL;
}

static int is_library(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && dot != entry->d_name && !strcmp(dot, ".d");
}

/* The first of several files of one name is the library. */
static void add(dtrace_hdl_t *dtp, const char *dir, const char *name)
{
	struct dt_libfile *file = dt_arena_new_obj(dtp->arena, struct dt_libfile);

	if (!file || dt_libfiles_find(dtp, name))
		return;
	file->path = dt_arena_printf(dtp->arena, "%s/%s", dir, name);
	file->name = dt_arena_strdup(dtp->arena, name);
	if (file->path && file->name)
		(void)dt_vec_push(&dtp->libraries.files, file);
}

static void read_dir(dtrace_hdl_t *dtp, const char *dir)
{
	struct dirent **entries;
	int n = scandir(dir, &entries, is_library, alphasort);

	if (n < 0) {
		const char *why = dt_strerror(errno);
		const char *text = dt_arena_printf(dtp->arena, "D libraries of %s: %s", dir, why);

		if (text)
			(void)dt_vec_push(&dtp->libraries.failures, text);
		return;
	}
	for (int i = 0; i < n; i++) {
		add(dtp, dir, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
}

void dt_libfiles_load(dtrace_hdl_t *dtp)
{
	if (dtp->copts.nolibs || !dtp->libraries.dirs.n)
		return;
	dt_vec_each(&dtp->libraries.dirs, it) read_dir(dtp, *it);
	dtp->libraries.dirs.n = 0;
	dt_vec_each(&dtp->libraries.files, it) load(dtp, *it);
}

const char *dtrace_library_error(dtrace_hdl_t *dtp, size_t i)
{
	return i < dtp->libraries.failures.n ? dtp->libraries.failures.data[i] : NULL;
}

void dt_libfiles_free(dtrace_hdl_t *dtp)
{
	dt_vec_each(&dtp->libraries.files, it) dt_arena_free((*it)->arena);
	dt_vec_free(&dtp->libraries.files);
	dt_vec_free(&dtp->libraries.dirs);
	dt_vec_free(&dtp->libraries.failures);
}
