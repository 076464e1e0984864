/* SPDX-License-Identifier: MIT */
/*
 * An array of char is text for %s, up to its NUL.
 */
BEGIN { printf("[%s][%.3s][%10s]\n", curthread->comm, curthread->comm, execname); exit(0); }
