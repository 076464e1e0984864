/* SPDX-License-Identifier: MIT */
/*
 * A stack as key: frames below each other, the value on a line of its own.
 * @@ args: -c "$TRIGGERS/syscalls 3"
 */
syscall::getppid:entry /pid == $target/ { @[stack(2)] = count(); }
