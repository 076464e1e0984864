/* SPDX-License-Identifier: MIT */
/*
 * The life of a handle: dtrace_open() makes the contexts of all rooms, dtrace_close() frees them.
 * Opening reads no file and needs no privilege: symbols, types and features are read when they are
 * first asked for.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include "api/hdl.h"
#include "builtin/builtins.h"
#include "consume/consume.h"
#include "process/process.h"
#include "providers/providers.h"
#include "symbols/symbols.h"
#include "types/types.h"

const char *const _dtrace_version = "python-dtrace D 1.13";
int _dtrace_debug;

/* As illumos does: each probe may take a descriptor. */
static void raise_nofile(void)
{
	struct rlimit rl;

	if (!getrlimit(RLIMIT_NOFILE, &rl) && rl.rlim_cur < rl.rlim_max) {
		rl.rlim_cur = rl.rlim_max;
		setrlimit(RLIMIT_NOFILE, &rl);
	}
}

static int make_contexts(dtrace_hdl_t *dtp)
{
	struct dt_env *env = &dtp->env;

	dtp->arena = dt_arena_new();
	env->bpf = dt_bpf_new();
	env->types = dt_types_new();
	env->ksyms = dt_ksyms_new();
	env->objects = dt_objects_new();
	dtp->symtab = dt_symtab_new();
	if (!dtp->arena || !env->bpf || !env->types || !env->ksyms || !env->objects || !dtp->symtab)
		return -ENOMEM;
	env->usyms = dt_usyms_new(env->objects);
	if (!env->usyms)
		return -ENOMEM;
	dtp->run = dt_run_new(dtp->env.bpf);
	if (!dtp->run)
		return -errno;
	dt_options_init(dtp);
	return dt_probes_init(&dtp->probes, env, dt_providers, dt_nproviders);
}

static int check_version(int version, int flags)
{
	if (version <= 0)
		return EINVAL;
	if (version > DTRACE_VERSION)
		return EDT_VERSION;
	if (version < DTRACE_VERSION)
		return EDT_OVERSION;
	if (flags & ~DTRACE_O_MASK)
		return EINVAL;
	if ((flags & DTRACE_O_LP64) && (flags & DTRACE_O_ILP32))
		return EINVAL;
	return 0;
}

dtrace_hdl_t *dtrace_open(int version, int flags, int *errp)
{
	dtrace_hdl_t *dtp = NULL;
	int err = check_version(version, flags);

	if (!err) {
		dtp = calloc(1, sizeof(*dtp));
		err = dtp ? 0 : EDT_NOMEM;
	}
	if (!err) {
		dtp->oflags = (uint32_t)flags;
		err = -make_contexts(dtp);
	}
	if (err) {
		if (errp)
			*errp = err == ENOMEM ? EDT_NOMEM : err;
		if (dtp)
			dtrace_close(dtp);
		return NULL;
	}
	raise_nofile();
	return dtp;
}

dtrace_hdl_t *dtrace_vopen(int version, int flags, int *errp, const dtrace_vector_t *vector,
			   void *arg)
{
	if (!vector && !arg)
		return dtrace_open(version, flags, errp);
	if (errp)
		*errp = vector ? ENOTSUP : EINVAL;
	return NULL;
}

void dtrace_close(dtrace_hdl_t *dtp)
{
	dt_run_free(dtp->run);
	dt_generated_free(dtp->plan);
	if (dtp->procs)
		dt_procset_free(dtp->procs);
	dt_probes_free(&dtp->probes);
	dt_vec_each(&dtp->progs, it)
	{
		dt_arena_free((*it)->arena);
		free(*it);
	}
	dt_vec_free(&dtp->progs);
	dt_libraries_free(dtp);
	dt_vec_free(&dtp->enabled);
	if (dtp->symtab)
		dt_symtab_free(dtp->symtab);
	dt_usyms_free(dtp->env.usyms);
	dt_objects_free(dtp->env.objects);
	dt_ksyms_free(dtp->env.ksyms);
	dt_types_free(dtp->env.types);
	dt_bpf_free(dtp->env.bpf);
	dt_errors_free(dtp);
	dt_vec_free(&dtp->copts.cppargs);
	dt_vec_free(&dtp->copts.pids);
	dt_vec_free(&dtp->copts.cgroups);
	dt_vec_free(&dtp->copts.environment);
	dt_arena_free(dtp->arena);
	free(dtp);
}

void dtrace_update(dtrace_hdl_t *dtp)
{
	dt_ksyms_reload(dtp->env.ksyms);
}
