/* SPDX-License-Identifier: MIT */
/*
 * Keys are evaluated from left to right, and before the value: the first fault is the one that counts.
 */
BEGIN { zero = 0; }
BEGIN { @a[1 / zero] = sum(*(int *)NULL); }
BEGIN { @b[*(int *)NULL, 1 / zero] = sum(1 / zero); }
BEGIN { exit(0); }
ERROR { printf("%d ", arg4); }
