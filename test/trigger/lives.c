/* SPDX-License-Identifier: MIT */
/*
 * What happens in the life of a process:
 *
 *	lives threads N   N threads, one after the other
 *	lives group N     N threads that live until the process ends, all at once
 *	lives signals     itself sends signals that are handled, ignored and waited for
 *	lives faults      faults of each kind; what came with their signals, as the handler sees it:
 *			  "signal code address"
 */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/mman.h>

static void *end(void *arg)
{
	return arg;
}

static int threads(int n)
{
	pthread_t thread;

	for (int i = 0; i < n; i++)
		if (pthread_create(&thread, NULL, end, NULL) || pthread_join(thread, NULL))
			return 1;
	return 0;
}

static pthread_barrier_t all_there;

static void *stay(void *arg)
{
	pthread_barrier_wait(&all_there);
	for (;;)
		pause();
	return arg;
}

static int group(int n)
{
	pthread_t thread;

	pthread_barrier_init(&all_there, NULL, (unsigned)n + 1);
	for (int i = 0; i < n; i++)
		if (pthread_create(&thread, NULL, stay, NULL))
			return 1;
	pthread_barrier_wait(&all_there);
	return 0;
}

/* ---- signals ---- */

static void nothing(int number)
{
	(void)number;
}

static int signals(void)
{
	sigset_t waited;

	sigemptyset(&waited);
	sigaddset(&waited, SIGTERM);
	sigprocmask(SIG_BLOCK, &waited, NULL);
	signal(SIGUSR1, nothing);
	signal(SIGUSR2, SIG_IGN);
	for (int i = 0; i < 3; i++)
		kill(getpid(), SIGUSR1);
	for (int i = 0; i < 2; i++)
		kill(getpid(), SIGUSR2);
	kill(getpid(), SIGTERM);
	return sigwaitinfo(&waited, NULL) == SIGTERM ? 0 : 1;
}

/* ---- faults ---- */

static sigjmp_buf back;

static void tell(int number, siginfo_t *info, void *context)
{
	(void)context;
	printf("%d %d %lx\n", number, info->si_code, (unsigned long)info->si_addr);
	siglongjmp(back, 1);
}

static volatile int zero;

static void divide(void)
{
	zero = 7 / zero;
}

static void touch_nothing(void)
{
	*(volatile char *)0x10 = 1;
}

static void write_text(void)
{
	char *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	*(volatile char *)page = 1;
}

static void read_behind_file(void)
{
	FILE *file = tmpfile();
	char *page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fileno(file), 0);

	zero = *(volatile char *)page;
}

static void no_instruction(void)
{
	__builtin_trap();
}

static void stop_here(void)
{
#ifdef __x86_64__
	__asm__ volatile("int3");
#else
	raise(SIGTRAP);
#endif
}

static int faults(void)
{
	static void (*const all[])(void) = { divide,           touch_nothing,  write_text,
					     read_behind_file, no_instruction, stop_here };
	static const int numbers[] = { SIGFPE, SIGSEGV, SIGBUS, SIGILL, SIGTRAP };
	struct sigaction action = { .sa_sigaction = tell, .sa_flags = SA_SIGINFO | SA_NODEFER };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		sigaction(numbers[i], &action, NULL);
	for (volatile size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (!sigsetjmp(back, 1))
			all[i]();
	if (!sigsetjmp(back, 1))
		raise(SIGSEGV); /* is no fault: a process sent it */
	return 0;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	int n = argc > 2 ? atoi(argv[2]) : 1;

	if (!strcmp(what, "threads"))
		return threads(n);
	if (!strcmp(what, "group"))
		return group(n);
	if (!strcmp(what, "signals"))
		return signals();
	return strcmp(what, "faults") ? 2 : faults();
}
