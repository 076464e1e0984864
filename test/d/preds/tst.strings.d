/* SPDX-License-Identifier: MIT */
/*
 * Strings in predicates.
 * @@ args: -c "$TRIGGERS/syscalls 100"
 */
syscall:::entry /pid == $target && execname == "syscalls" && probefunc == "getppid"/ { @ = count(); }
