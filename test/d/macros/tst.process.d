/* SPDX-License-Identifier: MIT */
/*
 * Variables of the tracing process itself.
 */
BEGIN { printf("%d %d %d %d %d", $pid == pid, $ppid == ppid, $uid == uid, $gid == gid, $egid == gid); exit(0); }
