/* SPDX-License-Identifier: MIT */
/*
 * Built-ins of DTrace on other systems that Linux cannot have.  They are listed so that a script
 * that uses one gets a message with the reason, and not one about an unknown name.
 */
#include "base/util.h"
#include "builtin/builtins.h"

#define MACOS   "belongs to macOS"
#define FREEBSD "belongs to FreeBSD"
#define STREAMS "belongs to STREAMS, which Linux does not have"

#define VAR(n, why)                                 \
	{                                           \
		n, DT_BI_VAR, "int", .refusal = why \
	}
#define SUBR(n, why)                                      \
	{                                                 \
		n, DT_BI_SUBR, "int(...)", .refusal = why \
	}
#define ACT(n, why)                                          \
	{                                                    \
		n, DT_BI_ACTION, "void(...)", .refusal = why \
	}

static const struct dt_builtin rows[] = {
	VAR("cpucycles", MACOS),
	VAR("cpuinstrs", MACOS),
	VAR("dispatchqaddr", MACOS),
	VAR("machctimestamp", MACOS),
	VAR("machtimestamp", MACOS),
	VAR("vcycles", MACOS),
	VAR("vinstrs", MACOS),
	VAR("swiftself", MACOS),
	VAR("swifterror", MACOS),
	VAR("jailname", FREEBSD),
	VAR("jid", FREEBSD),
	VAR("vmregs",
	    "reads the registers of a virtual machine's guest, which Linux does not show"),
	VAR("pset", "is a processor set, which Linux does not have"),

	SUBR("ddi_pathname", "belongs to illumos' tree of devices"),
	SUBR("msgdsize", STREAMS),
	SUBR("msgsize", STREAMS),
	SUBR("kdebug_trace", MACOS),
	SUBR("kdebug_trace_string", MACOS),
	SUBR("kvtophys", MACOS),
	SUBR("livedump", MACOS),
	SUBR("mtons", MACOS),
	SUBR("physmem_read", MACOS),
	SUBR("physmem_write", MACOS),
	SUBR("strip", MACOS),
	SUBR("vm_kernel_addrperm", MACOS),
	SUBR("memref", FREEBSD),
	SUBR("memstr", FREEBSD),
	SUBR("typeref", FREEBSD),
	SUBR("sx_exclusive_held", FREEBSD),
	SUBR("sx_isexclusive", FREEBSD),
	SUBR("sx_shared_held", FREEBSD),

	ACT("apple_define", MACOS),
	ACT("apple_flag", MACOS),
	ACT("apple_general", MACOS),
	ACT("apple_log", MACOS),
	ACT("apple_stack", MACOS),
	ACT("apple_ustack", MACOS),
	ACT("pidresume", MACOS),
	ACT("printt", FREEBSD),
	ACT("printm", FREEBSD),
	{ "breakpoint", DT_BI_ACTION, "void()",
	  .refusal = "enters a kernel debugger, which a BPF program cannot do" },
	{ "panic", DT_BI_ACTION, "void()",
	  .refusal = "stops the kernel, which a BPF program cannot do" },
};

const struct dt_builtin_family dt_builtins_other = { "other", rows, ARRAY_SIZE(rows) };
