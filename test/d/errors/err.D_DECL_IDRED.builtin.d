/* SPDX-License-Identifier: MIT */
/* A built-in name is taken. */
int pid;
BEGIN { exit(0); }
