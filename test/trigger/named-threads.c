/* SPDX-License-Identifier: MIT */
/*
 * A process whose threads have names: "worker" calls getppid(), then so does the first thread,
 * before and after it gets a short name.
 */
#include <pthread.h>
#include <unistd.h>
#include <sys/prctl.h>

static void *work(void *arg)
{
	prctl(PR_SET_NAME, "worker");
	getppid();
	return arg;
}

int main(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, work, NULL) || pthread_join(thread, NULL))
		return 1;
	getppid();
	prctl(PR_SET_NAME, "ab");
	getppid();
	return 0;
}
