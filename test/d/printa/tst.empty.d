/* SPDX-License-Identifier: MIT */
/*
 * Without entries printa() is one newline, with a format nothing.
 */
BEGIN { @a[1] = count(); }
BEGIN { trunc(@a); printa(@a); printa("%d\n", @a); printf("end\n"); exit(0); }
