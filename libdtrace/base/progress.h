/* SPDX-License-Identifier: MIT */
/* How far a long operation is: who does it calls report() after each step, from the thread that was
 * called.  A result other than 0 asks it to end, where it can. */
#ifndef DT_BASE_PROGRESS_H
#define DT_BASE_PROGRESS_H

#include <stddef.h>

struct dt_progress {
	int (*report)(void *arg, size_t done, size_t total);
	void *arg;
};

/* PROGRESS may be NULL: nobody asks. */
static inline int dt_progress_report(const struct dt_progress *progress, size_t done, size_t total)
{
	return progress ? progress->report(progress->arg, done, total) : 0;
}

#endif
