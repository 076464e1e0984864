/* SPDX-License-Identifier: MIT */
/*
 * The first SIGINT or SIGTERM ends tracing in order; after a second one remaining data is
 * discarded. Signals that were ignored when dtrace started stay ignored.
 */
#include "cmd.h"

volatile sig_atomic_t interrupts;
volatile sig_atomic_t newline_due;

static dtrace_hdl_t *wake; /* set before the handler is installed */

static void interrupt(int sig)
{
	(void)sig;
	if (!interrupts++)
		newline_due = 1;
	dtrace_wake(wake);
}

void signals_install(dtrace_hdl_t *dtp)
{
	static const int signals[] = { SIGINT, SIGTERM };
	struct sigaction action = { .sa_handler = interrupt }, old;

	wake = dtp;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (!sigaction(signals[i], NULL, &old) && old.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
}
