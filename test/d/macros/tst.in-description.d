/* SPDX-License-Identifier: MIT */
/*
 * Macro arguments stand in probe descriptions and in predicates.
 * @@ args: -c "$TRIGGERS/syscalls 30" getppid entry
 */
syscall::$1:$2 /pid == $target/ { @[probefunc, probename] = count(); }
