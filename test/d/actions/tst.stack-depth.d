/* SPDX-License-Identifier: MIT */
/*
 * stack(n) has at most n frames; stackframes is the default.
 * @@ args: -x stackframes=2 -c "$TRIGGERS/syscalls 3"
 */
syscall::getppid:entry /pid == $target/ { stack(1); stack(); exit(0); }
