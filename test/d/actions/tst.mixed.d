/* SPDX-License-Identifier: MIT */
/*
 * Actions of several kinds in one clause: each item keeps its place.
 */
BEGIN { @ = sum(10); printf("%d-", 1); printa("%@d-", @); trace(2); printf("-%s-%d", "three", 4); trace("-five"); exit(0); }
