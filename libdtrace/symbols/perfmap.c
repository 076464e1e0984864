/* SPDX-License-Identifier: MIT */
/*
 * /tmp/perf-PID.map: the names of code that is made at run time.  Just-in-time compilers (the JVM
 * with its agent, Node.js, .NET, CPython 3.12) write it for profilers, one line per function:
 * "START SIZE NAME", the numbers in hexadecimal.  Later lines override earlier ones, since code
 * moves.  user.c asks for addresses in no file.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "base/util.h"
#include "symbols/maps.h"

struct jit_symbol {
	uint64_t start, size;
	const char *name;
	uint32_t line;
};

struct dt_perfmap {
	char *text;
	off_t file_size;                /* when it was read */
	DT_VEC(struct jit_symbol) syms; /* by start, then by line */
};

void dt_perfmap_free(struct dt_perfmap *map)
{
	if (!map)
		return;
	free(map->text);
	dt_vec_free(&map->syms);
	free(map);
}

static int by_start(const void *a, const void *b)
{
	const struct jit_symbol *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->line < y->line ? -1 : 1;
}

/* The pid of the process in its own namespace, which its file is named by. */
static int inner_pid(pid_t pid)
{
	_cleanup_free_ char *text = NULL;
	char path[64];
	const char *line, *last;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	if (dt_read_file(path, &text) < 0)
		return pid;
	line = strstr(text, "\nNSpid:");
	if (!line)
		return pid;
	line += strlen("\nNSpid:");
	last = line;
	for (const char *at = line; *at && *at != '\n'; at++)
		last = at[-1] == '\t' ? at : last;
	return atoi(last);
}

/* The file as seen from the process's root, or after the end of the process as seen from ours. */
static bool find_file(pid_t pid, char *path, size_t size, struct stat *st)
{
	snprintf(path, size, "/proc/%d/root/tmp/perf-%d.map", (int)pid, inner_pid(pid));
	if (stat(path, st) == 0 && S_ISREG(st->st_mode))
		return true;
	snprintf(path, size, "/tmp/perf-%d.map", (int)pid);
	return stat(path, st) == 0 && S_ISREG(st->st_mode);
}

static bool parse(struct dt_perfmap *map)
{
	uint32_t number = 0;

	for (char *line = map->text; *line; number++) {
		struct jit_symbol s = { .line = number };
		char *end = strchrnul(line, '\n'), *at;
		bool more = *end;

		*end = '\0';
		s.start = strtoull(line, &at, 16);
		s.size = strtoull(at, &at, 16);
		s.name = at + strspn(at, " ");
		if (s.size && *s.name && !dt_vec_push(&map->syms, s))
			return false;
		line = end + more;
	}
	qsort(map->syms.data, map->syms.n, sizeof(*map->syms.data), by_start);
	return true;
}

static void refresh(struct dt_perfmap **map, pid_t pid)
{
	struct dt_perfmap *fresh;
	char path[128];
	struct stat st;

	if (!find_file(pid, path, sizeof(path), &st) || (*map && (*map)->file_size == st.st_size))
		return;
	fresh = calloc(1, sizeof(*fresh));
	if (!fresh)
		return;
	fresh->file_size = st.st_size;
	if (dt_read_file(path, &fresh->text) < 0 || !parse(fresh)) {
		dt_perfmap_free(fresh);
		return;
	}
	dt_perfmap_free(*map);
	*map = fresh;
}

static const struct jit_symbol *find(const struct dt_perfmap *map, uint64_t addr)
{
	size_t low = 0, high = map ? map->syms.n : 0;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (map->syms.data[mid].start <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	if (!low || addr - map->syms.data[low - 1].start >= map->syms.data[low - 1].size)
		return NULL;
	return &map->syms.data[low - 1];
}

bool dt_perfmap_find(struct dt_perfmap **map, pid_t pid, uint64_t addr, const char **name,
		     uint64_t *start, uint64_t *size)
{
	const struct jit_symbol *s = find(*map, addr);

	if (!s) {
		refresh(map, pid);
		s = find(*map, addr);
	}
	if (!s)
		return false;
	*name = s->name;
	*start = s->start;
	*size = s->size;
	return true;
}
