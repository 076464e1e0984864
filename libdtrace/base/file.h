/* SPDX-License-Identifier: MIT */
/*
 * Opening files that somebody else may have put there: a traced process's programs, libraries and
 * lists of symbols.  symbols/ and attach/ open such files only through here.
 */
#ifndef DT_BASE_FILE_H
#define DT_BASE_FILE_H

#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

/*
 * Opens a regular file for reading.  Anything else is -ENOEXEC, and has not been opened: a fifo
 * does not block and a device does nothing.  A path of the form /proc/PID/root/... is looked up
 * within the process's root, which links in it cannot leave.  FLAGS is 0 or O_NOFOLLOW, which
 * refuses a link as the last component.  Returns a descriptor or -errno.
 */
int dt_open_regular(const char *path, int flags);
/* The path by which the kernel finds the file of a descriptor of this process. */
enum { DT_FD_PATH_SIZE = 32 };
void dt_fd_path(int fd, char path[DT_FD_PATH_SIZE]);
/* Reads FD to its end, NUL-terminated, into *TEXT (malloc'ed); -EFBIG above LIMIT bytes. The
 * length or -errno. */
ssize_t dt_read_all(int fd, size_t limit, char **text);

#endif
