/* SPDX-License-Identifier: MIT */
/*
 * Over all system calls of one program entries and returns differ by those under way alone.
 * @@ args: -c "$TRIGGERS/syscalls 100"
 */
syscall:::entry /pid == $target/ { e++; }
syscall:::return /pid == $target/ { r++; }
END { printf("%d", e - r >= 0 && e - r <= 2 && e > 300); }
