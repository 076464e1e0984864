/* SPDX-License-Identifier: MIT */
/*
 * User memory that is not there.
 */
BEGIN { trace(*(int *)copyin(0x10, 4)); }
BEGIN { trace(copyinstr(0x20)); }
BEGIN { printf("on"); exit(0); }
