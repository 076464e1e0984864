/* SPDX-License-Identifier: MIT */
/*
 * Threads that are cancelled in a traced function: `unwound`.  The C library loads an unwinder for
 * it, which runs the cleanups of the frames it passes.  Also a handler on another stack, above a
 * thread's own, that calls a traced function.  The last line says how many cleanups have run, and
 * what the handler has added up.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define KEPT __attribute__((noinline, noclone))

static int cleanups;
static volatile long handled;

static void clean(int *count)
{
	__sync_fetch_and_add(&cleanups, *count);
}

KEPT long work(long n)
{
	return n + 1;
}

KEPT void sleeps(void)
{
	int one __attribute__((cleanup(clean))) = 1;

	for (;;)
		pause();
}

KEPT void waits(void)
{
	int one __attribute__((cleanup(clean))) = 1;

	sleeps();
}

static void *cancelled(void *arg)
{
	waits();
	return arg;
}

static void handle(int signal)
{
	handled += work(signal);
}

KEPT long raises(void)
{
	raise(SIGUSR1);
	return work(0);
}

static void *on_other_stack(void *arg)
{
	stack_t stack = { .ss_sp = arg, .ss_size = 65536 };

	sigaltstack(&stack, NULL);
	for (int i = 0; i < 5; i++)
		raises();
	return NULL;
}

int main(void)
{
	void *high = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct sigaction action = { .sa_handler = handle, .sa_flags = SA_ONSTACK };
	pthread_t thread;

	sigaction(SIGUSR1, &action, NULL);
	pthread_create(&thread, NULL, on_other_stack, high);
	pthread_join(thread, NULL);
	for (int i = 0; i < 5; i++) {
		pthread_create(&thread, NULL, cancelled, NULL);
		usleep(10000);
		pthread_cancel(thread);
		pthread_join(thread, NULL);
	}
	printf("%d %ld\n", cleanups, handled);
	return 0;
}
