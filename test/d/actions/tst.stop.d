/* SPDX-License-Identifier: MIT */
/*
 * stop() stops the process at the probe, and SIGCONT lets it go on.
 * @@ flags: -q -w
 * @@ args: -c "sh -c 'echo \$PPID >/dev/null; $TRIGGERS/syscalls 1; echo went on'"
 */
syscall::getppid:entry /execname == "syscalls"/ { stop(); printf("stopped\n"); system("kill -CONT %d", pid); }
