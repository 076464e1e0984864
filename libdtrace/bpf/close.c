/* SPDX-License-Identifier: MIT */
/*
 * Closing many descriptors at once.  To close a uprobe's link or event takes the kernel a grace
 * period or more, 20 to 100 ms, and many waits at the same time take hardly longer than one.  So
 * helper threads close them, which end before dt_bpf_close_many() returns.  They block all signals,
 * which stay the host's.  Called by attach/ when a run ends.
 */
#include <pthread.h>
#include <signal.h>
#include "base/progress.h"
#include "bpf/ctx.h"

#define HELPERS_MAX 63

struct closing {
	const int *fds;
	size_t n, next, done; /* the last two are shared */
};

/* The next one is closed.  False: there is none. */
static bool close_one(struct closing *c)
{
	size_t i = __atomic_fetch_add(&c->next, 1, __ATOMIC_RELAXED);

	if (i >= c->n)
		return false;
	close(c->fds[i]);
	__atomic_fetch_add(&c->done, 1, __ATOMIC_RELAXED);
	return true;
}

static void *close_all(void *arg)
{
	while (close_one(arg))
		;
	return NULL;
}

static size_t start_helpers(struct closing *c, pthread_t *helpers, size_t max)
{
	sigset_t all, before;
	size_t n = 0;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (n < max && pthread_create(&helpers[n], NULL, close_all, c) == 0)
		n++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return n;
}

void dt_bpf_close_many(struct dt_bpf *ctx, const int *fds, size_t n,
		       const struct dt_progress *progress)
{
	struct closing c = { .fds = fds, .n = n };
	pthread_t helpers[HELPERS_MAX];
	size_t nhelpers;

	if (!n)
		return;
	for (size_t i = n; i-- > 0;)
		dt_bpf_disown(ctx, fds[i]);
	nhelpers = start_helpers(&c, helpers, DT_MIN(n - 1, (size_t)HELPERS_MAX));
	while (close_one(&c))
		dt_progress_report(progress, __atomic_load_n(&c.done, __ATOMIC_RELAXED), n);
	for (size_t i = 0; i < nhelpers; i++)
		pthread_join(helpers[i], NULL);
}
