/* SPDX-License-Identifier: MIT */
/*
 * How threads take turns on CPUs.  The first thread calls getppid() when it begins and when it
 * ends.
 *
 *	turns work N      N times: uses the CPU for 2 ms, sleeps for 1 ms, offers its CPU
 *	turns burn        uses the CPU until it is killed
 *	turns yield N     offers its CPU N times
 *	turns talk N      N times: wakes another process, which wakes it
 *	turns lend        holds a lock that a thread of higher priority wants
 *	turns kick N      N times: wakes a thread of higher priority, on the CPU of another one
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double cpu_seconds(void)
{
	struct timespec used;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
	return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

static int work(int n)
{
	for (int i = 0; i < n; i++) {
		double end = cpu_seconds() + 0.002;

		while (cpu_seconds() < end)
			continue;
		usleep(1000);
		sched_yield();
	}
	return 0;
}

static int burn(int n)
{
	for (volatile int i = n;;)
		i++;
	return 0;
}

static int yield(int n)
{
	for (int i = 0; i < n; i++)
		sched_yield();
	return 0;
}

/* ---- two processes ---- */

static int pass_on(int from, int to, int n)
{
	char byte = 0;

	for (int i = 0; i < n; i++)
		if (read(from, &byte, 1) != 1 || write(to, &byte, 1) != 1)
			return 1;
	return 0;
}

static int talk(int n)
{
	int there[2], back[2];

	if (pipe(there) || pipe(back))
		return 1;
	if (fork() == 0)
		_exit(pass_on(there[0], back[1], n));
	return write(there[1], "", 1) != 1 || pass_on(back[0], there[1], n);
}

/* ---- priorities ---- */

static int start(pthread_t *thread, void *(*main)(void *), int priority)
{
	const struct sched_param param = { .sched_priority = priority };

	return pthread_create(thread, NULL, main, NULL) ||
	       pthread_setschedparam(*thread, priority ? SCHED_FIFO : SCHED_OTHER, &param);
}

static pthread_mutex_t lock;
static int wake[2];

static void *want_lock(void *arg)
{
	char byte;

	if (read(wake[0], &byte, 1) == 1)
		pthread_mutex_lock(&lock);
	return arg;
}

static int lend(int n)
{
	pthread_mutexattr_t attr;
	pthread_t thread;

	(void)n;
	pthread_mutexattr_init(&attr);
	pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT);
	pthread_mutex_init(&lock, &attr);
	if (pipe(wake) || start(&thread, want_lock, 10))
		return 1;
	pthread_mutex_lock(&lock);
	if (write(wake[1], "", 1) != 1)
		return 1;
	usleep(50000);
	pthread_mutex_unlock(&lock);
	return pthread_join(thread, NULL);
}

static void run_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static void *be_kicked(void *arg)
{
	char byte;

	run_on(1);
	while (read(wake[0], &byte, 1) == 1)
		continue;
	return arg;
}

static void *be_busy(void *arg)
{
	run_on(1);
	burn(0);
	return arg;
}

static int kick(int n)
{
	pthread_t thread;

	if (pipe(wake))
		return 1;
	run_on(0);
	if (start(&thread, be_kicked, 10) || start(&thread, be_busy, 0))
		return 1;
	for (int i = 0; i < n; i++) {
		usleep(2000);
		if (write(wake[1], "", 1) != 1)
			return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(int n);
	} all[] = { { "work", work }, { "burn", burn }, { "yield", yield },
		    { "talk", talk }, { "lend", lend }, { "kick", kick } };
	int n = argc > 2 ? atoi(argv[2]) : 1, status = 2;

	getppid();
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (argc > 1 && !strcmp(argv[1], all[i].name))
			status = all[i].run(n);
	getppid();
	return status;
}
