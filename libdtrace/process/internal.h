/* SPDX-License-Identifier: MIT */
/* What process.c and create.c share.  Nothing outside of the room includes this. */
#ifndef DT_PROCESS_INTERNAL_H
#define DT_PROCESS_INTERNAL_H

#include "process/process.h"

/* Starts a program and holds it; *OUT is the child, stopped.  0 or -errno, and then nothing of the
 * child is left. */
int dt_proc_spawn(const char *file, char *const argv[], const struct dt_proc_create_opts *opts,
		  pid_t *out);

#endif
