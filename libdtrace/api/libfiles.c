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
#include "api/hdl.h"
#include "base/file.h"

#define LARGEST_FILE (16 * 1024 * 1024)

/* SENTENCE, of the handle's arena; NULL: there was no memory for it. */
static void left_out(dtrace_hdl_t *dtp, const char *sentence)
{
	if (sentence)
		(void)dt_vec_push(&dtp->libraries.failures, sentence);
}

static void compile_text(dtrace_hdl_t *dtp, struct dt_libfile *file, const char *text)
{
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct dt_library_text lib = { file->path, text, false };
	const struct dt_diag *diag = &compile.diag;
	const char *why;

	if (!compile.arena)
		return;
	if (dt_library_compile(dtp, &compile, &lib)) {
		file->arena = compile.arena;
		return;
	}
	why = diag->msg ? diag->msg : dt_strerror(diag->err);
	left_out(dtp, diag->loc.line
			      ? dt_arena_printf(dtp->arena, "D library %s, line %u: %s", file->path,
						diag->loc.line, why)
			      : dt_arena_printf(dtp->arena, "D library %s: %s", file->path, why));
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

static ssize_t read_text(const char *path, char **text)
{
	_cleanup_fd_ int fd = dt_open_regular(path, 0);

	return fd < 0 ? fd : dt_read_all(fd, LARGEST_FILE, text);
}

static void load(dtrace_hdl_t *dtp, struct dt_libfile *file)
{
	_cleanup_free_ char *text = NULL;
	ssize_t len;

	if (file->begun)
		return;
	file->begun = true;
	len = read_text(file->path, &text);
	if (len < 0) {
		left_out(dtp, dt_arena_printf(dtp->arena, "D library %s: %s", file->path,
					      dt_strerror((int)-len)));
		return;
	}
	load_needed(dtp, text);
	compile_text(dtp, file, text);
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
		left_out(dtp, dt_arena_printf(dtp->arena, "D libraries of %s: %s", dir,
					      dt_strerror(errno)));
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
