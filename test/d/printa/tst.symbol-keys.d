/* SPDX-License-Identifier: MIT */
/*
 * Keys of sym() and mod() are names; a width of the format replaces theirs.
 */
BEGIN { @[sym((uintptr_t)&`vfs_read + 9), mod((uintptr_t)&`vfs_read)] = count(); }
BEGIN { printa("%a %a %@d\n", @); printa("[%20a][%-10a]\n", @); printa(@); exit(0); }
