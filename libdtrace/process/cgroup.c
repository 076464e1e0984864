/* SPDX-License-Identifier: MIT */
/* Finding cgroups: cgroup.h says how. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/util.h"
#include "process/cgroup.h"

#define MAX_DEPTH 32

/* ---- the hierarchy ---- */

/* Where it is mounted, and the level of the cgroup that is mounted there; -1: not known. */
struct top {
	char dir[PATH_MAX];
	int level;
};

/* The first cgroup namespace, whose top is the whole tree's, always has this number. */
static bool in_first_namespace(void)
{
	char text[64] = "";

	return readlink("/proc/self/ns/cgroup", text, sizeof(text) - 1) > 0 &&
	       !strcmp(text, "cgroup:[4026531835]");
}

static bool parse_mount(const char *line, struct top *top)
{
	char root[PATH_MAX];
	const char *type = strstr(line, " - ");

	if (!type || strncmp(type, " - cgroup2 ", strlen(" - cgroup2 ")) ||
	    sscanf(line, "%*d %*d %*s %4095s %4095s", root, top->dir) != 2)
		return false;
	top->level = !strcmp(root, "/") && in_first_namespace() ? 0 : -1;
	return true;
}

static int find_top(struct top *top, struct dt_strbuf *why)
{
	FILE *mounts = fopen("/proc/self/mountinfo", "re");
	char *line = NULL;
	size_t size = 0;
	bool found = false;

	while (mounts && !found && getline(&line, &size, mounts) > 0)
		found = parse_mount(line, top);
	free(line);
	if (mounts)
		fclose(mounts);
	if (!found)
		dt_strbuf_puts(why, "no cgroup2 file system is mounted");
	return found ? 0 : -ENOENT;
}

/* ---- by path ---- */

static int keep(const char *path, int level, dt_cgroups *out)
{
	struct stat st;

	if (stat(path, &st) || !S_ISDIR(st.st_mode))
		return -ENOENT;
	return dt_vec_push(out, ((struct dt_cgroup){ st.st_ino, level })) ? 0 : -ENOMEM;
}

/* What of PATH lies below DIR: "" or "/..."; NULL: it lies elsewhere. */
static const char *below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	return !strncmp(path, dir, len) && (path[len] == '/' || !path[len]) ? path + len : NULL;
}

static int count_slashes(const char *s)
{
	int n = 0;

	for (; *s; s++)
		n += *s == '/';
	return n;
}

int dt_cgroup_by_path(const char *path, dt_cgroups *out, struct dt_strbuf *why)
{
	struct top top;
	char full[2 * PATH_MAX], real[PATH_MAX];
	const char *rest = NULL;
	int err = find_top(&top, why);

	if (err)
		return err;
	snprintf(full, sizeof(full), "%s/%s", below(path, top.dir) ? "" : top.dir, path);
	if (realpath(full, real))
		rest = below(real, top.dir);
	err = rest ? keep(real, top.level < 0 ? -1 : top.level + count_slashes(rest), out)
		   : -ENOENT;
	if (err == -ENOENT)
		dt_strbuf_printf(why, "there is no cgroup \"%s\" below %s", path, top.dir);
	return err;
}

/* ---- by name ---- */

struct search {
	const char *name;
	bool (*matches)(const char *dir, const char *name);
	dt_cgroups *out;
	char path[PATH_MAX]; /* in hand */
};

/* The directories below the path in hand; LEVEL: theirs.  What lies below one that matches belongs
 * to it. */
static int descend(struct search *s, int depth, int level)
{
	size_t len = strlen(s->path);
	DIR *dir = depth < MAX_DEPTH ? opendir(s->path) : NULL;
	struct dirent *e;
	int err = 0;

	while (dir && !err && (e = readdir(dir))) {
		if (e->d_type != DT_DIR || e->d_name[0] == '.' ||
		    len + 1 + strlen(e->d_name) >= sizeof(s->path))
			continue;
		snprintf(s->path + len, sizeof(s->path) - len, "/%s", e->d_name);
		if (s->matches(e->d_name, s->name))
			err = keep(s->path, level, s->out);
		else
			err = descend(s, depth + 1, level < 0 ? -1 : level + 1);
		if (err == -ENOENT) /* it has gone */
			err = 0;
		s->path[len] = '\0';
	}
	if (dir)
		closedir(dir);
	return err;
}

/* KIND: a word for messages. */
static int search(const char *kind, const char *name, bool (*matches)(const char *, const char *),
		  dt_cgroups *out, struct dt_strbuf *why)
{
	struct search s = { .name = name, .matches = matches, .out = out };
	size_t had = out->n;
	struct top top;
	int err = find_top(&top, why);

	if (err)
		return err;
	snprintf(s.path, sizeof(s.path), "%s", top.dir);
	err = descend(&s, 0, top.level < 0 ? -1 : top.level + 1);
	if (err || out->n > had)
		return err;
	dt_strbuf_printf(why, "no %s \"%s\" has a cgroup below %s", kind, name, top.dir);
	return -ENOENT;
}

static bool is_unit(const char *dir, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(dir, name, len) &&
	       (!dir[len] || (!strchr(name, '.') && !strcmp(dir + len, ".service")));
}

int dt_cgroup_by_unit(const char *name, dt_cgroups *out, struct dt_strbuf *why)
{
	return search("unit", name, is_unit, out, why);
}

/* conmon watches a container from a cgroup of its own: "libpod-conmon-ID.scope". */
static bool is_container(const char *dir, const char *id)
{
	const char *last = strrchr(dir, '-');

	if (strstr(dir, "conmon-"))
		return false;
	return !strncmp(last ? last + 1 : dir, id, strlen(id));
}

int dt_cgroup_by_container(const char *id, dt_cgroups *out, struct dt_strbuf *why)
{
	size_t had = out->n;
	int err = search("container", id, is_container, out, why);

	if (err || out->n == had + 1)
		return err;
	dt_strbuf_printf(why, "the ids of %zu containers begin with \"%s\"", out->n - had, id);
	out->n = had;
	return -ENOENT;
}
