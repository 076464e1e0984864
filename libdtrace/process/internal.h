/* SPDX-License-Identifier: MIT */
/* What process.c and create.c share. Nobody outside the room includes this. */
#ifndef DT_PROCESS_INTERNAL_H
#define DT_PROCESS_INTERNAL_H

#include "process/process.h"

/* Start and hold; *OUT is the child, stopped. 0 or -errno, then nothing is left of it. */
int dt_proc_spawn(const char *file, char *const argv[], const struct dt_proc_create_opts *opts,
		  pid_t *out);

#endif
