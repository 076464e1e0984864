/* SPDX-License-Identifier: MIT */
/*
 * probeprov, probemod, probefunc and probename are the fields of the probe; id is its number in the list.
 * @@ args: -c "$TRIGGERS/syscalls 3"
 */
BEGIN { printf("%s:%s:%s:%s %d, ", probeprov, probemod, probefunc, probename, id); }
syscall::getppid:return /pid == $target/ { printf("%s:%s:%s:%s %d", probeprov, probemod, probefunc, probename, id > 100); exit(0); }
