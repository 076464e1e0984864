/* SPDX-License-Identifier: MIT */
/*
 * Calls that a signal interrupts, whose handler does not ask for a restart: pause(), a sleep and a
 * read from an empty pipe.  The kernel's own results are three different restart codes.
 */
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static void on_alarm(int number)
{
	(void)number;
}

/* Again and again, for the first one may come before the call. */
static void start_alarms(void)
{
	const struct itimerval each = { { 0, 50000 }, { 0, 50000 } };

	setitimer(ITIMER_REAL, &each, NULL);
}

int main(void)
{
	const struct sigaction action = { .sa_handler = on_alarm };
	const struct timespec long_time = { .tv_sec = 60 };
	int ends[2];
	char byte;

	if (pipe(ends) || sigaction(SIGALRM, &action, NULL))
		return 1;
	start_alarms();
	pause();
	nanosleep(&long_time, NULL);
	return read(ends[0], &byte, 1) != -1;
}
