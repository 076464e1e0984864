/* SPDX-License-Identifier: MIT */
/* Subroutines on what the kernel has: processes, files, devices, locks. */
#include "base/util.h"
#include "builtin/builtins.h"
#include "check/checker.h"

const struct dt_builtin dt_builtins_subr_sys[] = {
	{ "d_path", DT_BI_SUBR, "string(struct path *)", .doc = "The text of a kernel's path." },
	{ "getf", DT_BI_SUBR, "struct file *(int)", .doc = "The kernel's file behind a descriptor of the current process." },
	{ "getmajor", DT_BI_SUBR, "uint32_t(uint64_t)", .doc = "Major number of a device." },
	{ "getminor", DT_BI_SUBR, "uint32_t(uint64_t)", .doc = "Minor number of a device." },
	{ "mutex_owned", DT_BI_SUBR, "int(struct mutex *)", .doc = "Does the current thread hold the mutex?" },
	{ "mutex_owner", DT_BI_SUBR, "struct task_struct *(struct mutex *)", .doc = "The thread that holds the mutex." },
	{ "mutex_type_adaptive", DT_BI_SUBR, "int(struct mutex *)", .doc = "Does who waits for the mutex sleep? Always 1." },
	{ "mutex_type_spin", DT_BI_SUBR, "int(struct mutex *)", .doc = "Does who waits for the mutex spin? Always 0." },
	{ "progenyof", DT_BI_SUBR, "int(pid_t)", .doc = "Does the current process descend from (or is it) that one?" },
	{ "rw_iswriter", DT_BI_SUBR, "int(struct rw_semaphore *)", .doc = "Is a writer holding or wanting the lock?" },
	{ "rw_read_held", DT_BI_SUBR, "int(struct rw_semaphore *)", .doc = "Do readers hold the lock?" },
	{ "rw_write_held", DT_BI_SUBR, "int(struct rw_semaphore *)", .doc = "Does a writer hold the lock?" },
};
const size_t dt_nbuiltins_subr_sys = ARRAY_SIZE(dt_builtins_subr_sys);
