/* SPDX-License-Identifier: MIT */
/*
 * stop() stops the process at the probe, and SIGCONT lets it go on.
 * @@ flags: -q -w
 * @@ args: -c "sh -c '$TRIGGERS/syscalls 1; echo went on'"
 */
syscall::getppid:entry /execname == "syscalls" && ppid == $target/ { stop(); printf("stopped\n"); system("kill -CONT %d", pid); }
