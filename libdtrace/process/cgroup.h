/* SPDX-License-Identifier: MIT */
/*
 * Finding cgroups of the second version (cgroup2) in the file system: by path, by the name of
 * systemd's unit, by the id of a container.  A cgroup's id is the number of its directory's inode.
 * api/filters.c calls this.
 */
#ifndef DT_PROCESS_CGROUP_H
#define DT_PROCESS_CGROUP_H

#include <stdint.h>
#include "base/strbuf.h"
#include "base/vec.h"

struct dt_cgroup {
	uint64_t id;
	int level; /* how many are above it; -1: not known, in a cgroup namespace */
};
typedef DT_VEC(struct dt_cgroup) dt_cgroups;

/*
 * Each appends to OUT what it finds, and returns 0 or a negative errno: -ENOENT with a sentence in
 * WHY that says what was not found, or -ENOMEM.
 */

/* A path of the file system, or one from the top of the hierarchy, as in /proc/PID/cgroup. */
int dt_cgroup_by_path(const char *path, dt_cgroups *out, struct dt_strbuf *why);
/* "ssh.service" or "ssh": the unit of that name, or all of them, if users have some. */
int dt_cgroup_by_unit(const char *name, dt_cgroups *out, struct dt_strbuf *why);
/*
 * "3f0e...": a container whose id begins with these characters.  Docker, Podman, CRI-O and
 * containerd name its directory after it, as ID, PREFIX-ID or PREFIX-ID.scope.
 */
int dt_cgroup_by_container(const char *id, dt_cgroups *out, struct dt_strbuf *why);

#endif
