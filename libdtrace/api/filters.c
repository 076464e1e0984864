/* SPDX-License-Identifier: MIT */
/*
 * The options pid, cgroup, unit and container: which processes a run is about.  Names become ids
 * when the option is set, so that one that does not exist is an error there.  The code of the test
 * is lower/filter.c's.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include "api/hdl.h"

struct dt_filters dt_filters_of(const dtrace_hdl_t *dtp)
{
	const struct dt_copts *o = &dtp->copts;

	return (struct dt_filters){ o->pids.data, o->pids.n, o->cgroups.data, o->cgroups.n };
}

/* 0, an EDT_ number, or -1 with the handle's error set. */
static int keep_pid(dtrace_hdl_t *dtp, int64_t pid)
{
	if (kill((pid_t)pid, 0) && errno == ESRCH)
		return dt_set_error(dtp, EDT_BADOPTVAL, "%s: there is no process %d",
				    dtrace_errmsg(dtp, EDT_BADOPTVAL), (int)pid);
	return dt_vec_push(&dtp->copts.pids, pid) ? 0 : EDT_NOMEM;
}

/* "N,N..." */
int dt_filter_pids(dtrace_hdl_t *dtp, const char *value)
{
	const char *p = value ? value : "";
	char *end;
	int err = 0;

	if (dt_is_started(dtp))
		return EDT_ACTIVE;
	do {
		long pid = strtol(p, &end, 10);

		if (end == p || pid <= 0 || pid > INT32_MAX || (*end && *end != ','))
			return EDT_BADOPTVAL;
		err = keep_pid(dtp, pid);
		p = end + 1;
	} while (*end && !err);
	return err;
}

static int keep_cgroups(dtrace_hdl_t *dtp, const char *value,
			int (*find)(const char *, dt_cgroups *, struct dt_strbuf *))
{
	struct dt_strbuf why = { 0 };
	int err;

	if (!value || !*value)
		return EDT_BADOPTVAL;
	if (dt_is_started(dtp))
		return EDT_ACTIVE;
	err = find(value, &dtp->copts.cgroups, &why);
	if (err == -ENOENT)
		err = dt_set_error(dtp, EDT_BADOPTVAL, "%s: %s", dtrace_errmsg(dtp, EDT_BADOPTVAL),
				   dt_strbuf_str(&why));
	else if (err)
		err = EDT_NOMEM;
	dt_strbuf_free(&why);
	return err;
}

int dt_filter_cgroup(dtrace_hdl_t *dtp, const char *value)
{
	return keep_cgroups(dtp, value, dt_cgroup_by_path);
}

int dt_filter_unit(dtrace_hdl_t *dtp, const char *value)
{
	return keep_cgroups(dtp, value, dt_cgroup_by_unit);
}

int dt_filter_container(dtrace_hdl_t *dtp, const char *value)
{
	return keep_cgroups(dtp, value, dt_cgroup_by_container);
}
