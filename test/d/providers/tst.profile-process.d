/* SPDX-License-Identifier: MIT */
/*
 * profile sees the program that runs: a busy one is met again and again.
 * @@ args: -c "$TRIGGERS/syscalls 0"
 */
profile-499 /pid == $target/ { n++; }
profile-499 /pid == $target && (arg0 != 0) != (arg1 != 0)/ { one++; }
tick-500ms { printf("%d %d", n > 10, n == one); exit(0); }
