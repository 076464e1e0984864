/* SPDX-License-Identifier: MIT */
/*
 * BEGIN comes before everything, END after everything; both fire in the tracing process.
 * @@ args: -c "$TRIGGERS/syscalls 5"
 */
int n;
END { printf("end %d %d", n > 0, pid == $pid); }
syscall:::entry /pid == $target/ { n++; }
BEGIN { printf("begin %d %d, ", n, pid == $pid); }
