/* SPDX-License-Identifier: MIT */
/*
 * One aggregation in several clauses and probes.
 * @@ args: -c "$TRIGGERS/syscalls 20"
 */
syscall::read:entry /pid == $target && arg2 == 16/ { @["calls"] = sum(1); @["bytes"] = sum(arg2); }
syscall::write:entry /pid == $target && arg2 == 8/ { @["calls"] = sum(1); @["bytes"] = sum(arg2); }
