/* SPDX-License-Identifier: MIT */
/*
 * Options that DTrace has on other systems and that mean nothing on Linux: each with the reason,
 * which the message of dtrace_setopt() and the manual show.  An option that does something is a row
 * of options.c.
 */
#include <string.h>
#include "api/options.h"
#include "base/util.h"

static const struct {
	const char *name, *why;
} refused[] = {
	{ "arch", "programs are compiled for the kernel that runs them" },
	{ "archlibdir", "programs are compiled for the kernel that runs them" },
	{ "core", "it is for debugging illumos' dtrace(1)" },
	{ "ctfpath", "the kernel's types are BTF, which the kernel itself has" },
	{ "ctypes", "types are not written to files" },
	{ "debugassert", "it is for debugging Oracle's libdtrace" },
	{ "disallow_dsym", "it is for separate debug files of macOS" },
	{ "dofstashpath", "there is no DOF: probes of programs are found in their notes" },
	{ "dtypes", "types are not written to files" },
	{ "errexit", "ERROR probes may call exit()" },
	{ "grabanon",
	  "there is no anonymous tracing: to trace from boot, start dtrace from an early "
	  "systemd unit, or use the kernel's own boot-time tracing "
	  "(Documentation/trace/boottime-trace.rst)" },
	{ "iregs", "registers are BPF's" },
	{ "kdefs", "kernel symbols are always looked up" },
	{ "knodefs", "kernel symbols are always looked up" },
	{ "late", "there is no late binding" },
	{ "lazyload", "there is no DOF" },
	{ "ldpath", "there is no linking" },
	{ "linkmode", "there is no linking" },
	{ "linknommap", "there is no linking" },
	{ "linktype", "there is no linking" },
	{ "lockmem",
	  "since Linux 5.11 the memory of BPF counts for the control group (memory.max), "
	  "not as locked memory" },
	{ "modpath", "the kernel's modules are read from the kernel itself" },
	{ "noerror", "it is for debugging macOS' libdtrace" },
	{ "nojtanalysis", "it is for the pid provider of macOS" },
	{ "nusdtprobes", "probes of programs are not limited in number" },
	{ "pcapsize", "there is no pcap()" },
	{ "pgmax", "processes are not cached" },
	{ "preallocate", "buffers have all of their memory before tracing begins, and maps up to "
			 "16 MiB" },
	{ "procfspath", "processes are read from /proc" },
	{ "strip", "there is no DOF" },
	{ "sysslice", "there is no daemon with a systemd slice" },
	{ "tregs", "registers are BPF's" },
	{ "udefs", "user symbols are looked up when they are printed" },
	{ "unodefs", "user symbols are looked up when they are printed" },
	{ "uresolve",
	  "how user symbols are looked up depends on the program; noresolve switches it "
	  "off" },
	{ "useruid", "there is no daemon that decides by the user" },
};

const char *dt_option_refused(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
		if (!strcmp(refused[i].name, name))
			return refused[i].why;
	return NULL;
}

bool dt_option_describe_refused(size_t i, struct dt_option_doc *out)
{
	if (i >= ARRAY_SIZE(refused))
		return false;
	*out = (struct dt_option_doc){ .name = refused[i].name,
				       .kind = "",
				       .text = refused[i].why };
	return true;
}
