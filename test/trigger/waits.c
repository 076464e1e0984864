/* SPDX-License-Identifier: MIT */
/*
 * Waits for the kernel's locks, made to last: a thread holds a lock while the kernel reads its page
 * of memory, which comes only when the holder of a userfaultfd provides it, and a second thread
 * wants the same lock meanwhile.
 *
 *	waits pipe N    N times the mutex of a pipe
 *	waits file N    N times the readers/writer lock of a file
 *
 * The lock is held for HOLD_MS after the second thread, whose name is "waiter", has begun to wait.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE    4096
#define HOLD_MS 20

static int fd;
static bool is_pipe;
static char *page;
static pid_t waiter_tid;

/* pwrite(2) does not take the mutex of the file's position. */
static void put(const char *from)
{
	if ((is_pipe ? write(fd, from, PAGE) : pwrite(fd, from, PAGE, 0)) != PAGE)
		err(1, "write");
}

/* Takes the lock and meets the missing page. */
static void *hold(void *arg)
{
	put(page);
	return arg;
}

static void *want(void *arg)
{
	static char other[PAGE];

	prctl(PR_SET_NAME, "waiter");
	__atomic_store_n(&waiter_tid, gettid(), __ATOMIC_RELEASE);
	put(other);
	return arg;
}

/* Until the second thread sleeps in the kernel, uninterruptibly. */
static void await_waiter(void)
{
	char file[64], text[64], state = 0;

	while (state != 'D') {
		FILE *stat;

		usleep(1000);
		snprintf(file, sizeof(file), "/proc/self/task/%d/stat",
			 __atomic_load_n(&waiter_tid, __ATOMIC_ACQUIRE));
		stat = fopen(file, "r");
		if (stat && fgets(text, sizeof(text), stat))
			sscanf(text, "%*d (%*[^)]) %c", &state);
		if (stat)
			fclose(stat);
	}
}

static int fault_fd(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	int uffd = (int)syscall(SYS_userfaultfd, O_CLOEXEC);

	if (uffd < 0 || ioctl(uffd, UFFDIO_API, &api))
		err(1, "userfaultfd");
	page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	reg.range.start = (uintptr_t)page;
	reg.range.len = PAGE;
	if (page == MAP_FAILED || ioctl(uffd, UFFDIO_REGISTER, &reg))
		err(1, "register");
	return uffd;
}

static void once(int uffd)
{
	struct uffd_msg msg;
	struct uffdio_zeropage zero = { .range = { (uintptr_t)page, PAGE } };
	pthread_t holder, waiter;

	pthread_create(&holder, NULL, hold, NULL);
	if (read(uffd, &msg, sizeof(msg)) != sizeof(msg))
		err(1, "read");
	waiter_tid = 0;
	pthread_create(&waiter, NULL, want, NULL);
	await_waiter();
	usleep(HOLD_MS * 1000);
	ioctl(uffd, UFFDIO_ZEROPAGE, &zero);
	pthread_join(holder, NULL);
	pthread_join(waiter, NULL);
	madvise(page, PAGE, MADV_DONTNEED);
}

static void drain(int from)
{
	static char buf[2 * PAGE];

	while (read(from, buf, sizeof(buf)) > 0)
		;
}

int main(int argc, char **argv)
{
	int ends[2] = { -1, -1 }, n = argc > 2 ? atoi(argv[2]) : 1, uffd = fault_fd();
	char path[] = "/tmp/waits.XXXXXX";

	is_pipe = argc > 1 && !strcmp(argv[1], "pipe");
	if (is_pipe) {
		if (pipe2(ends, O_NONBLOCK))
			err(1, "pipe");
		fd = ends[1];
	} else {
		fd = mkstemp(path);
		unlink(path);
	}
	for (int i = 0; i < n; i++) {
		once(uffd);
		if (is_pipe)
			drain(ends[0]);
	}
	return 0;
}
