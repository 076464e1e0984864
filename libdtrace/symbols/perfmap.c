/* SPDX-License-Identifier: MIT */
/*
 * /tmp/perf-PID.map: the names of code that is made at run time.  Just-in-time compilers (the JVM
 * with its agent, Node.js, .NET, CPython 3.12) write it for profilers, one line per function:
 * "START SIZE NAME", the numbers in hexadecimal.  Later lines override earlier ones, since code
 * moves.  user.c asks for addresses in no file.
 *
 * Such a file is not trusted.  It must belong to the process's user, it is read through one
 * descriptor, and one that is too large is not read at all.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "base/file.h"
#include "base/util.h"
#include "symbols/maps.h"

enum { PAUSE_FACTOR = 10 }; /* reading takes at most a tenth of the time */

static const off_t max_file_size = 64 << 20;
static const uint64_t at_once_ns = 1000000; /* what takes less is read at each question */

struct jit_symbol {
	uint64_t start, size;
	const char *name;
	uint32_t line;
};

struct dt_perfmap {
	char *text;
	off_t file_size;                /* when it was read */
	uint64_t read_again_ns;         /* not before */
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

/* What /proc/PID/status says: the pid in the process's own namespace, which its file is named by,
 * and the user who makes its files.  What it does not say stays. */
static void read_status(pid_t pid, int *inner_pid, uid_t *user)
{
	_cleanup_free_ char *text = NULL;
	const char *line, *tab;
	unsigned int made_by;

	if (dt_read_proc(pid, "status", &text) < 0)
		return;
	line = strstr(text, "\nUid:");
	if (line && sscanf(line, " Uid: %*u %*u %*u %u", &made_by) == 1)
		*user = made_by;
	line = strstr(text, "\nNSpid:");
	tab = line ? memrchr(line, '\t', strcspn(line + 1, "\n") + 1) : NULL;
	if (tab)
		*inner_pid = atoi(tab);
}

/* Opens the file if it is one, and USER's: anybody may put files and links into /tmp. */
static int open_of_user(const char *path, uid_t user, struct stat *st)
{
	int fd = dt_open_regular(path, O_NOFOLLOW);

	if (fd < 0 || (fstat(fd, st) == 0 && st->st_uid == user))
		return fd;
	close(fd);
	return -EACCES;
}

/* The file as seen from the process's root, or after the end of the process as seen from ours. */
static int open_file(pid_t pid, uid_t user, struct stat *st)
{
	int inner_pid = pid, fd;
	char path[128];

	read_status(pid, &inner_pid, &user);
	snprintf(path, sizeof(path), "/proc/%d/root/tmp/perf-%d.map", (int)pid, inner_pid);
	fd = open_of_user(path, user, st);
	if (fd >= 0)
		return fd;
	snprintf(path, sizeof(path), "/tmp/perf-%d.map", (int)pid);
	return open_of_user(path, user, st);
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
	if (map->syms.n)
		qsort(map->syms.data, map->syms.n, sizeof(*map->syms.data), by_start);
	return true;
}

/* A file that grows all the time is not read all the time. */
static bool is_due(const struct dt_perfmap *map)
{
	return !map || dt_now_ns() >= map->read_again_ns;
}

static void refresh(struct dt_perfmap **map, pid_t pid, uid_t user)
{
	uint64_t began_ns = dt_now_ns(), took_ns;
	struct dt_perfmap *fresh;
	_cleanup_fd_ int fd = -1;
	struct stat st;

	if (!is_due(*map))
		return;
	fd = open_file(pid, user, &st);
	if (fd < 0 || (*map && (*map)->file_size == st.st_size) || st.st_size > max_file_size)
		return;
	fresh = calloc(1, sizeof(*fresh));
	if (!fresh)
		return;
	fresh->file_size = st.st_size;
	if (dt_read_all(fd, (size_t)max_file_size, &fresh->text) < 0 || !parse(fresh)) {
		dt_perfmap_free(fresh);
		return;
	}
	took_ns = dt_now_ns() - began_ns;
	if (took_ns > at_once_ns)
		fresh->read_again_ns = began_ns + PAUSE_FACTOR * took_ns;
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

bool dt_perfmap_find(struct dt_perfmap **map, pid_t pid, uid_t user, uint64_t addr,
		     const char **name, uint64_t *start, uint64_t *size)
{
	const struct jit_symbol *s = find(*map, addr);

	if (!s) {
		refresh(map, pid, user);
		s = find(*map, addr);
	}
	if (!s)
		return false;
	*name = s->name;
	*start = s->start;
	*size = s->size;
	return true;
}
