/* SPDX-License-Identifier: MIT */
/*
 * bufpolicy=fill keeps what came first, and stops when the buffer is full.
 * @@ args: -x bufpolicy=fill -x bufsize=4k -c "$TRIGGERS/syscalls 100000"
 */
syscall::getppid:entry /pid == $target/ { printf("%d\n", n++); }
