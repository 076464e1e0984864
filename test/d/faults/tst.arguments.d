/* SPDX-License-Identifier: MIT */
/*
 * ERROR's arguments: the enabling, the action, the fault and its address.
 */
BEGIN { ok = 1; printf("%d", *(int *)0x10); }
ERROR { printf("%d %d %d %x %d", arg1, arg2, arg4, arg5, ok); exit(0); }
