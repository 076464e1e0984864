/* SPDX-License-Identifier: MIT */
/*
 * A fault at each firing is told each time; the run goes on.
 * @@ args: -c "$TRIGGERS/syscalls 5"
 */
int zero;
syscall::getppid:entry /pid == $target/ { n++; trace(n / zero); }
END { printf("%d", n); }
