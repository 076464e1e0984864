/* SPDX-License-Identifier: MIT */
/*
 * raise() sends a signal to the process that fired the probe.
 * @@ flags: -q -w
 * @@ args: -c "$TRIGGERS/syscalls 0"
 */
syscall::getppid:entry /pid == $target && n++ == 10/ { raise(9); }
END { printf("%d", n > 10); }
