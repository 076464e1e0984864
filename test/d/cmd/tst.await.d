/* SPDX-License-Identifier: MIT */
/*
 * -W waits for a program, and misses nothing of it: here all its 20 calls.
 * @@ runs: (sleep 0.4; $TRIGGERS/syscalls 20) & "$DTRACE" -q -W syscalls -s "$FILE"
 */
syscall::getppid:entry /pid == $target/ { @ = count(); }
END { printa("%@d", @); }
