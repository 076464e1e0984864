/* SPDX-License-Identifier: MIT */
/*
 * The events counted are the events that happened: 1000 calls of a known program.
 * @@ args: -c "$TRIGGERS/syscalls 1000"
 */
syscall::getppid:entry /pid == $target/ { @ = count(); }
