/* SPDX-License-Identifier: MIT */
/*
 * Hands values to a tracer: `values [-t] FILE` reads pairs "KEY VALUE" and makes getppid(KEY,
 * VALUE) of each, a call that looks at no argument.  With -t two threads on two CPUs share the
 * work, the odd lines and the even ones.
 */
#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/syscall.h>

static struct {
	int64_t key, value;
} pairs[100000];
static size_t npairs;
static int step = 1;

static void *work(void *start)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET((int)(intptr_t)start, &set);
	sched_setaffinity(0, sizeof(set), &set);
	for (size_t i = (size_t)(intptr_t)start; i < npairs; i += (size_t)step)
		syscall(SYS_getppid, pairs[i].key, pairs[i].value);
	return NULL;
}

int main(int argc, char **argv)
{
	FILE *file = argc > 1 ? fopen(argv[argc - 1], "r") : NULL;
	pthread_t second;

	if (!file)
		return 1;
	while (npairs < sizeof(pairs) / sizeof(pairs[0]) &&
	       fscanf(file, "%" SCNd64 " %" SCNd64, &pairs[npairs].key, &pairs[npairs].value) == 2)
		npairs++;
	if (!strcmp(argv[1], "-t")) {
		step = 2;
		pthread_create(&second, NULL, work, (void *)1);
	}
	work((void *)0);
	if (step == 2)
		pthread_join(second, NULL);
	return 0;
}
