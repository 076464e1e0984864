/* SPDX-License-Identifier: MIT */
/*
 * Functions that return in every way of C, or do not: `returns MODE`.  Each mode calls a known
 * number of functions, and ends with a line that says the sum.
 *
 *	recursion   fibonacci(10): 177 calls
 *	longjmp     descend() five deep, 30 times; every third jumps out of all frames
 *	signals     a handler interrupts work() and calls work() itself
 *	fork        in a traced function; the child returns from it, too
 *	threads     four threads, 100 times work() each
 */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEPT __attribute__((noinline, noclone))

static jmp_buf top;
static volatile long total;

KEPT long fibonacci(long n)
{
	return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

KEPT long descend(long depth, int jumps)
{
	if (!depth && jumps)
		longjmp(top, 1);
	return depth ? descend(depth - 1, jumps) + 1 : 0;
}

KEPT long land(int jumps)
{
	if (setjmp(top))
		return -1;
	return descend(4, jumps);
}

KEPT long work(long n)
{
	return n + 1;
}

KEPT long interrupted(void)
{
	raise(SIGUSR1);
	return work(2);
}

static void handle(int signal)
{
	total += work(signal);
}

KEPT long forks(void)
{
	pid_t pid = fork();
	int status = 0;

	if (pid)
		waitpid(pid, &status, 0);
	return pid ? status == 0 : 2;
}

static void *thread(void *arg)
{
	for (long i = 0; i < 100; i++)
		__sync_fetch_and_add(&total, work(i));
	return arg;
}

static void run_threads(void)
{
	pthread_t threads[4];

	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, thread, NULL);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
}

static void run(const char *mode)
{
	if (!strcmp(mode, "recursion"))
		total = fibonacci(10);
	else if (!strcmp(mode, "threads"))
		run_threads();
	else if (!strcmp(mode, "longjmp"))
		for (int i = 0; i < 30; i++)
			total += land(i % 3 == 0);
	else if (!strcmp(mode, "signals"))
		for (int i = 0; i < 10; i++)
			total += interrupted();
	else if (!strcmp(mode, "fork"))
		for (int i = 0; i < 3; i++) {
			long is = forks();

			if (is == 2)
				_exit(0);
			total += is;
		}
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "recursion";

	signal(SIGUSR1, handle);
	run(mode);
	printf("%s: %ld\n", mode, total);
	return 0;
}
