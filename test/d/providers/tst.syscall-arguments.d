/* SPDX-License-Identifier: MIT */
/*
 * argN of an entry are the call's arguments, args[N] the same with their types.
 * @@ args: -c "$TRIGGERS/syscalls 2"
 */
syscall::read:entry /pid == $target && arg2 == 16/ { printf("%d %d %d ", arg0 == args[0], arg1 == (uint64_t)args[1], args[2]); }
syscall::read:return /pid == $target && arg0 == 16/ { printf("%d %d %d ", arg1, args[0], errno); }
