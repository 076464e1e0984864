/* SPDX-License-Identifier: MIT */
/*
 * dtrace_proc_*(): processes that are created (dtrace -c) or grabbed (-p).  The first of them is
 * $target.  The run's sleep ends when one of them ends; run.c then calls the client's handler.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "api/hdl.h"
#include "process/process.h"
#include "symbols/symbols.h"

static struct dt_procset *get_procs(dtrace_hdl_t *dtp)
{
	struct dt_procset *set = dtp->procs;
	int err;

	if (set)
		return set;
	set = dt_procset_new();
	if (!set) {
		dt_set_errno(dtp, errno);
		return NULL;
	}
	err = dt_run_watch(dtp->run, dt_procset_fd(set));
	if (err) {
		dt_set_run_error(dtp, err);
		dt_procset_free(set);
		return NULL;
	}
	return dtp->procs = set;
}

static struct ps_prochandle *adopt(dtrace_hdl_t *dtp, struct ps_prochandle *p)
{
	if (!dtp->target)
		dtp->target = dt_proc_pid(p);
	dt_usyms_snapshot(dtp->env.usyms, dt_proc_pid(p));
	return p;
}

/* Where the interpreter (ld.so) reports that it has mapped the libraries: for struct
 * dt_proc_create_opts. */
static uint64_t debug_state(pid_t pid, uint64_t base, void *arg)
{
	dtrace_hdl_t *dtp = arg;
	struct dt_usym u;
	struct dt_osym sym;
	struct dt_object *obj;

	if (!dt_usyms_addr(dtp->env.usyms, pid, base, &u) || !u.map.path[0])
		return 0;
	if (dt_object_open(dtp->env.objects, u.map.path, &obj) ||
	    !dt_object_name(obj, "_dl_debug_state", &sym))
		return 0;
	return sym.addr;
}

static size_t name_len(const char *variable)
{
	return strcspn(variable, "=");
}

/* The last word of setenv and unsetenv about a variable holds.  NULL: out of memory. */
static char **environment(const dtrace_hdl_t *dtp)
{
	size_t n = 0, most = dtp->copts.environment.n;
	char **out;

	for (char **it = environ; *it; it++)
		most++;
	out = calloc(most + 1, sizeof(*out));
	if (!out)
		return NULL;
	for (char **it = environ; *it; it++)
		out[n++] = *it;
	dt_vec_each(&dtp->copts.environment, it)
	{
		size_t len = name_len(*it), at = 0;

		while (at < n && (strncmp(out[at], *it, len) || name_len(out[at]) != len))
			at++;
		if (at < n)
			out[at] = out[--n];
		if ((*it)[len])
			out[n++] = *it;
	}
	out[n] = NULL;
	return out;
}

struct ps_prochandle *dtrace_proc_create(dtrace_hdl_t *dtp, const char *file, char *const *argv)
{
	struct dt_proc_create_opts opts = { .hold = dtp->copts.hold,
					    .debug_state = debug_state,
					    .arg = dtp };
	struct ps_prochandle *p = NULL;
	_cleanup_free_ char **envp = NULL;
	int err;

	if (!get_procs(dtp))
		return NULL;
	opts.envp = envp = environment(dtp);
	if (!envp) {
		dt_set_errno(dtp, EDT_NOMEM);
		return NULL;
	}
	err = dt_proc_create(dtp->procs, file, argv, &opts, &p);
	if (err) {
		dt_set_error(dtp, -err, "failed to execute %s: %s", file, dt_strerror(-err));
		return NULL;
	}
	return adopt(dtp, p);
}

struct ps_prochandle *dtrace_proc_grab(dtrace_hdl_t *dtp, pid_t pid, int flags)
{
	struct ps_prochandle *p = NULL;
	int err;

	(void)flags;
	if (!get_procs(dtp))
		return NULL;
	err = dt_proc_grab(dtp->procs, pid, &p);
	if (err) {
		dt_set_error(dtp, -err, "failed to grab pid %d: %s", (int)pid,
			     err == -ESRCH ? "no such process" : dt_strerror(-err));
		return NULL;
	}
	return adopt(dtp, p);
}

void dtrace_proc_continue(dtrace_hdl_t *dtp, struct ps_prochandle *P)
{
	(void)dtp;
	dt_proc_continue(P);
}

void dtrace_proc_release(dtrace_hdl_t *dtp, struct ps_prochandle *P)
{
	(void)dtp;
	dt_proc_release(P);
}

pid_t dtrace_proc_pid(const struct ps_prochandle *P)
{
	return dt_proc_pid(P);
}

dtrace_procstate_t dtrace_proc_state(const struct ps_prochandle *P)
{
	switch (dt_proc_state((struct ps_prochandle *)P)) {
	case DT_PROC_HELD: return DTRACE_PROC_STOPPED;
	case DT_PROC_RUNNING: return DTRACE_PROC_RUNNING;
	default: return dt_proc_is_created(P) ? DTRACE_PROC_EXITED : DTRACE_PROC_LOST;
	}
}

int dtrace_proc_status(const struct ps_prochandle *P)
{
	return dt_proc_status(P);
}
