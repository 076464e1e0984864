/* SPDX-License-Identifier: MIT */
/*
 * Which functions of the kernel its function tracer can trace: tracefs' available_filter_functions,
 * with lines like "vfs_read" and "ext4_iget [ext4]".  A name counts for all functions that have it.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include "base/arena.h"
#include "base/file.h"
#include "base/table.h"
#include "base/util.h"
#include "symbols/symbols.h"

#define MAX_LIST (64U << 20)

static const char *const lists[] = {
	"/sys/kernel/tracing/available_filter_functions",
	"/sys/kernel/debug/tracing/available_filter_functions",
};

struct dt_traceable {
	struct dt_arena *arena;
	struct dt_table names;
	bool is_known; /* the list could be read */
};

static int add_names(struct dt_traceable *t, char *text)
{
	for (char *line = text, *next; *line; line = next) {
		size_t len = strcspn(line, " \t\n");

		next = line + strcspn(line, "\n");
		next += *next == '\n';
		if (len && !dt_table_at(&t->names, line, len, true))
			return -ENOMEM;
	}
	return 0;
}

static int read_list(struct dt_traceable *t)
{
	int err = 0;

	for (size_t i = 0; !err && !t->is_known && i < ARRAY_SIZE(lists); i++) {
		_cleanup_fd_ int fd = open(lists[i], O_RDONLY | O_CLOEXEC);
		_cleanup_free_ char *text = NULL;

		if (fd < 0 || dt_read_all(fd, MAX_LIST, &text) <= 0)
			continue;
		t->is_known = true;
		err = add_names(t, text);
	}
	return err;
}

struct dt_traceable *dt_traceable_new(void)
{
	struct dt_traceable *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->names.arena = t->arena = dt_arena_new();
	if (!t->arena || read_list(t)) {
		dt_traceable_free(t);
		return NULL;
	}
	return t;
}

void dt_traceable_free(struct dt_traceable *t)
{
	if (!t)
		return;
	dt_arena_free(t->arena);
	free(t);
}

bool dt_traceable_is_known(const struct dt_traceable *t)
{
	return t->is_known;
}

bool dt_traceable_has(struct dt_traceable *t, const char *name)
{
	return dt_table_at(&t->names, name, strlen(name), false) != NULL;
}
