/* SPDX-License-Identifier: MIT */
/* /proc/PID/maps: reading it, finding an address in it, and a path that opens a mapped file from
 * here, even if the process lives in another mount namespace.  user.c calls this. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "base/file.h"
#include "base/util.h"
#include "symbols/maps.h"

/* The kernel bounds it: /proc/sys/vm/max_map_count lines. */
ssize_t dt_read_proc(pid_t pid, const char *name, char **text)
{
	char path[64];
	_cleanup_fd_ int fd = -1;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : dt_read_all(fd, SIZE_MAX, text);
}

/* The kernel appends a word to the path of a file that has been removed; it is cut off here. */
static bool cut_deleted(char *path)
{
	static const char mark[] = " (deleted)";
	size_t len = strlen(path), mark_len = sizeof(mark) - 1;

	if (*path != '/' || len <= mark_len || strcmp(path + len - mark_len, mark) != 0)
		return false;
	path[len - mark_len] = '\0';
	return true;
}

bool dt_mapping_is_file(const struct dt_mapping *map)
{
	return map->path[0] == '/' && map->inode;
}

/* "55-56 r-xp 00002000 fe:00 247278      /usr/bin/head" */
static bool parse_line(char *line, struct dt_mapping *m)
{
	char *at, *slash;

	m->start = strtoull(line, &at, 16);
	if (*at++ != '-')
		return false;
	m->end = strtoull(at, &at, 16);
	if (*at++ != ' ' || strlen(at) < 6)
		return false;
	m->readable = at[0] == 'r';
	m->writable = at[1] == 'w';
	m->executable = at[2] == 'x';
	m->offset = strtoull(at + 5, &at, 16);
	at += strspn(at, " ");
	at += strcspn(at, " "); /* the device */
	m->inode = strtoull(at, &at, 10);
	at += strspn(at, " ");
	m->deleted = cut_deleted(at);
	m->path = at;
	slash = *at == '/' ? strrchr(at, '/') : NULL;
	m->name = slash ? slash + 1 : m->path;
	return true;
}

int dt_maps_parse(struct dt_maps *maps)
{
	for (char *at = maps->text; *at;) {
		struct dt_mapping m;
		char *end = strchrnul(at, '\n');
		bool more = *end;

		*end = '\0';
		if (parse_line(at, &m) && !dt_vec_push(&maps->list, m))
			return -ENOMEM;
		at = end + more;
	}
	return 0;
}

int dt_maps_read(pid_t pid, struct dt_maps *maps)
{
	ssize_t len = dt_read_proc(pid, "maps", &maps->text);

	if (len < 0)
		return len == -ENOENT ? -ESRCH : (int)len;
	maps->text_len = (size_t)len;
	return dt_maps_parse(maps);
}

void dt_maps_free(struct dt_maps *maps)
{
	free(maps->text);
	dt_vec_free(&maps->list);
	maps->text = NULL;
}

const struct dt_mapping *dt_maps_find(const struct dt_maps *maps, uint64_t addr)
{
	size_t low = 0, high = maps->list.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (maps->list.data[mid].end <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low < maps->list.n && maps->list.data[low].start <= addr ? &maps->list.data[low]
									: NULL;
}

static bool same_file(int fd, const char *path)
{
	struct stat x, y;

	return fstat(fd, &x) == 0 && stat(path, &y) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/*
 * The process's own root leads to the file whatever mount namespace the process is in.  If the
 * plain path leads to the same file, that is taken, since it outlives the process.  A deleted file
 * can be reached only through the mapping.  Whoever opens the path uses dt_open_regular().
 */
bool dt_mapping_open_path(pid_t pid, const struct dt_mapping *map, char *buf, size_t size)
{
	_cleanup_fd_ int fd = -1;
	struct stat st;

	if (map->deleted)
		return (size_t)snprintf(buf, size, "/proc/%d/map_files/%llx-%llx", (int)pid,
					(unsigned long long)map->start,
					(unsigned long long)map->end) < size;
	if ((size_t)snprintf(buf, size, "/proc/%d/root%s", (int)pid, map->path) >= size)
		return false;
	fd = dt_open_regular(buf, 0);
	if (fd >= 0 && !same_file(fd, map->path))
		return true;
	/* the process has ended: an unchanged inode number means the same file */
	return (fd >= 0 || (stat(map->path, &st) == 0 && st.st_ino == map->inode)) &&
	       (size_t)snprintf(buf, size, "%s", map->path) < size;
}
