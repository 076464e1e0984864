/* SPDX-License-Identifier: MIT */
/*
 * Two clauses and two descriptions of one probe each see every event.
 * @@ args: -c "$TRIGGERS/syscalls 200"
 */
syscall::getppid:entry /pid == $target/ { @a = count(); }
syscall::getpp*:entry /pid == $target/ { @b = count(); }
syscall:::entry /pid == $target && probefunc == "getppid"/ { @c = count(); }
