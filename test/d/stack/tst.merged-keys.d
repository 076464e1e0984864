/* SPDX-License-Identifier: MIT */
/*
 * Addresses of one symbol, one module are one key.
 */
BEGIN { @s[sym((uintptr_t)&`vfs_read)] = count(); @m[mod((uintptr_t)&`vfs_read)] = count(); }
BEGIN { @s[sym((uintptr_t)&`vfs_read + 1)] = count(); @m[mod((uintptr_t)&`vfs_write)] = count(); exit(0); }
