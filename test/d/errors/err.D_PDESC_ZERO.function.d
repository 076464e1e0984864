/* SPDX-License-Identifier: MIT */
/* A system call that does not exist matches nothing. */
syscall::no_such_call:entry { exit(0); }
