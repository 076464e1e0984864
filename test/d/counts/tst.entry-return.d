/* SPDX-License-Identifier: MIT */
/*
 * As many returns as entries, with their results and arguments.
 * @@ args: -c "$TRIGGERS/syscalls 500"
 */
syscall::read:entry /pid == $target && arg2 == 16/ { entries++; }
syscall::read:return /pid == $target && arg0 == 16/ { returns++; }
END { printf("%d %d", entries, returns); }
