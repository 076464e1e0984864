/* SPDX-License-Identifier: MIT */
/*
 * A system call that does not exist.
 */
syscall::nosuchcall:entry { }
