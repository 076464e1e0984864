/* SPDX-License-Identifier: MIT */
/*
 * A wildcard over functions: every probe keeps its own name.
 * @@ args: -c "$TRIGGERS/syscalls 40"
 */
syscall::get*pid:entry, syscall::writ[e]:entry /pid == $target/ { @[probefunc] = count(); }
