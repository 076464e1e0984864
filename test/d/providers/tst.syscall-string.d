/* SPDX-License-Identifier: MIT */
/*
 * Paths of a program by copyinstr().
 * @@ args: -c "/usr/bin/test -e /nosuch/file"
 */
syscall:::entry /pid == $target && arg1 > 65536 && probefunc != "execve"/ { self->path = arg1; }
syscall:::return /pid == $target && errno == 2 && self->path && copyinstr(self->path) == "/nosuch/file"/ { printf("%s", copyinstr(self->path)); exit(0); }
syscall:::return { self->path = 0; }
