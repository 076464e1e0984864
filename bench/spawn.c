/* SPDX-License-Identifier: MIT */
/*
 * `spawn N COMMAND...`: runs a command N times, discards its output, and prints the wall time in
 * milliseconds, the peak memory in KiB and the status of each run.  It is tiny because a child's
 * peak includes its memory before exec.  Called by bench/run.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <sys/resource.h>
#include <sys/wait.h>

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
	int rounds = argc > 2 ? atoi(argv[1]) : 0;

	for (int i = 0; i < rounds; i++) {
		double began = now_ms();
		struct rusage usage;
		int status;
		pid_t child = fork();

		if (child == 0) {
			int null = open("/dev/null", O_RDWR);

			dup2(null, 0);
			dup2(null, 1);
			dup2(null, 2);
			execvp(argv[2], argv + 2);
			_exit(127);
		}
		if (child < 0 || wait4(child, &status, 0, &usage) != child)
			return 1;
		printf("%.3f %ld %d\n", now_ms() - began, usage.ru_maxrss,
		       WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	}
	return 0;
}
