/* SPDX-License-Identifier: MIT */
/*
 * syscall: the entry and return of every system call, by the names of <asm/unistd.h>.  At an entry
 * argN are the call's arguments, and args[N] the same with their types.  At a return arg0 and arg1
 * are the result as the program sees it (-1 for an error), and errno says which error.  Probe ids
 * follow the call's number.  How the calls are attached: sysent.c.
 */
#include <errno.h>
#include <sys/dtrace.h>
#include "providers/arch.h"
#include "providers/providers.h"

#define FIRST_ID  100
#define MAX_CALLS 1024

static const struct {
	const char *name;
	const struct dt_sysent_side *side;
} ends[] = { { "entry", &dt_sysent_enter }, { "return", &dt_sysent_exit } };

static struct dt_probe *make(struct dt_provider *prov, uint32_t number, uint32_t end)
{
	return dt_sysent_make(prov, FIRST_ID + number * 2 + end, number, ends[end].name,
			      ends[end].side);
}

static int provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg)
{
	if (!dt_glob(desc->mod, "vmlinux"))
		return 0;
	for (uint32_t number = 0; number < dt_arch.nsyscalls; number++) {
		const char *name = dt_arch.syscalls[number].name;

		if (!name || !dt_glob(desc->func, name))
			continue;
		for (uint32_t end = 0; end < ARRAY_SIZE(ends); end++) {
			struct dt_probe *probe;
			int err;

			if (!dt_glob(desc->name, ends[end].name))
				continue;
			probe = make(prov, number, end);
			err = probe ? fn(probe, arg) : -ENOMEM;
			if (err)
				return err;
		}
	}
	return 0;
}

static struct dt_probe *by_id(struct dt_provider *prov, uint32_t id)
{
	uint32_t number = (id - FIRST_ID) / 2;

	if (number >= dt_arch.nsyscalls || !dt_arch.syscalls[number].name)
		return NULL;
	return make(prov, number, (id - FIRST_ID) % 2);
}

static int args(struct dt_provider *prov, const struct dt_probe *probe, struct dt_args *out)
{
	const struct dt_sysent_side *side = probe->data;

	dt_args_parse(prov, side->is_return ? "long, long" : dt_arch.syscalls[probe->ndx].args,
		      true, out);
	return 0;
}

const struct dt_provider_ops dt_provider_syscall = {
	.name = "syscall",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, COMMON), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(EVOLVING, EVOLVING, COMMON), DT_ATTR(EVOLVING, EVOLVING, COMMON),
		  DT_ATTR(EVOLVING, EVOLVING, COMMON) },
	.first_id = FIRST_ID,
	.nids = MAX_CALLS * 2,
	.doc = "The entry and return of every system call.",
	.entry_arrow = " => ",
	.return_arrow = " <= ",
	.provide = provide,
	.by_id = by_id,
	.args = args,
	.point = dt_sysent_point,
	.target = dt_sysent_target,
	.emit_find = dt_sysent_emit_find,
	.emit_arg = dt_sysent_emit_arg,
	.emit_errno = dt_sysent_emit_errno,
};
