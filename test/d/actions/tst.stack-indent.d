/* SPDX-License-Identifier: MIT */
/*
 * stackindent moves the frames.
 * @@ args: -x stackindent=2 -c "$TRIGGERS/syscalls 3"
 */
syscall::getppid:entry /pid == $target/ { stack(1); exit(0); }
