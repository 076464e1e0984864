/* SPDX-License-Identifier: MIT */
/*
 * The host is "global"; a process with a host name of its own has that.
 * @@ needs: root
 * @@ args: -c "sh -c '$TRIGGERS/syscalls 2; unshare --uts sh -c \"hostname box; $TRIGGERS/syscalls 3\"'"
 */
syscall::getppid:entry /execname == "syscalls" && progenyof($target)/ { @[zonename] = count(); }
END { printa("%s %@d\n", @); }
