/* SPDX-License-Identifier: MIT */
/*
 * Files of others: see file.h.  A file is first opened with O_PATH, which has no effect on what is
 * there, and opened for reading once it has turned out to be a regular file.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include "base/file.h"
#include "base/util.h"

enum { FIRST_READ = 32768, LEAST_READ = 4096, MAX_RACES = 16 };

/* The length of "/proc/PID/root" at the beginning of a path; 0: it does not begin so. */
static size_t root_prefix(const char *path)
{
	static const char proc[] = "/proc/", root[] = "/root/";
	size_t at = sizeof(proc) - 1, digits;

	if (strncmp(path, proc, at) != 0)
		return 0;
	digits = strspn(path + at, "0123456789");
	at += digits;
	return digits && !strncmp(path + at, root, sizeof(root) - 1) ? at + sizeof(root) - 2 : 0;
}

static int open_within(const char *path, size_t root_len, uint64_t flags)
{
	struct open_how how = { .flags = flags,
				.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS };
	_cleanup_free_ char *root_path = strndup(path, root_len);
	_cleanup_fd_ int root = -1;
	int fd = -1;

	if (!root_path)
		return -ENOMEM;
	root = open(root_path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return -errno;
	/* EAGAIN: something was renamed on the way (openat2(2)) */
	for (int i = 0; i < MAX_RACES; i++) {
		fd = (int)syscall(SYS_openat2, root, path + root_len, &how, sizeof(how)); /* 5.6 */
		if (fd >= 0 || errno != EAGAIN)
			break;
	}
	return fd < 0 ? -errno : fd;
}

int dt_open_regular(const char *path, int flags)
{
	size_t root_len = root_prefix(path);
	char by_fd[DT_FD_PATH_SIZE];
	_cleanup_fd_ int place = -1;
	struct stat st;
	int fd;

	flags |= O_PATH | O_CLOEXEC;
	place = root_len ? open_within(path, root_len, (uint64_t)flags) : open(path, flags);
	if (place < 0)
		return root_len ? place : -errno;
	if (fstat(place, &st) < 0 || !S_ISREG(st.st_mode))
		return -ENOEXEC;
	dt_fd_path(place, by_fd);
	fd = open(by_fd, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	return fd < 0 ? -errno : fd;
}

void dt_fd_path(int fd, char path[DT_FD_PATH_SIZE])
{
	snprintf(path, DT_FD_PATH_SIZE, "/proc/self/fd/%d", fd);
}

ssize_t dt_read_all(int fd, size_t limit, char **text)
{
	_cleanup_free_ char *buf = NULL;
	size_t len = 0, cap = 0;
	ssize_t got;

	do {
		if (cap - len < LEAST_READ) {
			size_t more = cap ? 2 * cap : FIRST_READ;
			char *grown = realloc(buf, more);

			if (!grown)
				return -ENOMEM;
			buf = grown;
			cap = more;
		}
		got = read(fd, buf + len, cap - len - 1);
		if (got < 0 && errno != EINTR)
			return -errno;
		len += (size_t)DT_MAX(got, 0);
		if (len > limit)
			return -EFBIG;
	} while (got != 0);
	buf[len] = '\0';
	*text = no_cleanup(buf);
	return (ssize_t)len;
}
